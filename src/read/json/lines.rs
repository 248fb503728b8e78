//! [`Lines`]: an object a line.

use super::super::stream::{Line, Stream};
use super::super::{Cut, Position, Record};
use std::io;

/// Finds lines that are not blank.
pub(in crate::read) struct Lines(pub(in crate::read) Stream);

impl Cut for Lines {
    fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        loop {
            record.position = Position::Line(self.0.line_number());
            let line = self.0.line(&mut record.bytes)?;
            if line == Line::None {
                return Ok(false);
            }
            self.0.finish(record, line == Line::TooLong);
            if record.reject.is_some() || !record.bytes.trim_ascii_start().is_empty() {
                return Ok(true);
            }
        }
    }
}

//! Tables as text: CSV with any of the usual delimiters, as office programs and databases write it.

mod columns;
mod dialect;
mod parse;
mod scan;
mod shape;

pub(super) use dialect::Table;

use super::stream::{Line, Stream, keep};
use super::{Cut, LONGEST, Position, Record, Reject};
use scan::{End, Scan};
use std::io;

/// Finds the records of a table: lines, unless quotes go over their ends.
pub(super) struct Records {
    stream: Stream,
    delimiter: u8,
    /// Lines before the first record: the header, the `sep=` of Excel.
    before: u32,
}

impl Records {
    /// Returns the records of `stream` after its first `before` ones.
    pub(super) fn new(stream: Stream, delimiter: u8, before: u32) -> Self {
        Self { stream, delimiter, before }
    }

    /// Reads a record that is not blank; false at the end.
    fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        loop {
            record.position = Position::Line(self.stream.line_number());
            let read = self.one(&mut record.bytes)?;
            if read.bytes == 0 {
                return Ok(false);
            }
            self.stream.finish(record, read.too_long);
            if read.open {
                let why = record.reject.take().map_or(String::new(), |Reject(why)| format!("{why}: "));
                record.reject = Some(Reject(format!("{why}a quotation mark that opens in it is not closed")));
            }
            if record.reject.is_some() || !record.bytes.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    /// Reads one record into `bytes`, without its end.
    fn one(&mut self, bytes: &mut Vec<u8>) -> io::Result<Read> {
        bytes.clear();
        let mut scan = Scan::new(self.delimiter);
        let mut read = Read { bytes: 0, too_long: false, open: false };
        loop {
            let next = self.stream.bytes()?;
            if next.is_empty() {
                read.open = scan.is_quoted();
                break;
            }
            // No further than a record may be long: where reading goes on must not depend on how much came at once.
            let room = LONGEST + 1 - bytes.len();
            let (count, lines, end) = scan.read(&next[..next.len().min(room)]);
            read.too_long = !keep(bytes, &next[..count - usize::from(end == End::Line)]);
            self.stream.take(count, lines);
            read.bytes += count;
            if read.too_long {
                read.open = scan.is_quoted();
                read.bytes += self.rest_of_line()?;
            }
            if read.too_long || end == End::Line {
                break;
            }
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(read)
    }

    /// Leaves out the rest of the line that a record became too long in: most likely a quote was never closed, and reading on
    /// at the next line loses the fewest records.
    fn rest_of_line(&mut self) -> io::Result<usize> {
        let before = self.stream.offset();
        let mut line = Vec::new();
        let _: Line = self.stream.line(&mut line)?;
        Ok(usize::try_from(self.stream.offset() - before).unwrap_or(usize::MAX))
    }
}

/// What was read of a record.
struct Read {
    /// Its bytes, with its end.
    bytes: usize,
    too_long: bool,
    /// Whether a quote is open at its end.
    open: bool,
}

impl Cut for Records {
    fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        while self.before > 0 {
            self.before -= 1;
            if !self.read(record)? {
                return Ok(false);
            }
        }
        self.read(record)
    }
}

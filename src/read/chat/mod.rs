//! Chats that WhatsApp exports as text.

mod head;
mod message;
mod placeholder;

pub(super) use message::Message;

use super::stream::{Line, Stream, keep};
use super::{Cut, Position, Record};
use head::Head;
use std::io;

/// Returns the reader's shape where `sample` is the beginning of a chat.
pub(super) fn tell(sample: &str, utc_offset: i8) -> Option<Message> {
    let mut lines = sample.lines().filter(|line| !line.trim().is_empty());
    Head::parse(lines.next()?)?;
    let dates = sample.lines().filter_map(|line| Head::parse(line).map(|(head, _)| head.date));
    let (mut day_first, mut month_first) = (false, false);
    for [first, second, _] in dates {
        day_first |= first.0 > 12;
        month_first |= second.0 > 12 && first.0 <= 12;
    }
    Some(Message { month_first: month_first && !day_first, utc_offset })
}

/// Finds messages: a line with a head and those after it that have none.
pub(super) struct Messages {
    stream: Stream,
    /// The line that ended the message before: the first of the next.
    line: Vec<u8>,
    /// Where it stands; none where it is still to be read.
    at: Option<(u64, Line)>,
}

impl Messages {
    /// Returns the messages in `stream`.
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, line: Vec::new(), at: None }
    }

    fn read(&mut self) -> io::Result<(u64, Line)> {
        let number = self.stream.line_number();
        let line = self.stream.line(&mut self.line)?;
        Ok((number, line))
    }
}

impl Cut for Messages {
    fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        let (number, line) = match self.at.take() {
            Some(at) => at,
            None => self.read()?,
        };
        if line == Line::None {
            return Ok(false);
        }
        record.position = Position::Line(number);
        record.bytes.clear();
        let mut too_long = line == Line::TooLong || !keep(&mut record.bytes, &self.line);
        loop {
            let (number, line) = self.read()?;
            if line == Line::None || head::begins(&self.line) {
                self.at = Some((number, line));
                break;
            }
            too_long |=
                line == Line::TooLong || !keep(&mut record.bytes, b"\n") || !keep(&mut record.bytes, &self.line);
        }
        self.stream.finish(record, too_long);
        Ok(true)
    }
}

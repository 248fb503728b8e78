//! [`Stream`]: text as it comes, with its lines and bytes counted.

use super::encoding::{Encoding, cut_off};
use super::unpack::Peeked;
use super::{LONGEST, Record, Reject};
use memchr::memchr;
use std::io::{self, BufRead, BufReader};

/// The bytes read at once.
const BUFFER: usize = 128 << 10;
/// The bytes kept of a record that is too long, to show which it was.
const KEPT: usize = 1 << 10;

/// A text that is read once from its beginning to its end.
pub(super) struct Stream {
    reader: BufReader<Box<dyn io::Read + Send>>,
    encoding: Encoding,
    /// Lines that ended so far.
    lines: u64,
    /// Bytes read so far.
    offset: u64,
    /// Whether it cannot be read on.
    broken: bool,
}

/// How a line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// There was none.
    None,
    /// Whole.
    Whole,
    /// Its beginning was kept only.
    TooLong,
}

impl Stream {
    /// Returns a stream of `text`.
    pub(super) fn new(text: Peeked, encoding: Encoding) -> Self {
        let reader = BufReader::with_capacity(BUFFER, text.bytes());
        Self { reader, encoding, lines: 0, offset: 0, broken: false }
    }

    /// Returns the line that comes next, from 1.
    pub(super) fn line_number(&self) -> u64 {
        self.lines + 1
    }

    /// Returns the byte that comes next, from 0.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns some of the bytes that come next; none at the end.
    ///
    /// # Errors
    /// What the source says, once: after that it has ended.
    pub(super) fn bytes(&mut self) -> io::Result<&[u8]> {
        while !self.broken {
            match self.reader.fill_buf() {
                Ok(_) => return Ok(self.reader.buffer()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.broken = true;
                    return Err(error);
                }
            }
        }
        Ok(&[])
    }

    /// Takes `count` of the bytes that [`Stream::bytes`] gave, `lines` of them line ends.
    pub(super) fn take(&mut self, count: usize, lines: u64) {
        self.reader.consume(count);
        self.offset += count as u64;
        self.lines += lines;
    }

    /// Reads a line into `line`, without its end.
    ///
    /// # Errors
    /// What the source says.
    pub(super) fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Line> {
        line.clear();
        let (mut some, mut too_long) = (false, false);
        loop {
            let bytes = self.bytes()?;
            if bytes.is_empty() {
                break;
            }
            some = true;
            let end = memchr(b'\n', bytes);
            let part = &bytes[..end.unwrap_or(bytes.len())];
            too_long |= !keep(line, part);
            let read = part.len() + usize::from(end.is_some());
            self.take(read, u64::from(end.is_some()));
            if end.is_some() {
                break;
            }
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(if too_long {
            Line::TooLong
        } else if some {
            Line::Whole
        } else {
            Line::None
        })
    }

    /// Makes `record` UTF-8 where it is to be; says why where it is too long.
    pub(super) fn finish(&mut self, record: &mut Record, too_long: bool) {
        record.reject = None;
        if too_long {
            record.bytes.truncate(KEPT);
            record.bytes.truncate(record.bytes.len() - cut_off(&record.bytes));
            record.reject = Some(Reject(format!("the record is longer than {LONGEST} bytes")));
        }
        self.encoding.decode(&mut record.bytes);
    }
}

/// Appends `part` to `record`; false, and nothing more than fits, where that makes it too long.
pub(super) fn keep(record: &mut Vec<u8>, part: &[u8]) -> bool {
    let room = LONGEST - record.len().min(LONGEST);
    record.extend_from_slice(&part[..part.len().min(room)]);
    part.len() <= room
}

//! [`Scan`]: where a record of a table ends, told without reading its cells.

use memchr::{memchr, memchr2};

/// How far bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// To the end of a record, a line end.
    Line,
    /// To the end of the bytes.
    Bytes,
}

/// Where in a cell the next byte is. The rules are those of the `csv` crate: a quote opens at the beginning of a cell only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At its beginning.
    Start,
    /// In it, where quotes mean nothing.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote that closes, unless another follows.
    Closed,
}

/// Follows the quotes of one record.
#[derive(Debug)]
pub(super) struct Scan {
    delimiter: u8,
    state: State,
}

impl Scan {
    /// Returns a scan at the beginning of a record.
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Start }
    }

    /// Returns whether a quote is open.
    pub(super) fn is_quoted(&self) -> bool {
        self.state == State::Quoted
    }

    /// Reads `bytes` to the end of the record or their own; returns how many, how many line ends among them, and which.
    pub(super) fn read(&mut self, bytes: &[u8]) -> (usize, u64, End) {
        let (mut at, mut lines) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            match self.state {
                State::Quoted => {
                    let end = memchr(b'"', &bytes[at..]).map(|found| at + found);
                    let inside = &bytes[at..end.unwrap_or(bytes.len())];
                    lines += memchr::memchr_iter(b'\n', inside).count() as u64;
                    at += inside.len() + usize::from(end.is_some());
                    self.state = if end.is_some() { State::Closed } else { State::Quoted };
                    continue;
                }
                State::Plain => {
                    let Some(found) = memchr2(self.delimiter, b'\n', &bytes[at..]) else { break };
                    at += found;
                    if bytes[at] == b'\n' {
                        return (at + 1, lines + 1, End::Line);
                    }
                    self.state = State::Start;
                }
                State::Start | State::Closed if byte == b'"' => self.state = State::Quoted,
                State::Start | State::Closed if byte == b'\n' => return (at + 1, lines + 1, End::Line),
                State::Start | State::Closed if byte == self.delimiter => self.state = State::Start,
                State::Start | State::Closed => self.state = State::Plain,
            }
            at += 1;
        }
        (bytes.len(), lines, End::Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{End, Scan};
    use proptest::prelude::*;

    /// The records of `text` as this scan finds them, blank ones left out.
    fn records(text: &[u8], chunk: usize) -> Vec<Vec<u8>> {
        let (mut found, mut record, mut scan) = (Vec::new(), Vec::new(), Scan::new(b';'));
        let mut bytes = text;
        while !bytes.is_empty() {
            let (count, _, end) = scan.read(&bytes[..bytes.len().min(chunk)]);
            record.extend_from_slice(&bytes[..count]);
            bytes = &bytes[count..];
            if end == End::Line {
                found.push(std::mem::take(&mut record));
                scan = Scan::new(b';');
            }
        }
        found.push(record);
        found.retain(|record| !record.iter().all(|byte| *byte == b'\n'));
        found
    }

    fn cells(text: &[u8]) -> Vec<csv::ByteRecord> {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(b';').has_headers(false).flexible(true).terminator(csv::Terminator::Any(b'\n'));
        builder.from_reader(text).into_byte_records().map(Result::unwrap).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn records_end_where_the_csv_crate_ends_them(text in "[a;\"\n]{0,24}", chunk in 1..9_usize) {
            let found = records(text.as_bytes(), chunk);
            let each: Vec<csv::ByteRecord> = found.iter().flat_map(|record| cells(record)).collect();
            prop_assert_eq!(each.len(), found.len());
            prop_assert_eq!(each, cells(text.as_bytes()));
        }
    }
}

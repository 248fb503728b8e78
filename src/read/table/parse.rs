//! [`Parsers`]: the `csv` crate, record by record, on many threads at once.

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};
use std::io;
use std::sync::{Mutex, PoisonError};

/// Returns how tables are read: any number of cells a record, and a line end as the only end of one.
pub(super) fn settings(delimiter: u8) -> ReaderBuilder {
    let mut settings = ReaderBuilder::new();
    settings.delimiter(delimiter).has_headers(false).flexible(true).terminator(Terminator::Any(b'\n'));
    settings
}

/// Parsers that wait for records: to make one takes longer than to read a hundred records with it.
pub(super) struct Parsers {
    delimiter: u8,
    idle: Mutex<Vec<Parser>>,
}

struct Parser {
    reader: Reader<Feed>,
    record: ByteRecord,
}

/// The bytes of one record after the other.
#[derive(Default)]
struct Feed {
    bytes: Vec<u8>,
    at: usize,
}

impl io::Read for Feed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = io::Read::read(&mut &self.bytes[self.at..], buffer)?;
        self.at += read;
        Ok(read)
    }
}

impl Parsers {
    /// Returns parsers of tables with this delimiter.
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, idle: Mutex::default() }
    }

    /// Returns what `then` makes of the cells of the record in `bytes`.
    pub(super) fn read<T>(&self, bytes: &[u8], then: impl FnOnce(&ByteRecord) -> T) -> csv::Result<T> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut parser = waiting.unwrap_or_else(|| Parser {
            reader: settings(self.delimiter).from_reader(Feed::default()),
            record: ByteRecord::new(),
        });
        let is_clean = parser.read(bytes)?;
        let made = then(&parser.record);
        if is_clean {
            idle().push(parser);
        }
        Ok(made)
    }
}

impl Parser {
    /// Reads `bytes`; returns whether they were one record, so that another can follow.
    fn read(&mut self, bytes: &[u8]) -> csv::Result<bool> {
        let feed = self.reader.get_mut();
        feed.at = 0;
        feed.bytes.clear();
        feed.bytes.extend_from_slice(bytes);
        feed.bytes.push(b'\n');
        let fed = feed.bytes.len() as u64;
        let start = self.reader.position().byte();
        let read = self.reader.read_byte_record(&mut self.record)?;
        Ok(read && !self.reader.is_done() && self.reader.position().byte() - start == fed)
    }
}

#[cfg(test)]
mod tests {
    use super::Parsers;

    #[test]
    fn a_record_does_not_depend_on_the_one_before() {
        let parsers = Parsers::new(b',');
        let long = "x".repeat(20_000);
        for (bytes, expected) in [
            ("a,b", vec!["a", "b"]),
            ("\"a\nb\",\"c\"", vec!["a\nb", "c"]),
            ("\"never closed,b", vec!["never closed,b\n"]),
            ("a,b", vec!["a", "b"]),
            ("two\nrecords", vec!["two"]),
            ("", vec![]),
            (&long, vec![&long]),
            (",", vec!["", ""]),
        ] {
            let cells = parsers.read(bytes.as_bytes(), |record| {
                record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect::<Vec<_>>()
            });
            assert_eq!(cells.unwrap(), expected, "{bytes}");
        }
    }
}

//! [`Csv`]: a table for spreadsheets.

use super::error::LineError;
use super::jsonl::BUFFER;
use super::line::{Raw, Table, text};
use super::{Output, Schema, WriteError};
use crate::read::formula::harmless;
use csv::{ByteRecord, Terminator, Writer, WriterBuilder};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What says that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Comma-separated values.
pub(super) struct Csv {
    path: PathBuf,
    table: Table,
    file: Writer<File>,
    row: u64,
    record: ByteRecord,
}

impl Csv {
    /// Returns an output at `path` with only a header.
    pub(super) fn create(path: &Path, schema: &Schema<'_>) -> Result<Self, WriteError> {
        let file = File::create(path).and_then(|mut file| {
            file.write_all(BYTE_ORDER_MARK.as_bytes())?;
            Ok(file)
        });
        let file = file.map_err(|error| WriteError::io(path, error))?;
        let file = WriterBuilder::new().terminator(Terminator::CRLF).buffer_capacity(BUFFER).from_writer(file);
        let table = Table::new(schema);
        let record = table.names().iter().map(|name| harmless(Cow::Borrowed(name)).into_owned()).collect::<Vec<_>>();
        let mut csv = Self { path: path.to_owned(), table, file, row: 0, record: ByteRecord::from(record) };
        csv.put()?;
        Ok(csv)
    }

    fn put(&mut self) -> Result<(), WriteError> {
        // Without columns there is nothing to write, and a record of no fields would be an empty field.
        if self.record.is_empty() {
            return Ok(());
        }
        self.file.write_byte_record(&self.record).map_err(|error| WriteError::io(&self.path, error.into()))
    }
}

impl Output for Csv {
    fn write(&mut self, line: &[u8]) -> Result<(), WriteError> {
        self.row += 1;
        fill(&mut self.record, &self.table, line).map_err(|source| WriteError::Line {
            path: self.path.clone(),
            row: self.row,
            source,
        })?;
        self.put()
    }

    fn finish(self: Box<Self>) -> Result<(), WriteError> {
        let inner = self.file.into_inner().map_err(csv::IntoInnerError::into_error);
        let file = inner.map_err(|error| WriteError::io(&self.path, error))?;
        file.sync_all().map_err(|error: io::Error| WriteError::io(&self.path, error))
    }
}

fn fill(record: &mut ByteRecord, table: &Table, line: &[u8]) -> Result<(), LineError> {
    record.clear();
    for raw in table.raw(line)? {
        record.push_field(cell(raw)?.as_bytes());
    }
    Ok(())
}

/// Returns what stands in a cell: only strings can be formulas, a number's sign is its own.
fn cell(raw: Raw<'_>) -> Result<Cow<'_, str>, LineError> {
    let Some(json) = raw else { return Ok(Cow::Borrowed("")) };
    Ok(if json.starts_with('"') { harmless(text(json)?) } else { Cow::Borrowed(json) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strings_are_guarded() {
        for (json, expected) in [(Some("-1e3"), "-1e3"), (Some("\"-1e3\""), "'-1e3"), (Some("[1]"), "[1]"), (None, "")]
        {
            assert_eq!(cell(json).unwrap(), expected);
        }
    }
}

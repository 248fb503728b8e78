//! [`Batch`]: some records of one input, and what becomes of them.

use super::super::duplicates::{Sketch, Sketcher};
use super::super::encode::{Encoder, Origin, json_string};
use super::super::segment::{Mark, Part};
use crate::Session;
use crate::read::row::Row;
use crate::read::{Position, Record, Reject, Shape};
use std::ops::Range;
use std::sync::Arc;

/// A batch is full when it has this many bytes or records.
const FULL_BYTES: usize = 192 << 10;
const FULL_RECORDS: usize = 512;

/// Records of one input.
pub(super) struct Batch {
    /// Its turn.
    pub(super) number: u64,
    /// The input's number.
    pub(super) source: usize,
    /// None where the input is of no known kind, and every record a reject.
    shape: Option<Arc<dyn Shape>>,
    bytes: Vec<u8>,
    records: Vec<Cutting>,
    /// Bytes that the lines of its records will have besides those of the records.
    overhead: usize,
    /// How far the input has been read behind the last record.
    pub(super) mark: Mark,
}

/// A record in a batch.
struct Cutting {
    position: Position,
    bytes: Range<usize>,
    reject: Option<Reject>,
}

impl Batch {
    /// Returns an empty batch of the input with number `source`.
    pub(super) fn new(source: usize, shape: Option<Arc<dyn Shape>>) -> Self {
        Self { number: 0, source, shape, bytes: Vec::new(), records: Vec::new(), overhead: 0, mark: Mark::default() }
    }

    /// Adds a record.
    pub(super) fn push(&mut self, record: &Record) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&record.bytes);
        let bytes = start..self.bytes.len();
        self.overhead += self.shape.as_ref().map_or(0, |shape| shape.overhead());
        self.records.push(Cutting { position: record.position, bytes, reject: record.reject.clone() });
    }

    /// Returns whether it has no records.
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns whether it is time to hand it over.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() + self.overhead >= FULL_BYTES || self.records.len() >= FULL_RECORDS
    }

    /// Fills `part`, which must be empty, with what the batch's records become.
    pub(super) fn read(
        &self,
        source_json: &[u8],
        encoder: &Encoder<'_>,
        session: &mut Session<'_>,
        sketcher: &mut Sketcher,
        part: &mut Part,
    ) {
        part.tally.0 = self.source;
        let mut sketch = Sketch::default();
        for record in &self.records {
            let read = match (&record.reject, &self.shape) {
                (Some(reject), _) => Err(reject.clone()),
                (None, Some(shape)) => shape.row(&self.bytes[record.bytes.clone()]).and_then(few_fields),
                (None, None) => Ok(None),
            };
            match read {
                Ok(Some(row)) => {
                    sketcher.sketch(&row.text, &mut sketch);
                    part.sketches.push(&sketch);
                    let origin = Origin { source_json, source: self.source as u32, position: record.position };
                    encoder.encode(session, row, &origin, part);
                }
                Ok(None) => part.tally.1.passed_over += 1,
                Err(reject) => refuse(source_json, record.position, &reject, part),
            }
        }
    }
}

/// The most fields of a message: one with more would use up the columns of a table.
const MOST_FIELDS: usize = 1000;

/// Refuses a message of so many fields that a table has no room for others.
fn few_fields(row: Option<Row<'_>>) -> Result<Option<Row<'_>>, Reject> {
    match row.as_ref().map_or(0, |row| row.fields.len()) {
        found if found > MOST_FIELDS => Err(Reject(format!("found {found} fields; expected at most {MOST_FIELDS}"))),
        _ => Ok(row),
    }
}

/// Adds a line to the file of rejects.
fn refuse(source_json: &[u8], position: Position, reject: &Reject, part: &mut Part) {
    let out = &mut part.rejects;
    let (unit, value) = match position {
        Position::Line(line) => ("line", line),
        Position::Offset(offset) => ("offset", offset),
        Position::Record(record) => ("record", record),
    };
    out.extend_from_slice(b"{\"file\":");
    out.extend_from_slice(source_json);
    out.extend_from_slice(format!(",\"{unit}\":{value},\"reason\":").as_bytes());
    json_string(&reject.0, out);
    out.extend_from_slice(b"}\n");
    part.tally.1.rejected += 1;
}

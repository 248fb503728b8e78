//! Writers of bulk triage: the same rows in every format, views that a clerk can read, and Parquet files of any make, also
//! damaged ones.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "triage_write/damage.rs"]
mod damage;
#[path = "triage_write/foreign.rs"]
mod foreign;
#[path = "triage_write/readers.rs"]
mod readers;
#[path = "triage_write/rows.rs"]
mod rows;
#[path = "triage_write/views.rs"]
mod views;

use pilah::read::parquet::open;
use pilah::read::row::Value as Field;
use pilah::read::{Cut, Position, Record};
use pilah::triage::write::{Columns, Format, Schema, WriteError, create};
use serde_json::Value;
use std::fs::{self, File};
use std::path::Path;

/// A row of the output.
type Row = serde_json::Map<String, Value>;

/// What was seen in `rows`, as the engine notes it.
fn columns(rows: &[Row]) -> Columns {
    let mut columns = Columns::default();
    for (name, value) in rows.iter().flatten() {
        let value = match value {
            Value::String(text) => Field::Text(text.into()),
            other => Field::Json(other.to_string().into()),
        };
        columns.note(name, &value);
    }
    columns
}

/// Writes `rows` to a file of its own and returns its bytes.
fn written(format: Format, rows: &[Row], schema: &Schema<'_>) -> Result<Vec<u8>, WriteError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keluaran");
    write(format, &path, rows, schema)?;
    Ok(fs::read(path).unwrap())
}

fn write(format: Format, path: &Path, rows: &[Row], schema: &Schema<'_>) -> Result<(), WriteError> {
    let mut output = create(format, path, schema)?;
    for row in rows {
        output.write(&serde_json::to_vec(row).unwrap())?;
    }
    output.finish()
}

/// A schema of columns alone.
fn plain(columns: &Columns) -> Schema<'_> {
    Schema { columns, text_columns: &[], heads: &[], most_urgent: None }
}

/// Reads a Parquet file; at most `most` records of it.
fn read(bytes: &[u8], most: usize) -> Result<Vec<Row>, String> {
    Ok(records(bytes, most)?.iter().map(|record| serde_json::from_str(record).unwrap()).collect())
}

/// Reads a Parquet file's records as their JSON text, in which numbers have all their digits.
fn records(bytes: &[u8], most: usize) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("masukan.parquet");
    fs::write(&path, bytes).unwrap();
    let mut cut = open(File::open(&path).unwrap()).map_err(|error| error.to_string())?;
    let mut record = Record { position: Position::Line(0), bytes: Vec::new(), reject: None };
    let mut records = Vec::new();
    while records.len() < most && cut.next(&mut record).map_err(|error| error.to_string())? {
        assert_eq!(record.position, Position::Record(records.len() as u64 + 1));
        records.push(String::from_utf8(record.bytes.clone()).unwrap());
    }
    Ok(records)
}

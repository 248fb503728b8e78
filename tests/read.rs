//! Reading exports: rows of every format, whatever wraps its bytes, and no input that stops a run.

#![cfg(feature = "triage")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "read/damage.rs"]
mod damage;
#[path = "read/faults.rs"]
mod faults;
#[path = "read/properties.rs"]
mod properties;
#[path = "read/rows.rs"]
mod rows;
#[path = "read/snapshots.rs"]
mod snapshots;
#[path = "read/variants.rs"]
mod variants;

use pilah::read::row::{Row, Value};
use pilah::read::{LONGEST, Opened, Position, ReadError, ReadOptions, Record, open_reader};
use serde_json::{Value as Json, json};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// The samples, in the order of their names.
fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/read");
    let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(samples().into_iter().find(|file| file.ends_with(name)).unwrap()).unwrap()
}

/// The options of most tests: Jakarta's time.
fn jakarta() -> ReadOptions {
    ReadOptions { utc_offset: 7, ..ReadOptions::default() }
}

/// As many bytes at once as are asked for.
const ALL: usize = usize::MAX;

/// Bytes, no more than so many at once.
struct Slowly(Cursor<Vec<u8>>, usize);

impl Read for Slowly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

fn opened(bytes: &[u8], options: &ReadOptions, at_once: usize) -> Result<Opened, ReadError> {
    open_reader("contoh", Box::new(Slowly(Cursor::new(bytes.to_vec()), at_once)), options)
}

/// Everything that comes out of `bytes`: the format, then rows, what is left out, and what ends the reading.
fn told(bytes: &[u8], options: &ReadOptions, at_once: usize) -> Json {
    let mut opened = match opened(bytes, options, at_once) {
        Ok(opened) => opened,
        Err(error) => return json!([{ "error": error.to_string() }]),
    };
    let mut all = vec![json!({ "format": opened.format })];
    let mut record = Record { position: Position::Line(0), bytes: Vec::new(), reject: None };
    loop {
        match opened.cut.next(&mut record) {
            Ok(true) => all.push(entry(&record, &opened)),
            Ok(false) => return Json::Array(all),
            Err(error) => all.push(json!({ "error": error.to_string() })),
        }
        assert!(all.len() <= bytes.len() + 3, "more records than bytes");
        assert!(record.bytes.len() <= LONGEST * 3);
    }
}

fn entry(record: &Record, opened: &Opened) -> Json {
    let at = match record.position {
        Position::Line(at) => format!("line:{at}"),
        Position::Offset(at) => format!("offset:{at}"),
        Position::Record(at) => format!("record:{at}"),
    };
    match &record.reject {
        Some(reject) => json!({ "at": at, "cut": reject.to_string() }),
        None => match opened.shape.row(&record.bytes) {
            Ok(Some(row)) => json!({ "at": at, "row": shown(&row) }),
            Ok(None) => json!({ "at": at }),
            Err(reject) => json!({ "at": at, "reject": reject.to_string() }),
        },
    }
}

/// A row: when and where, then its fields in order; `*` marks the text, `!` what says who somebody is.
fn shown(row: &Row<'_>) -> Json {
    let field = |(at, field): (usize, &pilah::read::row::Field<'_>)| {
        let mark = if at == row.text_field { "*" } else { "" };
        let person = if field.personal { "!" } else { "" };
        let value = match &field.value {
            Value::Text(text) => json!(text),
            Value::Json(json) => json!({ "json": json }),
        };
        (format!("{mark}{person}{}", field.name), value)
    };
    let fields: serde_json::Map<String, Json> = row.fields.iter().enumerate().map(field).collect();
    assert_eq!(fields.len(), row.fields.len(), "each name once");
    assert_eq!(row.fields[row.text_field].value, Value::Text(row.text.clone()));
    json!({ "time": row.time.map(|time| time.0), "channel": row.channel.id(), "fields": fields })
}

/// The texts of the rows in what [`told`] returned.
fn texts(told: &Json) -> Vec<String> {
    let text = |entry: &Json| {
        let fields = entry["row"]["fields"].as_object()?;
        let (_, text) = fields.iter().find(|(name, _)| name.starts_with('*'))?;
        text.as_str().map(str::to_owned)
    };
    told.as_array().unwrap().iter().filter_map(text).collect()
}

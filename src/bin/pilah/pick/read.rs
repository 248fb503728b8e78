//! Texts and labels from any file that the readers know.

use crate::error::{CliError, note};
use pilah::lab::Text;
use pilah::read::row::{Field, Row, Value};
use pilah::read::{Opened, Position, ReadError, ReadOptions, Record, masked, open, sources};
use std::path::PathBuf;

/// A text that was read, and whether it is labelled already.
pub(super) struct Found {
    pub(super) text: Text,
    /// Whether every field that is to be filled in is filled.
    pub(super) labelled: bool,
}

/// Calls `each` for every text of `inputs`; records that cannot be read are told at the end.
pub(super) fn each_text(
    inputs: &[PathBuf],
    options: &ReadOptions,
    heads: &[String],
    mut each: impl FnMut(Found),
) -> Result<(), CliError> {
    let (mut rejected, mut first) = (0u64, None);
    for source in sources(inputs, &[])? {
        let Opened { mut cut, shape, .. } = open(&source, options)?;
        let mut record = Record { position: Position::Line(1), bytes: Vec::new(), reject: None };
        let io = |error| ReadError::Io { name: source.name.clone(), source: error };
        while cut.next(&mut record).map_err(io)? {
            let place = format!("{}:{}", source.name, number(record.position));
            let row = record.reject.clone().map_or_else(|| shape.row(&record.bytes), Err);
            match row {
                Ok(Some(row)) => each(found(&row, place, heads)),
                Ok(None) => {}
                Err(reject) => {
                    rejected += 1;
                    first.get_or_insert_with(|| format!("{place}: {reject}"));
                }
            }
        }
    }
    if let Some(first) = first {
        note(&format!("{rejected} records cannot be read and are left out; the first: {first}"));
    }
    Ok(())
}

fn number(position: Position) -> u64 {
    let (Position::Line(number) | Position::Offset(number) | Position::Record(number)) = position;
    number
}

fn found(row: &Row<'_>, place: String, heads: &[String]) -> Found {
    let id = row.fields.iter().find(|field| field.name.eq_ignore_ascii_case("id")).and_then(filled);
    let is_filled = |head: &String| row.fields.iter().any(|field| field.name == *head && filled(field).is_some());
    Found {
        text: Text { id, place, text: masked(&row.text).into_owned() },
        labelled: !heads.is_empty() && heads.iter().all(is_filled),
    }
}

/// Returns what a field holds, if anything.
fn filled(field: &Field<'_>) -> Option<String> {
    match &field.value {
        Value::Text(text) if text.trim().is_empty() => None,
        Value::Json(json) if json == "null" => None,
        Value::Text(text) | Value::Json(text) => Some(text.clone().into_owned()),
    }
}

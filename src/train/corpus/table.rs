//! Tables, JSON documents and Parquet, plain or packed, through the readers that triage uses too.

use super::columns::{Columns, Search, same_name};
use super::{Annotation, CorpusError, Record, place};
use crate::read::row::{Row, Value};
use crate::read::{Input, Opened, Position, ReadError, ReadOptions, Source, open, text_name};
use std::collections::BTreeMap;
use std::path::Path;

/// Hours that zones of files without one are ahead of UTC; times are not used here, but readers ask.
const JAKARTA: i8 = 7;

/// Returns the records of a file of any format that can be read.
///
/// # Errors
/// [`CorpusError`] naming file and position: one bad record is one too many where labels are learnt from it.
pub(super) fn read_table(
    path: &Path,
    heads: &[String],
    columns: &Columns,
    search: &mut Search,
) -> Result<Vec<Record>, CorpusError> {
    let Opened { mut cut, shape, .. } = opened(path, columns)?;
    let mut records = Vec::new();
    let mut raw = crate::read::Record { position: Position::Line(1), bytes: Vec::new(), reject: None };
    while cut.next(&mut raw).map_err(|source| CorpusError::Io { path: path.to_owned(), source })? {
        let row = raw.reject.take().map_or_else(|| shape.row(&raw.bytes), Err);
        let record = match row {
            Ok(Some(row)) => {
                if records.is_empty() {
                    check_text(&row, columns)?;
                }
                search.see(row.fields.iter().map(|field| field.name.as_ref()));
                record(&row, heads, columns)
            }
            Ok(None) => continue,
            Err(reject) if reject.is_empty_text() => Record::default(),
            Err(reject) => return Err(bad(path, raw.position, reject.0)),
        };
        let place = match raw.position {
            Position::Line(line) => place(path, line),
            other => place(path, other),
        };
        records.push(Record { place, ..record });
    }
    Ok(records)
}

fn bad(path: &Path, position: Position, reason: String) -> CorpusError {
    let position = match position {
        Position::Line(line) => line.to_string(),
        other => other.to_string(),
    };
    CorpusError::Record { path: path.to_owned(), position, reason }
}

/// Opens `path` with the text column asked for; with `text` where the file has that one instead.
fn opened(path: &Path, columns: &Columns) -> Result<Opened, CorpusError> {
    let name = path.display().to_string();
    let source = Source { name, input: Input::File(path.to_owned()), size: None, named: true };
    let with = |text_column| {
        let options = ReadOptions { text_column, utc_offset: JAKARTA, spool: std::env::temp_dir() };
        open(&source, &options)
    };
    let opened = match with(columns.text.clone()) {
        Err(ReadError::Column { columns, .. }) if columns.iter().any(|name| name == "text") => {
            with(Some("text".to_owned()))
        }
        other => other,
    };
    opened.map_err(|error| match error {
        ReadError::Io { source, .. } => CorpusError::Io { path: path.to_owned(), source },
        other => CorpusError::Read(other),
    })
}

/// Refuses a text column that was told by the length of its cells alone: it could be the clerk's answer.
fn check_text(row: &Row<'_>, columns: &Columns) -> Result<(), CorpusError> {
    let name = row.fields[row.text_field].name.as_ref();
    if columns.text.is_some() || text_name(std::iter::once(name)).is_some() {
        return Ok(());
    }
    let columns = row.fields.iter().map(|field| field.name.clone().into_owned()).collect();
    Err(CorpusError::Column { wanted: "text".to_owned(), columns })
}

/// Returns whether the file in a folder is none of labelled reports: it has no column with a text, by name.
pub(super) fn is_no_data(path: &Path, columns: &Columns) -> Result<bool, CorpusError> {
    let Opened { mut cut, shape, .. } = match opened(path, columns) {
        Ok(opened) => opened,
        Err(CorpusError::Read(ReadError::Unknown { .. } | ReadError::Column { .. })) => return Ok(true),
        Err(other) => return Err(other),
    };
    let mut raw = crate::read::Record { position: Position::Line(1), bytes: Vec::new(), reject: None };
    let read = cut.next(&mut raw).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    if !read {
        return Ok(true);
    }
    let Ok(Some(row)) = shape.row(&raw.bytes) else { return Ok(false) };
    let asked = |name: &str| columns.text.as_ref().is_some_and(|wanted| same_name(wanted, name));
    let name = row.fields[row.text_field].name.as_ref();
    Ok(!asked(name) && text_name(std::iter::once(name)).is_none())
}

fn record(row: &Row<'_>, heads: &[String], columns: &Columns) -> Record {
    let own = |asked: Option<&String>, default: &str| {
        let asked = asked.and_then(|asked| field(row, asked));
        asked.or_else(|| field(row, default)).and_then(text)
    };
    let label = |head: &String| {
        let asked = columns.labels.get(head);
        let label = own(asked, head)?;
        let by = own(asked.map(|column| format!("{column}_by")).as_ref(), &format!("{head}_by"));
        Some((head.clone(), Annotation { label, by }))
    };
    Record {
        id: own(columns.id.as_ref(), "id"),
        place: String::new(),
        source: own(columns.source.as_ref(), "source"),
        split: own(columns.split.as_ref(), "split"),
        date: own(columns.date.as_ref(), "date"),
        text: row.text.clone().into_owned(),
        labels: heads.iter().filter_map(label).collect::<BTreeMap<_, _>>(),
    }
}

/// The field called `name`: to the letter, else without regard to case.
fn field<'r>(row: &'r Row<'_>, name: &str) -> Option<&'r Value<'r>> {
    let exact = row.fields.iter().find(|field| field.name == name);
    let found = exact.or_else(|| row.fields.iter().find(|field| same_name(&field.name, name)));
    found.map(|field| &field.value)
}

/// What a cell says: a number is its text, blanks and null are nothing.
fn text(value: &Value<'_>) -> Option<String> {
    let text = match value {
        Value::Text(text) => text.trim(),
        Value::Json(json) if json == "null" => "",
        Value::Json(json) => json,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

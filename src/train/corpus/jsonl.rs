//! Plain JSONL, read strictly: what is not as expected is an error with its line.

use super::columns::{Columns, Search, same_name};
use super::{Annotation, CorpusError, Record, place};
use crate::read::text_name;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Returns the records of a JSONL file with their labels in `heads`, in columns of default names; blank lines are passed over.
///
/// A head's label is the string field of its name, who gave it the field `<head>_by`; a missing or null label is fine.
///
/// # Errors
/// [`CorpusError`] naming file and line.
pub fn read_jsonl(path: &Path, heads: &[String]) -> Result<Vec<Record>, CorpusError> {
    read_lines(path, heads, &Columns::default(), &mut Search::default())
}

/// As [`read_jsonl`], with names of columns.
pub(super) fn read_lines(
    path: &Path,
    heads: &[String],
    columns: &Columns,
    search: &mut Search,
) -> Result<Vec<Record>, CorpusError> {
    let mut records = Vec::new();
    let mut text = None;
    for_each_object(path, |line, object| {
        search.see(object.keys().map(String::as_str));
        let text = text.get_or_insert_with(|| text_field(&object, columns));
        records.push(Record { place: place(path, line), ..record(&object, text, heads, columns)? });
        Ok(())
    })?;
    Ok(records)
}

/// Calls `take` with every line's number, from 1, and object.
///
/// # Errors
/// [`CorpusError`] naming file and line, of the file or of `take`.
pub(crate) fn for_each_object(
    path: &Path,
    mut take: impl FnMut(usize, Map<String, Value>) -> Result<(), Problem>,
) -> Result<(), CorpusError> {
    let io = |source| CorpusError::Io { path: path.to_owned(), source };
    let reader = BufReader::new(std::fs::File::open(path).map_err(io)?);
    for (at, line) in reader.lines().enumerate() {
        let line = line.map_err(io)?;
        // Files that Windows programs wrote begin with a mark.
        let line = if at == 0 { line.trim_start_matches('\u{feff}') } else { &line };
        if !line.trim().is_empty() {
            object(line).and_then(|object| take(at + 1, object)).map_err(|problem| problem.at(path, at + 1))?;
        }
    }
    Ok(())
}

/// A problem that does not know its place yet.
pub(crate) enum Problem {
    Line(String),
    Field(String, String),
}

impl Problem {
    fn at(self, path: &Path, line: usize) -> CorpusError {
        let path = path.to_owned();
        match self {
            Self::Line(reason) => CorpusError::Line { path, line, reason },
            Self::Field(field, found) => CorpusError::Field { path, line, field, found },
        }
    }
}

fn object(line: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Problem::Line("not an object".to_owned())),
        Err(error) => Err(Problem::Line(format!("not JSON ({error})"))),
    }
}

/// The field with the text, by the first line: the one asked for, `text`, or the one whose name says it most surely.
fn text_field(object: &Map<String, Value>, columns: &Columns) -> String {
    let asked = columns.text.as_ref().and_then(|name| named(object, name));
    let found = || {
        let known = (!object.contains_key("text")).then(|| text_name(object.keys().map(String::as_str))).flatten();
        known.filter(|_| columns.text.is_none()).unwrap_or("text").to_owned()
    };
    asked.map_or_else(found, str::to_owned)
}

fn record(object: &Map<String, Value>, text: &str, heads: &[String], columns: &Columns) -> Result<Record, Problem> {
    let Some(text) = string(object, text)? else { return Err(Problem::Line(format!("no {text:?}"))) };
    let mut labels = BTreeMap::new();
    for head in heads {
        let column = either(object, columns.labels.get(head), head);
        if let Some(label) = told(object, column)? {
            let by = told(object, &format!("{column}_by"))?.or(told(object, &format!("{head}_by"))?);
            labels.insert(head.clone(), Annotation { label, by });
        }
    }
    let own = |asked: &Option<String>, default: &'static str| told(object, either(object, asked.as_ref(), default));
    Ok(Record {
        id: id(object, either(object, columns.id.as_ref(), "id")).filter(|id| !id.trim().is_empty()),
        place: String::new(),
        source: own(&columns.source, "source")?,
        date: own(&columns.date, "date")?,
        split: own(&columns.split, "split")?,
        text,
        labels,
    })
}

/// The field asked for where the object has it, else the default one.
fn either<'n>(object: &'n Map<String, Value>, asked: Option<&String>, default: &'n str) -> &'n str {
    asked.and_then(|name| named(object, name)).unwrap_or(default)
}

/// The field called `name`: to the letter, else without regard to case, as in tables.
fn named<'o>(object: &'o Map<String, Value>, name: &str) -> Option<&'o str> {
    let exact = object.get_key_value(name).map(|(found, _)| found.as_str());
    exact.or_else(|| object.keys().map(String::as_str).find(|found| same_name(found, name)))
}

/// Returns a string field without the blanks around it; none where nothing is left, as in tables.
fn told(object: &Map<String, Value>, field: &str) -> Result<Option<String>, Problem> {
    Ok(string(object, field)?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Returns an id as text: most are strings, many are numbers.
pub(crate) fn id(object: &Map<String, Value>, field: &str) -> Option<String> {
    let id = object.get(field).filter(|id| !id.is_null())?;
    Some(id.as_str().map_or_else(|| id.to_string(), str::to_owned))
}

/// Returns a string field; none where it is missing or null.
pub(crate) fn string(object: &Map<String, Value>, field: &str) -> Result<Option<String>, Problem> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(Problem::Field(field.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_blanks_are_read_as_in_tables() {
        let line =
            r#"{"Isi":"lampu mati","Bagian":"test","Nomor":7,"unit":" pu ","jenis":"","unit_by":" ","source":" "}"#;
        let Ok(object) = object(line) else { panic!("no object") };
        let asked = |name: &str| Some(name.to_owned());
        let columns = Columns { text: asked("isi"), split: asked("bagian"), id: asked("NOMOR"), ..Columns::default() };
        let heads = ["unit", "jenis"].map(str::to_owned);
        let Ok(record) = record(&object, &text_field(&object, &columns), &heads, &columns) else { panic!("no record") };
        assert_eq!(
            (record.text.as_str(), record.split.as_deref(), record.id.as_deref()),
            ("lampu mati", Some("test"), Some("7"))
        );
        assert_eq!((record.source, record.labels.len()), (None, 1));
        assert_eq!(record.labels["unit"], Annotation { label: "pu".to_owned(), by: None });
    }
}

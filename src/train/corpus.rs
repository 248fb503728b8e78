//! [`Record`]: a labelled report, and [`read_jsonl`] that reads many.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A report with what is known of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// The report's id in its source.
    pub id: Option<String>,
    /// Where it stands, for messages: the file's name and the line, such as `reports.jsonl:12`.
    pub place: String,
    /// The collection it came from.
    pub source: Option<String>,
    /// `train`, `dev` or `test`; absent means `train`.
    pub split: Option<String>,
    /// Day of the report as the data writes it, ISO 8601 (`2024-05-01`, perhaps with a time) where it can be used.
    pub date: Option<String>,
    /// The report.
    pub text: String,
    /// Head -> label.
    pub labels: BTreeMap<String, Annotation>,
}

/// A label and who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The label's id.
    pub label: String,
    /// `native`, `annotated` or another word of the data's owner; absent where not said.
    pub by: Option<String>,
}

/// Why a corpus file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// The file cannot be opened or read.
    #[error("{path}: {source}; expected a readable JSONL file")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A line is no JSON object.
    #[error("{path}:{line}: {reason}; expected one JSON object with a string \"text\"")]
    Line {
        /// The file.
        path: PathBuf,
        /// Line number from 1.
        line: usize,
        /// What was found.
        reason: String,
    },
    /// A field has the wrong kind.
    #[error("{path}:{line}: field \"{field}\" is {found}; expected a string")]
    Field {
        /// The file.
        path: PathBuf,
        /// Line number from 1.
        line: usize,
        /// The field.
        field: String,
        /// What was found.
        found: String,
    },
    /// A folder holds no `.jsonl` file.
    #[error("{path}: no .jsonl file in this folder; expected at least one")]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// Returns the `.jsonl` files that `path` names: itself, or those of the folder in order of their names.
///
/// # Errors
/// [`CorpusError::Io`] where it cannot be looked at, [`CorpusError::Empty`] for a folder without such a file.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let io = |source| CorpusError::Io { path: path.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(io)? {
        let file = entry.map_err(io)?.path();
        if file.extension().is_some_and(|ending| ending == "jsonl") {
            found.push(file);
        }
    }
    found.sort();
    if found.is_empty() { Err(CorpusError::Empty { path: path.to_owned() }) } else { Ok(found) }
}

/// Returns the records of a JSONL file with their labels in `heads`; blank lines are passed over.
///
/// A head's label is the string field of its name, who gave it the field `<head>_by`; a missing or null label is fine.
///
/// # Errors
/// [`CorpusError`] naming file and line.
pub fn read_jsonl(path: &Path, heads: &[String]) -> Result<Vec<Record>, CorpusError> {
    let io = |source| CorpusError::Io { path: path.to_owned(), source };
    let reader = BufReader::new(std::fs::File::open(path).map_err(io)?);
    let mut records = Vec::new();
    for (at, line) in reader.lines().enumerate() {
        let line = line.map_err(io)?;
        if !line.trim().is_empty() {
            let record = record(&line, heads).map_err(|problem| problem.at(path, at + 1))?;
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            records.push(Record { place: format!("{file}:{}", at + 1), ..record });
        }
    }
    Ok(records)
}

/// A problem that does not know its place yet.
enum Problem {
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

fn record(line: &str, heads: &[String]) -> Result<Record, Problem> {
    let value: Value = serde_json::from_str(line).map_err(|error| Problem::Line(format!("not JSON ({error})")))?;
    let Value::Object(object) = value else { return Err(Problem::Line("not an object".to_owned())) };
    let Some(text) = string(&object, "text")? else { return Err(Problem::Line("no \"text\"".to_owned())) };
    let mut labels = BTreeMap::new();
    for head in heads {
        if let Some(label) = string(&object, head)? {
            labels.insert(head.clone(), Annotation { label, by: string(&object, &format!("{head}_by"))? });
        }
    }
    Ok(Record {
        id: object
            .get("id")
            .filter(|id| !id.is_null())
            .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)),
        place: String::new(),
        source: string(&object, "source")?,
        date: string(&object, "date")?,
        split: string(&object, "split")?,
        text,
        labels,
    })
}

fn string(object: &Map<String, Value>, field: &str) -> Result<Option<String>, Problem> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(Problem::Field(field.to_owned(), other.to_string())),
    }
}

//! [`CorpusError`]: why data cannot be read, with the file and the place in it.

use crate::read::ReadError;
use std::path::PathBuf;

/// Why a corpus file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// The file cannot be opened or read.
    #[error("{path}: {source}; expected a readable data file")]
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
    /// A record of a table or a document cannot be read.
    #[error("{path}:{position}: {reason}; mend the record or take it out")]
    Record {
        /// The file.
        path: PathBuf,
        /// Where it stands: a line, or `record:` or `offset:` and a number.
        position: String,
        /// What was found and what was expected.
        reason: String,
    },
    /// A file is in no format that can be read, or its text column is missing.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A column that was asked for is in no file.
    #[error("no column `{wanted}` in the data; the columns found are {}", listed(.columns))]
    Column {
        /// The column asked for.
        wanted: String,
        /// All columns found.
        columns: Vec<String>,
    },
    /// A folder holds no data file.
    #[error(
        "{path}: no data file in this folder; expected .jsonl, .json, .csv, .tsv or .parquet, maybe .gz or .zst after it"
    )]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

fn listed(columns: &[String]) -> String {
    const SHOWN: usize = 30;
    let shown: Vec<String> = columns.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match columns.len() {
        0 => "none".to_owned(),
        found if found > SHOWN => format!("{} and {} more", shown.join(", "), found - SHOWN),
        _ => shown.join(", "),
    }
}

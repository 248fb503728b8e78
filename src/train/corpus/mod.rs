//! [`Record`]: a labelled report, and [`read`], which reads many from tables, JSON and Parquet.

mod columns;
mod error;
mod files;
mod jsonl;
mod table;

pub use columns::Columns;
pub use error::CorpusError;
pub use files::files;
pub use jsonl::read_jsonl;

pub(crate) use columns::Search;
pub(crate) use jsonl::{Problem, for_each_object, id, string};

use std::collections::BTreeMap;
use std::fmt::Display;
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

/// Returns the records of the files and folders that `paths` name, with their labels in `heads`; those without a text too.
///
/// Plain JSONL is read strictly: labels are strings. Tables (any delimiter and encoding), JSON documents and Parquet, plain,
/// gzip or zstd, are told by their content; their blank cells are no labels, their numbers are labels by their text. A file of
/// a folder that has no column with a text is passed over.
///
/// # Errors
/// [`CorpusError`] naming file and place of the first bad record; [`CorpusError::Column`] where no file has a column that
/// `columns` names.
pub fn read(paths: &[PathBuf], heads: &[String], columns: &Columns) -> Result<Vec<Record>, CorpusError> {
    let mut search = Search::new(columns);
    let mut records = Vec::new();
    for path in paths {
        for file in files(path)? {
            records.extend(read_file(&file, path.is_dir(), heads, columns, &mut search)?.unwrap_or_default());
        }
    }
    search.finish()?;
    Ok(records)
}

/// Returns the names of all columns of the files and folders that `paths` name, sorted.
///
/// # Errors
/// As [`read`] has them.
pub fn fields(paths: &[PathBuf]) -> Result<Vec<String>, CorpusError> {
    let mut search = Search::for_all();
    for path in paths {
        for file in files(path)? {
            read_file(&file, path.is_dir(), &[], &Columns::default(), &mut search)?;
        }
    }
    Ok(search.found())
}

/// Returns the records of one file; none where it was `found` in a folder and is no data.
///
/// # Errors
/// As [`read`] has them.
pub(crate) fn read_file(
    file: &Path,
    found: bool,
    heads: &[String],
    columns: &Columns,
    search: &mut Search,
) -> Result<Option<Vec<Record>>, CorpusError> {
    if files::is_jsonl(file) {
        return jsonl::read_lines(file, heads, columns, search).map(Some);
    }
    if found && table::is_no_data(file, columns)? {
        return Ok(None);
    }
    table::read_table(file, heads, columns, search).map(Some)
}

/// How messages call a place in a file: by its name, as folders differ from machine to machine.
fn place(path: &Path, position: impl Display) -> String {
    format!("{}:{position}", path.file_name().unwrap_or_default().to_string_lossy())
}

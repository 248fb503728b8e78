//! Writers: the same rows as JSONL, CSV, Parquet or SQLite.
//!
//! A row arrives as one JSON line, which is what a JSONL output holds. The tables have a column for every member that any
//! line has, in the order of [`Schema::columns`]; a member that a line lacks is null there. The type of a column is the
//! narrowest that changes no value: see [`Column::kind`]. The same lines give the same bytes.
//!
//! | JSON | CSV | Parquet | SQLite |
//! |---|---|---|---|
//! | null, no member | empty cell | null | NULL |
//! | only integers of 64 bits | as written | `INT64` | `INTEGER` |
//! | only numbers that doubles hold | as written | `DOUBLE` | `REAL` |
//! | only `true`, `false` | as written | `BOOLEAN` | `BOOLEAN`: 1, 0 |
//! | strings | the text, see below | `STRING` | `TEXT` |
//! | anything else, or a mixture | strings as they are, other values as JSON text | the same | the same |
//!
//! # CSV
//!
//! UTF-8 with a byte order mark (without it, Excel garbles emoji), a header, commas, CRLF, quotes where needed: RFC 4180.
//! A citizen's text is no formula: a string that, after any apostrophes, begins with `=`, `+`, `-`, `@`, their full-width
//! forms, a tab or a line's end gets one apostrophe more in front, unless it is a signed number such as `-6.2088`. Taking one
//! apostrophe away from such cells gives the very text back. Names of columns are treated alike.
//!
//! # Parquet
//!
//! All columns are optional; `zstd`; row groups of up to 65,536 rows, fewer where texts are long.
//!
//! # SQLite
//!
//! | table | holds |
//! |---|---|
//! | `laporan` | the rows in the output's order; `pilah_row` is unique, `pilah_rank` indexed |
//! | `label` | `head`, `id`, `nama`: what the labels in `laporan` are called |
//!
//! SQLite does not tell `Teks` from `teks`: of such columns the later is called `teks_2`. The views are for people; they
//! name labels, offices and channels, in Indonesian:
//!
//! | view | holds |
//! |---|---|
//! | `antrean` | the queue: reports by rank, each group of duplicates once |
//! | `darurat` | of these, the ones of the most urgent label |
//! | `perlu_petugas` | messages that a person must look at, duplicates left out |
//! | `duplikat` | duplicates, each with the rank of the report that stands for it in the queue |
//! | `bukan_laporan` | messages that are no reports |
//! | `ringkasan` | reports by category and urgency, with duplicates and without |
//!
//! `antrean` has `peringkat`, `urgensi`, `peluang_urgensi`, `kategori`, `instansi`, `kantor`, `jenis`, `jumlah_pesan`, `teks`
//! (of whichever column held it), `waktu`, `kanal`, `sumber`, `posisi`, `perlu_petugas`, and every head that is none of these
//! under its own name. What the rows lack, a view lacks; a view of which nothing is left is not there.

mod columns;
mod csv;
mod error;
mod jsonl;
mod line;
mod names;
mod number;
mod parquet;
mod sqlite;
mod views;

pub use columns::{Column, Columns, MOST_COLUMNS, MOST_NAME_BYTES, Type};
pub use error::{LineError, WriteError};

use std::path::Path;

/// A kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    Jsonl,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// An SQLite database.
    Sqlite,
}

impl Format {
    /// Returns the format that the ending of `path` names, whatever its case.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            "parquet" => Some(Self::Parquet),
            "sqlite" | "sqlite3" | "db" => Some(Self::Sqlite),
            _ => None,
        }
    }
}

/// What the lines have in common.
#[derive(Debug, Clone)]
pub struct Schema<'a> {
    /// Every member of every line: pilah's own, then the input's.
    pub columns: &'a Columns,
    /// The columns that held the text to classify, in the order first seen.
    pub text_columns: &'a [String],
    /// The model's heads, each with its labels: id and name for people.
    pub heads: &'a [(String, Vec<(String, String)>)],
    /// The head that says how soon, and its most urgent label's id.
    pub most_urgent: Option<(String, String)>,
}

/// A file being written.
pub trait Output: Send {
    /// Writes a row: `line` is a JSON object without a line's end.
    ///
    /// # Errors
    /// [`WriteError`]: the file cannot be written, or `line` is no row of the schema.
    fn write(&mut self, line: &[u8]) -> Result<(), WriteError>;

    /// Completes the file; on the disk when this returns.
    ///
    /// # Errors
    /// [`WriteError`]: the file cannot be written.
    fn finish(self: Box<Self>) -> Result<(), WriteError>;
}

/// Returns an empty output at `path`; what was there is lost.
///
/// # Errors
/// [`WriteError`]: the file cannot be made, or there are more columns than a table can have.
pub fn create(format: Format, path: &Path, schema: &Schema<'_>) -> Result<Box<dyn Output>, WriteError> {
    if format != Format::Jsonl && schema.columns.too_many() {
        return Err(WriteError::Columns { path: path.to_owned() });
    }
    Ok(match format {
        Format::Jsonl => Box::new(jsonl::Jsonl::create(path)?),
        Format::Csv => Box::new(csv::Csv::create(path, schema)?),
        Format::Parquet => Box::new(parquet::Parquet::create(path, schema)?),
        Format::Sqlite => Box::new(sqlite::Sqlite::create(path, schema)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format() {
        for (path, expected) in [
            ("hasil.jsonl", Some(Format::Jsonl)),
            ("hasil.ndjson", Some(Format::Jsonl)),
            ("HASIL.CSV", Some(Format::Csv)),
            ("a.b/hasil.parquet", Some(Format::Parquet)),
            ("hasil.sqlite", Some(Format::Sqlite)),
            ("hasil.sqlite3", Some(Format::Sqlite)),
            ("hasil.db", Some(Format::Sqlite)),
            ("hasil.xlsx", None),
            ("hasil.csv.gz", None),
            ("hasil", None),
            ("", None),
        ] {
            assert_eq!(Format::from_path(Path::new(path)), expected, "{path}");
        }
    }
}

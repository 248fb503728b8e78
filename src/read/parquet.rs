//! [`ParquetCut`]: the rows of a Parquet file as JSON objects.
//!
//! | Parquet | JSON |
//! |---|---|
//! | integers, floats, booleans | the same; NaN and infinities null |
//! | strings, enums, JSON | a string |
//! | other bytes | a string if they are UTF-8, else a string of base64 |
//! | timestamps | RFC 3339, `2026-01-31T08:00:00Z`; without `Z` where the file tells no zone |
//! | dates, times of day | `2026-01-31`, `08:00:00` |
//! | decimals | a string: `12.50` |
//! | UUIDs | a string of hexadecimal digits in groups |
//! | lists, maps, groups | arrays, objects, objects |
//!
//! One page of each column is in memory at a time. A file is checked before the library sees it: what a footer or a page's
//! header claims must fit into the file and into memory.

mod footer;
mod guard;
mod json;
mod thrift;

use super::{Cut, Position, Record};
use guard::Guarded;
use json::Json;
use parquet::errors::ParquetError;
use parquet::record::reader::RowIter;
use parquet::schema::types::TypePtr;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Cuts a Parquet file into rows.
pub struct ParquetCut {
    rows: RowIter<'static>,
    schema: TypePtr,
    /// Rows read.
    read: u64,
    /// Rows that there are.
    total: u64,
    /// Whether nothing more can be read.
    is_done: bool,
    progress: Progress,
}

/// How much of the file counts as read: its rows are not in the order of its bytes.
#[derive(Default)]
struct Progress {
    /// The bytes of the file.
    size: u64,
    /// Its share that has been read.
    consumed: Arc<AtomicU64>,
}

impl Progress {
    fn set(&self, read: u64, total: u64) {
        let share = (u128::from(self.size) * u128::from(read)).checked_div(u128::from(total));
        let share = share.and_then(|share| u64::try_from(share).ok()).unwrap_or(self.size);
        self.consumed.store(share.min(self.size), Ordering::Relaxed);
    }
}

/// Why a file is not read as Parquet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParquetOpenError {
    /// The system does not let it be read.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Other first or last bytes than a Parquet file's.
    #[error(
        "not a Parquet file: expected `PAR1` at its beginning and its end; a download or copy may have been cut off"
    )]
    Magic,
    /// Its contents need a key.
    #[error("an encrypted Parquet file; expected one that can be read without a key")]
    Encrypted,
    /// Its contents are compressed in a way that this program does not know.
    #[error("a Parquet file compressed with {0}; expected zstd, snappy, gzip, lz4 or none: save it again so")]
    Compression(&'static str),
    /// The description of its contents is broken, or claims more than there is.
    #[error("a damaged Parquet file: {0}")]
    Damaged(String),
}

/// Opens a Parquet file.
///
/// # Errors
/// [`ParquetOpenError`]: the file cannot be read, or is no Parquet file in good order.
pub fn open(file: File) -> Result<ParquetCut, ParquetOpenError> {
    footer::check(&file)?;
    let reader = caught(|| Guarded::new(file)).map_err(ParquetOpenError::Damaged)?;
    if let Some(found) = reader.unknown_compression() {
        return Err(ParquetOpenError::Compression(found));
    }
    let (schema, total) = (reader.schema(), reader.rows());
    let rows = RowIter::from_file_into(Box::new(reader));
    Ok(ParquetCut { rows, schema, read: 0, total, is_done: false, progress: Progress::default() })
}

impl Cut for ParquetCut {
    fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        record.bytes.clear();
        record.reject = None;
        record.position = Position::Record(self.read + 1);
        if self.is_done {
            return Ok(false);
        }
        let found = self.read(&mut record.bytes);
        self.is_done = !matches!(found, Ok(true));
        self.read += u64::from(!self.is_done);
        self.progress.set(self.read, self.total);
        found
    }
}

impl ParquetCut {
    /// Returns the cut that tells in `consumed` how many of `size` bytes the rows read so far stand for.
    pub(super) fn counted(mut self, size: u64, consumed: Arc<AtomicU64>) -> Self {
        self.progress = Progress { size, consumed };
        self
    }

    /// Reads the next row into `bytes`; false at the end.
    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let (rows, schema) = (&mut self.rows, &self.schema);
        let written = caught(|| {
            let Some(row) = rows.next() else { return Ok(false) };
            let row = row?;
            serde_json::to_writer(bytes, &Json::row(&row, schema))
                .map_err(|error| ParquetError::External(error.into()))?;
            Ok(true)
        });
        written.map_err(|reason| {
            let message = format!("record {}: a damaged Parquet file: {reason}", self.read + 1);
            io::Error::new(io::ErrorKind::InvalidData, message)
        })
    }
}

/// Returns what `work` gives. The library panics on some damaged files: that is an error of the file like any other.
fn caught<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|error| without_values(&error)),
        Err(_) => Err("its contents are not what its description says".to_owned()),
    }
}

/// Returns what the library says, but for the value that it quotes: what people wrote stays out of messages.
fn without_values(error: &ParquetError) -> String {
    let told = error.to_string();
    told.split_once(". Bytes: ").map_or(told.as_str(), |(what, _)| what).to_owned()
}

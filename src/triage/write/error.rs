//! [`WriteError`]: why an output cannot be written.

use super::columns::{MOST_COLUMNS, MOST_NAME_BYTES, Type};
use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

/// Why an output cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// No room.
    #[error("cannot write {}: the disk is full; free some space and run the same command again, it goes on where it stopped", path.display())]
    Full {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// Anything else that the system refuses.
    #[error("cannot write {}: {source}; run the same command again to go on where it stopped", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system, or the format's library, said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// More columns than a table can have.
    #[error(
        "{}: found more than {MOST_COLUMNS} columns, or more than {MOST_NAME_BYTES} bytes of their names; a table has no room \
         for them: add --format jsonl to the same command, which goes on from here", path.display()
    )]
    Columns {
        /// The file.
        path: PathBuf,
    },
    /// A line that is no row of the schema: a fault of this program.
    #[error("{}: row {row}: {source}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The row, from 1.
        row: u64,
        /// What is wrong with it.
        source: LineError,
    },
}

/// Why a line is no row of the schema.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LineError {
    /// No JSON object.
    #[error("not a JSON object: {0}")]
    Json(#[from] serde_json::Error),
    /// A member without a column.
    #[error("found the member {0:?}; expected only columns of the schema")]
    Member(String),
    /// A value that its column cannot hold.
    #[error("column {column:?}: found {found}; expected {expected:?}")]
    Value {
        /// The column.
        column: String,
        /// The value's JSON text.
        found: String,
        /// The column's type.
        expected: Type,
    },
}

impl WriteError {
    /// Returns what `error` means for the file at `path`.
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        Self::of(path, is_full, error.into())
    }

    /// Returns what `error` of the Parquet library means for the file at `path`.
    pub(super) fn parquet(path: &Path, error: parquet::errors::ParquetError) -> Self {
        match error {
            parquet::errors::ParquetError::External(source) => match source.downcast::<io::Error>() {
                Ok(error) => Self::io(path, *error),
                Err(source) => Self::of(path, false, source),
            },
            error => Self::of(path, false, error.into()),
        }
    }

    /// Returns what `error` of SQLite means for the file at `path`.
    pub(super) fn sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let is_full = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
        Self::of(path, is_full, error.into())
    }

    fn of(path: &Path, is_full: bool, source: Box<dyn Error + Send + Sync>) -> Self {
        let path = path.to_owned();
        if is_full { Self::Full { path, source } } else { Self::Io { path, source } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_faults() {
        let path = Path::new("hasil");
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let sqlite = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        for (error, expected) in [
            (WriteError::io(path, full()), true),
            (WriteError::io(path, io::ErrorKind::PermissionDenied.into()), false),
            (WriteError::parquet(path, full().into()), true),
            (WriteError::parquet(path, parquet::errors::ParquetError::General("rusak".into())), false),
            (WriteError::sqlite(path, sqlite(rusqlite::ffi::SQLITE_FULL)), true),
            (WriteError::sqlite(path, sqlite(rusqlite::ffi::SQLITE_IOERR)), false),
        ] {
            assert_eq!(matches!(error, WriteError::Full { .. }), expected, "{error}");
            assert!(error.to_string().starts_with("cannot write hasil: "), "{error}");
        }
    }
}

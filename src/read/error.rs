//! [`ReadError`]: why a source cannot be read at all.

use crate::read::masked;
use std::io;

/// Why a source cannot be read at all; what is wrong with one record is a [`Reject`](super::Reject).
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not there, or may not be read.
    #[error("cannot read {name}: {source}")]
    Io {
        /// What people call the source.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// Its content is in no format that pilah reads.
    #[error("cannot read {name}: found {found}; {advice}")]
    Unknown {
        /// What people call the source.
        name: String,
        /// What it looks like.
        found: String,
        /// What to do about it.
        advice: String,
    },
    /// The text column that was asked for is not in it.
    #[error("no column `{wanted}` in {name}; its columns are {}", listed(.columns))]
    Column {
        /// What people call the source.
        name: String,
        /// The column asked for.
        wanted: String,
        /// The columns found.
        columns: Vec<String>,
    },
    /// It is a Parquet file that cannot be opened.
    #[error("cannot read {name}: {source}")]
    Parquet {
        /// What people call the source.
        name: String,
        /// What is wrong with it.
        source: super::parquet::ParquetOpenError,
    },
}

impl ReadError {
    /// Returns whether the source itself is at fault, by what is in it or because it may not be read; not the disk or the
    /// person who started the run.
    pub fn is_of_source(&self) -> bool {
        match self {
            Self::Io { source, .. } => {
                use io::ErrorKind::{InvalidData, PermissionDenied, UnexpectedEof};
                matches!(source.kind(), InvalidData | UnexpectedEof | PermissionDenied)
            }
            Self::Unknown { .. } => true,
            Self::Column { .. } => false,
            Self::Parquet { source, .. } => !matches!(source, super::parquet::ParquetOpenError::Io(_)),
        }
    }
}

/// Returns `names` as messages list them: each masked, as numbers of people may be keys, in backticks, and no more than twenty.
pub(super) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 20;
    if names.is_empty() {
        return "none".to_owned();
    }
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", masked(name.as_ref()))).collect();
    let more = if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

//! Readers: any export, told by its content, cut into records and read as [`Row`]s.
//!
//! A reader has two halves. A [`Cut`] finds where one record of a source ends and the next begins; it runs alone and does
//! as little as that takes. A [`Shape`] turns the bytes of one record into a [`Row`]; it runs on many threads at once.
//!
//! | stage | module | what it does |
//! |---|---|---|
//! | sources | `source` | files, folders and the standard input, in one order |
//! | unpack | `unpack` | gzip and zstd, by their first bytes |
//! | decode | `encoding` | UTF-16 becomes UTF-8 here; Windows-1252 becomes UTF-8 record by record |
//! | tell | `open` | which format the first 64 KiB are in |
//! | cut, shape | `table`, `json`, `social`, `chat`, `parquet` | one module a family of formats |

mod chat;
mod encoding;
mod error;
mod flat;
pub(crate) mod formula;
mod json;
pub(crate) mod mask;
mod names;
mod open;
pub mod parquet;
pub mod row;
mod social;
mod source;
mod stream;
mod table;
mod time;
mod unknown;
mod unpack;

pub use error::ReadError;
pub use mask::masked;
pub use open::{Opened, open, open_reader};
pub use source::{Input, Source, sources};

use row::Row;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// The bytes of the longest record: longer ones are rejected, so that memory stays bounded.
pub const LONGEST: usize = 1 << 20;

/// What the person who starts a run says about its inputs.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The column or key that holds the text; without it, it is found by its name.
    pub text_column: Option<String>,
    /// The hours that the run's zone is ahead of UTC, for times without a zone.
    pub utc_offset: i8,
    /// The folder for what must be on a disk to be read: a Parquet file that comes compressed or through a pipe.
    pub spool: PathBuf,
}

/// Where a record stands in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// The line on which it begins, from 1.
    Line(u64),
    /// The byte of the decompressed, decoded text at which it begins, from 0.
    Offset(u64),
    /// The how-manieth record of a binary file it is, from 1.
    Record(u64),
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(out, "line:{line}"),
            Self::Offset(offset) => write!(out, "offset:{offset}"),
            Self::Record(record) => write!(out, "record:{record}"),
        }
    }
}

/// One record: its bytes in a form that the reader's [`Shape`] knows.
#[derive(Debug)]
pub struct Record {
    /// Where it stands.
    pub position: Position,
    /// What it holds; the cut's buffer, used again for the next record.
    pub bytes: Vec<u8>,
    /// Why it cannot be read at all, for example because it is longer than a record may be.
    pub reject: Option<Reject>,
}

/// Why a record is left out; never quotes what people wrote, as it is not masked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Reject(pub String);

impl Reject {
    /// Returns the reject of a record whose text is empty.
    pub(crate) fn empty_text() -> Self {
        Self("the text is empty".to_owned())
    }

    /// Returns whether the record's text is empty, and nothing else is wrong.
    pub(crate) fn is_empty_text(&self) -> bool {
        *self == Self::empty_text()
    }
}

/// Cuts a source into records.
pub trait Cut: Send {
    /// Reads the next record into `record`; false at the end.
    ///
    /// # Errors
    /// What the source says when it cannot be read on: a broken archive, a vanished disk.
    fn next(&mut self, record: &mut Record) -> io::Result<bool>;
}

/// Reads a record.
pub trait Shape: Send + Sync {
    /// Returns the message in `bytes`; none where the record holds no message of a person, such as a system line.
    ///
    /// # Errors
    /// [`Reject`], which says what was found and what was expected.
    fn row<'r>(&self, bytes: &'r [u8]) -> Result<Option<Row<'r>>, Reject>;

    /// Returns the bytes that a row's line has besides those of its record: names of columns that the record does not repeat.
    fn overhead(&self) -> usize {
        0
    }
}

/// Returns whether a field called `name` says who somebody is.
pub(crate) fn is_personal(name: &str) -> bool {
    names::Role::of(name).personal
}

/// Returns the one of `names` that most surely is the name of a text.
pub(crate) fn text_name<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .filter_map(|name| Some((names::Role::of(name).text?, name)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, name)| name)
}

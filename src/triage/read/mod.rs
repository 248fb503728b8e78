//! Readers: any export, told by its content, cut into records and read as [`Row`]s.
//!
//! A reader has two halves. A [`Cut`] finds where one record of a source ends and the next begins; it runs alone and does
//! as little as that takes. A [`Shape`] turns the bytes of one record into a [`Row`]; it runs on many threads at once.

use super::row::Row;
use std::io;

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

/// Why a record is left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Reject(pub String);

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
}

//! Duplicates: which messages say the same, over as many rows as there are, in bounded memory.
//!
//! Two messages are the same when the sets of their words and of their pairs of neighbouring words overlap by at least four
//! fifths (Jaccard), or when their words are equal one by one. Case, punctuation and emoji do not count; digits do: a
//! complaint from RT 05 is not one from RT 06 of which nothing else is known.
//!
//! 1. [`Sketcher`] makes a [`Sketch`] of each text: its shingles, a hash of all its words and, by MinHash, eight keys. Texts
//!    with an overlap of four fifths share at least one of the keys in 985 cases of 1,000.
//! 2. [`SketchBuffer`] collects the sketches of a segment and writes them, sorted by key; [`SketchFile`] is that file.
//! 3. [`group`] goes through the keys of all files in order, range by range, compares the rows that share one, and yields
//!    [`Groups`]; [`Groups::elect`] names each group's representative: [`Members`].
//!
//! MinHash is gaoya's. Its index of keys lives in memory and would need gigabytes here, so keys are sorted on disk instead.
//!
//! Every comparison is with the first row of a group and a row joins the first group that fits, keys in order and rows in
//! order: the outcome is the same however the rows are split into files and however much memory there is. Joining whoever
//! resembles any member would put all pairs together that belong together, but chains of small changes would then tie texts
//! that share little: where each text retells one told before, 4 to 7 of 10 pairs in a group overlapped by less than four
//! fifths, against 2 of 10 this way.

mod buffer;
mod disk;
mod file;
mod forest;
mod group;
mod near;
mod paged;
mod ranges;
mod record;
mod shingle;
mod sketch;

pub use buffer::SketchBuffer;
pub use file::SketchFile;
pub use group::{Groups, Member, Members, group};
pub use sketch::{BANDS, Sketch, Sketcher};

use std::io;
use std::path::{Path, PathBuf};

/// Why duplicates cannot be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DuplicateError {
    /// The disk failed.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file was never one of sketches, or was made by another version of pilah.
    #[error("{path}: found no sketches of version {expected} (its first bytes are {found:02x?})", path = path.display())]
    NotSketches {
        /// The file.
        path: PathBuf,
        /// The bytes where the mark and the version stand.
        found: Vec<u8>,
        /// The version that this pilah writes.
        expected: u32,
    },
    /// The file is shorter or longer than its header says.
    #[error("{path}: found {found} bytes; expected {expected} after its header", path = path.display())]
    Length {
        /// The file.
        path: PathBuf,
        /// Its length in bytes.
        found: u64,
        /// The length that its header tells.
        expected: u128,
    },
    /// The file is not as it was written.
    #[error("{path}: found {what}; expected the file as it was written", path = path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        what: &'static str,
    },
    /// The files do not follow one another.
    #[error("{path}: its first row is {found}; expected row {expected}, which follows the file before it", path = path.display())]
    Order {
        /// The file.
        path: PathBuf,
        /// Its first row.
        found: u32,
        /// The row after the last of the file before.
        expected: u64,
    },
    /// Row numbers have 32 bits.
    #[error("found {found} rows; expected at most {most}", most = MOST_ROWS)]
    TooManyRows {
        /// How many rows there are.
        found: u64,
    },
    /// The disk failed under an array in the folder for work.
    #[error("{0}")]
    Pages(#[source] io::Error),
    /// The iterator over the keys of the queue failed.
    #[error("the keys of the queue: {0}")]
    Keys(#[source] io::Error),
}

/// The most rows that can be grouped.
pub const MOST_ROWS: u64 = u32::MAX as u64 - 1;

impl DuplicateError {
    /// Returns a function that says at which file the disk failed.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

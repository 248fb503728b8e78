//! [`SketchFile`]: the sketches of a segment on disk.
//!
//! Little-endian: the header; the records of exact keys, then of near keys, sorted, 16 bytes each; for each row where its
//! shingles begin, 8 bytes, and where the last ones end; the shingles, 4 bytes each; a hash of everything before it.

use super::DuplicateError;
use super::disk::number;
use super::record::RECORD_BYTES;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

const MARK: [u8; 8] = *b"PILAHDUP";

/// Raised whenever files, words, shingles or keys change.
const VERSION: u32 = 1;

const HEADER_BYTES: usize = 48;
const HASH_BYTES: u64 = 8;

/// A file of sketches that was found to be whole.
#[derive(Debug, Clone)]
pub struct SketchFile {
    path: PathBuf,
    header: Header,
}

/// How much of everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) first_row: u32,
    pub(super) rows: u32,
    pub(super) exact: u64,
    pub(super) near: u64,
    pub(super) shingles: u64,
}

/// Which keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// Hashes of all words.
    Exact,
    /// The keys of MinHash.
    Near,
}

/// Bytes that are read or written at a time.
const CHUNK: usize = 1 << 16;

/// Writes or reads a file from its beginning while it hashes what passes.
pub(super) struct Hashed {
    file: File,
    hash: Xxh3,
    chunk: Vec<u8>,
}

impl SketchFile {
    /// Returns the file at `path` after reading it from end to end.
    ///
    /// # Errors
    /// [`DuplicateError`]: it cannot be read, was never such a file, is cut or altered.
    pub fn open(path: &Path) -> Result<Self, DuplicateError> {
        let at = || DuplicateError::at(path);
        let file = File::open(path).map_err(at())?;
        let found = file.metadata().map_err(at())?.len();
        let mut file = Hashed::new(file);
        let header = file.header(path, found)?;
        let expected = header.file_bytes();
        if u128::from(found) != expected {
            return Err(DuplicateError::Length { path: path.to_owned(), found, expected });
        }
        file.pass(found - HEADER_BYTES as u64 - HASH_BYTES).map_err(at())?;
        if !file.ends_whole().map_err(at())? {
            return Err(DuplicateError::Altered { path: path.to_owned(), what: "another hash than was written" });
        }
        Ok(Self { path: path.to_owned(), header })
    }

    /// Returns the first row that it has.
    pub fn first_row(&self) -> u32 {
        self.header.first_row
    }

    /// Returns how many rows it has.
    pub fn rows(&self) -> u32 {
        self.header.rows
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn records(&self, keys: Keys) -> u64 {
        match keys {
            Keys::Exact => self.header.exact,
            Keys::Near => self.header.near,
        }
    }

    pub(super) fn shingles(&self) -> u64 {
        self.header.shingles
    }

    /// Returns the byte at which a record begins.
    pub(super) fn record_at(&self, keys: Keys, index: u64) -> u64 {
        let before = if keys == Keys::Near { self.header.exact } else { 0 };
        HEADER_BYTES as u64 + (before + index) * RECORD_BYTES
    }

    /// Returns the byte at which it stands where the shingles of a row begin, counted from the file's first row.
    pub(super) fn start_at(&self, row: u32) -> u64 {
        self.record_at(Keys::Near, self.header.near) + 8 * u64::from(row)
    }

    /// Returns the byte at which a shingle begins.
    pub(super) fn shingle_at(&self, index: u64) -> u64 {
        self.start_at(self.header.rows) + 8 + 4 * index
    }
}

impl Header {
    pub(super) fn bytes(self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..8].copy_from_slice(&MARK);
        bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.first_row.to_le_bytes());
        bytes[16..24].copy_from_slice(&u64::from(self.rows).to_le_bytes());
        for (to, count) in bytes[24..].chunks_exact_mut(8).zip([self.exact, self.near, self.shingles]) {
            to.copy_from_slice(&count.to_le_bytes());
        }
        bytes
    }

    fn parse(bytes: &[u8; HEADER_BYTES]) -> Option<Self> {
        let marked = bytes[..8] == MARK && bytes[8..12] == VERSION.to_le_bytes();
        let count = |at: usize| number(&bytes[at..at + 8]);
        let rows = u32::try_from(count(16)).ok().filter(|_| marked)?;
        let first_row = number(&bytes[12..16]) as u32;
        Some(Self { first_row, rows, exact: count(24), near: count(32), shingles: count(40) })
    }

    fn file_bytes(self) -> u128 {
        let records = (u128::from(self.exact) + u128::from(self.near)) * u128::from(RECORD_BYTES);
        let lists = 8 * (u128::from(self.rows) + 1) + 4 * u128::from(self.shingles);
        HEADER_BYTES as u128 + records + lists + u128::from(HASH_BYTES)
    }
}

impl Hashed {
    pub(super) fn new(file: File) -> Self {
        Self { file, hash: Xxh3::new(), chunk: Vec::with_capacity(CHUNK) }
    }

    /// Writes some bytes, few at a time.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.chunk.len() + bytes.len() > CHUNK {
            self.flush()?;
        }
        self.chunk.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hash.update(&self.chunk);
        self.file.write_all(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }

    /// Writes the hash after everything.
    pub(super) fn close(mut self) -> io::Result<()> {
        self.flush()?;
        self.file.write_all(&self.hash.digest().to_le_bytes())?;
        self.file.sync_data()
    }

    fn header(&mut self, path: &Path, length: u64) -> Result<Header, DuplicateError> {
        let mut bytes = [0; HEADER_BYTES];
        let some = &mut bytes[..length.min(HEADER_BYTES as u64) as usize];
        self.file.read_exact(some).map_err(DuplicateError::at(path))?;
        self.hash.update(&bytes);
        let not_sketches =
            || DuplicateError::NotSketches { path: path.to_owned(), found: bytes[..12].to_vec(), expected: VERSION };
        Header::parse(&bytes).ok_or_else(not_sketches)
    }

    fn pass(&mut self, bytes: u64) -> io::Result<()> {
        self.chunk.resize(CHUNK, 0);
        let mut left = bytes;
        while left > 0 {
            let some = &mut self.chunk[..left.min(CHUNK as u64) as usize];
            self.file.read_exact(some)?;
            self.hash.update(some);
            left -= some.len() as u64;
        }
        Ok(())
    }

    fn ends_whole(&mut self) -> io::Result<bool> {
        let mut hash = [0; HASH_BYTES as usize];
        self.file.read_exact(&mut hash)?;
        Ok(number(&hash) == self.hash.digest())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Sketch, SketchBuffer, Sketcher, group};
    use super::SketchFile;
    use std::fs;
    use std::path::Path;

    fn written(path: &Path, first_row: u32) -> Vec<u8> {
        let (mut sketcher, mut sketch, mut buffer) = (Sketcher::new(), Sketch::default(), SketchBuffer::default());
        for text in ["banjir di jalan Melati sejak pagi", "ok", "BANJIR di Jalan Melati, sejak pagi"] {
            sketcher.sketch(text, &mut sketch);
            buffer.push(&sketch);
        }
        buffer.write(path, first_row).unwrap();
        assert_eq!(buffer.rows(), 0);
        fs::read(path).unwrap()
    }

    fn told(path: &Path, bytes: &[u8]) -> String {
        fs::write(path, bytes).unwrap();
        SketchFile::open(path).unwrap_err().to_string()
    }

    #[test]
    fn damage_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sketsa");
        let whole = written(&path, 5);
        let file = SketchFile::open(&path).unwrap();
        assert_eq!((file.first_row(), file.rows(), file.path()), (5, 3, path.as_path()));
        for at in 0..whole.len() {
            let mut altered = whole.clone();
            altered[at] ^= 0x10;
            told(&path, &altered);
            told(&path, &whole[..at]);
        }
        for (bytes, expected) in [
            (&b"{}"[..], "found no sketches of version 1 (its first bytes are [7b, 7d, 00"),
            (&[&whole[..], b"!"].concat(), "bytes; expected"),
            (&[&whole[..60], b"!", &whole[61..]].concat(), "found another hash than was written"),
        ] {
            let told = told(&path, bytes);
            assert!(told.starts_with(&path.display().to_string()) && told.contains(expected), "{told}");
        }
        let gone = SketchFile::open(&folder.path().join("tidak-ada")).unwrap_err().to_string();
        assert!(gone.contains("tidak-ada: "), "{gone}");
    }

    /// The hash says that a file is as it was written, not that what was written makes sense.
    #[test]
    fn nonsense_with_a_right_hash_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sketsa");
        let whole = written(&path, 0);
        let (rows, starts) = (48 + 4, 48 + 18 * 16 + 8);
        for (at, expected) in [(rows, "a row that is not the file's"), (starts + 7, "a list of shingles")] {
            let mut bytes = whole.clone();
            bytes[at..at + 1].fill(0x7f);
            // Not the same words any more, that they are compared.
            bytes[48 + 8..48 + 16].fill(1);
            let end = bytes.len() - 8;
            let hash = xxhash_rust::xxh3::xxh3_64(&bytes[..end]);
            bytes[end..].copy_from_slice(&hash.to_le_bytes());
            fs::write(&path, &bytes).unwrap();
            let told = group(&[SketchFile::open(&path).unwrap()], folder.path(), 1 << 20).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
    }

    #[test]
    fn files_follow_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sketsa");
        written(&path, 4);
        let told = group(&[SketchFile::open(&path).unwrap()], folder.path(), 1 << 20).unwrap_err().to_string();
        assert!(told.ends_with("its first row is 4; expected row 0, which follows the file before it"), "{told}");
        let mut full = SketchBuffer::default();
        full.push(&Sketch::default());
        let told = full.write(&path, u32::MAX - 1).unwrap_err().to_string();
        assert_eq!(told, "found 4294967295 rows; expected at most 4294967294");
    }
}

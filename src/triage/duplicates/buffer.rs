//! [`SketchBuffer`]: the sketches of a segment, before they are written.

use super::file::{Hashed, Header};
use super::record::{Record, record};
use super::sketch::Sketch;
use super::{DuplicateError, MOST_ROWS};
use std::fs::File;
use std::io;
use std::path::Path;

/// The sketches of rows that follow one another: about 380 bytes for a text of 170 characters.
#[derive(Debug)]
pub struct SketchBuffer {
    exact: Vec<Record>,
    near: Vec<Record>,
    /// Where the shingles of each row begin and, in the end, where the last ones end.
    starts: Vec<u64>,
    shingles: Vec<u32>,
}

impl Default for SketchBuffer {
    fn default() -> Self {
        Self { exact: Vec::new(), near: Vec::new(), starts: vec![0], shingles: Vec::new() }
    }
}

impl SketchBuffer {
    /// Returns how many rows it holds.
    pub fn rows(&self) -> u64 {
        self.starts.len() as u64 - 1
    }

    /// Returns how many bytes of memory its rows take.
    pub fn bytes(&self) -> usize {
        (self.exact.len() + self.near.len()) * size_of::<Record>() + self.starts.len() * 8 + self.shingles.len() * 4
    }

    /// Adds the sketch of the next row; every row has one, be it empty.
    pub fn push(&mut self, sketch: &Sketch) {
        let row = self.rows() as u32;
        if !sketch.shingles.is_empty() {
            self.exact.push(record(sketch.exact, row, sketch.bits));
            self.near.extend(sketch.keys.iter().map(|&key| record(key, row, sketch.bits)));
        }
        self.shingles.extend_from_slice(&sketch.shingles);
        self.starts.push(self.shingles.len() as u64);
    }

    /// Adds the sketches of `next`, whose rows follow.
    pub fn append(&mut self, next: &Self) {
        let (row, shingle) = (u128::from(self.rows()) << 32, self.shingles.len() as u64);
        self.exact.extend(next.exact.iter().map(|record| record + row));
        self.near.extend(next.near.iter().map(|record| record + row));
        self.starts.extend(next.starts[1..].iter().map(|start| start + shingle));
        self.shingles.extend_from_slice(&next.shingles);
    }

    /// Writes the rows to a new file at `path` and forgets them; the first is row `first_row` of the run, from 0.
    ///
    /// # Errors
    /// [`DuplicateError::Io`]; [`DuplicateError::TooManyRows`] where row numbers would not fit.
    pub fn write(&mut self, path: &Path, first_row: u32) -> Result<(), DuplicateError> {
        let rows = u64::from(first_row) + self.rows();
        if rows > MOST_ROWS {
            return Err(DuplicateError::TooManyRows { found: rows });
        }
        self.exact.sort_unstable();
        self.near.sort_unstable();
        self.write_file(path, first_row).map_err(DuplicateError::at(path))?;
        self.clear();
        Ok(())
    }

    /// Forgets the rows but keeps the memory for the next.
    pub fn clear(&mut self) {
        self.exact.clear();
        self.near.clear();
        self.starts.truncate(1);
        self.shingles.clear();
    }

    fn write_file(&self, path: &Path, first_row: u32) -> io::Result<()> {
        let header = Header {
            first_row,
            rows: self.rows() as u32,
            exact: self.exact.len() as u64,
            near: self.near.len() as u64,
            shingles: self.shingles.len() as u64,
        };
        let mut out = Hashed::new(File::create(path)?);
        let shift = u128::from(first_row) << 32;
        out.put(&header.bytes())?;
        self.exact.iter().chain(&self.near).try_for_each(|record| out.put(&(record + shift).to_le_bytes()))?;
        self.starts.iter().try_for_each(|start| out.put(&start.to_le_bytes()))?;
        self.shingles.iter().try_for_each(|shingle| out.put(&shingle.to_le_bytes()))?;
        out.close()
    }
}

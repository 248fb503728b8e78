//! The records of all files, in the order of their keys, in bounded memory.

use super::DuplicateError;
use super::disk::{number, read_at};
use super::file::{Keys, SketchFile};
use super::record::{RECORD_BYTES, Record, parts};
use super::shingle::{MOST_SHINGLES, into_set};
use std::fs::File;

/// Files that are open at a time: systems allow some hundreds.
const OPEN: usize = 128;

/// Records that are read at a time.
const CHUNK: u64 = 4096;

/// Every file; each can be in one place of those that are open.
pub(super) struct Files<'f> {
    files: &'f [SketchFile],
    open: Vec<Option<(usize, File)>>,
    bytes: Vec<u8>,
}

/// Keys from `low` to `high`, both among them, and where in each file their records stand.
struct Range {
    low: u64,
    high: u64,
    runs: Vec<(u64, u64)>,
}

impl Range {
    fn records(&self) -> u64 {
        self.runs.iter().map(|(from, to)| to - from).sum()
    }
}

impl<'f> Files<'f> {
    /// Returns the files, of which each must begin where the one before it ends.
    pub(super) fn new(files: &'f [SketchFile]) -> Result<Self, DuplicateError> {
        let mut expected = 0;
        for file in files {
            let found = file.first_row();
            if u64::from(found) != expected {
                return Err(DuplicateError::Order { path: file.path().to_owned(), found, expected });
            }
            expected += u64::from(file.rows());
        }
        Ok(Self { files, open: std::iter::repeat_with(|| None).take(OPEN).collect(), bytes: Vec::new() })
    }

    /// Gives every record to `take`, sorted by key, then by row, with at most `most` of them in memory.
    ///
    /// A range of keys that holds more is halved. Where a single key does, its records need no sorting: in a file they
    /// are sorted by row, and so are the files.
    pub(super) fn visit(
        &mut self,
        keys: Keys,
        most: u64,
        mut take: impl FnMut(&mut Self, Record) -> Result<(), DuplicateError>,
    ) -> Result<(), DuplicateError> {
        let mut records = Vec::new();
        let runs = self.files.iter().map(|file| (0, file.records(keys))).collect();
        let mut ranges = vec![Range { low: 0, high: u64::MAX, runs }];
        while let Some(range) = ranges.pop() {
            let count = range.records();
            if count <= most {
                self.load(keys, &range, &mut records)?;
                records.iter().try_for_each(|&record| take(self, record))?;
            } else if range.low == range.high {
                self.stream(keys, &range, &mut records, &mut take)?;
            } else {
                let (lower, upper) = self.halve(keys, range)?;
                ranges.extend([upper, lower]);
            }
        }
        Ok(())
    }

    fn load(&mut self, keys: Keys, range: &Range, records: &mut Vec<Record>) -> Result<(), DuplicateError> {
        records.clear();
        for (index, &(from, to)) in range.runs.iter().enumerate() {
            let mut from = from;
            while from < to {
                let until = to.min(from + CHUNK);
                self.read(keys, index, from..until, records)?;
                from = until;
            }
        }
        records.sort_unstable();
        Ok(())
    }

    fn stream(
        &mut self,
        keys: Keys,
        range: &Range,
        records: &mut Vec<Record>,
        take: &mut impl FnMut(&mut Self, Record) -> Result<(), DuplicateError>,
    ) -> Result<(), DuplicateError> {
        for (index, &(from, to)) in range.runs.iter().enumerate() {
            let mut from = from;
            while from < to {
                let until = to.min(from + CHUNK);
                records.clear();
                self.read(keys, index, from..until, records)?;
                records.iter().try_for_each(|&record| take(self, record))?;
                from = until;
            }
        }
        Ok(())
    }

    fn halve(&mut self, keys: Keys, range: Range) -> Result<(Range, Range), DuplicateError> {
        let Range { low, high, runs } = range;
        let middle = low + (high - low) / 2;
        let (mut lower, mut upper) = (Vec::with_capacity(runs.len()), Vec::with_capacity(runs.len()));
        for (index, (from, to)) in runs.into_iter().enumerate() {
            let cut = self.after(keys, index, middle, from, to)?;
            lower.push((from, cut));
            upper.push((cut, to));
        }
        Ok((Range { low, high: middle, runs: lower }, Range { low: middle + 1, high, runs: upper }))
    }

    /// Returns the first record of a file between `from` and `to` that has a key beyond `key`.
    fn after(&mut self, keys: Keys, index: usize, key: u64, from: u64, to: u64) -> Result<u64, DuplicateError> {
        let (mut from, mut to) = (from, to);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.key(keys, index, middle)? <= key {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Ok(from)
    }

    fn key(&mut self, keys: Keys, index: usize, at: u64) -> Result<u64, DuplicateError> {
        let mut bytes = [0; 8];
        // The key is the upper half of a little-endian record.
        self.read_at(index, self.files[index].record_at(keys, at) + 8, &mut bytes)?;
        Ok(number(&bytes))
    }

    /// Adds records of a file.
    fn read(
        &mut self,
        keys: Keys,
        index: usize,
        some: std::ops::Range<u64>,
        records: &mut Vec<Record>,
    ) -> Result<(), DuplicateError> {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.resize(((some.end - some.start) * RECORD_BYTES) as usize, 0);
        self.read_at(index, self.files[index].record_at(keys, some.start), &mut bytes)?;
        let file = &self.files[index];
        for bytes in bytes.chunks_exact(RECORD_BYTES as usize) {
            let record = u128::from(number(&bytes[8..])) << 64 | u128::from(number(&bytes[..8]));
            let row = parts(record).1;
            if row.checked_sub(file.first_row()).is_none_or(|row| row >= file.rows()) {
                return Err(altered(file, "a row that is not the file's"));
            }
            records.push(record);
        }
        self.bytes = bytes;
        Ok(())
    }

    /// Sets `shingles` to those of a row, as a sorted set.
    pub(super) fn shingles(&mut self, row: u32, shingles: &mut Vec<u32>) -> Result<(), DuplicateError> {
        // The first file has row 0, and `read` lets no row pass that is beyond the last.
        let index = self.files.partition_point(|file| file.first_row() <= row).saturating_sub(1);
        let file = &self.files[index];
        let mut bounds = [0; 16];
        self.read_at(index, file.start_at(row - file.first_row()), &mut bounds)?;
        let (from, to) = (number(&bounds[..8]), number(&bounds[8..]));
        if from > to || to > file.shingles() || to - from > MOST_SHINGLES as u64 {
            return Err(altered(file, "a list of shingles that ends before it begins or after the file"));
        }
        let mut bytes = [0; 4 * MOST_SHINGLES];
        let bytes = &mut bytes[..4 * (to - from) as usize];
        self.read_at(index, file.shingle_at(from), bytes)?;
        shingles.clear();
        shingles.extend(bytes.chunks_exact(4).map(|bytes| number(bytes) as u32));
        into_set(shingles);
        Ok(())
    }

    fn read_at(&mut self, index: usize, offset: u64, bytes: &mut [u8]) -> Result<(), DuplicateError> {
        let path = self.files[index].path();
        let place = &mut self.open[index % OPEN];
        let file = match place.take() {
            Some((open, file)) if open == index => file,
            _ => File::open(path).map_err(DuplicateError::at(path))?,
        };
        let (_, file) = place.insert((index, file));
        read_at(file, offset, bytes).map_err(DuplicateError::at(path))
    }
}

fn altered(file: &SketchFile, what: &'static str) -> DuplicateError {
    DuplicateError::Altered { path: file.path().to_owned(), what }
}

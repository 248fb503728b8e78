//! The last stage's input: all segments, merged into the queue's order.

use super::TriageError;
use super::entry::{ENTRY_BYTES, Entry, Key};
use super::segment::Rows;
use super::work::Work;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Runs merged at a time: bounds memory and open files. More runs are merged in several rounds.
const FAN_IN: usize = 200;
/// Bytes read at a time from lines, entries and groups.
const LINES_BUFFER: usize = 96 << 10;
const ENTRIES_BUFFER: usize = 32 * ENTRY_BYTES;
const GROUPS_BUFFER: usize = 512;

/// The group of a row: its representative, and how many rows it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    /// The representative's row; the row itself where it stands alone.
    pub(super) representative: u32,
    /// Rows of the group.
    pub(super) rows: u32,
}

impl Group {
    /// Writes the group.
    pub(super) fn write(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.representative.to_le_bytes())?;
        out.write_all(&self.rows.to_le_bytes())
    }

    fn read(input: &mut impl Read) -> io::Result<Self> {
        let (mut representative, mut rows) = ([0; 4], [0; 4]);
        input.read_exact(&mut representative)?;
        input.read_exact(&mut rows)?;
        Ok(Self { representative: u32::from_le_bytes(representative), rows: u32::from_le_bytes(rows) })
    }
}

/// The files of rows in the queue's order: of a segment, or of several merged ones.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) lines: PathBuf,
    pub(super) index: PathBuf,
    pub(super) groups: PathBuf,
    /// How many rows.
    pub(super) rows: u64,
}

impl Run {
    /// Returns the run that a segment is.
    pub(super) fn segment(work: &Work, segment: Rows) -> Self {
        let number = segment.number;
        let (lines, index, groups) = (work.lines(number), work.index(number), work.groups(number));
        Self { lines, index, groups, rows: segment.count.into() }
    }
}

/// A row in the queue's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ranked {
    /// What is remembered of it.
    pub(super) entry: Entry,
    /// Its group.
    pub(super) group: Group,
}

/// Rows of several runs in the queue's order.
pub(super) struct Merge {
    runs: Vec<Reading>,
    /// The first row of each run that has one left.
    heads: BinaryHeap<Reverse<(Key, usize)>>,
}

/// A run being read.
struct Reading {
    lines: Source,
    index: Source,
    groups: Source,
    left: u64,
    head: Option<Ranked>,
}

/// A file being read, with its name for errors.
struct Source {
    path: PathBuf,
    file: BufReader<File>,
}

impl Merge {
    /// Returns the rows of `runs` merged; where there are very many runs, some are merged on disk before, in `work`.
    pub(super) fn new(runs: Vec<Run>, work: &Work) -> Result<Self, TriageError> {
        Self::with_fan_in(FAN_IN, runs, work.folder())
    }

    fn with_fan_in(fan_in: usize, mut runs: Vec<Run>, folder: &Path) -> Result<Self, TriageError> {
        let mut merged = 0;
        while runs.len() > fan_in {
            let rest = runs.split_off(fan_in);
            let files = Self::open(&runs)?.save(&folder.join(format!("merged-{merged:06}")))?;
            merged += 1;
            runs = rest;
            runs.push(files);
        }
        Self::open(&runs)
    }

    fn open(runs: &[Run]) -> Result<Self, TriageError> {
        let mut merge = Self { runs: Vec::with_capacity(runs.len()), heads: BinaryHeap::with_capacity(runs.len()) };
        for (number, run) in runs.iter().enumerate() {
            let mut reading = Reading {
                lines: Source::open(&run.lines, LINES_BUFFER)?,
                index: Source::open(&run.index, ENTRIES_BUFFER)?,
                groups: Source::open(&run.groups, GROUPS_BUFFER)?,
                left: run.rows,
                head: None,
            };
            reading.advance()?;
            merge.heads.extend(reading.head.map(|head| Reverse((head.entry.key, number))));
            merge.runs.push(reading);
        }
        Ok(merge)
    }

    /// Returns the next row and reads its line into `line`; none at the end.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> Result<Option<Ranked>, TriageError> {
        let Some(mut first) = self.heads.peek_mut() else { return Ok(None) };
        let number = first.0.1;
        let run = &mut self.runs[number];
        let Some(ranked) = run.head else { return Ok(None) };
        line.resize(ranked.entry.line as usize, 0);
        run.lines.read(|file| file.read_exact(line))?;
        run.advance()?;
        match run.head {
            Some(head) => *first = Reverse((head.entry.key, number)),
            None => drop(PeekMut::pop(first)),
        }
        Ok(Some(ranked))
    }

    /// Writes the merged rows into files whose names begin with `stem`.
    fn save(mut self, stem: &Path) -> Result<Run, TriageError> {
        let rows = self.runs.iter().map(|run| run.left + u64::from(run.head.is_some())).sum();
        let path = |ending| stem.with_extension(ending);
        let run = Run { lines: path("lines"), index: path("index"), groups: path("groups"), rows };
        let create = |path: &Path| File::create(path).map(BufWriter::new).map_err(TriageError::file("write", path));
        let (mut lines, mut index, mut groups) = (create(&run.lines)?, create(&run.index)?, create(&run.groups)?);
        let mut line = Vec::new();
        while let Some(ranked) = self.next(&mut line)? {
            lines.write_all(&line).map_err(TriageError::file("write", &run.lines))?;
            ranked.entry.write(&mut index).map_err(TriageError::file("write", &run.index))?;
            ranked.group.write(&mut groups).map_err(TriageError::file("write", &run.groups))?;
        }
        for (mut file, path) in [(lines, &run.lines), (index, &run.index), (groups, &run.groups)] {
            file.flush().map_err(TriageError::file("write", path))?;
        }
        Ok(run)
    }
}

impl Reading {
    fn advance(&mut self) -> Result<(), TriageError> {
        self.head = None;
        if self.left > 0 {
            self.left -= 1;
            let entry = self.index.read(Entry::read)?;
            let group = self.groups.read(Group::read)?;
            self.head = Some(Ranked { entry, group });
        }
        Ok(())
    }
}

impl Source {
    fn open(path: &Path, buffer: usize) -> Result<Self, TriageError> {
        let file = File::open(path).map_err(TriageError::file("read", path))?;
        Ok(Self { path: path.to_owned(), file: BufReader::with_capacity(buffer, file) })
    }

    fn read<T>(&mut self, read: impl FnOnce(&mut BufReader<File>) -> io::Result<T>) -> Result<T, TriageError> {
        read(&mut self.file).map_err(TriageError::file("read", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::{self, Entry, Key, Place};
    use super::*;

    /// Writes a run of the rows `first`, `first + step`, ... below 100, whose lines are their numbers.
    fn run(folder: &Path, first: u32, step: usize) -> Run {
        let path = |ending| folder.join(format!("{first}.{ending}"));
        let run = Run { lines: path("lines"), index: path("index"), groups: path("groups"), rows: 0 };
        let (mut lines, mut index, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        let rows: Vec<u32> = (first..100).step_by(step).collect();
        for &row in &rows {
            let line = row.to_string();
            let entry = Entry {
                key: Key::new(if row < 50 { Place::Report } else { Place::NoReport }, 0, 0.5, None).with_row(row),
                line: line.len() as u32,
                labels: entry::labels([row as usize].into_iter()),
                channel: 0,
                review: 0,
                source: 0,
                time: entry::seconds(None),
            };
            lines.extend_from_slice(line.as_bytes());
            entry.write(&mut index).unwrap();
            Group { representative: row / 2, rows: row }.write(&mut groups).unwrap();
        }
        for (path, bytes) in [(&run.lines, lines), (&run.index, index), (&run.groups, groups)] {
            std::fs::write(path, bytes).unwrap();
        }
        Run { rows: rows.len() as u64, ..run }
    }

    #[test]
    fn rows_come_in_order_however_many_runs_are_merged_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let runs: Vec<Run> = (0..9).map(|first| run(folder.path(), first, 9)).collect();
        for fan_in in [2, 3, 8, 9, 100] {
            let mut merge = Merge::with_fan_in(fan_in, runs.clone(), folder.path()).unwrap();
            let mut line = Vec::new();
            for row in 0..100u32 {
                let ranked = merge.next(&mut line).unwrap().unwrap();
                assert_eq!((ranked.entry.key.row(), ranked.entry.label(0)), (row, Some(row as usize)), "{fan_in}");
                assert_eq!(ranked.group, Group { representative: row / 2, rows: row });
                assert_eq!(line, row.to_string().as_bytes());
            }
            assert_eq!(merge.next(&mut line).unwrap(), None);
        }
    }

    #[test]
    fn a_file_cut_off_is_told_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let run = run(folder.path(), 0, 1);
        std::fs::write(&run.lines, "01").unwrap();
        let mut merge = Merge::with_fan_in(9, vec![run], folder.path()).unwrap();
        let mut line = Vec::new();
        let error = std::iter::from_fn(|| merge.next(&mut line).transpose()).find_map(Result::err).unwrap();
        assert!(error.to_string().contains("0.lines"), "{error}");
    }
}

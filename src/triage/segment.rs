//! Segments: what is sorted so far, on disk. A segment is sealed by its manifest, which appears whole or not at all; so the
//! sealed segments are a run's checkpoints.

use super::TriageError;
use super::duplicates::SketchBuffer;
use super::entry::Entry;
use super::work::Work;
use super::write::Columns;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Bytes of lines, or of sketches, at which a segment is sealed however few rows it has. Two segments are in memory: one is
/// filled while the one before it is written.
const FULL: usize = 40 << 20;
/// Bytes written at a time.
const BUFFER: usize = 256 << 10;

/// Which rows a segment has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rows {
    /// How-manieth segment it is, from 0.
    pub(super) number: u32,
    /// Its first row, from 0.
    pub(super) first: u32,
    /// How many rows.
    pub(super) count: u32,
}

impl Rows {
    /// Returns the row behind the last.
    pub(super) fn end(self) -> u32 {
        self.first + self.count
    }

    /// Returns the segment behind this one, still empty.
    fn next(self) -> Self {
        Self { number: self.number + 1, first: self.end(), count: 0 }
    }
}

/// What is known of a sealed segment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Its rows.
    pub(super) segment: Rows,
    /// Where reading goes on.
    pub(super) mark: Mark,
    /// Whether the input ends here.
    pub(super) last: bool,
    /// Fields of the input seen up to here.
    pub(super) columns: Columns,
    /// Those of them that held the text.
    pub(super) text_columns: Vec<String>,
    /// Records counted by input up to here.
    pub(super) sources: Vec<Tally>,
}

/// How far the input has been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Records cut so far, over all inputs.
    pub(super) records: u64,
    /// A hash of all of them: the input is the same if it is.
    pub(super) digest: u64,
}

/// Records of one input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// Messages.
    pub(super) messages: u64,
    /// Records that could not be read.
    pub(super) rejected: u64,
    /// Records without a message of a person.
    pub(super) passed_over: u64,
}

/// What was made of some records, in their order.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Lines, one after the other.
    pub(super) lines: Vec<u8>,
    /// An entry for each line; its row is not known yet.
    pub(super) entries: Vec<Entry>,
    /// A sketch for each line.
    pub(super) sketches: SketchBuffer,
    /// Lines of the file of rejects.
    pub(super) rejects: Vec<u8>,
    /// Fields seen.
    pub(super) columns: Columns,
    /// Those of them that held the text.
    pub(super) text_columns: Vec<String>,
    /// The input's number, and its records.
    pub(super) tally: (usize, Tally),
}

impl Part {
    /// Forgets everything but the memory.
    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.entries.clear();
        self.sketches.clear();
        self.rejects.clear();
        self.columns = Columns::default();
        self.text_columns.clear();
        self.tally = (0, Tally::default());
    }

    /// Returns the line of the first record that could not be read, if there is one.
    pub(super) fn first_reject(&self) -> Option<String> {
        let first = self.rejects.split(|&byte| byte == b'\n').next()?;
        (!first.is_empty()).then(|| String::from_utf8_lossy(first).into_owned())
    }
}

/// The segment that is being filled, with what is known of the input so far.
#[derive(Debug)]
pub(super) struct Segment {
    manifest: Manifest,
    part: Part,
    capacity: u32,
}

impl Segment {
    /// Returns an empty segment of at most about `capacity` rows that follows `sealed`, or the first one.
    pub(super) fn after(sealed: Option<Manifest>, capacity: u32) -> Self {
        let manifest = sealed.map(|last| Manifest { segment: last.segment.next(), ..last }).unwrap_or_default();
        Self { manifest, part: Part::default(), capacity }
    }

    /// Adds `part`, up to which the input has been read to `mark`.
    ///
    /// # Errors
    /// [`TriageError::TooMany`] where the rows run out of numbers.
    pub(super) fn add(&mut self, part: &Part, mark: Mark) -> Result<(), TriageError> {
        let first = u64::from(self.manifest.segment.end());
        // The last number is kept free.
        if first + part.entries.len() as u64 >= u64::from(u32::MAX) {
            return Err(TriageError::TooMany(u32::MAX - 1));
        }
        self.part.lines.extend_from_slice(&part.lines);
        let entries = part.entries.iter().zip(first as u32..);
        self.part.entries.extend(entries.map(|(&entry, row)| Entry { key: entry.key.with_row(row), ..entry }));
        self.part.sketches.append(&part.sketches);
        self.part.rejects.extend_from_slice(&part.rejects);
        self.manifest.segment.count += part.entries.len() as u32;
        self.manifest.mark = mark;
        self.manifest.columns.merge(&part.columns);
        add_new(&mut self.manifest.text_columns, &part.text_columns);
        let (source, tally) = part.tally;
        if self.manifest.sources.len() <= source {
            self.manifest.sources.resize(source + 1, Tally::default());
        }
        let sum = &mut self.manifest.sources[source];
        sum.messages += tally.messages;
        sum.rejected += tally.rejected;
        sum.passed_over += tally.passed_over;
        Ok(())
    }

    /// Returns whether it comes after the segment with which the input ends.
    pub(super) fn is_after_last(&self) -> bool {
        self.manifest.last
    }

    /// Returns whether it has no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.manifest.segment.count == 0
    }

    /// Returns whether it is time to seal.
    pub(super) fn is_full(&self) -> bool {
        let Part { lines, rejects, sketches, .. } = &self.part;
        self.manifest.segment.count >= self.capacity || lines.len() + rejects.len() >= FULL || sketches.bytes() >= FULL
    }

    /// Returns what the segment holds, and begins the next one.
    pub(super) fn take(&mut self, last: bool) -> Full {
        self.manifest.last = last;
        let full = Full { manifest: self.manifest.clone(), part: std::mem::take(&mut self.part) };
        // The next one will be about as big.
        self.part.lines.reserve_exact(full.part.lines.len());
        self.part.entries.reserve_exact(full.part.entries.len());
        self.manifest.segment = self.manifest.segment.next();
        full
    }
}

/// A segment to be written.
#[derive(Debug)]
pub(super) struct Full {
    manifest: Manifest,
    part: Part,
}

impl Full {
    /// Writes the segment into `work`, the lines in the queue's order, and seals it.
    pub(super) fn seal(mut self, work: &Work) -> Result<(), TriageError> {
        let segment = self.manifest.segment;
        let part = &mut self.part;
        let mut start = 0;
        let mut order: Vec<(usize, &Entry)> = Vec::with_capacity(part.entries.len());
        for entry in &part.entries {
            order.push((start, entry));
            start += entry.line as usize;
        }
        order.sort_unstable_by_key(|(_, entry)| entry.key);
        save(&work.lines(segment.number), |out| {
            order.iter().try_for_each(|&(start, entry)| out.write_all(&part.lines[start..start + entry.line as usize]))
        })?;
        save(&work.index(segment.number), |out| order.iter().try_for_each(|(_, entry)| entry.write(out)))?;
        save(&work.rejects(segment.number), |out| out.write_all(&part.rejects))?;
        part.sketches.write(&work.sketches(segment.number), segment.first)?;
        work.seal(&self.manifest)
    }
}

/// The most names that are kept of fields that held the text: more are the spellings of a hostile input.
const MOST_TEXT_COLUMNS: usize = 100;

/// Adds those of `names` that `known` lacks.
pub(super) fn add_new(known: &mut Vec<String>, names: &[String]) {
    for name in names {
        if known.len() < MOST_TEXT_COLUMNS && !known.contains(name) {
            known.push(name.clone());
        }
    }
}

/// Writes a file through `write`, down to the disk.
pub(super) fn save(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), TriageError> {
    let done = || {
        let mut out = BufWriter::with_capacity(BUFFER, File::create(path)?);
        write(&mut out)?;
        out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_data()
    };
    done().map_err(TriageError::file("write", path))
}

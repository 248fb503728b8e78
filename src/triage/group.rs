//! The second stage: from sketches to the group of each row.

use super::TriageError;
use super::duplicates::{self, Members, SketchFile};
use super::entry::Entry;
use super::gauge::{Gauge, Stage};
use super::merge::Group;
use super::segment::{Rows, save};
use super::work::Work;
use std::fs::File;
use std::io::{self, BufReader};

/// Bytes of memory that grouping may take.
const BUDGET: usize = 96 << 20;

/// Writes the groups of all rows of `segments`, unless an earlier run has.
pub(super) fn group(work: &Work, segments: &[Rows], gauge: &Gauge) -> Result<(), TriageError> {
    if work.is_grouped() {
        return Ok(());
    }
    let files = segments.iter().map(|segment| SketchFile::open(&work.sketches(segment.number)));
    let files: Vec<SketchFile> = files.collect::<Result<_, _>>()?;
    let rows = segments.last().map_or(0, |last| last.end());
    gauge.begin(Stage::Grouping, 2 * u64::from(rows));
    let groups = duplicates::group(&files, work.folder(), BUDGET)?;
    gauge.set_done(rows.into());
    let mut members = groups.elect(segments.iter().flat_map(|segment| keys(work, segment)))?;
    for segment in segments {
        save_groups(work, segment, &mut members)?;
        gauge.set_done(u64::from(rows) + u64::from(segment.end()));
    }
    work.set_grouped()
}

/// Returns the keys of a segment in the order of its rows.
fn keys(work: &Work, segment: &Rows) -> Vec<io::Result<u128>> {
    match entries(work, segment) {
        Ok(mut entries) => {
            entries.sort_unstable_by_key(|entry| entry.key.row());
            entries.iter().map(|entry| Ok(entry.key.0)).collect()
        }
        Err(error) => vec![Err(io::Error::other(error))],
    }
}

/// Writes the groups of a segment's rows in the order of its lines.
fn save_groups(work: &Work, segment: &Rows, members: &mut Members) -> Result<(), TriageError> {
    let mut found = Vec::with_capacity(segment.count as usize);
    for entry in entries(work, segment)? {
        let member = members.of(entry.key.row()).map_err(TriageError::file("read", work.folder()))?;
        found.push(Group { representative: member.representative, rows: member.count });
    }
    save(&work.groups(segment.number), |out| found.iter().try_for_each(|group| group.write(out)))
}

/// Returns the entries of a segment in the order of its lines.
fn entries(work: &Work, segment: &Rows) -> Result<Vec<Entry>, TriageError> {
    let path = work.index(segment.number);
    let read = || -> io::Result<Vec<Entry>> {
        let mut file = BufReader::new(File::open(&path)?);
        (0..segment.count).map(|_| Entry::read(&mut file)).collect()
    };
    read().map_err(TriageError::file("read", &path))
}

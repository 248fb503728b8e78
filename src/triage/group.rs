//! The second stage: from sketches to the group of each row.

use super::TriageError;
use super::duplicates::{self, Members, SketchFile};
use super::entry::Entry;
use super::gauge::{Gauge, Stage};
use super::merge::Group;
use super::segment::{Manifest, save};
use super::work::Work;
use std::fs::File;
use std::io::{self, BufReader};

/// Bytes of memory that grouping may take.
const BUDGET: usize = 96 << 20;

/// Writes the groups of all rows of `sealed`, unless an earlier run has.
pub(super) fn group(work: &Work, sealed: &[Manifest], gauge: &Gauge) -> Result<(), TriageError> {
    if work.is_grouped() {
        return Ok(());
    }
    let files = sealed.iter().map(|manifest| SketchFile::open(&work.sketches(manifest.number)));
    let files: Vec<SketchFile> = files.collect::<Result<_, _>>()?;
    let rows = sealed.last().map_or(0, |last| last.first_row + last.rows);
    gauge.begin(Stage::Grouping, 2 * u64::from(rows));
    let groups = duplicates::group(&files, work.folder(), BUDGET)?;
    gauge.set_done(rows.into());
    let mut members = groups.elect(sealed.iter().flat_map(|manifest| keys(work, manifest)))?;
    for manifest in sealed {
        save_groups(work, manifest, &mut members)?;
        gauge.set_done(u64::from(rows) + u64::from(manifest.first_row + manifest.rows));
    }
    work.set_grouped()
}

/// Returns the keys of a segment in the order of its rows.
fn keys(work: &Work, manifest: &Manifest) -> Vec<io::Result<u128>> {
    match entries(work, manifest) {
        Ok(mut entries) => {
            entries.sort_unstable_by_key(|entry| entry.key.row());
            entries.iter().map(|entry| Ok(entry.key.0)).collect()
        }
        Err(error) => vec![Err(io::Error::other(error))],
    }
}

/// Writes the groups of a segment's rows in the order of its lines.
fn save_groups(work: &Work, manifest: &Manifest, members: &mut Members) -> Result<(), TriageError> {
    let mut found = Vec::with_capacity(manifest.rows as usize);
    for entry in entries(work, manifest)? {
        let member = members.of(entry.key.row()).map_err(TriageError::file("read", work.folder()))?;
        found.push(Group { representative: member.representative, rows: member.count });
    }
    save(&work.groups(manifest.number), |out| found.iter().try_for_each(|group| group.write(out)))
}

/// Returns the entries of a segment in the order of its lines.
fn entries(work: &Work, manifest: &Manifest) -> Result<Vec<Entry>, TriageError> {
    let path = work.index(manifest.number);
    let read = || -> io::Result<Vec<Entry>> {
        let mut file = BufReader::new(File::open(&path)?);
        (0..manifest.rows).map(|_| Entry::read(&mut file)).collect()
    };
    read().map_err(TriageError::file("read", &path))
}

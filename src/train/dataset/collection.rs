//! [`Collection`]: everything that a run reads, before anything is learnt from it.

use super::corrections::{CorrectionCounts, correct};
use super::digest::DataDigest;
use super::holdout::{HeldOutRows, hold_out};
use super::relabels::Relabels;
use super::{LabelSet, label_set};
use crate::train::TrainError;
use crate::train::audit::{Audit, Twins};
use crate::train::corpus::{CorpusError, Record, Search, files, read_file};
use crate::train::recipe::{Recipe, RecipeError, read_text};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use xxhash_rust::xxh3::xxh3_64;

/// What a run reads besides what its recipe names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inputs<'i> {
    /// Files of labelled reports, or folders of them.
    pub data: &'i [PathBuf],
    /// JSONL files of officers' corrections; see [`Collection::read`].
    pub corrections: &'i [PathBuf],
}

/// What a row is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Learnt from.
    Train,
    /// Calibrated on.
    Dev,
    /// Looked at by the audit only.
    Test,
    /// Of another split: left out.
    Other,
    /// Of the train split, but as good as a row of dev or test: left out.
    Dropped,
}

/// How many rows, and where the first few stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Places {
    /// All of them.
    pub rows: usize,
    /// The first ones, such as `laporan.csv:12`.
    pub first: Vec<String>,
}

impl Places {
    /// Places that are kept.
    const KEPT: usize = 5;

    /// Adds one.
    pub(crate) fn add(&mut self, place: &str) {
        self.rows += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(place.to_owned());
        }
    }
}

/// What was read, and what was left out.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct ReadCounts {
    /// Rows of each file, in the order of reading.
    pub files: Vec<(String, usize)>,
    /// Files of folders that have no column with a text, so no data.
    pub files_passed_over: Vec<String>,
    /// Rows of all files.
    pub rows: usize,
    /// Rows passed over as their id was read before, in the same source, or the same file where no source is told.
    pub repeated: Places,
    /// Those of them whose text differs from the one read before: then the id is none.
    pub repeated_but_different: Places,
    /// Rows left out as their text is empty.
    pub empty: Places,
    /// Rows left out as their text has no letter.
    pub too_short: Places,
    /// Rows of splits that are neither train, dev nor test.
    pub other_splits: BTreeMap<String, usize>,
    /// Rows of the train split that became dev.
    pub held_out: Option<HeldOutRows>,
    /// Rows of the train split left out as dev or test has them too.
    pub dropped: Places,
    /// What corrections did.
    pub corrections: Option<CorrectionCounts>,
}

/// Everything that a run reads, with its labels given again and corrected, and what each row is for.
#[derive(Debug)]
pub struct Collection {
    pub(crate) records: Vec<Record>,
    pub(crate) parts: Vec<Part>,
    pub(crate) heads: Vec<LabelSet>,
    pub(crate) counts: ReadCounts,
    pub(super) digest: String,
    twins: OnceLock<Twins>,
}

impl Collection {
    /// Returns the recipe's own data (paths relative to `base`) and that of `inputs`.
    ///
    /// A line of a corrections file is an object with `id` (perhaps `source`), or `text`, or both, and labels by head; other
    /// fields, such as `officer` and `date`, are not looked at. Its labels stand instead of those of the report with the id,
    /// or of all reports with the text, of whatever split; a text that is nowhere in the data is added to the train split.
    ///
    /// # Errors
    /// [`TrainError`] for what cannot be read, and for corrections of reports that are not there.
    pub fn read(recipe: &Recipe, base: &Path, inputs: Inputs<'_>) -> Result<Self, TrainError> {
        let names: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
        let mut reading = Reading::default();
        let paths: Vec<PathBuf> = recipe.data.iter().map(|path| base.join(path)).chain(inputs.data.to_vec()).collect();
        reading.data(recipe, &paths, &names)?;
        for path in recipe.relabels.iter().map(|path| base.join(path)) {
            let text = read_text(&path)?;
            reading.digest.add("relabels", text.as_bytes());
            Relabels::parse(&path, &text, &names)?.apply(&mut reading.records);
        }
        reading.counts.corrections = correct(&mut reading.records, inputs.corrections, &names)?;
        for path in inputs.corrections {
            reading.digest.add("corrections", &bytes(path)?);
        }
        reading.settings(recipe, base)?;
        reading.collection(recipe, base)
    }

    /// Returns what should be known of the data before a model is learnt from it; labels with fewer than `least_rows` to learn
    /// from are told.
    pub fn audit(&self, recipe: &Recipe, least_rows: usize) -> Audit {
        Audit::new(recipe, self, least_rows)
    }

    /// Returns what was read and what was left out.
    pub fn counts(&self) -> &ReadCounts {
        &self.counts
    }

    /// Returns which texts say the same, found once.
    pub(crate) fn twins(&self) -> &Twins {
        self.twins.get_or_init(|| twins(&self.records))
    }
}

fn twins(records: &[Record]) -> Twins {
    Twins::new(&records.iter().map(|record| record.text.as_str()).collect::<Vec<_>>())
}

fn bytes(path: &Path) -> Result<Vec<u8>, CorpusError> {
    std::fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })
}

/// A collection while it is read.
#[derive(Default)]
struct Reading {
    records: Vec<Record>,
    counts: ReadCounts,
    digest: DataDigest,
    /// Source, or file, and id of the rows so far, with a hash of the text.
    known: HashMap<(String, String), u64>,
}

impl Reading {
    fn data(&mut self, recipe: &Recipe, paths: &[PathBuf], heads: &[String]) -> Result<(), TrainError> {
        let columns = recipe.columns_by_head();
        let mut search = Search::new(&columns);
        for path in paths {
            for file in files(path)? {
                let name = file.display().to_string();
                let Some(records) = read_file(&file, path.is_dir(), heads, &columns, &mut search)? else {
                    self.counts.files_passed_over.push(name);
                    continue;
                };
                self.digest.add("data", &bytes(&file)?);
                self.counts.rows += records.len();
                self.counts.files.push((name.clone(), records.len()));
                records.into_iter().for_each(|record| self.add(&name, record));
            }
        }
        search.finish()?;
        Ok(())
    }

    /// Takes a row, unless it was read before or says nothing.
    fn add(&mut self, file: &str, record: Record) {
        if let Some(id) = record.id.clone() {
            let text = xxh3_64(record.text.as_bytes());
            let origin = record.source.clone().unwrap_or_else(|| format!("file {file}"));
            if let Some(before) = self.known.insert((origin, id), text) {
                self.counts.repeated.add(&record.place);
                if before != text {
                    self.counts.repeated_but_different.add(&record.place);
                }
                return;
            }
        }
        if record.text.trim().is_empty() {
            self.counts.empty.add(&record.place);
        } else if !record.text.contains(char::is_alphabetic) {
            self.counts.too_short.add(&record.place);
        } else {
            self.records.push(record);
        }
    }

    /// Adds to the digest what the recipe names besides data.
    fn settings(&mut self, recipe: &Recipe, base: &Path) -> Result<(), RecipeError> {
        for head in &recipe.head {
            if let Some(path) = &head.labels {
                self.digest.add("labels", read_text(&base.join(path))?.as_bytes());
            }
        }
        for (kind, path) in [("slang", &recipe.text.slang), ("rules", &recipe.rules)] {
            if let Some(path) = path {
                self.digest.add(kind, read_text(&base.join(path))?.as_bytes());
            }
        }
        let columns = recipe.columns_by_head();
        let named = serde_json::json!([columns, columns.labels]);
        self.digest.add("columns", named.to_string().as_bytes());
        Ok(())
    }

    fn collection(mut self, recipe: &Recipe, base: &Path) -> Result<Collection, TrainError> {
        let found = OnceLock::new();
        let all = || found.get_or_init(|| twins(&self.records));
        let mut parts: Vec<Part> = self.records.iter().map(part).collect();
        for record in self.records.iter().zip(&parts).filter(|(_, part)| **part == Part::Other).map(|(r, _)| r) {
            *self.counts.other_splits.entry(record.split.clone().unwrap_or_default()).or_default() += 1;
        }
        self.counts.held_out = hold_out(&self.records, &mut parts, recipe.split_share, all);
        if recipe.drop_overlap {
            self.counts.dropped = drop_overlap(&self.records, &mut parts, all());
        }
        let heads = recipe.head.iter().map(|head| label_set(head, base, &self.records, &parts));
        let heads = heads.collect::<Result<Vec<_>, _>>()?;
        let digest = self.digest.finish();
        Ok(Collection { records: self.records, parts, heads, counts: self.counts, digest, twins: found })
    }
}

/// What the split of a record makes it.
fn part(record: &Record) -> Part {
    match record.split.as_deref() {
        None | Some("train") => Part::Train,
        Some("dev") => Part::Dev,
        Some("test") => Part::Test,
        Some(_) => Part::Other,
    }
}

/// Takes out of the train split what dev or test has too, to the word or nearly.
fn drop_overlap(records: &[Record], parts: &mut [Part], twins: &Twins) -> Places {
    let mut dropped = Places::default();
    // By families: of hundreds of texts that are nearly the same not every pair is compared.
    let families = twins.families();
    let judged: HashSet<usize> = families
        .iter()
        .zip(&*parts)
        .filter(|(_, part)| matches!(part, Part::Dev | Part::Test))
        .map(|(&family, _)| family)
        .collect();
    for at in 0..parts.len() {
        if parts[at] == Part::Train && judged.contains(&families[at]) {
            parts[at] = Part::Dropped;
            dropped.add(&records[at].place);
        }
    }
    dropped
}

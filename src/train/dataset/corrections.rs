//! [`Corrections`]: labels that officers mended, which stand instead of those of the data and weigh more.

use crate::read::masked;
use crate::train::TrainError;
use crate::train::corpus::{Annotation, CorpusError, Problem, Record, for_each_object, id, string};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Who gave a corrected label, as `[label_weights]` of a recipe calls it.
pub(super) const CORRECTED: &str = "corrected";
/// Weight of a corrected label in the loss where the recipe says nothing.
pub(super) const CORRECTED_WEIGHT: f32 = 3.0;

/// What corrections did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CorrectionCounts {
    /// Lines read.
    pub lines: usize,
    /// Lines that gave at least one label of the recipe's heads; of several for a report and head the last one stands.
    pub used: usize,
    /// Reports of the data that have a corrected label, of any split.
    pub corrected: usize,
    /// Labels that differ from what the data said.
    pub changed: usize,
    /// Reports that were added, as the data did not have them.
    pub added: usize,
    /// Lines without a label of any head: a head misspelt, or one that this recipe does not have.
    pub without_label: Vec<String>,
}

/// One line.
#[derive(Debug)]
struct Correction {
    place: String,
    id: Option<String>,
    source: Option<String>,
    text: Option<String>,
    /// Head -> label, none where the officer took it away.
    labels: BTreeMap<String, Option<String>>,
    /// Whether the line has a field of any head, filled in or not.
    names_head: bool,
}

/// What an officer writes where no label is right, as in files of relabels.
const TAKEN_AWAY: &str = "-";

/// Corrections in the order of their lines.
#[derive(Debug, Default)]
pub(super) struct Corrections(Vec<Correction>);

impl Corrections {
    /// Reads a JSONL file: an object a line with `id` (perhaps `source`) or `text` or both, and labels by head.
    ///
    /// # Errors
    /// [`CorpusError`] naming file and line.
    pub(super) fn read(&mut self, path: &Path, heads: &[String]) -> Result<(), CorpusError> {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for_each_object(path, |line, object| {
            self.0.push(Correction { place: format!("{file}:{line}"), ..correction(&object, heads)? });
            Ok(())
        })
    }

    /// Changes `records` and adds those that are new; returns what was done.
    ///
    /// # Errors
    /// [`TrainError::Corrections`] listing the lines whose report cannot be told.
    pub(super) fn apply(self, records: &mut Vec<Record>) -> Result<CorrectionCounts, TrainError> {
        let before = records.len();
        let mut counts = CorrectionCounts { lines: self.0.len(), ..CorrectionCounts::default() };
        let mut index = Index::new(records);
        let original: Vec<_> = records.iter().map(|record| record.labels.clone()).collect();
        let mut unknown = Vec::new();
        for correction in self.0 {
            if correction.labels.is_empty() {
                if !correction.names_head {
                    counts.without_label.push(correction.place);
                }
                continue;
            }
            counts.used += 1;
            match index.find(&correction) {
                Ok(found) if !found.is_empty() => {
                    found.iter().for_each(|&at| correction.apply(&mut records[at]));
                }
                Ok(_) => {
                    records.push(correction.record());
                    index.add(records.len() - 1, &records[records.len() - 1]);
                }
                Err(found) => unknown.push(format!("{}: {found}", correction.place)),
            }
        }
        if !unknown.is_empty() {
            return Err(TrainError::Corrections { unknown });
        }
        counts.added = records.len() - before;
        for (record, original) in records.iter().zip(&original) {
            let label = |annotation: &Annotation| annotation.label.clone();
            let differs = |(head, given): (&String, &Annotation)| original.get(head).map(label) != Some(label(given));
            let is_corrected = |annotation: &Annotation| annotation.by.as_deref() == Some(CORRECTED);
            counts.corrected += usize::from(record.labels.values().any(is_corrected));
            counts.changed += record.labels.iter().filter(|pair| differs(*pair)).count();
            counts.changed += original.keys().filter(|head| !record.labels.contains_key(*head)).count();
        }
        Ok(counts)
    }
}

fn correction(object: &Map<String, Value>, heads: &[String]) -> Result<Correction, Problem> {
    let text = string(object, "text")?.filter(|text| !text.trim().is_empty());
    let id = id(object, "id");
    if id.is_none() && text.is_none() {
        return Err(Problem::Line("neither \"id\" nor \"text\"".to_owned()));
    }
    let mut labels = BTreeMap::new();
    for head in heads {
        // Sheets of suspects come with empty fields: what nobody filled in changes nothing.
        match string(object, head)?.as_deref().map(str::trim) {
            None | Some("") => {}
            Some(TAKEN_AWAY) => drop(labels.insert(head.clone(), None)),
            Some(label) => drop(labels.insert(head.clone(), Some(label.to_owned()))),
        }
    }
    let names_head = heads.iter().any(|head| object.contains_key(head));
    Ok(Correction { place: String::new(), id, source: string(object, "source")?, text, labels, names_head })
}

impl Correction {
    fn apply(&self, record: &mut Record) {
        for (head, label) in &self.labels {
            match label {
                Some(label) => drop(record.labels.insert(head.clone(), given(label))),
                None => drop(record.labels.remove(head)),
            }
        }
    }

    /// The report of a correction of what the data does not have.
    fn record(self) -> Record {
        let labels = self.labels.into_iter().filter_map(|(head, label)| Some((head, given(&label?)))).collect();
        let text = self.text.unwrap_or_default();
        Record { id: self.id, place: self.place, source: self.source, text, labels, ..Record::default() }
    }
}

fn given(label: &str) -> Annotation {
    Annotation { label: label.to_owned(), by: Some(CORRECTED.to_owned()) }
}

/// Where reports stand, by id and by text.
struct Index {
    ids: HashMap<String, Vec<(Option<String>, usize)>>,
    texts: HashMap<String, Vec<usize>>,
}

impl Index {
    fn new(records: &[Record]) -> Self {
        let mut index = Self { ids: HashMap::new(), texts: HashMap::new() };
        records.iter().enumerate().for_each(|(at, record)| index.add(at, record));
        index
    }

    fn add(&mut self, at: usize, record: &Record) {
        if let Some(id) = &record.id {
            self.ids.entry(id.clone()).or_default().push((record.source.clone(), at));
        }
        let text = record.text.trim();
        self.texts.entry(text.to_owned()).or_default().push(at);
        // Sheets that people fill in have their texts masked.
        let masked = masked(text);
        if masked != text {
            self.texts.entry(masked.into_owned()).or_default().push(at);
        }
    }

    /// Returns the reports that a correction is for, none where it brings a new one: the one with its id, or every one with
    /// its text, as what is right for one is right for all.
    fn find(&self, correction: &Correction) -> Result<Vec<usize>, String> {
        if let Some(id) = &correction.id {
            let all = self.ids.get(id).map_or(&[][..], Vec::as_slice);
            let wanted = |source: &Option<String>| correction.source.is_none() || *source == correction.source;
            let found: Vec<usize> = all.iter().filter(|(source, _)| wanted(source)).map(|(_, at)| *at).collect();
            match (found.len(), &correction.text) {
                (1, _) => return Ok(found),
                (0, None) => return Err(format!("no report has the id {id:?}")),
                (0, Some(_)) => {}
                (several, _) => return Err(format!("{several} reports have the id {id:?}; add \"source\"")),
            }
        }
        let text = correction.text.as_deref().unwrap_or_default().trim();
        Ok(self.texts.get(text).cloned().unwrap_or_default())
    }
}

/// Reads and applies all files.
///
/// # Errors
/// [`TrainError::Corpus`] for a bad line, [`TrainError::Corrections`] for lines whose report cannot be told.
pub(super) fn correct(
    records: &mut Vec<Record>,
    files: &[PathBuf],
    heads: &[String],
) -> Result<Option<CorrectionCounts>, TrainError> {
    if files.is_empty() {
        return Ok(None);
    }
    let mut corrections = Corrections::default();
    for file in files {
        corrections.read(file, heads)?;
    }
    corrections.apply(records).map(Some)
}

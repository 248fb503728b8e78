//! [`Dataset`]: records gathered, given their labels again, and turned into label indices.

mod collection;
mod corrections;
mod digest;
mod holdout;
mod relabels;

pub use collection::{Collection, Inputs, Part, Places, ReadCounts};
pub use corrections::CorrectionCounts;
pub use holdout::HeldOutRows;

use super::TrainError;
use super::audit::unknown_labels;
use super::corpus::Record;
use super::recipe::{HeadRecipe, LabelFile, Recipe, read_labels};
use crate::model::Label;
use corrections::{CORRECTED, CORRECTED_WEIGHT};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A head's label set.
#[derive(Debug, Clone)]
pub struct LabelSet {
    /// Whether the labels rise in order.
    pub ordered: bool,
    /// The labels.
    pub labels: Vec<Label>,
}

/// A text with its label indices and their weights, one per head.
#[derive(Debug, Clone)]
pub struct Example {
    /// The report's id, where the data has one.
    pub id: Option<String>,
    /// Where the report stands in the data, for messages.
    pub place: String,
    /// The collection it came from.
    pub source: Option<String>,
    /// The report.
    pub text: String,
    /// Per head, label index and weight, where the label is known.
    pub labels: Vec<Option<(usize, f32)>>,
    /// Per head, who gave the label, where the data says it.
    pub by: Vec<Option<String>>,
}

/// What the networks learn from and are calibrated on.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Label sets of the heads.
    pub heads: Vec<LabelSet>,
    /// Split `train`, and reports without a split.
    pub train: Vec<Example>,
    /// Split `dev`, or what was held out where the data has none.
    pub dev: Vec<Example>,
    /// SHA-256 over the bytes of all files of data, relabels, corrections, labels, slang and rules, in the order of reading,
    /// and the names of columns.
    pub digest: String,
}

impl Dataset {
    /// Returns the recipe's own data (paths relative to `base`) and `more`; reports of other splits are left out, and a
    /// report whose id was read before is passed over.
    ///
    /// # Errors
    /// [`TrainError`] for unreadable data, and for labels that their heads do not have.
    pub fn read(recipe: &Recipe, base: &Path, more: &[PathBuf]) -> Result<Self, TrainError> {
        let inputs = Inputs { data: more, ..Inputs::default() };
        Collection::read(recipe, base, inputs)?.dataset(recipe)
    }
}

impl Collection {
    /// Returns what the networks learn from and are calibrated on.
    ///
    /// # Errors
    /// [`TrainError::UnknownLabels`] for all labels of train and dev that their heads do not have.
    pub fn dataset(&self, recipe: &Recipe) -> Result<Dataset, TrainError> {
        let unknown = unknown_labels(recipe, self);
        if !unknown.is_empty() {
            return Err(TrainError::UnknownLabels(unknown));
        }
        let of = |wanted: Part| {
            let records = self.records.iter().zip(&self.parts).filter(move |(_, part)| **part == wanted);
            records.map(|(record, _)| self.example(recipe, record)).collect()
        };
        let (train, dev) = (of(Part::Train), of(Part::Dev));
        Ok(Dataset { heads: self.heads.clone(), train, dev, digest: self.digest.clone() })
    }

    fn example(&self, recipe: &Recipe, record: &Record) -> Example {
        let weight = |by: &str| {
            let default = if by == CORRECTED { CORRECTED_WEIGHT } else { 1.0 };
            recipe.label_weights.get(by).copied().unwrap_or(default)
        };
        let source = record.source.as_deref().map_or(1.0, weight);
        let label = |(head, set): (&HeadRecipe, &LabelSet)| {
            let annotation = record.labels.get(&head.name)?;
            let at = set.labels.iter().position(|label| label.id == annotation.label)?;
            Some((at, source * annotation.by.as_deref().map_or(1.0, weight)))
        };
        Example {
            id: record.id.clone(),
            place: record.place.clone(),
            source: record.source.clone(),
            text: record.text.clone(),
            labels: recipe.head.iter().zip(&self.heads).map(label).collect(),
            by: recipe.head.iter().map(|head| record.labels.get(&head.name)?.by.clone()).collect(),
        }
    }
}

/// Returns the labels of the head's file; without one those of the records that training may see, sorted.
fn label_set(head: &HeadRecipe, base: &Path, records: &[Record], parts: &[Part]) -> Result<LabelSet, TrainError> {
    if let Some(path) = &head.labels {
        let LabelFile { ordered, label: labels } = read_labels(&base.join(path))?;
        return Ok(LabelSet { ordered, labels });
    }
    let learnt = records.iter().zip(parts).filter(|(_, part)| matches!(part, Part::Train | Part::Dev));
    let used: BTreeSet<&str> =
        learnt.filter_map(|(record, _)| record.labels.get(&head.name)).map(|a| a.label.as_str()).collect();
    let label = |id: &str| Label { id: id.to_owned(), name: id.to_owned(), definition: String::new() };
    Ok(LabelSet { ordered: false, labels: used.into_iter().map(label).collect() })
}

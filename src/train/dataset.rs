//! [`Dataset`]: records gathered, relabelled and turned into label indices.

use super::TrainError;
use super::corpus::{Annotation, CorpusError, Record, files, read_jsonl};
use super::recipe::{HeadRecipe, LabelFile, Recipe, read_labels, read_text};
use crate::model::Label;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
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
}

/// What the networks learn from and are calibrated on.
#[derive(Debug, Clone)]
pub struct Dataset {
    /// Label sets of the heads.
    pub heads: Vec<LabelSet>,
    /// Split `train`, and reports without a split.
    pub train: Vec<Example>,
    /// Split `dev`.
    pub dev: Vec<Example>,
    /// SHA-256 over the bytes of the data and relabel files, in the order of reading.
    pub digest: String,
}

impl Dataset {
    /// Returns the recipe's own data (paths relative to `base`) and `more`; reports of other splits are left out, and a
    /// report whose id was read before is passed over.
    ///
    /// # Errors
    /// [`TrainError`] for unreadable data, and for a label that its head does not have.
    pub fn read(recipe: &Recipe, base: &Path, more: &[PathBuf]) -> Result<Self, TrainError> {
        let names: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
        let mut digest = Sha256::new();
        let mut records = Vec::new();
        let mut known = HashSet::new();
        for path in recipe.data.iter().map(|path| base.join(path)).chain(more.iter().cloned()) {
            for file in files(&path)? {
                digest.update(std::fs::read(&file).map_err(|source| CorpusError::Io { path: file.clone(), source })?);
                let mut read = read_jsonl(&file, &names)?;
                read.retain(|r| r.id.as_ref().is_none_or(|id| known.insert(id.clone())) && is_learnt(r));
                records.append(&mut read);
            }
        }
        for path in &recipe.relabels {
            let text = read_text(&base.join(path))?;
            digest.update(&text);
            relabel(&mut records, &Relabels::parse(&base.join(path), &text, &names)?);
        }
        let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let heads = recipe.head.iter().map(|head| label_set(head, base, &records)).collect::<Result<Vec<_>, _>>()?;
        let mut data = Self { heads, train: Vec::new(), dev: Vec::new(), digest };
        for record in &records {
            let example = data.example(recipe, record)?;
            match record.split.as_deref() {
                Some("dev") => data.dev.push(example),
                _ => data.train.push(example),
            }
        }
        Ok(data)
    }

    fn example(&self, recipe: &Recipe, record: &Record) -> Result<Example, TrainError> {
        let weight = |by: &str| recipe.label_weights.get(by).copied().unwrap_or(1.0);
        let source = record.source.as_deref().map_or(1.0, weight);
        let labels = recipe.head.iter().zip(&self.heads).map(|(head, set)| {
            let Some(annotation) = record.labels.get(&head.name) else { return Ok(None) };
            match set.labels.iter().position(|label| label.id == annotation.label) {
                Some(at) => Ok(Some((at, source * annotation.by.as_deref().map_or(1.0, weight)))),
                None => Err(TrainError::UnknownLabel {
                    report: record.id.clone().unwrap_or_else(|| "without id".to_owned()),
                    head: head.name.clone(),
                    found: annotation.label.clone(),
                }),
            }
        });
        Ok(Example {
            id: record.id.clone(),
            place: record.place.clone(),
            source: record.source.clone(),
            text: record.text.clone(),
            labels: labels.collect::<Result<_, _>>()?,
        })
    }
}

/// Whether a report is of a split that training may see; of the others not even the labels are known.
fn is_learnt(record: &Record) -> bool {
    matches!(record.split.as_deref(), None | Some("train" | "dev"))
}

fn label_set(head: &HeadRecipe, base: &Path, records: &[Record]) -> Result<LabelSet, TrainError> {
    if let Some(path) = &head.labels {
        let LabelFile { ordered, label: labels } = read_labels(&base.join(path))?;
        return Ok(LabelSet { ordered, labels });
    }
    let used: BTreeSet<&str> =
        records.iter().filter_map(|r| r.labels.get(&head.name)).map(|a| a.label.as_str()).collect();
    let label = |id: &str| Label { id: id.to_owned(), name: id.to_owned(), definition: String::new() };
    Ok(LabelSet { ordered: false, labels: used.into_iter().map(label).collect() })
}

/// Labels given by reading again: report id -> head -> label, or none where the reader could not tell.
struct Relabels(BTreeMap<String, Vec<(String, Option<String>)>>);

impl Relabels {
    /// Reads `id<TAB>head<TAB>head...`; `-` is "could not tell".
    fn parse(path: &Path, text: &str, heads: &[String]) -> Result<Self, TrainError> {
        let mut lines = text.lines();
        let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let error = |line: usize, found: String, expected: String| TrainError::Relabels {
            path: path.to_owned(),
            line,
            found,
            expected,
        };
        if columns.first() != Some(&"id") || columns.len() < 2 {
            return Err(error(1, columns.join(" "), "columns `id` and names of heads, separated by tabs".to_owned()));
        }
        let mut all = BTreeMap::new();
        for (at, line) in lines.enumerate() {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() != columns.len() {
                return Err(error(at + 2, format!("{} fields", fields.len()), format!("{} fields", columns.len())));
            }
            let labels = columns.iter().zip(&fields).skip(1).filter(|(head, _)| heads.iter().any(|h| h == *head));
            let label = |field: &str| (field != "-").then(|| field.to_owned());
            all.insert(fields[0].to_owned(), labels.map(|(h, f)| ((*h).to_owned(), label(f))).collect());
        }
        Ok(Self(all))
    }
}

fn relabel(records: &mut [Record], relabels: &Relabels) {
    for record in records {
        let Some(labels) = record.id.as_ref().and_then(|id| relabels.0.get(id)) else { continue };
        for (head, label) in labels {
            match label {
                Some(label) => {
                    let annotation = Annotation { label: label.clone(), by: Some("relabelled".to_owned()) };
                    record.labels.insert(head.clone(), annotation);
                }
                None => drop(record.labels.remove(head)),
            }
        }
    }
}

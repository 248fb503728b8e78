//! [`Relabels`]: labels given by reading again, by report id.

use crate::train::TrainError;
use crate::train::corpus::{Annotation, Record};
use std::collections::BTreeMap;
use std::path::Path;

/// Labels given by reading again: report id -> head -> label, or none where the reader could not tell.
pub(super) struct Relabels(BTreeMap<String, Vec<(String, Option<String>)>>);

impl Relabels {
    /// Reads `id<TAB>head<TAB>head...`; `-` is "could not tell".
    ///
    /// # Errors
    /// [`TrainError::Relabels`] naming file and line.
    pub(super) fn parse(path: &Path, text: &str, heads: &[String]) -> Result<Self, TrainError> {
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

    /// Puts the labels in the place of those of the records with their ids.
    pub(super) fn apply(&self, records: &mut [Record]) {
        for record in records {
            let Some(labels) = record.id.as_ref().and_then(|id| self.0.get(id)) else { continue };
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
}

//! [`Rows`]: the texts that all variants are judged on.

use crate::train::corpus::Record;
use crate::train::{Dataset, Example, Recipe};
use std::collections::BTreeSet;

/// The mark of labels that a channel's clerks had chosen.
const NATIVE: &str = "native";

/// A text and its right labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The collection it came from.
    pub source: Option<String>,
    /// The report.
    pub text: String,
    /// Per head, the right label where it is known.
    pub gold: Vec<Option<String>>,
}

/// The texts that all variants are judged on, whatever their own settings make of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The heads' names.
    pub heads: Vec<String>,
    /// The rows that have a label.
    pub rows: Vec<Row>,
}

impl Rows {
    /// Returns the dev rows of `data`, which `recipe` has read.
    pub fn dev(recipe: &Recipe, data: &Dataset) -> Self {
        let row = |example: &Example| {
            let gold = example.labels.iter().zip(&data.heads).map(|(label, head)| {
                let at = (*label)?.0;
                head.labels.get(at).map(|label| label.id.clone())
            });
            Row { source: example.source.clone(), text: example.text.clone(), gold: gold.collect() }
        };
        Self::of(recipe, data.dev.iter().map(row))
    }

    /// Returns the records of the split `wanted`; labels that clerks had chosen are left out, and an id is taken once.
    pub fn split(recipe: &Recipe, records: &[Record], wanted: &str) -> Self {
        let mut known = BTreeSet::new();
        let of_split = records.iter().filter(|record| record.split.as_deref().unwrap_or("train") == wanted);
        let new = of_split.filter(|record| record.id.as_ref().is_none_or(|id| known.insert(id.clone())));
        let row = |record: &Record| {
            let gold = recipe.head.iter().map(|head| {
                let label = record.labels.get(&head.name).filter(|label| label.by.as_deref() != Some(NATIVE))?;
                Some(label.label.clone())
            });
            Row { source: record.source.clone(), text: record.text.clone(), gold: gold.collect() }
        };
        Self::of(recipe, new.map(row))
    }

    fn of(recipe: &Recipe, rows: impl Iterator<Item = Row>) -> Self {
        let heads = recipe.head.iter().map(|head| head.name.clone()).collect();
        Self { heads, rows: rows.filter(|row| row.gold.iter().any(Option::is_some)).collect() }
    }

    /// Returns the rows of these sources; all where none is named.
    #[must_use]
    pub fn of_sources(mut self, sources: &[String]) -> Self {
        let wanted = |row: &Row| row.source.as_ref().is_some_and(|source| sources.contains(source));
        self.rows.retain(|row| sources.is_empty() || wanted(row));
        self
    }

    /// Returns the texts.
    pub fn texts(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row.text.as_str()).collect()
    }
}

//! How many rows each label has, and what it will weigh.

use crate::train::dataset::{Collection, LabelSet, Part};
use crate::train::distil::scales;
use crate::train::recipe::{HeadRecipe, Recipe};
use serde::Serialize;
use std::collections::BTreeMap;

/// The labels of one head.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct HeadCounts {
    /// The head.
    pub head: String,
    /// The column with its labels.
    pub column: String,
    /// Rows of train, dev and test with a label.
    pub labelled: usize,
    /// Those without one.
    pub unlabelled: usize,
    /// Who gave the labels -> rows; `-` where the data does not say.
    pub by: BTreeMap<String, usize>,
    /// Its labels in their order.
    pub labels: Vec<LabelCounts>,
}

/// One label.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LabelCounts {
    /// Its id.
    pub label: String,
    /// Rows to learn from.
    pub train: usize,
    /// Rows to calibrate on.
    pub dev: usize,
    /// Rows of the test split.
    pub test: usize,
    /// Its share of the labelled rows to learn from.
    pub prior: f32,
    /// What a row with it weighs in the loss by the head's `balance`, before who gave the label counts.
    pub weight: f32,
}

/// Returns the counts of every head.
pub(super) fn counts(recipe: &Recipe, collection: &Collection) -> Vec<HeadCounts> {
    recipe.head.iter().zip(&collection.heads).map(|(head, set)| head_counts(head, set, collection)).collect()
}

fn head_counts(head: &HeadRecipe, set: &LabelSet, collection: &Collection) -> HeadCounts {
    let mut found: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut by = BTreeMap::new();
    let (mut labelled, mut unlabelled) = (0, 0);
    for (record, part) in collection.records.iter().zip(&collection.parts) {
        let Some(part) = [Part::Train, Part::Dev, Part::Test].iter().position(|counted| counted == part) else {
            continue;
        };
        let Some(annotation) = record.labels.get(&head.name) else {
            unlabelled += 1;
            continue;
        };
        labelled += 1;
        found.entry(&annotation.label).or_default()[part] += 1;
        *by.entry(annotation.by.clone().unwrap_or_else(|| "-".to_owned())).or_default() += 1;
    }
    let of = |label: &str| found.get(label).copied().unwrap_or_default();
    let rows: Vec<[usize; 3]> = set.labels.iter().map(|label| of(&label.id)).collect();
    let train: Vec<usize> = rows.iter().map(|rows| rows[0]).collect();
    let total = train.iter().sum::<usize>().max(1) as f32;
    let labels = set.labels.iter().zip(&rows).zip(scales(&train, head.balance));
    let labels = labels.map(|((label, &[train, dev, test]), weight)| LabelCounts {
        label: label.id.clone(),
        train,
        dev,
        test,
        prior: train as f32 / total,
        weight,
    });
    let column = head.column.clone().unwrap_or_else(|| head.name.clone());
    HeadCounts { head: head.name.clone(), column, labelled, unlabelled, by, labels: labels.collect() }
}

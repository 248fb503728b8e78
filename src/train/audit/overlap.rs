//! Rows that stand in more than one split, and rows of the same words with different labels.

use super::twins::Twins;
use crate::train::dataset::{Collection, Part};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};

/// Examples that are kept.
const KEPT: usize = 5;

/// Rows of one split that stand in another too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// The split that judges or calibrates.
    pub split: Part,
    /// The split that has its rows too.
    pub within: Part,
    /// Rows of `split` whose words stand in `within`.
    pub exact: usize,
    /// Further rows of `split` that nearly stand there: four fifths of the words and pairs of words are the same, directly or
    /// from text to text.
    pub near: usize,
    /// Places of some such pairs, first that in `split`.
    pub examples: Vec<(String, String)>,
}

/// Returns the overlap of dev and test with train, and of test with dev; those without any are left out.
pub(super) fn overlaps(collection: &Collection, twins: &Twins) -> Vec<Overlap> {
    let pairs = [(Part::Dev, Part::Train), (Part::Test, Part::Train), (Part::Test, Part::Dev)];
    let all = pairs.map(|(split, within)| overlap(collection, twins, split, within));
    all.into_iter().filter(|overlap| overlap.exact + overlap.near > 0).collect()
}

fn overlap(collection: &Collection, twins: &Twins, split: Part, within: Part) -> Overlap {
    let parts = &collection.parts;
    // Of hundreds of texts that are nearly the same not every pair is compared: what one is connected with over others counts.
    let families = twins.families();
    let mut first = HashMap::new();
    for at in (0..parts.len()).filter(|at| parts[*at] == within) {
        first.entry(families[at]).or_insert(at);
    }
    let mut found = Overlap { split, within, exact: 0, near: 0, examples: Vec::new() };
    for at in (0..parts.len()).filter(|at| parts[*at] == split) {
        let there = |other: &usize| parts[*other] == within;
        let other = if let Some(other) = twins.same(at).find(there) {
            found.exact += 1;
            other
        } else if let Some(other) = twins.near(at).find(there).or_else(|| first.get(&families[at]).copied()) {
            found.near += 1;
            other
        } else {
            continue;
        };
        if found.examples.len() < KEPT {
            let place = |at: usize| collection.records[at].place.clone();
            found.examples.push((place(at), place(other)));
        }
    }
    found
}

/// Texts of the same words with different labels of one head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradictions {
    /// The head.
    pub head: String,
    /// Texts that have more than one label.
    pub texts: usize,
    /// Rows with one of these texts.
    pub rows: usize,
    /// Places and labels of the first of them.
    pub examples: Vec<Vec<(String, String)>>,
}

/// Returns the contradictions of every head that has any, over all splits.
pub(super) fn contradictions(collection: &Collection, heads: &[String], twins: &Twins) -> Vec<Contradictions> {
    let all = heads.iter().map(|head| {
        let mut found = Contradictions { head: head.clone(), texts: 0, rows: 0, examples: Vec::new() };
        for group in twins.groups() {
            let labelled = group.iter().filter_map(|&at| {
                let record = &collection.records[at];
                Some((record.place.clone(), record.labels.get(head)?.label.clone()))
            });
            let labelled: Vec<(String, String)> = labelled.collect();
            if labelled.iter().map(|(_, label)| label).collect::<BTreeSet<_>>().len() > 1 {
                found.texts += 1;
                found.rows += labelled.len();
                if found.examples.len() < KEPT {
                    found.examples.push(labelled.into_iter().take(KEPT).collect());
                }
            }
        }
        found
    });
    all.filter(|found| found.texts > 0).collect()
}

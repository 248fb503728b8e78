//! [`PairTally`]: collects what both models say to the rows of one head.

use super::head::Pair;
use crate::prediction::HeadPrediction;

/// Number of suggestions a person is shown.
const SHOWN: usize = 3;

/// A head as one of the models has it.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// The labels' ids, from least to most where `ordered`.
    pub labels: Vec<&'a str>,
    /// Whether they are ordered.
    pub ordered: bool,
    /// The probability from which an answer stands without a person.
    pub threshold: f32,
}

/// Collects the rows of one head.
#[derive(Debug, Clone)]
pub struct PairTally {
    pub(super) head: String,
    pub(super) threshold: Pair<f32>,
    /// OLD's labels, then those only NEW has, then what only the data has.
    pub(super) labels: Vec<String>,
    /// Which model knows the label, by its index.
    pub(super) known: Vec<Pair<bool>>,
    pub(super) top: Option<usize>,
    /// OLD's last label of an order, where it is not NEW's.
    pub(super) top_lost: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// A row by indices into [`PairTally::labels`].
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) row: usize,
    pub(super) gold: usize,
    pub(super) said: Pair<Said>,
}

/// What a model says.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// The first suggestions.
    pub(super) shown: Vec<usize>,
    /// The first one's probability.
    pub(super) probability: f32,
}

impl Said {
    pub(super) fn decided(&self) -> Option<usize> {
        self.shown.first().copied()
    }
}

impl Row {
    pub(super) fn right(&self) -> Pair<bool> {
        let right = |said: &Said| said.decided() == Some(self.gold);
        Pair { old: right(&self.said.old), new: right(&self.said.new) }
    }
}

impl PairTally {
    /// Returns an empty tally of the head called `head`.
    pub fn new(head: &str, old: &Side<'_>, new: &Side<'_>) -> Self {
        let only_new = new.labels.iter().filter(|label| !old.labels.contains(label));
        let labels: Vec<&str> = old.labels.iter().chain(only_new).copied().collect();
        let known = |label: &&str| Pair { old: old.labels.contains(label), new: new.labels.contains(label) };
        let top =
            old.labels.last().filter(|_| old.ordered && new.ordered).filter(|&last| new.labels.last() == Some(last));
        let top_lost = old.labels.last().filter(|_| old.ordered && top.is_none()).map(|&label| label.to_owned());
        Self {
            top_lost,
            head: head.to_owned(),
            threshold: Pair { old: old.threshold, new: new.threshold },
            known: labels.iter().map(known).collect(),
            top: top.and_then(|top| labels.iter().position(|label| label == top)),
            labels: labels.into_iter().map(str::to_owned).collect(),
            rows: Vec::new(),
        }
    }

    /// Returns the head's name.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Adds what both models say to a row, which the caller knows by the number `row`; without suggestions it is wrong.
    pub fn add(&mut self, row: usize, gold: &str, old: &HeadPrediction<'_>, new: &HeadPrediction<'_>) {
        let gold = self.index(gold);
        let said = Pair { old: self.said(old), new: self.said(new) };
        self.rows.push(Row { row, gold, said });
    }

    fn said(&mut self, prediction: &HeadPrediction<'_>) -> Said {
        let suggestions = &prediction.suggestions;
        Said {
            shown: suggestions.iter().take(SHOWN).map(|s| self.index(s.label)).collect(),
            probability: suggestions.first().map_or(0.0, |s| s.probability),
        }
    }

    /// Index of a label; one that neither model knows is put behind the others.
    fn index(&mut self, label: &str) -> usize {
        self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.known.push(Pair { old: false, new: false });
            self.labels.len() - 1
        })
    }
}

//! [`Evaluation`]: what the metrics say about each head, overall, by source and by who labelled.

use super::metrics::{self, ClassScore};
use crate::prediction::HeadPrediction;
use serde::Serialize;
use std::collections::BTreeMap;

/// Number of suggestions a person is shown, the k of [`Scores::top3`].
const SHOWN: usize = 3;

/// The verdict on a model: every head's scores on the same rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Rows judged on at least one head.
    pub rows: usize,
    /// Rows the model would hand to a person.
    pub needs_review: usize,
    /// One per head, in the model's order; heads without gold labels have 0 rows.
    pub heads: Vec<HeadEvaluation>,
}

/// The scores of one head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadEvaluation {
    /// The head's name.
    pub head: String,
    /// Whether its labels run from least to most.
    pub ordered: bool,
    /// The probability from which the head's answer stands without a person.
    pub threshold: f32,
    /// All rows.
    pub overall: Scores,
    /// By the rows' source.
    pub by_source: BTreeMap<String, Scores>,
    /// By who labelled.
    pub by_origin: BTreeMap<Origin, Scores>,
    /// Every label that occurs in gold or as a decision, in the label set's order.
    pub classes: Vec<LabelScores>,
    /// Confusions, most frequent first.
    pub confusions: Vec<Confused>,
    /// Gold labels the model does not have; their rows count as wrong.
    pub unknown: Vec<String>,
}

/// The scores of one head on one group of rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Rows in the group.
    pub rows: usize,
    /// Share of rows whose first suggestion is right.
    pub accuracy: f64,
    /// Share of rows with the right label among the first three.
    pub top3: f64,
    /// Mean F1 of the labels present in the group's gold or decisions.
    pub macro_f1: f64,
    /// Expected calibration error of the first suggestion, 15 bins.
    pub calibration_error: f64,
    /// Share of rows that reach the head's threshold.
    pub coverage: f64,
    /// Share of those that are right; absent where there are none.
    pub precision: Option<f64>,
    /// For an ordered head the last label, the one that must not be missed, such as `darurat`.
    pub top_label: Option<LabelScores>,
}

/// Precision, recall and F1 of one label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelScores {
    /// The label's id.
    pub label: String,
    /// Rows whose gold label it is.
    pub support: usize,
    /// Rows for which it was decided.
    pub predicted: usize,
    /// Rows where both agree.
    pub hits: usize,
    /// Hits over decisions; 0 where it was never decided.
    pub precision: f64,
    /// Hits over support; 0 where there is none.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// Two labels and how often the second was decided where the first is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confused {
    /// The right label.
    pub gold: String,
    /// The label decided.
    pub decided: String,
    /// Rows.
    pub rows: usize,
}

/// Who chose a row's gold label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Read and labelled by the guideline, or written with its label: anything that is not `native`.
    Annotated,
    /// Mapped from what the channel's clerks had chosen.
    Native,
}

/// One row of one head: what is right and what the model said.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Where the row is from; `-` where unknown.
    pub source: &'a str,
    /// Who labelled it.
    pub origin: Origin,
    /// The right label's id.
    pub gold: &'a str,
    /// The model's answer.
    pub predicted: &'a HeadPrediction<'a>,
}

/// Collects the cases of one head.
#[derive(Debug, Clone)]
pub struct HeadTally {
    head: String,
    ordered: bool,
    threshold: f32,
    labels: Vec<String>,
    known: usize,
    rows: Vec<Row>,
}

/// A case by indices into [`HeadTally::labels`].
#[derive(Debug, Clone)]
struct Row {
    source: String,
    origin: Origin,
    gold: usize,
    shown: Vec<usize>,
    probability: f32,
}

impl Origin {
    /// Returns who labelled, from the `<head>_by` field of a corpus row.
    pub fn of(by: Option<&str>) -> Self {
        if by == Some("native") { Self::Native } else { Self::Annotated }
    }

    /// Returns the name used in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annotated => "annotated",
            Self::Native => "native",
        }
    }
}

impl HeadTally {
    /// Returns an empty tally of the head called `head` with the model's `labels`, least to most where `ordered`.
    pub fn new<'a>(head: &str, ordered: bool, threshold: f32, labels: impl IntoIterator<Item = &'a str>) -> Self {
        let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        Self { head: head.to_owned(), ordered, threshold, known: labels.len(), labels, rows: Vec::new() }
    }

    /// Adds a row; a prediction without suggestions counts as wrong with probability 0.
    pub fn add(&mut self, case: Case<'_>) {
        let gold = self.index(case.gold);
        let suggestions = &case.predicted.suggestions;
        let shown = suggestions.iter().take(SHOWN).map(|s| self.index(s.label)).collect();
        let probability = suggestions.first().map_or(0.0, |s| s.probability);
        self.rows.push(Row { source: case.source.to_owned(), origin: case.origin, gold, shown, probability });
    }

    /// Returns the scores of everything added.
    pub fn finish(&self) -> HeadEvaluation {
        let pairs = pairs(&self.rows);
        HeadEvaluation {
            head: self.head.clone(),
            ordered: self.ordered,
            threshold: self.threshold,
            overall: self.scores(&self.rows),
            by_source: self.split(|row| row.source.clone()),
            by_origin: self.split(|row| row.origin),
            classes: metrics::class_scores(&pairs).iter().map(|class| self.label_scores(class)).collect(),
            confusions: metrics::confusions(&pairs).into_iter().map(|c| self.confused(c)).collect(),
            unknown: self.labels[self.known..].to_vec(),
        }
    }

    /// Index of a label; one the model does not have is remembered behind the known ones.
    fn index(&mut self, label: &str) -> usize {
        self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        })
    }

    fn split<K: Ord>(&self, key: impl Fn(&Row) -> K) -> BTreeMap<K, Scores> {
        let mut groups: BTreeMap<K, Vec<Row>> = BTreeMap::new();
        for row in &self.rows {
            groups.entry(key(row)).or_default().push(row.clone());
        }
        groups.into_iter().map(|(key, rows)| (key, self.scores(&rows))).collect()
    }

    fn scores(&self, rows: &[Row]) -> Scores {
        let pairs = pairs(rows);
        let ranked: Vec<(usize, &[usize])> = rows.iter().map(|row| (row.gold, row.shown.as_slice())).collect();
        let judged: Vec<(f32, bool)> =
            rows.iter().zip(&pairs).map(|(row, (gold, decided))| (row.probability, gold == decided)).collect();
        let at_threshold = metrics::coverage(&judged, self.threshold);
        Scores {
            rows: rows.len(),
            accuracy: metrics::accuracy(&pairs),
            top3: metrics::top_k_accuracy(&ranked, SHOWN),
            macro_f1: metrics::macro_f1(&pairs),
            calibration_error: metrics::calibration_error(&judged),
            coverage: at_threshold.coverage,
            precision: at_threshold.precision,
            top_label: self.top_label(&pairs),
        }
    }

    fn top_label(&self, pairs: &[(usize, usize)]) -> Option<LabelScores> {
        let label = self.known.checked_sub(1).filter(|_| self.ordered)?;
        let none = ClassScore { label, support: 0, predicted: 0, hits: 0 };
        let class = metrics::class_scores(pairs).into_iter().find(|class| class.label == label).unwrap_or(none);
        Some(self.label_scores(&class))
    }

    fn label_scores(&self, class: &ClassScore) -> LabelScores {
        LabelScores {
            label: self.name(class.label),
            support: class.support,
            predicted: class.predicted,
            hits: class.hits,
            precision: class.precision(),
            recall: class.recall(),
            f1: class.f1(),
        }
    }

    fn confused(&self, (gold, decided, rows): (usize, usize, usize)) -> Confused {
        Confused { gold: self.name(gold), decided: self.name(decided), rows }
    }

    fn name(&self, label: usize) -> String {
        self.labels.get(label).cloned().unwrap_or_else(|| "(none)".to_owned())
    }
}

/// `(gold, decided)` of every row; a row without a suggestion is decided as no label at all.
fn pairs(rows: &[Row]) -> Vec<(usize, usize)> {
    rows.iter().map(|row| (row.gold, row.shown.first().copied().unwrap_or(usize::MAX))).collect()
}

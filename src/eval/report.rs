//! [`Evaluation`]: what the metrics say about each head, overall, by source and by who labelled.

use serde::Serialize;
use std::collections::BTreeMap;

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

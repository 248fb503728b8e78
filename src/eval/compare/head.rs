//! What a comparison says: [`Comparison`], [`HeadComparison`] and their parts.

use super::mcnemar::McNemar;
use crate::eval::bootstrap::Interval;
use serde::Serialize;

/// The same of both models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pair<T> {
    /// Of OLD.
    pub old: T,
    /// Of NEW.
    pub new: T,
}

/// A measure of both models on the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// Of OLD; NaN (null in JSON) where it cannot be computed.
    pub old: f64,
    /// Of NEW; likewise.
    pub new: f64,
    /// NEW - OLD.
    pub change: f64,
    /// Where `change` lies in 95 % of the resamples.
    #[serde(flatten)]
    pub interval: Interval,
}

/// All heads of both models on the same rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Rows judged on at least one head.
    pub rows: usize,
    /// Resamples of the bootstrap.
    pub resamples: usize,
    /// Its seed.
    pub seed: u64,
    /// Rows that each model would hand to a person.
    pub needs_review: Pair<usize>,
    /// The heads that both models have, in OLD's order.
    pub heads: Vec<HeadComparison>,
    /// Heads that only OLD has.
    pub only_old: Vec<String>,
    /// Heads that only NEW has.
    pub only_new: Vec<String>,
}

/// One head of both models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadComparison {
    /// The head's name.
    pub head: String,
    /// Rows compared: their label is known to both models or to neither.
    pub rows: usize,
    /// Whether NEW is better.
    pub outcome: Outcome,
    /// Share of rows whose first suggestion is right.
    pub accuracy: Difference,
    /// Share of rows with the right label among the first three.
    pub top3: Difference,
    /// Mean F1 of the labels that are right for some compared row.
    pub macro_f1: Difference,
    /// Expected calibration error, 15 bins: less is better.
    pub calibration_error: Difference,
    /// Share of rows that reach the model's threshold.
    pub coverage: Difference,
    /// Share of those that are right.
    pub precision: Difference,
    /// The thresholds.
    pub threshold: Pair<f32>,
    /// McNemar's test on accuracy.
    pub test: McNemar,
    /// For an ordered head whose last label both models share: that label, which must not be missed.
    pub top_label: Option<TopLabel>,
    /// Labels that are right or decided somewhere, greatest loss of F1 first.
    pub classes: Vec<ClassComparison>,
    /// OLD's last label where the labels are ordered, if it is not NEW's last one too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_lost: Option<String>,
    /// Labels that just one model knows, in the models' order.
    pub unshared: Vec<Unshared>,
    /// Labels that neither model knows, with their rows, which count as wrong.
    pub unknown: Vec<Told>,
    /// Compared rows for which each model decided a label that the other does not know.
    pub strays: Pair<usize>,
    /// Rows that NEW has wrong and OLD right, NEW's surest first; as many as were asked for.
    pub broke: Vec<Changed>,
    /// Rows that OLD has wrong and NEW right, OLD's surest first; as many as were asked for.
    pub fixed: Vec<Changed>,
}

/// Whether NEW is better, by the intervals of accuracy and macro-F1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// At least one lies above 0 and none below.
    Better,
    /// At least one lies below 0 and none above.
    Worse,
    /// One lies above and one below.
    Mixed,
    /// Both hold 0: the rows do not tell.
    Unclear,
    /// No row has a label for the head that could be compared.
    NoRows,
}

/// One label of both models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassComparison {
    /// The label's id.
    pub label: String,
    /// Compared rows whose label it is.
    pub support: usize,
    /// Rows for which it was decided.
    pub decided: Pair<usize>,
    /// Rows of its own for which it was decided.
    pub hits: Pair<usize>,
    /// Hits over decisions; 0 where it was never decided.
    pub precision: Difference,
    /// Hits over support; 0 where there is none.
    pub recall: Difference,
    /// Their harmonic mean.
    pub f1: Difference,
    /// McNemar's test on the label's own rows.
    pub test: McNemar,
    /// Whether the test stands among those of all labels of the head (Holm's correction at 5 %).
    pub stands: bool,
}

/// The last label of an ordered head, such as `darurat`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopLabel {
    /// The label's id.
    pub label: String,
    /// Rows whose label it is.
    pub support: usize,
    /// Of these, found.
    pub hits: Pair<usize>,
    /// Rows of other labels for which it was decided.
    pub false_alarms: Pair<usize>,
    /// Hits over support.
    pub recall: Difference,
    /// `fixed`: missed by OLD and found by NEW; `broke`: found by OLD and missed by NEW.
    pub test: McNemar,
}

/// A label that just one model knows, and how its rows fare; they are not among the compared rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unshared {
    /// The label's id.
    pub label: String,
    /// Whether the model that knows it is OLD.
    pub in_old: bool,
    /// Rows whose label it is.
    pub rows: usize,
    /// How many of these the model that knows it has right.
    pub hits: usize,
    /// What the other model decides for them, most frequent first.
    pub other: Vec<Told>,
}

/// A label and a number of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The label's id.
    pub label: String,
    /// Rows.
    pub rows: usize,
}

/// A row of which just one model is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// The caller's number of the row.
    pub row: usize,
    /// The row's id, or where it stands; empty until the caller fills it in.
    pub place: String,
    /// The row's text, masked; empty until the caller fills it in.
    pub text: String,
    /// The right label.
    pub gold: String,
    /// What OLD answers.
    pub old: Answer,
    /// What NEW answers.
    pub new: Answer,
}

/// A model's first suggestion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The label's id.
    pub label: String,
    /// Its probability.
    pub probability: f32,
}

impl Difference {
    /// Returns the measure of both models with the interval of its change.
    pub(super) fn new(old: f64, new: f64, interval: Interval) -> Self {
        Self { old, new, change: new - old, interval }
    }

    /// Returns whether the whole interval lies above 0.
    pub fn rises(&self) -> bool {
        self.interval.low > 0.0
    }

    /// Returns whether the whole interval lies below 0.
    pub fn falls(&self) -> bool {
        self.interval.high < 0.0
    }
}

impl Outcome {
    /// Returns what the differences in accuracy and macro-F1 amount to.
    pub(super) fn of(accuracy: &Difference, macro_f1: &Difference) -> Self {
        let rises = accuracy.rises() || macro_f1.rises();
        let falls = accuracy.falls() || macro_f1.falls();
        match (rises, falls) {
            (true, false) => Self::Better,
            (false, true) => Self::Worse,
            (true, true) => Self::Mixed,
            (false, false) => Self::Unclear,
        }
    }

    /// Returns the outcome in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Mixed => "mixed",
            Self::Unclear => "no clear difference",
            Self::NoRows => "not compared",
        }
    }
}

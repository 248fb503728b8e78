//! [`Figures`]: everything that the report of `pilah evaluate --report` says, as the page and as JSON.
//!
//! | key of the JSON | what it holds |
//! |---|---|
//! | `about` | model, fingerprint, data, split, origin of the labels, seed and resamples of the intervals |
//! | `rows`, `needs_review` | as in [`Evaluation`](super::Evaluation) |
//! | `heads` | [`HeadFigures`]: all keys of [`HeadEvaluation`], and intervals, matrix, curves, groups and mistakes |
//! | `learning_curve` | [`LearningCurve`], where it was asked for |
//!
//! Shares are in 0..=1. An interval is `{"low", "high"}`, and null where there is nothing to measure.

mod draw;
mod groups;
mod mistakes;

pub use groups::{Group, GroupKind};
pub use mistakes::{ConfusedTexts, Mark, Mistake, Passage};

use super::bootstrap::{Interval, RESAMPLES, intervals};
use super::report::HeadEvaluation;
use super::tally::{HeadTally, pairs};
use super::threshold::{self, Bin, Point, Target};
use super::{LearningCurve, Origin};
use draw::Draws;
use serde::Serialize;

/// Everything the report says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// What was judged on what.
    pub about: Subject,
    /// Rows judged on at least one head.
    pub rows: usize,
    /// Rows the model would hand to a person.
    pub needs_review: usize,
    /// One per head, in the model's order; heads without gold labels have 0 rows.
    pub heads: Vec<HeadFigures>,
    /// What more labels bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_curve: Option<LearningCurve>,
}

/// What was judged on what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subject {
    /// The model's name or file.
    pub model: String,
    /// What tells it from any other model.
    pub fingerprint: String,
    /// Files or folders of the rows.
    pub data: Vec<String>,
    /// Splits that were judged; all where empty.
    pub split: Vec<String>,
    /// The origin of the labels that were judged; any where absent.
    pub by: Option<Origin>,
    /// Whether texts of reports are in here.
    pub texts: bool,
    /// Seed of the intervals.
    pub seed: u64,
    /// Resamples drawn for them.
    pub resamples: usize,
}

/// The figures of one head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadFigures {
    /// The scores without intervals.
    #[serde(flatten)]
    pub scores: HeadEvaluation,
    /// Intervals of the scores of all rows.
    pub intervals: ScoreIntervals,
    /// Intervals of the classes' F1, in the order of `classes`.
    pub f1_intervals: Vec<Option<Interval>>,
    /// Rows by right label (outer) and decided label (inner), both in the order of `classes`.
    pub matrix: Vec<Vec<usize>>,
    /// Every confusion with some of the rows behind it, in the order of `confusions`.
    pub confused_texts: Vec<ConfusedTexts>,
    /// What the probabilities are worth.
    pub reliability: Vec<Bin>,
    /// Coverage against precision.
    pub curve: Vec<Point>,
    /// Thresholds for wanted precisions.
    pub targets: Vec<Target>,
    /// Scores by source, month, length of the text and who labelled.
    pub groups: Vec<Group>,
    /// Wrong answers of the highest probability.
    pub worst: Vec<Mistake>,
    /// For an ordered head the wrong answers that are furthest from the right one.
    pub furthest: Vec<Mistake>,
}

/// The intervals of a head's scores; see [`Scores`](super::Scores).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ScoreIntervals {
    /// Of the accuracy.
    pub accuracy: Option<Interval>,
    /// Of the share with the right label among the first three.
    pub top3: Option<Interval>,
    /// Of macro-F1.
    pub macro_f1: Option<Interval>,
    /// Of the expected calibration error.
    pub calibration_error: Option<Interval>,
    /// Of the coverage at the threshold.
    pub coverage: Option<Interval>,
    /// Of the precision at the threshold.
    pub precision: Option<Interval>,
    /// For an ordered head, of the recall of its last label.
    pub top_recall: Option<Interval>,
    /// For an ordered head, of the precision of its last label.
    pub top_precision: Option<Interval>,
}

impl HeadTally {
    /// Returns the figures of everything added.
    ///
    /// `passage` gives the text of the row of that number as it may be shown, with the words that spoke for the head's
    /// answer; none where texts are to be left out.
    pub fn figures(&self, seed: u64, passage: &dyn Fn(usize, &str) -> Option<Passage>) -> HeadFigures {
        let scores = self.finish();
        let groups = self.groups();
        let draws = Draws::new(self, &groups);
        let mut drawn = intervals(self.rows.len(), RESAMPLES, seed, |rows| draws.statistics(rows)).into_iter();
        let mut next = || drawn.next().filter(|interval| !interval.low.is_nan());
        let intervals = ScoreIntervals {
            accuracy: next(),
            top3: next(),
            macro_f1: next(),
            calibration_error: next(),
            coverage: next(),
            precision: next(),
            top_recall: next(),
            top_precision: next(),
        };
        let f1_intervals = scores.classes.iter().map(|_| next()).collect();
        let groups = groups.into_iter().map(|(group, _)| Group { accuracy: next(), ..group }).collect();
        let judged: Vec<(f32, bool)> = self.rows.iter().map(|row| (row.probability, row.is_right())).collect();
        HeadFigures {
            intervals,
            f1_intervals,
            matrix: self.matrix(),
            confused_texts: self.confused_texts(passage),
            reliability: threshold::reliability(&judged),
            curve: threshold::curve(&judged),
            targets: threshold::targets(&judged),
            groups,
            worst: self.worst(passage),
            furthest: self.furthest(passage),
            scores,
        }
    }

    /// Rows by right and decided label, both in the order of [`HeadEvaluation::classes`].
    fn matrix(&self) -> Vec<Vec<usize>> {
        let pairs = pairs(&self.rows);
        let labels: Vec<usize> = super::metrics::class_scores(&pairs).iter().map(|class| class.label).collect();
        let mut matrix = vec![vec![0; labels.len()]; labels.len()];
        for (gold, decided) in pairs {
            if let (Ok(gold), Ok(decided)) = (labels.binary_search(&gold), labels.binary_search(&decided)) {
                matrix[gold][decided] += 1;
            }
        }
        matrix
    }
}

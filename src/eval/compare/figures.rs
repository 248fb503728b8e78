//! What is measured of one model on drawn rows, and the intervals of the difference of two.

use super::SEED;
use super::head::{Difference, Pair};
use super::tally::{Row, Said};
use crate::eval::bootstrap::{Interval, RESAMPLES, intervals};
use crate::eval::metrics::{self, ClassScore};

/// Measures of a whole head, in the order of [`Figures::values`].
const MEASURES: usize = 6;

/// The measures of one model on some rows.
pub(super) struct Figures {
    accuracy: f64,
    top3: f64,
    calibration_error: f64,
    coverage: f64,
    precision: f64,
    /// By the label's index, those without rows too.
    pub(super) classes: Vec<ClassScore>,
}

/// The differences of a head and of the labels asked for.
pub(super) struct Differences {
    /// Accuracy, top-3, macro-F1, calibration error, coverage, precision.
    pub(super) head: [Difference; MEASURES],
    /// Precision, recall and F1 of each label.
    pub(super) classes: Vec<[Difference; 3]>,
}

impl Figures {
    /// Returns the measures over `rows` of what `side` picks; there are `labels` labels.
    pub(super) fn new<'r>(
        rows: impl Iterator<Item = &'r Row> + Clone,
        labels: usize,
        threshold: f32,
        side: impl Fn(&Row) -> &Said,
    ) -> Self {
        let mut classes: Vec<ClassScore> =
            (0..labels).map(|label| ClassScore { label, support: 0, predicted: 0, hits: 0 }).collect();
        let (mut among, mut judged) = (0, Vec::new());
        for row in rows {
            let said = side(row);
            let right = said.decided() == Some(row.gold);
            classes[row.gold].support += 1;
            classes[row.gold].hits += usize::from(right);
            if let Some(decided) = said.decided() {
                classes[decided].predicted += 1;
            }
            among += usize::from(said.shown.contains(&row.gold));
            judged.push((said.probability, right));
        }
        let (right, reached) =
            (classes.iter().map(|class| class.hits).sum::<usize>(), metrics::coverage(&judged, threshold));
        let share = |part: usize| part as f64 / judged.len().max(1) as f64;
        Self {
            accuracy: share(right),
            top3: share(among),
            calibration_error: metrics::calibration_error(&judged),
            coverage: reached.coverage,
            precision: reached.precision.unwrap_or(f64::NAN),
            classes,
        }
    }

    /// Mean F1 of the labels that have rows, which are the same for both models.
    fn macro_f1(&self) -> f64 {
        let with_rows = || self.classes.iter().filter(|class| class.support > 0);
        with_rows().map(ClassScore::f1).sum::<f64>() / with_rows().count().max(1) as f64
    }

    fn values(&self) -> [f64; MEASURES] {
        [self.accuracy, self.top3, self.macro_f1(), self.calibration_error, self.coverage, self.precision]
    }
}

/// Precision, recall and F1.
fn scores(class: &ClassScore) -> [f64; 3] {
    [class.precision(), class.recall(), class.f1()]
}

/// Returns the differences between both models' figures on `rows`, with intervals; `shown` are the labels wanted.
pub(super) fn differences(
    rows: &[&Row],
    whole: &Pair<Figures>,
    shown: &[usize],
    figures: impl Fn(&[&Row]) -> Pair<Figures>,
) -> Differences {
    let changes = |drawn: &[u32]| {
        let drawn: Vec<&Row> = drawn.iter().map(|&at| rows[at as usize]).collect();
        changes(&figures(&drawn), shown)
    };
    let found = intervals(rows.len(), RESAMPLES, SEED, changes);
    let (old, new) = (whole.old.values(), whole.new.values());
    let head = std::array::from_fn(|at| Difference::new(old[at], new[at], found[at]));
    let classes = shown.iter().zip(found[MEASURES..].chunks_exact(3));
    Differences { head, classes: classes.map(|(&label, found)| class(whole, label, found)).collect() }
}

fn class(whole: &Pair<Figures>, label: usize, found: &[Interval]) -> [Difference; 3] {
    let (old, new) = (scores(&whole.old.classes[label]), scores(&whole.new.classes[label]));
    std::array::from_fn(|at| Difference::new(old[at], new[at], found[at]))
}

/// NEW - OLD of every measure; a label of which no row was drawn has none.
fn changes(figures: &Pair<Figures>, shown: &[usize]) -> Vec<f64> {
    let (old, new) = (figures.old.values(), figures.new.values());
    let mut changes: Vec<f64> = old.iter().zip(new).map(|(old, new)| new - old).collect();
    for &label in shown {
        let (old, new) = (&figures.old.classes[label], &figures.new.classes[label]);
        let change = scores(old).into_iter().zip(scores(new)).map(|(old, new)| new - old);
        changes.extend(change.map(|change| if old.support > 0 { change } else { f64::NAN }));
    }
    changes
}

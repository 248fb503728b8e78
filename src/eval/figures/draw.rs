//! What is measured on each resample.

use super::Group;
use crate::eval::metrics::{self, ClassScore};
use crate::eval::tally::{HeadTally, SHOWN, pairs};

/// The rows of a head as the measures want them, and the groups whose accuracy is measured too.
pub(super) struct Draws<'t> {
    tally: &'t HeadTally,
    pairs: Vec<(usize, usize)>,
    /// Labels of [`HeadEvaluation::classes`](crate::eval::HeadEvaluation), rising.
    labels: Vec<usize>,
    /// Per row the groups that hold it.
    member: Vec<Vec<usize>>,
    groups: usize,
}

impl<'t> Draws<'t> {
    pub(super) fn new(tally: &'t HeadTally, groups: &[(Group, Vec<usize>)]) -> Self {
        let pairs = pairs(&tally.rows);
        let mut member = vec![Vec::new(); tally.rows.len()];
        for (group, (_, rows)) in groups.iter().enumerate() {
            rows.iter().for_each(|&row| member[row].push(group));
        }
        let labels = metrics::class_scores(&pairs).iter().map(|class| class.label).collect();
        Self { tally, pairs, labels, member, groups: groups.len() }
    }

    /// Returns the figures of the drawn rows in the order in which [`HeadTally::figures`] takes their intervals.
    pub(super) fn statistics(&self, drawn: &[u32]) -> Vec<f64> {
        let row = |&at: &u32| &self.tally.rows[at as usize];
        let pairs: Vec<(usize, usize)> = drawn.iter().map(|&at| self.pairs[at as usize]).collect();
        let ranked: Vec<(usize, &[usize])> = drawn.iter().map(row).map(|row| (row.gold, &row.shown[..])).collect();
        let judged: Vec<(f32, bool)> = drawn
            .iter()
            .map(row)
            .zip(&pairs)
            .map(|(row, (gold, decided))| (row.probability, gold == decided))
            .collect();
        let at_threshold = metrics::coverage(&judged, self.tally.threshold);
        let classes = metrics::class_scores(&pairs);
        let top = self.tally.known.checked_sub(1).filter(|_| self.tally.ordered);
        let top = top.and_then(|top| find(&classes, top));
        let mut figures = vec![
            metrics::accuracy(&pairs),
            metrics::top_k_accuracy(&ranked, SHOWN),
            metrics::mean_f1(&classes),
            metrics::calibration_error(&judged),
            at_threshold.coverage,
            at_threshold.precision.unwrap_or(f64::NAN),
            top.filter(|top| top.support > 0).map_or(f64::NAN, ClassScore::recall),
            top.filter(|top| top.predicted > 0).map_or(f64::NAN, ClassScore::precision),
        ];
        // Nothing drawn is no figure at all.
        figures.iter_mut().filter(|_| drawn.is_empty()).for_each(|figure| *figure = f64::NAN);
        figures.extend(self.labels.iter().map(|&label| find(&classes, label).map_or(f64::NAN, ClassScore::f1)));
        figures.extend(self.group_accuracies(drawn));
        figures
    }

    fn group_accuracies(&self, drawn: &[u32]) -> impl Iterator<Item = f64> {
        let mut counts = vec![(0_u32, 0_u32); self.groups];
        for &at in drawn {
            let (gold, decided) = self.pairs[at as usize];
            for &group in &self.member[at as usize] {
                counts[group].0 += 1;
                counts[group].1 += u32::from(gold == decided);
            }
        }
        counts.into_iter().map(|(rows, right)| f64::from(right) / f64::from(rows)) // 0 / 0 is NaN: left out
    }
}

fn find(classes: &[ClassScore], label: usize) -> Option<&ClassScore> {
    classes.binary_search_by_key(&label, |class| class.label).ok().map(|at| &classes[at])
}

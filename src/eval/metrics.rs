//! Measures of one head over plain numbers: pairs `(gold, decided)` of label indices and pairs `(probability, correct)`.
//!
//! Empty input gives 0 for every share and never NaN; shares are in 0..=1.

use std::collections::BTreeMap;

/// Number of equal-width bins of [`calibration_error`].
pub const BINS: usize = 15;

/// Precision, recall and F1 of one label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassScore {
    /// The label's index.
    pub label: usize,
    /// Rows whose gold label it is.
    pub support: usize,
    /// Rows for which it was decided.
    pub predicted: usize,
    /// Rows where both agree.
    pub hits: usize,
}

/// How much of the data is answered at a threshold, and how well.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Share of rows whose probability reaches the threshold.
    pub coverage: f64,
    /// Share of those rows that are right; `None` where no row reaches the threshold.
    pub precision: Option<f64>,
}

/// Returns the share of `(gold, decided)` pairs that are equal.
pub fn accuracy(pairs: &[(usize, usize)]) -> f64 {
    share(pairs.iter().filter(|(gold, decided)| gold == decided).count(), pairs.len())
}

/// Returns the share of rows whose gold label is among the first `k` of its ranking, best first.
///
/// Ties of probability count in the order the ranking gives them, so the measure is exact about what a person is shown.
pub fn top_k_accuracy<R: AsRef<[usize]>>(rows: &[(usize, R)], k: usize) -> f64 {
    let found = rows.iter().filter(|(gold, ranked)| ranked.as_ref().iter().take(k).any(|label| label == gold));
    share(found.count(), rows.len())
}

/// Returns the scores of every label that occurs in gold or as a decision, by ascending label index.
pub fn class_scores(pairs: &[(usize, usize)]) -> Vec<ClassScore> {
    let mut classes = BTreeMap::new();
    for &(gold, decided) in pairs {
        entry(&mut classes, gold).support += 1;
        entry(&mut classes, decided).predicted += 1;
        if gold == decided {
            entry(&mut classes, gold).hits += 1;
        }
    }
    classes.into_values().collect()
}

/// Returns the unweighted mean of F1 over the labels that occur in gold or as a decision.
///
/// A label that is never decided, or decided but never gold, counts 0; labels that occur in neither are left out, as in
/// scikit-learn's `f1_score(average="macro")` without `labels`.
pub fn macro_f1(pairs: &[(usize, usize)]) -> f64 {
    mean_f1(&class_scores(pairs))
}

/// Returns the unweighted mean of the classes' F1: [`macro_f1`] where the scores are at hand already.
pub fn mean_f1(classes: &[ClassScore]) -> f64 {
    mean(classes.iter().map(ClassScore::f1), classes.len())
}

/// Returns the expected calibration error of `(probability of the decided label, was it right)` rows.
///
/// The rows are put into [`BINS`] = 15 bins of equal width, ((m-1)/15, m/15], 0 going into the first, and
///
/// ```text
/// ECE = sum over bins  |bin| / n  *  | share right in the bin  -  mean probability in the bin |
/// ```
///
/// Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017, eq. 3 (after Naeini et al. 2015).
/// What is no probability does no harm: under 0 and NaN count as 0, over 1 goes into the last bin.
pub fn calibration_error(rows: &[(f32, bool)]) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); BINS];
    for &(probability, right) in rows {
        let probability = probability.max(0.0); // NaN too
        let (sum, hits) = &mut bins[bin(probability)];
        *sum += f64::from(probability);
        *hits += f64::from(u8::from(right));
    }
    mean(bins.iter().map(|(sum, hits)| (hits - sum).abs()), rows.len())
}

/// Returns the share of `(probability, correct)` rows that reach `threshold` and the precision among them.
///
/// A probability equal to the threshold reaches it.
pub fn coverage(rows: &[(f32, bool)], threshold: f32) -> Coverage {
    let covered: Vec<bool> = rows.iter().filter(|(p, _)| *p >= threshold).map(|&(_, right)| right).collect();
    let right = covered.iter().filter(|&&right| right).count();
    Coverage {
        coverage: share(covered.len(), rows.len()),
        precision: (!covered.is_empty()).then(|| share(right, covered.len())),
    }
}

/// Returns `(gold, decided, rows)` of every confusion, most frequent first, then by gold and decided index.
pub fn confusions(pairs: &[(usize, usize)]) -> Vec<(usize, usize, usize)> {
    let mut counts = BTreeMap::new();
    for &pair in pairs.iter().filter(|(gold, decided)| gold != decided) {
        *counts.entry(pair).or_insert(0) += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().map(|((gold, decided), n)| (gold, decided, n)).collect();
    rows.sort_by_key(|&(_, _, n)| std::cmp::Reverse(n));
    rows
}

impl ClassScore {
    /// Returns the share of decisions for this label that are right; 0 where it was never decided.
    pub fn precision(&self) -> f64 {
        share(self.hits, self.predicted)
    }

    /// Returns the share of this label's rows that were found; 0 where it has none.
    pub fn recall(&self) -> f64 {
        share(self.hits, self.support)
    }

    /// Returns the harmonic mean of precision and recall; 0 where both are.
    pub fn f1(&self) -> f64 {
        share(2 * self.hits, self.support + self.predicted)
    }
}

fn entry(classes: &mut BTreeMap<usize, ClassScore>, label: usize) -> &mut ClassScore {
    classes.entry(label).or_insert(ClassScore { label, support: 0, predicted: 0, hits: 0 })
}

/// Index of the bin ((m-1)/15, m/15] that holds `probability`.
pub(super) fn bin(probability: f32) -> usize {
    let upper = (probability * BINS as f32).ceil() as usize;
    upper.clamp(1, BINS) - 1
}

fn share(part: usize, whole: usize) -> f64 {
    mean([part as f64].into_iter(), whole)
}

/// Sum over `n`, or 0 where there is nothing.
fn mean(values: impl Iterator<Item = f64>, n: usize) -> f64 {
    if n == 0 { 0.0 } else { values.sum::<f64>() / n as f64 }
}

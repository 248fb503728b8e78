//! Scoring: features -> logits -> calibrated probabilities -> a decision per head.

use super::{Head, Model, widest};
use crate::features::Features;

/// Scores of one text: hidden units after rectification, and logits of all heads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scores {
    pub(crate) hidden: Vec<f32>,
    pub(crate) logits: Vec<f32>,
}

/// A head's decision: labels in the order of preference, with their probabilities.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Decision {
    /// Label indices, best first; see [`Head::recall_threshold`] for the one case where the first is not the likeliest.
    pub(crate) ranking: Vec<usize>,
    /// Probability of each label, by label index; they sum to 1.
    pub(crate) probabilities: Vec<f32>,
}

impl Model {
    /// Returns the scores of `features`.
    #[cfg(all(feature = "train", not(target_family = "wasm")))]
    pub(crate) fn scores(&self, features: &Features) -> Scores {
        let mut scores = Scores::default();
        self.score(features, &mut scores);
        scores
    }

    /// Sets `scores` to those of `features`: `z = c + V max(0, b + E' x)`, every sum in a fixed order.
    #[inline(never)]
    pub(crate) fn score(&self, features: &Features, scores: &mut Scores) {
        widest(
            #[inline(always)]
            || self.sum_up(features, scores),
        );
    }

    #[inline(always)]
    fn sum_up(&self, features: &Features, scores: &mut Scores) {
        let w = &self.weights;
        let Scores { hidden, logits } = scores;
        weighted_sum(hidden, w.hidden, features.entries().iter().map(|&(id, weight)| (weight, self.row(id))));
        for (unit, bias) in hidden.iter_mut().zip(&w.bias) {
            *unit = *unit * w.row_scale + bias;
            // Not `max`, whose care for NaN is a call of its own on WebAssembly.
            if *unit <= 0.0 {
                *unit = 0.0;
            }
        }
        let labels = w.output_bias.len();
        let columns = hidden.iter().copied().zip(w.output.chunks_exact(labels));
        weighted_sum(logits, labels, columns.filter(|&(unit, _)| unit > 0.0));
        for ((logit, scale), bias) in logits.iter_mut().zip(&w.output_scale).zip(&w.output_bias) {
            *logit = *logit * scale + bias;
        }
    }

    /// Returns the quantised row of feature `id`.
    #[inline(always)]
    pub(crate) fn row(&self, id: u32) -> &[i8] {
        let start = id as usize * self.weights.hidden;
        &self.weights.rows[start..start + self.weights.hidden]
    }
}

/// How many sums are kept in registers at a time: eight SSE registers, which leaves as many to work with.
const BLOCK: usize = 32;
/// How many of those that are left over: what two SSE registers or one of AVX hold.
const SMALL_BLOCK: usize = 8;

/// Sets `sums` to the sum of `rows`, each of `width` steps, by their weights; always in the order of the rows.
#[inline(always)]
fn weighted_sum<'r>(sums: &mut Vec<f32>, width: usize, rows: impl Iterator<Item = (f32, &'r [i8])> + Clone) {
    sums.clear();
    sums.resize(width, 0.0);
    let start = sum_blocks::<BLOCK>(sums, 0, &rows);
    // A browser's module is to be small.
    let more = !cfg!(target_family = "wasm");
    let start = if more { sum_blocks::<SMALL_BLOCK>(sums, start, &rows) } else { start };
    if start < width {
        rows.for_each(|(weight, row)| add(&mut sums[start..], weight, &row[start..]));
    }
}

/// Sums `N` columns at a time from `start` on, as long as there are so many; returns the first column left over.
#[inline(always)]
fn sum_blocks<'r, const N: usize>(
    sums: &mut [f32],
    start: usize,
    rows: &(impl Iterator<Item = (f32, &'r [i8])> + Clone),
) -> usize {
    let mut start = start;
    for block in sums[start..].as_chunks_mut::<N>().0 {
        let mut local = *block;
        for (weight, row) in rows.clone() {
            if let Some(steps) = row.get(start..).and_then(<[i8]>::first_chunk::<N>) {
                add(&mut local, weight, steps);
            }
        }
        *block = local;
        start += N;
    }
    start
}

/// `to += weight * steps`.
#[inline(always)]
fn add(to: &mut [f32], weight: f32, steps: &[i8]) {
    to.iter_mut().zip(steps).for_each(|(to, &step)| *to += weight * f32::from(step));
}

/// Turns logits into probabilities in place: `(1 - doubt) softmax(z / temperature) + doubt / labels`.
pub(crate) fn calibrate(logits: &mut [f32], temperature: f32, doubt: f32) {
    let top = logits.iter().fold(f32::NEG_INFINITY, |top, &z| if z > top { z } else { top });
    let mut sum = 0.0;
    for z in logits.iter_mut() {
        *z = libm::expf((*z - top) / temperature);
        sum += *z;
    }
    let (share, rest) = ((1.0 - doubt) / sum, doubt / logits.len() as f32);
    logits.iter_mut().for_each(|p| *p = *p * share + rest);
}

/// How much of a decision is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Every label, ranked.
    Whole,
    /// The first label only.
    Brief,
}

/// Sets `decision` to the head's decision on its `logits`: calibrated probabilities, then the ranking.
pub(crate) fn decide(head: &Head, logits: &[f32], extent: Extent, keys: &mut Vec<u64>, decision: &mut Decision) {
    let Decision { ranking, probabilities } = decision;
    probabilities.clear();
    probabilities.extend_from_slice(logits);
    calibrate(probabilities, head.temperature, head.doubt);
    ranking.clear();
    match extent {
        Extent::Whole => ranking.extend(rank(probabilities, keys)),
        Extent::Brief => ranking.push(likeliest(probabilities)),
    }
    if let Some(label) = raised(head, probabilities).filter(|&label| label > ranking[0]) {
        put_first(ranking, label);
    }
}

/// Returns the highest label whose threshold is reached by the probability of itself and all above it.
fn raised(head: &Head, probabilities: &[f32]) -> Option<usize> {
    let mut at_least = 0.0;
    head.at_least.iter().zip(probabilities).enumerate().rev().find_map(|(label, (threshold, probability))| {
        at_least += probability;
        threshold.filter(|&threshold| at_least >= threshold).map(|_| label)
    })
}

/// Returns the positions of `values`, none of them negative, highest first, equal ones in their order; `keys` is memory.
pub(crate) fn rank(values: &[f32], keys: &mut Vec<u64>) -> impl Iterator<Item = usize> {
    // Numbers that are not negative rise as their bits do, so one integer holds what to sort by and the position.
    let key = |(at, value): (usize, &f32)| u64::from(!value.to_bits()) << 32 | at as u64;
    keys.clear();
    keys.extend(values.iter().enumerate().map(key));
    keys.sort_unstable();
    keys.iter().map(|&key| key as u32 as usize)
}

/// Returns the position of the highest of `values`, the first of equal ones: what [`rank`] puts first.
fn likeliest(values: &[f32]) -> usize {
    let higher = |best: usize, at: usize| if values[at] > values[best] { at } else { best };
    (1..values.len()).fold(0, higher)
}

/// Moves `label` to the front of `ranking`, the others keep their order; a ranking of one label becomes `label`.
pub(crate) fn put_first(ranking: &mut [usize], label: usize) {
    match (ranking.iter().position(|&l| l == label), ranking) {
        (Some(at), ranking) => ranking[..=at].rotate_right(1),
        (None, [only]) => *only = label,
        (None, _) => {}
    }
}

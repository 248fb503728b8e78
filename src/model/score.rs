//! Scoring: features -> logits -> calibrated probabilities -> a decision per head.

use super::{Head, Model};
use crate::features::Features;

/// Scores of one text: hidden units after rectification, and logits of all heads.
#[derive(Debug, Clone)]
pub(crate) struct Scores {
    pub(crate) hidden: Vec<f32>,
    pub(crate) logits: Vec<f32>,
}

/// A head's decision: labels in the order of preference, with their probabilities.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    /// Label indices, best first; see [`Head::recall_threshold`] for the one case where the first is not the likeliest.
    pub(crate) ranking: Vec<usize>,
    /// Probability of each label, by label index; they sum to 1.
    pub(crate) probabilities: Vec<f32>,
}

impl Model {
    /// Returns the scores of `features`: `z = c + V max(0, b + E' x)`, every sum in a fixed order.
    pub(crate) fn scores(&self, features: &Features) -> Scores {
        let w = &self.weights;
        let mut hidden = vec![0.0f32; w.hidden];
        for &(id, weight) in features.entries() {
            add_steps(&mut hidden, weight, self.row(id));
        }
        for (unit, bias) in hidden.iter_mut().zip(&w.bias) {
            *unit = (*unit * w.row_scale + bias).max(0.0);
        }
        let mut logits = vec![0.0f32; w.output_bias.len()];
        for (&unit, column) in hidden.iter().zip(w.output.chunks_exact(logits.len())) {
            if unit > 0.0 {
                add_steps(&mut logits, unit, column);
            }
        }
        for ((logit, scale), bias) in logits.iter_mut().zip(&w.output_scale).zip(&w.output_bias) {
            *logit = *logit * scale + bias;
        }
        Scores { hidden, logits }
    }

    /// Returns the quantised row of feature `id`.
    pub(crate) fn row(&self, id: u32) -> &[i8] {
        let start = id as usize * self.weights.hidden;
        &self.weights.rows[start..start + self.weights.hidden]
    }

    /// Returns, for a label of head `range`, how much one unit of each hidden unit speaks for it against the head's mean.
    pub(crate) fn direction(&self, scores: &Scores, range: std::ops::Range<usize>, label: usize) -> Vec<f32> {
        let w = &self.weights;
        let labels = w.output_bias.len();
        let count = range.len() as f32;
        scores
            .hidden
            .iter()
            .zip(w.output.chunks_exact(labels))
            .map(|(&unit, column)| {
                let weight = |at: usize| f32::from(column[at]) * w.output_scale[at];
                let mean = range.clone().map(weight).sum::<f32>() / count;
                // A unit that is off says nothing: the network is linear in the units that are on.
                if unit > 0.0 { (weight(range.start + label) - mean) * w.row_scale } else { 0.0 }
            })
            .collect()
    }
}

/// `to += scale * steps`.
#[inline]
fn add_steps(to: &mut [f32], scale: f32, steps: &[i8]) {
    for (to, &step) in to.iter_mut().zip(steps) {
        *to += scale * f32::from(step);
    }
}

/// Returns the head's decision on its `logits`: softmax at the head's temperature (Guo et al. 2017), then the ranking.
pub(crate) fn decide(head: &Head, logits: &[f32]) -> Decision {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut probabilities: Vec<f32> = logits.iter().map(|z| libm::expf((z - top) / head.temperature)).collect();
    let sum: f32 = probabilities.iter().sum();
    probabilities.iter_mut().for_each(|p| *p /= sum);
    let mut ranking: Vec<usize> = (0..logits.len()).collect();
    // Stable: equal probabilities stay in the order of the labels.
    ranking.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
    if let (Some(threshold), Some(last)) = (head.recall_threshold, logits.len().checked_sub(1))
        && probabilities[last] >= threshold
    {
        put_first(&mut ranking, last);
    }
    Decision { ranking, probabilities }
}

/// Moves `label` to the front of `ranking`, the others keep their order.
pub(crate) fn put_first(ranking: &mut [usize], label: usize) {
    if let Some(at) = ranking.iter().position(|&l| l == label) {
        ranking[..=at].rotate_right(1);
    }
}

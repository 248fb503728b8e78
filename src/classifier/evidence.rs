//! The words that decided.
//!
//! With its inactive units left out the network is linear, so a label's score is a sum over the words; a word's weight is
//! its term of that sum, against the mean of the head's labels.

use super::Classifier;
use crate::model::{Decision, Model, Scores, ranked};
use crate::prediction::Evidence;
use crate::text::Term;
use std::ops::Range;

/// Evidence under this share of a head's strongest word is not shown: it would mark half the text.
const SHARE: f32 = 0.25;
/// Most pieces of evidence per head.
const MOST: usize = 6;
/// How many labels are weighed at once: as many numbers as an SSE register holds, and heads as the shipped models have.
const LANES: usize = 4;

/// How many hidden units are widened at once: as many as fill the registers without being spilled.
const AT_ONCE: usize = 16;

/// A number for each of the labels that are weighed at once.
type Lanes = [f32; LANES];

/// A feature's weight at one place of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) id: u32,
    pub(super) weight: f32,
    /// The first and the last term it is made of.
    pub(super) first: usize,
    pub(super) last: usize,
}

/// How much one unit of each hidden unit speaks for each label, against the mean of the label's head: equal for all
/// texts, so it is worked out once.
#[derive(Debug, Clone)]
pub(super) struct Directions {
    hidden: usize,
    /// Labels of all heads x hidden.
    weights: Vec<f32>,
}

impl Directions {
    pub(super) fn new(model: &Model) -> Self {
        let w = &model.weights;
        let labels = w.output_bias.len();
        let mut weights = vec![0.0; labels * w.hidden];
        for range in model.ranges() {
            for (unit, column) in w.output.chunks_exact(labels).enumerate() {
                let weight = |at: usize| f32::from(column[at]) * w.output_scale[at];
                let mean = range.clone().map(weight).sum::<f32>() / range.len() as f32;
                for label in range.clone() {
                    weights[label * w.hidden + unit] = (weight(label) - mean) * w.row_scale;
                }
            }
        }
        Self { hidden: w.hidden, weights }
    }

    /// Returns what each hidden unit of a text says for each of `labels`, at most [`LANES`]; nothing if it is off.
    fn towards(&self, labels: &[usize], scores: &Scores) -> Vec<Lanes> {
        let mut all = vec![Lanes::default(); self.hidden];
        for (unit, _) in scores.hidden.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let says = |&label: &usize| self.weights[label * self.hidden + unit];
            all[unit].iter_mut().zip(labels.iter().map(says)).for_each(|(to, says)| *to = says);
        }
        all
    }
}

impl Classifier {
    /// Returns the strongest words for each head's answer, in reading order.
    #[inline(never)]
    pub(super) fn evidence(
        &self,
        terms: &[Term<'_>],
        parts: &[Part],
        scores: &Scores,
        decisions: &[Decision],
    ) -> Vec<Evidence<'_>> {
        let heads = &self.model.heads;
        let answer = |(range, decision): (Range<usize>, &Decision)| range.start + decision.ranking[0];
        let answers: Vec<usize> = self.model.ranges().zip(decisions).map(answer).collect();
        let mut all = Vec::with_capacity(heads.len() * MOST);
        let mut chosen = Vec::with_capacity(terms.len());
        for (group, answers) in answers.chunks(LANES).enumerate() {
            let mut weights = self.term_weights(terms.len(), parts, &self.directions.towards(answers, scores));
            join(terms, &mut weights);
            for lane in 0..answers.len() {
                let at = group * LANES + lane;
                let (head, label) = (&heads[at].name, &heads[at].labels[decisions[at].ranking[0]].id);
                let evidence = |at: usize| Evidence { head, label, span: terms[at].span, weight: weights[at][lane] };
                strongest(&weights, lane, &mut chosen);
                all.extend(chosen.iter().map(|&at| evidence(at)));
            }
        }
        all
    }

    /// Returns for each term how much it speaks for each label that the units speak for.
    #[inline(never)]
    fn term_weights(&self, terms: usize, parts: &[Part], units: &[Lanes]) -> Vec<Lanes> {
        let mut weights = vec![Lanes::default(); terms];
        for part in parts {
            let says = speak(self.model.row(part.id), units);
            add(&mut weights[part.first], part.weight, &says);
            if part.last != part.first {
                add(&mut weights[part.last], part.weight, &says);
            }
        }
        weights
    }
}

/// Returns what a feature's `row` says for each label.
///
/// Four running sums, added up in a fixed order at the end, since each addition would wait for the one before it.
fn speak(row: &[i8], units: &[Lanes]) -> Lanes {
    let mut sums = [Lanes::default(); 4];
    let ((rows, row), (blocks, units)) = (row.as_chunks::<AT_ONCE>(), units.as_chunks::<AT_ONCE>());
    for (steps, units) in rows.iter().zip(blocks) {
        let steps = steps.map(f32::from);
        for unit in 0..AT_ONCE {
            add(&mut sums[unit % 4], steps[unit], &units[unit]);
        }
    }
    for (&step, says) in row.iter().zip(units) {
        add(&mut sums[0], f32::from(step), says);
    }
    let [mut sum, rest @ ..] = sums;
    rest.iter().for_each(|rest| add(&mut sum, 1.0, rest));
    sum
}
/// `to += scale * says`.
#[inline]
fn add(to: &mut Lanes, scale: f32, says: &Lanes) {
    to.iter_mut().zip(says).for_each(|(to, says)| *to += scale * says);
}

/// Adds up the weights of terms that stand at the same place, since slang written out as several words is one word of the
/// text; the first of them has the sum.
fn join(terms: &[Term<'_>], weights: &mut [Lanes]) {
    for at in (1..terms.len()).rev() {
        if terms[at].span == terms[at - 1].span {
            let says = std::mem::take(&mut weights[at]);
            add(&mut weights[at - 1], 1.0, &says);
        }
    }
}

/// Sets `chosen` to the positions of the strongest positive weights of one lane, rising.
fn strongest(weights: &[Lanes], lane: usize, chosen: &mut Vec<usize>) {
    let best =
        weights.iter().map(|weights| weights[lane]).fold(0.0, |best, weight| if weight > best { weight } else { best });
    let is_strong = |weight: f32| weight > 0.0 && weight >= best * SHARE;
    chosen.clear();
    chosen.extend(weights.iter().enumerate().filter(|(_, weights)| is_strong(weights[lane])).map(|(at, _)| at));
    if chosen.len() > MOST {
        let strengths: Vec<f32> = chosen.iter().map(|&at| weights[at][lane]).collect();
        let kept = &ranked(&strengths)[..MOST];
        let mut nth = 0..;
        chosen.retain(|_| nth.next().is_some_and(|nth| kept.contains(&nth)));
    }
}

//! The words that decided.
//!
//! With its inactive units left out the network is linear, so a label's score is a sum over the words; a word's weight is
//! its term of that sum, against the mean of the head's labels.

use super::Classifier;
use super::session::Memory;
use crate::model::{Decision, Extent, Model, Scores, rank, widest};
use crate::prediction::Evidence;
use crate::text::Span;
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

    /// Sets `units` to what each hidden unit of a text says for each of `labels`, at most [`LANES`]; nothing if it is off.
    fn towards(&self, labels: &[usize], scores: &Scores, units: &mut Vec<Lanes>) {
        units.clear();
        units.resize(self.hidden, Lanes::default());
        for (unit, _) in scores.hidden.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let says = |&label: &usize| self.weights[label * self.hidden + unit];
            units[unit].iter_mut().zip(labels.iter().map(says)).for_each(|(to, says)| *to = says);
        }
    }
}

/// The memory of [`Classifier::evidence`].
#[derive(Debug, Clone, Default)]
pub(super) struct Weigher {
    /// The first label of each head among all labels.
    answers: Vec<usize>,
    units: Vec<Lanes>,
    /// How much each word speaks for each label.
    weights: Vec<Lanes>,
    chosen: Vec<usize>,
    strengths: Vec<f32>,
    kept: Vec<usize>,
    keys: Vec<u64>,
}

impl Classifier {
    /// Sets `all` to the strongest words for each head's answer, in reading order; to nothing for a brief answer.
    #[inline(never)]
    pub(super) fn evidence<'m>(&'m self, memory: &mut Memory, extent: Extent, all: &mut Vec<Evidence<'m>>) {
        all.clear();
        if extent == Extent::Brief {
            return;
        }
        let (heads, Memory { spans, parts, scores, decisions, weigher, .. }) = (&self.model.heads, memory);
        weigher.answers.clear();
        let answer = |(range, decision): (Range<usize>, &Decision)| range.start + decision.ranking[0];
        weigher.answers.extend(self.model.ranges().zip(&*decisions).map(answer));
        for group in (0..heads.len()).step_by(LANES) {
            let answers = &weigher.answers[group..heads.len().min(group + LANES)];
            self.directions.towards(answers, scores, &mut weigher.units);
            widest(
                #[inline(always)]
                || self.weigh(spans, parts, &weigher.units, &mut weigher.weights),
            );
            for (lane, at) in (group..heads.len().min(group + LANES)).enumerate() {
                let (head, label) = (&heads[at].name, &heads[at].labels[decisions[at].ranking[0]].id);
                strongest(weigher, lane);
                let Weigher { weights, chosen, .. } = &*weigher;
                let evidence = |&at: &usize| Evidence { head, label, span: spans[at], weight: weights[at][lane] };
                all.extend(chosen.iter().map(evidence));
            }
        }
    }

    /// Sets `weights` to how much each word speaks for each label that the units speak for.
    #[inline(always)]
    fn weigh(&self, spans: &[Span], parts: &[Part], units: &[Lanes], weights: &mut Vec<Lanes>) {
        weights.clear();
        weights.resize(spans.len(), Lanes::default());
        let (mut spoken, mut says) = (None, Lanes::default());
        for part in parts {
            // The parts of a feature that occurs more than once are neighbours.
            if spoken != Some(part.id) {
                (spoken, says) = (Some(part.id), speak(self.model.row(part.id), units));
            }
            add(&mut weights[part.first], part.weight, &says);
            if part.last != part.first {
                add(&mut weights[part.last], part.weight, &says);
            }
        }
        join(spans, weights);
    }
}

/// Returns what a feature's `row` says for each label.
///
/// Four running sums, added up in a fixed order at the end, since each addition would wait for the one before it.
#[inline(always)]
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
#[inline(always)]
fn add(to: &mut Lanes, scale: f32, says: &Lanes) {
    to.iter_mut().zip(says).for_each(|(to, says)| *to += scale * says);
}

/// Adds up the weights of words that stand at the same place, since slang written out as several words is one word of the
/// text; the first of them has the sum.
fn join(spans: &[Span], weights: &mut [Lanes]) {
    for at in (1..spans.len()).rev() {
        if spans[at] == spans[at - 1] {
            let says = std::mem::take(&mut weights[at]);
            add(&mut weights[at - 1], 1.0, &says);
        }
    }
}

/// Sets the chosen ones to the positions of the strongest positive weights of one lane, rising.
fn strongest(weigher: &mut Weigher, lane: usize) {
    let Weigher { weights, chosen, strengths, kept, keys, .. } = weigher;
    let best =
        weights.iter().map(|weights| weights[lane]).fold(0.0, |best, weight| if weight > best { weight } else { best });
    let is_strong = |weight: f32| weight > 0.0 && weight >= best * SHARE;
    chosen.clear();
    chosen.extend(weights.iter().enumerate().filter(|(_, weights)| is_strong(weights[lane])).map(|(at, _)| at));
    if chosen.len() > MOST {
        strengths.clear();
        strengths.extend(chosen.iter().map(|&at| weights[at][lane]));
        kept.clear();
        kept.extend(rank(strengths, keys).take(MOST).map(|nth| chosen[nth]));
        chosen.retain(|at| kept.contains(at));
    }
}

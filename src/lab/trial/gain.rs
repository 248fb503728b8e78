//! [`Gain`]: the difference of two models on the same rows, and how far chance could move it.

use super::answers::{Answers, HeadAnswers};
use crate::eval::bootstrap::{RESAMPLES, intervals};
use serde::Serialize;

/// Seed of the resamples: all comparisons draw the same rows.
const SEED: u64 = 7;

/// A difference, new minus old, with the interval that holds 95 % of the paired bootstrap's resamples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Gain {
    /// The difference on the rows as they are.
    pub difference: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// The differences of one head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadGains {
    /// The head's name.
    pub head: String,
    /// Of the accuracy.
    pub accuracy: Gain,
    /// Of macro-F1.
    pub macro_f1: Gain,
}

impl Gain {
    /// Returns whether the interval leaves out 0: another draw of rows would likely show the same sign.
    pub fn is_beyond_noise(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// Returns the differences between what two models say to the same rows, for each head that both have.
pub fn gains(old: &Answers, new: &Answers) -> Vec<HeadGains> {
    let both = old.0.iter().filter_map(|head| Some((head, new.0.iter().find(|other| other.head == head.head)?)));
    both.map(|(old, new)| {
        let [accuracy, macro_f1] = paired(old.rows.len(), |rows| {
            [new.accuracy(rows) - old.accuracy(rows), new.macro_f1(rows) - old.macro_f1(rows)]
        });
        HeadGains { head: old.head.clone(), accuracy, macro_f1 }
    })
    .collect()
}

/// Returns the difference of a figure between what two models say to the same rows.
pub fn gain(old: &Answers, new: &Answers, figure: impl Fn(&Answers, &[u32]) -> f64) -> Gain {
    let rows = old.0.first().map_or(0, |head| head.rows.len());
    let [gain] = paired(rows, |rows| [figure(new, rows) - figure(old, rows)]);
    gain
}

fn paired<const N: usize>(rows: usize, differences: impl Fn(&[u32]) -> [f64; N]) -> [Gain; N] {
    let all: Vec<u32> = (0..rows as u32).collect();
    let whole = differences(&all);
    let ends = intervals(rows, RESAMPLES, SEED, |rows| differences(rows).to_vec());
    std::array::from_fn(|at| Gain { difference: whole[at], low: ends[at].low, high: ends[at].high })
}

impl HeadAnswers {
    /// Returns the share of the rows, by number, whose first suggestion is right.
    pub(crate) fn accuracy(&self, rows: &[u32]) -> f64 {
        let mut judged = 0_usize;
        let right = self.of(rows).inspect(|_| judged += 1).filter(|answer| answer.is_right()).count();
        right as f64 / judged.max(1) as f64
    }

    /// Returns the mean loss of the rows.
    pub(crate) fn loss(&self, rows: &[u32]) -> f64 {
        let mut judged = 0_usize;
        let sum: f64 = self.of(rows).inspect(|_| judged += 1).map(super::Answer::loss).sum();
        sum / judged.max(1) as f64
    }

    /// Returns macro-F1 of the rows: [`metrics::macro_f1`](crate::eval::metrics::macro_f1) by counts in a plain table, for a
    /// thousand resamples.
    pub(crate) fn macro_f1(&self, rows: &[u32]) -> f64 {
        // Of each label: rows that are it or decided as it, and hits; behind the labels, no decision at all.
        let mut counts = vec![(0_usize, 0_usize); self.labels.len() + 1];
        let none = self.labels.len();
        for answer in self.of(rows) {
            let decided = answer.decided().min(none);
            counts[answer.gold].0 += 1;
            counts[decided].0 += 1;
            counts[decided].1 += usize::from(answer.is_right());
        }
        let seen = counts.iter().filter(|(either, _)| *either > 0);
        let (sum, labels) =
            seen.fold((0.0, 0_usize), |(sum, n), &(either, hits)| (sum + (2 * hits) as f64 / either as f64, n + 1));
        sum / labels.max(1) as f64
    }

    fn of<'a>(&'a self, rows: &'a [u32]) -> impl Iterator<Item = &'a super::Answer> {
        rows.iter().filter_map(|&row| self.rows.get(row as usize)?.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::metrics;
    use crate::lab::trial::Answer;

    fn head(pairs: &[(usize, usize)]) -> HeadAnswers {
        let answer = |&(gold, decided): &(usize, usize)| Answer {
            gold,
            shown: vec![decided],
            probability: 0.9,
            gold_probability: if gold == decided { 0.9 } else { 0.05 },
        };
        let labels = ["a", "b", "c"].map(str::to_owned).to_vec();
        HeadAnswers { head: "topik".to_owned(), labels, rows: pairs.iter().map(answer).map(Some).collect() }
    }

    #[test]
    fn counts_in_a_table_are_the_metric() {
        for pairs in [vec![], vec![(0, 0)], vec![(0, 1), (1, 1), (2, 0)], vec![(2, 2), (2, 0), (0, 0), (1, 2)]] {
            let rows: Vec<u32> = (0..pairs.len() as u32).collect();
            assert!((head(&pairs).macro_f1(&rows) - metrics::macro_f1(&pairs)).abs() < 1e-12, "{pairs:?}");
            assert!((head(&pairs).accuracy(&rows) - metrics::accuracy(&pairs)).abs() < 1e-12, "{pairs:?}");
        }
    }

    #[test]
    fn a_real_difference_is_beyond_noise_and_a_small_one_is_not() {
        let old: Vec<(usize, usize)> =
            (0..200).map(|at| (at % 3, if at % 4 == 0 { (at + 1) % 3 } else { at % 3 })).collect();
        let better: Vec<(usize, usize)> = old.iter().map(|&(gold, _)| (gold, gold)).collect();
        let mut alike = old.clone();
        alike[0].1 = alike[0].0;
        let answers = |pairs: &[(usize, usize)]| Answers(vec![head(pairs)]);
        for (new, beyond) in [(&better, true), (&alike, false), (&old, false)] {
            let found = &gains(&answers(&old), &answers(new))[0];
            assert_eq!(found.accuracy.is_beyond_noise(), beyond, "{found:?}");
            assert_eq!(found.macro_f1.is_beyond_noise(), beyond, "{found:?}");
            assert!(
                found.accuracy.low <= found.accuracy.difference && found.accuracy.difference <= found.accuracy.high
            );
        }
    }
}

//! Intervals by the percentile bootstrap: how far a figure could be off by the luck of the rows it was measured on.

use rand_core::RngCore;
use rand_pcg::Pcg64;
use serde::Serialize;

/// Resamples that the reports draw.
pub const RESAMPLES: usize = 1000;
/// The share of resamples that an interval holds.
pub const CONFIDENCE: f64 = 0.95;
/// The stream of the generator, the same for all seeds.
const STREAM: u128 = 0x7069_6c61_685f_6576_616c_7561_7465;

/// Where a figure lies in [`CONFIDENCE`] of the resamples.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Returns the interval of each of the figures that `statistics` gives, in its order.
///
/// `resamples` times, `rows` row indices are drawn with replacement and given to `statistics`; the ends are the 2.5 % and
/// 97.5 % quantiles of what it gives. For the difference of two models measured on the same rows, look up both models'
/// rows by the same indices: the draw is then paired. Figures that are not a number in a resample, such as a precision
/// without answers, are left out of it; where none is left both ends are NaN. Without resamples there is no interval.
///
/// Efron & Tibshirani: An Introduction to the Bootstrap, 1993, chapter 13; quantiles as of Hyndman & Fan 1996, type 7.
///
/// ```
/// use pilah::eval::bootstrap::{RESAMPLES, intervals};
///
/// let right = [true, true, false, true, true, false, true, true];
/// let accuracy = |rows: &[u32]| {
///     vec![rows.iter().filter(|&&row| right[row as usize]).count() as f64 / rows.len() as f64]
/// };
/// let interval = intervals(right.len(), RESAMPLES, 7, accuracy)[0];
/// assert!(interval.low < 0.75 && 0.75 < interval.high);
/// ```
pub fn intervals(rows: usize, resamples: usize, seed: u64, statistics: impl Fn(&[u32]) -> Vec<f64>) -> Vec<Interval> {
    let mut random = Pcg64::new(u128::from(seed), STREAM);
    let mut drawn = vec![0; rows];
    let mut figures: Vec<Vec<f64>> = Vec::new();
    for _ in 0..resamples {
        drawn.iter_mut().for_each(|row| *row = below(&mut random, rows));
        for (at, figure) in statistics(&drawn).into_iter().enumerate() {
            if figures.len() == at {
                figures.push(Vec::with_capacity(resamples));
            }
            figures[at].push(figure);
        }
    }
    figures.into_iter().map(interval).collect()
}

/// Returns a number below `end`, each equally likely but for a part in 2^32, by one multiplication (Lemire 2019).
fn below(random: &mut Pcg64, end: usize) -> u32 {
    ((u128::from(random.next_u64()) * end as u128) >> 64) as u32
}

fn interval(mut figures: Vec<f64>) -> Interval {
    figures.retain(|figure| !figure.is_nan());
    figures.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - CONFIDENCE) / 2.0;
    Interval { low: quantile(&figures, tail), high: quantile(&figures, 1.0 - tail) }
}

/// Returns the `share` quantile of rising `figures`, between the two nearest in proportion; NaN where there are none.
fn quantile(figures: &[f64], share: f64) -> f64 {
    let Some(last) = figures.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let (low, high) = (figures[place.floor() as usize], figures[place.ceil() as usize]);
    low + (high - low) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_their_neighbours() {
        for (figures, share, expected) in [
            (&[4.0][..], 0.025, 4.0),
            (&[0.0, 1.0], 0.25, 0.25),
            (&[0.0, 1.0, 2.0, 3.0, 4.0], 0.5, 2.0),
            (&[0.0, 10.0, 20.0], 0.975, 19.5),
            (&[1.0, 2.0], 1.0, 2.0),
        ] {
            assert!((quantile(figures, share) - expected).abs() < 1e-12, "{figures:?} at {share}");
        }
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn draws_are_below_the_end_and_reach_everything() {
        let mut random = Pcg64::new(1, STREAM);
        let mut seen = [0_usize; 7];
        (0..7000).for_each(|_| seen[below(&mut random, 7) as usize] += 1);
        assert!(seen.iter().all(|&count| (800..1200).contains(&count)), "{seen:?}");
    }
}

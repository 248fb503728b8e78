//! Where to put the threshold: coverage against precision, and what the probabilities are worth.
//!
//! All functions take `(probability of the decided label, was it right)` rows, as [`metrics`](super::metrics) does.

use super::metrics::{BINS, bin};
use serde::Serialize;

/// Precisions for which [`targets`] looks for a threshold.
pub const PRECISIONS: [f64; 4] = [0.90, 0.95, 0.97, 0.99];
/// Most points of a [`curve`].
const POINTS: usize = 50;

/// How well and how much is answered from a threshold on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The least probability that is answered without a person.
    pub threshold: f32,
    /// Share of rows that are answered.
    pub coverage: f64,
    /// Share of those that are right.
    pub precision: f64,
}

/// What it costs to be right so often.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Target {
    /// The precision wanted.
    pub wanted: f64,
    /// The lowest threshold that reaches it on these rows; absent where none does.
    pub point: Option<Point>,
}

/// Rows whose probabilities are alike, and how often they are right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The bin holds probabilities above this...
    pub above: f64,
    /// ...up to this one.
    pub to: f64,
    /// Rows in it.
    pub rows: usize,
    /// Their mean probability.
    pub mean_probability: f64,
    /// Share of them that are right.
    pub right: f64,
}

/// Returns the points from the highest threshold to the lowest, spread over the coverage; the last answers all rows.
///
/// Rows of one probability are never parted.
pub fn curve(rows: &[(f32, bool)]) -> Vec<Point> {
    let levels = levels(rows);
    let steps = levels.len().min(POINTS);
    let mut points: Vec<Point> = Vec::with_capacity(steps);
    for step in 1..=steps {
        let wanted = step as f64 / steps as f64;
        let at = levels.partition_point(|level| level.coverage < wanted - 1e-9).min(levels.len() - 1);
        let is_new = points.last().is_none_or(|last| levels[at].coverage > last.coverage);
        points.extend(is_new.then(|| levels[at]));
    }
    points
}

/// Returns for each of [`PRECISIONS`] the lowest threshold that reaches it, as training looks for one on dev.
pub fn targets(rows: &[(f32, bool)]) -> Vec<Target> {
    let levels = levels(rows);
    let lowest = |wanted| levels.iter().rev().find(|level| level.precision >= wanted).copied();
    PRECISIONS.map(|wanted| Target { wanted, point: lowest(wanted) }).to_vec()
}

/// Returns the bins of [`calibration_error`](super::metrics::calibration_error) that have rows, rising.
pub fn reliability(rows: &[(f32, bool)]) -> Vec<Bin> {
    let mut sums = [(0_usize, 0.0_f64, 0_usize); BINS];
    for &(probability, right) in rows {
        let probability = probability.max(0.0); // NaN too
        let (count, sum, hits) = &mut sums[bin(probability)];
        *count += 1;
        *sum += f64::from(probability);
        *hits += usize::from(right);
    }
    let edge = |at: usize| at as f64 / BINS as f64;
    let filled = sums.iter().enumerate().filter(|(_, (count, ..))| *count > 0);
    filled
        .map(|(at, &(rows, sum, hits))| Bin {
            above: edge(at),
            to: edge(at + 1),
            rows,
            mean_probability: sum / rows as f64,
            right: hits as f64 / rows as f64,
        })
        .collect()
}

/// Returns the point of each different probability, highest first.
fn levels(rows: &[(f32, bool)]) -> Vec<Point> {
    let mut sorted = rows.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut reached, mut right) = (0_usize, 0_usize);
    sorted
        .chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq())
        .map(|level| {
            reached += level.len();
            right += level.iter().filter(|row| row.1).count();
            let coverage = reached as f64 / rows.len() as f64;
            Point { threshold: level[0].0, coverage, precision: right as f64 / reached as f64 }
        })
        .collect()
}

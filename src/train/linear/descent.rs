//! [`Descent`]: dual coordinate descent on some of the labels.

use crate::train::matrix::SparseMatrix;
use crate::train::network::axpy;
use crate::train::solver::{Target, Targets};
use linfa::dataset::Records;
use std::ops::Range;

/// What all labels are solved from.
pub(super) struct Problem<'a> {
    records: &'a SparseMatrix,
    targets: &'a Targets,
    /// The labels of each head.
    ranges: Vec<Range<usize>>,
    /// What rows are multiplied by, so that their mean square is 1 and `cost` means the same for any data.
    unit: f32,
    cost: f32,
    /// Per label, how much rarer it is than its head's average label.
    rarity: Vec<f32>,
    /// Per label, the mean weight of its texts.
    weights: Vec<f32>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(cost: f32, records: &'a SparseMatrix, targets: &'a Targets, ranges: Vec<Range<usize>>) -> Self {
        let (rarity, weights) = rarity_and_weight(targets, &ranges);
        let squares: f32 = (0..records.rows()).map(|text| square(records.row(text))).sum();
        let unit = if squares > 0.0 { (records.rows() as f32 / squares).sqrt() } else { 1.0 };
        Self { records, targets, ranges, unit, cost, rarity, weights }
    }
}

/// The solution for a range of labels.
pub(super) struct Solved {
    pub(super) labels: Range<usize>,
    /// Features x labels.
    pub(super) rows: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Problem<'_> {
    /// Returns the solution for `labels`, at most [`LABELS`], after a pass in each of `orders`; `passed` is called after each.
    pub(super) fn solve(&self, labels: Range<usize>, orders: &[Vec<u32>], passed: impl Fn()) -> Solved {
        match labels.len() {
            0..=4 => Descent::<4>::new(self, labels).solve(orders, passed),
            5..=8 => Descent::<8>::new(self, labels).solve(orders, passed),
            _ => Descent::<LABELS>::new(self, labels).solve(orders, passed),
        }
    }
}

/// How many labels are solved together at most: a feature's weights for them are one cache line.
pub(super) const LABELS: usize = 16;

/// A cache line of weights.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line([f32; LABELS]);

/// The state of one fit of up to `W` labels; `W` divides [`LABELS`], so that no row lies in two cache lines. Most of the time
/// goes into waiting for rows.
struct Descent<'p, const W: usize> {
    problem: &'p Problem<'p>,
    labels: Range<usize>,
    /// Texts x labels: dual variables.
    duals: Vec<f32>,
    /// Features x `W`.
    rows: Vec<Line>,
    bias: [f32; W],
    margins: [f32; W],
    steps: [f32; W],
}

impl<'p, const W: usize> Descent<'p, W> {
    fn new(problem: &'p Problem<'p>, labels: Range<usize>) -> Self {
        let zero = [0.0; W];
        Self {
            duals: vec![0.0; problem.records.rows() * labels.len()],
            rows: vec![Line([0.0; LABELS]); (problem.records.nfeatures() * W).div_ceil(LABELS)],
            bias: zero,
            margins: zero,
            steps: zero,
            problem,
            labels,
        }
    }

    fn solve(mut self, orders: &[Vec<u32>], passed: impl Fn()) -> Solved {
        for order in orders {
            order.iter().for_each(|&text| self.learn(text as usize));
            passed();
        }
        let (unit, width) = (self.problem.unit, self.labels.len());
        let rows = self.rows.iter().flat_map(|line| line.0.as_chunks::<W>().0);
        let rows = rows.take(self.problem.records.nfeatures()).flat_map(|row| row[..width].iter().map(|x| x * unit));
        Solved { rows: rows.collect(), bias: self.bias[..width].to_vec(), labels: self.labels }
    }

    /// One text: the best step of its dual variable in every label, the others standing still.
    fn learn(&mut self, text: usize) {
        let (x, unit) = (self.problem.records.row(text), self.problem.unit);
        let mut margins = self.bias;
        for &(feature, weight) in x {
            axpy(&mut margins, weight * unit, self.row(feature));
        }
        self.margins = margins;
        if !self.find_steps(text, square(x) * unit * unit + 1.0) {
            return;
        }
        let steps = self.steps;
        axpy(&mut self.bias, 1.0, &steps);
        for &(feature, weight) in x {
            axpy(self.row(feature), weight * unit, &steps);
        }
    }

    /// Returns the row of `feature`.
    #[inline]
    fn row(&mut self, feature: u32) -> &mut [f32; W] {
        let at = feature as usize * W;
        &mut self.rows[at / LABELS].0.as_chunks_mut().0[at % LABELS / W]
    }

    /// Fills `steps` and moves the dual variables; returns whether any moves. `square` is that of the text with its bias.
    fn find_steps(&mut self, text: usize, square: f32) -> bool {
        self.steps.fill(0.0);
        let mut moves = false;
        let problem = self.problem;
        for (range, target) in problem.ranges.iter().zip(&problem.targets.rows[text]) {
            let Target::Hard { label: right, weight } = target else { continue };
            let right = range.start + right;
            let cost = problem.cost * weight / problem.weights[right];
            for label in range.start.max(self.labels.start)..range.end.min(self.labels.end) {
                let (side, cost) = if label == right { (1.0, cost * problem.rarity[label]) } else { (-1.0, cost) };
                let slack = 0.5 / cost.max(f32::MIN_POSITIVE);
                let at = label - self.labels.start;
                let dual = &mut self.duals[text * self.labels.len() + at];
                let gradient = side * self.margins[at] - 1.0 + slack * *dual;
                let next = (*dual - gradient / (square + slack)).max(0.0);
                self.steps[at] = (next - *dual) * side;
                moves |= self.steps[at] != 0.0;
                *dual = next;
            }
        }
        moves
    }
}

fn square(x: &[(u32, f32)]) -> f32 {
    x.iter().map(|(_, weight)| weight * weight).sum()
}

/// Returns, per label, mean count of its head's labels / its count, and the mean weight of its texts.
fn rarity_and_weight(targets: &Targets, ranges: &[Range<usize>]) -> (Vec<f32>, Vec<f32>) {
    let labels = ranges.last().map_or(0, |range| range.end);
    let (mut counts, mut weights) = (vec![0.0f32; labels], vec![0.0f32; labels]);
    for (range, target) in targets.rows.iter().flat_map(|row| ranges.iter().zip(row)) {
        if let Target::Hard { label, weight } = target {
            counts[range.start + label] += 1.0;
            weights[range.start + label] += weight;
        }
    }
    let mut rarity = vec![1.0; labels];
    for range in ranges {
        let present = counts[range.clone()].iter().filter(|&&n| n > 0.0).count().max(1);
        let mean = counts[range.clone()].iter().sum::<f32>() / present as f32;
        range.clone().for_each(|label| rarity[label] = mean / counts[label].max(1.0));
    }
    for (weight, count) in weights.iter_mut().zip(&counts) {
        *weight = if *weight > 0.0 { *weight / count } else { 1.0 };
    }
    (rarity, weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::network::Shape;

    #[test]
    fn labels_solved_apart_get_what_they_get_together() {
        let mut records = SparseMatrix::new(7);
        let mut rows = Vec::new();
        for at in 0..60u32 {
            records.push(&[(at % 7, 1.0 + at as f32 / 9.0), (at % 5, 0.3), (at % 3, 0.7)]);
            rows.push(vec![Target::Hard { label: (at % 9) as usize, weight: 1.0 + (at % 2) as f32 }]);
        }
        let targets = Targets { heads: vec![9], rows };
        let problem = Problem::new(0.5, &records, &targets, Shape { features: 7, hidden: 9, heads: vec![9] }.ranges());
        let orders = vec![(0..60).rev().collect(); 5];
        let solved = |labels: Range<usize>| problem.solve(labels, &orders, || ());
        let together = solved(0..9);
        for labels in [0..1, 1..4, 3..9, 8..9] {
            let (width, apart) = (labels.len(), solved(labels.clone()));
            assert_eq!(apart.bias, together.bias[labels.clone()]);
            let rows = together.rows.chunks(9).flat_map(|row| &row[labels.clone()]);
            assert!(apart.rows.iter().map(|x| x.to_bits()).eq(rows.map(|x| x.to_bits())), "labels {labels:?}");
            assert!(apart.rows.iter().any(|&x| x != 0.0) && apart.rows.len() == 7 * width);
        }
    }
}

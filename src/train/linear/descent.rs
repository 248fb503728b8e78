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
    pub(super) unit: f32,
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

/// The state of one fit of a range of labels.
pub(super) struct Descent<'p> {
    pub(super) problem: &'p Problem<'p>,
    pub(super) labels: Range<usize>,
    /// Texts x labels: dual variables.
    duals: Vec<f32>,
    /// Features x labels.
    pub(super) rows: Vec<f32>,
    pub(super) bias: Vec<f32>,
    margins: Vec<f32>,
    steps: Vec<f32>,
}

impl<'p> Descent<'p> {
    pub(super) fn new(problem: &'p Problem<'p>, labels: Range<usize>) -> Self {
        let width = labels.len();
        Self {
            duals: vec![0.0; problem.records.rows() * width],
            rows: vec![0.0; problem.records.nfeatures() * width],
            bias: vec![0.0; width],
            margins: vec![0.0; width],
            steps: vec![0.0; width],
            problem,
            labels,
        }
    }

    /// One text: the best step of its dual variable in every label, the others standing still.
    pub(super) fn learn(&mut self, text: usize) {
        let (width, x, unit) = (self.labels.len(), self.problem.records.row(text), self.problem.unit);
        self.margins.copy_from_slice(&self.bias);
        for &(feature, weight) in x {
            let row = feature as usize * width;
            axpy(&mut self.margins, weight * unit, &self.rows[row..row + width]);
        }
        if !self.find_steps(text, square(x) * unit * unit + 1.0) {
            return;
        }
        axpy(&mut self.bias, 1.0, &self.steps);
        for &(feature, weight) in x {
            let row = feature as usize * width;
            axpy(&mut self.rows[row..row + width], weight * unit, &self.steps);
        }
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
            rows.push(vec![Target::Hard { label: (at % 4) as usize, weight: 1.0 + (at % 2) as f32 }]);
        }
        let targets = Targets { heads: vec![4], rows };
        let problem = Problem::new(0.5, &records, &targets, Shape { features: 7, hidden: 4, heads: vec![4] }.ranges());
        let solved = |labels: Range<usize>| {
            let mut descent = Descent::new(&problem, labels);
            (0..5).flat_map(|_| 0..60).for_each(|text| descent.learn(text));
            descent
        };
        let together = solved(0..4);
        for label in 0..4 {
            let apart = solved(label..label + 1);
            assert_eq!(apart.bias[0].to_bits(), together.bias[label].to_bits());
            let column = together.rows.iter().skip(label).step_by(4);
            assert!(apart.rows.iter().map(|x| x.to_bits()).eq(column.map(|x| x.to_bits())), "label {label}");
            assert!(apart.rows.iter().any(|&x| x != 0.0));
        }
    }
}

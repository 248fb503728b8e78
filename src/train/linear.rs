//! A linear classifier beside the networks: one-vs-rest support vector machines, which keep rare labels apart better.
//!
//! Squared hinge loss with an L2 penalty, solved by dual coordinate descent (Hsieh, Chang, Lin, Keerthi & Sundararajan
//! 2008, algorithm 1; what LIBLINEAR does), some labels of a text at a time. No label's solution depends on another's, so
//! threads share labels out, and any number of them gives the same bits.

use super::matrix::SparseMatrix;
use super::network::{Network, Shape, axpy};
use super::progress::Progress;
use super::random::Random;
use super::recipe::{Recipe, RecipeError};
use super::solver::{Target, Targets};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The linear classifier's settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinearRecipe {
    /// What a text of an average label costs on the wrong side of the margin, above 0: LIBLINEAR's `C`. Rarer labels cost
    /// as much more as they are rarer.
    pub cost: f32,
    /// Passes over the data, at least 1.
    pub passes: usize,
    /// What a distance of one margin counts in logits of a network, above 0.
    pub scale: f32,
}

/// The most hidden units of a model file.
pub(super) const MOST_UNITS: usize = 256;

impl Recipe {
    /// Returns the settings of the linear classifier for heads of that many labels together; none where the recipe has none, and
    /// where its units, one a label, have no place beside the networks' in a model file.
    pub fn linear_for(&self, labels: usize) -> Option<&LinearRecipe> {
        let networks = self.teacher.members.saturating_mul(self.teacher.solver.hidden);
        self.linear.as_ref().filter(|_| networks.saturating_add(labels) <= MOST_UNITS)
    }
}

impl LinearRecipe {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`RecipeError::Setting`] for the first setting outside its range.
    pub(super) fn check(&self) -> Result<(), RecipeError> {
        let positive = |x: f32| x > 0.0 && x.is_finite();
        let rules = [
            ("linear.cost", self.cost.to_string(), positive(self.cost), "a number above 0"),
            ("linear.passes", self.passes.to_string(), self.passes >= 1, "at least 1"),
            ("linear.scale", self.scale.to_string(), positive(self.scale), "a number above 0"),
        ];
        match rules.into_iter().find(|rule| !rule.2) {
            Some((name, found, _, expected)) => Err(RecipeError::Setting { name: name.to_owned(), found, expected }),
            None => Ok(()),
        }
    }

    /// Returns the classifier of `records`, in logits: a network with one unit per label.
    pub(super) fn fit(&self, records: &SparseMatrix, targets: &Targets, seed: u64, progress: &Progress) -> Network {
        let orders = self.orders(records.rows(), seed);
        let shape = Shape {
            features: linfa::dataset::Records::nfeatures(records),
            hidden: targets.heads.iter().sum(),
            heads: targets.heads.clone(),
        };
        let problem = Problem::new(self.cost, records, targets, shape.ranges());
        let starts: Vec<usize> = (0..shape.hidden).step_by(LABELS).collect();
        let solved: Vec<Descent<'_>> = starts
            .into_par_iter()
            .map(|start| {
                let mut descent = Descent::new(&problem, start..shape.hidden.min(start + LABELS));
                for order in &orders {
                    order.iter().for_each(|&text| descent.learn(text as usize));
                    if start == 0 {
                        progress.step();
                    }
                }
                descent
            })
            .collect();
        self.network(shape, &solved)
    }

    /// Returns the texts in the order of each pass.
    fn orders(&self, texts: usize, seed: u64) -> Vec<Vec<u32>> {
        let mut random = Random::new(seed);
        let mut order: Vec<u32> = (0..texts as u32).collect();
        let shuffled = (0..self.passes).map(|_| {
            random.shuffle(&mut order);
            order.clone()
        });
        shuffled.collect()
    }

    /// Returns what was solved label by label as one network.
    fn network(&self, shape: Shape, solved: &[Descent<'_>]) -> Network {
        let mut rows = Vec::with_capacity(shape.features * shape.hidden);
        for feature in 0..shape.features {
            for part in solved {
                let width = part.labels.len();
                rows.extend(part.rows[feature * width..(feature + 1) * width].iter().map(|x| x * part.problem.unit));
            }
        }
        let bias: Vec<f32> = solved.iter().flat_map(|part| &part.bias).copied().collect();
        linear_network(shape, rows, &bias, self.scale)
    }
}

/// How many labels are solved together: what a text asks of each of its features is then one cache line.
const LABELS: usize = 16;

/// What all labels are solved from.
struct Problem<'a> {
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
    fn new(cost: f32, records: &'a SparseMatrix, targets: &'a Targets, ranges: Vec<Range<usize>>) -> Self {
        let (rarity, weights) = rarity_and_weight(targets, &ranges);
        let squares: f32 = (0..records.rows()).map(|text| square(records.row(text))).sum();
        let unit = if squares > 0.0 { (records.rows() as f32 / squares).sqrt() } else { 1.0 };
        Self { records, targets, ranges, unit, cost, rarity, weights }
    }
}

/// The state of one fit of a range of labels.
struct Descent<'p> {
    problem: &'p Problem<'p>,
    labels: Range<usize>,
    /// Texts x labels: dual variables.
    duals: Vec<f32>,
    /// Features x labels.
    rows: Vec<f32>,
    bias: Vec<f32>,
    margins: Vec<f32>,
    steps: Vec<f32>,
}

impl<'p> Descent<'p> {
    fn new(problem: &'p Problem<'p>, labels: Range<usize>) -> Self {
        let width = labels.len();
        Self {
            duals: vec![0.0; problem.records.rows() * width],
            rows: vec![0.0; linfa::dataset::Records::nfeatures(problem.records) * width],
            bias: vec![0.0; width],
            margins: vec![0.0; width],
            steps: vec![0.0; width],
            problem,
            labels,
        }
    }

    /// One text: the best step of its dual variable in every label, the others standing still.
    fn learn(&mut self, text: usize) {
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

/// How far below 0 a unit's value may fall before it is cut: some twenty times what texts reach.
const SHIFT: f32 = 64.0;

/// Returns linear units as rectified ones: raised by [`SHIFT`], which the output's bias takes back.
fn linear_network(shape: Shape, rows: Vec<f32>, bias: &[f32], scale: f32) -> Network {
    let labels = shape.hidden;
    let mut output = vec![0.0; labels * labels];
    (0..labels).for_each(|label| output[label * labels + label] = scale);
    Network {
        shape,
        rows,
        bias: bias.iter().map(|bias| bias + SHIFT).collect(),
        output,
        output_bias: vec![-SHIFT * scale; labels],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::recipe::HeadChoice;

    /// Two features, each for one label of three; the third label has no text.
    fn fitted() -> Network {
        let mut records = SparseMatrix::new(2);
        let mut rows = Vec::new();
        for at in 0..20usize {
            records.push(&[(u32::from(at % 5 == 0), 4.0)]);
            rows.push(vec![Target::Hard { label: usize::from(at % 5 == 0), weight: 2.0 }]);
        }
        let recipe = LinearRecipe { cost: 10.0, passes: 30, scale: 3.0 };
        recipe.fit(&records, &Targets { heads: vec![3], rows }, 1, &Progress::default())
    }

    #[test]
    fn reaches_the_margin_on_both_sides() {
        for (feature, right) in [(0u32, 0usize), (1, 1)] {
            let logits = fitted().logits(&[(feature, 4.0)]);
            for (label, logit) in logits.iter().enumerate() {
                let margin = if label == right { logit / 3.0 } else { -logit / 3.0 };
                assert!((0.8..1.5).contains(&margin), "feature {feature}, label {label}: {margin}");
            }
        }
    }

    #[test]
    fn labels_solved_apart_get_what_they_get_together() {
        let mut records = SparseMatrix::new(7);
        let mut rows = Vec::new();
        for at in 0..60u32 {
            records.push(&[(at % 7, 1.0 + at as f32 / 9.0), (at % 5, 0.3), (at % 3, 0.7)]);
            rows.push(vec![Target::Hard { label: (at % 4) as usize, weight: 1.0 + (at % 2) as f32 }]);
        }
        let targets = Targets { heads: vec![4], rows };
        let problem = Problem::new(0.5, &records, &targets, vec![0..4]);
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

    #[test]
    fn it_is_left_out_where_its_units_have_no_place() {
        let head = HeadChoice { name: "unit".to_owned(), column: None, labels: None };
        let recipe = Recipe::quick(&[head]).unwrap();
        let networks = recipe.teacher.members * recipe.teacher.solver.hidden;
        assert!(recipe.linear_for(MOST_UNITS - networks).is_some());
        assert!(recipe.linear_for(MOST_UNITS - networks + 1).is_none());
    }

    #[test]
    fn settings_are_checked() {
        let check = |cost, passes, scale| LinearRecipe { cost, passes, scale }.check().map_err(|e| e.to_string());
        assert_eq!(check(0.3, 1, 3.0), Ok(()));
        for (bad, name) in
            [(check(0.0, 1, 3.0), "cost"), (check(0.3, 0, 3.0), "passes"), (check(0.3, 1, f32::NAN), "scale")]
        {
            assert!(bad.unwrap_err().contains(&format!("linear.{name}")));
        }
    }
}

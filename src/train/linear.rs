//! A linear classifier beside the networks: one-vs-rest support vector machines, which keep rare labels apart better.
//!
//! Squared hinge loss with an L2 penalty, solved by dual coordinate descent (Hsieh, Chang, Lin, Keerthi & Sundararajan
//! 2008, algorithm 1; what LIBLINEAR does), some labels of a text at a time. No label's solution depends on another's, so
//! threads share labels out, and any number of them gives the same bits.

mod descent;

use self::descent::{LABELS, Problem, Solved};
use super::matrix::SparseMatrix;
use super::network::{Network, Shape};
use super::progress::Progress;
use super::random::Random;
use super::recipe::{Recipe, RecipeError};
use super::solver::Targets;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

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
        let solve = |start: usize| {
            let passed = || {
                if start == 0 {
                    progress.step();
                }
            };
            problem.solve(start..shape.hidden.min(start + LABELS), &orders, passed)
        };
        let solved: Vec<Solved> = starts.into_par_iter().map(solve).collect();
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
    fn network(&self, shape: Shape, solved: &[Solved]) -> Network {
        let mut rows = Vec::with_capacity(shape.features * shape.hidden);
        for feature in 0..shape.features {
            for part in solved {
                let width = part.labels.len();
                rows.extend_from_slice(&part.rows[feature * width..(feature + 1) * width]);
            }
        }
        let bias: Vec<f32> = solved.iter().flat_map(|part| &part.bias).copied().collect();
        linear_network(shape, rows, &bias, self.scale)
    }
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
    use crate::train::solver::Target;

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

//! The estimator: [`Solver`] settings, checked through linfa's `ParamGuard`, fitted through linfa's `Fit`.
//!
//! Stochastic gradient descent on the cross-entropy of all heads, text by text, with label smoothing (Szegedy et al.
//! 2016) and dropout of features and hidden units (Srivastava et al. 2014). Feature rows learn with row-wise Adagrad
//! (Duchi et al. 2011, with one accumulator a row: the mean square of the row's gradient), the small dense part with
//! Adam (Kingma & Ba 2015) in batches. Only rows that occur in a text are touched, so a pass costs the non-zeros times
//! the hidden units. One thread a fit: the result does not depend on the machine.

mod target;

pub use target::{Target, Targets};

use super::adam::Adam;
use super::matrix::SparseMatrix;
use super::network::{Network, Shape, axpy, dot, softmax};
use super::progress::Progress;
use super::random::Random;
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use serde::{Deserialize, Serialize};

/// Settings of the solver; the module's text says what they do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solver {
    /// Hidden units, 1..=256.
    pub hidden: usize,
    /// Passes over the data, at least 1.
    pub epochs: usize,
    /// Learning rate of the feature rows, above 0; rises over the first 200 updates, then falls to 0 linearly.
    pub row_rate: f32,
    /// Learning rate of the dense part, above 0; rises over the first 200 updates, then falls to 0 linearly.
    pub dense_rate: f32,
    /// Share of a text's features left out at random each time, 0..1.
    pub feature_dropout: f32,
    /// Share of the hidden units left out at random each time, 0..1.
    pub hidden_dropout: f32,
    /// Probability given to the other labels of a hard target, 0..1.
    pub label_smoothing: f32,
    /// Texts per update of the dense part, at least 1.
    pub batch: usize,
    /// Seed of initialisation, order and dropout.
    #[serde(default)]
    pub seed: u64,
}

/// A [`Solver`] whose settings were found valid: what linfa calls the checked parameters.
#[derive(Debug, Clone)]
pub struct CheckedSolver {
    solver: Solver,
    progress: Progress,
}

/// The unchecked parameters of linfa's pattern.
#[derive(Debug, Clone)]
pub struct SolverParams(CheckedSolver);

impl From<Solver> for SolverParams {
    fn from(solver: Solver) -> Self {
        Self(CheckedSolver { solver, progress: Progress::default() })
    }
}

impl SolverParams {
    /// Returns the parameters with a listener that hears of every pass over the data.
    #[must_use]
    pub fn progress(mut self, progress: &Progress) -> Self {
        self.0.progress = progress.clone();
        self
    }
}

/// What is wrong with the solver's settings or data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SolverError {
    /// A setting is outside its range.
    #[error("solver setting `{name}` is {found}; expected {expected}")]
    Setting {
        /// Its name in the recipe.
        name: &'static str,
        /// The value found.
        found: String,
        /// The range expected.
        expected: &'static str,
    },
    /// Nothing to learn from.
    #[error("no training text has a label; expected at least one")]
    NoData,
    /// Targets and records differ in number.
    #[error("{targets} targets for {records} records; expected as many")]
    Length {
        /// Number of targets.
        targets: usize,
        /// Number of records.
        records: usize,
    },
    /// linfa's own.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
}

impl ParamGuard for SolverParams {
    type Checked = CheckedSolver;
    type Error = SolverError;

    fn check_ref(&self) -> Result<&CheckedSolver, SolverError> {
        let s = &self.0.solver;
        let share = |x: f32| (0.0..1.0).contains(&x);
        let rate = |x: f32| x > 0.0 && x.is_finite();
        let rules: [(&'static str, String, bool, &'static str); 8] = [
            ("hidden", s.hidden.to_string(), (1..=256).contains(&s.hidden), "1 to 256"),
            ("epochs", s.epochs.to_string(), s.epochs > 0, "at least 1"),
            ("batch", s.batch.to_string(), s.batch > 0, "at least 1"),
            ("row_rate", s.row_rate.to_string(), rate(s.row_rate), "a number above 0"),
            ("dense_rate", s.dense_rate.to_string(), rate(s.dense_rate), "a number above 0"),
            ("feature_dropout", s.feature_dropout.to_string(), share(s.feature_dropout), "0 or more, below 1"),
            ("hidden_dropout", s.hidden_dropout.to_string(), share(s.hidden_dropout), "0 or more, below 1"),
            ("label_smoothing", s.label_smoothing.to_string(), share(s.label_smoothing), "0 or more, below 1"),
        ];
        match rules.into_iter().find(|rule| !rule.2) {
            Some((name, found, _, expected)) => Err(SolverError::Setting { name, found, expected }),
            None => Ok(&self.0),
        }
    }

    fn check(self) -> Result<CheckedSolver, SolverError> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl Fit<SparseMatrix, Targets, SolverError> for CheckedSolver {
    type Object = Network;

    /// Returns the network after the last pass.
    fn fit(&self, data: &DatasetBase<SparseMatrix, Targets>) -> Result<Network, SolverError> {
        let (records, targets) = (data.records(), data.targets());
        if targets.rows.len() != records.rows() {
            return Err(SolverError::Length { targets: targets.rows.len(), records: records.rows() });
        }
        let mut order: Vec<usize> =
            (0..records.rows()).filter(|&at| targets.rows[at].iter().any(|t| *t != Target::Unknown)).collect();
        if order.is_empty() {
            return Err(SolverError::NoData);
        }
        let mut descent = Descent::new(&self.solver, records, targets, order.len());
        for _ in 0..self.solver.epochs {
            descent.random.shuffle(&mut order);
            for batch in order.chunks(self.solver.batch) {
                for &text in batch {
                    descent.learn(records.row(text), &targets.rows[text]);
                }
                descent.update_dense(batch.len());
            }
            self.progress.step();
        }
        Ok(descent.network)
    }
}

/// Half-width of the uniform start values of the feature rows: small, so that features that are never updated stay mute.
const ROW_START: f32 = 0.01;
/// Adagrad's accumulators start here, so that a row's first step is bounded.
const ADAGRAD_START: f32 = 1e-6;
/// Dense updates until the learning rates reach their full height.
const WARM_UP: f32 = 200.0;

/// The state of one fit.
struct Descent<'a> {
    solver: &'a Solver,
    network: Network,
    random: Random,
    squares: Vec<f32>,
    ranges: Vec<std::ops::Range<usize>>,
    adam: [Adam; 3],
    gradients: [Vec<f32>; 3],
    steps: usize,
    total_steps: usize,
    kept: Vec<(u32, f32)>,
    hidden: Vec<f32>,
    mask: Vec<f32>,
    hidden_gradient: Vec<f32>,
    scores: Vec<f32>,
}

impl<'a> Descent<'a> {
    fn new(solver: &'a Solver, records: &SparseMatrix, targets: &Targets, texts: usize) -> Self {
        let mut random = Random::new(solver.seed);
        let shape = Shape {
            features: linfa::dataset::Records::nfeatures(records),
            hidden: solver.hidden,
            heads: targets.heads.clone(),
        };
        let network = random_network(shape, &mut random);
        let dense = [network.bias.len(), network.output.len(), network.output_bias.len()];
        Self {
            solver,
            squares: vec![ADAGRAD_START; network.shape.features],
            ranges: network.shape.ranges(),
            adam: dense.map(Adam::new),
            gradients: dense.map(|length| vec![0.0; length]),
            steps: 0,
            total_steps: texts.div_ceil(solver.batch) * solver.epochs,
            kept: Vec::new(),
            hidden: vec![0.0; solver.hidden],
            mask: vec![0.0; solver.hidden],
            hidden_gradient: vec![0.0; solver.hidden],
            scores: vec![0.0; network.shape.labels()],
            network,
            random,
        }
    }

    /// Share of the full learning rate at this step: up over the first steps, then down to 0.
    fn schedule(&self) -> f32 {
        let done = self.steps as f32 / (self.total_steps + 1) as f32;
        (1.0 - done) * ((self.steps + 1) as f32 / WARM_UP).min(1.0)
    }

    /// One text: forward, backward, and the update of its feature rows.
    fn learn(&mut self, x: &[(u32, f32)], targets: &[Target]) {
        self.forward(x);
        self.hidden_gradient.fill(0.0);
        for (head, target) in targets.iter().enumerate() {
            if *target != Target::Unknown {
                self.backward_head(head, target);
            }
        }
        for (gradient, mask) in self.hidden_gradient.iter_mut().zip(&self.mask) {
            *gradient *= mask;
        }
        axpy(&mut self.gradients[0], 1.0, &self.hidden_gradient);
        self.update_rows();
    }

    /// Fills `kept`, `hidden` and `mask` (0 for a unit that is off, else the factor its value was scaled by).
    fn forward(&mut self, x: &[(u32, f32)]) {
        let width = self.solver.hidden;
        let (feature_scale, hidden_scale) =
            (1.0 / (1.0 - self.solver.feature_dropout), 1.0 / (1.0 - self.solver.hidden_dropout));
        self.kept.clear();
        self.hidden.copy_from_slice(&self.network.bias);
        for &(feature, weight) in x {
            if self.random.unit() >= self.solver.feature_dropout {
                let weight = weight * feature_scale;
                self.kept.push((feature, weight));
                let row = feature as usize * width;
                axpy(&mut self.hidden, weight, &self.network.rows[row..row + width]);
            }
        }
        for (unit, mask) in self.hidden.iter_mut().zip(&mut self.mask) {
            let on = *unit > 0.0 && self.random.unit() >= self.solver.hidden_dropout;
            *mask = if on { hidden_scale } else { 0.0 };
            *unit = unit.max(0.0) * *mask;
        }
    }

    /// Adds the gradient of one head's cross-entropy to the dense gradients and to `hidden_gradient`.
    fn backward_head(&mut self, head: usize, target: &Target) {
        let width = self.solver.hidden;
        let range = self.ranges[head].clone();
        for label in range.clone() {
            let weights = &self.network.output[label * width..(label + 1) * width];
            self.scores[label] = self.network.output_bias[label] + dot(weights, &self.hidden);
        }
        softmax(&mut self.scores[range.clone()]);
        for label in range.clone() {
            let (wanted, weight) = target.wanted(label - range.start, range.len(), self.solver.label_smoothing);
            let error = (self.scores[label] - wanted) * weight;
            let row = label * width..(label + 1) * width;
            self.gradients[2][label] += error;
            axpy(&mut self.gradients[1][row.clone()], error, &self.hidden);
            axpy(&mut self.hidden_gradient, error, &self.network.output[row]);
        }
    }

    fn update_rows(&mut self) {
        let width = self.solver.hidden;
        let square = dot(&self.hidden_gradient, &self.hidden_gradient) / width as f32;
        if square <= 0.0 {
            return;
        }
        let rate = self.solver.row_rate * self.schedule();
        for &(feature, weight) in &self.kept {
            let seen = &mut self.squares[feature as usize];
            *seen += square * weight * weight;
            let row = feature as usize * width;
            axpy(&mut self.network.rows[row..row + width], -rate * weight / seen.sqrt(), &self.hidden_gradient);
        }
    }

    fn update_dense(&mut self, texts: usize) {
        let rate = self.solver.dense_rate * self.schedule();
        self.steps += 1;
        let parts = [&mut self.network.bias, &mut self.network.output, &mut self.network.output_bias];
        for ((adam, gradient), weights) in self.adam.iter_mut().zip(&mut self.gradients).zip(parts) {
            adam.step(weights, gradient, rate, 1.0 / texts as f32);
        }
    }
}

fn random_network(shape: Shape, random: &mut Random) -> Network {
    let span = (3.0 / shape.hidden as f32).sqrt();
    Network {
        rows: (0..shape.features * shape.hidden).map(|_| random.symmetric(ROW_START)).collect(),
        bias: vec![0.0; shape.hidden],
        output: (0..shape.labels() * shape.hidden).map(|_| random.symmetric(span)).collect(),
        output_bias: vec![0.0; shape.labels()],
        shape,
    }
}

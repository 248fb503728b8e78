//! [`Network`]: what the solver learns: one row per feature, a rectified hidden layer, one softmax per head.

use super::matrix::SparseMatrix;
use linfa::traits::Predict;
use ndarray::Array2;

/// Shape of a network: hidden units, and labels of each head in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Features.
    pub features: usize,
    /// Hidden units.
    pub hidden: usize,
    /// Labels of each head.
    pub heads: Vec<usize>,
}

impl Shape {
    /// Returns the number of labels over all heads.
    pub fn labels(&self) -> usize {
        self.heads.iter().sum()
    }

    /// Returns the range of each head's labels in an output row.
    pub fn ranges(&self) -> Vec<std::ops::Range<usize>> {
        let mut start = 0;
        self.heads
            .iter()
            .map(|&labels| {
                start += labels;
                start - labels..start
            })
            .collect()
    }
}

/// `z = c + V max(0, b + E' x)`: a bag of features through one hidden layer that all heads share.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Shape.
    pub shape: Shape,
    /// `E`, features x hidden.
    pub rows: Vec<f32>,
    /// `b`, hidden.
    pub bias: Vec<f32>,
    /// `V`, labels x hidden.
    pub output: Vec<f32>,
    /// `c`, labels.
    pub output_bias: Vec<f32>,
}

impl Network {
    /// Returns one network whose logits are the sum of the logits of `networks`, each times its share; they have the same
    /// features and heads, their hidden units stand side by side.
    ///
    /// Each unit is scaled so that its output weights have length 1, which changes no logit (a rectified unit is positively
    /// homogeneous): errors of its rows then count alike in every unit, where rows are quantised and chosen.
    pub fn side_by_side(networks: &[(&Self, f32)]) -> Self {
        let lengths: Vec<Vec<f32>> = networks.iter().map(|(network, share)| network.output_lengths(*share)).collect();
        let join = |part: fn(&Self) -> &[f32], rows: usize, factor: fn(f32, f32) -> f32| {
            let mut joined = Vec::new();
            for row in 0..rows {
                for ((network, share), lengths) in networks.iter().zip(&lengths) {
                    let slice = &part(network)[row * lengths.len()..(row + 1) * lengths.len()];
                    joined.extend(slice.iter().zip(lengths).map(|(x, length)| x * factor(*length, *share)));
                }
            }
            joined
        };
        let hidden = networks.iter().map(|(network, _)| network.shape.hidden).sum();
        let shape = Shape { hidden, ..networks[0].0.shape.clone() };
        let bias = |label: usize| networks.iter().map(|(network, share)| network.output_bias[label] * share).sum();
        Self {
            rows: join(|n| &n.rows, shape.features, |length, _| length),
            bias: join(|n| &n.bias, 1, |length, _| length),
            output: join(|n| &n.output, shape.labels(), |length, share| share / length),
            output_bias: (0..shape.labels()).map(bias).collect(),
            shape,
        }
    }

    /// Returns the Euclidean length of each hidden unit's output weights times `share`; 1 for a unit without any.
    fn output_lengths(&self, share: f32) -> Vec<f32> {
        let mut squares = vec![0.0f32; self.shape.hidden];
        for weights in self.output.chunks_exact(self.shape.hidden) {
            squares.iter_mut().zip(weights).for_each(|(sum, w)| *sum += w * w);
        }
        squares.into_iter().map(|square| if square > 0.0 { square.sqrt() * share } else { 1.0 }).collect()
    }

    /// Returns the row of `feature`.
    pub fn row(&self, feature: usize) -> &[f32] {
        &self.rows[feature * self.shape.hidden..(feature + 1) * self.shape.hidden]
    }

    /// Returns the logits of all heads for the sparse row `x`.
    pub fn logits(&self, x: &[(u32, f32)]) -> Vec<f32> {
        let mut hidden = self.bias.clone();
        for &(feature, weight) in x {
            axpy(&mut hidden, weight, self.row(feature as usize));
        }
        for unit in &mut hidden {
            *unit = unit.max(0.0);
        }
        self.output
            .chunks_exact(self.shape.hidden)
            .zip(&self.output_bias)
            .map(|(weights, bias)| bias + dot(weights, &hidden))
            .collect()
    }

    /// Returns the probabilities of all heads, each head summing to 1.
    pub fn probabilities(&self, x: &[(u32, f32)]) -> Vec<f32> {
        let mut scores = self.logits(x);
        for range in self.shape.ranges() {
            softmax(&mut scores[range]);
        }
        scores
    }
}

impl Predict<&SparseMatrix, Array2<f32>> for Network {
    /// Returns the probabilities, rows x labels of all heads.
    fn predict(&self, x: &SparseMatrix) -> Array2<f32> {
        let mut all = Array2::zeros((x.rows(), self.shape.labels()));
        for (at, mut row) in all.outer_iter_mut().enumerate() {
            for (to, from) in row.iter_mut().zip(self.probabilities(x.row(at))) {
                *to = from;
            }
        }
        all
    }
}

/// `to += scale * from`.
#[inline]
pub(crate) fn axpy(to: &mut [f32], scale: f32, from: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += scale * from;
    }
}

/// Inner product, summed in eight fixed lanes so that it is fast and the same on every machine.
#[inline]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let (mut left, mut right) = (a.chunks_exact(8), b.chunks_exact(8));
    for (a, b) in left.by_ref().zip(right.by_ref()) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let tail: f32 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    lanes.iter().sum::<f32>() + tail
}

/// Turns logits into probabilities in place, stable for large logits.
pub(crate) fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::expf(*score - top);
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

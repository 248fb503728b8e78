//! Quantisation: a trained network as the small integers of a model file.

use super::network::Network;
use crate::model::Weights;

/// Returns `network` with its rows in steps of `step` standard deviations of all their entries,
/// and its output weights in 127 steps of each label's largest.
///
/// A coarse step costs little accuracy, since the errors of a text's many rows cancel, and makes the rows compressible:
/// most entries are -2..=2. The output biases make up for what rounding the output weights changes in the logits of an empty
/// text, so that a unit with a large bias may stand for a linear one (see `train::linear`).
pub(crate) fn quantize(network: &Network, step: f32) -> Weights {
    let width = network.shape.hidden;
    let squares: f64 = network.rows.iter().map(|x| f64::from(x * x)).sum();
    let deviation = (squares / network.rows.len().max(1) as f64).sqrt() as f32;
    let row_scale = if deviation > 0.0 { deviation * step } else { 1.0 };
    let labels = network.shape.labels();
    let mut output = vec![0i8; labels * width];
    let mut output_scale = Vec::with_capacity(labels);
    let mut output_bias = network.output_bias.clone();
    for (label, weights) in network.output.chunks_exact(width).enumerate() {
        let largest = weights.iter().fold(0.0f32, |top, w| top.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        output_scale.push(scale);
        for (unit, weight) in weights.iter().enumerate() {
            let rounded = steps(*weight, scale);
            output[unit * labels + label] = rounded;
            output_bias[label] += (weight - f32::from(rounded) * scale) * network.bias[unit].max(0.0);
        }
    }
    Weights {
        hidden: width,
        rows: network.rows.iter().map(|&x| steps(x, row_scale)).collect(),
        row_scale,
        bias: network.bias.clone(),
        output,
        output_scale,
        output_bias,
    }
}

fn steps(value: f32, scale: f32) -> i8 {
    (value / scale).round().clamp(-127.0, 127.0) as i8
}

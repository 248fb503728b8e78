//! [`Adam`]: the optimiser of the dense part.

/// Running moments of one block of weights.
#[derive(Debug, Clone)]
pub(crate) struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
    /// `1 - decay^steps`, kept as products so that no power function is needed.
    mean_left: f32,
    square_left: f32,
}

const MEAN_DECAY: f32 = 0.9;
const SQUARE_DECAY: f32 = 0.99;

impl Adam {
    pub(crate) fn new(length: usize) -> Self {
        Self { mean: vec![0.0; length], square: vec![0.0; length], mean_left: 1.0, square_left: 1.0 }
    }

    /// One step down `gradient * scale`; leaves `gradient` at 0 for the next batch.
    pub(crate) fn step(&mut self, weights: &mut [f32], gradient: &mut [f32], rate: f32, scale: f32) {
        self.mean_left *= MEAN_DECAY;
        self.square_left *= SQUARE_DECAY;
        let (mean_share, square_share) = (1.0 - self.mean_left, 1.0 - self.square_left);
        let moments = self.mean.iter_mut().zip(&mut self.square);
        for ((weight, gradient), (mean, square)) in weights.iter_mut().zip(gradient).zip(moments) {
            let g = *gradient * scale;
            *gradient = 0.0;
            *mean = MEAN_DECAY * *mean + (1.0 - MEAN_DECAY) * g;
            *square = SQUARE_DECAY * *square + (1.0 - SQUARE_DECAY) * g * g;
            *weight -= rate * (*mean / mean_share) / ((*square / square_share).sqrt() + 1e-8);
        }
    }
}

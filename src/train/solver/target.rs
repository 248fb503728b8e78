//! [`Targets`]: what the solver should make of each text.

/// What one text should be in one head.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The head's label is not known for this text.
    Unknown,
    /// The label and the text's weight in the loss.
    Hard {
        /// Label index in the head.
        label: usize,
        /// Weight, 1 for an ordinary text.
        weight: f32,
    },
    /// A teacher's distribution and the text's weight.
    Soft {
        /// Probability of each label of the head.
        probabilities: Box<[f32]>,
        /// Weight, 1 for an ordinary text.
        weight: f32,
    },
}

/// Targets of all texts.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// Labels of each head.
    pub heads: Vec<usize>,
    /// Per text, one target per head.
    pub rows: Vec<Vec<Target>>,
}

impl Target {
    /// Returns the wanted probability of a label and the text's weight.
    pub(super) fn wanted(&self, label: usize, labels: usize, smoothing: f32) -> (f32, f32) {
        match self {
            Self::Unknown => (0.0, 0.0),
            Self::Hard { label: right, weight } if *right == label => (1.0 - smoothing, *weight),
            Self::Hard { weight, .. } => (smoothing / (labels - 1).max(1) as f32, *weight),
            Self::Soft { probabilities, weight } => (probabilities[label], *weight),
        }
    }
}

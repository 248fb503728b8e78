//! Trials: train a variant of a recipe, judge what comes out, and say whether a difference is more than chance.

mod answers;
mod gain;
mod hold_out;
mod rows;
mod source;
mod speed;

pub use answers::{Answer, Answers, HeadAnswers, HeadScores};
pub use gain::{Gain, HeadGains, gain, gains};
pub use hold_out::hold_out;
pub use rows::{Row, Rows};
pub use source::{Reader, Source};
pub use speed::time_ratio;

use crate::Classifier;
use crate::train::{Dataset, Progress, Recipe, TrainError, learn};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

/// An artefact of a variant, ready to be judged.
#[derive(Debug)]
pub struct Trained {
    /// Its name in the recipe.
    pub artefact: String,
    /// The model.
    pub classifier: Classifier,
    /// Bytes of its file.
    pub bytes: usize,
    /// Bytes of its file after `gzip -9`.
    pub gzip_bytes: usize,
}

/// Returns the recipe's artefacts, learnt from `data`; the recipe's paths are relative to `base`.
///
/// # Errors
/// As [`learn`] has them.
pub fn train(recipe: &Recipe, base: &Path, data: &Dataset) -> Result<Vec<Trained>, TrainError> {
    let models = learn(recipe, base, data, &Progress::default())?;
    Ok(models
        .into_iter()
        .map(|(artefact, model)| {
            let bytes = model.to_bytes();
            let gzip_bytes = gzip_bytes(&bytes);
            Trained { artefact, classifier: Classifier::new(model), bytes: bytes.len(), gzip_bytes }
        })
        .collect())
}

fn gzip_bytes(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail; were it to, the file is as long as it is.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(bytes.len(), |packed| packed.len())
}

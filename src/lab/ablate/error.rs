//! [`AblateError`]: why an ablation stopped.

use crate::lab::variant::VariantError;
use crate::train::TrainError;

/// Why an ablation stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AblateError {
    /// The file of variants is not what it should be.
    #[error("{0}")]
    File(Box<toml::de::Error>),
    /// A file without variants, or two of one name.
    #[error("found {found}; expected `[[variant]]` sections whose names differ")]
    Names {
        /// What was found.
        found: String,
    },
    /// A variant is no recipe.
    #[error("variant {variant:?}: {source}")]
    Variant {
        /// Its name.
        variant: String,
        /// What is wrong.
        source: Box<VariantError>,
    },
    /// A variant is for an artefact that the recipe does not have.
    #[error("variant {variant:?} is for the artefact {found:?}; expected one of {expected}")]
    Artefact {
        /// The variant's name.
        variant: String,
        /// The artefact found.
        found: String,
        /// The recipe's.
        expected: String,
    },
    /// Training a variant stopped.
    #[error("variant {variant:?}: {source}")]
    Train {
        /// Its name.
        variant: String,
        /// Why.
        source: TrainError,
    },
    /// Nothing to judge on.
    #[error("no row of split {split:?} has a label of the recipe's heads; expected at least one to judge on")]
    NoRows {
        /// The split.
        split: String,
    },
}

impl AblateError {
    pub(super) fn variant(name: &str, source: VariantError) -> Self {
        Self::Variant { variant: name.to_owned(), source: Box::new(source) }
    }
}

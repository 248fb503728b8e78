//! [`RecipeError`]: why a recipe cannot be used.

use crate::model::RulesError;
use crate::text::LexiconError;
use crate::train::solver::SolverError;
use std::path::PathBuf;

/// Why a recipe cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecipeError {
    /// A file cannot be read.
    #[error("{path}: {source}; expected a readable file")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Not the TOML expected.
    #[error("{path}: {source}")]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where and what.
        source: Box<toml::de::Error>,
    },
    /// A setting is outside its range.
    #[error("recipe setting `{name}` is {found}; expected {expected}")]
    Setting {
        /// Its name.
        name: String,
        /// The value found.
        found: String,
        /// What is allowed.
        expected: &'static str,
    },
    /// A solver's setting is outside its range.
    #[error("recipe section `{section}`: {source}")]
    Solver {
        /// The section.
        section: String,
        /// Which setting.
        source: SolverError,
    },
    /// The lexicon is wrong.
    #[error("{path}: {source}")]
    Lexicon {
        /// The file.
        path: PathBuf,
        /// Line and reason.
        source: LexiconError,
    },
    /// The rules are wrong.
    #[error("{path}: {source}")]
    Rules {
        /// The file.
        path: PathBuf,
        /// Which rule and why.
        source: RulesError,
    },
}

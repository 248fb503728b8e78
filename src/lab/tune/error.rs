//! [`TuneError`]: why a search stopped.

use crate::lab::variant::VariantError;
use crate::train::TrainError;
use std::path::PathBuf;

/// Why a search stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TuneError {
    /// The search space is not what it should be.
    #[error("{0}")]
    Space(Box<toml::de::Error>),
    /// A setting of the search space has no range.
    #[error("the search space: {setting} has {found}; expected {expected}")]
    Range {
        /// The setting.
        setting: String,
        /// What was found.
        found: String,
        /// What a range is.
        expected: &'static str,
    },
    /// The recipe has nothing that the search space is about.
    #[error("the search space has no setting of this recipe; expected at least one")]
    Nothing,
    /// No settings of the space make a recipe.
    #[error("no settings of the search space make a recipe; the last that was tried: {0}")]
    Refused(Box<VariantError>),
    /// The recipe.
    #[error(transparent)]
    Variant(#[from] VariantError),
    /// Training stopped.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// Nothing to judge on.
    #[error("no row of dev has a label of {0}; expected at least one to judge on")]
    NoRows(String),
    /// The log cannot be read or written.
    #[error("{path}: {source}; expected a file of trials that can be read and written")]
    Log {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A line of the log is none.
    #[error("{path}:{line}: {reason}; expected a trial of `pilah tune`: remove the file, or name another with --log")]
    LogLine {
        /// The file.
        path: PathBuf,
        /// Line number from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The log is of another search.
    #[error("{path} is the log of another search: its {what} differ; remove the file, or name another with --log")]
    OtherSearch {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
    },
}

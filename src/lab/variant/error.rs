//! [`VariantError`]: why a recipe cannot be changed.

use super::SettingPath;
use crate::train::RecipeError;
use std::path::PathBuf;

/// Why a recipe cannot be changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VariantError {
    /// The recipe is no TOML.
    #[error("the recipe is no TOML: {0}")]
    Syntax(Box<toml_edit::TomlError>),
    /// A path is not written as one.
    #[error("the setting {found:?} is no path; expected names with dots between them, such as head.type.balance")]
    Path {
        /// What was found.
        found: String,
    },
    /// The recipe has no such head or artefact.
    #[error("the setting {path} is of {section} {found:?}, which the recipe does not have; expected one of {expected}")]
    Name {
        /// The setting.
        path: SettingPath,
        /// `head` or `artefacts`.
        section: String,
        /// The name found.
        found: String,
        /// The recipe's names.
        expected: String,
    },
    /// The path leads through something that has no settings.
    #[error("the setting {path} cannot be: {at:?} is {found}; expected a section of the recipe")]
    Section {
        /// The setting.
        path: SettingPath,
        /// The name in it that is no section.
        at: String,
        /// What it is.
        found: String,
    },
    /// The settings are no recipe: an unknown one, a missing one, or a value of the wrong kind.
    #[error("{0}")]
    Refused(Box<toml::de::Error>),
    /// A setting is outside its range.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// A folder of the recipe's paths cannot be looked at.
    #[error("{path}: {source}; expected a folder")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
}

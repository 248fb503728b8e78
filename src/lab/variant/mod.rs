//! Variants of a recipe: its file with settings changed by their dotted paths, comments kept.
//!
//! | path | what it means |
//! |---|---|
//! | `features.pairs` | a setting of a section |
//! | `head.type.balance` | a setting of the head whose name is `type` |
//! | `artefacts.kecil.student.epochs` | a setting of an artefact's section |
//! | `label_weights."sumber a"` | names that are no plain word stand in quotes, as in TOML |

mod draft;
mod error;
mod path;
mod relocate;

pub use draft::Draft;
pub use error::VariantError;
pub use path::SettingPath;

/// A setting to change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The setting becomes the value.
    Set(SettingPath, toml::Value),
    /// The setting is taken out: its default holds, or there is none of it.
    Remove(SettingPath),
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Set(path, value) => write!(f, "{path} = {value}"),
            Self::Remove(path) => write!(f, "no {path}"),
        }
    }
}

//! [`SettingPath`]: where a setting stands in a recipe.

use super::VariantError;
use std::fmt;
use std::str::FromStr;

/// Where a setting stands: the names of its sections and its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SettingPath(Vec<String>);

impl SettingPath {
    /// Returns the names, outermost first; at least one.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Returns the path of `name` in this section.
    pub(crate) fn join(&self, name: &str) -> Self {
        Self(self.0.iter().cloned().chain([name.to_owned()]).collect())
    }

    /// Returns the path with its name at `at` put in place of what stood there.
    pub(crate) fn with(&self, at: usize, name: &str) -> Self {
        let mut names = self.0.clone();
        names[at] = name.to_owned();
        Self(names)
    }

    /// Returns the path of a setting in a section of a section, outermost first; names may hold any character.
    pub fn of(sections: &[&str], name: &str) -> Self {
        Self(sections.iter().chain([&name]).map(|name| (*name).to_owned()).collect())
    }
}

impl FromStr for SettingPath {
    type Err = VariantError;

    /// Reads a dotted key of TOML.
    fn from_str(text: &str) -> Result<Self, VariantError> {
        match toml_edit::Key::parse(text) {
            Ok(keys) => Ok(Self(keys.iter().map(|key| key.get().to_owned()).collect())),
            Err(_) => Err(VariantError::Path { found: text.to_owned() }),
        }
    }
}

impl fmt::Display for SettingPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> =
            self.0.iter().map(|name| toml_edit::Key::new(name).display_repr().into_owned()).collect();
        f.write_str(&names.join("."))
    }
}

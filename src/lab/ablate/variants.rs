//! Files of variants.

use super::AblateError;
use crate::lab::variant::{Change, SettingPath};
use serde::Deserialize;

/// A recipe that differs from the one that is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What the table calls it.
    pub name: String,
    /// The artefacts that it matters for; all where none is named.
    pub artefacts: Vec<String>,
    /// What differs.
    pub changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    variant: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    name: String,
    #[serde(default)]
    artefacts: Vec<String>,
    #[serde(default)]
    set: toml::Table,
    #[serde(default)]
    remove: Vec<String>,
}

/// Returns the variants that a file lists, in its order.
///
/// # Errors
/// [`AblateError::File`] and [`AblateError::Names`] for a file that does not serve, [`AblateError::Variant`] for a path that is
/// none.
///
/// ```
/// let file = "[[variant]]\nname = \"no slang, no pairs\"\nremove = [\"text.slang\"]\nset.features.pairs = false\n";
/// let variants = pilah::lab::ablate::read_variants(file)?;
/// let changes: Vec<String> = variants[0].changes.iter().map(ToString::to_string).collect();
/// assert_eq!(changes, ["features.pairs = false", "no text.slang"]);
/// # Ok::<(), pilah::lab::ablate::AblateError>(())
/// ```
pub fn read_variants(text: &str) -> Result<Vec<Variant>, AblateError> {
    let File { variant: sections } = toml::from_str(text).map_err(|error| AblateError::File(Box::new(error)))?;
    if sections.is_empty() {
        return Err(AblateError::Names { found: "no variant".to_owned() });
    }
    for (at, section) in sections.iter().enumerate() {
        if section.name.trim().is_empty() || sections[..at].iter().any(|other| other.name == section.name) {
            return Err(AblateError::Names { found: format!("the name {:?} twice or empty", section.name) });
        }
    }
    sections.into_iter().map(variant).collect()
}

fn variant(section: Section) -> Result<Variant, AblateError> {
    let mut changes = Vec::new();
    for (name, value) in section.set {
        flatten(SettingPath::of(&[], &name), value, &mut changes);
    }
    for path in &section.remove {
        let path = path.parse().map_err(|source| AblateError::variant(&section.name, source))?;
        changes.push(Change::Remove(path));
    }
    Ok(Variant { name: section.name, artefacts: section.artefacts, changes })
}

/// Adds a change for every value in the table, however deep.
fn flatten(path: SettingPath, value: toml::Value, changes: &mut Vec<Change>) {
    match value {
        toml::Value::Table(table) => {
            table.into_iter().for_each(|(name, value)| flatten(path.join(&name), value, changes));
        }
        value => changes.push(Change::Set(path, value)),
    }
}

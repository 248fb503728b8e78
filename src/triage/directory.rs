//! [`Directory`]: from a function of government to the office that has it in a region.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The offices of a region; layout and sources are in `models/directory/README.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    id: String,
    name: String,
    utc_offset: Option<i8>,
    offices: BTreeMap<String, String>,
}

/// Why a region cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// No file of that region.
    #[error("found no region `{0}`")]
    Unknown(String),
    /// A file is no directory.
    #[error("the directory of region `{region}` is damaged: {source}; see models/directory/README.md for its layout")]
    Damaged {
        /// The region's id.
        region: String,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// A region is its own ancestor.
    #[error("region `{0}` is its own parent; expected a chain that ends in `nasional`")]
    Circle(String),
}

#[derive(Deserialize)]
struct File {
    id: String,
    name: String,
    parent: Option<String>,
    utc_offset: Option<i8>,
    offices: BTreeMap<String, Office>,
}

#[derive(Deserialize)]
struct Office {
    name: String,
}

impl Directory {
    /// Returns the directory of `region`, where `load` gives the JSON text of a region's file by the region's id.
    ///
    /// # Errors
    /// [`DirectoryError`] where a file of the chain of parents is missing or damaged.
    ///
    /// ```
    /// use pilah::triage::Directory;
    ///
    /// let load = |id: &str| match id {
    ///     "kota" => Some(r#"{"id":"kota","name":"Kota","parent":"atas","offices":{"sosial":{"name":"Dinas Sosial Kota"}}}"#.into()),
    ///     "atas" => Some(r#"{"id":"atas","name":"Atas","offices":{"agama":{"name":"Kemenag"}}}"#.into()),
    ///     _ => None,
    /// };
    /// let directory = Directory::load("kota", load)?;
    /// assert_eq!(directory.office("sosial"), Some("Dinas Sosial Kota"));
    /// assert_eq!(directory.office("agama"), Some("Kemenag"));
    /// assert_eq!(directory.office("pajak"), None);
    /// # Ok::<(), pilah::triage::DirectoryError>(())
    /// ```
    pub fn load(region: &str, load: impl Fn(&str) -> Option<String>) -> Result<Self, DirectoryError> {
        let mut directory: Option<Self> = None;
        let mut seen: Vec<String> = Vec::new();
        let mut next = Some(region.to_owned());
        while let Some(id) = next {
            if seen.contains(&id) {
                return Err(DirectoryError::Circle(id));
            }
            let text = load(&id).ok_or_else(|| DirectoryError::Unknown(id.clone()))?;
            let file: File =
                serde_json::from_str(&text).map_err(|source| DirectoryError::Damaged { region: id.clone(), source })?;
            seen.push(id);
            next = file.parent.clone();
            let directory = directory.get_or_insert_with(|| Self {
                id: file.id,
                name: file.name,
                utc_offset: None,
                offices: BTreeMap::new(),
            });
            directory.utc_offset = directory.utc_offset.or(file.utc_offset);
            directory.add(file.offices);
        }
        directory.ok_or_else(|| DirectoryError::Unknown(region.to_owned()))
    }

    /// Adds what a nearer region does not have.
    fn add(&mut self, offices: BTreeMap<String, Office>) {
        for (function, office) in offices {
            self.offices.entry(function).or_insert(office.name);
        }
    }

    /// Returns the region's id, for example `samarinda`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the region's name, for example "Kota Samarinda".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns how many hours the region's clocks are ahead of UTC, if a file of the chain tells.
    pub fn utc_offset(&self) -> Option<i8> {
        self.utc_offset
    }

    /// Returns a hash of everything in it.
    pub(super) fn fingerprint(&self) -> String {
        // Debug writes every field, and a BTreeMap in its order.
        format!("{} {:016x}", self.id, xxhash_rust::xxh3::xxh3_64(format!("{self:?}").as_bytes()))
    }

    /// Returns the full name of the office that has `function`.
    pub fn office(&self, function: &str) -> Option<&str> {
        self.offices.get(function).map(String::as_str)
    }
}

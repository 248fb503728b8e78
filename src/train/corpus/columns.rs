//! [`Columns`]: what the data calls its columns.

use super::CorpusError;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the columns of the data are called. A file without a column that is named here is read by the default name; a
/// column that no file has is an error.
///
/// ```
/// use pilah::train::corpus::Columns;
///
/// let mut columns = Columns { text: Some("Isi Laporan".to_owned()), ..Columns::default() };
/// columns.labels.insert("agency".to_owned(), "Unit Tujuan".to_owned());
/// assert_eq!(columns.label("agency"), "Unit Tujuan");
/// assert_eq!(columns.label("category"), "category");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The text; without it `text`, else the column with a known name of a text, such as `isi_laporan`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The report's id; without it `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The split; without it `split`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// The collection it came from; without it `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day of the report; without it `date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Head -> the column with its label; a head that is not listed has the column of its own name.
    #[serde(skip)]
    pub labels: BTreeMap<String, String>,
}

impl Columns {
    /// Returns whether every column has its default name.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the column with the labels of `head`.
    pub fn label<'c>(&'c self, head: &'c str) -> &'c str {
        self.labels.get(head).map_or(head, String::as_str)
    }

    /// Puts the columns of `others` in the place of these where they say something.
    pub fn overlay(&mut self, others: &Self) {
        let pairs = [
            (&mut self.text, &others.text),
            (&mut self.id, &others.id),
            (&mut self.split, &others.split),
            (&mut self.source, &others.source),
            (&mut self.date, &others.date),
        ];
        for (own, other) in pairs {
            if other.is_some() {
                own.clone_from(other);
            }
        }
        self.labels.extend(others.labels.iter().map(|(head, column)| (head.clone(), column.clone())));
    }

    /// Every column that is named.
    fn asked_for(&self) -> impl Iterator<Item = &String> {
        let own = [&self.text, &self.id, &self.split, &self.source, &self.date];
        own.into_iter().flatten().chain(self.labels.values())
    }
}

/// Whether two names are of one column: without regard to case and the blanks around them.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    a == b || a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// The columns that were asked for and those that were found.
#[derive(Debug, Default)]
pub(crate) struct Search {
    missing: Vec<String>,
    found: BTreeSet<String>,
    /// Whether all names are wanted; else only until nothing is missing.
    all: bool,
}

impl Search {
    /// Returns the search for the columns that `columns` names.
    pub(crate) fn new(columns: &Columns) -> Self {
        Self { missing: columns.asked_for().cloned().collect(), ..Self::default() }
    }

    /// Returns a search that takes note of every column.
    pub(super) fn for_all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Returns the columns found, sorted.
    pub(super) fn found(self) -> Vec<String> {
        self.found.into_iter().collect()
    }

    /// Takes note of the columns of a record.
    pub(super) fn see<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        if self.missing.is_empty() && !self.all {
            return;
        }
        for name in names {
            self.missing.retain(|wanted| !same_name(wanted, name));
            if !self.found.contains(name) {
                self.found.insert(name.to_owned());
            }
        }
    }

    /// Returns nothing where every column was found.
    ///
    /// # Errors
    /// [`CorpusError::Column`] for the first that no record had.
    pub(crate) fn finish(self) -> Result<(), CorpusError> {
        match self.missing.into_iter().next() {
            Some(wanted) => Err(CorpusError::Column { wanted, columns: self.found.into_iter().collect() }),
            None => Ok(()),
        }
    }
}

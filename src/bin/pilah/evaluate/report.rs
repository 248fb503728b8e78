//! `--report FILE`: the page or the JSON, by the file's ending.

use crate::error::CliError;
use pilah::eval::{Figures, html};
use std::fs;
use std::path::{Path, PathBuf};

/// A report to write.
pub(super) struct Target<'p> {
    path: &'p Path,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Html,
    Json,
}

/// Returns what to write where.
///
/// # Errors
/// [`CliError::Usage`] for an ending that is not known, before any work.
pub(super) fn targets(paths: &[PathBuf]) -> Result<Vec<Target<'_>>, CliError> {
    paths.iter().map(|path| Ok(Target { path, kind: kind(path)? })).collect()
}

fn kind(path: &Path) -> Result<Kind, CliError> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok(Kind::Html),
        Some("json") => Ok(Kind::Json),
        _ => Err(CliError::Usage(format!("--report {}: expected a name that ends in .html or .json", path.display()))),
    }
}

impl Target<'_> {
    /// Writes beside the file and renames: a reader sees the old report or the new one.
    pub(super) fn write(&self, figures: &Figures) -> Result<(), CliError> {
        let name = self.path.display().to_string();
        let error = |source| CliError::SaveReport { name: name.clone(), source };
        let text = match self.kind {
            Kind::Html => html(figures),
            Kind::Json => serde_json::to_string_pretty(figures).map_err(|source| error(source.into()))? + "\n",
        };
        let mut beside = self.path.as_os_str().to_owned();
        beside.push(".part");
        fs::write(&beside, text).and_then(|()| fs::rename(&beside, self.path)).map_err(error)
    }
}

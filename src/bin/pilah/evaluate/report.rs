//! `--report FILE`: the page or the JSON, by the file's ending.

use crate::error::CliError;
use crate::output::save;
use crate::sheet::check_place;
use pilah::eval::{Figures, html};
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
/// [`CliError::Usage`] for an ending that is not known, and for a folder that is not there, before any work.
pub(super) fn targets(paths: &[PathBuf]) -> Result<Vec<Target<'_>>, CliError> {
    let target = |path| {
        let kind = kind(path)?;
        check_place(path)?;
        Ok(Target { path, kind })
    };
    paths.iter().map(|path| target(path)).collect()
}

fn kind(path: &Path) -> Result<Kind, CliError> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok(Kind::Html),
        Some("json") => Ok(Kind::Json),
        _ => Err(CliError::Usage(format!("--report {}: expected a name that ends in .html or .json", path.display()))),
    }
}

impl Target<'_> {
    /// Writes the report.
    pub(super) fn write(&self, figures: &Figures) -> Result<(), CliError> {
        let text = match self.kind {
            Kind::Html => html(figures),
            Kind::Json => self.json(figures)? + "\n",
        };
        save(self.path, text)
    }

    fn json(&self, figures: &Figures) -> Result<String, CliError> {
        let failed = |error: serde_json::Error| CliError::SaveReport {
            name: self.path.display().to_string(),
            source: error.into(),
        };
        serde_json::to_string_pretty(figures).map_err(failed)
    }
}

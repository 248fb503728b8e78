//! Other people's data: any columns in any file, judged before training, corrected by officers, and a recipe made for it.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "data/audit.rs"]
mod audit;
#[path = "data/corrections.rs"]
mod corrections;
#[path = "data/leaks.rs"]
mod leaks;
#[cfg(feature = "cli")]
#[path = "data/program.rs"]
mod program;
#[path = "data/reading.rs"]
mod reading;
#[path = "data/splits.rs"]
mod splits;

use pilah::train::audit::{Audit, LEAST_ROWS, Severity};
use pilah::train::{Collection, HeadChoice, Inputs, Recipe, TrainError};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Returns a folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Returns the recipe made for heads `NAME` or `NAME=COLUMN`; its lexicon is not looked for.
fn recipe(heads: &[&str]) -> Recipe {
    let choice = |head: &&str| {
        let (name, column) =
            head.split_once('=').map_or((*head, None), |(name, column)| (name, Some(column.to_owned())));
        HeadChoice { name: name.to_owned(), column, labels: None }
    };
    let mut recipe = Recipe::quick(&heads.iter().map(choice).collect::<Vec<_>>()).unwrap();
    recipe.text.slang = None;
    recipe
}

/// Reads `files` of `folder` by `recipe`.
fn collect(recipe: &Recipe, folder: &Path, files: &[&str], corrections: &[&str]) -> Result<Collection, TrainError> {
    let paths = |names: &[&str]| names.iter().map(|name| folder.join(name)).collect::<Vec<PathBuf>>();
    let (data, corrections) = (paths(files), paths(corrections));
    Collection::read(recipe, folder, Inputs { data: &data, corrections: &corrections })
}

/// Returns the audit of JSONL lines for the head `unit`.
fn audit_of(lines: &[String]) -> Audit {
    let folder = folder(&[("a.jsonl", lines.join("\n").as_bytes())]);
    let recipe = recipe(&["unit"]);
    collect(&recipe, folder.path(), &["a.jsonl"], &[]).unwrap().audit(&recipe, LEAST_ROWS)
}

/// Returns the messages of an audit's findings of one kind, with how much each matters.
fn findings<'a>(audit: &'a Audit, kind: &str) -> Vec<(Severity, &'a str)> {
    let of_kind = audit.findings.iter().filter(|finding| finding.kind == kind);
    of_kind.map(|finding| (finding.severity, finding.message.as_str())).collect()
}

/// A line of JSONL.
fn line(id: usize, split: &str, text: &str, unit: &str) -> String {
    serde_json::json!({"id": id, "split": split, "text": text, "unit": unit}).to_string()
}

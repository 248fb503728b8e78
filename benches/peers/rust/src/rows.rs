//! Labelled rows as `run.py` writes them for every system.

use crate::Fallible;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Texts with the index of their label.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The texts.
    pub texts: Vec<String>,
    /// Their labels.
    pub labels: Vec<usize>,
}

/// Returns the labels of a task, one a line.
///
/// # Errors
/// Where the file cannot be read.
pub fn labels(path: &Path) -> Fallible<Vec<String>> {
    Ok(fs::read_to_string(path)?.lines().map(str::to_owned).collect())
}

/// Returns the rows of a JSONL file whose field `head` is one of `labels`, of split `train` only or of all splits.
///
/// # Errors
/// Where the file cannot be read or a line is no JSON object.
pub fn rows(path: &Path, head: &str, labels: &[String], all_splits: bool) -> Fallible<Rows> {
    let mut rows = Rows::default();
    for line in fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let label = labels.iter().position(|label| row[head] == label.as_str());
        if let (Some(label), Some(text), true) = (label, row["text"].as_str(), all_splits || row["split"] == "train") {
            rows.texts.push(text.to_owned());
            rows.labels.push(label);
        }
    }
    Ok(rows)
}

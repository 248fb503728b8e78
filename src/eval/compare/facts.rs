//! [`Report`]: a comparison with what the models are.

use super::gate::Verdict;
use super::head::{Comparison, Pair};
use super::{html, markup, render};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::io::Write;

/// All there is to say about two models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The old model.
    pub old: ModelFacts,
    /// The new model.
    pub new: ModelFacts,
    /// The files or folders of labelled rows.
    pub data: Vec<String>,
    /// The splits asked for; empty for all.
    pub split: Vec<String>,
    /// Whose labels count.
    pub by: String,
    /// The differences.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// What the gate says.
    pub verdict: Verdict,
    /// Speed, which differs from run to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

/// What a model is and weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelFacts {
    /// Its file, or the name of a shipped one.
    pub name: String,
    /// Its checksum.
    pub fingerprint: String,
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of the file packed by gzip at its best, as a browser would download it.
    pub gzip: usize,
}

/// How NEW's times stand to OLD's, measured in turns on the same texts with one thread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timing {
    /// Texts classified in each turn.
    pub texts: usize,
    /// Turns.
    pub turns: usize,
    /// NEW's time for the texts over OLD's.
    pub classify: Ratio,
    /// NEW's time to load over OLD's.
    pub load: Ratio,
}

/// A ratio of times over several turns: noisy, as whatever else the machine does is in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// The turn in the middle.
    pub median: f64,
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl ModelFacts {
    /// Returns the facts of the model called `name` whose file holds `file`.
    ///
    /// # Errors
    /// None in practice: packing writes to memory only.
    pub fn new(name: &str, fingerprint: String, file: &[u8]) -> std::io::Result<Self> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(file)?;
        Ok(Self { name: name.to_owned(), fingerprint, bytes: file.len(), gzip: packed.finish()?.len() })
    }
}

impl Ratio {
    /// Returns the ratio over `turns` of `(old, new)` times; 1 without any.
    pub fn of(turns: &[Pair<f64>]) -> Self {
        let mut ratios: Vec<f64> = turns.iter().map(|turn| turn.new / turn.old).collect();
        ratios.sort_by(f64::total_cmp);
        let at = |at: usize| ratios.get(at).copied().unwrap_or(1.0);
        Self { median: at(ratios.len() / 2), low: at(0), high: at(ratios.len().saturating_sub(1)) }
    }
}

impl Report {
    /// Returns the report as text for a terminal; the verdict is the last line.
    pub fn text(&self) -> String {
        markup::text(&render::blocks(self))
    }

    /// Returns the report as Markdown; the verdict is the last line.
    pub fn markdown(&self) -> String {
        markup::markdown(&render::blocks(self))
    }

    /// Returns the report as one HTML page that needs nothing else; the verdict stands first.
    pub fn html(&self) -> String {
        html::page(self)
    }
}

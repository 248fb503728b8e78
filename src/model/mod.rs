//! The model: label sets, heads, weights and the file they live in.
//!
//! A [`Model`] is plain data; [`Classifier`](crate::Classifier) runs it. [`Model::from_bytes`] trusts nothing until every
//! byte is accounted for; [`Model::to_bytes`] writes the same bytes for the same model. The layout is in
//! `models/README.md`.

mod checksum;
mod decode;
mod encode;
mod error;
mod reader;
mod rules;
mod score;
mod simd;

pub use error::LoadError;
pub(crate) use rules::{Finder, RuleText};
pub use rules::{Match, Rule, Rules, RulesError};
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub(crate) use score::calibrate;
pub(crate) use score::{Decision, Extent, Scores, decide, put_first, rank};
pub(crate) use simd::widest;

use crate::features::{Index, Vectorizer};
use crate::text::Pipeline;
use serde::{Deserialize, Serialize};

/// Version of the file's layout.
pub const FORMAT_VERSION: u32 = 1;
/// Version of what the text and features stages do; a model trained by another version is refused.
pub const PIPELINE_VERSION: u32 = 2;

/// A label as people and machines know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Id, for example `penerangan-jalan`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// One line that says what belongs to it.
    #[serde(default)]
    pub definition: String,
}

/// A head: a label set with its calibration and thresholds.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    pub(crate) name: String,
    pub(crate) labels: Vec<Label>,
    pub(crate) ordered: bool,
    pub(crate) temperature: f32,
    /// Share of every answer spread evenly over the labels.
    pub(crate) doubt: f32,
    pub(crate) threshold: f32,
    /// For an ordered head, per label: from which probability of "at least this label" on it is the answer; none for other
    /// heads and where only the likeliest label counts.
    pub(crate) at_least: Vec<Option<f32>>,
    /// The label that means "no report".
    pub(crate) reject: Option<usize>,
}

impl Head {
    /// Returns the head's name, for example `category`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the labels; an ordered head's rise.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Returns whether the labels are ordered.
    pub fn ordered(&self) -> bool {
        self.ordered
    }

    /// Returns the probability from which the answer may stand without a person.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// Returns, per label of an ordered head, the probability of "at least this label" from which on it is the answer
    /// even if a lower label is likelier; empty for other heads, `None` for a label without such a threshold.
    pub fn at_least(&self) -> &[Option<f32>] {
        &self.at_least
    }

    /// Returns the threshold of an ordered head's last label, see [`Head::at_least`].
    pub fn recall_threshold(&self) -> Option<f32> {
        self.at_least.last().copied().flatten()
    }

    /// Returns what the head's logits are divided by.
    pub fn temperature(&self) -> f32 {
        self.temperature
    }

    /// Returns the share of every answer that is spread evenly over the labels: how often the surest answers are wrong.
    pub fn doubt(&self) -> f32 {
        self.doubt
    }

    /// Returns the label that means "this is no report".
    pub fn reject(&self) -> Option<&Label> {
        self.reject.map(|at| &self.labels[at])
    }
}

/// The dense and sparse weights, quantised.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights {
    /// Hidden units.
    pub(crate) hidden: usize,
    /// Features x hidden.
    pub(crate) rows: Vec<i8>,
    /// What one step of `rows` is worth.
    pub(crate) row_scale: f32,
    /// Hidden.
    pub(crate) bias: Vec<f32>,
    /// Hidden x labels of all heads (transposed, so that scoring adds whole columns).
    pub(crate) output: Vec<i8>,
    /// What one step of `output` is worth, per label.
    pub(crate) output_scale: Vec<f32>,
    /// Labels of all heads.
    pub(crate) output_bias: Vec<f32>,
}

/// Everything a classification needs.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) pipeline: Pipeline,
    pub(crate) vectorizer: Vectorizer,
    pub(crate) weights: Weights,
    pub(crate) heads: Vec<Head>,
    pub(crate) rules: Rules,
    pub(crate) min_words: usize,
    pub(crate) provenance: Vec<(String, String)>,
    pub(crate) sections: Vec<(String, usize)>,
    pub(crate) fingerprint: u32,
}

impl Model {
    /// Returns the heads in order.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Returns the rules that may raise the answer of their head.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Returns the range of each head's labels among all labels.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut start = 0;
        self.heads.iter().map(move |head| {
            start += head.labels.len();
            start - head.labels.len()..start
        })
    }

    /// Returns where the model comes from: hashes of recipe and data, counts, the seed; never a date.
    pub fn provenance(&self) -> &[(String, String)] {
        &self.provenance
    }

    /// Returns the file's sections with their sizes in bytes; empty for a model that was never in a file.
    pub fn sections(&self) -> &[(String, usize)] {
        &self.sections
    }

    /// Returns the file's checksum as eight hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        format!("{:08x}", self.fingerprint)
    }

    /// Returns the number of features.
    pub fn features(&self) -> usize {
        self.vectorizer.index().len()
    }

    /// Returns the number of hidden units.
    pub fn hidden(&self) -> usize {
        self.weights.hidden
    }

    /// Returns the feature index.
    pub fn index(&self) -> &Index {
        self.vectorizer.index()
    }
}

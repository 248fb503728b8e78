//! What [`Classifier::classify`](crate::Classifier::classify) returns: plain results that borrow their labels from the model.

use crate::text::Span;
use serde::Serialize;

/// The answer to one text: probabilities per head, whether a person must look, and the words that decided.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction<'m> {
    pub(crate) heads: Vec<HeadPrediction<'m>>,
    pub(crate) needs_review: Option<Review<'m>>,
    pub(crate) evidence: Vec<Evidence<'m>>,
    pub(crate) raised: Option<Raised<'m>>,
}

/// The labels of one head, best first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadPrediction<'m> {
    /// The head's name, for example `category`.
    pub head: &'m str,
    /// Every label of the head: the decision first, then by probability. The decision need not be the most probable: an
    /// ordered head's thresholds or a rule may have raised it.
    pub suggestions: Vec<Suggestion<'m>>,
    /// Whether the first label's probability reaches the head's threshold.
    pub sure: bool,
}

/// A label and its calibrated probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Suggestion<'m> {
    /// The label's id, for example `penerangan-jalan`.
    pub label: &'m str,
    /// The label's name for people, for example "Penerangan jalan umum".
    pub name: &'m str,
    /// Probability in 0..=1; over a head they sum to 1.
    pub probability: f32,
}

/// Why a person must look at a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Review<'m> {
    /// Fewer known words than the model's minimum: `too-short`.
    TooShort,
    /// The message is not addressed to public services: `not-a-report`.
    NotAReport,
    /// The probability of a head's first label is under its threshold: `unsure`.
    Unsure {
        /// The least sure head.
        head: &'m str,
    },
}

/// Words of the raw text and how much they spoke for a head's first label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Evidence<'m> {
    /// The head.
    pub head: &'m str,
    /// The label the words speak for: the head's first suggestion.
    pub label: &'m str,
    /// Byte span in the raw text.
    #[serde(flatten)]
    pub span: Span,
    /// What the words add to the label's logit, before temperature, against the mean of the head's labels.
    pub weight: f32,
}

/// The urgency rule that raised the answer over the model's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Raised<'m> {
    /// The ordered head whose answer it raised.
    pub head: &'m str,
    /// The rule's id.
    pub rule: &'m str,
    /// The model's own label.
    pub from: &'m str,
    /// The label after the rule.
    pub to: &'m str,
    /// The words that triggered the rule, in reading order.
    pub spans: Vec<Span>,
}

impl<'m> Prediction<'m> {
    /// Returns the answer to no text yet, of a model with `heads`.
    pub(crate) fn new(heads: impl Iterator<Item = &'m str>) -> Self {
        let heads = heads.map(|head| HeadPrediction { head, suggestions: Vec::new(), sure: false }).collect();
        Self { heads, needs_review: None, evidence: Vec::new(), raised: None }
    }

    /// Returns the heads in the model's order.
    pub fn heads(&self) -> &[HeadPrediction<'m>] {
        &self.heads
    }

    /// Returns the head called `name`, if the model has it.
    pub fn head(&self, name: &str) -> Option<&HeadPrediction<'m>> {
        self.heads.iter().find(|h| h.head == name)
    }

    /// Returns why a person must look, or `None` where the answer may stand.
    pub fn needs_review(&self) -> Option<Review<'m>> {
        self.needs_review
    }

    /// Returns the deciding words, per head in reading order.
    pub fn evidence(&self) -> &[Evidence<'m>] {
        &self.evidence
    }

    /// Returns the rule that raised the urgency, if one did.
    pub fn raised(&self) -> Option<&Raised<'m>> {
        self.raised.as_ref()
    }
}

impl<'m> HeadPrediction<'m> {
    /// Returns the first suggestion.
    pub fn best(&self) -> Option<Suggestion<'m>> {
        self.suggestions.first().copied()
    }
}

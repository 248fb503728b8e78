//! [`Classifier`]: the chain from raw text to [`Prediction`], readable in one screen.

use crate::features::Composition;
use crate::model::{Decision, LoadError, Model, Scores, decide, put_first};
use crate::prediction::{Evidence, HeadPrediction, Prediction, Raised, Review, Suggestion};
use crate::text::{Term, Word};
use std::ops::Range;

/// A loaded model, ready to classify; cheap to share between threads.
///
/// ```no_run
/// let bytes = std::fs::read("models/penuh.pilah")?;
/// let classifier = pilah::Classifier::from_bytes(&bytes)?;
/// let prediction = classifier.classify("Lampu jalan di depan pasar sudah seminggu mati");
/// if let Some(category) = prediction.head("category").and_then(|head| head.best()) {
///     println!("{} ({:.0} %)", category.name, 100.0 * category.probability);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Classifier {
    model: Model,
}

/// Evidence under this share of a head's strongest word is not shown: it would mark half the text.
const EVIDENCE_SHARE: f32 = 0.25;
/// Most pieces of evidence per head.
const EVIDENCE_MOST: usize = 6;

impl Classifier {
    /// Returns the classifier stored in `bytes`, a model file.
    ///
    /// # Errors
    /// [`LoadError`] for any truncation, any changed bit and any value out of range; it says what was found and expected.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        Ok(Self { model: Model::from_bytes(bytes)? })
    }

    /// Returns the classifier that runs `model`.
    pub fn new(model: Model) -> Self {
        Self { model }
    }

    /// Returns the model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Returns the prediction for `text`. It cannot fail: too little text is an answer that asks for a person.
    pub fn classify(&self, text: &str) -> Prediction<'_> {
        let model = &self.model;
        let words = model.pipeline.words(text);
        let terms = model.pipeline.stem(words.clone());
        let features = model.vectorizer.vectorize(&terms, Composition::Unknown);
        let scores = model.scores(&features);
        let mut decisions: Vec<Decision> =
            model.heads.iter().zip(model.ranges()).map(|(head, range)| decide(head, &scores.logits[range])).collect();
        let raised = self.raise(text, &words, &mut decisions);
        Prediction {
            needs_review: self.review(features.known_words(), &decisions),
            evidence: self.evidence(&terms, &scores, &decisions),
            heads: model.heads.iter().zip(&decisions).map(|(head, decision)| suggest(head, decision)).collect(),
            raised,
        }
    }

    /// Lets the rules raise the answer of their head.
    fn raise(&self, text: &str, words: &[Word<'_>], decisions: &mut [Decision]) -> Option<Raised<'_>> {
        let rules = &self.model.rules;
        let at = self.model.heads.iter().position(|head| head.name == rules.head())?;
        let (head, decision) = (&self.model.heads[at], &mut decisions[at]);
        let from = decision.ranking[0];
        let hit = rules.apply(text, words, from)?;
        put_first(&mut decision.ranking, hit.rank);
        Some(Raised {
            head: &head.name,
            rule: rules.rule(hit.rule)?.id(),
            from: &head.labels[from].id,
            to: &head.labels[hit.rank].id,
            spans: hit.spans,
        })
    }

    /// Returns why a person must look: the first reason of too short, no report, least sure head.
    fn review(&self, known_words: usize, decisions: &[Decision]) -> Option<Review<'_>> {
        if known_words < self.model.min_words {
            return Some(Review::TooShort);
        }
        let judged = || self.model.heads.iter().zip(decisions);
        if judged().any(|(head, decision)| head.reject == decision.ranking.first().copied()) {
            return Some(Review::NotAReport);
        }
        // Distance to the threshold, not probability: thresholds differ from head to head.
        judged()
            .map(|(head, decision)| (head, decision.probabilities[decision.ranking[0]] - head.threshold))
            .filter(|&(_, margin)| margin < 0.0)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(head, _)| Review::Unsure { head: &head.name })
    }

    /// Returns the strongest words for each head's answer, in reading order.
    ///
    /// With its inactive units left out the network is linear, so a label's score is a sum over the words; a word's
    /// weight is its term of that sum, against the mean of the head's labels.
    fn evidence(&self, terms: &[Term<'_>], scores: &Scores, decisions: &[Decision]) -> Vec<Evidence<'_>> {
        let mut all = Vec::new();
        for ((head, range), decision) in self.model.heads.iter().zip(self.model.ranges()).zip(decisions) {
            let label = decision.ranking[0];
            let weights = self.term_weights(terms, scores, range, label);
            let label = head.labels[label].id.as_str();
            for at in strongest(&weights) {
                all.push(Evidence { head: &head.name, label, span: terms[at].span, weight: weights[at] });
            }
        }
        all
    }

    fn term_weights(&self, terms: &[Term<'_>], scores: &Scores, range: Range<usize>, label: usize) -> Vec<f32> {
        let direction = self.model.direction(scores, range, label);
        let mut weights = vec![0.0f32; terms.len()];
        self.model.vectorizer.attribute(terms, |term, id, weight| {
            let part: f32 = self.model.row(id).iter().zip(&direction).map(|(&step, d)| f32::from(step) * d).sum();
            weights[term] += weight * part;
        });
        weights
    }
}

fn suggest<'m>(head: &'m crate::model::Head, decision: &Decision) -> HeadPrediction<'m> {
    let suggestion = |&at: &usize| {
        let label = &head.labels[at];
        Suggestion { label: &label.id, name: &label.name, probability: decision.probabilities[at] }
    };
    HeadPrediction {
        head: &head.name,
        suggestions: decision.ranking.iter().map(suggestion).collect(),
        sure: decision.probabilities[decision.ranking[0]] >= head.threshold,
    }
}

/// Returns the positions of the strongest positive weights, rising.
fn strongest(weights: &[f32]) -> Vec<usize> {
    let best = weights.iter().copied().fold(0.0f32, f32::max);
    let mut at: Vec<usize> = (0..weights.len()).filter(|&i| weights[i] > 0.0 && weights[i] >= best * EVIDENCE_SHARE).collect();
    at.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
    at.truncate(EVIDENCE_MOST);
    at.sort_unstable();
    at
}

//! [`Classifier`]: the chain from raw text to [`Prediction`], readable in one screen.

mod evidence;
mod stages;

use crate::features::{Composition, Features};
use crate::model::{Decision, Extent, LoadError, Model, Scores, decide, put_first};
use crate::prediction::{HeadPrediction, Prediction, Raised, Review, Suggestion};
use crate::text::{Term, Word};
use evidence::{Directions, Part};
use std::borrow::Cow;

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
    directions: Directions,
}

impl Classifier {
    /// Returns the classifier stored in `bytes`, a model file.
    ///
    /// # Errors
    /// [`LoadError`] for any truncation, any changed bit and any value out of range; it says what was found and expected.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        Model::from_bytes(bytes).map(Self::new)
    }

    /// Returns the classifier that runs `model`.
    pub fn new(model: Model) -> Self {
        Self { directions: Directions::new(&model), model }
    }

    /// Returns the model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    // The stages stay functions of their own: a browser that runs one huge function compiles it late and badly.

    /// Returns the prediction for `text`. It cannot fail: too little text is an answer that asks for a person.
    pub fn classify(&self, text: &str) -> Prediction<'_> {
        self.answer(text, Extent::Whole)
    }

    /// Returns the prediction for `text` in less time: the first label of each head only, and no evidence.
    ///
    /// ```
    /// # let bytes = include_bytes!("../models/kecil.pilah");
    /// # let classifier = pilah::Classifier::from_bytes(bytes)?;
    /// let text = "Lampu jalan depan SD mati sudah seminggu";
    /// let (brief, whole) = (classifier.classify_briefly(text), classifier.classify(text));
    /// for (brief, whole) in brief.heads().iter().zip(whole.heads()) {
    ///     assert_eq!(brief.suggestions, whole.suggestions[..1]);
    /// }
    /// assert!(brief.evidence().is_empty());
    /// # Ok::<(), pilah::model::LoadError>(())
    /// ```
    pub fn classify_briefly(&self, text: &str) -> Prediction<'_> {
        self.answer(text, Extent::Brief)
    }

    fn answer(&self, text: &str, extent: Extent) -> Prediction<'_> {
        let model = &self.model;
        let words = model.pipeline.words(text);
        let terms = model.pipeline.stem(words.iter().map(borrowed).collect());
        let (features, parts) = match extent {
            Extent::Whole => self.features(&terms),
            Extent::Brief => (model.vectorizer.vectorize(&terms, Composition::Unknown), Vec::new()),
        };
        let scores = model.scores(&features);
        let mut decisions = self.decide(&scores, extent);
        let raised = self.raise(text, &words, &mut decisions);
        let evidence = match extent {
            Extent::Whole => self.evidence(&terms, &parts, &scores, &decisions),
            Extent::Brief => Vec::new(),
        };
        Prediction {
            needs_review: self.review(features.known_words(), &decisions),
            evidence,
            heads: model.heads.iter().zip(&decisions).map(|(head, decision)| suggest(head, decision)).collect(),
            raised,
        }
    }

    /// Returns the features of `terms` and where they stand.
    #[inline(never)]
    fn features(&self, terms: &[Term<'_>]) -> (Features, Vec<Part>) {
        let mut parts = Vec::with_capacity(2 * terms.len());
        let features = self.model.vectorizer.locate(terms, |at, id, weight| {
            parts.push(Part { first: at.start, last: at.end - 1, id, weight });
        });
        (features, parts)
    }

    /// Returns the model's own decision for each head.
    #[inline(never)]
    fn decide(&self, scores: &Scores, extent: Extent) -> Vec<Decision> {
        let heads = self.model.heads.iter().zip(self.model.ranges());
        heads.map(|(head, range)| decide(head, &scores.logits[range], extent)).collect()
    }

    /// Lets the rules raise the answer of their head.
    #[inline(never)]
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
    #[inline(never)]
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
}

/// Returns `word` without a copy of its letters.
fn borrowed<'w>(word: &'w Word<'_>) -> Word<'w> {
    Word { text: Cow::Borrowed(&word.text), ..*word }
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

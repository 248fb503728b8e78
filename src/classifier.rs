//! [`Classifier`]: the chain from raw text to [`Prediction`], readable in one screen.

mod evidence;
mod memo;
mod session;
mod stages;

pub use session::Session;

use crate::model::{Decision, Extent, Head, LoadError, Model, decide, put_first};
use crate::prediction::{HeadPrediction, Prediction, Raised, Review, Suggestion};
use evidence::{Directions, Part};
use session::Memory;
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

    /// Returns the prediction for `text`. It cannot fail: too little text is an answer that asks for a person.
    ///
    /// Many texts are done in less time by a [`Session`].
    pub fn classify(&self, text: &str) -> Prediction<'_> {
        Session::new(self, 0).last(text, Extent::Whole)
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
        Session::new(self, 0).last(text, Extent::Brief)
    }

    // The stages stay functions of their own: a browser that runs one huge function compiles it late and badly.

    /// Works out the features of the words, and where they stand unless the answer is to be brief.
    #[inline(never)]
    fn vectorize(&self, memory: &mut Memory, extent: Extent) {
        let Memory { memo, known, counts, parts, .. } = memory;
        parts.clear();
        self.model.vectorizer.count(known, &memo.grams, counts, |found| {
            if extent == Extent::Whole {
                let part =
                    |at: Range<usize>| Part { id: found.id, weight: found.share, first: at.start, last: at.end - 1 };
                parts.extend(found.terms().map(part));
            }
        });
    }

    /// Works out the model's own decision for each head.
    #[inline(never)]
    fn decide(&self, memory: &mut Memory, extent: Extent) {
        let Memory { scores, decisions, keys, .. } = memory;
        decisions.resize_with(self.model.heads.len(), Decision::default);
        for ((head, range), decision) in self.model.heads.iter().zip(self.model.ranges()).zip(decisions) {
            decide(head, &scores.logits[range], extent, keys, decision);
        }
    }

    /// Lets the rules raise the answer of their head.
    #[inline(never)]
    fn raise<'m>(&'m self, text: &str, memory: &mut Memory, prediction: &mut Prediction<'m>) {
        if let Some(raised) = prediction.raised.take() {
            memory.finder.spans = raised.spans;
        }
        let rules = &self.model.rules;
        let Some(at) = self.model.heads.iter().position(|head| head.name == rules.head()) else { return };
        let (head, from) = (&self.model.heads[at], memory.decisions[at].ranking[0]);
        let (text, finder) = memory.rule_text(text);
        let Some(rule) = rules.strongest(&text, from, finder).and_then(|rule| rules.rule(rule)) else { return };
        let spans = std::mem::take(&mut finder.spans);
        put_first(&mut memory.decisions[at].ranking, rule.rank());
        let (from, to) = (&head.labels[from].id, &head.labels[rule.rank()].id);
        prediction.raised = Some(Raised { head: &head.name, rule: rule.id(), from, to, spans });
    }

    /// Sets what the prediction says of the decisions: the heads' labels, and whether a person must look.
    #[inline(never)]
    fn conclude<'m>(&'m self, memory: &Memory, prediction: &mut Prediction<'m>) {
        let Memory { counts, decisions, .. } = memory;
        prediction.needs_review = self.review(counts.features.known_words(), decisions);
        for ((head, decision), answer) in self.model.heads.iter().zip(decisions).zip(&mut prediction.heads) {
            suggest(head, decision, answer);
        }
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

/// Sets `answer` to what the head's decision says.
fn suggest<'m>(head: &'m Head, decision: &Decision, answer: &mut HeadPrediction<'m>) {
    let suggestion = |&at: &usize| {
        let label = &head.labels[at];
        Suggestion { label: &label.id, name: &label.name, probability: decision.probabilities[at] }
    };
    answer.suggestions.clear();
    answer.suggestions.extend(decision.ranking.iter().map(suggestion));
    answer.sure = decision.probabilities[decision.ranking[0]] >= head.threshold;
}

//! The stages of [`Classifier::classify`] one by one, for `benches/classify.rs`: no part of the library's promise.

use super::evidence::Part;
use super::{Classifier, borrowed};
use crate::features::Features;
use crate::model::{Decision, Extent, Scores};
use crate::prediction::Evidence;
use crate::text::{Lexicon, Stemming, Term, Word};

/// What each stage gets to work on, for one text.
#[derive(Debug)]
pub struct Stages<'c, 't> {
    classifier: &'c Classifier,
    text: &'t str,
    words: Vec<Word<'t>>,
    terms: Vec<Term<'t>>,
    features: Features,
    parts: Vec<Part>,
    scores: Scores,
    decisions: Vec<Decision>,
}

#[doc(hidden)]
impl Classifier {
    /// Returns the stages of `text`, all run once.
    pub fn stages<'t>(&self, text: &'t str) -> Stages<'_, 't> {
        let words = self.model.pipeline.words(text);
        let terms = self.model.pipeline.stem(words.clone());
        let (features, parts) = self.features(&terms);
        let scores = self.model.scores(&features);
        let decisions = self.decide(&scores, Extent::Whole);
        Stages { classifier: self, text, words, terms, features, parts, scores, decisions }
    }

    /// Returns the settings of the text stages, which are public themselves.
    pub fn text_settings(&self) -> (&Lexicon, Stemming) {
        (self.model.pipeline.lexicon(), self.model.pipeline.stemming())
    }
}

impl<'c> Stages<'c, '_> {
    /// Stems the words as `classify` does; returns how many terms there are.
    pub fn stem(&self) -> usize {
        self.classifier.model.pipeline.stem(self.words.iter().map(borrowed).collect()).len()
    }

    /// Vectorises the terms; returns how many features there are.
    pub fn vectorize(&self) -> usize {
        self.classifier.features(&self.terms).0.entries().len()
    }

    /// Scores the features and decides each head; returns the first label's probability.
    pub fn score(&self) -> f32 {
        let decisions = self.classifier.decide(&self.classifier.model.scores(&self.features), Extent::Whole);
        decisions.first().map_or(0.0, |decision| decision.probabilities[0])
    }

    /// Applies the rules; returns whether one raises the answer.
    pub fn rules(&self) -> bool {
        self.classifier.model.rules.apply(self.text, &self.words, 0).is_some()
    }

    /// Returns the deciding words.
    pub fn evidence(&self) -> Vec<Evidence<'c>> {
        self.classifier.evidence(&self.terms, &self.parts, &self.scores, &self.decisions)
    }
}

//! The stages of [`Classifier::classify`] one by one, for `benches/classify.rs`: no part of the library's promise.

use super::session::{Memory, REMEMBERED};
use super::{Classifier, memo::Memo};
use crate::model::Extent;
use crate::prediction::Evidence;

/// What each stage gets to work on, for one text.
#[derive(Debug)]
pub struct Stages<'c, 't> {
    classifier: &'c Classifier,
    text: &'t str,
    /// With all stages run once.
    memory: Memory,
    /// As the first text finds it.
    fresh: Memory,
    evidence: Vec<Evidence<'c>>,
}

#[doc(hidden)]
impl Classifier {
    /// Returns the stages of `text`, all run once as a session does.
    pub fn stages<'t>(&self, text: &'t str) -> Stages<'_, 't> {
        let memory = Memory { memo: Memo::new(REMEMBERED), ..Memory::default() };
        let mut stages = Stages { classifier: self, text, memory, fresh: Memory::default(), evidence: Vec::new() };
        stages.recall();
        stages.vectorize();
        stages.score();
        stages
    }
}

impl Stages<'_, '_> {
    /// Reads the words of the text, none of which was met before; returns how many there are.
    pub fn read(&mut self) -> usize {
        self.classifier.read(self.text, &mut self.fresh);
        self.fresh.spans.len()
    }

    /// Reads the words of the text, all of which were met before; returns how many there are.
    pub fn recall(&mut self) -> usize {
        self.classifier.read(self.text, &mut self.memory);
        self.memory.spans.len()
    }

    /// Vectorises the words; returns how many features there are.
    pub fn vectorize(&mut self) -> usize {
        self.classifier.vectorize(&mut self.memory, Extent::Whole);
        self.memory.counts.features.entries().len()
    }

    /// Scores the features and decides each head; returns the first label's probability.
    pub fn score(&mut self) -> f32 {
        self.classifier.model.score(&self.memory.counts.features, &mut self.memory.scores);
        self.classifier.decide(&mut self.memory, Extent::Whole);
        self.memory.decisions.first().map_or(0.0, |decision| decision.probabilities[0])
    }

    /// Applies the rules; returns whether one raises the answer.
    pub fn rules(&mut self) -> bool {
        let (text, finder) = self.memory.rule_text(self.text);
        self.classifier.model.rules.strongest(&text, 0, finder).is_some()
    }

    /// Finds the deciding words; returns how many there are.
    pub fn evidence(&mut self) -> usize {
        self.classifier.evidence(&mut self.memory, Extent::Whole, &mut self.evidence);
        self.evidence.len()
    }
}

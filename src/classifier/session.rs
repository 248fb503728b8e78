//! [`Session`]: text after text with the same memory.

use super::Classifier;
use super::evidence::{Part, Weigher};
use super::memo::Memo;
use crate::features::{Counts, Known};
use crate::model::{Decision, Extent, Finder, RuleText, Scores};
use crate::prediction::Prediction;
use crate::text::{Span, each_token};

/// How many words a session remembers: most of those that come twice in a large export, in less than four megabytes.
pub(super) const REMEMBERED: usize = 1 << 15;

/// A classifier at work on many texts, one after the other: it answers as [`Classifier`] does, in less time.
///
/// It keeps its memory from text to text and remembers what the words mean that it met last, so that soon hardly a text
/// makes it allocate. Threads have a session each.
///
/// ```
/// # let bytes = include_bytes!("../../models/kecil.pilah");
/// # let classifier = pilah::Classifier::from_bytes(bytes)?;
/// let mut session = classifier.session();
/// for text in ["Lampu jalan depan SD mati", "Sampah menumpuk di depan pasar"] {
///     assert_eq!(session.classify(text), &classifier.classify(text));
/// }
/// # Ok::<(), pilah::model::LoadError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Session<'m> {
    classifier: &'m Classifier,
    memory: Memory,
    prediction: Prediction<'m>,
}

/// What the stages write to, from the text to the decisions.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    pub(super) memo: Memo,
    /// For each word of the text: where it stands, what the vectoriser and the rules know of it.
    pub(super) spans: Vec<Span>,
    pub(super) known: Vec<Known>,
    pub(super) rule_words: Vec<(u32, u32)>,
    pub(super) counts: Counts,
    pub(super) parts: Vec<Part>,
    pub(super) scores: Scores,
    pub(super) decisions: Vec<Decision>,
    /// What decisions are sorted by.
    pub(super) keys: Vec<u64>,
    pub(super) finder: Finder,
    pub(super) weigher: Weigher,
}

impl<'m> Session<'m> {
    /// Returns a session that remembers up to `words` words from text to text, a power of two or 0.
    pub(super) fn new(classifier: &'m Classifier, words: usize) -> Self {
        let memory = Memory { memo: Memo::new(words), ..Memory::default() };
        let heads = classifier.model.heads.iter().map(|head| head.name.as_str());
        Self { classifier, memory, prediction: Prediction::new(heads) }
    }

    /// Returns the prediction for `text`, as [`Classifier::classify`] does.
    pub fn classify(&mut self, text: &str) -> &Prediction<'m> {
        self.answer(text, Extent::Whole)
    }

    /// Returns the prediction for `text` in less time, as [`Classifier::classify_briefly`] does.
    pub fn classify_briefly(&mut self, text: &str) -> &Prediction<'m> {
        self.answer(text, Extent::Brief)
    }

    fn answer(&mut self, text: &str, extent: Extent) -> &Prediction<'m> {
        let Self { classifier, memory, prediction } = self;
        classifier.read(text, memory);
        classifier.vectorize(memory, extent);
        classifier.model.score(&memory.counts.features, &mut memory.scores);
        classifier.decide(memory, extent);
        classifier.raise(text, memory, prediction);
        classifier.evidence(memory, extent, &mut prediction.evidence);
        classifier.conclude(memory, prediction);
        prediction
    }

    /// Returns the prediction for `text`, and ends.
    pub(super) fn last(mut self, text: &str, extent: Extent) -> Prediction<'m> {
        self.answer(text, extent);
        self.prediction
    }
}

impl Classifier {
    /// Returns a session: the way to classify many texts.
    pub fn session(&self) -> Session<'_> {
        // Nothing is remembered on WebAssembly, see `Memo::look_up`.
        Session::new(self, if cfg!(target_family = "wasm") { 0 } else { REMEMBERED })
    }

    /// Reads the words of `text`.
    #[inline(never)]
    pub(super) fn read(&self, text: &str, memory: &mut Memory) {
        let Memory { memo, spans, known, rule_words, .. } = memory;
        memo.tidy();
        spans.clear();
        known.clear();
        rule_words.clear();
        // A short report has a word every six bytes; a longer one may grow the vectors once or twice.
        let expected = text.len() / 6 + 4;
        spans.reserve(expected);
        known.reserve(expected);
        rule_words.reserve(expected);
        memo.reserve(expected);
        each_token(text, &mut |token| {
            for meaning in memo.look_up(&self.model, &token) {
                spans.push(token.span);
                known.push(meaning.known);
                rule_words.push(meaning.rule_words);
            }
        });
    }
}

impl Memory {
    /// Returns the words that [`Classifier::read`] read in `text`, for the rules, and the rules' own memory.
    pub(super) fn rule_text<'w>(&'w mut self, text: &'w str) -> (RuleText<'w>, &'w mut Finder) {
        let Self { memo, spans, rule_words, finder, .. } = self;
        (RuleText { text, spans, places: rule_words, numbers: &memo.rule_words }, finder)
    }
}

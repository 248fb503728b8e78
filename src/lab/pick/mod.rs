//! [`Picker`]: the unlabelled texts that are most worth labelling.
//!
//! Three things make a text worth a reader's time: the model is unsure of it (uncertainty sampling, Lewis & Gale 1994, by
//! the margin between the two likeliest labels), it is a report and does not stand alone (information density, Settles &
//! Craven 2008, as a yes or no), and it is unlike what is labelled or picked already (core-set, Sener & Savarese 2018, as a
//! greedy choice). A share is drawn by lot, as only such texts tell how good the model is.
//!
//! Any number of texts go through in bounded memory: kept are the most unsure ones, a sample to count similar ones in, and
//! the lots.

mod choose;
mod least;
mod picks;
mod space;

pub use picks::{Guess, Passed, Pick, PickError, Picks, Text, Why};

use super::folds::{mix, text_key};
use crate::Classifier;
use crate::prediction::Review;
use least::Least;
use rayon::prelude::*;
use std::collections::HashSet;

/// Texts of the sample in which similar ones are counted, and most labelled ones that picks are kept away from.
const SAMPLE: usize = 10_000;
/// Unsure texts that are kept for each one to pick...
const POOL: usize = 20;
/// ...but no fewer and no more than these.
const POOL_RANGE: (usize, usize) = (2_000, 20_000);

/// How texts are chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct PickSettings {
    /// How many texts.
    pub count: usize,
    /// By what.
    pub strategy: Strategy,
    /// The heads to be unsure of; all of the model where there are none.
    pub heads: Vec<String>,
    /// The share that is drawn by lot, 0 to 1.
    pub random: f32,
    /// Seed of the lots and the sample.
    pub seed: u64,
}

/// By what texts are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// By doubt, difference from what is labelled or picked, and not standing alone.
    Mixed,
    /// By doubt alone, near-copies left out.
    Margin,
    /// By lot.
    Random,
}

/// Chooses from the texts that it is offered.
///
/// ```
/// use pilah::lab::{PickSettings, Picker, Strategy, Text};
/// # let bytes = include_bytes!("../../../models/kecil.pilah");
/// let classifier = pilah::Classifier::from_bytes(bytes)?;
/// let settings = PickSettings { count: 1, strategy: Strategy::Mixed, heads: vec![], random: 0.0, seed: 1 };
/// let mut picker = Picker::new(&classifier, settings)?;
/// let text = |text: &str| Text { text: text.to_owned(), ..Text::default() };
/// picker.labelled("Lampu jalan depan SD mati sudah seminggu");
/// picker.offer(vec![text("lampu jalan depan SD mati, sudah seminggu"), text("Tiang di tepi kali miring, kabelnya putus")]);
/// let picks = picker.finish()?;
/// assert!(picks.picks[0].text.text.starts_with("Tiang"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Picker<'c> {
    classifier: &'c Classifier,
    settings: PickSettings,
    /// Positions of the heads asked for.
    heads: Vec<usize>,
    /// The most unsure texts, each once.
    pool: Least<Keyed>,
    pooled: HashSet<u64>,
    lots: Least<Keyed>,
    drawn: HashSet<u64>,
    /// What all texts are like.
    sample: Least<String>,
    known: HashSet<u64>,
    /// What labelled texts are like.
    known_sample: Least<String>,
    passed: Passed,
}

/// A text with the hash of its words.
#[derive(Debug)]
struct Keyed {
    key: u64,
    text: Text,
}

/// What is found out about a text when it is offered.
struct Look {
    key: u64,
    blank: bool,
    too_short: bool,
    unsure: f32,
}

impl<'c> Picker<'c> {
    /// Returns a picker that asks `classifier`.
    ///
    /// # Errors
    /// [`PickError`] for settings that do not fit the model.
    pub fn new(classifier: &'c Classifier, settings: PickSettings) -> Result<Self, PickError> {
        if !(0.0..=1.0).contains(&settings.random) {
            return Err(PickError::Share(settings.random));
        }
        let heads = heads(classifier, &settings.heads)?;
        let (least, most) = POOL_RANGE;
        let pool = settings.count.saturating_mul(POOL).clamp(least, most).max(settings.count.saturating_mul(2));
        // Some lots may turn out to be labelled later on.
        let lots = settings.count.saturating_mul(2);
        Ok(Self {
            classifier,
            settings,
            heads,
            pool: Least::new(pool),
            pooled: HashSet::new(),
            lots: Least::new(lots),
            drawn: HashSet::new(),
            sample: Least::new(SAMPLE),
            known: HashSet::new(),
            known_sample: Least::new(SAMPLE),
            passed: Passed::default(),
        })
    }

    /// Takes note of a labelled text: neither it nor a near-copy is picked.
    pub fn labelled(&mut self, text: &str) {
        let key = text_key(text);
        if self.known.insert(key) {
            let lot = mix(key ^ self.settings.seed);
            if self.known_sample.wants(lot) {
                self.known_sample.add(lot, text.to_owned());
            }
        }
    }

    /// Takes texts to choose from; the model looks at them in parallel.
    pub fn offer(&mut self, texts: Vec<Text>) {
        let looks: Vec<Look> = texts.par_iter().map(|text| self.look(&text.text)).collect();
        for (text, look) in texts.into_iter().zip(looks) {
            self.keep(text, &look);
        }
    }

    fn look(&self, text: &str) -> Look {
        let prediction = self.classifier.classify_briefly(text);
        let heads = self.heads.iter().filter_map(|&head| prediction.heads().get(head)?.best());
        let unsure = heads.map(|best| 1.0 - best.probability).sum::<f32>();
        Look {
            key: text_key(text),
            blank: !text.chars().any(char::is_alphabetic),
            too_short: prediction.needs_review() == Some(Review::TooShort),
            unsure,
        }
    }

    fn keep(&mut self, text: Text, look: &Look) {
        self.passed.offered += 1;
        if look.blank {
            self.passed.blank += 1;
            return;
        }
        let lot = mix(mix(self.passed.offered) ^ self.settings.seed);
        if self.sample.wants(lot) {
            self.sample.add(lot, text.text.clone());
        }
        if self.known.contains(&look.key) {
            self.passed.labelled += 1;
            return;
        }
        self.draw(&text, look.key);
        if look.too_short {
            self.passed.too_short += 1;
        } else {
            self.pool(text, look);
        }
    }

    /// Keeps the text where its lot is among the first; copies have one lot together.
    fn draw(&mut self, text: &Text, key: u64) {
        let lot = mix(mix(key) ^ self.settings.seed);
        if self.lots.wants(lot)
            && self.drawn.insert(key)
            && let Some(gone) = self.lots.add(lot, Keyed { key, text: text.clone() })
        {
            self.drawn.remove(&gone.key);
        }
    }

    /// Keeps the text where it is among the most unsure; of copies the first.
    fn pool(&mut self, text: Text, look: &Look) {
        // Numbers that are not negative rise as their bits do.
        let key = u64::from(!look.unsure.max(0.0).to_bits());
        if self.pool.wants(key)
            && self.pooled.insert(look.key)
            && let Some(gone) = self.pool.add(key, Keyed { key: look.key, text })
        {
            self.pooled.remove(&gone.key);
        }
    }

    /// Returns the choice.
    ///
    /// # Errors
    /// [`PickError::Nothing`] where no text is left.
    pub fn finish(self) -> Result<Picks, PickError> {
        let passed = self.passed;
        let picks = choose::choose(self);
        if picks.is_empty() { Err(PickError::Nothing(passed)) } else { Ok(Picks { picks, passed }) }
    }
}

/// Returns the positions of the heads called `names`, of all heads where there are none.
fn heads(classifier: &Classifier, names: &[String]) -> Result<Vec<usize>, PickError> {
    let all = classifier.model().heads();
    if names.is_empty() {
        return Ok((0..all.len()).collect());
    }
    let position = |name: &String| {
        let known = || all.iter().map(|head| head.name().to_owned()).collect();
        let found = all.iter().position(|head| head.name() == name);
        found.ok_or_else(|| PickError::Head { found: name.clone(), heads: known() })
    };
    names.iter().map(position).collect()
}

//! [`Vectorizer`]: counts words, word pairs and character n-grams of the terms of one text.

use super::hash::{Group, key, pair_key};
use super::index::Index;
use super::places::{Place, by_key, key_of, length, merge, set_places, term_of, tf_weight};
use crate::text::{Kind, Term};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Longest `<term>` that is cut into n-grams, in bytes.
const LONGEST_WORD: usize = 96;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureSettings {
    /// Shortest character n-gram, in characters of `<term>`; at least 1.
    pub gram_min: u8,
    /// Longest character n-gram; `gram_max < gram_min` switches n-grams off.
    pub gram_max: u8,
    /// Whether two words in a row are a feature.
    pub pairs: bool,
}

/// Which terms are counted by their character n-grams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Composition {
    /// Unknown terms only: serving. A known term's row already holds the sum of its n-grams (see `train::fold`).
    Unknown,
    /// Every term, beside its own feature: training, so that words share what they have in common.
    All,
}

/// A text as sorted feature ids and weights.
///
/// The weight of a word or pair is `(1 + ln n) / z` where `n` is how often it occurs; an n-gram of a word has the word's
/// weight divided by the square root of the number of the word's n-grams. `z` is the Euclidean length over all words and
/// pairs of the text, known or not, so that a text of many unknown words does not look surer than it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    entries: Vec<(u32, f32)>,
    known_words: usize,
}

impl Features {
    /// Returns `(feature id, weight)`, ids rising.
    pub fn entries(&self) -> &[(u32, f32)] {
        &self.entries
    }

    /// Returns how many different terms the model knows whole.
    pub fn known_words(&self) -> usize {
        self.known_words
    }
}

/// A term as a vectoriser knows it: all that it counts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    key: u32,
    id: Option<u32>,
    /// Where its n-grams lie among those of all terms.
    grams: (u32, u32),
}

/// A known feature of a text and where it was seen.
pub(crate) struct Found<'p> {
    pub(crate) id: u32,
    /// What one occurrence of it weighs, at each of its terms.
    pub(crate) share: f32,
    places: &'p [Place],
    /// How many terms it is made of.
    width: usize,
}

impl Found<'_> {
    /// Returns the terms of each occurrence.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Range<usize>> {
        self.places.iter().map(|&place| term_of(place)..term_of(place) + self.width)
    }
}

/// The memory of [`Vectorizer::count`], and what it found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    words: Vec<Place>,
    pairs: Vec<Place>,
    entries: Vec<(u32, f32)>,
    order: Vec<Place>,
    pub(crate) features: Features,
}

/// Turns terms into [`Features`]; the one copy used by training and serving.
#[derive(Debug, Clone)]
pub struct Vectorizer {
    settings: FeatureSettings,
    index: Index,
}

impl Vectorizer {
    /// Returns the vectoriser that knows the features of `index`.
    pub fn new(settings: FeatureSettings, index: Index) -> Self {
        Self { settings, index }
    }

    /// Returns what is counted.
    pub fn settings(&self) -> FeatureSettings {
        self.settings
    }

    /// Returns the feature index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Returns the features of `terms`.
    pub fn vectorize(&self, terms: &[Term<'_>], composition: Composition) -> Features {
        let mut counts = Counts::default();
        self.find(terms, composition, &mut counts, |_| ());
        counts.features
    }

    /// Calls `part(term, id, weight)` for everything that the serving features ([`Composition::Unknown`]) contain: a
    /// word's features at each of its occurrences with an equal share of the weight, a pair's at both of its terms.
    pub fn attribute(&self, terms: &[Term<'_>], mut part: impl FnMut(usize, u32, f32)) {
        self.find(terms, Composition::Unknown, &mut Counts::default(), |found| {
            found.terms().flatten().for_each(|term| part(term, found.id, found.share));
        });
    }

    fn find(&self, terms: &[Term<'_>], composition: Composition, counts: &mut Counts, found: impl FnMut(Found<'_>)) {
        let mut grams = Vec::new();
        let known: Vec<Known> = terms.iter().map(|term| self.look_up(term, composition, &mut grams)).collect();
        self.count(&known, &grams, counts, found);
    }

    /// Returns what is known of `term`, and adds its known n-grams with their shares of its weight to `grams`.
    pub(crate) fn look_up(&self, term: &Term<'_>, composition: Composition, grams: &mut Vec<(u32, f32)>) -> Known {
        let key = key(Group::Word, term.text.as_bytes());
        let (id, start) = (self.index.get(key), grams.len());
        if id.is_none() || composition == Composition::All {
            each_gram_key(self.settings, term, |key, share| {
                grams.extend(self.index.get(key).map(|id| (id, share)));
            });
        }
        Known { key, id, grams: (start as u32, grams.len() as u32) }
    }

    /// Sets the features of `counts` to those of `terms`, and calls `found` with each known one where it occurs.
    pub(crate) fn count(
        &self,
        terms: &[Known],
        grams: &[(u32, f32)],
        counts: &mut Counts,
        mut found: impl FnMut(Found<'_>),
    ) {
        let Counts { words, pairs, entries, order, features } = counts;
        set_places(words, terms.iter().map(|term| term.key));
        let neighbours = if self.settings.pairs { terms } else { &[] };
        set_places(pairs, neighbours.windows(2).map(|two| pair_key(two[0].key, two[1].key)));
        let scale = 1.0 / length(by_key(words).chain(by_key(pairs)));
        entries.clear();
        features.known_words = 0;
        let mut add = |id, weight: f32, places: &[Place], width| {
            entries.push((id, weight));
            found(Found { id, share: weight / (places.len() * width) as f32, places, width });
        };
        for word in by_key(words) {
            let (weight, term) = (tf_weight(word.len()) * scale, &terms[term_of(word[0])]);
            if let Some(id) = term.id {
                add(id, weight, word, 1);
                features.known_words += 1;
            }
            for &(id, share) in &grams[term.grams.0 as usize..term.grams.1 as usize] {
                add(id, weight * share, word, 1);
            }
        }
        for pair in by_key(pairs) {
            if let Some(id) = self.index.get(key_of(pair[0])) {
                add(id, tf_weight(pair.len()) * scale, pair, 2);
            }
        }
        merge(entries, order, &mut features.entries);
    }
}

/// Calls `gram(key, share)` for each character n-gram of `<term>` in reading order; `share` is one over the square root of
/// their number. Masks, numbers and emoji have none.
pub(crate) fn each_gram_key(settings: FeatureSettings, term: &Term<'_>, mut gram: impl FnMut(u32, f32)) {
    let (min, max) = (usize::from(settings.gram_min.max(1)), usize::from(settings.gram_max));
    if term.kind != Kind::Word || max < min {
        return;
    }
    let mut buffer = [0u8; LONGEST_WORD];
    let Some(text) = bracketed(&term.text, &mut buffer) else { return };
    // Character boundaries: grams are of characters, so that no gram is half a letter.
    let mut bounds = [0u8; LONGEST_WORD + 1];
    let mut characters = 0;
    for (at, byte) in text.iter().enumerate() {
        if byte & 0xC0 != 0x80 {
            bounds[characters] = at as u8;
            characters += 1;
        }
    }
    bounds[characters] = text.len() as u8;
    let total: usize = (min..=max).map(|n| (characters + 1).saturating_sub(n)).sum();
    let share = 1.0 / (total as f32).sqrt();
    for n in min..=max.min(characters) {
        for start in 0..=characters - n {
            gram(key(Group::Gram, &text[usize::from(bounds[start])..usize::from(bounds[start + n])]), share);
        }
    }
}

/// Calls `each(key)` for every feature that `terms` have, repeats included: what a vocabulary counts.
#[cfg(all(feature = "train", not(target_family = "wasm")))]
pub(crate) fn for_each_key(settings: FeatureSettings, terms: &[Term<'_>], mut each: impl FnMut(u32)) {
    let words: Vec<u32> = terms.iter().map(|term| key(Group::Word, term.text.as_bytes())).collect();
    words.iter().copied().for_each(&mut each);
    if settings.pairs {
        words.windows(2).for_each(|two| each(pair_key(two[0], two[1])));
    }
    for term in terms {
        each_gram_key(settings, term, |key, _| each(key));
    }
}

/// Returns `<text>` in `buffer`; `None` where it does not fit: such a string is no word, and its grams would be noise.
fn bracketed<'b>(text: &str, buffer: &'b mut [u8; LONGEST_WORD]) -> Option<&'b [u8]> {
    let end = text.len() + 2;
    let place = buffer.get_mut(..end)?;
    place[0] = b'<';
    place[1..end - 1].copy_from_slice(text.as_bytes());
    place[end - 1] = b'>';
    Some(place)
}

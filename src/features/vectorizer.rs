//! [`Vectorizer`]: counts words, word pairs and character n-grams of the terms of one text.

use super::hash::{Group, key, pair_key};
use super::index::Index;
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

/// A known feature of a text and where it was seen.
struct Found<'p> {
    id: u32,
    weight: f32,
    places: &'p [Place],
    /// How many terms it is made of.
    width: usize,
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
        self.collect(terms, composition, |_| ())
    }

    /// Calls `part(term, id, weight)` for everything that the serving features ([`Composition::Unknown`]) contain: a
    /// word's features at each of its occurrences with an equal share of the weight, a pair's at both of its terms.
    pub fn attribute(&self, terms: &[Term<'_>], mut part: impl FnMut(usize, u32, f32)) {
        self.locate(terms, |at, id, weight| at.for_each(|term| part(term, id, weight)));
    }

    /// Returns the serving features of `terms`, and calls `part` as [`Vectorizer::attribute`] does, but once for both
    /// terms of a pair.
    pub(crate) fn locate(&self, terms: &[Term<'_>], mut part: impl FnMut(Range<usize>, u32, f32)) -> Features {
        self.collect(terms, Composition::Unknown, |Found { id, weight, places, width }| {
            let weight = weight / (places.len() * width) as f32;
            places.iter().map(|&place| term_of(place)).for_each(|term| part(term..term + width, id, weight));
        })
    }

    /// Returns the features of `terms`, and calls `found` with each known one.
    fn collect(&self, terms: &[Term<'_>], composition: Composition, mut found: impl FnMut(Found<'_>)) -> Features {
        let keys = word_keys(terms);
        let words = places(keys.iter().copied());
        let pairs = if self.settings.pairs { places(pair_keys(&keys)) } else { Vec::new() };
        let scale = 1.0 / length(by_key(&words).chain(by_key(&pairs)));
        let mut entries = Vec::with_capacity(2 * terms.len());
        let mut known_words = 0;
        let mut add = |id, weight, places, width| {
            entries.push((id, weight));
            found(Found { id, weight, places, width });
        };
        for word in by_key(&words) {
            let weight = tf_weight(word.len()) * scale;
            let id = self.index.get(key_of(word[0]));
            if let Some(id) = id {
                add(id, weight, word, 1);
                known_words += 1;
            }
            if id.is_none() || composition == Composition::All {
                self.each_gram(&terms[term_of(word[0])], |id, share| add(id, weight * share, word, 1));
            }
        }
        for pair in by_key(&pairs) {
            if let Some(id) = self.index.get(key_of(pair[0])) {
                add(id, tf_weight(pair.len()) * scale, pair, 2);
            }
        }
        Features { entries: merged(&entries), known_words }
    }

    /// Calls `gram(id, share)` for each known n-gram of `term`, in reading order.
    fn each_gram(&self, term: &Term<'_>, mut gram: impl FnMut(u32, f32)) {
        each_gram_key(self.settings, term, |key, share| {
            if let Some(id) = self.index.get(key) {
                gram(id, share);
            }
        });
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
    let words = word_keys(terms);
    words.iter().copied().for_each(&mut each);
    if settings.pairs {
        pair_keys(&words).for_each(&mut each);
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

/// Returns the key of each term.
pub(crate) fn word_keys(terms: &[Term<'_>]) -> Vec<u32> {
    terms.iter().map(|term| key(Group::Word, term.text.as_bytes())).collect()
}

/// Returns the keys of the pairs of neighbours.
pub(crate) fn pair_keys(words: &[u32]) -> impl Iterator<Item = u32> + '_ {
    words.windows(2).map(|pair| pair_key(pair[0], pair[1]))
}

/// A key in the upper half, the first term it was made of in the lower: one number, so that sorting is cheap.
type Place = u64;

fn key_of(place: Place) -> u32 {
    (place >> 32) as u32
}

fn term_of(place: Place) -> usize {
    place as u32 as usize
}

/// Returns the place of each of `keys`, sorted by key, then in reading order.
fn places(keys: impl Iterator<Item = u32>) -> Vec<Place> {
    let mut places: Vec<Place> = keys.enumerate().map(|(term, key)| u64::from(key) << 32 | term as u64).collect();
    places.sort_unstable();
    places
}

/// Returns the places of each different key together, keys rising.
fn by_key(places: &[Place]) -> impl Iterator<Item = &[Place]> {
    places.chunk_by(|a, b| key_of(*a) == key_of(*b))
}

/// Sublinear term frequency, `1 + ln n` (Manning, Raghavan, Schuetze 2008, section 6.4.1).
fn tf_weight(count: usize) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + libm::logf(count as f32) }
}

/// Euclidean length of the weights of what is seen at `places`, 1 for an empty text.
fn length<'p>(seen: impl Iterator<Item = &'p [Place]>) -> f32 {
    let squares: f32 = seen.map(|places| tf_weight(places.len()) * tf_weight(places.len())).sum();
    if squares > 0.0 { squares.sqrt() } else { 1.0 }
}

/// Returns the entries sorted by id, equal ids (n-grams that two words share) summed in their order, which is the text's.
fn merged(entries: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let places = places(entries.iter().map(|&(id, _)| id));
    let weight = |&place: &Place| entries[term_of(place)].1;
    by_key(&places).map(|same| (key_of(same[0]), same.iter().map(weight).sum())).collect()
}

//! [`Vectorizer`]: counts words, word pairs and character n-grams of the terms of one text.

use super::hash::{Group, key, pair_key};
use super::index::Index;
use crate::text::{Kind, Term};
use serde::{Deserialize, Serialize};

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

/// Turns terms into [`Features`]; the one copy used by training and serving.
#[derive(Debug, Clone)]
pub struct Vectorizer {
    settings: FeatureSettings,
    index: Index,
}

/// One word or pair of a text: how often, and the term it was first seen at.
#[derive(Debug, Clone, Copy)]
struct Counted {
    key: u32,
    term: u32,
    count: u32,
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
        let keys = word_keys(terms);
        let words = count(keys.iter().copied());
        let pairs = if self.settings.pairs { count(pair_keys(&keys)) } else { Vec::new() };
        let scale = 1.0 / length(words.iter().chain(&pairs));
        let mut features = Features { entries: Vec::with_capacity(2 * terms.len()), known_words: 0 };
        for word in &words {
            let weight = tf_weight(word.count) * scale;
            let id = self.index.get(word.key);
            if let Some(id) = id {
                features.entries.push((id, weight));
                features.known_words += 1;
            }
            if id.is_none() || composition == Composition::All {
                self.each_gram(&terms[word.term as usize], |id, share| features.entries.push((id, weight * share)));
            }
        }
        for pair in &pairs {
            if let Some(id) = self.index.get(pair.key) {
                features.entries.push((id, tf_weight(pair.count) * scale));
            }
        }
        merge(&mut features.entries);
        features
    }

    /// Calls `part(term, id, weight)` for everything that the serving features ([`Composition::Unknown`]) contain: a
    /// word's features at each of its occurrences with an equal share of the weight, a pair's at both of its terms.
    pub fn attribute(&self, terms: &[Term<'_>], mut part: impl FnMut(usize, u32, f32)) {
        let keys = word_keys(terms);
        let words = count(keys.iter().copied());
        let pairs = if self.settings.pairs { count(pair_keys(&keys)) } else { Vec::new() };
        let scale = 1.0 / length(words.iter().chain(&pairs));
        let share = |counted: &[Counted], key: u32| {
            let at = counted.binary_search_by_key(&key, |c| c.key).unwrap_or(0);
            tf_weight(counted[at].count) * scale / counted[at].count as f32
        };
        for (at, &key) in keys.iter().enumerate() {
            let weight = share(&words, key);
            match self.index.get(key) {
                Some(id) => part(at, id, weight),
                None => self.each_gram(&terms[at], |id, gram_share| part(at, id, weight * gram_share)),
            }
        }
        if self.settings.pairs {
            for (at, key) in pair_keys(&keys).enumerate() {
                if let Some(id) = self.index.get(key) {
                    let weight = share(&pairs, key) / 2.0;
                    part(at, id, weight);
                    part(at + 1, id, weight);
                }
            }
        }
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
#[cfg(feature = "train")]
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

/// Returns each different key once with its count, keys rising.
fn count(keys: impl Iterator<Item = u32>) -> Vec<Counted> {
    let mut all: Vec<Counted> =
        keys.enumerate().map(|(term, key)| Counted { key, term: term as u32, count: 1 }).collect();
    all.sort_unstable_by_key(|c| (c.key, c.term));
    all.dedup_by(|next, kept| {
        let same = next.key == kept.key;
        kept.count += u32::from(same);
        same
    });
    all
}

/// Sublinear term frequency, `1 + ln n` (Manning, Raghavan, Schuetze 2008, section 6.4.1).
fn tf_weight(count: u32) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + libm::logf(count as f32) }
}

/// Euclidean length of the weights, 1 for an empty text.
fn length<'c>(counted: impl Iterator<Item = &'c Counted>) -> f32 {
    let squares: f32 = counted.map(|c| tf_weight(c.count) * tf_weight(c.count)).sum();
    if squares > 0.0 { squares.sqrt() } else { 1.0 }
}

/// Sorts by id and sums equal ids (n-grams that two words share); stable, so the order of summation is the text's.
fn merge(entries: &mut Vec<(u32, f32)>) {
    entries.sort_by_key(|entry| entry.0);
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}

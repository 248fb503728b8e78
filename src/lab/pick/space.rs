//! [`Space`] and [`Index`]: texts as weighted words, and which of many resemble one.

use super::super::folds::hash;
use crate::text::{Kind, Pipeline};
use std::collections::{BTreeMap, HashMap};

/// A text: hashes of its words, rising, with their weights; of Euclidean length 1.
pub(super) type Vector = Vec<(u64, f32)>;

/// What words weigh: the rarer among the texts it was made of, the more (inverse document frequency; Manning, Raghavan &
/// Schuetze 2008, section 6.2.1).
#[derive(Debug)]
pub(super) struct Space<'p> {
    pipeline: &'p Pipeline,
    weights: HashMap<u64, f32>,
    /// What a word weighs that none of the texts has.
    unseen: f32,
}

impl<'p> Space<'p> {
    /// Returns the space of `texts`, whose words are those of `pipeline`.
    pub(super) fn new<'t>(pipeline: &'p Pipeline, texts: impl Iterator<Item = &'t str>) -> Self {
        let mut counts = BTreeMap::<u64, u32>::new();
        let mut total = 0u32;
        for text in texts {
            total += 1;
            words(pipeline, text).into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        let weight = |count: u32| libm::logf((total + 1) as f32 / (count + 1) as f32);
        let weights = counts.into_iter().map(|(word, count)| (word, weight(count))).collect();
        Self { pipeline, weights, unseen: weight(0) }
    }

    /// Returns `text` as a vector, empty where none of its words weighs anything.
    pub(super) fn vector(&self, text: &str) -> Vector {
        let weight = |word: u64| (word, self.weights.get(&word).copied().unwrap_or(self.unseen));
        let mut vector: Vector = words(self.pipeline, text).into_iter().map(weight).filter(|w| w.1 > 0.0).collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    }
}

/// Returns the hashes of the different words of `text`, rising; numbers, masks and emoji tell no text from another.
fn words(pipeline: &Pipeline, text: &str) -> Vec<u64> {
    let terms = pipeline.terms(text);
    let mut words: Vec<u64> = terms.iter().filter(|t| t.kind == Kind::Word).map(|t| hash(t.text.as_bytes())).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Texts by their words.
#[derive(Debug, Default)]
pub(super) struct Index {
    texts: usize,
    places: HashMap<u64, Vec<(u32, f32)>>,
}

impl Index {
    /// Returns the index of `vectors`.
    pub(super) fn new<'v>(vectors: impl Iterator<Item = &'v Vector>) -> Self {
        let mut index = Self::default();
        for vector in vectors {
            for &(word, weight) in vector {
                index.places.entry(word).or_default().push((index.texts as u32, weight));
            }
            index.texts += 1;
        }
        index
    }

    /// Returns the cosine of `vector` with each text of the index.
    pub(super) fn cosines(&self, vector: &Vector) -> Vec<f32> {
        let mut cosines = vec![0.0; self.texts];
        for (word, weight) in vector {
            for &(text, other) in self.places.get(word).map_or(&[][..], Vec::as_slice) {
                cosines[text as usize] += weight * other;
            }
        }
        cosines
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, Space};
    use crate::text::{Lexicon, Pipeline, Stemming};

    #[test]
    fn texts_resemble_each_other_by_their_rare_words() {
        let pipeline = Pipeline::new(Lexicon::default(), Stemming::None);
        let texts = ["jalan lampu mati", "jalan sampah bau", "jalan lampu mati 12", "jalan banjir"];
        let space = Space::new(&pipeline, texts.into_iter());
        let vectors = texts.map(|text| space.vector(text));
        let cosines = Index::new(vectors.iter()).cosines(&vectors[0]);
        assert!((cosines[0] - 1.0).abs() < 1e-6 && (cosines[2] - 1.0).abs() < 1e-6, "{cosines:?}");
        // Every text has "jalan": it weighs nothing.
        assert!(cosines[1].abs() < 1e-6 && cosines[3].abs() < 1e-6, "{cosines:?}");
        assert!(space.vector("jalan").is_empty() && space.vector("").is_empty());
    }
}

//! Folding: a word's own row and those of its n-grams become one, so that serving pays nothing for what they share.
//!
//! In training ([`Composition::All`](crate::features::Composition)) a word adds `idf_w E_w + sum_g idf_g E_g / sqrt(n)` to
//! the hidden layer, over its `n` character n-grams `g`. That sum depends on the word alone, so a served word gets it as
//! its row and n-grams are looked up for unknown words only.

use super::network::{Network, Shape, axpy, dot};
use super::vocabulary::Vocabulary;
use crate::features::{Group, each_gram_key, key};
use crate::text::Term;
use std::collections::BTreeMap;

/// Rows with everything folded in, IDF included, and what leaving each out would change.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    /// Features x hidden.
    pub(super) rows: Vec<f32>,
    /// Per feature, the expected square of its part in the hidden layer over the training texts.
    pub(super) importance: Vec<f32>,
}

impl Folded {
    /// Returns `network` with only the features `kept`, their rows folded.
    pub(super) fn keep(&self, network: Network, kept: &[u32]) -> Network {
        let width = network.shape.hidden;
        let rows = kept.iter().flat_map(|&id| &self.rows[id as usize * width..(id as usize + 1) * width]).copied().collect();
        Network { rows, shape: Shape { features: kept.len(), ..network.shape.clone() }, ..network }
    }
}

/// Returns the folded rows of `network` over `texts`, the training texts.
pub(super) fn fold(network: &Network, vocabulary: &Vocabulary, texts: &[Vec<Term<'_>>]) -> Folded {
    let width = network.shape.hidden;
    let index = vocabulary.vectorizer.index();
    let mut rows: Vec<f32> = Vec::with_capacity(network.rows.len());
    for (row, idf) in network.rows.chunks_exact(width).zip(&vocabulary.idf) {
        rows.extend(row.iter().map(|x| x * idf));
    }
    let own = rows.clone();
    let mut uses: Vec<f32> = vocabulary.reports.iter().map(|&n| n as f32).collect();
    let words = distinct_words(texts);
    // N-grams serve unknown words only: their use is counted there.
    for &(term, _) in words.values() {
        each_gram(vocabulary, term, |gram, _| uses[gram] = 0.0);
    }
    for (&word_key, &(term, texts)) in &words {
        match index.get(word_key) {
            Some(word) => {
                let row = word as usize * width..(word as usize + 1) * width;
                each_gram(vocabulary, term, |gram, share| {
                    axpy(&mut rows[row.clone()], share, &own[gram * width..(gram + 1) * width]);
                });
            }
            None => each_gram(vocabulary, term, |gram, share| uses[gram] += texts as f32 * share * share),
        }
    }
    let importance = rows.chunks_exact(width).zip(uses).map(|(row, uses)| uses * dot(row, row)).collect();
    Folded { rows, importance }
}

/// Returns key -> (a term with it, number of occurrences).
fn distinct_words<'t>(texts: &'t [Vec<Term<'t>>]) -> BTreeMap<u32, (&'t Term<'t>, usize)> {
    let mut words = BTreeMap::new();
    for term in texts.iter().flatten() {
        words.entry(key(Group::Word, term.text.as_bytes())).or_insert((term, 0)).1 += 1;
    }
    words
}

/// Calls `gram(id, share)` for the known n-grams of `term`.
fn each_gram(vocabulary: &Vocabulary, term: &Term<'_>, mut gram: impl FnMut(usize, f32)) {
    each_gram_key(vocabulary.vectorizer.settings(), term, |key, share| {
        if let Some(id) = vocabulary.vectorizer.index().get(key) {
            gram(id as usize, share);
        }
    });
}

/// Returns the ids of the `most` most important features, rising.
pub(super) fn select(importance: &[f32], most: usize) -> Vec<u32> {
    let mut ids: Vec<u32> = (0..importance.len() as u32).filter(|&id| importance[id as usize] > 0.0).collect();
    ids.sort_by(|&a, &b| importance[b as usize].total_cmp(&importance[a as usize]).then(a.cmp(&b)));
    ids.truncate(most);
    ids.sort_unstable();
    ids
}

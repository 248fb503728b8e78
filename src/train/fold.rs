//! Folding and choosing: which features an artefact keeps, and what their rows are.
//!
//! In training ([`Composition::All`](crate::features::Composition)) a word adds `idf_w E_w + sum_g idf_g E_g / sqrt(n)` to
//! the hidden layer, over its `n` character n-grams `g`. That sum depends on the word alone, so a served word gets it as
//! its row and n-grams are looked up for unknown words only.

use super::network::{Network, Shape, axpy, dot};
use super::vocabulary::Vocabulary;
use crate::features::{Group, each_gram_key, key};
use crate::text::Term;
use std::collections::BTreeMap;

/// Rounds of choosing: what a word is worth depends on the n-grams kept and the other way round.
const ROUNDS: usize = 3;

/// A network's rows folded, and what choosing among them needs.
#[derive(Debug)]
pub(super) struct Folded {
    width: usize,
    /// Features x hidden, IDF included: what serving adds.
    rows: Vec<f32>,
    /// Per feature, the number of reports with it.
    reports: Vec<u32>,
    /// The different words of the training texts.
    words: Vec<Word>,
}

/// A word of the training texts.
#[derive(Debug)]
struct Word {
    /// Its own feature, if it is one.
    id: Option<u32>,
    /// How often it occurs.
    uses: f32,
    /// Its n-grams and their share.
    grams: Vec<(u32, f32)>,
}

impl Folded {
    /// Returns the folded rows of `network` over `texts`, the training texts.
    pub(super) fn new(network: &Network, vocabulary: &Vocabulary, texts: &[Vec<Term<'_>>]) -> Self {
        let width = network.shape.hidden;
        let scaled = network.rows.chunks_exact(width).zip(&vocabulary.idf);
        let own: Vec<f32> = scaled.flat_map(|(row, idf)| row.iter().map(move |x| x * idf)).collect();
        let mut rows = own.clone();
        let words = distinct_words(texts, vocabulary);
        for word in &words {
            if let Some(id) = word.id {
                let row = &mut rows[id as usize * width..(id as usize + 1) * width];
                word.grams.iter().for_each(|&(gram, share)| axpy(row, share, span(&own, width, gram)));
            }
        }
        Self { width, rows, reports: vocabulary.reports.clone(), words }
    }

    /// Returns `network` with only the features `kept`, their rows folded.
    pub(super) fn keep(&self, network: Network, kept: &[u32]) -> Network {
        let rows = kept.iter().flat_map(|&id| span(&self.rows, self.width, id)).copied().collect();
        Network { rows, shape: Shape { features: kept.len(), ..network.shape.clone() }, ..network }
    }

    /// Returns the ids, rising, of the `most` features whose loss would change the hidden layer most.
    pub(super) fn select(&self, most: usize) -> Vec<u32> {
        let mut kept = vec![true; self.reports.len()];
        let mut ids = Vec::new();
        for _ in 0..ROUNDS {
            let importance = self.importance(&kept);
            ids = (0..importance.len() as u32).filter(|&id| importance[id as usize] > 0.0).collect();
            ids.sort_by(|&a, &b| importance[b as usize].total_cmp(&importance[a as usize]).then(a.cmp(&b)));
            ids.truncate(most);
            kept.fill(false);
            ids.iter().for_each(|&id| kept[id as usize] = true);
        }
        ids.sort_unstable();
        ids
    }

    /// Returns per feature the sum, over its uses in the training texts, of the squared change of the hidden layer if it
    /// were left out while `kept` stay: a word is then made of its kept n-grams; n-grams serve words that are not kept.
    fn importance(&self, kept: &[bool]) -> Vec<f32> {
        let mut uses: Vec<f32> = self.reports.iter().map(|&n| n as f32).collect();
        for (gram, _) in self.words.iter().flat_map(|word| &word.grams) {
            uses[*gram as usize] = 0.0;
        }
        for word in self.words.iter().filter(|word| word.id.is_none_or(|id| !kept[id as usize])) {
            for &(gram, share) in &word.grams {
                uses[gram as usize] += word.uses * share * share;
            }
        }
        let square = |id: usize| dot(span(&self.rows, self.width, id as u32), span(&self.rows, self.width, id as u32));
        let mut importance: Vec<f32> = uses.iter().enumerate().map(|(id, uses)| uses * square(id)).collect();
        let mut rest = vec![0.0; self.width];
        for word in &self.words {
            let Some(id) = word.id else { continue };
            rest.copy_from_slice(span(&self.rows, self.width, id));
            for &(gram, share) in word.grams.iter().filter(|(gram, _)| kept[*gram as usize]) {
                axpy(&mut rest, -share, span(&self.rows, self.width, gram));
            }
            importance[id as usize] = uses[id as usize] * dot(&rest, &rest);
        }
        importance
    }
}

fn span(rows: &[f32], width: usize, id: u32) -> &[f32] {
    &rows[id as usize * width..(id as usize + 1) * width]
}

/// Returns the different words of `texts`, in order of their keys.
fn distinct_words(texts: &[Vec<Term<'_>>], vocabulary: &Vocabulary) -> Vec<Word> {
    let index = vocabulary.vectorizer.index();
    let mut words = BTreeMap::new();
    for term in texts.iter().flatten() {
        words.entry(key(Group::Word, term.text.as_bytes())).or_insert((term, 0usize)).1 += 1;
    }
    let grams = |term: &Term<'_>| {
        let mut grams = Vec::new();
        each_gram_key(vocabulary.vectorizer.settings(), term, |key, share| {
            grams.extend(index.get(key).map(|id| (id, share)));
        });
        grams
    };
    words
        .into_iter()
        .map(|(key, (term, uses))| Word { id: index.get(key), uses: uses as f32, grams: grams(term) })
        .collect()
}

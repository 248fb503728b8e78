//! [`Vocabulary`]: which features exist, in how many reports, and their frozen inverse document frequency.

use super::matrix::SparseMatrix;
use crate::features::{Composition, FeatureSettings, Index, Vectorizer, for_each_key};
use crate::text::Term;
use rayon::prelude::*;
use std::collections::HashSet;

/// Features kept for training.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    /// Counts with all features known.
    pub(super) vectorizer: Vectorizer,
    /// Per feature, `1 + ln((1 + N) / (1 + df))` (the smoothed form of scikit-learn's `TfidfTransformer`).
    pub(super) idf: Vec<f32>,
    /// Per feature, the number of different reports it occurs in.
    pub(super) reports: Vec<u32>,
}

impl Vocabulary {
    /// Returns the features that at least `min_reports` different texts of `texts` have.
    ///
    /// Texts are different when their terms are: a report sent twice counts once.
    pub(super) fn new(settings: FeatureSettings, min_reports: usize, texts: &[Vec<Term<'_>>]) -> Self {
        let mut seen = HashSet::new();
        let different: Vec<&Vec<Term<'_>>> =
            texts.iter().filter(|terms| seen.insert(terms.iter().map(|t| &t.text).collect::<Vec<_>>())).collect();
        let mut keys: Vec<u32> = different
            .par_iter()
            .flat_map_iter(|terms| {
                let mut own = Vec::new();
                for_each_key(settings, terms, |key| own.push(key));
                own.sort_unstable();
                own.dedup();
                own
            })
            .collect();
        keys.par_sort_unstable();
        let counted = keys.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32));
        let kept: Vec<(u32, u32)> = counted.filter(|&(_, n)| n as usize >= min_reports).collect();
        let total = different.len() as f32;
        let reports: Vec<u32> = kept.iter().map(|&(_, n)| n).collect();
        let idf = reports.iter().map(|&n| 1.0 + libm::logf((1.0 + total) / (1.0 + n as f32))).collect();
        let keys = kept.into_iter().map(|(key, _)| key).collect();
        Self { vectorizer: Vectorizer::new(settings, sorted_index(keys)), idf, reports }
    }

    /// Returns the vectoriser that knows only the features `ids`, which must rise.
    pub(super) fn subset(&self, ids: &[u32]) -> Vectorizer {
        let keys = self.vectorizer.index().keys();
        let kept = ids.iter().map(|&id| keys[id as usize]).collect();
        Vectorizer::new(self.vectorizer.settings(), sorted_index(kept))
    }

    /// Returns texts as rows, each weight times the feature's IDF.
    pub(super) fn matrix(&self, texts: &[Vec<Term<'_>>], composition: Composition) -> SparseMatrix {
        let rows: Vec<Vec<(u32, f32)>> = texts
            .par_iter()
            .map(|terms| {
                let features = self.vectorizer.vectorize(terms, composition);
                features.entries().iter().map(|&(id, weight)| (id, weight * self.idf[id as usize])).collect()
            })
            .collect();
        let mut matrix = SparseMatrix::new(self.idf.len());
        for row in &rows {
            matrix.push(row);
        }
        matrix
    }
}

/// Keys taken in rising order always make an index; an empty one stands for the impossible.
fn sorted_index(keys: Vec<u32>) -> Index {
    Index::new(keys).unwrap_or_else(|_| Index::empty())
}

//! [`Twins`]: texts that say the same, to the word or nearly.
//!
//! MinHash (Broder 1997) over words and pairs of neighbouring words finds candidates; each is then compared for real. Two texts
//! share one of b keys of r hashes with probability 1 - (1 - J^r)^b: with 8 keys of 4 hashes 0.985 at an overlap J of 0.8.

use super::words::folded;
use gaoya::minhash::{MinHasher, MinHasher32};
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

const KEYS: usize = 8;
const KEY_HASHES: usize = 4;
/// Fewest words of a text that is nearly another: less is too little to say so.
const LEAST_WORDS: usize = 4;
/// Texts with one key that each is compared with: work grows with the texts, however many share a key.
const MOST_COMPARED: usize = 64;

/// Which texts say the same as which.
#[derive(Debug, Default)]
pub(crate) struct Twins {
    /// Of each text the first with the same words: itself where none came before, or where it has no words.
    first: Vec<usize>,
    /// Of each first text all texts with its words, rising; empty for others.
    same: Vec<Vec<usize>>,
    /// Of each first text those first texts that are nearly the same, rising.
    near: Vec<Vec<usize>>,
}

impl Twins {
    /// Returns the twins among `texts`.
    pub(crate) fn new(texts: &[&str]) -> Self {
        let words: Vec<String> = texts.par_iter().map(|text| folded(text)).collect();
        let (first, same) = exact(&words);
        let sets: Vec<Vec<u32>> = (0..words.len())
            .into_par_iter()
            .map(|at| if first[at] == at { shingles(&words[at]) } else { Vec::new() })
            .collect();
        let mut near = vec![Vec::new(); texts.len()];
        let pairs: Vec<(usize, usize)> =
            candidates(&sets).into_par_iter().filter(|&(a, b)| is_near(&sets[a], &sets[b])).collect();
        for (a, b) in pairs {
            near[a].push(b);
            near[b].push(a);
        }
        near.iter_mut().for_each(|others| others.sort_unstable());
        Self { first, same, near }
    }

    /// Returns all other texts with the same words as text `at`, rising.
    pub(crate) fn same(&self, at: usize) -> impl Iterator<Item = usize> {
        self.same[self.first[at]].iter().copied().filter(move |other| *other != at)
    }

    /// Returns the texts that are nearly, but not to the word, text `at`.
    pub(crate) fn near(&self, at: usize) -> impl Iterator<Item = usize> {
        self.near[self.first[at]].iter().flat_map(|&other| self.same[other].iter().copied())
    }

    /// Returns the groups of two or more texts with the same words, in the order of their first ones.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[usize]> {
        self.same.iter().filter(|group| group.len() > 1).map(Vec::as_slice)
    }

    /// Returns of each text the first of those that it is connected with, over any number of others.
    pub(crate) fn families(&self) -> Vec<usize> {
        let mut family: Vec<Option<usize>> = vec![None; self.first.len()];
        for at in 0..family.len() {
            let mut open = vec![at];
            while let Some(text) = open.pop() {
                if family[text].is_none() {
                    family[text] = Some(at);
                    open.extend(self.same(text).chain(self.near(text)).filter(|other| family[*other].is_none()));
                }
            }
        }
        family.into_iter().enumerate().map(|(at, found)| found.unwrap_or(at)).collect()
    }
}

/// Returns of each text the first with its words, and of each first one all with them.
fn exact(words: &[String]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut first = Vec::with_capacity(words.len());
    let mut same = vec![Vec::new(); words.len()];
    for (at, words) in words.iter().enumerate() {
        let found = if words.is_empty() { at } else { *seen.entry(words.as_str()).or_insert(at) };
        same[found].push(at);
        first.push(found);
    }
    (first, same)
}

/// Returns the set of hashes of words and pairs of words, sorted; none of a text of few words.
fn shingles(words: &str) -> Vec<u32> {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let words: Vec<u64> = words.split(' ').map(|word| xxh3_64(word.as_bytes())).collect();
    if words.len() < LEAST_WORDS {
        return Vec::new();
    }
    let upper = |hash: u64| (hash >> 32) as u32;
    let pair = |pair: &[u64]| upper((pair[0].wrapping_mul(SPREAD) ^ pair[1]).wrapping_mul(SPREAD));
    let mut set: Vec<u32> = words.iter().map(|&word| upper(word)).chain(words.windows(2).map(pair)).collect();
    set.sort_unstable();
    set.dedup();
    set
}

/// Returns pairs of texts that share a key, each once.
fn candidates(sets: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let hasher = MinHasher32::new_with_hasher(KEYS * KEY_HASHES, AsIs);
    let keys_of = |(at, set): (usize, &Vec<u32>)| {
        let hashes = if set.is_empty() { Vec::new() } else { hasher.create_signature(set.iter()) };
        let bands = hashes.chunks_exact(KEY_HASHES).zip(0..);
        bands.map(|(band, number)| (key(band, number), at)).collect::<Vec<_>>()
    };
    let mut keys: Vec<(u64, usize)> = sets.par_iter().enumerate().flat_map_iter(keys_of).collect();
    keys.par_sort_unstable();
    let mut pairs = Vec::new();
    for band in keys.chunk_by(|a, b| a.0 == b.0) {
        for (number, &(_, b)) in band.iter().enumerate() {
            pairs.extend(band[number.saturating_sub(MOST_COMPARED)..number].iter().map(|&(_, a)| (a, b)));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn key(band: &[u32], number: u64) -> u64 {
    let mut bytes = [0; 4 * KEY_HASHES];
    for (to, hash) in bytes.chunks_exact_mut(4).zip(band) {
        to.copy_from_slice(&hash.to_le_bytes());
    }
    xxh3_64_with_seed(&bytes, number)
}

/// Whether two sorted sets overlap by four fifths: |A and B| / |A or B| >= 0.8.
fn is_near(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    5 * shared >= 4 * (a.len() + b.len() - shared)
}

/// Shingles are hashes already.
#[derive(Debug, Clone, Copy, Default)]
struct AsIs;

#[derive(Debug, Default)]
struct AsIsHasher(u64);

impl BuildHasher for AsIs {
    type Hasher = AsIsHasher;

    fn build_hasher(&self) -> AsIsHasher {
        AsIsHasher::default()
    }
}

impl Hasher for AsIsHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| hash << 8 | u64::from(byte));
    }

    fn write_u32(&mut self, shingle: u32) {
        self.0 = u64::from(shingle);
    }
}

#[cfg(test)]
mod tests {
    use super::{Twins, is_near};

    const LONG: &str =
        "Lampu jalan di depan pasar lama mati total sudah seminggu, warga resah karena gelap sekali tiap malam";

    #[test]
    fn texts_that_say_the_same_are_found() {
        let nearly = format!("{LONG} min");
        let texts =
            [LONG, "Sampah menumpuk di gang melati belum diangkut", "LAMPU JALAN", &nearly, "lampu jalan!", "?", "!"];
        let upper = LONG.to_uppercase();
        let texts: Vec<&str> = texts.into_iter().chain([upper.as_str()]).collect();
        let twins = Twins::new(&texts);
        let of = |at: usize| (twins.same(at).collect::<Vec<_>>(), twins.near(at).collect::<Vec<_>>());
        assert_eq!(of(0), (vec![7], vec![3]));
        assert_eq!(of(3), (vec![], vec![0, 7]));
        assert_eq!(of(2), (vec![4], vec![]));
        assert_eq!(of(5), (vec![], vec![]), "texts without words are nobody's twins");
        assert_eq!(twins.families(), [0, 1, 2, 0, 2, 5, 6, 0]);
        assert_eq!(twins.groups().collect::<Vec<_>>(), [&[0, 7][..], &[2, 4]]);
    }

    #[test]
    fn four_fifths_are_near() {
        for (a, b, expected) in [
            (&[1, 2, 3, 4, 5][..], &[1, 2, 3, 4][..], true),
            (&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 6], false),
            (&[1, 2, 3, 4], &[1, 2, 3], false),
        ] {
            assert_eq!(is_near(a, b), expected, "{a:?} {b:?}");
        }
    }
}

//! [`folds`]: the parts of cross-validation, texts that say the same kept together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Neighbouring words that make a shingle.
const SHINGLE: usize = 3;

/// Returns the fold, below `count`, of each text: folds of about equal size, the same for the same `seed`.
///
/// Texts with the same words are in the same fold, and near-copies mostly are: a model that has seen the copy of a text
/// would only repeat the copy's label. What keeps them together is the least of the hashes of a text's shingles, which two
/// texts share with the probability that is their overlap (MinHash, Broder 1997). Case, digits and punctuation do not
/// count.
///
/// ```
/// let texts = ["Lampu jalan mati di RT 05", "LAMPU JALAN MATI di RT 06!!", "Sampah belum diangkut sepekan"];
/// let folds = pilah::lab::folds(&texts, 2, 7);
/// assert_eq!(folds[0], folds[1]);
/// assert_ne!(folds[0], folds[2]);
/// ```
pub fn folds(texts: &[&str], count: usize, seed: u64) -> Vec<usize> {
    let mut groups = BTreeMap::<u64, Vec<usize>>::new();
    for (at, text) in texts.iter().enumerate() {
        groups.entry(kinship(text, seed)).or_default().push(at);
    }
    let mut groups: Vec<(u64, Vec<usize>)> = groups.into_iter().collect();
    // Large groups first, each to the smallest fold: sizes then differ by no more than what cannot be split.
    groups.sort_by_key(|(key, members)| (Reverse(members.len()), *key));
    let mut sizes = vec![0; count.max(1)];
    let mut folds = vec![0; texts.len()];
    for (_, members) in groups {
        let fold = (0..sizes.len()).min_by_key(|&fold| (sizes[fold], fold)).unwrap_or(0);
        sizes[fold] += members.len();
        members.into_iter().for_each(|at| folds[at] = fold);
    }
    folds
}

/// Returns a hash of the words of `text` in their order; case, digits and punctuation do not count.
pub(super) fn text_key(text: &str) -> u64 {
    let words = words(text);
    if words.is_empty() { hash(text.trim().as_bytes()) } else { join(&words, 0) }
}

/// Returns a number that near-copies mostly share.
fn kinship(text: &str, seed: u64) -> u64 {
    let least = words(text).windows(SHINGLE).map(|words| join(words, seed)).min();
    least.unwrap_or_else(|| mix(text_key(text) ^ seed))
}

/// Returns a hash of each run of letters, in lower case.
fn words(text: &str) -> Vec<u64> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(|w| hash(w.as_bytes())).collect()
}

fn join(words: &[u64], seed: u64) -> u64 {
    words.iter().fold(seed, |state, word| mix(state ^ word))
}

/// Returns the FNV-1a hash of `bytes`, 64 bits: the same on every machine and in every version.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let step = |state: u64, &byte: &u8| (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Spreads every bit of `state` over all (the finaliser of SplitMix64; Steele, Lea & Flood 2014).
pub(super) fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{folds, text_key};

    #[test]
    fn folds_are_even_seeded_and_keep_copies_together() {
        let texts: Vec<String> = (0..100u8).map(|n| format!("laporan {0}{0} tentang {0}x", letter(n))).collect();
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.extend(["Air mati di RT 1", "air mati, di RT 22", "12-34", "12-34", ""]);
        let found = folds(&texts, 5, 3);
        for fold in 0..5 {
            assert_eq!(found.iter().filter(|&&at| at == fold).count(), 21);
        }
        assert_eq!((found[100], found[102]), (found[101], found[103]));
        assert_eq!(found, folds(&texts, 5, 3));
        assert_ne!(found, folds(&texts, 5, 4));
    }

    fn letter(n: u8) -> String {
        [n / 10, n % 10].map(|digit| char::from(b'a' + digit)).iter().collect()
    }

    #[test]
    fn near_copies_mostly_share_a_fold() {
        let one = |n: u8| format!("mohon petugas segera angkut sampah di depan rumah kami sudah sepekan {}", letter(n));
        let texts: Vec<String> = (0..40).map(one).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = folds(&texts, 10, 1);
        let most = (0..10).map(|fold| found.iter().filter(|&&at| at == fold).count()).max();
        assert!(most >= Some(30), "{found:?}");
    }

    #[test]
    fn the_order_of_words_counts_in_a_key() {
        assert_eq!(text_key("Lampu MATI 5x!"), text_key("lampu mati x"));
        assert_ne!(text_key("lampu mati"), text_key("mati lampu"));
        assert_ne!(text_key("1"), text_key("2"));
    }
}

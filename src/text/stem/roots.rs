//! The short list of roots that the letters alone would mislead about, written for this project.
//!
//! Three kinds stand here: roots that look affixed (makan, kembali, sekolah); words that are kept whole because their
//! derivation left the root's meaning (kelurahan, perhubungan, pemerintah); and roots that decide how a longer word is
//! to be read (masuk: me-masuk-kan; kurang: meng-\[k\]urang-i). It is no dictionary: a root not here is guessed.
//!
//! They stand in `roots.txt`, one a line and sorted. The table that finds them is made when a stemmer is: a browser would
//! have to download one that the compiler made.

use crate::text::table::{hash, home};

const LISTED: &str = include_str!("roots.txt");

/// A power of two, some four times the number of roots.
const SLOTS: usize = 4096;

/// The longest listed root is shorter.
const LONGEST: usize = 24;

/// The listed roots.
#[derive(Debug, Clone)]
pub(super) struct Roots {
    /// Open addressing with linear probing: where in [`LISTED`] a root begins, and its length; a length of 0 is a free slot.
    slots: Box<[(u16, u8)]>,
}

impl Roots {
    pub(super) fn new() -> Self {
        let mut slots = vec![(0, 0); SLOTS].into_boxed_slice();
        let mut start = 0;
        for root in LISTED.lines() {
            let mut slot = home(hash(root.as_bytes()), SLOTS);
            while slots[slot].1 != 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = (start as u16, root.len() as u8);
            start += root.len() + 1;
        }
        Self { slots }
    }

    /// True if `word` is listed.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.lists(word.as_bytes())
    }

    /// True if `head` followed by `rest` is listed.
    pub(super) fn contains_headed(&self, head: u8, rest: &str) -> bool {
        let mut joined = [0; LONGEST];
        let length = rest.len() + 1;
        match joined.get_mut(1..length) {
            Some(tail) => tail.copy_from_slice(rest.as_bytes()),
            None => return false,
        }
        joined[0] = head;
        self.lists(&joined[..length])
    }

    fn lists(&self, word: &[u8]) -> bool {
        let mut slot = home(hash(word), SLOTS);
        loop {
            let (start, length) = self.slots[slot];
            let (start, length) = (usize::from(start), usize::from(length));
            if length == 0 {
                return false;
            }
            if LISTED.as_bytes()[start..start + length] == *word {
                return true;
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_sorted_lower_case_and_found() {
        let roots = Roots::new();
        assert!(LISTED.lines().is_sorted_by(|a, b| a < b) && LISTED.len() < usize::from(u16::MAX));
        for root in LISTED.lines() {
            assert!((1..LONGEST).contains(&root.len()) && root.bytes().all(|byte| byte.is_ascii_lowercase()), "{root}");
            assert!(roots.contains(root) && roots.contains_headed(root.as_bytes()[0], &root[1..]), "{root}");
        }
        let headed = |rest: &str| roots.contains_headed(b'x', rest);
        assert!(!roots.contains("") && !roots.contains("jal") && !headed("alan") && !headed(&"a".repeat(99)));
    }
}

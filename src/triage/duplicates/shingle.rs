//! Words of a text, the shingles of one and two words by which two texts are compared, and the comparison.

use xxhash_rust::xxh3::xxh3_64;

/// Fewest words of a text that is compared at all: less is too little to say that two messages are the same.
const LEAST_WORDS: usize = 4;

/// Most shingles that are kept of a text, then those with the smallest hashes: texts up to 256 words are kept as a whole.
pub(super) const MOST_SHINGLES: usize = 512;

/// Odd, with bits all over: the fractional part of the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// What an ASCII byte becomes: itself in lower case, or a space where it separates words.
static FOLD: [u8; 128] = fold_table();

/// The words of one text, folded; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words in lower case, a space after each.
    folded: Vec<u8>,
    /// Where in `folded` the words end.
    ends: Vec<usize>,
    hashes: Vec<u64>,
}

/// Where the reading of a text stands.
struct Pen<'w> {
    folded: &'w mut [u8],
    ends: &'w mut [usize],
    written: usize,
    words: usize,
    in_word: bool,
}

const fn fold_table() -> [u8; 128] {
    let mut table = [b' '; 128];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
}

impl Words {
    /// Reads the words of `text`: runs of letters and digits in lower case; anything else separates them.
    pub(super) fn read(&mut self, text: &str) {
        // No letter grows to more than one and a half times its bytes in lower case; every word but one ends at a byte.
        grow(&mut self.folded, 2 * text.len() + 2);
        grow(&mut self.ends, text.len() / 2 + 2);
        let mut pen = Pen { folded: &mut self.folded, ends: &mut self.ends, written: 0, words: 0, in_word: false };
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if let Some(&folded) = FOLD.get(usize::from(byte)) {
                pen.byte(folded);
                at += 1;
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                pen.letter(c);
                at += c.len_utf8();
            }
        }
        pen.byte(b' ');
        let (written, words) = (pen.written, pen.words);
        self.hash(written, words);
    }

    fn hash(&mut self, written: usize, words: usize) {
        self.hashes.clear();
        let mut start = 0;
        for &end in &self.ends[..words] {
            self.hashes.push(xxh3_64(&self.folded[start..end]));
            start = end + 1;
        }
        // The rest is of an earlier text.
        self.folded.truncate(written);
    }

    /// Returns whether these are too few to compare.
    pub(super) fn too_few(&self) -> bool {
        self.hashes.len() < LEAST_WORDS
    }

    /// Returns the hash of all words in their order.
    pub(super) fn exact(&self) -> u64 {
        xxh3_64(&self.folded)
    }

    /// Sets `shingles` to the hashes of every word and every two neighbouring words.
    ///
    /// They stay in the order of the text and may repeat: sorting them costs as much as reading the words, and only the few
    /// that are compared need it.
    pub(super) fn shingles(&self, shingles: &mut Vec<u32>) {
        let pair = |pair: &[u64]| upper((pair[0].wrapping_mul(SPREAD) ^ pair[1]).wrapping_mul(SPREAD));
        shingles.clear();
        shingles.extend(self.hashes.iter().map(|&word| upper(word)));
        shingles.extend(self.hashes.windows(2).map(pair));
        if shingles.len() > MOST_SHINGLES {
            into_set(shingles);
            shingles.truncate(MOST_SHINGLES);
        }
    }
}

impl Pen<'_> {
    /// Takes a folded byte, a space for what separates. Without branches: whether a byte ends a word is hard to foresee.
    fn byte(&mut self, folded: u8) {
        let separates = folded == b' ';
        self.folded[self.written] = folded;
        self.ends[self.words] = self.written;
        self.written += usize::from(!separates || self.in_word);
        self.words += usize::from(separates && self.in_word);
        self.in_word = !separates;
    }

    /// Takes a character beyond ASCII.
    fn letter(&mut self, c: char) {
        if !c.is_alphanumeric() {
            return self.byte(b' ');
        }
        for lower in c.to_lowercase() {
            self.written += lower.encode_utf8(&mut self.folded[self.written..]).len();
        }
        self.in_word = true;
    }
}

fn grow<T: Copy + Default>(values: &mut Vec<T>, least: usize) {
    if values.len() < least {
        values.resize(least, T::default());
    }
}

/// Returns the upper half, which a multiplication mixes best.
fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Sorts shingles and drops what repeats, as [`same`] expects them.
pub(super) fn into_set(shingles: &mut Vec<u32>) {
    shingles.sort_unstable();
    shingles.dedup();
}

/// Returns whether two sorted sets of shingles overlap by four fifths: |A and B| / |A or B| >= 0.8.
///
/// A list as long as may be stands for a longer one by its smallest hashes; nothing is known beyond its last one, so the
/// other list counts up to there only.
pub(super) fn same(a: &[u32], b: &[u32]) -> bool {
    let (less, more) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if 5 * less.len() < 4 * more.len() {
        return false;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (less.get(i), more.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let rest = |seen: usize, list: &[u32], other: &[u32]| if other.len() < MOST_SHINGLES { list.len() } else { seen };
    let either = rest(i, less, more) + rest(j, more, less) - shared;
    either > 0 && 5 * shared >= 4 * either
}

#[cfg(test)]
mod tests {
    use super::{MOST_SHINGLES, Words, into_set, same};

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        for (text, folded) in [
            ("Lampu MATI, di RT 05!!", "lampu mati di rt 05 "),
            ("  jalan\u{1f6a7}\u{1f6a7}rusak -- ", "jalan rusak "),
            ("CAF\u{c9} \u{130}ni \u{23a}\u{23a}\u{23a}", "caf\u{e9} i\u{307}ni \u{2c65}\u{2c65}\u{2c65} "),
            ("a", "a "),
            ("\u{1f6a7}", ""),
            ("", ""),
        ] {
            let mut words = Words::default();
            words.read("teks sebelumnya yang lebih panjang daripada yang berikut, supaya sisanya terlihat");
            words.read(text);
            assert_eq!(std::str::from_utf8(&words.folded).unwrap(), folded, "{text}");
            assert_eq!(words.hashes.len(), folded.matches(' ').count(), "{text}");
        }
    }

    #[test]
    fn shingles_are_words_and_pairs() {
        let mut words = Words::default();
        let mut shingles = Vec::new();
        words.read("air mati lagi air mati");
        words.shingles(&mut shingles);
        assert_eq!(shingles.len(), 9);
        into_set(&mut shingles);
        assert_eq!(shingles.len(), 3 + 3);
        words.read(&(0..5000).map(|n| format!("kata{n} ")).collect::<String>());
        words.shingles(&mut shingles);
        assert_eq!(shingles.len(), MOST_SHINGLES);
    }

    #[test]
    fn the_same_from_four_fifths_on() {
        let list = |from: u32, to: u32| (from..to).collect::<Vec<u32>>();
        let most = u32::try_from(MOST_SHINGLES).unwrap();
        for (a, b, expected) in [
            (list(0, 9), list(1, 10), true),
            (list(0, 8), list(0, 10), true),
            (list(0, 7), list(0, 9), false),
            (list(0, 10), list(2, 12), false),
            (list(0, 5), list(5, 10), false),
            (list(0, 0), list(0, 0), false),
            // The first knows nothing beyond its last hash; the second may have had one more word.
            (list(0, most), list(0, most - 50), true),
            (list(0, most), list(0, most).iter().map(|n| n * 2).collect(), false),
            (list(0, most), list(1, most + 1), true),
        ] {
            assert_eq!(same(&a, &b), expected, "{a:?} {b:?}");
            assert_eq!(same(&b, &a), expected, "{b:?} {a:?}");
        }
    }
}

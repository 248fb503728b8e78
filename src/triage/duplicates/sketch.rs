//! [`Sketcher`]: what is kept of a text to find those that say the same.

use super::shingle::Words;
use gaoya::minhash::{MinHasher, MinHasher32};
use std::hash::{BuildHasher, Hasher};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Keys of a sketch.
///
/// Two texts share one of b keys of r hashes each with probability 1 - (1 - J^r)^b. With 8 keys of 4 hashes that is 0.985
/// at an overlap J of 0.8 and 0.0008 at 0.1, for 32 hashes; 10 keys of 5 would need 50 hashes for 0.981.
pub const BANDS: usize = 8;

/// Hashes that make one key.
const BAND_HASHES: usize = 4;

/// What is kept of one text; reused from text to text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    pub(super) shingles: Vec<u32>,
    pub(super) exact: u64,
    pub(super) keys: [u64; BANDS],
    /// A bit of each hash: about as many of them differ between two texts as half of what they do not share.
    pub(super) bits: u32,
}

/// Makes sketches; one a thread.
pub struct Sketcher {
    words: Words,
    hasher: MinHasher32<AsIs>,
}

/// Shingles are hashes already.
#[derive(Debug, Clone, Copy, Default)]
struct AsIs;

#[derive(Debug, Default)]
struct AsIsHasher(u64);

impl Sketch {
    /// Returns the hashes of the text's words and pairs of words, in no promised order; none where it has fewer than four
    /// words, too few to be anything's duplicate.
    pub fn shingles(&self) -> &[u32] {
        &self.shingles
    }

    /// Returns a hash of all words in their order; texts that differ in case, punctuation or emoji only have the same.
    pub fn exact(&self) -> u64 {
        self.exact
    }

    fn set_keys(&mut self, hashes: &[u32]) {
        for ((key, band), number) in self.keys.iter_mut().zip(hashes.chunks_exact(BAND_HASHES)).zip(0..) {
            let mut bytes = [0; 4 * BAND_HASHES];
            for (to, hash) in bytes.chunks_exact_mut(4).zip(band) {
                to.copy_from_slice(&hash.to_le_bytes());
            }
            *key = xxh3_64_with_seed(&bytes, number);
        }
        // The least hash of many is small: its lower bits are spread by a multiplication before one is taken.
        self.bits = hashes.iter().fold(0, |bits, hash| bits << 1 | hash.wrapping_mul(0x9e37_79b1) >> 31);
    }
}

impl Default for Sketcher {
    fn default() -> Self {
        Self::new()
    }
}

impl Sketcher {
    /// Returns a sketcher; every one makes the same sketch of a text.
    pub fn new() -> Self {
        Self { words: Words::default(), hasher: MinHasher32::new_with_hasher(BANDS * BAND_HASHES, AsIs) }
    }

    /// Sets `sketch` to that of `text`.
    pub fn sketch(&mut self, text: &str, sketch: &mut Sketch) {
        self.words.read(text);
        if self.words.too_few() {
            sketch.shingles.clear();
            (sketch.exact, sketch.keys, sketch.bits) = (0, [0; BANDS], 0);
            return;
        }
        self.words.shingles(&mut sketch.shingles);
        sketch.exact = self.words.exact();
        let hashes = self.hasher.create_signature(sketch.shingles.iter());
        sketch.set_keys(&hashes);
    }
}

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
    use super::{Sketch, Sketcher};

    fn sketch(text: &str) -> Sketch {
        let (mut sketcher, mut sketch) = (Sketcher::new(), Sketch::default());
        sketcher.sketch("teks lain yang datang lebih dulu", &mut sketch);
        sketcher.sketch(text, &mut sketch);
        sketch
    }

    #[test]
    fn only_words_count() {
        let plain = sketch("lampu jalan di RT 05 mati");
        assert_eq!(sketch("LAMPU jalan, di rt 05 mati!!! \u{1f64f}"), plain);
        assert_ne!(sketch("lampu jalan di RT 06 mati").exact, plain.exact);
        assert_ne!(sketch("jalan lampu di RT 05 mati").exact, plain.exact);
    }

    #[test]
    fn too_few_words_make_nothing() {
        assert_eq!(sketch("mati lampu lagi"), Sketch::default());
        assert_eq!(sketch(""), Sketch::default());
        assert_eq!(sketch("mati lampu lagi min").shingles.len(), 7);
    }

    /// Files of an interrupted run are read by the next: sketches may not change unless the version of the files does.
    #[test]
    fn sketches_stay_what_they_are() {
        let sketch = sketch("lampu jalan di RT 05 mati");
        let some = (sketch.exact, sketch.keys[0], sketch.keys[7], sketch.bits);
        assert_eq!(some, (7059802466418684056, 6209186278079770454, 9487402609290633283, 3563021580));
    }
}

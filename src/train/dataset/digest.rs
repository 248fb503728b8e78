//! [`DataDigest`]: one hash of everything that a model is learnt from, but for the recipe's own settings.

use sha2::{Digest, Sha256};

/// SHA-256 over parts: of each what it is, its length and its bytes, so that no two lists of parts are the same to it.
///
/// Names of files do not count: the same data lies elsewhere on another machine.
#[derive(Debug, Default)]
pub(super) struct DataDigest(Sha256);

impl DataDigest {
    /// Adds a part.
    pub(super) fn add(&mut self, kind: &str, bytes: &[u8]) {
        self.0.update(format!("{kind} {}\n", bytes.len()));
        self.0.update(bytes);
    }

    /// Returns the hash in hexadecimal digits.
    pub(super) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::DataDigest;

    #[test]
    fn parts_are_told_apart() {
        let of = |parts: &[(&str, &str)]| {
            let mut digest = DataDigest::default();
            parts.iter().for_each(|(kind, bytes)| digest.add(kind, bytes.as_bytes()));
            digest.finish()
        };
        let one = of(&[("data", "ab"), ("data", "c")]);
        assert_eq!(one.len(), 64);
        for other in [&[("data", "a"), ("data", "bc")][..], &[("data", "abc")], &[("data", "ab"), ("slang", "c")]] {
            assert_ne!(of(other), one, "{other:?}");
        }
    }
}

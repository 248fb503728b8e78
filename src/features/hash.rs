//! Feature keys: 32-bit hashes instead of strings, so that a model is small and cannot give a name back.

/// What a feature counts; the group seeds the hash, so that equal strings of two groups have two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Group {
    /// A term.
    Word = 1,
    /// Two terms in a row.
    Pair = 2,
    /// A character n-gram of a term written `<term>`.
    Gram = 3,
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Returns the key of `bytes` in `group`: FNV-1a over the group's number and the bytes, then the 64-bit finaliser of
/// MurmurHash3, upper half. Part of the file format: a change asks for a new pipeline version.
///
/// ```
/// use pilah::features::{Group, key};
/// assert_ne!(key(Group::Word, b"jalan"), key(Group::Gram, b"jalan"));
/// ```
pub fn key(group: Group, bytes: &[u8]) -> u32 {
    let start = (OFFSET ^ group as u64).wrapping_mul(PRIME);
    finish(bytes.iter().fold(start, |state, &byte| (state ^ u64::from(byte)).wrapping_mul(PRIME)))
}

/// Returns the key of two words in a row, made of their own keys.
pub fn pair_key(first: u32, second: u32) -> u32 {
    let start = (OFFSET ^ Group::Pair as u64).wrapping_mul(PRIME);
    finish(start ^ (u64::from(first) << 32 | u64::from(second)))
}

/// Spreads every input bit over the upper half (Appleby, MurmurHash3 `fmix64`).
fn finish(mut state: u64) -> u32 {
    state ^= state >> 33;
    state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^= state >> 33;
    state = state.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^= state >> 33;
    (state >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The format depends on these numbers, which another implementation (Python) gave too.
    #[test]
    fn keys_never_change() {
        assert_eq!(
            [key(Group::Word, b""), key(Group::Word, b"jalan"), key(Group::Gram, b"<ja"), pair_key(1, 2)],
            [0x0d7c_ea42, 0xd0f4_e435, 0xb6eb_864e, 0x593b_d50c]
        );
    }

    #[test]
    fn order_matters_in_pairs() {
        assert_ne!(pair_key(1, 2), pair_key(2, 1));
    }
}

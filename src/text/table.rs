//! The fixed hash behind the word tables: lookups decide nothing about order, so outputs never depend on it.

/// Odd, with its bits spread: the 64-bit golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Returns the hash of `bytes`, the same on every platform.
///
/// It reads the first and the last eight bytes (which overlap in words of up to sixteen), so it costs the same for all
/// words; longer words that differ only in the middle share a hash, which the tables bear.
pub(crate) const fn hash(bytes: &[u8]) -> u32 {
    mix(ends(bytes), bytes.len())
}

/// Returns the first and the last eight bytes, which with the length are all of a word of up to [`WHOLE`] bytes.
pub(crate) const fn ends(bytes: &[u8]) -> (u64, u64) {
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => short(bytes),
    }
}

/// The longest word that its [`ends`] hold whole, in bytes.
pub(crate) const WHOLE: usize = 16;

/// Returns the hash of the word with those [`ends`] and that length.
pub(crate) const fn mix((first, last): (u64, u64), length: usize) -> u32 {
    let mixed = (first ^ last.rotate_left(29) ^ length as u64).wrapping_mul(SPREAD);
    ((mixed ^ (mixed >> 29)).wrapping_mul(SPREAD) >> 32) as u32
}

/// Returns two numbers that hold all of fewer than eight bytes.
const fn short(bytes: &[u8]) -> (u64, u64) {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64),
        _ => match bytes {
            [] => (0, 0),
            [a] => (*a as u64, 0),
            [a, b] => (*a as u64, *b as u64),
            [a, b, rest @ ..] => (*a as u64 | (*b as u64) << 8, rest[0] as u64),
        },
    }
}

/// Returns the slot of `hash` in a table of `slots` (a power of two).
pub(crate) const fn home(hash: u32, slots: usize) -> usize {
    hash as usize & (slots - 1)
}

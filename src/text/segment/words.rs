//! Where letters end: by bytes where the text is ASCII, by the word rules of Unicode elsewhere.

use unicode_segmentation::UnicodeSegmentation;

/// The longest word in bytes; what follows is the next word. Keeps hostile texts linear.
const LONGEST: usize = 256;

/// Returns the end of the letters that begin at `start`, by the byte table as far as it goes.
pub(super) fn end_fast(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let limit = bytes.len().min(start + LONGEST);
    // A browser's module is to be small.
    let mut at = if cfg!(target_family = "wasm") { start } else { start + leading_letters(&bytes[start..limit]) };
    while at < limit {
        let byte = bytes[at];
        if byte.is_ascii_alphabetic() {
            at += 1;
        } else if byte == b'\'' && at > start && at + 1 < limit && is_letter_or_wide(bytes[at + 1]) {
            if !bytes[at + 1].is_ascii() {
                return end_general(text, start);
            }
            at += 1;
        } else if byte.is_ascii() {
            return at;
        } else {
            return end_general(text, start);
        }
    }
    at
}

/// Returns how many ASCII letters `bytes` begin with, or fewer: only whole groups of eight bytes are looked at.
fn leading_letters(bytes: &[u8]) -> usize {
    let mut letters = 0;
    for &eight in bytes.as_chunks().0 {
        let more = letters_of_eight(eight);
        letters += more;
        if more < eight.len() {
            break;
        }
    }
    letters
}

/// Returns how many ASCII letters stand before the first byte that is none, all eight bytes being tested at once.
fn letters_of_eight(eight: [u8; 8]) -> usize {
    let every = |byte: u8| u64::from_ne_bytes([byte; 8]);
    let word = u64::from_le_bytes(eight);
    // Small and capital letters differ in one bit. The seven low bits leave room for a sum in each byte, whose high bit
    // then says "from a on" and "after z".
    let low = (word | every(0x20)) & every(0x7f);
    let from_a = low + every(0x80 - b'a');
    let after_z = low + every(0x7f - b'z');
    let none = (!from_a | after_z | word) & every(0x80);
    none.trailing_zeros() as usize / 8
}

fn is_letter_or_wide(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

/// Returns the end of the letters that begin at `start`: the first word of UAX 29 in the letters up to the next digit,
/// space or ASCII punctuation other than the apostrophe.
pub(super) fn end_general(text: &str, start: usize) -> usize {
    let rest = &text[start..floor(text, text.len().min(start + LONGEST))];
    let letters = &rest[..rest.find(ends_letters).unwrap_or(rest.len())];
    let length = letters.split_word_bounds().next().map_or(0, str::len);
    // A word of no letters (a lone mark) would stop the scanner: take its first character.
    start + length.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// True for what never stands inside a word here, though some of it does by UAX 29 (`a.b`, `a:b`, `a_b`, `a1`).
fn ends_letters(c: char) -> bool {
    match c {
        '\'' => false,
        _ if c.is_ascii() => !c.is_ascii_alphabetic(),
        // Connectors (ExtendNumLet of UAX 29), then full-width full stop and colon.
        '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}' => true,
        '\u{ff0e}' | '\u{ff1a}' => true,
        _ => c.is_whitespace() || c.is_numeric(),
    }
}

/// Returns the greatest character boundary of `text` that is not above `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns the end of one hump of CamelCase letters at `start`: `Jalan|Rusak`, `KTP|Rusak`, `JALAN`.
pub(super) fn hump_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let mut before = ' ';
    let mut letters = rest.char_indices().take_while(|(_, c)| c.is_alphabetic()).peekable();
    while let Some((at, c)) = letters.next() {
        let next_is_lower = letters.peek().is_some_and(|(_, next)| next.is_lowercase());
        let hump = c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_is_lower));
        if at > 0 && hump {
            return start + at;
        }
        before = c;
    }
    start + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
}

/// True if `rest` begins with an emoji: a pictograph, a flag, or a sign that asks to be shown as one.
pub(super) fn is_emoji(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}') => true,
        Some('\u{231a}' | '\u{231b}' | '\u{23e9}'..='\u{23f3}' | '\u{23f8}'..='\u{23fa}') => true,
        Some('\u{2b1b}' | '\u{2b1c}' | '\u{2b50}' | '\u{2b55}') => true,
        Some('\u{80}'..) => chars.next() == Some('\u{fe0f}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_bytes_are_tested_as_one_by_one(mut eight: [u8; 8], letters in 0..9usize) {
            eight[..letters].iter_mut().for_each(|byte| *byte = b"@AZ[`az{"[usize::from(*byte % 8)]);
            let expected = eight.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            prop_assert_eq!(letters_of_eight(eight), expected);
        }
    }

    #[test]
    fn every_byte_is_told_from_a_letter() {
        for byte in 0..=u8::MAX {
            assert_eq!(letters_of_eight([byte; 8]), if byte.is_ascii_alphabetic() { 8 } else { 0 }, "{byte:#04x}");
        }
    }
}

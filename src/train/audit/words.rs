//! The words of a text as the audit compares them.

/// Returns the runs of letters and digits in lower case, with one space between them: texts that differ in case,
/// punctuation or emoji only have the same.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Returns whether `phrase` stands in `text`, both folded, from the beginning of a word to the end of one.
pub(super) fn contains(text: &str, phrase: &str) -> bool {
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
    let bytes = text.as_bytes();
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, _)| {
            is_edge(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_edge(bytes.get(at + phrase.len()))
        })
}

#[cfg(test)]
mod tests {
    use super::{contains, folded};

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        for (text, expected) in [
            ("Lampu MATI, di RT 05!!", "lampu mati di rt 05"),
            ("  Yth. Dinas\n-- 🙏", "yth dinas"),
            ("CAFÉ", "café"),
            ("?!", ""),
        ] {
            assert_eq!(folded(text), expected);
        }
    }

    #[test]
    fn phrases_are_whole_words() {
        for (text, phrase, expected) in [
            ("kepada dinas perhubungan kota", "dinas perhubungan", true),
            ("perhubungan", "perhubungan", true),
            ("keperhubungan perhubungannya", "perhubungan", false),
            ("jalan", "", false),
        ] {
            assert_eq!(contains(text, phrase), expected, "{text}");
        }
    }
}

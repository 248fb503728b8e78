//! Letter by letter: case, apostrophes, stretched letters, laughter, skin tones.

use std::borrow::Cow;

/// English words that keep the double letter at their end.
const DOUBLE_ENDINGS: [&str; 38] = [
    "access", "add", "all", "app", "bill", "boss", "business", "call", "class", "coffee", "express", "fee", "free",
    "full", "hall", "ill", "inn", "kill", "less", "loss", "miss", "odd", "off", "pass", "press", "process", "see",
    "sell", "staff", "still", "stress", "success", "too", "well", "whatsapp", "will", "wireless", "zoo",
];

/// Returns `text` in lower case, without apostrophes and invisible characters.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' => plain.push(c),
            'A'..='Z' => plain.push(c.to_ascii_lowercase()),
            _ if is_dropped(c) => {}
            _ => plain.extend(c.to_lowercase()),
        }
    }
    if plain == text { Cow::Borrowed(text) } else { Cow::Owned(plain) }
}

/// True for apostrophes and for characters that only steer the layout.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// True for most words: nothing in them is stretched, repeated or hyphenated.
pub(super) fn is_settled(word: &str) -> bool {
    let bytes = word.as_bytes();
    let in_turn = matches!(bytes, [a, b, c, d, _, _, ..] if a == c && b == d);
    let no_pair = bytes.iter().zip(bytes.iter().skip(1)).all(|(a, b)| a != b);
    !in_turn && no_pair && bytes.iter().all(u8::is_ascii_lowercase)
}

/// Returns `word` with stretched letters shortened and laughter cut to one form.
///
/// A run of three or more shows that the writer was stretching, so then all runs of the word shrink to one letter
/// (`parraaahhh` -> parah). Elsewhere a doubled letter counts as stretched only at the end of a word (`tolongg`), where
/// Indonesian has none; inside a word it has some (maaf, tanggal, massa). Roman numerals stay.
pub(super) fn unstretched(word: Cow<'_, str>) -> Cow<'_, str> {
    let word = without_runs(word);
    let bytes = word.as_bytes();
    // hahahaha, wkwkwk: two letters in turn, three times or more.
    let in_turn = bytes.len() >= 6 && bytes.iter().zip(&bytes[2..]).all(|(a, b)| a == b);
    if in_turn && bytes[0] != bytes[1] && word.is_ascii() { shortened(word, 4) } else { word }
}

fn without_runs(word: Cow<'_, str>) -> Cow<'_, str> {
    let (longest, last) = runs(&word);
    if longest < 2 || is_roman(&word) {
        word
    } else if longest >= 3 {
        Cow::Owned(collapsed(&word))
    } else if last == 2 && word.chars().count() >= 3 && !DOUBLE_ENDINGS.contains(&&*word) {
        let end = word.char_indices().next_back().map_or(0, |(at, _)| at);
        shortened(word, end)
    } else {
        word
    }
}

/// Returns the length of the longest run of one character and of the last run.
fn runs(word: &str) -> (usize, usize) {
    let mut longest = 0;
    let mut run = 0;
    let mut before = None;
    for c in word.chars() {
        run = if before == Some(c) { run + 1 } else { 1 };
        longest = longest.max(run);
        before = Some(c);
    }
    (longest, run)
}

fn collapsed(word: &str) -> String {
    let mut before = None;
    word.chars().filter(|c| before.replace(*c) != Some(*c)).collect()
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

fn shortened(word: Cow<'_, str>, end: usize) -> Cow<'_, str> {
    match word {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

/// Returns an emoji without skin tone and without the sign that asks for its coloured form.
pub(super) fn toneless(emoji: &str) -> Cow<'_, str> {
    let is_tone = |c: char| matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{fe0f}');
    if emoji.contains(is_tone) { Cow::Owned(emoji.replace(is_tone, "")) } else { Cow::Borrowed(emoji) }
}

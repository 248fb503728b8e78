//! Raw text -> [`Token`]: one pass, left to right; what is not part of a token (spaces, punctuation) is skipped.
//!
//! - A word is a run of letters by the word rules of Unicode (UAX 29), cut at digits, dots, colons and underscores:
//!   citizens forget the space after a full stop, and `rusak.Mohon` is two words.
//! - Texts are mostly ASCII, so letters are first read by a byte table; only a word that touches other characters goes
//!   through `unicode-segmentation`. Both ways give the same tokens (a property test holds that).
//! - Private data and the masks that stand for it get the same [`Kind`].

mod digits;
pub(super) mod hyphen;
mod web;
mod words;

use super::{Kind, Span, Token};
use unicode_segmentation::UnicodeSegmentation;

/// Returns the tokens of `text` in reading order; spans do not overlap.
///
/// Never fails: any text, even an empty one, has a (possibly empty) list of tokens.
///
/// ```
/// use pilah::text::{segment, Kind};
///
/// let tokens = segment("Jl.Ahmad Yani RT.03 gelap!! hub 0812-3456-7890 #JalanRusak");
/// let texts: Vec<&str> = tokens.iter().map(|token| token.text).collect();
/// assert_eq!(
///     texts,
///     ["Jl", "Ahmad", "Yani", "RT", "03", "gelap", "hub", "0812-3456-7890", "Jalan", "Rusak"]
/// );
/// assert_eq!(tokens[7].kind, Kind::Phone);
/// ```
pub fn segment(text: &str) -> Vec<Token<'_>> {
    // A short report has a token every six bytes; a longer one may grow the vector once or twice.
    let mut tokens = Vec::with_capacity(text.len() / 6 + 4);
    each_token(text, &mut |token| tokens.push(token));
    tokens
}

/// Calls `each` with the tokens of `text` in reading order: [`segment`] without a vector.
///
/// `dyn`, since the scanner is large and a module for browsers has it twice otherwise.
pub(crate) fn each_token<'t>(text: &'t str, each: &mut dyn FnMut(Token<'t>)) {
    scan(text, words::end_fast, each);
}

/// Calls `each` with the tokens of `text`, with `letters` telling where the letters that begin at an offset end.
fn scan<'t>(text: &'t str, letters: impl Fn(&str, usize) -> usize, each: &mut dyn FnMut(Token<'t>)) {
    let has_at = text.as_bytes().contains(&b'@');
    let mut scanner = Scanner { text, bytes: text.as_bytes(), letters, has_at, each };
    let mut at = 0;
    while at < text.len() {
        at = scanner.step(at);
    }
}

/// What a byte may begin.
#[derive(Clone, Copy)]
enum Class {
    Nothing,
    Letter,
    Digit,
    Mask,
    Account,
    Tag,
    Dial,
    Wide,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Nothing; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'[' => Class::Mask,
            b'@' => Class::Account,
            b'#' => Class::Tag,
            b'+' | b'(' => Class::Dial,
            0x80.. => Class::Wide,
            _ => Class::Nothing,
        };
        byte += 1;
    }
    table
}

struct Scanner<'t, 'e, F> {
    text: &'t str,
    bytes: &'t [u8],
    letters: F,
    has_at: bool,
    each: &'e mut dyn FnMut(Token<'t>),
}

impl<F: Fn(&str, usize) -> usize> Scanner<'_, '_, F> {
    /// Reads what stands at `at` and returns where to go on, always further right.
    fn step(&mut self, at: usize) -> usize {
        match CLASSES[usize::from(self.bytes[at])] {
            Class::Nothing => at + 1,
            Class::Letter => self.word(at),
            Class::Digit => self.digits(at),
            Class::Mask => self.mask(at),
            Class::Account => self.account(at),
            Class::Tag => self.tag(at),
            Class::Dial => self.dial(at),
            Class::Wide => self.wide(at),
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) -> usize {
        let text = &self.text[start..end];
        (self.each)(Token { text, span: Span { start, end }, kind });
        end
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Reads a word, unless the letters begin an address.
    fn word(&mut self, start: usize) -> usize {
        let end = (self.letters)(self.text, start);
        if matches!(self.byte(end), b' ' | b',' | 0) {
            return self.push(start, end, Kind::Word);
        }
        if let Some((end, kind)) = self.address(start, end) {
            return self.push(start, end, kind);
        }
        let end = self.hyphenated(start, self.repeated(start, end));
        self.push(start, end, Kind::Word)
    }

    /// Returns the end of the address whose first letters or digits are `start..end`.
    fn address(&self, start: usize, end: usize) -> Option<(usize, Kind)> {
        if self.has_at
            && let Some(end) = web::email(self.bytes, start)
        {
            return Some((end, Kind::Email));
        }
        web::link(self.bytes, start, end).map(|end| (end, Kind::Link))
    }

    /// Returns the end of a word written with the figure 2 for "twice": `anak2`, `anak2nya`, `anak\u{b2}`.
    fn repeated(&self, start: usize, end: usize) -> usize {
        match hyphen::twice(self.bytes, start, end) {
            None => end,
            Some(after) => {
                let tail =
                    if self.byte(after).is_ascii_alphabetic() { (self.letters)(self.text, after) } else { after };
                if hyphen::is_suffix(&self.text[after..tail]) { tail } else { after }
            }
        }
    }

    /// Returns the end of a word that goes on after a hyphen: `anak-anak`, `ber-AC`, `KTP-el`.
    fn hyphenated(&self, start: usize, end: usize) -> usize {
        let mut left = start;
        let mut end = end;
        while self.byte(end) == b'-' && self.byte(end + 1).is_ascii_alphabetic() {
            let right = (self.letters)(self.text, end + 1);
            if !hyphen::joins(&self.text[left..end], &self.text[end + 1..right]) {
                break;
            }
            left = end + 1;
            end = right;
        }
        end
    }

    /// Reads a telephone, a NIK, a number, or an address that begins with digits.
    fn digits(&mut self, start: usize) -> usize {
        let run = digits::run_end(self.bytes, start);
        if self.has_at
            && let Some(end) = web::email(self.bytes, start)
        {
            return self.push(start, end, Kind::Email);
        }
        if let Some(length) = digits::keycap(&self.bytes[run..]).filter(|_| run == start + 1) {
            return self.push(start, run + length, Kind::Emoji);
        }
        let (end, kind) = digits::read(self.bytes, start);
        self.push(start, end, kind)
    }

    /// Reads a telephone that begins with `+` or `(`.
    fn dial(&mut self, start: usize) -> usize {
        match digits::phone(self.bytes, start) {
            Some(end) => self.push(start, end, Kind::Phone),
            None => start + 1,
        }
    }

    /// Reads one of the masks of the corpus.
    fn mask(&mut self, start: usize) -> usize {
        match web::mask(&self.bytes[start..]) {
            Some((length, kind)) => self.push(start, start + length, kind),
            None => start + 1,
        }
    }

    /// Reads `@account`; `a@b` is none, nor is `@50rb`, which is a price.
    fn account(&mut self, start: usize) -> usize {
        let after_word = start > 0 && self.bytes[start - 1].is_ascii_alphanumeric();
        match web::account(self.bytes, start) {
            Some(end) if !after_word => self.push(start, end, Kind::Account),
            _ => start + 1,
        }
    }

    /// Reads the words of a hash tag: `#JalanRusak2024` is Jalan, Rusak, 2024.
    fn tag(&mut self, start: usize) -> usize {
        let mut at = start + 1;
        loop {
            let end = words::hump_end(self.text, at);
            at = match self.byte(at) {
                _ if end > at => self.push(at, end, Kind::Word),
                b'_' if at > start => at + 1,
                // `#081234567890` is no tag, and a number ends one unless letters follow it.
                b'0'..=b'9' if at > start + 1 => self.digits(at),
                _ => return at,
            };
        }
    }

    /// Reads an emoji, a word or a number that begins outside ASCII.
    fn wide(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else { return self.text.len() };
        if words::is_emoji(rest) {
            // The word rules keep what belongs to an emoji as the grapheme rules do, and their tables are here anyway.
            let end = start + rest.split_word_bounds().next().map_or(first.len_utf8(), str::len);
            return self.push(start, end, Kind::Emoji);
        }
        if first.is_alphabetic() {
            return self.word(start);
        }
        if first.is_numeric() {
            let end = rest.find(|c: char| c.is_ascii() || !c.is_numeric()).unwrap_or(rest.len());
            return self.push(start, start + end, Kind::Number);
        }
        start + first.len_utf8()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the tokens by the word rules of Unicode alone.
    fn generally(text: &str) -> Vec<Token<'_>> {
        let mut tokens = Vec::new();
        scan(text, words::end_general, &mut |token| tokens.push(token));
        tokens
    }

    /// Texts of the pieces that meet in reports, so that the rules meet each other.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-zA-Z]{1,8}",
            "[0-9]{1,16}",
            "[ .,:;/@#_'+()\\[\\]-]{1,3}",
            Just("\u{2019}".to_owned()),
            Just("[NAMA]".to_owned()),
            Just("http://".to_owned()),
            Just(".com/".to_owned()),
            Just("\u{b2}".to_owned()),
            Just("\u{1f64f}\u{1f3fd}".to_owned()),
            Just("\u{301}".to_owned()),
            "\\PC{0,4}",
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn fast_path_equals_general_path(text in prop_oneof!["[ -~]{0,300}", "\\PC{0,80}", ".{0,80}", pieces()]) {
            prop_assert_eq!(segment(&text), generally(&text));
        }

        #[test]
        fn long_words_are_cut_alike(letters in 250_usize..262, tail in "[a'\u{e9}\u{301} .-]{0,6}") {
            let text = format!("{}{tail}", "a".repeat(letters));
            prop_assert_eq!(segment(&text), generally(&text));
        }
    }
}

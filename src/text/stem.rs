//! [`Word`] -> [`Term`]: the stem of a word, so that diperbaiki, perbaikan and memperbaiki count as one.
//!
//! Without a dictionary of roots (the usual one is large and not free) a stemmer has to guess; what matters here is that
//! all forms of a root meet, and that different roots do not. So it takes the affixes off in the order of Nazief and
//! Adriani (particle, possessive, suffix, prefixes), leaves at least four letters that could be a root, and asks a short
//! list of roots (`roots`) where the letters alone mislead: for roots that look affixed (makan, kembali), and for roots
//! that decide between two readings (me-masuk-kan, not pe-masu-kan).
//!
//! Stemming a stem changes nothing: affixes are taken off until none is left.

#[cfg(feature = "english")]
mod english;
mod indonesian;
mod roots;

use super::{Kind, Term, Word};
use roots::Roots;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Which words are stemmed.
///
/// ```
/// use pilah::text::Stemming;
///
/// for &stemming in Stemming::ALL {
///     assert_eq!(Stemming::from_code(stemming.to_code()), Some(stemming));
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stemming {
    /// None: a term is its word.
    None,
    /// Words with Indonesian affixes.
    #[default]
    Indonesian,
    /// Words with Indonesian affixes, and words that can only be English.
    #[cfg(feature = "english")]
    IndonesianEnglish,
}

impl Stemming {
    /// All of them, in the order of their codes.
    pub const ALL: &[Self] = &[
        Self::None,
        Self::Indonesian,
        #[cfg(feature = "english")]
        Self::IndonesianEnglish,
    ];

    /// Returns the number that stands for it in a model file; it never changes.
    pub const fn to_code(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Indonesian => 1,
            #[cfg(feature = "english")]
            Self::IndonesianEnglish => 2,
        }
    }

    /// Returns what `code` stands for; `None` for a number that [`Stemming::to_code`] never gives.
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::None),
            1 => Some(Self::Indonesian),
            #[cfg(feature = "english")]
            2 => Some(Self::IndonesianEnglish),
            _ => None,
        }
    }
}

/// Takes affixes off words.
///
/// ```
/// use pilah::text::{segment, Lexicon, Normalizer, Stemmer, Stemming};
///
/// let words = Normalizer::new(Lexicon::default()).normalize(&segment("Mohon perbaikan jalan yang rusak, sudah 2x dilaporkan"));
/// let terms = Stemmer::new(Stemming::Indonesian).stem(words);
/// let texts: Vec<&str> = terms.iter().map(|term| term.text.as_ref()).collect();
/// assert_eq!(texts, ["mohon", "baik", "jalan", "yang", "rusak", "sudah", "<angka>", "x", "lapor"]);
/// ```
#[derive(Debug, Clone)]
pub struct Stemmer {
    stemming: Stemming,
    roots: Roots,
}

impl Stemmer {
    /// Returns a stemmer of the words that `stemming` names.
    pub fn new(stemming: Stemming) -> Self {
        Self { stemming, roots: Roots::new() }
    }

    /// Returns which words it stems.
    pub const fn stemming(&self) -> Stemming {
        self.stemming
    }

    /// Returns a term for each word, in the same order; masks and emoji stay as they are.
    pub fn stem<'t>(&self, words: Vec<Word<'t>>) -> Vec<Term<'t>> {
        let term =
            |word: Word<'t>| Term { text: self.stem_text(word.text, word.kind), span: word.span, kind: word.kind };
        words.into_iter().map(term).collect()
    }

    /// Returns the term of a word of `kind`.
    pub(super) fn stem_text<'t>(&self, word: Cow<'t, str>, kind: Kind) -> Cow<'t, str> {
        if kind == Kind::Word { self.stem_word(word) } else { word }
    }

    fn stem_word<'t>(&self, word: Cow<'t, str>) -> Cow<'t, str> {
        match self.stemming {
            Stemming::None => word,
            _ if word.len() < indonesian::SHORTEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) => word,
            Stemming::Indonesian => self.affixes_off(word),
            #[cfg(feature = "english")]
            Stemming::IndonesianEnglish => self.english_off(self.affixes_off(word)),
        }
    }

    /// Cuts until no affix is left; every cut shortens the word, so this ends.
    fn affixes_off<'t>(&self, mut word: Cow<'t, str>) -> Cow<'t, str> {
        while let Some(cut) = indonesian::cut(&word, &self.roots) {
            word = cut.apply(word);
        }
        word
    }

    /// Cuts English endings, each at least one letter, until none is left.
    #[cfg(feature = "english")]
    fn english_off<'t>(&self, mut word: Cow<'t, str>) -> Cow<'t, str> {
        while let Some(stem) = english::stem(&word, &self.roots) {
            word = self.affixes_off(Cow::Owned(stem));
        }
        word
    }
}

/// What stays of a word: `start..end` of it, behind a first letter that the prefix had swallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cut {
    head: Option<u8>,
    start: usize,
    end: usize,
}

impl Cut {
    /// Returns what stays of `word`; allocates only where a swallowed letter comes back to a borrowed word.
    fn apply(self, word: Cow<'_, str>) -> Cow<'_, str> {
        match (word, self.head) {
            (Cow::Borrowed(text), None) => Cow::Borrowed(&text[self.start..self.end]),
            (Cow::Borrowed(text), Some(letter)) => {
                let mut stem = String::with_capacity(self.end - self.start + 1);
                stem.push(char::from(letter));
                stem.push_str(&text[self.start..self.end]);
                Cow::Owned(stem)
            }
            (Cow::Owned(mut text), head) => {
                text.truncate(self.end);
                text.drain(..self.start);
                if let Some(letter) = head {
                    text.insert(0, char::from(letter));
                }
                Cow::Owned(text)
            }
        }
    }
}

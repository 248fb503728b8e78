//! [`Lexicon`]: what to write for slang and abbreviations.

use super::Normalizer;
use crate::text::table::{hash, home};
use crate::text::{Kind, Span, Token};
use std::collections::BTreeMap;
use thiserror::Error;

/// The most words one entry may write.
const MOST_WORDS: usize = 3;

/// A map from one word to the one, two or three words to write instead, sorted by the former.
///
/// No word it writes is itself rewritten, so normalising twice changes nothing.
///
/// ```
/// use pilah::text::Lexicon;
///
/// let lexicon = Lexicon::parse("# from<TAB>to\ngmn\tbagaimana\ndmn\tdi mana\n")?;
/// assert_eq!(lexicon.get("dmn"), Some("di mana"));
/// assert_eq!(lexicon.get("mana"), None);
/// assert_eq!(lexicon.entries().next(), Some(("dmn", "di mana")));
/// # Ok::<(), pilah::text::LexiconError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Sorted by the first.
    entries: Box<[(Box<str>, Box<str>)]>,
    /// Open addressing with linear probing: the hash of a word and the number of its entry, counted from 1.
    slots: Box<[(u32, u32)]>,
}

/// Why a lexicon could not be built.
///
/// Lines count from 1; for [`Lexicon::from_entries`] they are the entries' places.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// A line is not two fields with one tab between them.
    #[error("line {line}: found {found:?}, expected `from<TAB>to`")]
    Fields {
        /// Where.
        line: usize,
        /// The line.
        found: String,
    },
    /// What is to be rewritten is not one lower-case word.
    #[error("line {line}: found {found:?} to be rewritten, expected one lower-case word of letters and digits")]
    From {
        /// Where.
        line: usize,
        /// The field.
        found: String,
    },
    /// What is to be written is not one to three words in normal form, separated by single spaces.
    #[error(
        "line {line}: found {found:?} to be written, expected one to three lower-case words, single spaces between \
         them, each in normal form"
    )]
    To {
        /// Where.
        line: usize,
        /// The field.
        found: String,
    },
    /// A word to be written would itself be rewritten.
    #[error("line {line}: found {found:?} to be written, expected a word that no entry rewrites (to {rewritten:?})")]
    Chain {
        /// Where.
        line: usize,
        /// The word.
        found: String,
        /// What another entry, or this one, makes of it.
        rewritten: String,
    },
    /// An entry of a model file does not come after the one before it.
    #[error("line {line}: found an entry for {found:?} behind {before:?}, expected ascending entries")]
    Order {
        /// Where.
        line: usize,
        /// The word.
        found: String,
        /// The word of the line before.
        before: String,
    },
    /// A word has two entries.
    #[error("line {line}: found a second entry for {found:?}, expected one (the first is on line {first})")]
    Duplicate {
        /// Where.
        line: usize,
        /// The word.
        found: String,
        /// Where the other one is.
        first: usize,
    },
}

impl Lexicon {
    /// Returns the lexicon of `text`: an entry a line, `from<TAB>to`; empty lines and lines that begin with `#` are
    /// skipped; the order is free.
    ///
    /// # Errors
    ///
    /// A [`LexiconError`] for the first line that is no such entry, for a word with two entries, and for an entry that
    /// writes what another one rewrites.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let lines = text.lines().enumerate();
        let entries = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        Self::build(&entries.map(entry).collect::<Result<Vec<_>, _>>()?)
    }

    /// Returns the lexicon of `text` as a model file has it: nothing but entries, sorted by the word they rewrite.
    ///
    /// # Errors
    ///
    /// As [`Lexicon::parse`], and for an entry that does not come after the one before it.
    pub(crate) fn parse_sorted(text: &str) -> Result<Self, LexiconError> {
        let entries = text.lines().enumerate().map(entry).collect::<Result<Vec<_>, _>>()?;
        if let Some(pair) = entries.windows(2).find(|pair| pair[0].1 >= pair[1].1) {
            let (line, found, before) = (pair[1].0, pair[1].1.to_owned(), pair[0].1.to_owned());
            return Err(LexiconError::Order { line, found, before });
        }
        Self::with_entries(entries.iter().map(|&(_, from, to)| (from, to)), &entries)
    }

    /// Returns the lexicon of `entries`, as [`Lexicon::entries`] gives them.
    ///
    /// ```
    /// use pilah::text::Lexicon;
    ///
    /// let lexicon = Lexicon::from_entries([("yg", "yang")])?;
    /// assert_eq!(Lexicon::from_entries(lexicon.entries())?, lexicon);
    /// # Ok::<(), pilah::text::LexiconError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Lexicon::parse`]: entries from a file are not trusted.
    pub fn from_entries<F, T>(entries: impl IntoIterator<Item = (F, T)>) -> Result<Self, LexiconError>
    where
        F: AsRef<str>,
        T: AsRef<str>,
    {
        let entries: Vec<(F, T)> = entries.into_iter().collect();
        let numbered = entries.iter().enumerate().map(|(at, (from, to))| (at + 1, from.as_ref(), to.as_ref()));
        Self::build(&numbered.collect::<Vec<_>>())
    }

    /// Returns all entries, sorted by the word they rewrite.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.entries.iter().map(|(from, to)| (&**from, &**to))
    }

    /// Returns what to write for `word`; `None` where it stays as it is.
    pub fn get(&self, word: &str) -> Option<&str> {
        if self.slots.is_empty() {
            return None;
        }
        let wanted = hash(word.as_bytes());
        let mut slot = home(wanted, self.slots.len());
        loop {
            let (hash, number) = self.slots[slot];
            let (from, to) = self.entries.get((number as usize).checked_sub(1)?)?;
            if hash == wanted && **from == *word {
                return Some(to);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    fn build(numbered: &[(usize, &str, &str)]) -> Result<Self, LexiconError> {
        let mut sorted = BTreeMap::new();
        for &(line, from, to) in numbered {
            if let Some((first, _)) = sorted.insert(from, (line, to)) {
                return Err(LexiconError::Duplicate { line, found: from.to_owned(), first });
            }
        }
        Self::with_entries(sorted.into_iter().map(|(from, (_, to))| (from, to)), numbered)
    }

    /// Returns the lexicon of the entries `sorted`, which are those that `numbered` has with their lines.
    fn with_entries<'e>(
        sorted: impl Iterator<Item = (&'e str, &'e str)>,
        numbered: &[(usize, &str, &str)],
    ) -> Result<Self, LexiconError> {
        numbered.iter().try_for_each(|&(line, from, to)| check_fields(line, from, to))?;
        let entries: Box<[_]> = sorted.map(|(from, to)| (Box::from(from), Box::from(to))).collect();
        let slots = slots(&entries);
        Self { entries, slots }.check_chains(numbered)
    }

    /// Returns itself if no entry rewrites a word that it writes, and normalising leaves all of them as they are.
    fn check_chains(self, numbered: &[(usize, &str, &str)]) -> Result<Self, LexiconError> {
        let normalizer = Normalizer::new(self);
        for &(line, _, to) in numbered {
            for word in to.split(' ') {
                let token = Token { text: word, span: Span { start: 0, end: word.len() }, kind: Kind::Word };
                let words = normalizer.normalize(&[token]);
                if normalizer.lexicon.get(word).is_some() || words.iter().map(|word| &*word.text).ne([word]) {
                    let rewritten = words.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" ");
                    return Err(LexiconError::Chain { line, found: word.to_owned(), rewritten });
                }
            }
        }
        Ok(normalizer.lexicon)
    }
}

/// Returns the number of a line, counted from 1, and its two fields.
fn entry((at, text): (usize, &str)) -> Result<(usize, &str, &str), LexiconError> {
    match text.split_once('\t') {
        Some((from, to)) => Ok((at + 1, from, to)),
        None => Err(LexiconError::Fields { line: at + 1, found: text.to_owned() }),
    }
}

fn check_fields(line: usize, from: &str, to: &str) -> Result<(), LexiconError> {
    let lower = |c: char| c.is_alphabetic() && !c.is_uppercase();
    if from.is_empty() || !from.chars().all(|c| lower(c) || c.is_ascii_digit()) {
        return Err(LexiconError::From { line, found: from.to_owned() });
    }
    let mut words = to.split(' ');
    if words.clone().count() > MOST_WORDS || !words.all(|word| !word.is_empty() && word.chars().all(lower)) {
        return Err(LexiconError::To { line, found: to.to_owned() });
    }
    Ok(())
}

/// Returns the table of `entries`, at most a quarter full, so that most words are decided by one look.
fn slots(entries: &[(Box<str>, Box<str>)]) -> Box<[(u32, u32)]> {
    let size = if entries.is_empty() { 0 } else { (entries.len() * 4).next_power_of_two() };
    let mut slots = vec![(0, 0); size].into_boxed_slice();
    for ((from, _), number) in entries.iter().zip(1..) {
        let hash = hash(from.as_bytes());
        let mut slot = home(hash, size);
        while slots[slot].1 != 0 {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = (hash, number);
    }
    slots
}

//! [`Lexicon`]: what to write for slang and abbreviations.

use super::Normalizer;
use crate::text::table::{hash, home};
use crate::text::{Kind, Span, Token};
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
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let entries = lines
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(line, text)| match text.split_once('\t') {
                Some((from, to)) => Ok((line, from, to)),
                None => Err(LexiconError::Fields { line, found: text.to_owned() }),
            })
            .collect::<Result<Vec<_>, _>>()?;
        Self::build(entries)
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
        Self::build(numbered.collect())
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

    fn build(mut numbered: Vec<(usize, &str, &str)>) -> Result<Self, LexiconError> {
        numbered.iter().try_for_each(|&(line, from, to)| check_fields(line, from, to))?;
        numbered.sort_by_key(|&(line, from, _)| (from, line));
        if let Some(pair) = numbered.windows(2).find(|pair| pair[0].1 == pair[1].1) {
            let (line, first) = (pair[1].0, pair[0].0);
            return Err(LexiconError::Duplicate { line, found: pair[1].1.to_owned(), first });
        }
        let entries: Box<[_]> = numbered.iter().map(|&(_, from, to)| (Box::from(from), Box::from(to))).collect();
        let slots = slots(&entries);
        let lexicon = Self { entries, slots };
        // In the order of the lines, so that the first offence is reported.
        numbered.sort_unstable();
        lexicon.check_chains(&numbered)
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

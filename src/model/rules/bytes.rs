//! The byte form of rules. Little-endian; `str` is a length byte (1..=255) and UTF-8; counts are `u16`.
//!
//! ```text
//! version    u8 = 1
//! head       str, which may be empty
//! order      u8 count, then that many str, no two equal
//! words      count, then str each: strictly ascending; `abc*` stands for every word beginning with `abc`
//! patterns   count, then each u8 length (1..=MAX_PHRASE), its first word's number as gap from that of the pattern
//!            before (from 0), its other words' numbers as u16: strictly ascending
//! lists      count, then each a count (>= 1) and that many pattern numbers, rising; lists strictly ascending
//! hides      set
//! rules      count, then each: id str, label u8, window u8, near u8, u8 count (>= 1) of groups, the groups as sets
//!            (not empty), unless as set, never as set; a set is a u8 count and that many list numbers, rising
//! gap        u8, or 255 and a u16 of at least 255
//! rising     each number as gap from the one before plus one (from 0)
//! ```
//! Every rule set has one byte form, and nothing may follow it.

use super::{Rule, RulesError, Set, Table};
use std::fmt::Arguments;

/// Words in the longest phrase.
pub(super) const MAX_PHRASE: usize = 4;
/// Letters before the `*` of the shortest prefix.
pub(super) const MIN_PREFIX: usize = 3;
const VERSION: u8 = 1;
/// Says that a gap of this or more follows.
const LONG: u8 = u8::MAX;

/// Returns the byte form of `table`, whose counts are known to fit.
pub(super) fn write(table: &Table) -> Vec<u8> {
    let mut out = vec![VERSION];
    put_str(&mut out, &table.head);
    out.push(table.order.len() as u8);
    table.order.iter().for_each(|label| put_str(&mut out, label));
    put(&mut out, table.words.len() as u16);
    table.words.iter().for_each(|word| put_str(&mut out, word));
    put(&mut out, table.patterns.len() as u16);
    let mut first = 0;
    for pattern in &table.patterns {
        out.push(pattern.len() as u8);
        put_gap(&mut out, pattern[0] - first);
        pattern[1..].iter().for_each(|&word| put(&mut out, word));
        first = pattern[0];
    }
    put(&mut out, table.lists.len() as u16);
    for list in &table.lists {
        put(&mut out, list.len() as u16);
        put_rising(&mut out, list);
    }
    put_set(&mut out, &table.hides);
    put(&mut out, table.rules.len() as u16);
    table.rules.iter().for_each(|rule| put_rule(&mut out, rule));
    out
}

fn put_rule(out: &mut Vec<u8>, rule: &Rule) {
    put_str(out, &rule.id);
    out.extend([rule.label, rule.window, rule.near, rule.groups.len() as u8]);
    for set in rule.groups.iter().chain([&rule.unless, &rule.never]) {
        put_set(out, set);
    }
}

fn put_set(out: &mut Vec<u8>, set: &Set) {
    out.push(set.len() as u8);
    put_rising(out, set);
}

fn put_rising(out: &mut Vec<u8>, numbers: &[u16]) {
    let mut next = 0;
    for &number in numbers {
        put_gap(out, number - next);
        next = number + 1;
    }
}

fn put_gap(out: &mut Vec<u8>, gap: u16) {
    match u8::try_from(gap) {
        Ok(short) if short < LONG => out.push(short),
        _ => {
            out.push(LONG);
            put(out, gap);
        }
    }
}

fn put(out: &mut Vec<u8>, number: u16) {
    out.extend(number.to_le_bytes());
}

fn put_str(out: &mut Vec<u8>, text: &str) {
    out.push(text.len() as u8);
    out.extend(text.as_bytes());
}

/// Returns the table in `bytes`, all of which must belong to it.
pub(super) fn read(bytes: &[u8]) -> Result<Table, RulesError> {
    let mut reader = Reader { bytes, at: 0 };
    let version = reader.byte("a version")?;
    reader.check(version == VERSION, format_args!("version {version}"), "version 1")?;
    let head = reader.any_text("the head's name")?;
    let order = reader.order()?;
    let words = reader.words()?;
    let patterns = reader.patterns(words.len())?;
    let lists = reader.lists(patterns.len())?;
    let hides = reader.set(lists.len())?;
    let count = reader.count(10, "a count of rules that the bytes can hold")?;
    let mut rules = Vec::with_capacity(count);
    for _ in 0..count {
        rules.push(reader.rule(order.len(), lists.len())?);
    }
    let left = bytes.len() - reader.at;
    reader.check(left == 0, format_args!("{left} more bytes"), "the end")?;
    Ok(Table { head, order, words, patterns, lists, hides, rules })
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn order(&mut self) -> Result<Vec<String>, RulesError> {
        let count = self.byte("a count of labels")?;
        let mut order = Vec::new();
        for _ in 0..count {
            let label = self.text("a label")?;
            self.check(!order.contains(&label), format_args!("{label:?} twice"), "labels that differ")?;
            order.push(label);
        }
        Ok(order)
    }

    fn words(&mut self) -> Result<Vec<String>, RulesError> {
        let count = self.count(2, "a count of words that the bytes can hold")?;
        let mut words = Vec::with_capacity(count);
        for _ in 0..count {
            let word = self.text("a word")?;
            self.check(is_word(&word), format_args!("{word:?}"), "a word, or three letters or more and `*`")?;
            self.check(words.last() < Some(&word), format_args!("{word:?} out of order"), "ascending words")?;
            words.push(word);
        }
        Ok(words)
    }

    fn patterns(&mut self, words: usize) -> Result<Vec<Vec<u16>>, RulesError> {
        const WORD: &str = "the number of a word";
        let count = self.count(2, "a count of patterns that the bytes can hold")?;
        let mut patterns: Vec<Vec<u16>> = Vec::with_capacity(count);
        let mut first = 0;
        for _ in 0..count {
            let length = usize::from(self.byte("a phrase's length")?);
            self.check((1..=MAX_PHRASE).contains(&length), format_args!("{length} words"), "1 to 4 words")?;
            let mut pattern = Vec::with_capacity(length);
            first = self.gap(first, words, WORD)?;
            pattern.push(first);
            for _ in 1..length {
                let number = self.short(WORD)?;
                self.check(usize::from(number) < words, format_args!("{number} of {words}"), WORD)?;
                pattern.push(number);
            }
            self.check(patterns.last() < Some(&pattern), format_args!("a pattern out of order"), "ascending patterns")?;
            patterns.push(pattern);
        }
        Ok(patterns)
    }

    fn lists(&mut self, patterns: usize) -> Result<Vec<Vec<u16>>, RulesError> {
        let count = self.count(3, "a count of lists that the bytes can hold")?;
        let mut lists = Vec::with_capacity(count);
        for _ in 0..count {
            let length = self.count(1, "a list that the bytes can hold")?;
            self.check(length > 0, format_args!("an empty list"), "at least one pattern")?;
            let list = self.rising(length, patterns, "the number of a pattern")?;
            self.check(lists.last() < Some(&list), format_args!("lists out of order"), "ascending lists")?;
            lists.push(list);
        }
        Ok(lists)
    }

    fn rule(&mut self, labels: usize, lists: usize) -> Result<Rule, RulesError> {
        let id = self.text("a rule's name")?;
        let label = self.byte("a label's rank")?;
        self.check(usize::from(label) < labels, format_args!("rank {label}"), "the rank of a label")?;
        let window = self.byte("a window")?;
        let near = self.byte("a distance")?;
        let count = usize::from(self.byte("a count of groups")?);
        self.check(count > 0, format_args!("no group"), "at least one group")?;
        self.fits(count, 2, "a count of groups that the bytes can hold")?;
        let mut groups = Vec::with_capacity(count);
        for _ in 0..count {
            groups.push(self.set(lists)?);
            self.check(groups.last() != Some(&Set::new()), format_args!("an empty group"), "at least one list")?;
        }
        let (unless, never) = (self.set(lists)?, self.set(lists)?);
        Ok(Rule { id, label, window, near, groups, unless, never })
    }

    fn set(&mut self, lists: usize) -> Result<Set, RulesError> {
        let count = usize::from(self.byte("a count of lists")?);
        self.rising(count, lists, "the number of a list")
    }

    fn rising(&mut self, count: usize, limit: usize, expected: &'static str) -> Result<Vec<u16>, RulesError> {
        self.fits(count, 1, expected)?;
        let mut numbers = Vec::with_capacity(count);
        for _ in 0..count {
            let from = numbers.last().map_or(0, |last: &u16| last + 1);
            numbers.push(self.gap(from, limit, expected)?);
        }
        Ok(numbers)
    }

    /// Returns the number, under `limit`, that lies a gap after `from`.
    fn gap(&mut self, from: u16, limit: usize, expected: &'static str) -> Result<u16, RulesError> {
        let mut gap = u16::from(self.byte(expected)?);
        if gap == u16::from(LONG) {
            gap = self.short(expected)?;
            self.check(gap >= u16::from(LONG), format_args!("a long form of {gap}"), "255 or more after 255")?;
        }
        let number = usize::from(from) + usize::from(gap);
        self.check(number < limit, format_args!("{number} of {limit}"), expected)?;
        Ok(number as u16)
    }

    /// Returns a count of things of at least `size` bytes each, all of which the rest has room for.
    fn count(&mut self, size: usize, expected: &'static str) -> Result<usize, RulesError> {
        let count = usize::from(self.short(expected)?);
        self.fits(count, size, expected)?;
        Ok(count)
    }

    fn fits(&self, count: usize, size: usize, expected: &'static str) -> Result<(), RulesError> {
        let left = self.bytes.len() - self.at;
        self.check(count <= left / size, format_args!("{count} in {left} bytes"), expected)
    }

    fn text(&mut self, expected: &'static str) -> Result<String, RulesError> {
        let text = self.any_text(expected)?;
        self.check(!text.is_empty(), format_args!("an empty string"), expected)?;
        Ok(text)
    }

    fn any_text(&mut self, expected: &'static str) -> Result<String, RulesError> {
        let length = usize::from(self.byte(expected)?);
        let bytes = self.take(length, expected)?;
        let text = std::str::from_utf8(bytes);
        text.map(str::to_owned).map_err(|_| self.error("bytes that are not UTF-8".into(), expected))
    }

    fn short(&mut self, expected: &'static str) -> Result<u16, RulesError> {
        let bytes = self.take(2, expected)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn byte(&mut self, expected: &'static str) -> Result<u8, RulesError> {
        self.take(1, expected).map(|bytes| bytes[0])
    }

    fn take(&mut self, count: usize, expected: &'static str) -> Result<&'b [u8], RulesError> {
        let left = &self.bytes[self.at..];
        let taken = left.get(..count).ok_or_else(|| self.error(format!("{} bytes", left.len()), expected))?;
        self.at += count;
        Ok(taken)
    }

    fn check(&self, right: bool, found: Arguments<'_>, expected: &'static str) -> Result<(), RulesError> {
        if right { Ok(()) } else { Err(self.error(found.to_string(), expected)) }
    }

    fn error(&self, found: String, expected: &'static str) -> RulesError {
        RulesError::Bytes { at: self.at, found, expected }
    }
}

/// Returns whether `word` is a word of a rule: letters and the like, with at most one `*`, at the end of a stem.
pub(super) fn is_word(word: &str) -> bool {
    let stem = word.strip_suffix('*').unwrap_or(word);
    let long_enough = stem.len() == word.len() || stem.chars().count() >= MIN_PREFIX;
    !stem.is_empty() && long_enough && !stem.contains(|c: char| c == '*' || c.is_whitespace() || c.is_uppercase())
}

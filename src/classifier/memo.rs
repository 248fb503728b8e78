//! [`Memo`]: what tokens mean to the model, worked out once for equal tokens.

use crate::features::{Composition, Known};
use crate::model::Model;
use crate::text::{Kind, Token, WHOLE, ends, home, mask, mix};

/// How many tokens there is room for at first, a power of two.
const FIRST: usize = 1 << 11;

/// A word that a token stands for: what the stages behind the text stages ask of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meaning {
    pub(super) known: Known,
    /// Where in [`Memo::rule_words`] lies which words of the rules it is.
    pub(super) rule_words: (u32, u32),
}

/// A token that was met before, in one cache line with what it means: looking it up waits for memory once.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Entry {
    /// See [`ends`].
    ends: (u64, u64),
    length: u32,
    /// Where in [`Memo::middles`] the letters between its ends lie, if it is longer than [`WHOLE`].
    middle: u32,
    kind: Kind,
    meanings: (u32, u32),
    /// The first of its meanings; most tokens have no other.
    first: Meaning,
}

/// What tokens mean to one model.
///
/// The same few thousand words make up most of all texts, so for most tokens one look replaces normalising, stemming and
/// hashing. What a token means depends on nothing else, so an answer is the same whatever was met before.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    /// How many tokens it remembers; then it forgets all, and keeps the memory.
    most: usize,
    /// Open addressing with linear probing, at most half full: the hash of a token and its entry, counted from 1.
    slots: Vec<(u32, u32)>,
    entries: Vec<Entry>,
    middles: Vec<u8>,
    meanings: Vec<Meaning>,
    pub(super) grams: Vec<(u32, f32)>,
    pub(super) rule_words: Vec<u16>,
}

impl Memo {
    /// Returns the memo that remembers `most` tokens, a power of two or 0; memory grows with those that it has met.
    pub(super) fn new(most: usize) -> Self {
        Self { most, slots: vec![(0, 0); 2 * most.min(FIRST)], ..Self::default() }
    }

    /// Makes room, if there is none: to be called between texts, since it makes all meanings void.
    pub(super) fn tidy(&mut self) {
        // Meanings without entry, in the text that filled the last one, grow it too.
        if self.entries.len() == self.most {
            self.slots.fill((0, 0));
            self.entries.clear();
            self.middles.clear();
            self.meanings.clear();
            self.grams.clear();
            self.rule_words.clear();
        }
    }

    /// Makes room for `tokens` more, if it remembers none.
    pub(super) fn reserve(&mut self, tokens: usize) {
        if self.most == 0 {
            self.meanings.reserve(tokens);
        }
    }

    /// Returns the meaning of each word that `token` stands for.
    #[inline]
    pub(super) fn look_up(&mut self, model: &Model, token: &Token<'_>) -> &[Meaning] {
        // A browser's module is to be small, and has no sessions.
        if cfg!(target_family = "wasm") || self.most == 0 {
            let (start, end) = self.work_out(model, token);
            return &self.meanings[start as usize..end as usize];
        }
        self.recall(model, token)
    }

    fn recall(&mut self, model: &Model, token: &Token<'_>) -> &[Meaning] {
        // All numbers mean the same, and so on: their mask stands for them.
        let letters = match token.kind {
            Kind::Word | Kind::Emoji => token.text,
            kind => mask(kind),
        };
        let ends = ends(letters.as_bytes());
        let wanted = mix(ends, letters.len());
        let mut slot = home(wanted, self.slots.len());
        loop {
            let (hash, number) = self.slots[slot];
            let Some(at) = (number as usize).checked_sub(1) else { break };
            if hash == wanted && self.is_entry(at, ends, letters.as_bytes(), token.kind) {
                let entry = &self.entries[at];
                let (start, end) = entry.meanings;
                let one = std::slice::from_ref(&entry.first);
                return if end - start == 1 { one } else { &self.meanings[start as usize..end as usize] };
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let (start, end) = self.work_out(model, token);
        if self.entries.len() < self.most {
            self.remember(slot, letters.as_bytes(), token.kind, (start, end));
        }
        &self.meanings[start as usize..end as usize]
    }

    /// Returns whether entry `at` is the token of these letters, whose hash it has.
    #[inline]
    fn is_entry(&self, at: usize, ends: (u64, u64), letters: &[u8], kind: Kind) -> bool {
        let entry = &self.entries[at];
        let alike = entry.ends == ends && entry.length as usize == letters.len() && entry.kind == kind;
        alike && (letters.len() <= WHOLE || self.middles[entry.middle as usize..].starts_with(middle(letters)))
    }

    /// Puts the token of these letters, which means `meanings`, into `slot`.
    #[inline(never)]
    fn remember(&mut self, slot: usize, letters: &[u8], kind: Kind, meanings: (u32, u32)) {
        let ends = ends(letters);
        let entry = Entry {
            ends,
            length: letters.len() as u32,
            middle: self.middles.len() as u32,
            kind,
            meanings,
            first: self.meanings[meanings.0 as usize..].first().copied().unwrap_or_default(),
        };
        self.middles.extend_from_slice(middle(letters));
        self.entries.push(entry);
        self.slots[slot] = (mix(ends, letters.len()), self.entries.len() as u32);
        if 2 * self.entries.len() > self.slots.len() {
            self.spread();
        }
    }

    /// Doubles the slots: as few as will do, for the cache holds them longer.
    fn spread(&mut self) {
        let slots = 2 * self.slots.len();
        self.slots.clear();
        self.slots.resize(slots, (0, 0));
        for (number, entry) in (1..).zip(&self.entries) {
            let hash = mix(entry.ends, entry.length as usize);
            let mut slot = home(hash, slots);
            while self.slots[slot].1 != 0 {
                slot = (slot + 1) & (slots - 1);
            }
            self.slots[slot] = (hash, number);
        }
    }

    /// Works out the meanings of `token`; returns where they lie.
    #[inline(never)]
    fn work_out(&mut self, model: &Model, token: &Token<'_>) -> (u32, u32) {
        let Self { meanings, grams, rule_words, .. } = self;
        let start = meanings.len() as u32;
        model.pipeline.each_term(token, &mut |word, term| {
            let first = rule_words.len() as u32;
            model.rules.look_up(word, rule_words);
            let known = model.vectorizer.look_up(term, Composition::Unknown, grams);
            meanings.push(Meaning { known, rule_words: (first, rule_words.len() as u32) });
        });
        (start, meanings.len() as u32)
    }
}

/// Returns what the [`ends`] of a word leave out.
fn middle(letters: &[u8]) -> &[u8] {
    letters.get(8..letters.len().saturating_sub(8)).unwrap_or_default()
}

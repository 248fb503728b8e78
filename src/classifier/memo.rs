//! [`Memo`]: what tokens mean to the model, worked out once for equal tokens.

use crate::features::{Composition, Known};
use crate::model::Model;
use crate::text::{Kind, Token, hash, home, mask};

/// A word that a token stands for: what the stages behind the text stages ask of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    pub(super) known: Known,
    /// Where in [`Memo::rule_words`] lies which words of the rules it is.
    pub(super) rule_words: (u32, u32),
}

/// A token that was met before.
#[derive(Debug, Clone, Copy)]
struct Entry {
    kind: Kind,
    letters: (u32, u32),
    meanings: (u32, u32),
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
    letters: Vec<u8>,
    meanings: Vec<Meaning>,
    pub(super) grams: Vec<(u32, f32)>,
    pub(super) rule_words: Vec<u16>,
}

impl Memo {
    /// Returns the memo that remembers `most` tokens, a power of two or 0.
    pub(super) fn new(most: usize) -> Self {
        Self { most, slots: vec![(0, 0); 2 * most], ..Self::default() }
    }

    /// Makes room, if there is none: to be called between texts, since it makes all meanings void.
    pub(super) fn tidy(&mut self) {
        // Meanings without entry, in the text that filled the last one, grow it too.
        if self.entries.len() == self.most {
            self.slots.fill((0, 0));
            self.entries.clear();
            self.letters.clear();
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
        let forgets = cfg!(target_family = "wasm") || self.most == 0;
        let (start, end) = if forgets { self.work_out(model, token) } else { self.recall(model, token) };
        &self.meanings[start as usize..end as usize]
    }

    fn recall(&mut self, model: &Model, token: &Token<'_>) -> (u32, u32) {
        // All numbers mean the same, and so on: their mask stands for them.
        let letters = match token.kind {
            Kind::Word | Kind::Emoji => token.text,
            kind => mask(kind),
        };
        let wanted = hash(letters.as_bytes());
        let mut slot = home(wanted, self.slots.len());
        loop {
            let (hash, number) = self.slots[slot];
            let Some(at) = (number as usize).checked_sub(1) else { break };
            let entry = &self.entries[at];
            let known = &self.letters[entry.letters.0 as usize..entry.letters.1 as usize];
            if hash == wanted && known == letters.as_bytes() && entry.kind == token.kind {
                return entry.meanings;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let meanings = self.work_out(model, token);
        if self.entries.len() < self.most {
            let start = self.letters.len() as u32;
            self.letters.extend_from_slice(letters.as_bytes());
            self.entries.push(Entry { kind: token.kind, letters: (start, self.letters.len() as u32), meanings });
            self.slots[slot] = (wanted, self.entries.len() as u32);
        }
        meanings
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

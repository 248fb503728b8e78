//! [`Words`]: what is swapped, put between and around pieces, and changed in copies.

use crate::dice::Dice;
use serde::Deserialize;

/// Stands in a piece where a place was.
const PLACE: char = '\u{1}';
/// Stands in a piece where a number of one or two digits was.
const NUMBER: char = '\u{2}';

#[derive(Deserialize)]
pub(crate) struct Words {
    places: Vec<String>,
    streets: Vec<String>,
    sites: Vec<String>,
    pub(crate) greetings: Vec<String>,
    pub(crate) endings: Vec<String>,
    forwarded: Vec<String>,
    marks: Vec<String>,
    pub(crate) first_names: Vec<String>,
    pub(crate) last_names: Vec<String>,
    pub(crate) channels: Vec<String>,
    same: Vec<Vec<String>>,
}

impl Words {
    /// Returns the piece with other spellings, a typing error here and there, and slots for places and numbers.
    pub(crate) fn spell(&self, piece: &str, dice: &mut Dice) -> String {
        let spelt = piece.trim().split(' ').map(|word| match word.parse::<u8>() {
            Ok(0..=99) => NUMBER.to_string(),
            _ if dice.below(3) == 0 => self.other(word, dice).unwrap_or(word).to_owned(),
            _ if dice.below(40) == 0 => mistype(word, dice),
            _ => word.to_owned(),
        });
        let spelt = spelt.collect::<Vec<_>>().join(" ");
        self.places.iter().fold(spelt, |text, place| text.replace(place, PLACE.encode_utf8(&mut [0; 4])))
    }

    /// Returns a word of the same meaning; none where there is no other.
    fn other(&self, word: &str, dice: &mut Dice) -> Option<&str> {
        let group = self.same.iter().find(|group| group.iter().any(|member| member == word))?;
        let other = dice.word(group);
        (other != word).then_some(other)
    }

    /// Appends a piece, its slots filled.
    pub(crate) fn fill(&self, piece: &str, dice: &mut Dice, text: &mut String) {
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        for part in piece.split_inclusive([PLACE, NUMBER]) {
            text.push_str(part.trim_end_matches([PLACE, NUMBER]));
            if part.ends_with(PLACE) {
                text.push_str(dice.word(&self.places));
            } else if part.ends_with(NUMBER) {
                number(1 + dice.below(99), text);
            }
        }
    }

    /// Appends where it is.
    pub(crate) fn site(&self, dice: &mut Dice, text: &mut String) {
        text.truncate(text.trim_end_matches(['.', ',', ' ']).len());
        for part in [" ", dice.word(&self.sites), " ", dice.word(&self.streets), " "] {
            text.push_str(part);
        }
        number(1 + dice.below(200), text);
        text.push_str(if dice.below(2) == 0 { ". " } else { ", " });
    }

    /// Changes a text as people do who pass it on.
    pub(crate) fn alter(&self, text: &mut String, dice: &mut Dice) {
        let length = text.len();
        match dice.below(5) {
            0 => text.insert_str(0, dice.word(&self.forwarded)),
            1 => text.push_str(dice.word(&self.marks)),
            2 => text.retain(|letter| !matches!(letter, '.' | ',' | '!')),
            3 if text.bytes().any(|byte| byte.is_ascii_uppercase()) => return text.make_ascii_lowercase(),
            _ => {
                let words: Vec<&str> = text.split(' ').collect();
                let at = dice.below(words.len() as u64) as usize;
                let word = self.other(words[at], dice).unwrap_or("itu");
                *text = [&words[..at], &[word], &words[at + 1..]].concat().join(" ");
                return;
            }
        }
        if text.len() == length {
            text.push_str(dice.word(&self.marks));
        }
    }
}

/// Returns the word with two neighbouring letters turned round.
fn mistype(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 3 {
        let at = 1 + dice.below(letters.len() as u64 - 2) as usize;
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Appends a number; `write!` takes three times as long.
fn number(value: u64, text: &mut String) {
    for place in [100, 10, 1] {
        if value >= place {
            text.push(char::from(b'0' + (value / place % 10) as u8));
        }
    }
}

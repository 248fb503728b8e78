//! [`Stock`]: the pieces of reports, and how messages are put together from them.

use crate::dice::{Dice, Use};
use crate::words::Words;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;

const REPORTS: &str = include_str!("../../models/seed.jsonl");
const WORDS: &str = include_str!("../../benches/triage/words.toml");
/// How many spellings of each piece are kept.
const SPELLINGS: usize = 4;
/// Bytes of the shortest piece, unless a report is shorter.
const SHORTEST: usize = 14;

#[derive(Deserialize)]
struct Report {
    text: String,
    #[serde(default)]
    category: String,
}

/// What messages are put together from; pieces are escaped for JSON.
pub(crate) struct Stock {
    pub(crate) words: Words,
    pieces: Vec<[String; SPELLINGS]>,
    /// The pieces of the reports of one category.
    categories: Vec<Vec<usize>>,
    /// Category and length of every report.
    reports: Vec<(usize, usize)>,
}

impl Stock {
    pub(crate) fn read(seed: u64) -> Result<Self, Box<dyn Error>> {
        let mut dice = Dice::new(seed, 0, Use::Spelling);
        let mut names = BTreeMap::new();
        let mut stock =
            Self { words: toml::from_str(WORDS)?, pieces: Vec::new(), categories: Vec::new(), reports: Vec::new() };
        for line in REPORTS.lines() {
            let report: Report = serde_json::from_str(line)?;
            let category = *names.entry(report.category).or_insert(stock.categories.len());
            stock.categories.resize(names.len(), Vec::new());
            stock.reports.push((category, report.text.len()));
            for piece in split(&report.text) {
                stock.categories[category].push(stock.pieces.len());
                let spellings = std::array::from_fn(|_| escape(&stock.words.spell(piece, &mut dice)));
                stock.pieces.push(spellings);
            }
        }
        Ok(stock)
    }

    /// Appends a new message: pieces mostly of one category, together about as long as one of the reports.
    pub(crate) fn compose(&self, dice: &mut Dice, text: &mut String) {
        let (category, _) = *dice.pick(&self.reports);
        let (_, length) = *dice.pick(&self.reports);
        if dice.below(4) == 0 {
            text.push_str(dice.word(&self.words.greetings));
        }
        let site_after = if length < 140 { 0 } else { dice.below(3) };
        for at in 0.. {
            let any = at > 0 && dice.below(2) == 0;
            let piece =
                if any { dice.pick(&self.pieces) } else { &self.pieces[*dice.pick(&self.categories[category])] };
            let piece = dice.pick(piece);
            if at > 0 && text.len() + piece.len() / 2 > length {
                break;
            }
            self.words.fill(piece, dice, text);
            if at == site_after {
                self.words.site(dice, text);
            }
        }
        text.truncate(text.trim_end_matches([',', ' ']).len());
        if dice.below(3) == 0 {
            text.push_str(dice.word(&self.words.endings));
        }
    }
}

/// Splits a text after sentences and clauses into pieces that are not too short.
fn split(text: &str) -> Vec<&str> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    let ends = text.char_indices().zip(text.chars().skip(1));
    for ((at, letter), next) in ends {
        let end = at + letter.len_utf8();
        let border = matches!(letter, '.' | ',' | '!' | '?' | ';') && next.is_whitespace() || letter == '\n';
        if border && end - start >= SHORTEST && text.len() - end >= SHORTEST {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn escape(text: &str) -> String {
    text.replace('\\', "/").replace('"', "\\\"").replace(['\n', '\r', '\t'], "\\n")
}

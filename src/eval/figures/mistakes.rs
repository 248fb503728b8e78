//! Wrong answers with their texts.

use crate::eval::metrics;
use crate::eval::tally::{HeadTally, Row, pairs};
use serde::Serialize;
use std::cmp::Reverse;

/// Texts shown of one confusion.
const EXAMPLES: usize = 5;
/// Mistakes listed as the worst, and as the furthest.
const WORST: usize = 10;
/// Ranks between right and decided label from which an ordered head's mistake is far.
const FAR: usize = 2;

/// A text as it may be shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// The words that spoke for the answer, in reading order.
    pub marks: Vec<Mark>,
    /// The rule that raised the answer over the model's own; the marks are then the words that triggered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// Words of a [`Passage`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mark {
    /// Byte where they start in the text.
    pub start: usize,
    /// Byte after their end.
    pub end: usize,
    /// How much they spoke for the answer, against the strongest of the text: above 0, at most 1.
    pub weight: f32,
}

/// A wrong answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mistake {
    /// The row's id, or where it stands.
    pub id: String,
    /// Where it is from.
    pub source: String,
    /// The right label.
    pub gold: String,
    /// The label decided.
    pub decided: String,
    /// Its probability.
    pub probability: f32,
    /// The probability of the right label; 0 where the model does not have it.
    pub gold_probability: f32,
    /// The text; absent where texts are left out.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub passage: Option<Passage>,
}

/// A confusion and some of the rows behind it, those of the highest probability first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfusedTexts {
    /// The right label.
    pub gold: String,
    /// The label decided.
    pub decided: String,
    /// Rows.
    pub rows: usize,
    /// At most 5 of them.
    pub mistakes: Vec<Mistake>,
}

/// Gives the text of a row for a head.
type Passages<'p> = &'p dyn Fn(usize, &str) -> Option<Passage>;

impl HeadTally {
    pub(super) fn confused_texts(&self, passage: Passages<'_>) -> Vec<ConfusedTexts> {
        let wrong = self.surest_wrong();
        metrics::confusions(&pairs(&self.rows))
            .into_iter()
            .map(|(gold, decided, rows)| {
                let same = wrong.iter().filter(|row| row.gold == gold && row.decided() == decided);
                let mistakes = same.take(EXAMPLES).map(|row| self.mistake(row, passage)).collect();
                ConfusedTexts { gold: self.name(gold), decided: self.name(decided), rows, mistakes }
            })
            .collect()
    }

    pub(super) fn worst(&self, passage: Passages<'_>) -> Vec<Mistake> {
        self.surest_wrong().into_iter().take(WORST).map(|row| self.mistake(row, passage)).collect()
    }

    pub(super) fn furthest(&self, passage: Passages<'_>) -> Vec<Mistake> {
        let is_known = |row: &&Row| row.gold < self.known && row.decided() < self.known;
        let mut far: Vec<&Row> = self.surest_wrong().into_iter().filter(is_known).collect();
        far.retain(|row| self.ordered && row.gold.abs_diff(row.decided()) >= FAR);
        // Too low is worse than too high: nobody comes.
        far.sort_by_key(|row| (Reverse(row.gold.abs_diff(row.decided())), Reverse(row.gold)));
        far.into_iter().take(WORST).map(|row| self.mistake(row, passage)).collect()
    }

    /// The wrong rows, highest probability first, equals in the data's order.
    fn surest_wrong(&self) -> Vec<&Row> {
        let mut wrong: Vec<&Row> = self.rows.iter().filter(|row| !row.is_right()).collect();
        wrong.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        wrong
    }

    fn mistake(&self, row: &Row, passage: Passages<'_>) -> Mistake {
        Mistake {
            id: row.id.clone(),
            source: row.source.clone(),
            gold: self.name(row.gold),
            decided: self.name(row.decided()),
            probability: row.probability,
            gold_probability: row.gold_probability,
            passage: passage(row.number, &self.head),
        }
    }
}

//! [`HeadTally`]: collects the cases of one head and measures them.

use super::metrics::{self, ClassScore};
use super::report::{Confused, HeadEvaluation, LabelScores, Origin, Scores};
use crate::prediction::HeadPrediction;
use std::collections::BTreeMap;

/// Number of suggestions a person is shown, the k of [`Scores::top3`].
pub(super) const SHOWN: usize = 3;

/// One row of one head: what is right and what the model said.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Where the row is from; `-` where unknown.
    pub source: &'a str,
    /// Who labelled it.
    pub origin: Origin,
    /// The right label's id.
    pub gold: &'a str,
    /// The model's answer.
    pub predicted: &'a HeadPrediction<'a>,
}

/// What else is known of a row; [`HeadTally::figures`] splits and shows by it.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// The row's number, by which its text is asked for.
    pub row: usize,
    /// Its id, or where it stands in the data.
    pub id: &'a str,
    /// The day it was written, ISO 8601.
    pub date: Option<&'a str>,
    /// Characters of its text.
    pub chars: usize,
}

/// Collects the cases of one head.
#[derive(Debug, Clone)]
pub struct HeadTally {
    pub(super) head: String,
    pub(super) ordered: bool,
    pub(super) threshold: f32,
    pub(super) labels: Vec<String>,
    pub(super) known: usize,
    pub(super) rows: Vec<Row>,
}

/// A case by indices into [`HeadTally::labels`].
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) source: String,
    pub(super) origin: Origin,
    pub(super) gold: usize,
    pub(super) shown: Vec<usize>,
    pub(super) probability: f32,
    /// What the right label got.
    pub(super) gold_probability: f32,
    /// [`About::row`].
    pub(super) number: usize,
    pub(super) id: String,
    /// `2024-05`, where the date says it.
    pub(super) month: Option<String>,
    pub(super) chars: usize,
}

impl Row {
    /// The label decided; a row without a suggestion is decided as no label at all.
    pub(super) fn decided(&self) -> usize {
        self.shown.first().copied().unwrap_or(usize::MAX)
    }

    pub(super) fn is_right(&self) -> bool {
        self.gold == self.decided()
    }
}

impl HeadTally {
    /// Returns an empty tally of the head called `head` with the model's `labels`, least to most where `ordered`.
    pub fn new<'a>(head: &str, ordered: bool, threshold: f32, labels: impl IntoIterator<Item = &'a str>) -> Self {
        let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        Self { head: head.to_owned(), ordered, threshold, known: labels.len(), labels, rows: Vec::new() }
    }

    /// Adds a row; a prediction without suggestions counts as wrong with probability 0.
    pub fn add(&mut self, case: Case<'_>) {
        self.add_with(case, About { row: self.rows.len(), ..About::default() });
    }

    /// Adds a row and what else is known of it; as [`HeadTally::add`] otherwise.
    pub fn add_with(&mut self, case: Case<'_>, about: About<'_>) {
        let suggestions = &case.predicted.suggestions;
        let gold_probability = suggestions.iter().find(|s| s.label == case.gold).map_or(0.0, |s| s.probability);
        let row = Row {
            source: case.source.to_owned(),
            origin: case.origin,
            gold: self.index(case.gold),
            shown: suggestions.iter().take(SHOWN).map(|s| self.index(s.label)).collect(),
            probability: suggestions.first().map_or(0.0, |s| s.probability),
            gold_probability,
            number: about.row,
            id: about.id.to_owned(),
            month: about.date.and_then(month),
            chars: about.chars,
        };
        self.rows.push(row);
    }

    /// Returns the scores of everything added.
    pub fn finish(&self) -> HeadEvaluation {
        let pairs = pairs(&self.rows);
        HeadEvaluation {
            head: self.head.clone(),
            ordered: self.ordered,
            threshold: self.threshold,
            overall: self.scores(&self.rows),
            by_source: self.split(|row| row.source.clone()),
            by_origin: self.split(|row| row.origin),
            classes: metrics::class_scores(&pairs).iter().map(|class| self.label_scores(class)).collect(),
            confusions: metrics::confusions(&pairs).into_iter().map(|c| self.confused(c)).collect(),
            unknown: self.labels[self.known..].to_vec(),
        }
    }

    /// Index of a label; one the model does not have is remembered behind the known ones.
    fn index(&mut self, label: &str) -> usize {
        self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        })
    }

    fn split<K: Ord>(&self, key: impl Fn(&Row) -> K) -> BTreeMap<K, Scores> {
        let mut groups: BTreeMap<K, Vec<Row>> = BTreeMap::new();
        for row in &self.rows {
            groups.entry(key(row)).or_default().push(row.clone());
        }
        groups.into_iter().map(|(key, rows)| (key, self.scores(&rows))).collect()
    }

    pub(super) fn scores(&self, rows: &[Row]) -> Scores {
        let pairs = pairs(rows);
        let ranked: Vec<(usize, &[usize])> = rows.iter().map(|row| (row.gold, row.shown.as_slice())).collect();
        let judged: Vec<(f32, bool)> =
            rows.iter().zip(&pairs).map(|(row, (gold, decided))| (row.probability, gold == decided)).collect();
        let at_threshold = metrics::coverage(&judged, self.threshold);
        Scores {
            rows: rows.len(),
            accuracy: metrics::accuracy(&pairs),
            top3: metrics::top_k_accuracy(&ranked, SHOWN),
            macro_f1: metrics::macro_f1(&pairs),
            calibration_error: metrics::calibration_error(&judged),
            coverage: at_threshold.coverage,
            precision: at_threshold.precision,
            top_label: self.top_label(&pairs),
        }
    }

    fn top_label(&self, pairs: &[(usize, usize)]) -> Option<LabelScores> {
        let label = self.known.checked_sub(1).filter(|_| self.ordered)?;
        let none = ClassScore { label, support: 0, predicted: 0, hits: 0 };
        let class = metrics::class_scores(pairs).into_iter().find(|class| class.label == label).unwrap_or(none);
        Some(self.label_scores(&class))
    }

    fn label_scores(&self, class: &ClassScore) -> LabelScores {
        LabelScores {
            label: self.name(class.label),
            support: class.support,
            predicted: class.predicted,
            hits: class.hits,
            precision: class.precision(),
            recall: class.recall(),
            f1: class.f1(),
        }
    }

    fn confused(&self, (gold, decided, rows): (usize, usize, usize)) -> Confused {
        Confused { gold: self.name(gold), decided: self.name(decided), rows }
    }

    pub(super) fn name(&self, label: usize) -> String {
        self.labels.get(label).cloned().unwrap_or_else(|| "(none)".to_owned())
    }
}

/// `(gold, decided)` of every row.
pub(super) fn pairs(rows: &[Row]) -> Vec<(usize, usize)> {
    rows.iter().map(|row| (row.gold, row.decided())).collect()
}

/// The month of an ISO 8601 date, such as `2024-05`; none of what is no date.
fn month(date: &str) -> Option<String> {
    let (year, rest) = date.split_once('-')?;
    let month = rest.get(..2)?;
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = matches!(month.parse(), Ok(1..=12)) && !rest[2..].starts_with(|c: char| c.is_ascii_digit());
    (is_year && is_month).then(|| format!("{year}-{month}"))
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn months_are_cut_from_dates() {
        for (date, expected) in [
            ("2024-05-01", Some("2024-05")),
            ("2024-12", Some("2024-12")),
            ("2023-01-23T10:00:00+07:00", Some("2023-01")),
            ("2024-13-01", None),
            ("2024-00-01", None),
            ("24-05-01", None),
            ("01/05/2024", None),
            ("2024-5-1", None),
            ("2024-011", None),
            ("2024-é", None),
            ("", None),
        ] {
            assert_eq!(month(date).as_deref(), expected, "{date}");
        }
    }
}

//! [`Answers`]: what a model says to every row, and its scores.

use super::rows::Rows;
use crate::eval::metrics;
use crate::model::Head;
use crate::{Classifier, HeadPrediction};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Suggestions that a person is shown.
const SHOWN: usize = 3;
/// Probability that a loss takes for the least, so that one row does not make it endless.
const LEAST: f32 = 1e-6;

/// What a model says to one row of one head; labels by their number in [`HeadAnswers::labels`].
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The right label.
    pub gold: usize,
    /// The first suggestions, best first.
    pub shown: Vec<usize>,
    /// Probability of the first one.
    pub probability: f32,
    /// Probability of the right label; 0 where the model does not have it.
    pub gold_probability: f32,
}

/// What a model says to every row of one head.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadAnswers {
    /// The head's name.
    pub head: String,
    /// The labels: the model's, then those that only the rows have.
    pub labels: Vec<String>,
    /// By row; none where the right label is not known.
    pub rows: Vec<Option<Answer>>,
}

/// What a model says to every row.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers(pub Vec<HeadAnswers>);

/// A head's scores, to six digits: what a log says is what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadScores {
    /// The head's name.
    pub head: String,
    /// Rows judged.
    pub rows: usize,
    /// Share of rows whose first suggestion is right.
    pub accuracy: f64,
    /// Share of rows with the right label among the first three.
    pub top3: f64,
    /// Mean F1 of the labels that are right or decided somewhere.
    pub macro_f1: f64,
    /// Expected calibration error, 15 bins.
    pub calibration_error: f64,
    /// Mean of minus the natural logarithm of the right label's probability.
    pub loss: f64,
}

impl Answers {
    /// Returns what `classifier` says to `rows`; a head that it does not have is left out.
    pub fn of(classifier: &Classifier, rows: &Rows) -> Self {
        let names: Vec<&str> = classifier.model().heads().iter().map(Head::name).collect();
        let asked: Vec<(usize, usize)> = rows
            .heads
            .iter()
            .enumerate()
            .filter_map(|(at, head)| Some((at, names.iter().position(|name| name == head)?)))
            .collect();
        let mut heads: Vec<HeadAnswers> = asked.iter().map(|&(_, of)| empty(classifier, of, rows)).collect();
        let told: Vec<Vec<Option<Told>>> = rows
            .rows
            .par_iter()
            .map(|row| {
                // Not briefly: top-3 and loss ask for more than the first label.
                let prediction = classifier.classify(&row.text);
                let told =
                    |&(at, of): &(usize, usize)| Some(Told::new(row.gold[at].as_ref()?, &prediction.heads()[of]));
                asked.iter().map(told).collect()
            })
            .collect();
        for row in told {
            heads.iter_mut().zip(row).for_each(|(head, told)| head.add(told));
        }
        Self(heads)
    }

    /// Returns the scores of each head.
    pub fn scores(&self) -> Vec<HeadScores> {
        self.0.iter().map(HeadAnswers::scores).collect()
    }
}

/// An answer by the labels' ids.
struct Told {
    gold: String,
    shown: Vec<String>,
    probability: f32,
    gold_probability: f32,
}

impl Told {
    fn new(gold: &str, prediction: &HeadPrediction<'_>) -> Self {
        let suggestions = &prediction.suggestions;
        Self {
            gold: gold.to_owned(),
            shown: suggestions.iter().take(SHOWN).map(|s| s.label.to_owned()).collect(),
            probability: suggestions.first().map_or(0.0, |s| s.probability),
            gold_probability: suggestions.iter().find(|s| s.label == gold).map_or(0.0, |s| s.probability),
        }
    }
}

fn empty(classifier: &Classifier, head: usize, rows: &Rows) -> HeadAnswers {
    let head = &classifier.model().heads()[head];
    let labels = head.labels().iter().map(|label| label.id.clone()).collect();
    HeadAnswers { head: head.name().to_owned(), labels, rows: Vec::with_capacity(rows.rows.len()) }
}

impl HeadAnswers {
    fn add(&mut self, told: Option<Told>) {
        let answer = told.map(|told| Answer {
            gold: self.index(&told.gold),
            shown: told.shown.iter().map(|label| self.index(label)).collect(),
            probability: told.probability,
            gold_probability: told.gold_probability,
        });
        self.rows.push(answer);
    }

    fn index(&mut self, label: &str) -> usize {
        self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        })
    }

    /// Returns the scores over all rows.
    pub fn scores(&self) -> HeadScores {
        let answers: Vec<&Answer> = self.rows.iter().flatten().collect();
        let pairs: Vec<(usize, usize)> = answers.iter().map(|a| (a.gold, a.decided())).collect();
        let ranked: Vec<(usize, &[usize])> = answers.iter().map(|a| (a.gold, a.shown.as_slice())).collect();
        let judged: Vec<(f32, bool)> = answers.iter().map(|a| (a.probability, a.is_right())).collect();
        let loss: f64 = answers.iter().map(|a| a.loss()).sum();
        HeadScores {
            head: self.head.clone(),
            rows: answers.len(),
            accuracy: six_digits(metrics::accuracy(&pairs)),
            top3: six_digits(metrics::top_k_accuracy(&ranked, SHOWN)),
            macro_f1: six_digits(metrics::macro_f1(&pairs)),
            calibration_error: six_digits(metrics::calibration_error(&judged)),
            loss: six_digits(loss / answers.len().max(1) as f64),
        }
    }
}

impl Answer {
    /// Returns the first suggestion; a number that no label has where there is none.
    pub fn decided(&self) -> usize {
        self.shown.first().copied().unwrap_or(usize::MAX)
    }

    /// Returns whether the first suggestion is right.
    pub fn is_right(&self) -> bool {
        self.decided() == self.gold
    }

    /// Returns minus the logarithm of the right label's probability.
    pub fn loss(&self) -> f64 {
        -f64::from(libm::logf(self.gold_probability.max(LEAST)))
    }
}

fn six_digits(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::trial::rows::Row;

    #[test]
    fn wrong_answers_still_say_what_the_right_label_is_worth() {
        let classifier = Classifier::from_bytes(include_bytes!("../../../models/kecil.pilah")).unwrap();
        let text = "Lampu jalan mati di depan pasar";
        let ranked = classifier.classify(text);
        let category = &ranked.heads()[0];
        let second = &category.suggestions[1];
        let row = Row { source: None, text: text.to_owned(), gold: vec![Some(second.label.to_owned())] };
        let rows = Rows { heads: vec![category.head.to_owned()], rows: vec![row] };
        let scores = &Answers::of(&classifier, &rows).scores()[0];
        assert_eq!((scores.accuracy, scores.top3), (0.0, 1.0));
        assert!((scores.loss - six_digits(-f64::from(libm::logf(second.probability)))).abs() < 1e-6, "{scores:?}");
    }
}

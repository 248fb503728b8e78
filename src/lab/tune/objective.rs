//! [`Objective`]: what a search is after.

use crate::lab::trial::{Answers, HeadScores};
use serde::Serialize;
use std::fmt;

/// The measure that a search raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// Mean F1 of the labels.
    MacroF1,
    /// Share of rows whose first suggestion is right.
    Accuracy,
    /// Minus the logarithm of the right label's probability; less is better, so the search raises its negative.
    Loss,
}

/// The measure, and the head that it is taken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// The measure.
    pub objective: Objective,
    /// The head; without one the mean over all heads.
    pub head: Option<String>,
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.objective {
            Objective::MacroF1 => "macro-F1",
            Objective::Accuracy => "accuracy",
            Objective::Loss => "minus loss",
        };
        match &self.head {
            Some(head) => write!(f, "{name} of {head}"),
            None => write!(f, "{name} (mean of heads)"),
        }
    }
}

impl Objective {
    /// Returns the measure of one head; more is better.
    pub fn of(self, scores: &HeadScores) -> f64 {
        match self {
            Self::MacroF1 => scores.macro_f1,
            Self::Accuracy => scores.accuracy,
            Self::Loss => -scores.loss,
        }
    }
}

impl Aim {
    /// Returns what the search raises, of scores; heads without rows do not count.
    pub fn of_scores(&self, heads: &[HeadScores]) -> f64 {
        let wanted = heads.iter().filter(|head| head.rows > 0 && self.is_about(&head.head));
        mean(wanted.map(|head| self.objective.of(head)))
    }

    /// Returns the same of the rows whose numbers are given.
    pub(super) fn of_answers(&self, answers: &Answers, rows: &[u32]) -> f64 {
        let wanted = answers.0.iter().filter(|head| head.rows.iter().any(Option::is_some) && self.is_about(&head.head));
        mean(wanted.map(|head| match self.objective {
            Objective::MacroF1 => head.macro_f1(rows),
            Objective::Accuracy => head.accuracy(rows),
            Objective::Loss => -head.loss(rows),
        }))
    }

    pub(super) fn is_about(&self, head: &str) -> bool {
        self.head.as_ref().is_none_or(|wanted| wanted == head)
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    sum / count.max(1) as f64
}

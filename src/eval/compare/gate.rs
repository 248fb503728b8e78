//! [`Gate`]: how much worse is too much, and the [`Verdict`] on a comparison.

use super::head::{Comparison, Difference, HeadComparison, Outcome};
use serde::Serialize;

/// What rounding may add to a difference: 80.0 % - 79.5 % is not worse by more than 0.5 points.
const ROUNDING: f64 = 1e-9;

/// What a new model must not do.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Gate {
    /// The percentage points that accuracy or macro-F1 of any head may fall by.
    pub points: Option<f64>,
    /// Whether only a fall counts whose whole 95 % interval lies beyond `points`.
    pub confident: bool,
    /// How many more rows of an ordered head's last label may be missed.
    pub missed: Option<usize>,
}

/// What the gate says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Whether NEW may pass; true where nothing was asked.
    pub passed: bool,
    /// The verdict in a line.
    pub text: String,
    /// What was asked.
    pub gate: Gate,
    /// What NEW failed on.
    pub failures: Vec<Failure>,
}

/// One thing that became worse than allowed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// The head.
    pub head: String,
    /// What fell: `accuracy`, `macro-F1`, or the label that is missed more often or that NEW lacks; empty for a whole head.
    pub measure: String,
    /// By how much: percentage points, rows missed more, or rows of the label that NEW lacks.
    pub by: f64,
    /// How much was allowed, likewise.
    pub limit: f64,
    /// Whether the 95 % interval holds 0: the rows do not exclude that nothing became worse.
    pub may_be_chance: bool,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Fall,
    Missed,
    /// NEW lacks a label or a whole head of OLD: what it does worse there, no figure shows.
    Lost,
}

impl Gate {
    /// Returns the verdict on `comparison`; without limits it passes and says which heads are better and worse.
    pub fn judge(&self, comparison: &Comparison) -> Verdict {
        let mut failures: Vec<Failure> = comparison.heads.iter().flat_map(|head| self.failures(head)).collect();
        let asked = self.points.is_some() || self.missed.is_some();
        failures.extend(comparison.only_old.iter().filter(|_| asked).map(|head| lost(head, "", 0)));
        let text = match (failures.is_empty(), asked) {
            (false, _) => failures.iter().map(Failure::text).collect::<Vec<_>>().join("; "),
            (true, true) => format!("{}{}", self.passed(), not_compared(comparison)),
            (true, false) => format!("{}{}", outcomes(comparison), not_compared(comparison)),
        };
        Verdict { passed: failures.is_empty(), text, gate: *self, failures }
    }

    fn failures(&self, head: &HeadComparison) -> Vec<Failure> {
        let measures = [("accuracy", &head.accuracy), ("macro-F1", &head.macro_f1)];
        let falls = measures.into_iter().filter_map(|(name, difference)| self.fall(head, name, difference));
        let asked = self.points.is_some() || self.missed.is_some();
        let gone = head.unshared.iter().filter(|label| asked && label.in_old && label.rows > 0);
        let gone = gone.map(|label| lost(&head.head, &label.label, label.rows));
        // The top label without a row of its own, or no longer on top: nobody counts what is missed of it.
        let top = head.top_lost.iter().filter(|_| self.missed.is_some()).map(|label| lost(&head.head, label, 0));
        let top = top.filter(|top| !head.unshared.iter().any(|label| label.rows > 0 && label.label == top.measure));
        falls.chain(self.misses(head)).chain(gone).chain(top).collect()
    }

    fn fall(&self, head: &HeadComparison, measure: &str, difference: &Difference) -> Option<Failure> {
        let limit = self.points?;
        let counts = if self.confident { difference.interval.high } else { difference.change };
        (-100.0 * counts > limit + ROUNDING).then(|| Failure {
            head: head.head.clone(),
            measure: measure.to_owned(),
            by: -100.0 * difference.change,
            limit,
            may_be_chance: !difference.falls(),
            kind: Kind::Fall,
        })
    }

    fn misses(&self, head: &HeadComparison) -> Option<Failure> {
        let (limit, top) = (self.missed?, head.top_label.as_ref()?);
        let more = top.hits.old.saturating_sub(top.hits.new);
        (more > limit).then(|| Failure {
            head: head.head.clone(),
            measure: top.label.clone(),
            by: more as f64,
            limit: limit as f64,
            may_be_chance: !top.recall.falls(),
            kind: Kind::Missed,
        })
    }

    fn passed(&self) -> String {
        let sure = if self.confident { " beyond chance" } else { "" };
        let points = self.points.map(|limit| format!("not worse by more than {limit} points{sure} in any head"));
        let missed = self.missed.map(|limit| format!("not more than {limit} more of a top label missed"));
        points.into_iter().chain(missed).collect::<Vec<_>>().join("; ")
    }
}

impl Failure {
    fn text(&self) -> String {
        let Self { head, measure, by, limit, kind, .. } = self;
        let chance = if self.may_be_chance { ", may be chance" } else { "" };
        match kind {
            Kind::Missed => format!("{by} more reports of {head} {measure} missed (limit {limit}{chance})"),
            Kind::Fall => {
                format!("worse in {head} {measure} by {} points (limit {limit}{chance})", enough_digits(*by, *limit))
            }
            Kind::Lost if measure.is_empty() => format!("NEW has no head {head}"),
            Kind::Lost if *by > 0.0 => format!("NEW has no {head} {measure}, the label of {by} rows"),
            Kind::Lost => {
                format!("{measure} is not the last label of {head} in NEW, so what is missed of it cannot be compared")
            }
        }
    }
}

/// What NEW lacks; an empty label for the whole head.
fn lost(head: &str, label: &str, rows: usize) -> Failure {
    Failure {
        head: head.to_owned(),
        measure: label.to_owned(),
        by: rows as f64,
        limit: 0.0,
        may_be_chance: false,
        kind: Kind::Lost,
    }
}

/// `by` with as many digits as it takes to be more than `limit`.
fn enough_digits(by: f64, limit: f64) -> String {
    let shown = |digits: usize| format!("{by:.digits$}");
    let differs = |text: &String| text.parse::<f64>().is_ok_and(|shown| shown > limit);
    (1..6).map(shown).find(differs).unwrap_or_else(|| by.to_string())
}

/// `agency better; urgency worse; category, type no clear difference`.
fn outcomes(comparison: &Comparison) -> String {
    let told = [Outcome::Better, Outcome::Worse, Outcome::Mixed, Outcome::Unclear].into_iter().filter_map(|outcome| {
        let heads: Vec<&str> =
            comparison.heads.iter().filter(|head| head.outcome == outcome).map(|head| head.head.as_str()).collect();
        (!heads.is_empty()).then(|| format!("{} in {}", outcome.name(), heads.join(", ")))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The heads that the verdict says nothing about.
fn not_compared(comparison: &Comparison) -> String {
    let empty = comparison.heads.iter().filter(|head| head.outcome == Outcome::NoRows).map(|head| &head.head);
    let heads: Vec<&str> = empty.chain(&comparison.only_old).chain(&comparison.only_new).map(String::as_str).collect();
    if heads.is_empty() { String::new() } else { format!(" (not compared: {})", heads.join(", ")) }
}

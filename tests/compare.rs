//! `pilah compare`: the tests against textbooks, comparisons worked out by hand, gates, and the verb as a user meets it.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "compare/gate.rs"]
mod gate;
#[path = "compare/head.rs"]
mod head;
#[path = "compare/labels.rs"]
mod labels;
#[path = "compare/mcnemar.rs"]
mod mcnemar;
#[path = "model/tiny.rs"]
mod tiny;
#[path = "compare/verb.rs"]
mod verb;

use pilah::eval::compare::{Difference, HeadComparison, PairTally, Side};
use pilah::{HeadPrediction, Suggestion};

/// A row: right label; OLD's label and probability; NEW's.
type Row = (&'static str, (&'static str, f32), (&'static str, f32));

fn side<'a>(labels: &[&'a str]) -> Side<'a> {
    Side { labels: labels.to_vec(), ordered: true, threshold: 0.6 }
}

/// The head "segera" of two models with these labels on these rows.
fn compared(old: &[&str], new: &[&str], rows: &[Row], list: usize) -> HeadComparison {
    let mut tally = PairTally::new("segera", &side(old), &side(new));
    for (at, &(gold, old, new)) in rows.iter().enumerate() {
        tally.add(at, gold, &answer(old), &answer(new));
    }
    tally.finish(list)
}

fn answer((label, probability): (&'static str, f32)) -> HeadPrediction<'static> {
    let suggestions = vec![Suggestion { label, name: "", probability }];
    HeadPrediction { head: "segera", suggestions, sure: false }
}

const LABELS: [&str; 3] = ["santai", "lekas", "genting"];

fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() < 1e-9, "{what}: found {found}, expected {expected}");
}

fn is(found: &Difference, old: f64, new: f64, what: &str) {
    close(found.old, old, what);
    close(found.new, new, what);
    close(found.change, new - old, what);
}

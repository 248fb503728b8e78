//! [`time_ratio`]: how long a model takes against another, measured in turns: whatever slows the machine slows both.

use crate::Classifier;
use std::hint::black_box;
use std::time::Instant;

/// Texts at most.
const TEXTS: usize = 256;
/// Texts of a turn: so few that most turns pass without another program in between.
const TURN: usize = 16;
/// Turns, of which the fastest counts: nothing makes a run faster than it is, much makes it slower.
const TURNS: usize = 15;

/// Returns the time that `new` takes for the texts over the time that `old` takes; 1 without texts. Not the same twice.
pub fn time_ratio(old: &Classifier, new: &Classifier, texts: &[&str]) -> f64 {
    let step = texts.len().div_ceil(TEXTS).max(1);
    let texts: Vec<&str> = texts.iter().copied().step_by(step).collect();
    let (mut all_old, mut all_new) = (0.0, 0.0);
    for texts in texts.chunks(TURN) {
        let (mut fastest_old, mut fastest_new) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..TURNS {
            fastest_old = fastest_old.min(seconds(old, texts));
            fastest_new = fastest_new.min(seconds(new, texts));
        }
        all_old += fastest_old;
        all_new += fastest_new;
    }
    if texts.is_empty() { 1.0 } else { all_new / all_old }
}

fn seconds(classifier: &Classifier, texts: &[&str]) -> f64 {
    let start = Instant::now();
    texts.iter().for_each(|text| drop(black_box(classifier.classify(black_box(text)))));
    // Never 0, by which a ratio could not be taken.
    start.elapsed().as_secs_f64().max(1e-9)
}

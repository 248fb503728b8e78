//! Both models' speed, as a ratio: whatever slows the machine slows both.

use super::pair::Models;
use pilah::Classifier;
use pilah::eval::compare::{Pair, Ratio, Timing};
use std::hint::black_box;
use std::time::Instant;

/// Texts of a turn at most.
const TEXTS: usize = 400;
/// Turns.
const TURNS: usize = 7;

/// Returns how NEW's times stand to OLD's on some of `texts`, evenly chosen; none without texts.
pub(super) fn measure(models: &Models, texts: &[&str]) -> Option<Timing> {
    let step = texts.len().div_ceil(TEXTS).max(1);
    let texts: Vec<&str> = texts.iter().copied().step_by(step).collect();
    let classify = |classifier: &Classifier| {
        texts.iter().for_each(|text| drop(black_box(classifier.classify(black_box(text)))));
    };
    let load = |bytes: &[u8]| drop(black_box(Classifier::from_bytes(black_box(bytes))));
    (!texts.is_empty()).then(|| Timing {
        texts: texts.len(),
        turns: TURNS,
        classify: in_turns(|| classify(models.old.classifier()), || classify(models.new.classifier())),
        load: in_turns(|| load(&models.old.bytes), || load(&models.new.bytes)),
    })
}

/// Runs both [`TURNS`] times after one run for the caches, each first in every other turn.
fn in_turns(old: impl Fn(), new: impl Fn()) -> Ratio {
    old();
    new();
    let turns: Vec<Pair<f64>> = (0..TURNS)
        .map(|turn| {
            if turn % 2 == 0 {
                let old = seconds(&old);
                Pair { old, new: seconds(&new) }
            } else {
                let new = seconds(&new);
                Pair { old: seconds(&old), new }
            }
        })
        .collect();
    Ratio::of(&turns)
}

fn seconds(run: impl Fn()) -> f64 {
    let start = Instant::now();
    run();
    // Never 0, by which a ratio could not be taken.
    start.elapsed().as_secs_f64().max(1e-9)
}

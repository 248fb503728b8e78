//! What a classification costs natively, on texts of your own; `www/bench/run.mjs` compares WebAssembly with it.
//!
//! ```text
//! cargo run --release --example timing -- TEXTS    # a text a line; lines of equal length form a group
//! ```
//!
//! Prints JSON: for each length in characters the median and the 99th percentile of the microseconds that one text
//! takes with the small model. The median is that of batches, in which the clock counts for little; the percentile is
//! that of single texts.

use pilah::Classifier;
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

const MODEL: &[u8] = include_bytes!("../models/kecil.pilah");

/// How often each text is classified.
const PASSES: usize = 30;
/// Texts between two looks at the clock, where the median is taken.
const BATCH: usize = 20;
const WARM_UP: Duration = Duration::from_millis(300);

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("expected the path of a file with a text a line")?;
    let texts = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for text in texts.lines().filter(|line| !line.is_empty()) {
        groups.entry(text.chars().count()).or_default().push(text);
    }
    let classifier = Classifier::from_bytes(MODEL)?;
    let all: Vec<&str> = groups.values().flatten().copied().collect();
    let start = Instant::now();
    while start.elapsed() < WARM_UP {
        all.iter().for_each(|text| classify(&classifier, text));
    }
    let lines = groups.iter().map(|(length, texts)| {
        let (median, p99) = time(&classifier, texts);
        format!("  \"{length}\": {{ \"median\": {median:.3}, \"p99\": {p99:.3} }}")
    });
    println!("{{\n{}\n}}", lines.collect::<Vec<_>>().join(",\n"));
    Ok(())
}

fn classify(classifier: &Classifier, text: &str) {
    black_box(classifier.classify(black_box(text)));
}

/// Returns the median of batches and the 99th percentile of single texts, in microseconds a text.
fn time(classifier: &Classifier, texts: &[&str]) -> (f64, f64) {
    let (mut batches, mut singles) = (Vec::new(), Vec::new());
    for _ in 0..PASSES {
        for batch in texts.chunks(BATCH) {
            let start = Instant::now();
            batch.iter().for_each(|text| classify(classifier, text));
            batches.push(microseconds(start) / batch.len() as f64);
        }
        for text in texts {
            let start = Instant::now();
            classify(classifier, text);
            singles.push(microseconds(start));
        }
    }
    (quantile(&mut batches, 0.5), quantile(&mut singles, 0.99))
}

fn microseconds(start: Instant) -> f64 {
    1e6 * start.elapsed().as_secs_f64()
}

/// Returns the smallest value that at least the share `q` of all values does not exceed.
fn quantile(values: &mut [f64], q: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (q * values.len() as f64).ceil() as usize;
    values[rank.clamp(1, values.len()) - 1]
}

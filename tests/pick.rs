//! What is picked for labelling: doubtful texts, no copies, honest lots; the same on any number of threads.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "pick/program.rs"]
mod program;
#[path = "model/tiny.rs"]
mod tiny;

use pilah::Classifier;
use pilah::lab::{PickError, PickSettings, Picker, Picks, Strategy, Text, Why};
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn model() -> &'static Classifier {
    static MODEL: OnceLock<Classifier> = OnceLock::new();
    MODEL.get_or_init(|| Classifier::new(tiny::artefact("besar").clone()))
}

fn settings(count: usize, strategy: Strategy, random: f32) -> PickSettings {
    PickSettings { count, strategy, heads: vec!["topik".to_owned()], random, seed: 3 }
}

/// Picks from `texts`, offered in batches of `batch`.
fn picks(texts: &[String], labelled: &[&str], settings: PickSettings, batch: usize) -> Result<Picks, PickError> {
    let mut picker = Picker::new(model(), settings)?;
    labelled.iter().for_each(|text| picker.labelled(text));
    for (number, texts) in texts.chunks(batch).enumerate() {
        let text = |(at, text): (usize, &String)| Text {
            id: Some(format!("{}", number * batch + at)),
            place: String::new(),
            text: text.clone(),
        };
        picker.offer(texts.iter().enumerate().map(text).collect());
    }
    picker.finish()
}

/// Texts of the tiny model's topics, some of two at once.
fn texts() -> Vec<String> {
    let subjects = ["lampu jalan mati", "sampah menumpuk bau", "kebakaran api besar", "lampu dekat sampah menumpuk"];
    let places = ["pasar", "sekolah", "jembatan", "terminal", "balai", "masjid", "kantor", "lapangan", "pos", "kali"];
    let signs = ["mohon", "tolong", "kapan", "segera", "sudah"];
    let mut texts = Vec::new();
    for (s, subject) in subjects.iter().enumerate() {
        for (p, place) in places.iter().enumerate() {
            texts.push(format!("{} {subject} {place} {}", signs[(s + p) % 5], places[(p * 3 + s) % 10]));
        }
    }
    texts
}

fn chosen(picks: &Picks) -> Vec<&str> {
    picks.picks.iter().map(|pick| pick.text.text.as_str()).collect()
}

#[test]
fn the_most_doubtful_come_first_by_margin() {
    let texts = texts();
    let found = picks(&texts, &[], settings(5, Strategy::Margin, 0.0), 100).unwrap();
    let margin = |text: &str| {
        let prediction = model().classify(text);
        let p: Vec<f32> = prediction.head("topik").unwrap().suggestions.iter().map(|s| s.probability).collect();
        p[0] - p[1]
    };
    let least = texts.iter().map(|text| margin(text)).fold(f32::INFINITY, f32::min);
    let first = &found.picks[0];
    assert_eq!(margin(&first.text.text).to_bits(), least.to_bits());
    assert_eq!(first.guesses[0].margin().to_bits(), least.to_bits());
    assert!(found.picks.windows(2).all(|pair| pair[0].guesses[0].margin() <= pair[1].guesses[0].margin()));
}

#[test]
fn lots_are_marked_and_spread_and_carry_no_guess() {
    let found = picks(&texts(), &[], settings(10, Strategy::Mixed, 0.3), 100).unwrap();
    let lots: Vec<usize> = (0..10).filter(|&at| found.picks[at].why == Why::Random).collect();
    assert_eq!(lots, [3, 6, 9]);
    assert!(found.picks.iter().all(|pick| pick.guesses.is_empty() == (pick.why == Why::Random)));
    let all = picks(&texts(), &[], settings(10, Strategy::Random, 0.0), 100).unwrap();
    assert!(all.picks.iter().all(|pick| pick.why == Why::Random) && all.picks.len() == 10);
    let other = picks(&texts(), &[], PickSettings { seed: 4, ..settings(10, Strategy::Random, 0.0) }, 100).unwrap();
    assert_ne!(chosen(&all), chosen(&other));
}

#[test]
fn batches_and_threads_do_not_count() {
    let run = |threads: usize, batch: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| picks(&texts(), &["lampu jalan"], settings(12, Strategy::Mixed, 0.25), batch).unwrap())
    };
    let first = run(1, 100);
    for (threads, batch) in [(3, 100), (2, 7), (1, 1)] {
        assert_eq!(run(threads, batch), first, "{threads} threads, batches of {batch}");
    }
}

#[test]
fn nothing_is_picked_twice_or_labelled_again() {
    let mut texts = texts();
    let copies: Vec<String> = texts.iter().map(|text| format!("{}!! 12", text.to_uppercase())).collect();
    texts.extend(copies);
    let labelled = texts[30].clone();
    for strategy in [Strategy::Mixed, Strategy::Margin, Strategy::Random] {
        let found = picks(&texts, &[&labelled], settings(80, strategy, 0.1), 100).unwrap();
        let words = |text: &str| text.to_lowercase().split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        let plain: Vec<String> = chosen(&found).into_iter().map(|text| words(text).replace("!!", "")).collect();
        let different: BTreeSet<&String> = plain.iter().collect();
        assert_eq!(different.len(), plain.len(), "{strategy:?}");
        assert!(!plain.contains(&words(&labelled)), "{strategy:?}");
        assert!(plain.len() >= 10, "{strategy:?}");
        assert_eq!((found.passed.offered, found.passed.labelled), (80, 2), "{strategy:?}");
    }
}

#[test]
fn similar_texts_are_counted() {
    let tails = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "belas"];
    let mut texts = tails.map(|tail| format!("kebakaran hebat api besar warga perumahan mengeluh {tail}")).to_vec();
    texts.extend(tails.map(|tail| format!("nasi uduk enak dan murah selamat pagi {tail}an")));
    texts.push("lampu jalan mati".to_owned());
    let found = picks(&texts, &[], settings(23, Strategy::Mixed, 0.0), 100).unwrap();
    for pick in &found.picks {
        let Why::Unsure { similar, .. } = pick.why else { panic!("by lot") };
        let expected = if pick.text.text == "lampu jalan mati" { 0 } else { 10 };
        assert_eq!(similar, expected, "{}", pick.text.text);
    }
    assert!(chosen(&found).contains(&"lampu jalan mati"));
}

#[test]
fn what_cannot_be_picked_is_told() {
    let texts = ["lampu jalan mati".to_owned(), "12 34".to_owned(), "zxqv".to_owned()];
    let heads = PickSettings { heads: vec!["dinas".to_owned()], ..settings(1, Strategy::Mixed, 0.0) };
    for (settings, expected) in [
        (heads, "no head `dinas`; its heads are topik, segera"),
        (settings(1, Strategy::Mixed, 1.5), "a share of 1.5 by lot; expected 0 to 1"),
        (settings(1, Strategy::Mixed, f32::NAN), "a share of NaN by lot"),
        (settings(1, Strategy::Mixed, 0.0), "found 3, of which 1 are labelled already, 1 are blank and 1 too short"),
    ] {
        let told = picks(&texts, &["Lampu jalan mati 5"], settings, 100).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }
}

//! A feature that fewer than `min_reports` different reports have is in no model: it could give a name back.

use super::tiny::{edit, train_in, workshop};
use pilah::features::{Group, key, pair_key};
use pilah::model::Model;
use pilah::text::{Lexicon, Pipeline, Stemming};
use pilah::train::Progress;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A made-up name that no other text holds, nor the middle of it.
const NAME: &str = "zubqirwan";

/// Trains with reports of these texts besides the workshop's own.
fn trained_with(min_reports: usize, texts: &[&str]) -> Vec<(String, Model)> {
    let dir = workshop();
    edit(dir.path(), "recipe.toml", "min_reports = 2", &format!("min_reports = {min_reports}"));
    edit(dir.path(), "recipe.toml", "features = 120", "features = 5000");
    add(dir.path(), texts);
    train_in(dir.path(), &Progress::default()).unwrap()
}

fn add(dir: &Path, texts: &[&str]) {
    let mut lines = String::new();
    for (at, text) in texts.iter().enumerate() {
        writeln!(lines, "{{\"id\":\"tambah-{at}\",\"text\":{text:?},\"topik\":\"lampu\",\"segera\":\"lekas\"}}")
            .unwrap();
    }
    fs::write(dir.join("data/tambahan.jsonl"), lines).unwrap();
}

fn word(text: &str) -> u32 {
    key(Group::Word, text.as_bytes())
}

/// Returns the features of [`NAME`] as the pipeline makes them: the word, its neighbours, its own n-grams.
fn keys_of_the_name() -> Vec<(String, u32)> {
    let pipeline = Pipeline::new(Lexicon::default(), Stemming::None);
    let text = format!("kata {NAME}");
    let terms = pipeline.terms(&text);
    assert_eq!(terms.last().map(|term| term.text.as_ref()), Some(NAME), "the test's own premise");
    let mut keys = vec![
        ("the word".to_owned(), word(NAME)),
        ("a pair".to_owned(), pair_key(word("bapak"), word(NAME))),
        ("the name twice".to_owned(), pair_key(word(NAME), word(NAME))),
    ];
    for gram in ["<zub", "zub", "zubq", "ubq", "bqir", "qir"] {
        keys.push((format!("the n-gram {gram}"), key(Group::Gram, gram.as_bytes())));
    }
    keys
}

fn check(models: &[(String, Model)], known: bool, case: &str) {
    for (artefact, model) in models {
        assert!(model.index().get(word("lampu")).is_some(), "{case}: {artefact} knows no common word");
        for (what, key) in keys_of_the_name() {
            let found = model.index().get(key).is_some();
            // Of a known name every feature may be kept, but an n-gram that serves no unknown word need not be.
            assert!(
                if known { found || what.contains("gram") } else { !found },
                "{case}: {artefact} and {what}: {found}"
            );
        }
    }
}

#[test]
fn a_name_in_one_report_is_forgotten() {
    let often = format!("lampu mati kata bapak {NAME} {NAME} dan {}", format!("bapak {NAME} ").repeat(10));
    let louder = often.replace(", ", " ").to_uppercase() + "!!!";
    check(&trained_with(2, &[&often]), false, "one report, many times");
    check(&trained_with(2, &[&often, &often, &often, &louder]), false, "the same report sent four times");
}

#[test]
fn min_reports_is_the_least_number_of_different_reports() {
    let texts = [
        format!("lampu mati kata bapak {NAME} {NAME}"),
        format!("sampah menumpuk kata bapak {NAME} {NAME}"),
        format!("bau busuk kata bapak {NAME} {NAME}"),
    ];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for (min_reports, reports, known) in [(2, 1, false), (2, 2, true), (3, 2, false), (3, 3, true), (1, 1, true)] {
        let case = format!("{reports} reports, {min_reports} needed");
        check(&trained_with(min_reports, &texts[..reports]), known, &case);
    }
}

/// Reports that training may not see leave nothing behind: not their words, not their labels.
#[test]
fn reports_of_the_test_split_are_forgotten() {
    let dir = workshop();
    let line = |word: &str| {
        let text = format!("kata bapak {NAME} {NAME} {word}");
        format!("{{\"id\":\"uji-{word}\",\"split\":\"test\",\"text\":{text:?},\"topik\":\"lampu\"}}\n")
    };
    let lines: String = ["mati", "gelap", "busuk", "bersih"].map(line).concat();
    fs::write(dir.path().join("data/uji.jsonl"), lines).unwrap();
    check(&train_in(dir.path(), &Progress::default()).unwrap(), false, "reports of the test split");
}

#[test]
fn a_vocabulary_of_nothing_makes_a_model_that_asks_for_a_person() {
    for (_, model) in trained_with(1000, &[]) {
        assert_eq!(model.features(), 0);
        let classifier = pilah::Classifier::from_bytes(&model.to_bytes()).unwrap();
        let review = classifier.classify("Lampu jalan di gang melati mati total").needs_review();
        assert_eq!(review, Some(pilah::Review::TooShort));
    }
}

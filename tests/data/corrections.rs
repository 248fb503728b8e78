//! Officers' corrections stand instead of the data's labels, weigh more, and none is lost in silence.

use crate::{audit_of, collect, findings, folder, line, recipe};
use pilah::train::audit::{LEAST_ROWS, Severity};
use pilah::train::{CorrectionCounts, Dataset, TrainError};

const DATA: &str = r#"{"id":"1","text":"lampu mati","unit":"pu"}
{"id":"2","text":"got mampet","unit":"pu","unit_by":"native"}
{"id":"3","text":"sampah menumpuk"}
{"id":"4","text":"pohon tumbang","split":"dev","unit":"pu"}
{"id":"5","text":"pipa bocor","split":"test","unit":"pu"}
{"id":"6","source":"kota","text":"Lampu mati","unit":"pu"}
{"id":"6","source":"desa","text":"jembatan rusak","unit":"pu"}
"#;

fn corrected(lines: &str) -> Result<(Dataset, CorrectionCounts), TrainError> {
    let folder = folder(&[("a.jsonl", DATA.as_bytes()), ("k.jsonl", lines.as_bytes())]);
    let mut recipe = recipe(&["unit"]);
    recipe.label_weights.insert("native".to_owned(), 0.5);
    let collection = collect(&recipe, folder.path(), &["a.jsonl"], &["k.jsonl"])?;
    let counts = collection.counts().corrections.clone().unwrap();
    Ok((collection.dataset(&recipe)?, counts))
}

/// Text, label and weight of every row of train, then of dev.
fn told(data: &Dataset) -> Vec<(String, String, f32)> {
    let label = |(at, weight): (usize, f32)| (data.heads[0].labels[at].id.clone(), weight);
    let all = data.train.iter().chain(&data.dev);
    all.map(|example| {
        let (label, weight) = example.labels[0].map(label).unwrap_or_default();
        (example.text.clone(), label, weight)
    })
    .collect()
}

fn rows(lines: &str) -> Vec<(String, String, f32)> {
    told(&corrected(lines).unwrap().0)
}

fn changed(changes: &[(usize, &str, f32)]) -> Vec<(String, String, f32)> {
    let mut rows = rows("\n");
    for (at, label, weight) in changes {
        (rows[*at].1, rows[*at].2) = ((*label).to_owned(), *weight);
    }
    rows
}

#[test]
fn corrections_stand_instead_and_weigh_more() {
    for (lines, changes) in [
        (r#"{"id":"1","unit":"pln","officer":"Budi","date":"2026-01-31"}"#, &[(0, "pln", 3.0)][..]),
        (r#"{"id":"2","unit":"air"}"#, &[(1, "air", 3.0)]),
        (r#"{"id":3,"unit":"air"}"#, &[(2, "air", 3.0)]),
        (r#"{"id":"4","unit":"air"}"#, &[(5, "air", 3.0)]),
        (r#"{"id":"1","unit":"-"}"#, &[(0, "", 0.0)]),
        // What nobody filled in changes nothing: so come the sheets of suspects.
        (r#"{"id":"1","unit":null}"#, &[]),
        (r#"{"id":"1","unit":" "}"#, &[]),
        (r#"{"text":"lampu mati","unit":null}"#, &[]),
        ("{\"id\":\"1\",\"unit\":\"pln\"}\n{\"id\":\"1\",\"unit\":\"air\"}", &[(0, "air", 3.0)]),
        (r#"{"text":" lampu mati","unit":"pln"}"#, &[(0, "pln", 3.0)]),
        (r#"{"id":"6","source":"desa","unit":"air"}"#, &[(4, "air", 3.0)]),
        (r#"{"id":"baru","text":"got mampet","unit":"air"}"#, &[(1, "air", 3.0)]),
        (r#"{"id":"5","unit":"hanya-di-uji"}"#, &[]),
    ] {
        assert_eq!(rows(lines), changed(changes), "{lines}");
    }
}

#[test]
fn new_reports_are_added_once() {
    let (data, counts) = corrected(
        "{\"text\":\"kabel putus\",\"unit\":\"pln\"}\n{\"text\":\"kabel putus\",\"unit\":\"pu\"}\n{\"id\":\"9\",\"text\":\"asap\",\"unit\":\"air\"}\n{\"id\":\"9\",\"unit\":\"pu\"}",
    )
    .unwrap();
    let added: Vec<_> = told(&data).into_iter().skip(5).take(2).collect();
    let row = |text: &str| (text.to_owned(), "pu".to_owned(), 3.0);
    assert_eq!(added, [row("kabel putus"), row("asap")]);
    assert_eq!(data.train[5].place, "k.jsonl:1");
    assert_eq!((counts.lines, counts.used, counts.added, counts.corrected, counts.changed), (4, 4, 2, 0, 0));
}

#[test]
fn what_was_done_is_counted() {
    let lines = "{\"id\":\"1\",\"unit\":\"pln\"}\n{\"id\":\"2\",\"unit\":\"pu\"}\n{\"id\":\"3\",\"uint\":\"pu\"}\n{\"id\":\"5\",\"unit\":\"air\"}";
    let (_, counts) = corrected(lines).unwrap();
    assert_eq!((counts.lines, counts.used, counts.corrected, counts.changed, counts.added), (4, 3, 3, 2, 0));
    assert_eq!(counts.without_label, ["k.jsonl:3"]);
}

#[test]
fn the_recipe_may_weigh_them_otherwise() {
    let folder = folder(&[("a.jsonl", DATA.as_bytes()), ("k.jsonl", br#"{"id":"1","unit":"pln"}"#)]);
    let mut recipe = recipe(&["unit"]);
    recipe.label_weights.insert("corrected".to_owned(), 7.5);
    let collection = collect(&recipe, folder.path(), &["a.jsonl"], &["k.jsonl"]).unwrap();
    assert_eq!(told(&collection.dataset(&recipe).unwrap())[0].2.to_bits(), 7.5f32.to_bits());
}

#[test]
fn what_cannot_be_used_is_an_error() {
    for (lines, parts) in [
        (
            "{\"id\":\"77\",\"unit\":\"pu\"}\n{\"id\":\"78\",\"unit\":\"pu\"}",
            &["k.jsonl:1: ", "\"77\"", "k.jsonl:2: "][..],
        ),
        (r#"{"id":"6","unit":"pu"}"#, &["k.jsonl:1: ", "2 reports", "source"]),
        (r#"{"unit":"pu"}"#, &["k.jsonl:1: ", "neither \"id\" nor \"text\""]),
        (r#"{"id":"1","unit":3}"#, &["k.jsonl:1: ", "\"unit\" is 3"]),
        ("lampu", &["k.jsonl:1: ", "not JSON"]),
    ] {
        let error = corrected(lines).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{error:?} does not say {part:?}");
        }
    }
}

#[test]
fn the_audit_tells_of_them() {
    let folder = folder(&[("a.jsonl", DATA.as_bytes()), ("k.jsonl", br#"{"id":"3","Unit":"pu"}"#)]);
    let recipe = recipe(&["unit"]);
    let audit = collect(&recipe, folder.path(), &["a.jsonl"], &["k.jsonl"]).unwrap().audit(&recipe, LEAST_ROWS);
    let [(Severity::Warning, message)] = findings(&audit, "corrections-without-label")[..] else { panic!("{audit}") };
    assert!(message.ends_with("k.jsonl:1"), "{message}");
    assert!(findings(&audit_of(&[line(1, "train", "lampu", "pu")]), "corrections").is_empty());
}

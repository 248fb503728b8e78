//! `pilah suspects` as a user meets it, and the way of its table back into training.

use super::spoilt;
use super::tiny::workshop;
use assert_cmd::Command;
use pilah::train::corpus::read_jsonl;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Exit code, standard output, standard error.
fn run(dir: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
    let output = command.current_dir(dir).arg("suspects").args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const ASKED: [&str; 7] = ["--recipe", "recipe.toml", "--head", "category", "--folds", "3", "--quiet"];

#[test]
fn a_table_unedited_corrects_nothing_and_filled_in_it_does() {
    let (dir, _) = spoilt();
    let (code, out, err) = run(dir.path(), &[&ASKED[..], &["--out", "suspects.jsonl"]].concat());
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(
        ["category: ", "labelled rows", "ahli", "magang", "given -> likely"].iter().all(|w| err.contains(w)),
        "{err}"
    );
    let path = dir.path().join("suspects.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("0812") && text.contains("[TELEPON]"), "private data is masked: {text}");
    let line = text.lines().next().unwrap();
    let row: Value = serde_json::from_str(line).unwrap();
    assert!(row["category"].is_null() && row["head"] == "category" && row["given"] != row["suggested"], "{row}");
    assert!(row["suggested_probability"].as_f64() > row["given_probability"].as_f64(), "{row}");
    assert!(row["place"].as_str().unwrap().starts_with("rows.jsonl:"), "{row}");
    let heads = ["category".to_owned()];
    assert!(read_jsonl(&path, &heads).unwrap().iter().all(|record| record.labels.is_empty()));

    let suggested = row["suggested"].as_str().unwrap();
    let filled = line.replace("\"category\":null", &format!("\"category\":{suggested:?}"));
    fs::write(&path, text.replace(line, &filled)).unwrap();
    let records = read_jsonl(&path, &heads).unwrap();
    let corrected: Vec<_> = records.iter().filter(|record| !record.labels.is_empty()).collect();
    assert_eq!((corrected.len(), corrected[0].id.as_deref()), (1, row["id"].as_str()));
    assert_eq!(corrected[0].labels["category"].label, suggested);
}

#[test]
fn the_list_is_text_or_a_table() {
    let (dir, _) = spoilt();
    let list = |more: &[&str]| {
        let (code, out, err) = run(dir.path(), &[&ASKED[..], more].concat());
        assert_eq!(code, 0, "{err}");
        out
    };
    let text = list(&["--top", "2"]);
    assert!(["1. category: ", "2. category: ", "(rows.jsonl:", "words: "].iter().all(|w| text.contains(w)), "{text}");
    assert!(!text.contains("3. category: ") && !text.contains("0812"), "{text}");
    assert_eq!(list(&["--top", "1", "--format", "jsonl"]).lines().count(), 1);
    let csv = list(&["--top", "1", "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}id,text,category,head,given,given_by,suggested,"), "{csv}");
    assert_eq!(list(&["--top", "0", "--format", "jsonl"]), "");
}

#[test]
fn wrong_use_is_told() {
    let dir = workshop();
    for (arguments, code, expected) in [
        (&["--recipe", "recipe.toml", "--head", "dinas"][..], 2, "no head `dinas`; its heads are topik, segera"),
        (&["--recipe", "recipe.toml", "--folds", "6", "-q"], 1, "has 24 labelled rows"),
        (&["--recipe", "tidak-ada.toml"], 1, "tidak-ada.toml"),
        (&["--recipe", "recipe.toml", "--out", "tidak/ada.jsonl"], 1, "tidak/ada.jsonl"),
        (&["--folds", "1"], 2, "--folds"),
    ] {
        let (found, _, err) = run(dir.path(), arguments);
        assert_eq!(found, code, "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}

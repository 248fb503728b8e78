//! `pilah evaluate --report` and its errors.

use crate::{FIRE, LAMP, file, run};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Two wrong labels; the first text has a telephone number.
fn labelled() -> String {
    let rows = [
        json!({"id": "1", "source": "a", "split": "test", "date": "2024-05-01", "category": "air-bersih",
               "text": format!("{LAMP}, hubungi 0812-0000-0000")}),
        json!({"id": "2", "source": "b", "split": "test", "text": FIRE, "category": "jalan", "urgency": "rendah"}),
    ];
    rows.map(|row| row.to_string() + "\n").concat()
}

fn report(folder: &Path, name: &str, data: &str, more: &[&str]) -> String {
    let path = folder.join(name);
    let answer = run(&[&["evaluate", data, "--report", path.to_str().unwrap()], more].concat(), b"");
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.out.contains("## category"), "the tables as ever: {}", answer.out);
    let left: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .filter(|e| e.as_ref().unwrap().path().extension() == Some("part".as_ref()))
        .collect();
    assert!(left.is_empty(), "nothing half: {left:?}");
    fs::read_to_string(path).unwrap()
}

#[test]
fn reports_are_masked_unless_asked_for() {
    let (folder, data) = file("labelled.jsonl", labelled());
    let of = |name: &str, more: &[&str]| report(folder.path(), name, &data, more);
    for name in ["r.html", "r.json"] {
        let masked = of(name, &[]);
        assert!(masked.contains("[TELEPON]") && !masked.contains("0812"), "{name}");
        assert!(of(name, &["--keep-private"]).contains("0812-0000-0000"), "{name}");
        let bare = of(name, &["--no-texts"]);
        assert!(!bare.contains("seminggu") && !bare.contains("terjebak"), "{name}");
    }
    assert_eq!(of("r.json", &[]), of("r.json", &[]), "the same every time");
}

#[test]
fn a_json_report_has_the_words_that_misled() {
    let (folder, data) = file("labelled.jsonl", labelled());
    let found: Value = serde_json::from_str(&report(folder.path(), "r.json", &data, &["--split", "test"])).unwrap();
    let lamp = &found["heads"][0]["worst"].as_array().unwrap().iter().find(|m| m["id"] == "1").unwrap().clone();
    assert_eq!((&lamp["gold"], &lamp["decided"]), (&json!("air-bersih"), &json!("penerangan-jalan")));
    let text = lamp["text"].as_str().unwrap();
    let at = |mark: &Value, name: &str| usize::try_from(mark[name].as_u64().unwrap()).unwrap();
    let words: Vec<&str> =
        lamp["marks"].as_array().unwrap().iter().map(|m| &text[at(m, "start")..at(m, "end")]).collect();
    assert!(words.contains(&"Lampu"), "{words:?}");
    let fire = &found["heads"][2]["furthest"][0];
    assert_eq!((&fire["gold"], &fire["decided"]), (&json!("rendah"), &json!("darurat")));
    assert_eq!(found["about"]["split"], json!(["test"]));
}

#[test]
fn wrong_use_is_told_before_any_work() {
    let (_folder, data) = file("labelled.jsonl", labelled());
    for (arguments, expected) in [
        (&["--report", "r.pdf"][..], "ends in .html or .json"),
        (&["--no-texts"], "--report"),
        (&["--report", "r.html", "--no-texts", "--keep-private"], "cannot be used with"),
        (&["--train", "x.jsonl"], "--learning-curve"),
    ] {
        let answer = run(&[&["evaluate", &data], arguments].concat(), b"");
        assert!(answer.code == 2 && answer.err.contains(expected), "{arguments:?}: {}", answer.err);
    }
    let answer = run(&["evaluate", &data, "--report", "no/such/folder/r.html"], b"");
    assert!(answer.code == 1 && answer.err.contains("no/such/folder/r.html"), "{}", answer.err);
}

#[test]
fn data_without_a_head_of_the_model_is_told() {
    let (_folder, data) = file("other.jsonl", "{\"text\": \"lampu mati\", \"kategori\": \"jalan\", \"nomor\": 7}\n");
    let answer = run(&["evaluate", &data], b"");
    assert_eq!(answer.code, 1);
    let expected = "found the fields kategori, nomor, text; expected at least one of category, agency, urgency, type";
    assert!(answer.err.contains("none of 1 rows has a label") && answer.err.contains(expected), "{}", answer.err);
}

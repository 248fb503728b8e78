//! `pilah evaluate` and `pilah inspect`.

use crate::{FIRE, HEADS, LAMP, file, run, shipped};
use serde_json::{Value, json};

/// Three reports, the second without native label, the third of another split.
fn labelled() -> String {
    let rows = [
        json!({"id": "1", "source": "a", "split": "test", "text": LAMP, "category": "penerangan-jalan",
               "category_by": "annotated", "urgency": "sedang"}),
        json!({"id": "2", "source": "b", "split": "test", "text": FIRE, "category": "jalan", "category_by": "native",
               "urgency": "darurat"}),
        json!({"id": "3", "source": "b", "split": "dev", "text": LAMP, "category": "tidak-ada"}),
    ];
    rows.map(|row| row.to_string() + "\n").concat()
}

#[test]
fn evaluate_judges_heads_by_split_and_origin() {
    let (_folder, path) = file("labelled.jsonl", labelled());
    let report = |more: &[&str]| -> Value {
        let answer = run(&[&["evaluate", "--format", "json", &path], more].concat(), b"");
        assert_eq!(answer.code, 0, "{}", answer.err);
        serde_json::from_str(&answer.out).unwrap()
    };
    let all = report(&["--split", "test"]);
    let category = &all["heads"][0];
    assert_eq!((&all["rows"], &category["head"]), (&json!(2), &json!("category")));
    assert_eq!((&category["overall"]["rows"], &category["overall"]["accuracy"]), (&json!(2), &json!(0.5)));
    assert_eq!(category["by_source"]["a"]["accuracy"], 1.0);
    assert_eq!(category["by_origin"]["native"]["rows"], 1);
    assert_eq!(all["heads"][2]["overall"]["top_label"]["label"], "darurat");
    assert_eq!(all["heads"][2]["overall"]["top_label"]["recall"], 1.0);
    assert_eq!(all["heads"][3]["overall"]["rows"], 0);

    assert_eq!(report(&["--by", "native"])["rows"], 1);
    assert_eq!(report(&["--split", "dev,test", "--by", "annotated"])["heads"][0]["overall"]["rows"], 2);
    assert_eq!(report(&["--split", "dev"])["heads"][0]["unknown"], json!(["tidak-ada"]));

    let shown = run(&["evaluate", "--split", "test", &path], b"");
    for expected in ["2 rows", "## category", "macro-F1", "source a", "annotated", "native", "darurat", "most confused"]
    {
        assert!(shown.out.contains(expected), "no {expected} in {}", shown.out);
    }
}

#[test]
fn evaluate_without_rows_says_what_was_found() {
    let (_folder, path) = file("labelled.jsonl", labelled());
    let answer = run(&["evaluate", "--split", "tets", &path], b"");
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("3 rows (splits: dev, test); asked for split tets"), "{}", answer.err);
    let (_folder, broken) = file("broken.jsonl", "{\"text\": 1}\n");
    for path in [broken.as_str(), "no-such-corpus.jsonl"] {
        let answer = run(&["evaluate", path], b"");
        assert!(answer.code == 1 && answer.err.contains(path), "{}", answer.err);
    }
}

#[test]
fn inspect_shows_heads_sections_and_origin() {
    for model in [vec![shipped("penuh.pilah").to_str().unwrap().to_owned()], vec![], vec!["--kecil".to_owned()]] {
        let arguments: Vec<&str> = ["inspect"].into_iter().chain(model.iter().map(String::as_str)).collect();
        let shown = run(&arguments, b"");
        assert_eq!(shown.code, 0, "{}", shown.err);
        for expected in ["fingerprint", "threshold", "section", "category", "penerangan-jalan", "provenance"] {
            assert!(shown.out.contains(expected), "no {expected} in {}", shown.out);
        }
        let found: Value =
            serde_json::from_str(&run(&[&arguments[..], &["--format", "json"]].concat(), b"").out).unwrap();
        let names: Vec<_> = found["heads"].as_array().unwrap().iter().map(|head| &head["name"]).collect();
        assert_eq!(names, HEADS);
        assert_eq!(found["heads"][0]["labels"].as_array().unwrap().len(), 37);
        assert!(found["bytes"].as_u64().unwrap() > 0 && found["fingerprint"].is_string());
    }
}

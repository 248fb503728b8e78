//! The verb, with tiny models trained on self-written texts.

use crate::tiny::{artefact, data, edit, train_in, workshop};
use assert_cmd::Command;
use pilah::train::Progress;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What the program did.
struct Done {
    code: i32,
    out: String,
    err: String,
}

/// A folder with the models `besar` and `mungil`, the data, and a model of which two labels have changed places.
fn bench() -> TempDir {
    let dir = TempDir::new().unwrap();
    for name in ["besar", "mungil"] {
        fs::write(dir.path().join(format!("{name}.pilah")), artefact(name).to_bytes()).unwrap();
    }
    let call = "\nhub 0812-3456-7890";
    let lines: Vec<String> = data()
        .lines()
        .map(|line| line.replacen("\",\"topik\"", &format!("{}\",\"topik\"", call.escape_default()), 1))
        .collect();
    fs::write(dir.path().join("laporan.jsonl"), lines.join("\n")).unwrap();
    fs::write(dir.path().join("bodoh.pilah"), swapped().to_bytes()).unwrap();
    dir
}

/// A model that learnt the topic of lamps as rubbish and the other way round, and has one label of another name.
fn swapped() -> pilah::model::Model {
    let dir = workshop();
    let swapped =
        data().replace("\"lampu\"", "\"x\"").replace("\"sampah\"", "\"lampu\"").replace("\"x\"", "\"sampah\"");
    fs::write(dir.path().join("data/laporan.jsonl"), swapped.replace("\"api\"", "\"kebakaran\"")).unwrap();
    edit(dir.path(), "topik.toml", "id = \"api\"", "id = \"kebakaran\"");
    train_in(dir.path(), &Progress::default()).unwrap().remove(0).1
}

fn compare(dir: &Path, arguments: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
    let output = command.current_dir(dir).arg("compare").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_model_against_itself_passes_every_gate() {
    let dir = bench();
    let gates = ["--fail-if-worse", "0", "--fail-if-missed-more", "0", "--no-speed"];
    let done =
        compare(dir.path(), &[&["besar.pilah", "besar.pilah", "laporan.jsonl", "--split", "dev"][..], &gates].concat());
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let last = "verdict: not worse by more than 0 points in any head; not more than 0 more of a top label missed";
    assert_eq!(done.out.lines().last(), Some(last));
}

#[test]
fn a_worse_model_fails_the_gate_and_the_last_line_says_why() {
    let dir = bench();
    let base = ["besar.pilah", "bodoh.pilah", "laporan.jsonl", "--split", "dev,test", "--no-speed"];
    let worse = "worse in topik accuracy by";
    for (more, code, why) in [
        (&["--fail-if-worse", "0.5"][..], 1, worse),
        (&["--fail-if-worse", "0.5", "--confident"], 1, worse),
        // What NEW cannot say at all is in no difference.
        (&["--fail-if-worse", "100"], 1, "NEW has no topik api, the label of 6 rows"),
        (&[], 0, worse),
    ] {
        for format in ["text", "markdown", "json"] {
            let done = compare(dir.path(), &[&base[..], more, &["--format", format]].concat());
            assert_eq!(done.code, code, "{more:?} {format}: {}", done.err);
            assert_eq!(done.err.starts_with(&format!("error: {why}")), code == 1, "{}", done.err);
            if format != "json" {
                let last = done.out.lines().last().unwrap();
                assert_eq!(last.starts_with(&format!("verdict: {why}")), code == 1, "{last}");
            }
        }
    }
}

#[test]
fn the_json_says_what_changed_with_masked_texts() {
    let dir = bench();
    let arguments =
        ["besar.pilah", "bodoh.pilah", "laporan.jsonl", "--split", "test", "--format", "json", "--list", "1"];
    let done = compare(dir.path(), &arguments);
    assert_eq!(done.code, 0, "{}", done.err);
    let report: Value = serde_json::from_str(&done.out).unwrap();
    let topic = &report["heads"][0];
    // 8 rows are of test; of these the 2 of fires have a label that only OLD knows.
    assert_eq!((report["rows"].as_u64(), topic["rows"].as_u64()), (Some(8), Some(6)));
    assert_eq!(topic["unshared"][0]["label"], "api");
    assert_eq!(
        (topic["unshared"][0]["rows"].as_u64(), topic["unshared"][1]["in_old"].as_bool()),
        (Some(2), Some(false))
    );
    assert_eq!(topic["broke"].as_array().unwrap().len(), 1);
    let text = topic["broke"][0]["text"].as_str().unwrap();
    assert!(text.contains("[TELEPON]") && !text.contains("0812"), "{text}");
    assert!(topic["broke"][0]["place"].as_str().unwrap().contains("laporan.jsonl:"), "{topic}");
    assert!(report["timing"]["classify"]["median"].as_f64().unwrap() > 0.0);
    assert!(report["old"]["gzip"].as_u64().unwrap() > 0 && report["verdict"]["passed"].as_bool().unwrap());
}

#[test]
fn without_timing_the_output_is_the_same_every_time() {
    let dir = bench();
    for format in ["text", "json", "markdown"] {
        let run =
            || compare(dir.path(), &["besar.pilah", "mungil.pilah", "laporan.jsonl", "--no-speed", "--format", format]);
        let (one, two) = (run(), run());
        assert_eq!(one.code, 0, "{}", one.err);
        assert_eq!(one.out, two.out);
        assert!(!one.out.contains("timing"), "{format}");
        assert!(one.err.contains("rows of the train split"), "{}", one.err);
    }
    let timed = compare(dir.path(), &["besar.pilah", "mungil.pilah", "laporan.jsonl", "--split", "test"]);
    assert!(timed.out.contains("timing (noisy"), "{}", timed.out);
}

#[test]
fn the_page_is_whole_and_has_the_verdict_first() {
    let dir = bench();
    let hostile = r#"{"text":"<script>alert(1)</script> lampu mati di gang melati","split":"test","topik":"lampu"}"#;
    let data = fs::read_to_string(dir.path().join("laporan.jsonl")).unwrap();
    fs::write(dir.path().join("laporan.jsonl"), format!("{data}\n{hostile}\n")).unwrap();
    let gate = ["--fail-if-worse", "1", "--report", "beda.html", "--list", "20"];
    let done =
        compare(dir.path(), &[&["besar.pilah", "bodoh.pilah", "laporan.jsonl", "--split", "test"][..], &gate].concat());
    assert_eq!(done.code, 1, "the page is written though the gate fails");
    let page = fs::read_to_string(dir.path().join("beda.html")).unwrap();
    assert!(page.find("Verdict: worse in topik").unwrap() < page.find("<h2>topik</h2>").unwrap());
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;") && page.contains("[TELEPON]"), "{page}");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
}

#[test]
fn shipped_models_have_names_and_strangers_have_no_head_in_common() {
    let dir = bench();
    let row = r#"{"text":"Lampu jalan mati di depan balai desa","category":"penerangan-jalan","topik":"lampu"}"#;
    fs::write(dir.path().join("satu.jsonl"), row).unwrap();
    let named = compare(dir.path(), &["kecil", "penuh", "satu.jsonl", "--no-speed"]);
    assert!(named.code == 0 && named.out.contains("kecil") && named.out.contains("penuh"), "{}", named.err);
    let strange = compare(dir.path(), &["kecil", "besar.pilah", "satu.jsonl"]);
    assert_eq!(strange.code, 1);
    let expected = "kecil and besar.pilah have no head in common; kecil has category, agency, urgency, type, besar.pilah has topik, segera";
    assert!(strange.err.contains(expected), "{}", strange.err);
}

#[test]
fn what_cannot_be_compared_is_refused_with_a_reason() {
    let dir = bench();
    let both = ["besar.pilah", "mungil.pilah", "laporan.jsonl"];
    for (arguments, code, expected) in [
        ([&both[..], &["--split", "tets"]].concat(), 1, "found 49 rows, none of split tets"),
        (
            [&both[..], &["--split", "test", "--by", "native"]].concat(),
            1,
            "asked for labels by native in topik, segera",
        ),
        (vec!["besar.pilah", "hilang.pilah", "laporan.jsonl"], 1, "hilang.pilah"),
        (vec!["besar.pilah", "laporan.jsonl", "laporan.jsonl"], 1, "laporan.jsonl is no model"),
        (vec!["besar.pilah", "mungil.pilah"], 2, "required"),
        ([&both[..], &["--fail-if-worse", "-1"]].concat(), 2, "--fail-if-worse"),
        ([&both[..], &["--fail-if-worse", "banyak"]].concat(), 2, "expected percentage points"),
        ([&both[..], &["--confident"]].concat(), 2, "--fail-if-worse"),
        ([&both[..], &["--report", "halaman.txt"]].concat(), 2, "ends in .html, found halaman.txt"),
        ([&both[..], &["--report", "hilang/halaman.html"]].concat(), 1, "cannot write hilang/halaman.html"),
    ] {
        let done = compare(dir.path(), &arguments);
        assert_eq!((done.code, done.out.as_str()), (code, ""), "{arguments:?}: {}", done.err);
        assert!(done.err.contains(expected), "no {expected} in {}", done.err);
    }
    let help = compare(dir.path(), &["--help"]);
    assert!(help.code == 0 && help.out.contains("Examples:\n  ") && help.out.contains("--fail-if-missed-more ROWS"));
}

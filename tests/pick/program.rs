//! `pilah pick` as a user meets it: any input, a table to fill in, and the table's way into training.

use super::tiny;
use assert_cmd::Command;
use pilah::train::corpus::read_jsonl;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Exit code and standard error.
fn run(dir: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
    let output = command.current_dir(dir).arg("pick").args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A folder with a model, an inbox of ten texts, one of them with a label, and one labelled text.
fn desk() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("tiny.pilah"), tiny::artefact("besar").to_bytes()).unwrap();
    let inbox = "\
id,isi_laporan,topik
k-1,lampu jalan mati depan pasar,
k-2,sampah menumpuk bau di gang,sampah
k-3,\"=HYPERLINK(\"\"http://contoh.invalid\"\") lampu mati total\",
k-4,tolong api besar telp 0812-0000-0000,
k-5,sampah dan lampu jalan belum diurus,
k-6,12345,
k-7,ada yang jual nasi uduk,
k-8,usul tempat sampah baru di terminal,
k-9,lampu jalan mati dekat balai desa sekali,
k-10,kebakaran hebat di samping sekolah dasar,
";
    fs::write(dir.path().join("inbox.csv"), inbox).unwrap();
    fs::write(dir.path().join("ours.jsonl"), "{\"text\":\"Ada yang jual nasi uduk\",\"topik\":\"obrolan\"}\n").unwrap();
    dir
}

const ASKED: [&str; 7] = ["inbox.csv", "--model", "tiny.pilah", "--head", "topik", "--labelled", "ours.jsonl"];

#[test]
fn a_table_comes_out_that_training_reads_when_it_is_filled_in() {
    let dir = desk();
    let (code, err) =
        run(dir.path(), &[&ASKED[..], &["--n", "20", "--random", "0.1", "--out", "to-label.jsonl"]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("of 10 texts, 2 of them by lot; 2 are labelled already, 1 blank, 0 too short"), "{err}");
    let path = dir.path().join("to-label.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("0812") && !text.contains("k-2\"") && !text.contains("k-7\""), "{text}");
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.iter().all(|row| row["topik"].is_null()));
    let (lots, others): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|row| row["why"] == "random");
    assert!(lots.iter().all(|row| row["topik_suggested"].is_null()));
    assert!(others.iter().all(|row| row["why"].as_str().unwrap().starts_with("unsure between ")));
    assert!(lots.iter().all(|row| row["split"] == "test") && others.iter().all(|row| row["split"] == "train"));
    assert!(others.iter().all(|row| row["topik_probability"].as_f64().unwrap() > 0.2));
    assert!(rows.iter().all(|row| row["place"].as_str().unwrap().starts_with("inbox.csv:")));

    let filled = text.replacen("\"topik\":null", "\"topik\":\"lampu\"", 1);
    fs::write(&path, filled).unwrap();
    let records = read_jsonl(&path, &["topik".to_owned()]).unwrap();
    assert_eq!(records.iter().filter(|record| !record.labels.is_empty()).count(), 1);

    // A second run does not undo the work, unless it is to.
    let again = [&ASKED[..], &["--n", "20", "--out", "to-label.jsonl"]].concat();
    let (code, err) = run(dir.path(), &again);
    assert!(code == 2 && err.contains("to-label.jsonl is there already") && err.contains("--replace"), "{err}");
    assert!(fs::read_to_string(&path).unwrap().contains("\"topik\":\"lampu\""));
    assert_eq!(run(dir.path(), &[&again[..], &["--replace"]].concat()).0, 0);
    assert!(!fs::read_to_string(&path).unwrap().contains("\"topik\":\"lampu\""));
}

#[test]
fn labelled_files_may_call_their_text_by_either_name() {
    let dir = desk();
    let asked = ["inbox.csv", "--model", "tiny.pilah", "--text-column", "catatan"];
    fs::write(dir.path().join("ours.csv"), "catatan,isi\nlampu jalan mati depan pasar lama sekali,x\n").unwrap();
    fs::write(
        dir.path().join("inbox.csv"),
        "catatan,isi\nlampu jalan mati depan pasar lama sekali,x\nsampah bau di gang,y\n",
    )
    .unwrap();
    for (labelled, left) in
        [(&["--labelled", "ours.csv", "--labelled", "ours.jsonl"][..], 1), (&["--labelled", "ours.jsonl"], 2)]
    {
        let out = format!("{left}.jsonl");
        let (code, err) = run(dir.path(), &[&asked[..], labelled, &["--out", &out]].concat());
        assert_eq!(code, 0, "{err}");
        assert_eq!(fs::read_to_string(dir.path().join(out)).unwrap().lines().count(), left, "{err}");
    }
}

#[test]
fn a_spreadsheet_computes_nothing() {
    let dir = desk();
    let (code, err) = run(dir.path(), &[&ASKED[..], &["--out", "to-label.csv"]].concat());
    assert_eq!(code, 0, "{err}");
    let text = fs::read_to_string(dir.path().join("to-label.csv")).unwrap();
    assert!(text.starts_with("\u{feff}id,text,topik,split,why,topik_suggested,topik_probability,place\r\n"), "{text}");
    assert!(text.contains("'=HYPERLINK") && !text.contains(",=HYPERLINK"), "{text}");
    let again = dir.path().join("again.csv");
    assert_eq!(run(dir.path(), &[&ASKED[..], &["--out", "again.csv"]].concat()).0, 0);
    assert_eq!(fs::read_to_string(again).unwrap(), text);
}

#[test]
fn wrong_use_is_told() {
    let dir = desk();
    for (arguments, code, expected) in [
        (&["inbox.csv", "--out", "a.xlsx"][..], 2, "a.xlsx says no format"),
        (
            &["inbox.csv", "--model", "tiny.pilah", "--head", "dinas", "--out", "a.csv"],
            2,
            "its heads are topik, segera",
        ),
        (&["inbox.csv", "--model", "tiny.pilah", "--random", "2", "--out", "a.csv"], 2, "--random: a share of 2"),
        (&["tidak-ada.csv", "--model", "tiny.pilah", "--out", "a.csv"], 1, "tidak-ada.csv"),
        (&["inbox.csv", "--model", "tiny.pilah", "--out", "tidak/a.csv"], 1, "tidak/a.csv"),
        (&["inbox.csv", "--model", "tiny.pilah", "--text-column", "isi", "--out", "a.csv"], 1, "isi_laporan"),
        (&["ours.jsonl", "--model", "tiny.pilah", "--head", "topik", "--out", "a.csv"], 1, "1 are labelled already"),
        (&["inbox.csv", "--n", "0", "--out", "a.csv"], 2, "--n"),
    ] {
        let (found, err) = run(dir.path(), arguments);
        assert_eq!(found, code, "{arguments:?}: {err}");
        assert!(err.contains(expected), "{arguments:?}: {err}");
        assert!(!dir.path().join("a.csv").exists(), "{arguments:?}");
    }
}

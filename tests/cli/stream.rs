//! `pilah classify --format jsonl`.

use crate::{FIRE, HEADS, LAMP, file, lines, run};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{self, Stdio};
use std::sync::mpsc;
use std::time::Duration;

#[test]
fn jsonl_answers_every_row_in_the_promised_shape() {
    let ids = [json!(7), json!("a-1"), json!(null), json!({"n": [1, 2.5]}), json!(true)];
    let rows: Vec<String> = ids.iter().map(|id| json!({"id": id, "text": LAMP, "other": 1}).to_string()).collect();
    let input = format!("{}\r\n\n{{\"text\":\"{FIRE}\"}}", rows.join("\n"));
    let answer = run(&["classify", "--format", "jsonl"], input.as_bytes());
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let found = lines(&answer.out);
    assert_eq!(
        found.iter().map(|row| &row["id"]).collect::<Vec<_>>(),
        ids.iter().chain([&Value::Null]).collect::<Vec<_>>()
    );
    for row in &found {
        check_shape(row, 3);
    }
    assert_eq!(found[0]["prediction"]["category"][0]["label"], "penerangan-jalan");
    assert_eq!(found[5]["prediction"]["urgency"][0]["label"], "darurat");
    let evidence = &found[0]["prediction"]["evidence"][0];
    let at = |key: &str| usize::try_from(evidence[key].as_u64().unwrap()).unwrap();
    assert!(!LAMP[at("start")..at("end")].is_empty());
}

fn check_shape(row: &Value, top: usize) {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let prediction = &row["prediction"];
    assert_eq!(keys(row), ["id", "prediction"]);
    assert_eq!(keys(prediction), [&HEADS[..], &["needs_review", "evidence", "raised"]].concat());
    for head in HEADS {
        let shown = prediction[head].as_array().unwrap();
        assert_eq!(shown.len(), top, "{head}");
        assert!(shown.iter().all(|label| keys(label) == ["label", "name", "probability"]), "{head}");
    }
    let review = &prediction["needs_review"];
    assert!(review.is_null() || keys(review) == ["reason"], "{review}");
    let evidence = prediction["evidence"].as_array().unwrap();
    assert!(evidence.iter().all(|words| keys(words) == ["head", "start", "end", "weight"]));
}

#[test]
fn top_bounds_the_labels() {
    for (top, expected) in [("1", 1), ("4", 4)] {
        let answer = run(&["classify", "--format", "jsonl", "--top", top, LAMP], b"");
        assert_eq!(answer.code, 0, "{}", answer.err);
        check_shape(&lines(&answer.out)[0], expected);
    }
    assert_eq!(run(&["classify", "--top", "0", LAMP], b"").code, 2);
}

#[test]
fn plain_lines_are_answered_one_for_one() {
    let (_folder, path) = file("laporan.dat", format!("{LAMP}\r\n\n{FIRE}"));
    let answer = run(&["classify", "--format", "jsonl", "--plain", &path], b"");
    assert_eq!(answer.code, 0, "{}", answer.err);
    let found = lines(&answer.out);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|row| row["id"].is_null()));
    assert_eq!(found[1]["prediction"]["needs_review"]["reason"], "too-short");
}

#[test]
fn bad_lines_are_told_and_skipped() {
    let good = json!({"id": 1, "text": LAMP}).to_string();
    let mut input = format!("{good}\nlampu mati\n{{\"id\":3}}\n{{\"text\":4}}\n[\"a\",\"b\"]\n").into_bytes();
    input.extend([b'{', 0xff, b'}', b'\n']);
    input.extend(good.as_bytes());
    let answer = run(&["classify", "--format", "jsonl"], &input);
    assert_eq!((answer.code, lines(&answer.out).len()), (1, 2));
    for expected in [
        "line 2: found `lampu mati`; expected a JSON object",
        "line 3: missing field `text`",
        "line 4: invalid type: integer `4`",
        "line 5: found `[\"a\",\"b\"]`",
        "line 6: found bytes that are not UTF-8 at column 2",
        "5 of 7 lines skipped",
    ] {
        assert!(answer.err.contains(expected), "no {expected} in {}", answer.err);
    }
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    let mut child = process::Command::new(env!("CARGO_BIN_EXE_pilah"))
        .args(["classify", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let (sender, answers) = mpsc::channel();
    std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    for id in 0..3 {
        writeln!(stdin, "{}", json!({"id": id, "text": LAMP})).unwrap();
        let answer = answers.recv_timeout(Duration::from_secs(60)).expect("an answer while the input is still open");
        assert_eq!(lines(&answer)[0]["id"], id);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_hangs_up_is_no_error() {
    let (_folder, path) = file("many.dat", format!("{LAMP}\n").repeat(3000));
    let mut child = process::Command::new(env!("CARGO_BIN_EXE_pilah"))
        .args(["classify", "--format", "jsonl", "--plain", &path])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

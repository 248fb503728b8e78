//! Wrong use, unusable models and help.

use crate::{LAMP, file, run, shipped};
use std::fs;

#[test]
fn models_that_cannot_be_used_are_refused_by_name() {
    let whole = fs::read(shipped("penuh.pilah")).unwrap();
    let (_folder, cut) = file("cut.pilah", &whole[..whole.len() / 2]);
    let (_folder2, empty) = file("empty.pilah", "");
    for path in [cut.as_str(), &empty, "no/such/model.pilah"] {
        for arguments in [&["classify", "--model", path, LAMP][..], &["inspect", path]] {
            let answer = run(arguments, b"");
            assert_eq!((answer.code, answer.out.as_str()), (1, ""), "{arguments:?}");
            assert!(answer.err.starts_with("error: ") && answer.err.contains(path), "{}", answer.err);
        }
    }
}

#[test]
fn wrong_use_exits_2_and_says_what_to_do() {
    for (arguments, expected) in [
        (&["classify", "--plain", LAMP][..], "add --format jsonl"),
        (&["classify", "--format", "jsonl", "no-such-file.jsonl"], "there is no file no-such-file.jsonl"),
        (&["classify", "--kecil", "--model", "x", LAMP], "cannot be used with"),
        (&["evaluate"], "required"),
        (&["train"], "--out"),
        (&["sort"], "unrecognized subcommand"),
        (&[], "Usage"),
    ] {
        let answer = run(arguments, b"");
        assert_eq!(answer.code, 2, "{arguments:?}");
        assert!(answer.err.contains(expected), "no {expected} in {}", answer.err);
    }
    let missing = run(&["classify", "laporan-hilang.txt"], b"");
    assert!(missing.code == 0 && missing.err.contains("there is no file laporan-hilang.txt"), "{}", missing.err);
}

#[test]
fn every_verb_has_help_with_examples() {
    for verb in ["classify", "train", "evaluate", "inspect", "completions"] {
        let answer = run(&[verb, "--help"], b"");
        assert!(answer.code == 0 && answer.out.contains("Examples:\n  "), "{verb}: {}", answer.out);
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&["completions", shell], b"").out.contains("classify"), "{shell}");
    }
}

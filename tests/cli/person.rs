//! `pilah classify` for a person.

use crate::{FIRE, LAMP, done, file, pilah, run};

#[test]
fn a_report_is_answered_from_argument_file_and_pipe_alike() {
    let (_folder, path) = file("laporan.txt", format!("\u{feff}{LAMP}\r\n"));
    let answer = run(&["classify", LAMP], b"");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    for expected in ["Kategori", "Instansi", "Urgensi", "Jenis", "Penerangan jalan umum", "%"] {
        assert!(answer.out.contains(expected), "no {expected} in {}", answer.out);
    }
    assert!(answer.out.contains('*'), "no deciding word marked: {}", answer.out);
    for (arguments, stdin) in
        [(vec!["classify", path.as_str()], ""), (vec!["classify", "-"], LAMP), (vec!["classify"], LAMP)]
    {
        let other = run(&arguments, stdin.as_bytes());
        assert_eq!((other.code, other.out), (0, answer.out.clone()), "{arguments:?}");
    }
}

#[test]
fn an_emergency_says_whom_to_call() {
    let answer = run(&["classify", FIRE], b"");
    for expected in ["Darurat", "112", "110", "113", "119"] {
        assert!(answer.out.contains(expected), "no {expected} in {}", answer.out);
    }
    assert!(!run(&["classify", LAMP], b"").out.contains("112"));
}

#[test]
fn too_little_text_asks_for_a_person() {
    for text in ["hai", "", "..."] {
        let answer = run(&["classify"], text.as_bytes());
        assert_eq!(answer.code, 0);
        assert!(answer.out.contains("Perlu dilihat petugas: "), "{text:?}: {}", answer.out);
    }
}

#[test]
fn colours_come_only_when_wanted_and_reports_cannot_steer_the_terminal() {
    let escaped = |variables: &[(&str, &str)], text: &str| {
        let answer = done(pilah().args(["classify", text]).envs(variables.iter().copied()));
        assert_eq!(answer.code, 0);
        answer.out.contains('\u{1b}')
    };
    let hostile = format!("{LAMP} \u{1b}[2J\u{1b}]0;x\u{7}");
    for (variables, expected) in [
        (&[][..], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("NO_COLOR", "1")], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
    ] {
        assert_eq!(escaped(variables, LAMP), expected, "{variables:?}");
    }
    assert!(!escaped(&[], &hostile));
    let forced = done(pilah().args(["classify", &hostile]).env("CLICOLOR_FORCE", "1"));
    assert!(!forced.out.contains("\u{1b}[2J") && !forced.out.contains("\u{1b}]"), "{}", forced.out);
}

#[test]
fn a_text_that_is_not_utf8_is_refused() {
    let answer = run(&["classify"], b"lampu \xff mati");
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("standard input is not UTF-8 text: byte 6"), "{}", answer.err);
}

//! When a gate fails, and what it says.

use crate::{LABELS, Row, compared};
use pilah::eval::compare::{Comparison, Gate, Pair};

/// A head of which `broke` of 200 rows broke and `fixed` were fixed.
fn comparison(fixed: usize, broke: usize) -> Comparison {
    let row = |old, new| -> Row { ("lekas", (old, 0.9), (new, 0.9)) };
    let mut rows = vec![row("lekas", "lekas"); 200 - fixed - broke];
    rows.extend(vec![row("lekas", "santai"); broke]);
    rows.extend(vec![row("santai", "lekas"); fixed]);
    of(&rows)
}

fn of(rows: &[Row]) -> Comparison {
    Comparison {
        rows: rows.len(),
        resamples: 1000,
        seed: 1,
        needs_review: Pair { old: 0, new: 0 },
        heads: vec![compared(&LABELS, &LABELS, rows, 0)],
        only_old: vec![],
        only_new: vec!["jenis".to_owned()],
    }
}

#[test]
fn points_are_the_fall_that_is_allowed() {
    for (fixed, broke, points, confident, passed) in [
        (0, 0, 0.0, false, true),
        (0, 1, 0.0, false, false),
        (0, 1, 0.5, false, true), // 0.5 points are not more than 0.5
        (0, 2, 0.5, false, false),
        (1, 2, 0.5, false, true),
        (9, 0, 0.0, false, true),
        (0, 2, 0.5, true, true), // may be chance
        (0, 20, 0.5, true, false),
        (0, 20, 20.0, false, true),
    ] {
        let gate = Gate { points: Some(points), confident, missed: None };
        let verdict = gate.judge(&comparison(fixed, broke));
        assert_eq!(verdict.passed, passed, "{fixed} {broke} {points} {confident}: {}", verdict.text);
        assert_eq!(verdict.failures.is_empty(), passed);
    }
}

#[test]
fn a_verdict_says_what_fell_by_how_much() {
    let points = |points| Gate { points: Some(points), confident: false, missed: None };
    let confident = Gate { confident: true, ..points(0.5) };
    for (gate, fixed, broke, expected) in [
        (points(0.5), 0, 0, "not worse by more than 0.5 points in any head (not compared: jenis)"),
        (confident, 0, 0, "not worse by more than 0.5 points beyond chance in any head (not compared: jenis)"),
        (
            points(0.5),
            0,
            20,
            "worse in segera accuracy by 10.0 points (limit 0.5); worse in segera macro-F1 by 5.3 points (limit 0.5)",
        ),
        (points(0.999), 1, 3, "worse in segera accuracy by 1.0 points (limit 0.999, may be chance)"),
        (Gate::default(), 0, 30, "worse in segera (not compared: jenis)"),
        (Gate::default(), 30, 0, "better in segera (not compared: jenis)"),
        (Gate::default(), 0, 0, "no clear difference in segera (not compared: jenis)"),
    ] {
        assert_eq!(gate.judge(&comparison(fixed, broke)).text, expected);
    }
}

#[test]
fn a_fall_is_never_shown_as_the_limit() {
    let mut rows: Vec<Row> = vec![("lekas", ("lekas", 0.9), ("lekas", 0.9)); 368];
    rows.extend(vec![("lekas", ("lekas", 0.9), ("santai", 0.9)); 2]);
    let gate = Gate { points: Some(0.5), confident: false, missed: None };
    let expected = "worse in segera accuracy by 0.54 points (limit 0.5, may be chance)";
    assert_eq!(gate.judge(&of(&rows)).text, expected);
}

#[test]
fn more_missed_of_the_top_label_is_a_gate_of_its_own() {
    let row = |old, new| -> Row { ("genting", (old, 0.9), (new, 0.9)) };
    let rows = [row("genting", "lekas"), row("genting", "lekas"), row("lekas", "genting"), row("genting", "genting")];
    for (missed, passed, text) in [
        (0, false, "1 more reports of segera genting missed (limit 0, may be chance)"),
        (1, true, "not more than 1 more of a top label missed (not compared: jenis)"),
    ] {
        let gate = Gate { points: None, confident: false, missed: Some(missed) };
        let verdict = gate.judge(&of(&rows));
        assert_eq!((verdict.passed, verdict.text.as_str()), (passed, text));
    }
    let both = Gate { points: Some(100.0), confident: false, missed: Some(0) };
    assert!(!both.judge(&of(&rows)).passed && both.judge(&of(&rows[2..])).passed);
}

/// A head of which OLD has the labels `old` and NEW `new`.
fn with_labels(old: &[&str], new: &[&str]) -> Comparison {
    let rows: [Row; 3] = [
        ("genting", ("genting", 0.9), ("lekas", 0.9)),
        ("lekas", ("lekas", 0.9), ("lekas", 0.9)),
        ("santai", ("santai", 0.9), ("santai", 0.9)),
    ];
    Comparison { heads: vec![compared(old, new, &rows, 0)], ..of(&rows) }
}

#[test]
fn what_new_lacks_opens_no_gate() {
    let gates = [
        Gate { points: Some(0.5), confident: false, missed: None },
        Gate { points: None, confident: false, missed: Some(0) },
        Gate { points: Some(0.5), confident: true, missed: Some(0) },
    ];
    let without = with_labels(&LABELS, &LABELS[..2]);
    let beheaded = Comparison { only_old: vec!["unit".to_owned()], ..comparison(0, 0) };
    for gate in gates {
        let verdict = gate.judge(&without);
        assert!(!verdict.passed && verdict.failures.len() == 1, "{}", verdict.text);
        assert_eq!(verdict.text, "NEW has no segera genting, the label of 1 rows");
        let verdict = gate.judge(&beheaded);
        assert_eq!((verdict.passed, verdict.text.as_str()), (false, "NEW has no head unit"));
    }
    // Without a limit nothing is asked.
    assert!(Gate::default().judge(&without).passed && Gate::default().judge(&beheaded).passed);
}

#[test]
fn another_top_label_is_told_where_its_misses_are_asked_for() {
    let moved = with_labels(&LABELS, &["santai", "lekas", "genting", "darurat"]);
    let missed = Gate { points: None, confident: false, missed: Some(9) };
    let expected = "genting is not the last label of segera in NEW, so what is missed of it cannot be compared";
    let verdict = missed.judge(&moved);
    assert_eq!((verdict.passed, verdict.text.as_str()), (false, expected));
    assert!(Gate { points: Some(99.0), confident: false, missed: None }.judge(&moved).passed);
}

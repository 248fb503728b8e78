//! One head on rows small enough to count.

use crate::{LABELS, Row, close, compared, is};
use pilah::eval::compare::{HeadComparison, Outcome};

/// OLD has rows 0 1 2 3 4 right, NEW 0 1 2 5 6 7.
const ROWS: [Row; 8] = [
    ("santai", ("santai", 0.9), ("santai", 0.8)),
    ("santai", ("santai", 0.7), ("santai", 0.7)),
    ("lekas", ("lekas", 0.8), ("lekas", 0.9)),
    ("lekas", ("lekas", 0.6), ("santai", 0.7)),
    ("genting", ("genting", 0.9), ("lekas", 0.95)),
    ("genting", ("lekas", 0.5), ("genting", 0.8)),
    ("genting", ("santai", 0.4), ("genting", 0.55)),
    ("santai", ("genting", 0.85), ("santai", 0.3)),
];

fn head(rows: &[Row]) -> HeadComparison {
    compared(&LABELS, &LABELS, rows, 10)
}

#[test]
fn measures_of_both_models_are_those_counted_by_hand() {
    let found = head(&ROWS);
    assert_eq!(found.rows, 8);
    is(&found.accuracy, 5.0 / 8.0, 6.0 / 8.0, "accuracy");
    // F1 OLD: santai 2*2/(3+3), lekas 2*2/(2+3), genting 2*1/(3+2); NEW: 2*3/(3+4), 2*1/(2+2), 2*2/(3+2)
    is(&found.macro_f1, (2.0 / 3.0 + 0.8 + 0.4) / 3.0, (6.0 / 7.0 + 0.5 + 0.8) / 3.0, "macro-F1");
    // At 0.6: OLD reaches it with 6 rows of which 5 are right, NEW with 6 of which 4 are.
    is(&found.coverage, 6.0 / 8.0, 6.0 / 8.0, "coverage");
    is(&found.precision, 5.0 / 6.0, 4.0 / 6.0, "precision");
    assert_eq!((found.test.fixed, found.test.broke), (3, 2));
    close(found.test.p, 1.0, "p");
    assert_eq!(found.outcome, Outcome::Unclear);
}

#[test]
fn labels_stand_from_the_greatest_loss_on() {
    let found = head(&ROWS);
    let labels: Vec<&str> = found.classes.iter().map(|class| class.label.as_str()).collect();
    assert_eq!(labels, ["lekas", "santai", "genting"]);
    let lekas = &found.classes[0];
    assert_eq!((lekas.support, lekas.hits.old, lekas.hits.new), (2, 2, 1));
    assert_eq!((lekas.decided.old, lekas.decided.new, lekas.test.broke, lekas.test.fixed), (3, 2, 1, 0));
    is(&lekas.recall, 1.0, 0.5, "recall");
    is(&lekas.precision, 2.0 / 3.0, 0.5, "precision");
    let broke: usize = found.classes.iter().map(|class| class.test.broke).sum();
    assert_eq!(broke, found.test.broke, "what broke is of one label each");
}

#[test]
fn the_label_that_must_not_be_missed_stands_apart() {
    let top = head(&ROWS).top_label.unwrap();
    assert_eq!((top.label.as_str(), top.support), ("genting", 3));
    assert_eq!((top.hits.old, top.hits.new, top.false_alarms.old, top.false_alarms.new), (1, 2, 1, 0));
    assert_eq!((top.test.fixed, top.test.broke), (2, 1));
    is(&top.recall, 1.0 / 3.0, 2.0 / 3.0, "recall");
}

#[test]
fn the_surest_mistakes_come_first_and_the_list_ends_where_asked() {
    let rows = |changed: &[pilah::eval::compare::Changed]| changed.iter().map(|c| c.row).collect::<Vec<_>>();
    let found = head(&ROWS);
    assert_eq!((rows(&found.broke), rows(&found.fixed)), (vec![4, 3], vec![7, 5, 6]));
    let first = &found.broke[0];
    assert_eq!(
        (first.gold.as_str(), first.old.label.as_str(), first.new.label.as_str()),
        ("genting", "genting", "lekas")
    );
    assert!((first.new.probability - 0.95).abs() < 1e-6 && (first.old.probability - 0.9).abs() < 1e-6);
    for list in 0..4 {
        let found = compared(&LABELS, &LABELS, &ROWS, list);
        assert_eq!((found.broke.len(), found.fixed.len()), (list.min(2), list.min(3)));
        assert_eq!((found.test.broke, found.test.fixed), (2, 3), "counts are whole whatever is listed");
    }
}

#[test]
fn a_model_against_itself_differs_in_nothing() {
    let same: Vec<Row> = ROWS.iter().map(|&(gold, old, _)| (gold, old, old)).collect();
    let found = head(&same);
    let whole = [found.accuracy, found.top3, found.macro_f1, found.calibration_error, found.coverage, found.precision];
    let classes = found.classes.iter().flat_map(|class| [class.precision, class.recall, class.f1]);
    for difference in whole.into_iter().chain(classes) {
        for zero in [difference.change, difference.interval.low, difference.interval.high] {
            close(zero, 0.0, "change");
        }
    }
    assert_eq!((found.test.fixed, found.test.broke, found.outcome), (0, 0, Outcome::Unclear));
    close(found.test.p, 1.0, "p");
    assert!(found.broke.is_empty() && found.fixed.is_empty() && found.classes.iter().all(|class| !class.stands));
}

/// `fixed` rows that only NEW has right, `broke` that only OLD has, `both` that both have.
fn split(fixed: usize, broke: usize, both: usize) -> Vec<Row> {
    let row = |old, new| ("lekas", (old, 0.9), (new, 0.9));
    let mut rows = vec![row("santai", "lekas"); fixed];
    rows.extend(vec![row("lekas", "santai"); broke]);
    rows.extend(vec![row("lekas", "lekas"); both]);
    rows
}

#[test]
fn intervals_are_paired() {
    // Both models 60 % right. Where they are right on the same rows, nothing can differ in any draw; where they are right on
    // different rows, the difference is +-1 in 80 of 100 rows: standard error sqrt(0.8 / 100) = 0.089.
    let mut same = split(0, 0, 60);
    same.extend(vec![("lekas", ("santai", 0.9), ("santai", 0.9)); 40]);
    let apart = split(40, 40, 20);
    let width = |rows: &[Row]| {
        let interval = head(rows).accuracy.interval;
        (interval.low, interval.high)
    };
    assert_eq!(width(&same), (0.0, 0.0));
    let (low, high) = width(&apart);
    let half = 1.96 * (0.8_f64 / 100.0).sqrt();
    assert!((low + half).abs() < 0.03 && (high - half).abs() < 0.03, "{low} {high}");
}

#[test]
fn outcomes_and_tests_follow_the_rows() {
    for (fixed, broke, both, outcome, stands) in [
        (30, 0, 70, Outcome::Better, true),
        (0, 30, 70, Outcome::Worse, true),
        (5, 5, 90, Outcome::Unclear, false),
        (2, 1, 97, Outcome::Unclear, false),
    ] {
        let found = head(&split(fixed, broke, both));
        assert_eq!(found.outcome, outcome, "{fixed} {broke}");
        let lekas = found.classes.iter().find(|class| class.label == "lekas").unwrap();
        assert_eq!(lekas.stands, stands, "{fixed} {broke}");
    }
}

#[test]
fn no_rows_and_no_answers_are_no_trouble() {
    let empty = head(&[]);
    assert_eq!((empty.rows, empty.outcome), (0, Outcome::NoRows));
    assert!(serde_json::to_string(&empty).unwrap().contains("\"outcome\":\"no-rows\""));
    // No answer reaches the threshold: its precision cannot be said.
    let timid = head(&[("santai", ("santai", 0.1), ("santai", 0.1))]);
    assert!(timid.precision.old.is_nan());
    let json = serde_json::to_value(&timid).unwrap();
    assert!(json["precision"]["change"].is_null() && json["precision"]["low"].is_null(), "{json}");
}

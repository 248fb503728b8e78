//! Metrics against values computed by hand, and the report built from them.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "eval/bootstrap.rs"]
mod bootstrap;
#[path = "eval/figures.rs"]
mod figures;
#[path = "eval/markup.rs"]
mod markup;
#[path = "eval/page.rs"]
mod page;
#[path = "eval/threshold.rs"]
mod threshold;

use pilah::eval::metrics::{
    BINS, ClassScore, accuracy, calibration_error, class_scores, confusions, coverage, macro_f1, top_k_accuracy,
};
use pilah::eval::{Case, Evaluation, HeadEvaluation, HeadTally, Origin, table};
use pilah::{HeadPrediction, Suggestion};
use proptest::prelude::*;

fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() < 1e-6, "{what}: found {found}, expected {expected}");
}

#[test]
fn accuracy_and_macro_f1_by_hand() {
    type Row = (&'static str, &'static [(usize, usize)], f64, f64);
    let rows: &[Row] = &[
        ("nothing", &[], 0.0, 0.0),
        ("one class, right", &[(0, 0), (0, 0)], 1.0, 1.0),
        ("one class, wrong", &[(0, 1)], 0.0, 0.0),
        // F1: 0 -> 2*2/(2+3) = 0.8; 1 -> never decided = 0
        ("class never decided", &[(0, 0), (0, 0), (1, 0)], 2.0 / 3.0, 0.4),
        // F1: 0 -> 2/3; 1 -> 0; 5 -> decided, never gold = 0
        ("class never gold", &[(0, 0), (0, 5), (1, 5)], 1.0 / 3.0, 2.0 / 9.0),
        // F1: 0 -> 2*2/(3+3); 1 -> 2*1/(2+2); 2 -> 2*1/(1+1)
        ("three classes", &[(0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (2, 2)], 4.0 / 6.0, (2.0 / 3.0 + 0.5 + 1.0) / 3.0),
        ("far indices", &[(usize::MAX, usize::MAX), (7, usize::MAX)], 0.5, (2.0 / 3.0) / 2.0),
    ];
    for (name, pairs, right, f1) in rows {
        close(accuracy(pairs), *right, name);
        close(macro_f1(pairs), *f1, name);
    }
}

#[test]
fn class_scores_by_hand() {
    let found = class_scores(&[(0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (2, 0)]);
    let class = |label, support, predicted, hits| ClassScore { label, support, predicted, hits };
    assert_eq!(found, [class(0, 3, 4, 2), class(1, 2, 2, 1), class(2, 1, 0, 0)]);
    for (class, precision, recall, f1) in
        [(found[0], 0.5, 2.0 / 3.0, 4.0 / 7.0), (found[1], 0.5, 0.5, 0.5), (found[2], 0.0, 0.0, 0.0)]
    {
        close(class.precision(), precision, "precision");
        close(class.recall(), recall, "recall");
        close(class.f1(), f1, "F1");
    }
}

#[test]
fn top_k_follows_the_ranking_given() {
    let rows = [(2, vec![0, 1, 2]), (1, vec![1, 0, 2]), (9, vec![0, 1, 2]), (4, vec![])];
    for (k, expected) in [(0, 0.0), (1, 0.25), (2, 0.25), (3, 0.5), (9, 0.5)] {
        close(top_k_accuracy(&rows, k), expected, &format!("k = {k}"));
    }
    close(top_k_accuracy::<Vec<usize>>(&[], 3), 0.0, "nothing");
}

#[test]
fn calibration_error_by_hand() {
    type Row = (&'static str, &'static [(f32, bool)], f64);
    let rows: &[Row] = &[
        ("nothing", &[], 0.0),
        ("sure and right", &[(1.0, true), (1.0, true)], 0.0),
        ("sure and wrong", &[(1.0, false)], 1.0),
        ("never right at 0", &[(0.0, false)], 0.0),
        ("half right at a half", &[(0.5, true), (0.5, false)], 0.0),
        // one bin, (0.8, 0.866..]: mean 0.83, share right 0.5
        ("one bin", &[(0.82, true), (0.84, false)], 0.33),
        // two bins: 2/3 * |0.5 - 0.91| + 1/3 * |1 - 0.31|
        ("two bins", &[(0.90, true), (0.92, false), (0.31, true)], 2.0 / 3.0 * 0.41 + 0.69 / 3.0),
        // 3/15 closes the third bin, so these do not share one: |0 - 0.2| and |1 - 0.21| over two rows
        ("upper edge", &[(0.2, false), (0.21, true)], (0.2 + 0.79) / 2.0),
        ("no probabilities", &[(f32::NAN, false), (-1.0, false)], 0.0),
    ];
    for (name, judged, expected) in rows {
        close(calibration_error(judged), *expected, name);
    }
    for m in 1..=BINS {
        let edge = m as f32 / BINS as f32;
        close(calibration_error(&[(edge, true)]), 1.0 - f64::from(edge), "edge");
    }
}

#[test]
fn coverage_counts_ties_as_reached() {
    let judged = [(0.9, true), (0.7, true), (0.7, false), (0.2, false)];
    for (threshold, share, precision) in
        [(0.0, 1.0, Some(0.5)), (0.7, 0.75, Some(2.0 / 3.0)), (0.71, 0.25, Some(1.0)), (0.95, 0.0, None)]
    {
        let found = coverage(&judged, threshold);
        close(found.coverage, share, "coverage");
        assert_eq!(found.precision.is_some(), precision.is_some());
        close(found.precision.unwrap_or(0.0), precision.unwrap_or(0.0), "precision");
    }
    assert_eq!(coverage(&[], 0.5).precision, None);
}

#[test]
fn confusions_run_from_frequent_to_rare_then_by_index() {
    let pairs = [(3, 1), (0, 2), (0, 1), (0, 1), (1, 1), (3, 1), (2, 0)];
    assert_eq!(confusions(&pairs), [(0, 1, 2), (3, 1, 2), (0, 2, 1), (2, 0, 1)]);
    assert_eq!(confusions(&[(1, 1)]), []);
}

proptest! {
    #[test]
    fn every_measure_is_a_share(rows in prop::collection::vec((0_usize..5, 0_usize..5, 0.0_f32..=1.0), 0..60)) {
        let pairs: Vec<_> = rows.iter().map(|&(gold, decided, _)| (gold, decided)).collect();
        let judged: Vec<_> = rows.iter().map(|&(gold, decided, p)| (p, gold == decided)).collect();
        let at = coverage(&judged, 0.5);
        let mut shares = vec![accuracy(&pairs), macro_f1(&pairs), calibration_error(&judged), at.coverage];
        shares.extend(at.precision);
        for class in class_scores(&pairs) {
            shares.extend([class.precision(), class.recall(), class.f1()]);
            prop_assert!(class.hits <= class.support.min(class.predicted));
        }
        prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");

        let wrong: usize = confusions(&pairs).iter().map(|c| c.2).sum();
        let right = (accuracy(&pairs) * pairs.len() as f64).round() as usize;
        prop_assert_eq!(wrong + right, pairs.len());
        prop_assert_eq!(coverage(&judged, 0.0).coverage > 0.0, !rows.is_empty());
    }

    #[test]
    fn top_k_never_falls_with_k(rows in prop::collection::vec((0_usize..5, prop::collection::vec(0_usize..5, 0..5)), 0..40)) {
        let shares: Vec<f64> = (0..6).map(|k| top_k_accuracy(&rows, k)).collect();
        prop_assert!(shares.windows(2).all(|two| two[0] <= two[1]), "{shares:?}");
    }

    #[test]
    fn order_of_rows_does_not_matter(mut pairs in prop::collection::vec((0_usize..4, 0_usize..4), 0..40)) {
        let before = (class_scores(&pairs), confusions(&pairs));
        pairs.reverse();
        prop_assert_eq!(before, (class_scores(&pairs), confusions(&pairs)));
    }
}

/// A tally of an ordered head over rows `source, origin, gold, first suggestion, its probability`.
fn tally(rows: &[(&str, Option<&str>, &str, &str, f32)]) -> HeadEvaluation {
    let mut tally = HeadTally::new("urgency", true, 0.6, ["rendah", "sedang", "darurat"]);
    for &(source, by, gold, label, probability) in rows {
        let suggestions = vec![Suggestion { label, name: "", probability }];
        let predicted = HeadPrediction { head: "urgency", suggestions, sure: false };
        tally.add(Case { source, origin: Origin::of(by), gold, predicted: &predicted });
    }
    tally.finish()
}

const ROWS: &[(&str, Option<&str>, &str, &str, f32)] = &[
    ("a", Some("annotated"), "darurat", "darurat", 0.9),
    ("a", Some("native"), "darurat", "sedang", 0.5),
    ("b", None, "sedang", "darurat", 0.7),
    ("b", Some("annotated"), "sedang", "sedang", 0.6),
    ("b", Some("annotated"), "entah", "rendah", 0.4),
];

#[test]
fn a_report_splits_by_source_and_origin() {
    let found = tally(ROWS);
    close(found.overall.accuracy, 0.4, "accuracy");
    close(found.overall.coverage, 0.6, "coverage");
    close(found.overall.precision.unwrap(), 2.0 / 3.0, "precision");
    let groups: Vec<_> = found.by_source.iter().map(|(name, s)| (name.as_str(), s.rows)).collect();
    assert_eq!(groups, [("a", 2), ("b", 3)]);
    let origins: Vec<_> = found.by_origin.iter().map(|(origin, s)| (origin.name(), s.rows)).collect();
    assert_eq!(origins, [("annotated", 4), ("native", 1)]);
    assert_eq!(found.unknown, ["entah"]);
    let darurat = found.overall.top_label.unwrap();
    assert_eq!((darurat.label.as_str(), darurat.hits, darurat.support, darurat.predicted), ("darurat", 1, 2, 2));
    assert_eq!(found.by_origin[&Origin::Native].top_label.as_ref().unwrap().predicted, 0);
}

#[test]
fn a_head_without_rows_or_suggestions_has_no_nan() {
    let empty = tally(&[]);
    assert_eq!((empty.overall.rows, empty.overall.precision), (0, None));
    let mut silent = HeadTally::new("x", false, 0.5, ["a"]);
    let predicted = HeadPrediction { head: "x", suggestions: vec![], sure: false };
    silent.add(Case { source: "-", origin: Origin::Native, gold: "a", predicted: &predicted });
    let silent = silent.finish();
    close(silent.overall.accuracy, 0.0, "accuracy");
    assert_eq!(silent.confusions[0].decided, "(none)");
    let evaluation = Evaluation { rows: 0, needs_review: 0, heads: vec![empty, silent] };
    let shown = format!("{evaluation}{}", serde_json::to_string(&evaluation).unwrap());
    assert!(!shown.contains("NaN"), "{shown}");
}

#[test]
fn the_report_reads_as_tables() {
    let shown = Evaluation { rows: 5, needs_review: 2, heads: vec![tally(ROWS)] }.to_string();
    let expected = "\
5 rows, of which 2 (40.0 %) would go to a person

## urgency (threshold 0.600)

rows of    rows  accuracy  top-3  macro-F1    ECE  coverage  precision
all           5     0.400  0.400     0.250  0.420     0.600      0.667
annotated     4     0.500  0.500     0.333  0.400     0.750      0.667
native        1     0.000  0.000     0.000  0.500     0.000          -
source a      2     0.500  0.500     0.333  0.300     0.500      1.000
source b      3     0.333  0.333     0.167  0.500     0.667      0.500

darurat    recall  precision  found  of  false alarms
all         0.500      0.500      1   2             1
annotated   1.000      0.500      1   1             1
native      0.000      0.000      0   1             0
source a    0.500      1.000      1   2             0
source b    0.000      0.000      0   0             1

label    precision  recall     F1  support  predicted
rendah       0.000   0.000  0.000        0          1
sedang       0.500   0.500  0.500        2          2
darurat      0.500   0.500  0.500        2          2
entah        0.000   0.000  0.000        1          0

most confused: right  decided  rows
sedang                darurat     1
darurat               sedang      1
entah                 rendah      1

labels the model does not have, counted as wrong: entah
";
    assert_eq!(shown, expected);
}

#[test]
fn tables_bear_missing_cells() {
    let cells = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    assert_eq!(table(&[]), "");
    assert_eq!(table(&[cells(&["a", "b"]), cells(&["é"]), cells(&["x", "10"])]), "a   b\né\nx  10\n");
}

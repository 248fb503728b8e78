//! The figures of a head against values computed by hand.

use pilah::eval::{
    About, Case, Figures, GroupKind, HeadFigures, HeadTally, LearningCurve, LearningScore, LearningStep, Mark, Origin,
    Passage, Subject,
};
use pilah::{HeadPrediction, Suggestion};

/// A text that a page must survive.
pub(super) const HOSTILE: &str = "<script>alert('x')</script> & \"lampu\" \u{202e}mati";

type Row = (&'static str, &'static str, f32, Option<&'static str>, usize);

/// Right label, decided label, probability, date, characters.
const ROWS: [Row; 7] = [
    ("darurat", "darurat", 0.9, Some("2024-01-31"), 40),
    ("darurat", "rendah", 0.8, Some("2024-02-01"), 60),
    ("rendah", "darurat", 0.95, None, 60),
    ("sedang", "rendah", 0.6, Some("2024-02-28"), 900),
    ("sedang", "rendah", 0.7, Some("entah"), 900),
    ("sedang", "sedang", 0.5, Some("2024-02-28"), 51),
    ("asing", "sedang", 0.4, None, 100),
];

fn passage(row: usize, head: &str) -> Option<Passage> {
    let marks = vec![Mark { start: 31, end: 36, weight: 1.0 }];
    Some(Passage { text: format!("{HOSTILE} {head} {row}"), marks, rule: (row == 1).then(|| "padam".to_owned()) })
}

fn tally(rows: &[Row]) -> HeadTally {
    let mut tally = HeadTally::new("urgency", true, 0.6, ["rendah", "sedang", "darurat"]);
    for (row, &(gold, label, probability, date, chars)) in rows.iter().enumerate() {
        let suggestion = |label, probability| Suggestion { label, name: "", probability };
        let suggestions = vec![suggestion(label, probability), suggestion("sedang", 1.0 - probability)];
        let predicted = HeadPrediction { head: "urgency", suggestions, sure: false };
        let id = format!("baris-{row}");
        let about = About { row, id: &id, date, chars };
        tally.add_with(Case { source: "kota", origin: Origin::Annotated, gold, predicted: &predicted }, about);
    }
    tally
}

/// The figures of [`ROWS`].
pub(super) fn head() -> HeadFigures {
    tally(&ROWS).figures(1, &passage)
}

/// A whole report on [`ROWS`].
pub(super) fn figures() -> Figures {
    let about = Subject {
        model: "uji".to_owned(),
        fingerprint: "0a1b2c3d".to_owned(),
        data: vec!["aduan.jsonl".to_owned()],
        split: vec!["test".to_owned()],
        by: None,
        texts: true,
        seed: 1,
        resamples: 1000,
    };
    let silent = HeadTally::new("jenis", false, 0.5, ["a"]).figures(1, &|_, _| None);
    Figures { about, rows: 7, needs_review: 3, heads: vec![head(), silent], learning_curve: Some(learning_curve()) }
}

fn learning_curve() -> LearningCurve {
    let score = |labels, accuracy, macro_f1| LearningScore { head: "urgency".to_owned(), labels, accuracy, macro_f1 };
    let step = |share, rows, score| LearningStep { share, rows, heads: vec![score] };
    LearningCurve {
        artefact: "kecil".to_owned(),
        steps: vec![step(0.5, 51, score(48, 0.7, 0.61)), step(1.0, 102, score(97, 0.734, 0.655))],
    }
}

#[test]
fn the_matrix_counts_every_row() {
    let head = head();
    let labels: Vec<&str> = head.scores.classes.iter().map(|class| class.label.as_str()).collect();
    assert_eq!(labels, ["rendah", "sedang", "darurat", "asing"]);
    assert_eq!(head.matrix, [[0, 0, 1, 0], [2, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0]]);
    let counts: Vec<_> = head.confused_texts.iter().map(|c| (c.gold.as_str(), c.decided.as_str(), c.rows)).collect();
    let expected: Vec<_> =
        head.scores.confusions.iter().map(|c| (c.gold.as_str(), c.decided.as_str(), c.rows)).collect();
    assert_eq!(counts, expected);
    assert_eq!(counts[0], ("sedang", "rendah", 2));
    let ids: Vec<&str> = head.confused_texts[0].mistakes.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids, ["baris-4", "baris-3"], "the surest first");
}

#[test]
fn mistakes_are_ranked() {
    let head = head();
    let ids = |mistakes: &[pilah::eval::Mistake]| mistakes.iter().map(|m| m.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&head.worst), ["baris-2", "baris-1", "baris-4", "baris-3", "baris-6"]);
    assert_eq!(ids(&head.furthest), ["baris-1", "baris-2"], "too low before too high; unknown labels have no place");
    assert_eq!(head.furthest[0].passage.as_ref().unwrap().rule.as_deref(), Some("padam"));
}

#[test]
fn a_confusion_shows_five_texts_and_counts_all() {
    let head = tally(&[("sedang", "rendah", 0.6, None, 9); 8]).figures(1, &passage);
    assert_eq!((head.confused_texts[0].rows, head.confused_texts[0].mistakes.len()), (8, 5));
    assert!(tally(&ROWS).figures(1, &|_, _| None).worst.iter().all(|mistake| mistake.passage.is_none()));
}

#[test]
fn groups_by_month_and_length() {
    let head = head();
    let of = |kind| -> Vec<(String, usize)> {
        head.groups.iter().filter(|g| g.kind == kind).map(|g| (g.name.clone(), g.scores.rows)).collect()
    };
    let named = |rows: &[(&str, usize)]| rows.iter().map(|(n, r)| ((*n).to_owned(), *r)).collect::<Vec<_>>();
    assert_eq!(of(GroupKind::Month), named(&[("2024-01", 1), ("2024-02", 3), ("without date", 3)]));
    assert_eq!(of(GroupKind::Length), named(&[("0-50", 1), ("51-100", 4), ("801 or more", 2)]));
    assert_eq!(of(GroupKind::Source), named(&[("kota", 7)]));
    let undated = tally(&ROWS[2..3]).figures(1, &passage);
    assert!(undated.groups.iter().all(|group| group.kind != GroupKind::Month));
}

#[test]
fn intervals_hold_their_figures() {
    let rows: Vec<Row> = (0..280).map(|at| ROWS[at % 7]).collect();
    let head = tally(&rows).figures(1, &|_, _| None);
    let (all, within) = (&head.scores.overall, head.intervals);
    let top = all.top_label.as_ref().unwrap();
    for (value, interval, what) in [
        (all.accuracy, within.accuracy, "accuracy"),
        (all.top3, within.top3, "top-3"),
        (all.macro_f1, within.macro_f1, "macro-F1"),
        (all.coverage, within.coverage, "coverage"),
        (all.precision.unwrap(), within.precision, "precision"),
        (top.recall, within.top_recall, "recall of the top"),
        (top.precision, within.top_precision, "precision of the top"),
    ] {
        let interval = interval.unwrap();
        assert!(interval.low <= value && value <= interval.high && interval.high - interval.low < 0.25, "{what}");
    }
    for (class, interval) in head.scores.classes.iter().zip(&head.f1_intervals) {
        let interval = interval.unwrap();
        assert!(interval.low <= class.f1 && class.f1 <= interval.high, "{}", class.label);
    }
    for group in &head.groups {
        let interval = group.accuracy.unwrap();
        assert!(interval.low <= group.scores.accuracy && group.scores.accuracy <= interval.high, "{}", group.name);
    }
    assert_eq!(head, tally(&rows).figures(1, &|_, _| None));
}

#[test]
fn a_head_without_rows_has_no_figures() {
    let empty = figures().heads.remove(1);
    assert_eq!(empty.intervals, pilah::eval::ScoreIntervals::default());
    assert!(empty.matrix.is_empty() && empty.curve.is_empty() && empty.groups.is_empty());
    assert!(!serde_json::to_string(&figures()).unwrap().contains("NaN"));
}

#[test]
fn the_outlook_is_the_last_doubling() {
    let curve = learning_curve();
    let outlook = curve.outlook("urgency").unwrap();
    let said = "From 48 to 97 labels, accuracy changed by +3.4 points and macro-F1 by +4.5. Twice as many";
    assert!(outlook.starts_with(said), "{outlook}");
    assert_eq!(curve.outlook("tidak-ada"), None);
    let mut flat = curve.clone();
    flat.steps[1].heads[0] = LearningScore { labels: 97, ..flat.steps[0].heads[0].clone() };
    assert!(flat.outlook("urgency").unwrap().contains("next to nothing"));
}

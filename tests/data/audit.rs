//! What the audit says of rows, splits and labels.

use crate::{audit_of, collect, findings, folder, line, recipe};
use pilah::train::audit::{Audit, LEAST_ROWS, Severity};
use std::path::Path;

fn word(n: usize) -> String {
    format!("kata{n}x")
}

/// `count` reports of `unit` with words of their own.
fn rows(from: usize, count: usize, split: &str, unit: &str) -> Vec<String> {
    let text = |n: usize| (0..6).map(|w| word(n * 6 + w)).collect::<Vec<_>>().join(" ");
    (from..from + count).map(|n| line(n, split, &text(n), unit)).collect()
}

fn with_labels(lines: &[String], labels: &str) -> Audit {
    let folder = folder(&[("a.jsonl", lines.join("\n").as_bytes()), ("l.toml", labels.as_bytes())]);
    let mut recipe = recipe(&["unit"]);
    recipe.head[0].labels = Some("l.toml".into());
    collect(&recipe, folder.path(), &["a.jsonl"], &[]).unwrap().audit(&recipe, LEAST_ROWS)
}

const LABELS: &str = "label = [{ id = \"pu\", name = \"Pekerjaan umum\" }, { id = \"air\", name = \"Air\" }, { id = \"pln\", name = \"PLN\" }]";

#[test]
fn good_data_has_no_findings() {
    let audit =
        audit_of(&[rows(0, 20, "train", "pu"), rows(20, 20, "train", "air"), rows(40, 9, "dev", "pu")].concat());
    assert_eq!((audit.findings.as_slice(), audit.errors()), (&[][..], 0));
    assert!(audit.to_string().contains("Nothing was found"), "{audit}");
}

#[test]
fn labels_are_counted_and_weighed() {
    let lines = [
        rows(0, 30, "train", "pu"),
        rows(30, 10, "train", "air"),
        rows(40, 2, "dev", "air"),
        rows(42, 3, "test", "pu"),
    ];
    let audit = audit_of(&lines.concat());
    assert_eq!((audit.train, audit.dev, audit.test), (40, 2, 3));
    let head = &audit.heads[0];
    let found: Vec<_> = head.labels.iter().map(|l| (l.label.as_str(), l.train, l.dev, l.test)).collect();
    assert_eq!(found, [("air", 10, 2, 0), ("pu", 30, 0, 3)]);
    // (mean count / count) ^ 0.3.
    let expected = [(0.25, 2f32.powi(3).sqrt().sqrt().sqrt()), (0.75, 0.8855)];
    for (label, (prior, weight)) in head.labels.iter().zip(expected) {
        assert!((label.prior - prior).abs() < 1e-4, "{label:?}");
        assert!((label.weight - weight).abs() < 0.07, "{label:?}");
    }
    assert_eq!((head.labelled, head.unlabelled), (45, 0));
}

#[test]
fn every_unknown_label_is_told() {
    let lines = [
        rows(0, 20, "train", "pu"),
        rows(20, 3, "train", "Pekerjaan Umum"),
        rows(23, 1, "dev", "airr"),
        rows(24, 1, "test", "hutan"),
        rows(25, 12, "train", "air"),
    ];
    let audit = with_labels(&lines.concat(), LABELS);
    let found: Vec<_> = audit.unknown.iter().map(|u| (u.label.as_str(), u.places.rows, u.meant.as_deref())).collect();
    assert_eq!(found, [("Pekerjaan Umum", 3, Some("pu")), ("airr", 1, Some("air"))]);
    assert_eq!(audit.unknown[0].places.first[0], "a.jsonl:21 (report 20)");
    assert_eq!((audit.unknown_in_test.len(), audit.errors()), (1, 1));
    let (severity, message) = findings(&audit, "unknown-labels")[0];
    assert_eq!(severity, Severity::Error);
    assert!(message.contains("\"airr\": once, first at a.jsonl:24 (report 23); did you mean \"air\"?"), "{message}");
    assert_eq!(findings(&audit, "labels-without-rows")[0].1, "head `unit`: labels of its file without a row: pln (0)");
}

/// Kind of finding, how much it matters, and what it says, for rows that differ from good ones.
#[test]
fn findings_say_what_to_do() {
    let good = [rows(0, 20, "train", "pu"), rows(20, 20, "dev", "pu")].concat();
    let with = |lines: &[String]| audit_of(&[good.clone(), lines.to_vec()].concat());
    let (error, warning, note) = (Severity::Error, Severity::Warning, Severity::Note);
    let cases: [(Audit, &str, Severity, &str); 9] = [
        (audit_of(&rows(0, 20, "dev", "pu")), "no-data", error, "no row of split"),
        (audit_of(&rows(0, 20, "train", "pu")), "no-dev", warning, "--split-share"),
        (audit_of(&rows(0, 300, "train", "pu")), "held-out", note, "--split-share 0"),
        (with(&rows(90, 3, "train", "air")), "rare-labels", warning, "fewer than 10 rows to learn from: air (3)"),
        (with(&rows(90, 3, "dev", "air")), "labels-never-learnt", warning, "air (0)"),
        (with(&rows(90, 3, "validation", "pu")), "splits", warning, "3 rows of split \"validation\""),
        (
            with(&[line(90, "train", " ", "pu"), line(91, "train", "123 ?", "pu")]),
            "left-out",
            note,
            "1 empty, 1 without",
        ),
        (with(&[line(7, "train", "lain sama sekali", "pu")]), "ids", warning, "1 rows (a.jsonl:41)"),
        (
            with(&[line(90, "train", &"kata0x kata1x kata2x kata3x kata4x kata5x".to_uppercase(), "air")]),
            "contradictions",
            warning,
            "a.jsonl:1 pu / a.jsonl:41 air",
        ),
    ];
    for (audit, kind, severity, message) in cases {
        let found = findings(&audit, kind);
        assert!(
            found.len() == 1 && found[0].0 == severity && found[0].1.contains(message),
            "{kind}: {found:?}\n{audit}"
        );
    }
}

#[test]
fn overlap_is_told_with_places() {
    let long = "lampu jalan di depan pasar lama mati total sudah seminggu warga resah gelap sekali";
    let audit = audit_of(&[
        line(1, "train", long, "pu"),
        line(2, "dev", &long.to_uppercase(), "pu"),
        line(3, "test", &format!("{long} min"), "pu"),
        line(4, "test", "lampu jalan mati", "pu"),
    ]);
    let found: Vec<_> = audit.overlaps.iter().map(|o| (o.exact, o.near, o.examples[0].clone())).collect();
    let pair = |a: &str, b: &str| (format!("a.jsonl:{a}"), format!("a.jsonl:{b}"));
    assert_eq!(found, [(1, 0, pair("2", "1")), (0, 1, pair("3", "1")), (0, 1, pair("3", "2"))]);
    assert_eq!(findings(&audit, "overlap").iter().filter(|(_, m)| m.contains("--drop-overlap")).count(), 2);
}

/// A form letter that hundreds sent: not every pair is compared, but no copy stays unseen.
#[test]
fn overlap_is_told_of_hundreds_of_near_copies() {
    let long = "lampu jalan di depan pasar lama mati total sudah seminggu warga resah gelap sekali tiap malam";
    let copies =
        (0..300).map(|n| line(n, if n < 200 { "train" } else { "test" }, &format!("{long} {}", word(n)), "pu"));
    let lines: Vec<String> = copies.chain(rows(300, 20, "train", "air")).collect();
    let audit = audit_of(&lines);
    assert_eq!(audit.overlaps.iter().map(|o| (o.exact, o.near)).collect::<Vec<_>>(), [(0, 100)]);
    let folder = folder(&[("a.jsonl", lines.join("\n").as_bytes())]);
    let mut recipe = recipe(&["unit"]);
    (recipe.drop_overlap, recipe.split_share) = (true, Some(0.0));
    let audit = collect(&recipe, folder.path(), &["a.jsonl"], &[]).unwrap().audit(&recipe, LEAST_ROWS);
    assert_eq!((audit.train, audit.overlaps.len()), (20, 0), "{audit}");
}

#[test]
fn few_reports_a_feature_are_a_matter_of_privacy() {
    let lines = rows(0, 20, "train", "pu").join("\n");
    for (min_reports, expected) in [(1, 1), (2, 1), (3, 0)] {
        let folder = folder(&[("a.jsonl", lines.as_bytes())]);
        let mut recipe = recipe(&["unit"]);
        recipe.features.min_reports = min_reports;
        let audit = collect(&recipe, folder.path(), &["a.jsonl"], &[]).unwrap().audit(&recipe, LEAST_ROWS);
        assert_eq!(findings(&audit, "privacy").len(), expected, "{min_reports}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_audit() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut recipe = recipe(&["agency", "category"]);
    recipe.split_share = Some(0.2);
    let told = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let audit = collect(&recipe, &base, &["seed.jsonl"], &[]).unwrap().audit(&recipe, LEAST_ROWS);
            serde_json::to_string(&audit).unwrap() + &audit.to_string()
        })
    });
    assert_eq!(told[0], told[1]);
}

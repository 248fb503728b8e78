//! Phrases that give a label away are found, and what a report is about is none.

use crate::{audit_of, findings, line};
use pilah::train::audit::{Audit, Place, Severity};

/// `count` reports of `unit`, `before` and `after` words of their own.
fn rows(from: usize, count: usize, unit: &str, text: impl Fn(&str) -> String) -> Vec<String> {
    let own = |n: usize| (0..5).map(|w| format!("kata{}x", n * 5 + w)).collect::<Vec<_>>().join(" ");
    (from..from + count).map(|n| line(n, "train", &text(&own(n)), unit)).collect()
}

fn plain(own: &str) -> String {
    own.to_owned()
}

fn leaks(audit: &Audit) -> Vec<(Place, &str, &str, usize)> {
    audit.leaks[0].leaks.iter().map(|leak| (leak.place, leak.phrase.as_str(), leak.label.as_str(), leak.rows)).collect()
}

/// How the reports of one unit are written, how many of them there are beside 60 of two others, its label, and the leaks
/// expected.
type Case<'c> = (&'c dyn Fn(&str) -> String, usize, &'c str, &'c [(Place, &'c str, &'c str, usize)]);

#[test]
fn phrases_that_tell_a_label_are_found() {
    let saluted = |own: &str| format!("Kepada Yth. Bapak Kepala Dinas Drainase, {own}");
    let opened = |own: &str| format!("[Aduan Air] {own}");
    let topic = |own: &str| {
        if own.trim_end_matches('x').ends_with(['0', '2', '4', '6', '8']) {
            format!("bocor {own}")
        } else {
            format!("{own} bocor")
        }
    };
    let named = |own: &str| format!("{own} dinas air bersih {own}");
    let some = |own: &str| format!("Yth. Admin {own}");
    let cases: [Case<'_>; 6] = [
        (
            &saluted,
            25,
            "drainase",
            &[(Place::Salutation, "kepala", "drainase", 25), (Place::LabelName, "drainase", "drainase", 25)],
        ),
        (&saluted, 19, "drainase", &[]),
        (&opened, 25, "xyz", &[(Place::Opening, "aduan", "xyz", 25)]),
        (&topic, 25, "xyz", &[]),
        (&named, 25, "dinas-air-bersih", &[(Place::LabelName, "dinas air bersih", "dinas-air-bersih", 25)]),
        (&some, 25, "xyz", &[(Place::Salutation, "admin", "xyz", 25)]),
    ];
    for (text, count, unit, expected) in cases {
        let audit =
            audit_of(&[rows(0, 30, "pu", plain), rows(30, 30, "pln", plain), rows(60, count, unit, text)].concat());
        assert_eq!(leaks(&audit), expected, "{audit}");
        assert_eq!(audit.leaks[0].affected, if expected.is_empty() { 0 } else { count });
    }
}

#[test]
fn a_phrase_of_several_labels_is_no_leak() {
    let saluted = |own: &str| format!("Yth. Dinas terkait {own}");
    let audit = audit_of(&[rows(0, 30, "pu", saluted), rows(30, 30, "air", saluted)].concat());
    assert_eq!((leaks(&audit), audit.leaks[0].addressed), (vec![], 60));
    let [(Severity::Note, message)] = findings(&audit, "addresses")[..] else { panic!("{audit}") };
    assert!(message.contains("60 rows (100.0 %) address an office"), "{message}");
}

#[test]
fn a_label_of_nearly_all_rows_needs_no_phrase() {
    let opened = |own: &str| format!("Halo {own}");
    let audit = audit_of(&[rows(0, 60, "pu", opened), rows(60, 2, "air", plain)].concat());
    assert_eq!(leaks(&audit), []);
}

#[test]
fn leaks_are_warned_of_and_names_noted() {
    let saluted = |own: &str| format!("Yth. Dinas Drainase {own}");
    let audit = audit_of(&[rows(0, 30, "pu", plain), rows(30, 30, "drainase", saluted)].concat());
    assert_eq!(audit.leaks[0].named, 30);
    for (kind, severity) in [("leaks", Severity::Warning), ("label-names", Severity::Note)] {
        let found = findings(&audit, kind);
        assert!(found.len() == 1 && found[0].0 == severity && found[0].1.contains("`unit`"), "{found:?}");
    }
    assert!(audit.to_string().contains("after Yth./Kepada  \"dinas\" -> drainase  30  100 %"), "{audit}");
}

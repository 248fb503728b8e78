//! Models with different label sets, and labels that only the data has.

use crate::{Row, compared, is};
use pilah::eval::compare::Told;

const OLD: [&str; 3] = ["a", "lama", "z"];
const NEW: [&str; 4] = ["a", "baru", "z", "puncak"];

const ROWS: [Row; 8] = [
    ("a", ("a", 0.9), ("a", 0.9)),
    ("a", ("lama", 0.9), ("a", 0.9)),
    ("z", ("z", 0.9), ("baru", 0.9)),
    ("lama", ("lama", 0.9), ("baru", 0.9)),
    ("lama", ("a", 0.9), ("baru", 0.9)),
    ("lama", ("lama", 0.9), ("z", 0.9)),
    ("baru", ("z", 0.9), ("baru", 0.9)),
    ("entah", ("a", 0.9), ("z", 0.9)),
];

#[test]
fn labels_of_one_model_are_told_apart() {
    let found = compared(&OLD, &NEW, &ROWS, 5);
    // Rows 0, 1, 2 and 7: known to both, or to neither.
    assert_eq!(found.rows, 4);
    is(&found.accuracy, 0.5, 0.5, "accuracy");
    let told = |label: &str, rows| Told { label: label.to_owned(), rows };
    let apart: Vec<_> =
        found.unshared.iter().map(|u| (u.label.as_str(), u.in_old, u.rows, u.hits, u.other.clone())).collect();
    assert_eq!(
        apart,
        [
            ("lama", true, 3, 2, vec![told("baru", 2), told("z", 1)]),
            ("baru", false, 1, 1, vec![told("z", 1)]),
            ("puncak", false, 0, 0, vec![]),
        ]
    );
    assert_eq!((found.strays.old, found.strays.new), (1, 1));
    assert_eq!(found.unknown, [told("entah", 1)]);
    assert!(found.top_label.is_none(), "z is not the last label of both");
}

#[test]
fn macro_f1_is_over_the_same_labels_for_both() {
    let found = compared(&OLD, &NEW, &ROWS, 5);
    // a, z and the unknown one, though OLD decided "lama" and NEW "baru" somewhere.
    // OLD: a 2*1/(2+2), z 2*1/(1+1), entah 0. NEW: a 2*2/(2+2), z 0 of 1+1, entah 0.
    is(&found.macro_f1, 1.5 / 3.0, 1.0 / 3.0, "macro-F1");
    let shown: Vec<(&str, usize)> = found.classes.iter().map(|c| (c.label.as_str(), c.support)).collect();
    assert_eq!(shown, [("z", 1), ("lama", 0), ("baru", 0), ("entah", 1), ("a", 2)]);
}

#[test]
fn the_order_of_equal_label_sets_does_not_count() {
    let rows = &ROWS[..1];
    let swapped = compared(&["z", "a"], &["a", "z"], rows, 0);
    is(&swapped.accuracy, 1.0, 1.0, "accuracy");
    assert!(swapped.unshared.is_empty());
}

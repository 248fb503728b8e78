//! Curves and thresholds against values computed by hand.

use super::close;
use pilah::eval::metrics::{calibration_error, coverage};
use pilah::eval::threshold::{PRECISIONS, curve, reliability, targets};
use proptest::prelude::*;

/// From the top right, right, wrong, right: precision 1, 1, 2/3, 3/4.
const FOUR: [(f32, bool); 4] = [(0.5, true), (0.9, true), (0.6, false), (0.8, true)];

#[test]
fn a_curve_runs_from_the_surest_to_all() {
    let found: Vec<_> = curve(&FOUR).iter().map(|p| (p.threshold, p.coverage, p.precision)).collect();
    assert_eq!(found, [(0.9, 0.25, 1.0), (0.8, 0.5, 1.0), (0.6, 0.75, 2.0 / 3.0), (0.5, 1.0, 0.75)]);
    assert_eq!(curve(&[]), []);
    let tie = curve(&[(0.5, true), (0.5, false)]);
    assert_eq!((tie.len(), tie[0].coverage, tie[0].precision), (1, 1.0, 0.5), "equals are not parted");
}

#[test]
fn targets_are_the_lowest_thresholds() {
    for (rows, expected) in [
        (&FOUR[..], [Some(0.8); 4]),
        (&[(0.9, false)], [None; 4]),
        (&[(0.9, true), (0.3, true)], [Some(0.3); 4]),
        (&[], [None; 4]),
    ] {
        let found = targets(rows);
        assert_eq!(found.iter().map(|t| t.wanted).collect::<Vec<_>>(), PRECISIONS);
        assert_eq!(found.iter().map(|t| t.point.map(|p| p.threshold)).collect::<Vec<_>>(), expected, "{rows:?}");
    }
    // 19 of 20 right, then one wrong: 0.9 and 0.95 are reached further down than 0.97.
    let mut rows: Vec<(f32, bool)> = (0..19).map(|at| (0.99 - 0.01 * at as f32, true)).collect();
    rows.push((0.5, false));
    let lowest: Vec<bool> = targets(&rows).iter().map(|t| t.point.is_some_and(|p| p.threshold < 0.6)).collect();
    assert_eq!(lowest, [true, true, false, false]);
}

#[test]
fn bins_hold_what_they_say() {
    let found = reliability(&[(0.82, true), (0.84, false), (1.0, true), (f32::NAN, false)]);
    let rows: Vec<_> = found.iter().map(|bin| (bin.rows, bin.right)).collect();
    assert_eq!(rows, [(1, 0.0), (2, 0.5), (1, 1.0)]);
    close(found[1].mean_probability, 0.83, "mean");
    close(found[1].above, 0.8, "edge");
}

proptest! {
    #[test]
    fn curves_agree_with_the_measures(rows in prop::collection::vec((0.0_f32..=1.0, any::<bool>()), 1..200)) {
        let points = curve(&rows);
        for pair in points.windows(2) {
            prop_assert!(pair[0].threshold > pair[1].threshold && pair[0].coverage < pair[1].coverage);
        }
        prop_assert!(points.len() <= 50 && (points.last().unwrap().coverage - 1.0).abs() < 1e-9);
        for point in points.into_iter().chain(targets(&rows).into_iter().filter_map(|target| target.point)) {
            let at = coverage(&rows, point.threshold);
            prop_assert!((at.coverage - point.coverage).abs() < 1e-9);
            prop_assert!((at.precision.unwrap() - point.precision).abs() < 1e-9);
        }
        let bins = reliability(&rows);
        let weighed = bins.iter().map(|bin| bin.rows as f64 * (bin.right - bin.mean_probability).abs());
        prop_assert!((weighed.sum::<f64>() / rows.len() as f64 - calibration_error(&rows)).abs() < 1e-6);
    }
}

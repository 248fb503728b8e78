//! Intervals hold the true value as often as they say, and are the same every time.

use pilah::eval::bootstrap::{Interval, intervals};

fn mean_of(values: &[f64]) -> impl Fn(&[u32]) -> Vec<f64> {
    |rows| vec![rows.iter().map(|&row| values[row as usize]).sum::<f64>() / rows.len() as f64]
}

/// Coins of a known bias, from a small generator of its own.
fn coins(seed: u64, n: usize, bias: f64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..20).for_each(|_| _ = next());
    (0..n).map(|_| f64::from(u8::from(next() < bias))).collect()
}

#[test]
fn nineteen_of_twenty_intervals_hold_the_truth() {
    let bias = 0.8;
    let holds = |seed: &u64| {
        let values = coins(*seed, 200, bias);
        let found = intervals(values.len(), 400, *seed, mean_of(&values))[0];
        found.low <= bias && bias <= found.high
    };
    let held = (1..=300).filter(holds).count();
    // 285 expected, standard deviation 3.8; the percentile bootstrap of a share is known to be a little narrow.
    assert!((267..=297).contains(&held), "{held} of 300");
}

#[test]
fn the_width_is_that_of_theory() {
    let values = coins(3, 2000, 0.8);
    let share = values.iter().sum::<f64>() / 2000.0;
    let found = intervals(values.len(), 1000, 1, mean_of(&values))[0];
    let normal = 1.96 * (share * (1.0 - share) / 2000.0).sqrt();
    assert!(((found.high - found.low) / (2.0 * normal) - 1.0).abs() < 0.1, "{found:?}, expected {share} +- {normal}");
}

#[test]
fn same_seed_same_interval() {
    let values = coins(5, 80, 0.5);
    let of = |seed| intervals(values.len(), 200, seed, mean_of(&values));
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn paired_differences_are_tighter_than_unpaired() {
    let old = coins(7, 500, 0.7);
    // The new model is right wherever the old one is, and on each tenth row besides.
    let new: Vec<f64> = old.iter().enumerate().map(|(at, &right)| if at % 10 == 0 { 1.0 } else { right }).collect();
    let (of_old, of_new) = (mean_of(&old), mean_of(&new));
    let all = intervals(old.len(), 500, 1, |rows| {
        let (old, new) = (of_old(rows)[0], of_new(rows)[0]);
        vec![old, new, new - old]
    });
    let width = |interval: Interval| interval.high - interval.low;
    assert!(width(all[2]) < 0.75 * width(all[0]), "{all:?}");
    assert!(all[2].low > 0.0, "never worse: {all:?}");
}

#[test]
fn there_is_no_interval_of_nothing() {
    assert!(intervals(0, 10, 1, |_| vec![f64::NAN])[0].low.is_nan());
    assert_eq!(intervals(5, 0, 1, |_| vec![1.0]), []);
    let sometimes = intervals(3, 200, 1, |rows| vec![if rows[0] == 0 { f64::NAN } else { 2.0 }]);
    assert_eq!(sometimes, [Interval { low: 2.0, high: 2.0 }]);
}

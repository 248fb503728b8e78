//! Small charts as inline SVG.
//!
//! Lengths across are percentages and letters are pixels: a chart fits any width, and its letters never shrink. What is
//! drawn is also said in words beside it or in its title.

mod bars;
mod columns;

pub(super) use bars::{Bar, bars};
pub(super) use columns::{Column, columns};

use maud::{Markup, html};

/// The least share of a chart that something other than nothing takes: it must be seen beside the biggest.
const LEAST: f64 = 0.7;

/// What the two parts of a bar or column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// Reports that need someone within hours, of all reports.
    Urgent,
    /// Reports, of all messages.
    Reports,
}

impl Parts {
    /// The classes of the part and of what is left of the whole.
    fn classes(self) -> (&'static str, &'static str) {
        match self {
            Self::Urgent => ("hatched", "solid"),
            Self::Reports => ("solid", "pale"),
        }
    }
}

/// Returns what the colours and patterns of a chart mean.
pub(super) fn legend(parts: Parts) -> Markup {
    let (part, rest) = parts.classes();
    let (part_name, rest_name) = match parts {
        Parts::Urgent => ("perlu ditangani dalam hitungan jam", "laporan lain"),
        Parts::Reports => ("laporan", "pesan lain"),
    };
    html! {
        p.legend {
            span { (swatch(part)) (part_name) }
            span { (swatch(rest)) (rest_name) }
        }
    }
}

fn swatch(class: &str) -> Markup {
    html! {
        svg.swatch width="14" height="14" aria-hidden="true" { rect class=(class) x="1" y="1" width="12" height="12" {} }
    }
}

/// Returns the pattern that [`Parts::Urgent`] is filled with, once for a page. Black-and-white printing keeps it.
pub(super) fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" {
            defs {
                pattern #hatch width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.hatch-ground width="5" height="5" {}
                    rect.hatch-line width="3" height="5" {}
                }
            }
        }
    }
}

/// Returns `value` as a share of `top`, 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "a length on a screen")]
fn ratio(value: u64, top: u64) -> f64 {
    if top == 0 { 0.0 } else { (value as f64 / top as f64).min(1.0) }
}

/// Returns `value` as a percentage of `top` that is seen where `value` is not zero.
fn percent(value: u64, top: u64) -> f64 {
    if value == 0 { 0.0 } else { (ratio(value, top) * 100.0).max(LEAST) }
}

/// Returns the numbers on an axis up to `most`, from zero: round ones, five at most.
fn ticks(most: u64) -> Vec<u64> {
    let mut step = 1_u64;
    // 1, 2, 5, 10, 20, 50: each from the one before.
    for grow in [(2, 1), (5, 2), (2, 1)].into_iter().cycle() {
        if most.div_ceil(step) <= 4 {
            break;
        }
        step = step.saturating_mul(grow.0) / grow.1;
    }
    (0..=most.div_ceil(step).max(1)).map(|at| at.saturating_mul(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        for (most, expected) in [
            (0, &[0, 1][..]),
            (1, &[0, 1]),
            (4, &[0, 1, 2, 3, 4]),
            (5, &[0, 2, 4, 6]),
            (17, &[0, 5, 10, 15, 20]),
            (340, &[0, 100, 200, 300, 400]),
            (100_000, &[0, 50_000, 100_000]),
        ] {
            assert_eq!(ticks(most), expected, "{most}");
        }
        assert_eq!(ticks(u64::MAX).last(), Some(&u64::MAX));
    }

    #[test]
    fn what_is_there_is_seen() {
        for (value, top, expected) in [(0, 9, 0.0), (1, 100_000, LEAST), (50, 100, 50.0), (9, 3, 100.0), (0, 0, 0.0)] {
            assert!((percent(value, top) - expected).abs() < 1e-9, "{value} of {top}");
        }
    }
}

//! Columns over time.

use super::{Parts, legend, ratio, ticks};
use crate::triage::report::indonesian::{number, tenths};
use maud::{Markup, html};

/// Where the columns stand, from the top of the picture.
const GROUND: f64 = 160.0;
/// The height of the highest.
const HEIGHT: f64 = 150.0;
/// Columns of a few days do not become walls.
const WIDEST: f64 = 10.0;
/// Fewer columns than this are labelled at both ends only.
const MIDDLE: usize = 9;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Column {
    /// What it stands for, in full.
    pub(in super::super) name: String,
    /// The same for the axis.
    pub(in super::super) short: String,
    /// Its height.
    pub(in super::super) whole: u64,
    /// The part at its foot.
    pub(in super::super) part: u64,
}

/// Returns the columns beside each other; `title` says what they show and `description` what there is to see.
pub(in super::super) fn columns(columns: &[Column], title: &str, description: &str) -> Markup {
    let ticks = ticks(columns.iter().map(|column| column.whole).max().unwrap_or_default());
    let top = ticks.last().copied().unwrap_or(1);
    html! {
        figure.chart {
            (legend(Parts::Reports))
            svg.columns width="100%" height="184" role="img" aria-label=(format!("{title}. {description}")) {
                title { (title) }
                desc { (description) }
                @for tick in ticks { (grid_line(tick, top)) }
                @for (at, column) in columns.iter().enumerate() { (drawn(column, at, columns.len(), top)) }
                (axis(columns))
            }
        }
    }
}

fn grid_line(tick: u64, top: u64) -> Markup {
    let y = format!("{:.1}", GROUND - ratio(tick, top) * HEIGHT);
    html! {
        line class=(if tick == 0 { "axis" } else { "grid" }) x1="0" x2="100%" y1=(y) y2=(y) {}
        text.tick x="-6" y=(y) dy="4" text-anchor="end" { (on_axis(tick)) }
    }
}

#[allow(clippy::cast_precision_loss, reason = "at most a few dozen columns")]
fn drawn(column: &Column, at: usize, of: usize, top: u64) -> Markup {
    let slot = 100.0 / of as f64;
    let width = (slot * 0.78).min(WIDEST);
    let x = format!("{:.3}%", slot * (at as f64 + 0.5) - width / 2.0);
    let width = format!("{width:.3}%");
    // One message is seen beside a hundred thousand.
    let height = |value: u64| if value == 0 { 0.0 } else { (ratio(value, top) * HEIGHT).max(1.5) };
    let whole = height(column.whole);
    let part = height(column.part.min(column.whole)).min(whole);
    let y = |height: f64| format!("{:.1}", GROUND - height);
    html! {
        @if whole > 0.0 {
            g {
                title { (column.name) ": " (number(column.whole)) " pesan, " (number(column.part)) " laporan" }
                @if whole > part {
                    rect.pale x=(x) y=(y(whole)) width=(width) height=(format!("{:.1}", whole - part)) {}
                }
                @if part > 0.0 { rect.solid x=(x) y=(y(part)) width=(width) height=(format!("{part:.1}")) {} }
            }
        }
    }
}

/// A round number as short as an axis needs it: `50 rb` for 50.000.
fn on_axis(tick: u64) -> String {
    match tick {
        ..10_000 => number(tick),
        10_000..1_000_000 => format!("{} rb", number(tick / 1000)),
        _ if tick.is_multiple_of(1_000_000) => format!("{} jt", number(tick / 1_000_000)),
        _ => format!("{} jt", tenths(tick / 100_000)),
    }
}

/// The names of the first, the middle and the last column, as far as they have room.
#[allow(clippy::cast_precision_loss, reason = "at most a few dozen columns")]
fn axis(columns: &[Column]) -> Markup {
    let at = columns.len() / 2;
    let middle = columns.get(at).filter(|_| columns.len() >= MIDDLE);
    let middle_x = format!("{:.2}%", 100.0 * (at as f64 + 0.5) / columns.len() as f64);
    let label = |column: &Column, x: &str, anchor: &str| {
        html! { text.tick x=(x) y="178" text-anchor=(anchor) { (column.short) } }
    };
    match columns {
        [] => html! {},
        [only] => label(only, "50%", "middle"),
        [first, .., last] => html! {
            (label(first, "0", "start"))
            @if let Some(middle) = middle { (label(middle, &middle_x, "middle")) }
            (label(last, "100%", "end"))
        },
    }
}

#[cfg(test)]
mod tests {
    use super::on_axis;

    #[test]
    fn an_axis_has_short_numbers() {
        for (tick, expected) in [
            (0, "0"),
            (5_000, "5.000"),
            (50_000, "50 rb"),
            (500_000, "500 rb"),
            (1_500_000, "1,5 jt"),
            (2_000_000, "2 jt"),
        ] {
            assert_eq!(on_axis(tick), expected);
        }
    }
}

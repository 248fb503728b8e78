//! A list with a bar a line: names wrap as names do, and a printed page may end between any two.

use super::{Parts, legend, percent};
use crate::triage::report::indonesian::number;
use maud::{Markup, html};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Bar {
    /// Its name.
    pub(in super::super) name: String,
    /// The length of the bar.
    pub(in super::super) whole: u64,
    /// The marked part of it.
    pub(in super::super) part: u64,
    /// The number at its end.
    pub(in super::super) value: String,
    /// What else there is to say, in small letters.
    pub(in super::super) aside: String,
}

/// Returns the bars under each other, drawn to one scale.
pub(in super::super) fn bars(bars: &[Bar], parts: Parts) -> Markup {
    let top = bars.iter().map(|bar| bar.whole).max().unwrap_or_default();
    let marked = bars.iter().any(|bar| bar.part > 0);
    html! {
        figure.chart {
            @if marked { (legend(parts)) }
            ol.bars {
                @for bar in bars {
                    li {
                        span.name { bdi { (bar.name) } (asides(bar, parts)) }
                        span.value { (bar.value) }
                        (drawn(bar, top, parts))
                    }
                }
            }
        }
    }
}

/// What stands in small letters behind a name.
fn asides(bar: &Bar, parts: Parts) -> Markup {
    html! {
        @if parts == Parts::Urgent && bar.part > 0 { " " small.alarm { (number(bar.part)) " segera" } }
        @if !bar.aside.is_empty() { " " small { (bar.aside) } }
    }
}

/// One bar on its axis.
fn drawn(bar: &Bar, top: u64, parts: Parts) -> Markup {
    let (part_class, rest_class) = parts.classes();
    let whole = percent(bar.whole, top);
    let part = percent(bar.part.min(bar.whole), top).min(whole);
    let said = format!("{}: {}", bar.name, bar.value);
    html! {
        svg.bar width="100%" height="16" role="img" aria-label=(said) {
            title { (said) @if !bar.aside.is_empty() { " (" (bar.aside) ")" } }
            @if whole > part {
                rect class=(rest_class) x=(length(part)) y="2" width=(length(whole - part)) height="12" {}
            }
            @if part > 0.0 { rect class=(part_class) x="0" y="2" width=(length(part)) height="12" {} }
            line.axis x1="0" y1="0" x2="0" y2="16" {}
        }
    }
}

fn length(percent: f64) -> String {
    format!("{percent:.2}%")
}

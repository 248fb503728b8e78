//! What the probabilities are worth, and where to put the threshold.

use super::numbers::{SPACE, count, counted, dash, percent};
use super::plot::{Plot, floor};
use crate::eval::HeadFigures;
use crate::eval::threshold::{Bin, Point};
use maud::{Markup, html};

/// Returns coverage against precision with the threshold marked, and what other thresholds would cost.
pub(super) fn coverage(head: &HeadFigures) -> Markup {
    let all = &head.scores.overall;
    let words = format!(
        "At the threshold {:.3} this head is sure of {} of the rows, and right in {} of them. A person is also asked where another head is unsure, a text is too short or no report.",
        head.scores.threshold,
        percent(all.coverage),
        all.precision.map_or_else(dash, percent)
    );
    html! {
        div {
            h3 { "Where to put the threshold" }
            p { (words) }
            (coverage_plot(head, &words))
            (targets(head))
            details { summary { "All points of the line" } (points(&head.curve)) }
        }
    }
}

fn coverage_plot(head: &HeadFigures, words: &str) -> Markup {
    let all = &head.scores.overall;
    let plot = Plot {
        description: format!("Coverage against precision. {words}"),
        low: floor(head.curve.iter().map(|point| point.precision)),
        x_marks: quarters(),
        x_name: "rows that this head is sure of; upwards: right of these",
    };
    let line: Vec<(f64, f64)> = head.curve.iter().map(|point| (point.coverage, point.precision)).collect();
    html! {
        figure { (plot.draw(&html! {
            (plot.line(&line, "curve"))
            @if let Some(precision) = all.precision { (plot.dot((all.coverage, precision.max(plot.low)), 6.0, "now", words)) }
        })) }
    }
}

fn targets(head: &HeadFigures) -> Markup {
    html! {
        table {
            thead { tr { th { "To be right in" } @for name in ["threshold", "sure", "not sure"] { th.number { (name) } } } }
            tbody { @for target in &head.targets {
                tr {
                    th scope="row" { (format!("{:.0}{SPACE}%", 100.0 * target.wanted)) " of the automatic answers" }
                    @if let Some(point) = &target.point {
                        td.number { (format!("{:.3}", point.threshold)) }
                        td.number { (percent(point.coverage)) }
                        td.number { (percent(1.0 - point.coverage)) }
                    } @else { td.number colspan="3" { "no threshold does" } }
                }
            } }
        }
        p.quiet { small { "The lowest threshold that reaches it on these very rows: choose it on dev, and see here what it gives." } }
    }
}

fn points(curve: &[Point]) -> Markup {
    html! {
        table.sortable {
            thead { tr { @for name in ["threshold", "answered", "right of these"] { th.number { (name) } } } }
            tbody { @for point in curve {
                tr {
                    td.number { (format!("{:.3}", point.threshold)) }
                    td.number { (percent(point.coverage)) }
                    td.number { (percent(point.precision)) }
                }
            } }
        }
    }
}

/// Returns the reliability diagram.
pub(super) fn reliability(head: &HeadFigures) -> Markup {
    let words = reliability_words(head);
    let plot = Plot {
        description: format!("Probability against the share that is right. {words}"),
        low: 0.0,
        x_marks: quarters(),
        x_name: "probability told; upwards: share that is right",
    };
    let most = head.reliability.iter().map(|bin| bin.rows).max().unwrap_or(1);
    html! {
        div {
            h3 { "Are the probabilities right?" }
            p { (words) }
            figure { (plot.draw(&html! {
                (plot.line(&[(0.0, 0.0), (1.0, 1.0)], "ideal"))
                @for bin in &head.reliability {
                    (plot.dot((bin.mean_probability, bin.right), radius(bin.rows, most), "bin", &said(bin)))
                }
            })) }
            p.quiet { small { "On the line, the model is right as often as it says; under it, it is too sure. The larger a dot, the more rows." } }
            (bins(&head.reliability))
        }
    }
}

/// The area of a dot grows with its rows.
fn radius(rows: usize, most: usize) -> f64 {
    (10.0 * (rows as f64 / most as f64).sqrt()).max(2.5)
}

fn said(bin: &Bin) -> String {
    let rows = counted(bin.rows, "row");
    format!("of {rows} told {}, {} are right", percent(bin.mean_probability), percent(bin.right))
}

fn reliability_words(head: &HeadFigures) -> String {
    let off = |bin: &&Bin| bin.rows as f64 * (bin.mean_probability - bin.right).abs();
    let error = percent(head.scores.overall.calibration_error);
    let first = format!("Probabilities are off by {error} on average.");
    match head.reliability.iter().max_by(|a, b| off(a).total_cmp(&off(b))) {
        Some(bin) if head.scores.overall.calibration_error > 0.0 => {
            format!("{first} What weighs most: {}.", said(bin))
        }
        _ => first,
    }
}

fn bins(bins: &[Bin]) -> Markup {
    html! {
        details {
            summary { "All dots" }
            table.sortable {
                thead { tr { @for name in ["from", "to", "rows", "told", "right"] { th.number { (name) } } } }
                tbody { @for bin in bins {
                    tr {
                        @for edge in [bin.above, bin.to] { td.number { (format!("{edge:.3}")) } }
                        td.number { (count(bin.rows)) }
                        @for share in [bin.mean_probability, bin.right] { td.number { (percent(share)) } }
                    }
                } }
            }
        }
    }
}

fn quarters() -> Vec<(f64, String)> {
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, format!("{:.0}{SPACE}%", 100.0 * share))).to_vec()
}

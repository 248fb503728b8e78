//! A head's scores: of all rows, and of groups of them.

use super::numbers::{count, counted, dash, percent, percents, range};
use super::plot::whisker;
use super::top::top_label;
use crate::eval::{Group, GroupKind, HeadFigures};
use maud::{Markup, html};

/// Rows from which a group's figures say something.
const ENOUGH: usize = 30;
/// Groups of a table that is open from the start.
const MANY: usize = 24;

/// Returns the scores of all rows with their intervals.
pub(super) fn table(head: &HeadFigures) -> Markup {
    html! {
        table.summary {
            thead { tr { th { "measure" } th.number { "value" } th.number { "95" "\u{a0}" "% interval" } } }
            tbody {
                @for (name, meaning, value, interval) in lines(head) {
                    tr { th scope="row" { (name) " " small { (meaning) } } td.number { strong { (value) } } td.number { (interval) } }
                }
            }
        }
        @if let Some(top) = &head.scores.overall.top_label { p { (top_label(top)) } }
        @if !head.scores.unknown.is_empty() {
            p { "Labels of the data that the model does not have, counted as wrong: " (head.scores.unknown.join(", ")) "." }
        }
    }
}

type Line = (String, &'static str, String, String);

fn lines(head: &HeadFigures) -> Vec<Line> {
    let (all, within) = (&head.scores.overall, &head.intervals);
    let line = |name: &str, meaning, value, interval| (name.to_owned(), meaning, value, interval);
    let answered = format!("answered at {:.3}", head.scores.threshold);
    let precision = all.precision.map_or_else(dash, percent);
    let mut lines = vec![
        line("rows", "with a label for this head", count(all.rows), String::new()),
        line("accuracy", "first answer right", percent(all.accuracy), percents(within.accuracy)),
        line("top-3", "right label among the first three", percent(all.top3), percents(within.top3)),
        line("macro-F1", "mean over the classes, rare ones alike", f1(all.macro_f1), range(within.macro_f1)),
        line(
            "calibration error",
            "how far probabilities are off",
            percent(all.calibration_error),
            percents(within.calibration_error),
        ),
        line(
            &answered,
            "coverage: the share that reaches the threshold",
            percent(all.coverage),
            percents(within.coverage),
        ),
        line("right of those", "precision at the threshold", precision, percents(within.precision)),
    ];
    if let Some(top) = &all.top_label {
        let named = |what: &str| format!("{what} of {}", top.label);
        lines.push((named("recall"), "found of those there are", percent(top.recall), percents(within.top_recall)));
        lines.push((
            named("precision"),
            "right of those called so",
            percent(top.precision),
            percents(within.top_precision),
        ));
    }
    lines
}

fn f1(value: f64) -> String {
    format!("{value:.3}")
}

/// Returns the scores by source, month, length and who labelled; of what does not differ there is no table.
pub(super) fn groups(head: &HeadFigures) -> Markup {
    html! {
        h3 { "Where it is good and where it is not" }
        p.quiet {
            "The line is the 95" "\u{a0}" "% interval of the accuracy, the dot the accuracy. Groups of fewer than " (ENOUGH)
            " rows are pale: their figures say little."
        }
        @for kind in GroupKind::ALL {
            @let groups: Vec<&Group> = head.groups.iter().filter(|group| group.kind == kind).collect();
            @if let [only] = groups[..] { p { "Only one " (kind.title()) ": " (only.name) "." } }
            @if groups.len() > 1 {
                details open[groups.len() <= MANY] {
                    summary { "By " (kind.title()) ": " (counted(groups.len(), "group")) }
                    (group_table(kind, &groups))
                }
            }
        }
    }
}

fn group_table(kind: GroupKind, groups: &[&Group]) -> Markup {
    html! {
        div.wide { table.sortable {
            thead { tr {
                th { (kind.title()) }
                @for name in ["rows", "accuracy", "interval"] { th.number { (name) } }
                th.fixed.drawn { span.unseen { "drawn" } }
                @for name in ["top-3", "macro-F1", "cal. error", "coverage", "precision"] { th.number { (name) } }
            } }
            tbody { @for group in groups { (group_row(group)) } }
        } }
    }
}

fn group_row(group: &Group) -> Markup {
    let scores = &group.scores;
    html! {
        tr.pale[scores.rows < ENOUGH] {
            th scope="row" { bdi { (group.name) } }
            td.number { (count(scores.rows)) }
            td.number { (percent(scores.accuracy)) }
            td.number { (percents(group.accuracy)) }
            td.drawn { (whisker(scores.accuracy, group.accuracy)) }
            td.number { (percent(scores.top3)) }
            td.number { (f1(scores.macro_f1)) }
            td.number { (percent(scores.calibration_error)) }
            td.number { (percent(scores.coverage)) }
            td.number { (scores.precision.map_or_else(dash, percent)) }
        }
    }
}

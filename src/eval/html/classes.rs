//! Precision, recall and F1 of every class.

use super::numbers::{count, percent, range};
use super::plot::whisker;
use crate::eval::HeadFigures;
use maud::{Markup, html};

/// Returns the table of the classes, the weakest first.
pub(super) fn table(head: &HeadFigures) -> Markup {
    let mut classes: Vec<_> = head.scores.classes.iter().zip(&head.f1_intervals).collect();
    classes.sort_by(|a, b| a.0.f1.total_cmp(&b.0.f1));
    html! {
        h3 { "Classes" }
        p.quiet { "The weakest first. Support: rows of which it is the right label. Decided: rows for which the model says so." }
        div.wide { table.sortable {
            thead { tr {
                th { "class" }
                @for name in ["precision", "recall", "F1", "interval"] { th.number { (name) } }
                th.fixed.drawn { span.unseen { "drawn" } }
                @for name in ["support", "decided", "right"] { th.number { (name) } }
            } }
            tbody {
                @for (class, interval) in classes {
                    tr {
                        th scope="row" { (class.label) }
                        td.number { (percent(class.precision)) }
                        td.number { (percent(class.recall)) }
                        td.number { (format!("{:.3}", class.f1)) }
                        td.number { (range(*interval)) }
                        td.drawn { (whisker(class.f1, *interval)) }
                        td.number { (count(class.support)) }
                        td.number { (count(class.predicted)) }
                        td.number { (count(class.hits)) }
                    }
                }
            }
        } }
    }
}

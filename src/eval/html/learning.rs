//! What more labels bring.

use super::numbers::{count, percent};
use super::plot::{Plot, floor};
use crate::eval::{LearningCurve, LearningScore};
use maud::{Markup, html};

/// Returns the section on the learning curve.
pub(super) fn section(curve: &LearningCurve) -> Markup {
    let heads: Vec<&str> =
        curve.steps.last().map_or_else(Vec::new, |step| step.heads.iter().map(|score| score.head.as_str()).collect());
    html! {
        section id="learning-curve" {
            h2 { "What more labels bring" }
            p.quiet {
                "The recipe's artefact " (curve.artefact) ", trained on growing parts of the same rows and judged on the rows of \
                 this page. It is not the model judged above, so the figures differ a little."
            }
            div.beside { @for head in heads { (one(curve, head)) } }
        }
    }
}

fn one(curve: &LearningCurve, head: &str) -> Markup {
    let scores = curve.of(head);
    let outlook = curve.outlook(head);
    html! {
        div {
            h3 { (head) }
            @if let Some(outlook) = &outlook { p { (outlook) } }
            (plot(&scores, outlook.as_deref().unwrap_or_default()))
            (table(curve, &scores))
        }
    }
}

fn plot(scores: &[&LearningScore], outlook: &str) -> Markup {
    let place = |at: usize| if scores.len() > 1 { at as f64 / (scores.len() - 1) as f64 } else { 0.5 };
    let plot = Plot {
        description: format!("Accuracy and macro-F1 by labels. {outlook}"),
        low: floor(scores.iter().map(|score| score.accuracy.min(score.macro_f1))),
        x_marks: scores.iter().enumerate().map(|(at, score)| (place(at), count(score.labels))).collect(),
        x_name: "labels learnt from",
    };
    let series = |of: fn(&LearningScore) -> f64| -> Vec<(f64, f64)> {
        scores.iter().enumerate().map(|(at, score)| (place(at), of(score))).collect()
    };
    let lines = [("accuracy", series(|score| score.accuracy)), ("macro-f1", series(|score| score.macro_f1))];
    html! {
        p.legend {
            span { svg width="28" height="12" aria-hidden="true" { line.accuracy x1="0" x2="28" y1="6" y2="6" {} } "accuracy" }
            span { svg width="28" height="12" aria-hidden="true" { line.macro-f1 x1="0" x2="28" y1="6" y2="6" {} } "macro-F1" }
        }
        figure { (plot.draw(&html! {
            @for (class, points) in &lines {
                (plot.line(points, class))
                @for &point in points { (plot.dot(point, 4.0, "dot", &format!("{:.3}", point.1))) }
            }
        })) }
    }
}

fn table(curve: &LearningCurve, scores: &[&LearningScore]) -> Markup {
    html! {
        table {
            thead { tr { @for name in ["of the rows", "rows", "labels", "accuracy", "macro-F1"] { th.number { (name) } } } }
            tbody { @for (step, score) in curve.steps.iter().zip(scores) {
                tr {
                    td.number { (percent(step.share)) }
                    td.number { (count(step.rows)) }
                    td.number { (count(score.labels)) }
                    td.number { (percent(score.accuracy)) }
                    td.number { (format!("{:.3}", score.macro_f1)) }
                }
            } }
        }
    }
}

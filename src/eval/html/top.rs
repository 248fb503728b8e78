//! What was judged, how to read it, and what a boss needs.

use super::anchor;
use super::numbers::{count, counted, percent, percents};
use crate::eval::{Figures, HeadFigures, LabelScores};
use maud::{Markup, html};

/// Classes named as the weakest.
const WEAKEST: usize = 3;
/// Rows of a class from which its F1 says something.
const ENOUGH: usize = 10;

/// Returns the page's title.
pub(super) fn title(figures: &Figures) -> String {
    format!("Evaluation of {} on {}", figures.about.model, counted(figures.rows, "report").replace('\u{a0}', " "))
}

/// Returns the top of the page.
pub(super) fn header(figures: &Figures) -> Markup {
    let judged = figures.heads.iter().filter(|head| head.scores.overall.rows > 0);
    html! {
        header {
            p.over { "pilah evaluate" }
            h1 { (title(figures)) }
            (caution(figures.about.texts))
            dl.about { (about(figures)) }
            h2 { "In short" }
            ul.short {
                @for head in judged { li { (in_short(head)) } }
                li { (to_a_person(figures)) }
            }
            h2 { "How to read it" }
            p {
                "Every figure compares the model's first answer with the label that people gave. The range beside a figure \
                 is its 95" "\u{a0}" "% interval: measured on other reports of the same kind, the figure would likely lie in \
                 there, so smaller differences may be chance."
            }
            nav { (links(figures)) }
        }
    }
}

/// Returns the foot of the page.
pub(super) fn footer(figures: &Figures) -> Markup {
    html! {
        footer {
            p.quiet {
                "Intervals: percentile bootstrap over the rows, " (count(figures.about.resamples)) " resamples, seed "
                (figures.about.seed) ". Macro-F1 is the mean F1 of the labels that occur in the rows or in the answers. \
                 Calibration error: 15 bins of equal width; its interval lies a little \
                 high, since chance adds to it in each bin. Texts shown were chosen by probability, not at random."
            }
        }
    }
}

fn caution(texts: bool) -> Markup {
    html! {
        p.caution {
            @if texts {
                strong { "Not for publication." } " This page contains texts of citizens' reports. Keep it where the reports are kept."
            } @else {
                "Texts of reports are left out of this page; the ids tell where to find them."
            }
        }
    }
}

fn about(figures: &Figures) -> Markup {
    let about = &figures.about;
    let split = if about.split.is_empty() { "all".to_owned() } else { about.split.join(", ") };
    let by = about.by.map_or("anyone", crate::eval::Origin::name);
    let line = |name: &str, value: &str| html! { div { dt { (name) } dd { (value) } } };
    html! {
        (line("Model", &format!("{} ({})", about.model, about.fingerprint)))
        (line("Data", &about.data.join(", ")))
        (line("Split", &split))
        (line("Labels by", by))
        (line("Rows", &count(figures.rows)))
    }
}

fn links(figures: &Figures) -> Markup {
    html! {
        ul.links {
            @for (at, head) in figures.heads.iter().enumerate() { li { a href={"#" (anchor(at))} { (head.scores.head) } } }
            @if figures.learning_curve.is_some() { li { a href="#learning-curve" { "learning curve" } } }
        }
    }
}

/// What a boss needs to know of a head.
fn in_short(head: &HeadFigures) -> Markup {
    let all = &head.scores.overall;
    html! {
        strong { (head.scores.head) } " is right in " strong { (percent(all.accuracy)) } " ("
        (percents(head.intervals.accuracy)) ") of " (counted(all.rows, "report"))
        ", and the right label is among the first three in " (percent(all.top3)) "."
        @if let Some(top) = &all.top_label { " " (top_label(top)) }
        @let weakest = weakest(&head.scores.classes);
        @if !weakest.is_empty() {
            " The weakest classes are "
            @for (at, class) in weakest.iter().enumerate() {
                (between(at, weakest.len())) (class.label) " (F1 " (format!("{:.2}", class.f1)) ", " (counted(class.support, "report")) ")"
            }
            "."
        }
    }
}

/// Returns the sentence on an ordered head's last label, the one that must not be missed.
pub(super) fn top_label(top: &LabelScores) -> String {
    let mistaken = top.predicted - top.hits;
    let others = if mistaken == 1 { "other" } else { "others" };
    let reports = counted(top.support, "report");
    format!(
        "Of {reports} labelled {} it found {}; it called {} {others} so by mistake.",
        top.label,
        count(top.hits),
        count(mistaken)
    )
}

fn to_a_person(figures: &Figures) -> String {
    let share = figures.needs_review as f64 / figures.rows.max(1) as f64;
    format!(
        "Of {}, {} ({}) would go to a person: too short, no report, or a head that is not sure.",
        counted(figures.rows, "report"),
        count(figures.needs_review),
        percent(share)
    )
}

/// The classes of the lowest F1 among those with rows enough to tell.
fn weakest(classes: &[LabelScores]) -> Vec<&LabelScores> {
    let mut known: Vec<&LabelScores> = classes.iter().filter(|class| class.support >= ENOUGH).collect();
    known.sort_by(|a, b| a.f1.total_cmp(&b.f1));
    known.truncate(WEAKEST.min(known.len().saturating_sub(1)));
    known
}

/// What stands before the item `at` of a list in a sentence.
fn between(at: usize, of: usize) -> &'static str {
    match at {
        0 => "",
        at if at + 1 == of => " and ",
        _ => ", ",
    }
}

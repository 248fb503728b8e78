//! Wrong answers with their texts.

use super::numbers::percent;
use crate::eval::{HeadFigures, Mistake, Passage};
use maud::{Markup, html};

/// Returns the worst mistakes, and for an ordered head the furthest.
pub(super) fn lists(head: &HeadFigures) -> Markup {
    html! {
        h3 { "The worst mistakes" }
        @if head.worst.is_empty() { p { "There are none." } }
        @else {
            p.quiet { "Wrong, and the most sure of it. Marked are the words that spoke for the answer, the stronger the more." }
            (list(&head.worst))
        }
        @if !head.furthest.is_empty() {
            h3 { "The furthest mistakes" }
            p.quiet { "Two steps or more from the right label; too low before too high." }
            (list(&head.furthest))
        }
    }
}

/// Returns the mistakes as a list.
pub(super) fn list(mistakes: &[Mistake]) -> Markup {
    html! { ol.mistakes { @for mistake in mistakes { li { (card(mistake)) } } } }
}

fn card(mistake: &Mistake) -> Markup {
    html! {
        p.verdict {
            strong { (mistake.decided) } " (" (percent(f64::from(mistake.probability))) ") instead of "
            strong { (mistake.gold) } " (" (percent(f64::from(mistake.gold_probability))) ")"
        }
        @if let Some(passage) = &mistake.passage {
            blockquote dir="auto" lang="id" { (marked(passage)) }
            @if let Some(rule) = &passage.rule { p.quiet { "Raised by the rule " code { (rule) } ", by the words marked." } }
        }
        p.quiet { small { bdi { (mistake.id) } @if mistake.source != "-" { ", " bdi { (mistake.source) } } } }
    }
}

/// The text with its words marked; marks that are not in it, or in one before, are passed over.
fn marked(passage: &Passage) -> Markup {
    let text = &passage.text;
    let mut marks = Vec::new();
    let mut from = 0;
    for mark in &passage.marks {
        if let (Some(before), Some(words)) = (text.get(from..mark.start), text.get(mark.start..mark.end)) {
            marks.push((before, words, mark.weight));
            from = mark.end;
        }
    }
    html! {
        @for (before, words, weight) in marks { (before) mark style=(format!("--w:{weight:.2}")) { (words) } }
        (&text[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Mark;

    #[test]
    fn marks_stand_in_the_text_or_nowhere() {
        let mark = |start, end| Mark { start, end, weight: 0.5 };
        for (marks, expected) in [
            (vec![], "jalan é <b>"),
            (vec![mark(0, 5)], "[jalan] é <b>"),
            (vec![mark(0, 5), mark(3, 8), mark(8, 10)], "[jalan] é[ <]b>"),
            (vec![mark(6, 7), mark(4, 99), mark(5, 2)], "jalan é <b>"),
        ] {
            let passage = Passage { text: "jalan é <b>".to_owned(), marks, rule: None };
            let shown = marked(&passage).into_string();
            let shown = shown.replace("<mark style=\"--w:0.50\">", "[").replace("</mark>", "]");
            assert_eq!(shown.replace("&lt;", "<").replace("&gt;", ">"), expected);
        }
    }
}

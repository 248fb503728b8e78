//! The page for people, in the order in which they need it.

mod cases;
mod change;
mod counts;
mod notes;
mod time;
mod top;
mod unread;

use super::{Facts, chart};
use crate::page::Document;
use maud::{Markup, html};

/// What this page's look adds.
const STYLE: &str = include_str!("page.css");

/// Returns the report as one HTML page in Indonesian that needs nothing else: for a telephone, a screen and A4 paper.
/// `previous` is what an earlier run found.
pub fn html(facts: &Facts, previous: Option<&Facts>) -> String {
    let body = html! {
        (chart::patterns())
        (top::header(facts))
        main { (sections(facts, previous)) }
        (notes::footer(facts))
    };
    Document { lang: "id", title: &top::title(facts), style: STYLE, script: None }.wrap(&body)
}

fn sections(facts: &Facts, previous: Option<&Facts>) -> Markup {
    html! {
        (cases::urgent(facts))
        (counts::offices(facts))
        (counts::categories(facts))
        div.beside { (counts::other_heads(facts)) (counts::channels(facts)) }
        (time::days(facts))
        (cases::biggest(facts))
        (unread::review(facts))
        (unread::sources(facts))
        @if let Some(previous) = previous { (change::changes(facts, previous)) }
    }
}

/// Returns a head's name for people; the four of the shipped model are known, a team's own stand as they are.
pub fn head_title(head: &str) -> &str {
    match head {
        "category" => "Kategori",
        "agency" => "Instansi",
        "urgency" => "Urgensi",
        "type" => "Jenis",
        other => other,
    }
}

//! A comparison as one page that needs nothing else.

use super::facts::Report;
use super::markup::{Block, is_number};
use super::render;
use crate::page::Document;
use maud::{Markup, html};

/// What this page's look adds.
const STYLE: &str = include_str!("page.css");

/// Returns the page; the verdict stands first.
pub(super) fn page(report: &Report) -> String {
    let title = format!("{} -> {}", report.old.name, report.new.name);
    let body = html! {
        header {
            p.over { "Comparison of two models" }
            h1 { (title) }
            p.verdict.failed[!report.verdict.passed] { "Verdict: " (report.verdict.text) }
        }
        main { @for block in &render::blocks(report) { (part(block)) } }
    };
    Document { lang: "en", title: &title, style: STYLE, script: None }.wrap(&body)
}

fn part(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Title(title) => section { h2 { (title) } },
            Block::Line(line) => p { (line) },
            Block::Table(rows) => (table(rows)),
            Block::Quote(about, text) => { p { (about) } blockquote lang="id" { (text) } },
        }
    }
}

fn table(rows: &[Vec<String>]) -> Markup {
    let (head, rest) = rows.split_at(rows.len().min(1));
    // A column's heading stands over its figures.
    let is_figures = |at: usize| rest.first().and_then(|row| row.get(at)).is_some_and(|cell| is_number(cell));
    html! {
        div.wide tabindex="0" {
            table {
                thead {
                    @for row in head {
                        tr { @for (at, cell) in row.iter().enumerate() { th.number[is_figures(at)] scope="col" { (cell) } } }
                    }
                }
                tbody {
                    @for row in rest { tr { @for cell in row { td.number[is_number(cell)] { (cell) } } } }
                }
            }
        }
    }
}

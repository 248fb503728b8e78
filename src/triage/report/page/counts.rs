//! Reports by office, category, urgency, type and whatever else a model tells; messages by channel.

use super::head_title;
use crate::triage::report::chart::{Bar, Parts, bars};
use crate::triage::report::indonesian::{number, share};
use crate::triage::report::{Count, Facts, HeadCount, LabelCount};
use maud::{Markup, html};

/// Offices that have a line of their own, and those with something urgent besides.
const OFFICES: usize = 15;
/// Categories, or labels of a head that is not known here, that have a line of their own.
const LABELS: usize = 12;

/// Returns who has how much to do.
pub(super) fn offices(facts: &Facts) -> Markup {
    let mut all: Vec<Bar> =
        facts.offices.iter().map(|office| counted(&office.name, office.reports, office.urgent)).collect();
    all.retain(|bar| bar.whole > 0);
    let shown = first(all, OFFICES, "instansi");
    let note = match facts.region {
        Some(_) => "Instansi yang disarankan menangani.",
        None => "Wilayah belum dipilih, jadi yang disebut adalah bidang urusan, bukan nama kantor.",
    };
    section("Instansi", note, &shown)
}

/// Returns what the reports are about.
pub(super) fn categories(facts: &Facts) -> Markup {
    let head = facts.heads.iter().find(|head| head.head == "category");
    html! { @if let Some(head) = head { (section("Kategori", "Pokok laporan.", &first(labels(head), LABELS, "kategori"))) } }
}

/// Returns a section for every other head: urgency, type, and those that only this model has.
pub(super) fn other_heads(facts: &Facts) -> Markup {
    // The offices say what the agencies say.
    let told = |head: &str| head == "category" || (head == "agency" && !facts.offices.is_empty());
    let known = ["urgency", "type"];
    let find = |name: &&str| facts.heads.iter().find(|head| head.head == **name);
    let others = facts.heads.iter().filter(|head| !told(&head.head) && !known.contains(&head.head.as_str()));
    html! { @for head in known.iter().filter_map(find).chain(others) { (one_head(head)) } }
}

fn one_head(head: &HeadCount) -> Markup {
    let title = head_title(&head.head);
    if head.head == "urgency" {
        // A scale is read in its order, the highest first; its zeros say something too.
        let scale: Vec<Bar> = head.labels.iter().rev().map(label).collect();
        let any = scale.iter().any(|bar| bar.whole > 0);
        return section(title, "Seberapa segera perlu ditangani.", if any { &scale } else { &[] });
    }
    let note = if head.head == "type" { "Yang diinginkan pengirim." } else { "" };
    section(title, note, &first(labels(head), LABELS, "lainnya"))
}

/// Returns where messages were written.
pub(super) fn channels(facts: &Facts) -> Markup {
    let bars: Vec<Bar> = facts
        .channels
        .iter()
        .map(|channel| Bar {
            name: channel.channel.name().to_owned(),
            whole: channel.messages,
            part: channel.reports,
            value: format!("{} pesan", number(channel.messages)),
            aside: format!("{} laporan", number(channel.reports)),
        })
        .collect();
    section_of("Kanal", "Tempat pesan ditulis.", &bars, Parts::Reports)
}

fn section(title: &str, note: &str, shown: &[Bar]) -> Markup {
    section_of(title, note, shown, Parts::Urgent)
}

fn section_of(title: &str, note: &str, shown: &[Bar], parts: Parts) -> Markup {
    html! {
        @if !shown.is_empty() {
            section {
                h2 { (title) }
                @if !note.is_empty() { p.quiet { (note) } }
                (bars(shown, parts))
            }
        }
    }
}

fn labels(head: &HeadCount) -> Vec<Bar> {
    head.labels.iter().filter(|label| label.reports.distinct > 0).map(label).collect()
}

fn label(label: &LabelCount) -> Bar {
    counted(&label.name, label.reports, 0)
}

/// A line with reports, those that say the same counted once; how many messages they are where that is more.
fn counted(name: &str, reports: Count, urgent: u64) -> Bar {
    let more = reports.all > reports.distinct;
    let aside = if more { format!("dari {} pesan", number(reports.all)) } else { String::new() };
    let value = number(reports.distinct);
    Bar { name: name.to_owned(), whole: reports.distinct, part: urgent, value, aside }
}

/// The longest `most` of `bars` and any with a marked part, longest first; the others as one line.
fn first(mut bars: Vec<Bar>, most: usize, kind: &str) -> Vec<Bar> {
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.whole));
    let all = bars.iter().fold(0_u64, |sum, bar| sum.saturating_add(bar.whole));
    // One line more instead of "1 other".
    let most = if bars.len() == most + 1 { most + 1 } else { most };
    let mut at = 0;
    let (mut shown, rest): (Vec<Bar>, Vec<Bar>) = bars.into_iter().partition(|bar| {
        at += 1;
        at <= most || bar.part > 0
    });
    if !rest.is_empty() {
        let whole = rest.iter().fold(0_u64, |sum, bar| sum.saturating_add(bar.whole));
        let name = format!("{} {kind} lain", number(rest.len() as u64));
        shown.push(Bar { name, whole, part: 0, value: number(whole), aside: share(whole, all) });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of bars as long as told, `u` for one with something urgent.
    fn check(bars: &[(u64, u64)], most: usize, expected: &[&str]) {
        let bar = |(at, (whole, part)): (usize, &(u64, u64))| Bar {
            name: format!("I{at}"),
            whole: *whole,
            part: *part,
            value: String::new(),
            aside: String::new(),
        };
        let shown = first(bars.iter().enumerate().map(bar).collect(), most, "instansi");
        let lines: Vec<String> = shown.iter().map(|bar| format!("{} {}", bar.name, bar.whole)).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn the_longest_and_the_urgent_are_shown() {
        check(&[], 2, &[]);
        check(&[(1, 0), (9, 0)], 2, &["I1 9", "I0 1"]);
        check(&[(1, 0), (9, 0), (1, 0)], 2, &["I1 9", "I0 1", "I2 1"]);
        check(&[(5, 0), (4, 0), (3, 0), (2, 0)], 2, &["I0 5", "I1 4", "2 instansi lain 5"]);
        check(&[(5, 0), (4, 0), (3, 0), (2, 1), (1, 0)], 2, &["I0 5", "I1 4", "I3 2", "2 instansi lain 4"]);
    }
}

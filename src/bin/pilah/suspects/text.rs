//! What `pilah suspects` shows to read.

use pilah::lab::{Findings, HeadFindings, LabelPair, Share, Suspect};
use pilah::read::masked;
use pilah::train::{Dataset, Example};
use std::fmt::Write;

/// Most pairs of labels that are shown of a head.
const PAIRS: usize = 15;
/// Characters of a text that are shown.
const SHOWN: usize = 400;

/// Returns the summary of each head.
pub(super) fn summary(found: &Findings) -> String {
    found.heads.iter().map(head).collect()
}

fn head(head: &HeadFindings) -> String {
    let wrong = f64::from(head.estimated_wrong);
    let mut text = format!(
        "{}: {} labelled rows, {} suspect; about {wrong:.0} ({}) wrong\n",
        head.head,
        head.rows,
        head.suspects,
        percent(wrong, head.rows),
    );
    shares(&mut text, "label given by", &head.by_labeller);
    shares(&mut text, "source", &head.by_source);
    pairs(&mut text, &head.pairs);
    text + "\n"
}

fn shares(text: &mut String, title: &str, shares: &[Share]) {
    let _ = writeln!(text, "\n  {title:24} {:>8} {:>9} {:>8}", "rows", "disagree", "suspect");
    for share in shares {
        let (disagree, suspect) =
            (percent(share.disagreeing as f64, share.rows), percent(share.suspects as f64, share.rows));
        let _ = writeln!(text, "  {:24} {:>8} {disagree:>9} {suspect:>8}", share.name, share.rows);
    }
}

fn pairs(text: &mut String, pairs: &[LabelPair]) {
    if pairs.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n  {:60} {:>8} {:>12}", "given -> likely", "suspect", "about wrong");
    for pair in &pairs[..PAIRS.min(pairs.len())] {
        let names = format!("{} -> {}", pair.given, pair.suggested);
        let _ = writeln!(text, "  {names:60} {:>8} {:>12.0}", pair.suspects, pair.estimated);
    }
    if pairs.len() > PAIRS {
        let _ = writeln!(text, "  and {} more pairs", pairs.len() - PAIRS);
    }
}

fn percent(part: f64, whole: usize) -> String {
    format!("{:.1} %", 100.0 * part / whole.max(1) as f64)
}

/// Returns the suspects one after the other.
pub(super) fn list(top: &[Suspect], data: &Dataset) -> String {
    top.iter().enumerate().map(|(at, suspect)| item(at + 1, suspect, data)).collect()
}

fn item(number: usize, suspect: &Suspect, data: &Dataset) -> String {
    let row = &data.train[suspect.row];
    let by = labeller(suspect, data).map_or_else(String::new, |by| format!(", given by {by}"));
    let mut text = format!(
        "{number}. {}: {} {:.0} % -> {} {:.0} %{by}\n   {}\n   {}\n",
        suspect.head,
        suspect.given,
        100.0 * suspect.given_probability,
        suspect.suggested,
        100.0 * suspect.suggested_probability,
        place(row),
        excerpt(&masked(&row.text)),
    );
    if !suspect.words.is_empty() {
        let _ = writeln!(text, "   words: {}", words(suspect));
    }
    text + "\n"
}

fn place(row: &Example) -> String {
    row.id.as_ref().map_or_else(|| row.place.clone(), |id| format!("{id} ({})", row.place))
}

/// Returns who gave the suspect label, where the data says so.
pub(super) fn labeller<'d>(suspect: &Suspect, data: &'d Dataset) -> Option<&'d str> {
    data.train[suspect.row].by.get(suspect.head_at)?.as_deref()
}

/// Returns the words that speak for the suggested label, private data masked.
pub(super) fn words(suspect: &Suspect) -> String {
    suspect.words.iter().map(|word| masked(word)).collect::<Vec<_>>().join(", ")
}

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

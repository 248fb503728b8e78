//! A [`Report`] as blocks for a reader: per cent and percentage points.

use super::detail::{self, stands};
use super::facts::{ModelFacts, Ratio, Report, Timing};
use super::head::{Comparison, HeadComparison, Pair, TopLabel};
use super::markup::{Block, change, row};

/// Returns the report: what was compared, a summary, every head, the verdict.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let comparison = &report.comparison;
    let mut blocks = vec![Block::Table(models(&report.old, &report.new)), Block::Line(rows(report))];
    blocks.extend(report.timing.iter().map(|timing| Block::Line(speed(timing))));
    blocks.push(Block::Table(summary(comparison)));
    blocks.push(Block::Line(beyond_chance(comparison)));
    blocks
        .extend(comparison.heads.iter().filter_map(|head| Some(Block::Line(top_line(head, head.top_label.as_ref()?)))));
    blocks.push(Block::Line(review(comparison)));
    blocks.extend(only("OLD", &comparison.only_old));
    blocks.extend(only("NEW", &comparison.only_new));
    comparison.heads.iter().for_each(|head| detail::head(&mut blocks, head));
    blocks.push(Block::Line(format!("verdict: {}", report.verdict.text)));
    blocks
}

fn models(old: &ModelFacts, new: &ModelFacts) -> Vec<Vec<String>> {
    let facts = |word: &str, model: &ModelFacts| {
        let sizes = [model.bytes, model.gzip].map(|bytes| bytes.to_string());
        [word.to_owned(), model.name.clone(), model.fingerprint.clone()].into_iter().chain(sizes).collect()
    };
    let ratio = |of: fn(&ModelFacts) -> usize| format!("{:.2}", of(new) as f64 / of(old).max(1) as f64);
    let last = ["NEW / OLD".to_owned(), String::new(), String::new(), ratio(|m| m.bytes), ratio(|m| m.gzip)];
    vec![row(["", "model", "checksum", "bytes", "gzip"]), facts("OLD", old), facts("NEW", new), last.to_vec()]
}

fn rows(report: &Report) -> String {
    let split = if report.split.is_empty() { "all".to_owned() } else { report.split.join(", ") };
    format!("{} rows of {}, split {split}, labels by {}", report.comparison.rows, report.data.join(", "), report.by)
}

fn speed(timing: &Timing) -> String {
    let ratio = |ratio: &Ratio| format!("{:.2} times OLD's ({:.2} to {:.2})", ratio.median, ratio.low, ratio.high);
    format!(
        "timing (noisy; not the same from run to run): NEW's time per text is {}, to load {}; median and range of {} turns, \
         {} texts, one thread",
        ratio(&timing.classify),
        ratio(&timing.load),
        timing.turns,
        timing.texts,
    )
}

fn summary(comparison: &Comparison) -> Vec<Vec<String>> {
    let mut rows = vec![row([
        "head",
        "rows",
        "accuracy OLD",
        "NEW",
        "change",
        "95 % from",
        "to",
        "macro-F1 OLD",
        "NEW",
        "change",
        "95 % from",
        "to",
        "fixed",
        "broke",
        "NEW is",
    ])];
    for head in &comparison.heads {
        let changes = [&head.accuracy, &head.macro_f1].into_iter().flat_map(change);
        let counts = [head.test.fixed, head.test.broke].map(|n| n.to_string());
        let start = [head.head.clone(), head.rows.to_string()].into_iter();
        rows.push(start.chain(changes).chain(counts).chain([head.outcome.name().to_owned()]).collect());
    }
    rows
}

/// The labels that are better or worse even when all are looked at together.
fn beyond_chance(comparison: &Comparison) -> String {
    let told = |wanted: &str| {
        let classes = comparison.heads.iter().flat_map(|head| head.classes.iter().map(move |class| (head, class)));
        let found = classes.filter(|(_, class)| stands(class) == wanted).map(|(head, class)| {
            format!("{} {} ({} fixed, {} broke)", head.head, class.label, class.test.fixed, class.test.broke)
        });
        let found = found.collect::<Vec<_>>().join(", ");
        if found.is_empty() { "none".to_owned() } else { found }
    };
    format!(
        "labels whose rows are found more or less often beyond chance: missed more: {}; found more: {}",
        told("missed more"),
        told("found more")
    )
}

fn top_line(head: &HeadComparison, top: &TopLabel) -> String {
    let TopLabel { label, support, hits, false_alarms, .. } = top;
    format!(
        "{} {label}: found {} -> {} of {support}; false alarms {} -> {}",
        head.head, hits.old, hits.new, false_alarms.old, false_alarms.new
    )
}

fn review(comparison: &Comparison) -> String {
    let Pair { old, new } = comparison.needs_review;
    let share = |rows: usize| 100.0 * rows as f64 / comparison.rows.max(1) as f64;
    format!("would go to a person: {old} ({:.1} %) -> {new} ({:.1} %)", share(old), share(new))
}

fn only(model: &str, heads: &[String]) -> Option<Block> {
    (!heads.is_empty()).then(|| Block::Line(format!("heads that only {model} has, not compared: {}", heads.join(", "))))
}

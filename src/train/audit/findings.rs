//! [`Finding`]: what of an audit matters, and what to do about it.

use super::{Audit, HeadCounts, HeadLeaks, Overlap, Place, listed};
use crate::train::dataset::Places;
use crate::train::recipe::Recipe;
use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing can be learnt.
    Error,
    /// The model or its figures will be worse than they look.
    Warning,
    /// Good to know.
    Note,
}

/// One thing that matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much.
    pub severity: Severity,
    /// What kind, the same in every version: `rare-labels`, `overlap`, ...
    pub kind: &'static str,
    /// What was found and what to do.
    pub message: String,
}

/// Fewest different reports of a feature that keep a person's name out of a model.
const PRIVATE: usize = 3;
/// Names of splits that other tools write for dev.
const DEV: [&str; 5] = ["valid", "validation", "val", "validasi", "development"];

/// Findings while they are gathered.
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, severity: Severity, kind: &'static str, message: impl Into<String>) {
        self.0.push(Finding { severity, kind, message: message.into() });
    }
}

/// Returns what of `audit` matters, errors first.
pub(super) fn findings(audit: &Audit, recipe: &Recipe, least: usize) -> Vec<Finding> {
    let mut found = Findings(Vec::new());
    of_rows(&mut found, audit);
    of_splits(&mut found, audit);
    of_labels(&mut found, audit, least);
    audit.overlaps.iter().for_each(|overlap| of_overlap(&mut found, overlap));
    of_contradictions(&mut found, audit);
    audit.leaks.iter().for_each(|leaks| of_leaks(&mut found, leaks));
    of_corrections(&mut found, audit);
    of_linear(&mut found, audit, recipe);
    let fewest = recipe.features.min_reports;
    if fewest < PRIVATE {
        let message = format!(
            "features.min_reports is {fewest}: words of fewer than {PRIVATE} reports, names of people among them, would be \
             weights of the model; keep it at {PRIVATE} or more where the model leaves the house"
        );
        found.add(Severity::Warning, "privacy", message);
    }
    found.0.sort_by_key(|finding| finding.severity);
    found.0
}

/// A team with hundreds of offices should know what it does without.
fn of_linear(found: &mut Findings, audit: &Audit, recipe: &Recipe) {
    let labels = audit.heads.iter().map(|head| head.labels.len()).sum();
    if recipe.linear.is_some() && recipe.linear_for(labels).is_none() {
        if recipe.teacher.members == 0 {
            let message = format!(
                "{labels} labels are too many for the linear classifier, and the recipe has no networks: set teacher.members to 1 or more"
            );
            return found.add(Severity::Error, "linear", message);
        }
        let message = format!(
            "{labels} labels are too many for the linear classifier, which helps to keep rare ones apart: the networks learn without it; \
             fewer heads in a model, or fewer teachers, make room"
        );
        found.add(Severity::Note, "linear", message);
    }
}

fn of_rows(found: &mut Findings, audit: &Audit) {
    let read = &audit.read;
    if audit.train == 0 {
        found.add(Severity::Error, "no-data", "no row of split \"train\"; a row without a split counts");
    }
    if read.repeated_but_different.rows > 0 {
        let message = format!(
            "{} were passed over as their id was read before, but their texts differ: is the column of the id right?",
            rows(&read.repeated_but_different)
        );
        found.add(Severity::Warning, "ids", message);
    }
    let left_out = read.empty.rows + read.too_short.rows;
    if left_out > 0 {
        let message = format!(
            "{left_out} rows are left out: {} empty, {} without a letter",
            read.empty.rows, read.too_short.rows
        );
        found.add(Severity::Note, "left-out", message);
    }
    if !read.files_passed_over.is_empty() {
        let message = format!(
            "no column with a text in {}: taken for no data; name the column with --text-column",
            read.files_passed_over.join(", ")
        );
        found.add(Severity::Warning, "files", message);
    }
}

fn of_splits(found: &mut Findings, audit: &Audit) {
    for (split, rows) in &audit.read.other_splits {
        let is_dev = DEV.contains(&split.to_lowercase().as_str());
        let advice = if is_dev { "call it `dev` to calibrate on it" } else { "expected train, dev or test" };
        found.add(Severity::Warning, "splits", format!("{rows} rows of split \"{split}\" are left out; {advice}"));
    }
    if audit.dev == 0 {
        let message = "no row to calibrate on: probabilities stay as the network gives them and thresholds are the \
                       recipe's; mark rows with split `dev` or hold some out with --split-share 0.1";
        found.add(Severity::Warning, "no-dev", message);
    }
    if let Some(held) = audit.read.held_out {
        let (rows, percent) = (held.rows, 100.0 * held.share);
        let message = format!(
            "the data has no split `dev`: {rows} rows ({percent:.0} % wanted, by a hash of the id or text) are held out to \
             calibrate on; --split-share 0 learns from them instead"
        );
        found.add(Severity::Note, "held-out", message);
    }
}

fn of_labels(found: &mut Findings, audit: &Audit, least: usize) {
    if !audit.unknown.is_empty() {
        found.add(Severity::Error, "unknown-labels", listed(&audit.unknown));
    }
    if !audit.unknown_in_test.is_empty() {
        let message = format!("in the test split, {}", listed(&audit.unknown_in_test));
        found.add(Severity::Warning, "unknown-labels-in-test", message);
    }
    for head in &audit.heads {
        of_head(found, head, least);
    }
}

fn of_head(found: &mut Findings, head: &HeadCounts, least: usize) {
    let name = &head.head;
    if head.labels.iter().all(|label| label.train == 0) {
        let message = format!("head `{name}`: no row to learn from has a label in column `{}`", head.column);
        return found.add(Severity::Error, "no-labels", message);
    }
    let of = |wanted: fn(usize, usize, usize) -> bool| {
        let labels = head.labels.iter().filter(|label| wanted(label.train, label.dev + label.test, least));
        labels.map(|label| format!("{} ({})", label.label, label.train)).collect::<Vec<_>>()
    };
    let rare = of(|train, _, least| train > 0 && train < least);
    if !rare.is_empty() {
        let message = format!(
            "head `{name}`: labels with fewer than {least} rows to learn from: {}; gather more or join them with others",
            some(&rare)
        );
        found.add(Severity::Warning, "rare-labels", message);
    }
    let unseen = of(|train, judged, _| train == 0 && judged == 0);
    if !unseen.is_empty() {
        let message = format!("head `{name}`: labels of its file without a row: {}", some(&unseen));
        found.add(Severity::Warning, "labels-without-rows", message);
    }
    let unlearnt = of(|train, judged, _| train == 0 && judged > 0);
    if !unlearnt.is_empty() {
        let message =
            format!("head `{name}`: labels with rows of dev or test, but none to learn from: {}", some(&unlearnt));
        found.add(Severity::Warning, "labels-never-learnt", message);
    }
}

fn of_overlap(found: &mut Findings, overlap: &Overlap) {
    let name =
        |part| serde_json::to_value(part).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    let (split, within) = (name(overlap.split), name(overlap.within));
    let pairs: Vec<String> = overlap.examples.iter().map(|(a, b)| format!("{a} = {b}")).collect();
    let advice = if within == "train" { "; --drop-overlap takes them out of train" } else { "" };
    let message = format!(
        "{} rows of {split} stand in {within} too, and {} nearly: figures on {split} flatter ({}){advice}",
        overlap.exact,
        overlap.near,
        pairs.join(", ")
    );
    found.add(Severity::Warning, "overlap", message);
}

fn of_contradictions(found: &mut Findings, audit: &Audit) {
    for head in &audit.contradictions {
        let example = |group: &Vec<(String, String)>| {
            group.iter().map(|(place, label)| format!("{place} {label}")).collect::<Vec<_>>().join(" / ")
        };
        let examples: Vec<String> = head.examples.iter().map(example).collect();
        let message = format!(
            "head `{}`: {} texts ({} rows) stand there with different labels: {}",
            head.head,
            head.texts,
            head.rows,
            examples.join("; ")
        );
        found.add(Severity::Warning, "contradictions", message);
    }
}

fn of_leaks(found: &mut Findings, head: &HeadLeaks) {
    let (name, percent) = (&head.head, |rows: usize| 100.0 * rows as f32 / head.rows.max(1) as f32);
    if !head.leaks.is_empty() {
        let (names, formulas): (Vec<_>, Vec<_>) = head.leaks.iter().partition(|leak| leak.place == Place::LabelName);
        let told = format!("{} of {} rows ({:.1} %)", head.affected, head.rows, percent(head.affected));
        if !formulas.is_empty() {
            let message = format!(
                "head `{name}`: openings and salutations that tell the label: {}, in the table above; {told} have one of them \
                 or a telling name. New reports lack what a clerk or form puts there: take it out of the texts",
                formulas.len()
            );
            found.add(Severity::Warning, "leaks", message);
        }
        if !names.is_empty() {
            let message = format!(
                "head `{name}`: names of labels that tell the label where they stand in a text: {}, in the table above; fine for \
                 a topic, a leak for an office that the clerk wrote in",
                names.len()
            );
            found.add(Severity::Note, "label-names", message);
        }
    }
    if head.addressed > 0 {
        let message = format!(
            "head `{name}`: {} rows ({:.1} %) address an office (\"Yth. Dinas ...\", \"Kepada Kepala ...\"); {} ({:.1} %) have \
             the name or id of their own label in them",
            head.addressed,
            percent(head.addressed),
            head.named,
            percent(head.named)
        );
        found.add(Severity::Note, "addresses", message);
    }
}

fn of_corrections(found: &mut Findings, audit: &Audit) {
    let Some(counts) = &audit.read.corrections else { return };
    let message = format!(
        "{} lines of corrections, {} of them used: {} reports have a corrected label, {} labels are others than before, {} \
         reports are new",
        counts.lines, counts.used, counts.corrected, counts.changed, counts.added
    );
    found.add(Severity::Note, "corrections", message);
    if !counts.without_label.is_empty() {
        let message = format!("corrections without a label of any head: {}", some(&counts.without_label));
        found.add(Severity::Warning, "corrections-without-label", message);
    }
}

fn rows(places: &Places) -> String {
    format!("{} rows ({})", places.rows, some(&places.first))
}

/// The first ten of many.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 10;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

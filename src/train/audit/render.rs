//! An audit as text.

use super::{Audit, HeadCounts, HeadLeaks, Place, Severity};
use std::fmt;

/// Leaks shown of a head.
const LEAKS: usize = 20;

impl fmt::Display for Audit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "Data")?;
        for (file, rows) in &self.read.files {
            writeln!(out, "  {rows:>9}  {file}")?;
        }
        writeln!(
            out,
            "  {:>9}  rows read: train {}, dev {}, test {}",
            self.read.rows, self.train, self.dev, self.test
        )?;
        let left_out = [
            ("passed over: the id was read before", &self.read.repeated),
            ("left out: the text is empty", &self.read.empty),
            ("left out: no letter in the text", &self.read.too_short),
            ("left out of train: dev or test has them", &self.read.dropped),
        ];
        for (what, places) in left_out.into_iter().filter(|(_, places)| places.rows > 0) {
            writeln!(out, "  {:>9}  {what} ({})", places.rows, places.first.join(", "))?;
        }
        self.heads.iter().try_for_each(|head| counts(out, head))?;
        self.leaks.iter().filter(|head| !head.leaks.is_empty()).try_for_each(|head| leaks(out, head))?;
        findings(out, self)
    }
}

fn counts(out: &mut fmt::Formatter<'_>, head: &HeadCounts) -> fmt::Result {
    let by: Vec<String> = head.by.iter().map(|(by, rows)| format!("{by} {rows}")).collect();
    let by = if head.by.keys().eq(["-"]) { String::new() } else { format!(" (by: {})", by.join(", ")) };
    let column = if head.column == head.head { String::new() } else { format!(" (column `{}`)", head.column) };
    writeln!(
        out,
        "\nHead {}{column}: {} rows with a label{by}, {} without",
        head.head, head.labelled, head.unlabelled
    )?;
    let width = head.labels.iter().map(|label| label.label.chars().count()).max().unwrap_or(0).max(5);
    writeln!(out, "  {:width$} {:>8} {:>7} {:>7} {:>7} {:>7}", "label", "train", "dev", "test", "prior", "weight")?;
    for label in &head.labels {
        let (prior, weight) = (100.0 * label.prior, label.weight);
        writeln!(
            out,
            "  {:width$} {:>8} {:>7} {:>7} {prior:>5.1} % {weight:>7.2}",
            label.label, label.train, label.dev, label.test
        )?;
    }
    Ok(())
}

fn leaks(out: &mut fmt::Formatter<'_>, head: &HeadLeaks) -> fmt::Result {
    writeln!(out, "\nPhrases that tell the {}: where, phrase, label, rows, share of them with the label", head.head)?;
    for leak in head.leaks.iter().take(LEAKS) {
        let place = match leak.place {
            Place::Salutation => "after Yth./Kepada",
            Place::Opening => "at the beginning",
            Place::LabelName => "name of a label",
        };
        let percent = 100.0 * leak.precision;
        writeln!(out, "  {place:17}  \"{}\" -> {}  {}  {percent:.0} %", leak.phrase, leak.label, leak.rows)?;
    }
    match head.leaks.len().saturating_sub(LEAKS) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more"),
    }
}

fn findings(out: &mut fmt::Formatter<'_>, audit: &Audit) -> fmt::Result {
    if audit.findings.is_empty() {
        return writeln!(out, "\nNothing was found that speaks against training.");
    }
    writeln!(out, "\nFindings")?;
    for finding in &audit.findings {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        writeln!(out, "  {severity}: {}", finding.message.replace('\n', "\n  "))?;
    }
    Ok(())
}

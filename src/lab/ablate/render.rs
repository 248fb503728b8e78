//! The table of an [`Ablation`], as text and as Markdown.

use super::{Ablation, ArtefactAblation, VariantScores};
use crate::eval::table;
use crate::lab::trial::{Gain, HeadScores};
use std::fmt::{self, Display, Formatter};

/// How a difference beyond noise is marked.
#[derive(Clone, Copy)]
enum Mark {
    Star,
    Bold,
}

impl Display for Ablation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&table(&self.rows(Mark::Star)))?;
        writeln!(f, "\n{}", self.notes("with a star"))
    }
}

impl Ablation {
    /// Returns the table for a page, with what its columns mean.
    pub fn markdown(&self) -> String {
        let mut lines: Vec<String> =
            self.rows(Mark::Bold).iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        let columns = self.rows(Mark::Bold).first().map_or(0, Vec::len);
        lines.insert(1, format!("|{}", "---|".repeat(columns)));
        format!("{}\n\n{}\n", lines.join("\n"), self.notes("bold"))
    }

    fn rows(&self, mark: Mark) -> Vec<Vec<String>> {
        let heads: Vec<&str> =
            self.artefacts.first().map_or_else(Vec::new, |a| a.heads.iter().map(|head| head.head.as_str()).collect());
        let measures = heads.iter().flat_map(|head| [format!("{head} accuracy"), format!("{head} macro-F1")]);
        let first = ["artefact", "variant"].map(str::to_owned).into_iter();
        let last = ["gzip bytes", "time (measured)"].map(str::to_owned);
        let mut rows = vec![first.chain(measures).chain(last).collect()];
        for artefact in &self.artefacts {
            rows.push(own_row(artefact));
            rows.extend(artefact.variants.iter().map(|variant| variant_row(artefact, variant, mark)));
        }
        rows
    }

    /// What the numbers mean and what they do not.
    fn notes(&self, marked: &str) -> String {
        let differences: usize =
            self.artefacts.iter().flat_map(|artefact| &artefact.variants).map(|variant| 2 * variant.gains.len()).sum();
        let mut notes = format!(
            "Accuracy and macro-F1 in percent on {} rows of split {}; in brackets the difference to the recipe in points, \
             {marked} where the 95 % interval of a paired bootstrap leaves out 0. Of {differences} differences about {} do so by \
             chance alone, and another seed moves them too. gzip bytes: the artefact after `gzip -9`. Time: of a text against \
             the recipe's own artefact, measured in turns, the only column that is not the same twice.",
            self.rows,
            self.split,
            differences.div_ceil(20),
        );
        if self.split == "dev" {
            notes.push_str(" The dev rows also set temperatures and thresholds, which flatters all alike.");
        }
        if !self.unchanged.is_empty() {
            notes.push_str(&format!(" Left out, since they change nothing here: {}.", self.unchanged.join("; ")));
        }
        notes
    }
}

fn own_row(artefact: &ArtefactAblation) -> Vec<String> {
    let scores = artefact.heads.iter().flat_map(|head| [percent(head.accuracy), percent(head.macro_f1)]);
    let first = [artefact.artefact.clone(), "the recipe".to_owned()].into_iter();
    first.chain(scores).chain([thousands(artefact.gzip_bytes), "1.00".to_owned()]).collect()
}

fn variant_row(artefact: &ArtefactAblation, variant: &VariantScores, mark: Mark) -> Vec<String> {
    let mut row = vec![artefact.artefact.clone(), variant.variant.clone()];
    for own in &artefact.heads {
        row.extend(cells(own, variant, mark));
    }
    let change = 100.0 * (variant.gzip_bytes as f64 / artefact.gzip_bytes.max(1) as f64 - 1.0);
    row.push(format!("{} ({change:+.0} %)", thousands(variant.gzip_bytes)));
    row.push(format!("{:.2}", variant.time_ratio));
    row
}

/// Accuracy and macro-F1 of one head; `-` where the variant does not have it.
fn cells(own: &HeadScores, variant: &VariantScores, mark: Mark) -> [String; 2] {
    let scores = variant.heads.iter().find(|head| head.head == own.head);
    let gains = variant.gains.iter().find(|head| head.head == own.head);
    match (scores, gains) {
        (Some(scores), Some(gains)) => {
            [cell(scores.accuracy, gains.accuracy, mark), cell(scores.macro_f1, gains.macro_f1, mark)]
        }
        _ => ["-".to_owned(), "-".to_owned()],
    }
}

fn cell(score: f64, gain: Gain, mark: Mark) -> String {
    let plain = format!("{} ({:+.1})", percent(score), 100.0 * gain.difference + 0.0);
    match (gain.is_beyond_noise(), mark) {
        (false, _) => plain,
        (true, Mark::Star) => format!("{plain}*"),
        (true, Mark::Bold) => format!("**{plain}**"),
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

/// Writes a number with a comma every three digits.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_457_367, "1,457,367")] {
            assert_eq!(thousands(number), expected);
        }
    }

    #[test]
    fn what_is_beyond_noise_is_marked() {
        let gain = |difference, low, high| Gain { difference, low, high };
        for (gain, mark, expected) in [
            (gain(-0.0161, -0.03, -0.01), Mark::Bold, "**83.0 (-1.6)**"),
            (gain(0.0161, 0.01, 0.03), Mark::Star, "83.0 (+1.6)*"),
            (gain(0.001, -0.01, 0.03), Mark::Bold, "83.0 (+0.1)"),
        ] {
            assert_eq!(cell(0.83, gain, mark), expected);
        }
    }
}

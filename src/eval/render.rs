//! The tables of an [`Evaluation`] as text, and [`table`] for whoever else draws one.

use super::report::{Evaluation, HeadEvaluation, LabelScores, Scores};
use std::fmt::{self, Display, Formatter};

/// Confusions drawn; the JSON has all.
const CONFUSIONS: usize = 10;

impl Display for Evaluation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let share = 100.0 * self.needs_review as f64 / self.rows.max(1) as f64;
        writeln!(f, "{} rows, of which {} ({share:.1} %) would go to a person", self.rows, self.needs_review)?;
        self.heads.iter().try_for_each(|head| write!(f, "\n{head}"))
    }
}

impl Display for HeadEvaluation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {} (threshold {:.3})\n", self.head, self.threshold)?;
        if self.overall.rows == 0 {
            return writeln!(f, "no row has a label for this head");
        }
        f.write_str(&table(&self.group_table()))?;
        if self.ordered {
            write!(f, "\n{}", table(&self.top_table()))?;
        }
        write!(f, "\n{}", table(&class_table(&self.classes)))?;
        if !self.confusions.is_empty() {
            write!(f, "\n{}", table(&self.confusion_table()))?;
        }
        if !self.unknown.is_empty() {
            writeln!(f, "\nlabels the model does not have, counted as wrong: {}", self.unknown.join(", "))?;
        }
        Ok(())
    }
}

impl HeadEvaluation {
    /// Name and scores of every group: all rows, by origin, by source.
    fn groups(&self) -> Vec<(String, &Scores)> {
        let all = std::iter::once(("all".to_owned(), &self.overall));
        let origins = self.by_origin.iter().map(|(origin, scores)| (origin.name().to_owned(), scores));
        let sources = self.by_source.iter().map(|(source, scores)| (format!("source {source}"), scores));
        all.chain(origins).chain(sources).collect()
    }

    fn group_table(&self) -> Vec<Vec<String>> {
        let mut rows = vec![row(["rows of", "rows", "accuracy", "top-3", "macro-F1", "ECE", "coverage", "precision"])];
        for (name, s) in self.groups() {
            let shares = [s.accuracy, s.top3, s.macro_f1, s.calibration_error, s.coverage].map(share);
            let precision = s.precision.map_or_else(|| "-".to_owned(), share);
            rows.push([name, s.rows.to_string()].into_iter().chain(shares).chain([precision]).collect());
        }
        rows
    }

    /// The last label of an ordered head, apart: the one that must not be missed.
    fn top_table(&self) -> Vec<Vec<String>> {
        let label = self.overall.top_label.as_ref().map_or("top label", |top| top.label.as_str());
        let mut rows = vec![row([label, "recall", "precision", "found", "of", "false alarms"])];
        for (name, top) in self.groups().into_iter().filter_map(|(name, s)| Some((name, s.top_label.as_ref()?))) {
            let counts = [top.hits, top.support, top.predicted - top.hits].map(|n| n.to_string());
            rows.push([name, share(top.recall), share(top.precision)].into_iter().chain(counts).collect());
        }
        rows
    }

    fn confusion_table(&self) -> Vec<Vec<String>> {
        let mut rows = vec![row(["most confused: right", "decided", "rows"])];
        let shown = self.confusions.iter().take(CONFUSIONS);
        rows.extend(shown.map(|c| vec![c.gold.clone(), c.decided.clone(), c.rows.to_string()]));
        rows
    }
}

fn class_table(classes: &[LabelScores]) -> Vec<Vec<String>> {
    let mut rows = vec![row(["label", "precision", "recall", "F1", "support", "predicted"])];
    for c in classes {
        let shares = [c.precision, c.recall, c.f1].map(share);
        let counts = [c.support, c.predicted].map(|n| n.to_string());
        rows.push(std::iter::once(c.label.clone()).chain(shares).chain(counts).collect());
    }
    rows
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn share(value: f64) -> String {
    format!("{value:.3}")
}

/// Returns the lines of a table whose first row is its heading: columns of numbers stand right, others left.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let widths: Vec<usize> = (0..columns).map(|c| cells(c).map(|x| x.chars().count()).max().unwrap_or(0)).collect();
    let wordy: Vec<bool> = (0..columns).map(|c| cells(c).skip(1).any(|cell| is_word(cell))).collect();
    rows.iter().map(|row| line(row, &widths, &wordy)).collect()
}

fn line(row: &[String], widths: &[usize], wordy: &[bool]) -> String {
    let cells = row.iter().zip(widths).zip(wordy).map(|((cell, &width), &wordy)| match wordy {
        true => format!("{cell:<width$}"),
        false => format!("{cell:>width$}"),
    });
    let line = cells.collect::<Vec<_>>().join("  ");
    format!("{}\n", line.trim_end())
}

fn is_word(cell: &str) -> bool {
    cell != "-" && cell.parse::<f64>().is_err()
}

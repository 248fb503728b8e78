//! From the rows of a [`PairTally`] to a [`HeadComparison`].

use super::LEVEL;
use super::figures::{Differences, Figures, differences};
use super::head::{Answer, Changed, ClassComparison, HeadComparison, Outcome, Pair, Told, TopLabel, Unshared};
use super::mcnemar::{McNemar, holm};
use super::tally::{PairTally, Row, Said};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Decisions told of the model that does not know a label.
const TOLD: usize = 3;

impl PairTally {
    /// Returns the comparison, with up to `list` rows that broke and as many that were fixed.
    pub fn finish(&self, list: usize) -> HeadComparison {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| self.is_compared(row.gold)).collect();
        let whole = self.figures(&rows);
        let classes = self.shown(&whole);
        let found = differences(&rows, &whole, &classes, |rows| self.figures(rows));
        let [accuracy, top3, macro_f1, calibration_error, coverage, precision] = found.head;
        HeadComparison {
            head: self.head.clone(),
            rows: rows.len(),
            outcome: if rows.is_empty() { Outcome::NoRows } else { Outcome::of(&accuracy, &macro_f1) },
            accuracy,
            top3,
            macro_f1,
            calibration_error,
            coverage,
            precision,
            threshold: self.threshold,
            test: mcnemar(&rows, |_| true),
            top_label: self.top_label(&rows, &whole, &classes, &found),
            classes: self.classes(&rows, &whole, &classes, &found),
            top_lost: self.top_lost.clone(),
            unshared: self.unshared(),
            unknown: self.unknown(),
            strays: self.strays(&rows),
            broke: self.changed(&rows, list, Pair { old: true, new: false }),
            fixed: self.changed(&rows, list, Pair { old: false, new: true }),
        }
    }

    /// Whether both models know the label, or neither.
    fn is_compared(&self, label: usize) -> bool {
        self.known[label].old == self.known[label].new
    }

    fn figures(&self, rows: &[&Row]) -> Pair<Figures> {
        let (labels, rows) = (self.labels.len(), || rows.iter().copied());
        Pair {
            old: Figures::new(rows(), labels, self.threshold.old, |row| &row.said.old),
            new: Figures::new(rows(), labels, self.threshold.new, |row| &row.said.new),
        }
    }

    /// The labels that are right or decided somewhere.
    fn shown(&self, whole: &Pair<Figures>) -> Vec<usize> {
        let occurs = |&label: &usize| {
            let (old, new) = (&whole.old.classes[label], &whole.new.classes[label]);
            old.support + old.predicted + new.predicted > 0
        };
        (0..self.labels.len()).filter(occurs).collect()
    }

    fn classes(
        &self,
        rows: &[&Row],
        whole: &Pair<Figures>,
        shown: &[usize],
        found: &Differences,
    ) -> Vec<ClassComparison> {
        let tests: Vec<McNemar> = shown.iter().map(|&label| mcnemar(rows, |gold| gold == label)).collect();
        let stands = stands(&tests, shown.iter().map(|&label| whole.old.classes[label].support));
        let mut classes: Vec<ClassComparison> = Vec::with_capacity(shown.len());
        for (at, &label) in shown.iter().enumerate() {
            let (old, new) = (&whole.old.classes[label], &whole.new.classes[label]);
            let [precision, recall, f1] = found.classes[at];
            classes.push(ClassComparison {
                label: self.labels[label].clone(),
                support: old.support,
                decided: Pair { old: old.predicted, new: new.predicted },
                hits: Pair { old: old.hits, new: new.hits },
                precision,
                recall,
                f1,
                test: tests[at],
                stands: stands[at],
            });
        }
        classes.sort_by(|a, b| a.f1.change.total_cmp(&b.f1.change));
        classes
    }

    fn top_label(
        &self,
        rows: &[&Row],
        whole: &Pair<Figures>,
        shown: &[usize],
        found: &Differences,
    ) -> Option<TopLabel> {
        let label = self.top?;
        let at = shown.iter().position(|&shown| shown == label)?;
        let (old, new) = (&whole.old.classes[label], &whole.new.classes[label]);
        Some(TopLabel {
            label: self.labels[label].clone(),
            support: old.support,
            hits: Pair { old: old.hits, new: new.hits },
            false_alarms: Pair { old: old.predicted - old.hits, new: new.predicted - new.hits },
            recall: found.classes[at][1],
            test: mcnemar(rows, |gold| gold == label),
        })
    }

    fn unshared(&self) -> Vec<Unshared> {
        (0..self.labels.len()).filter(|&label| !self.is_compared(label)).map(|label| self.apart(label)).collect()
    }

    /// How the rows of a label fare that just one model knows.
    fn apart(&self, label: usize) -> Unshared {
        let in_old = self.known[label].old;
        let (mut rows, mut hits, mut other) = (0, 0, BTreeMap::new());
        for row in self.rows.iter().filter(|row| row.gold == label) {
            let (knows, does_not) =
                if in_old { (&row.said.old, &row.said.new) } else { (&row.said.new, &row.said.old) };
            rows += 1;
            hits += usize::from(knows.decided() == Some(label));
            does_not.decided().into_iter().for_each(|label| *other.entry(label).or_insert(0) += 1);
        }
        let mut other = self.told(other);
        other.truncate(TOLD);
        Unshared { label: self.labels[label].clone(), in_old, rows, hits, other }
    }

    fn unknown(&self) -> Vec<Told> {
        let mut counts = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !self.known[row.gold].old && !self.known[row.gold].new) {
            *counts.entry(row.gold).or_insert(0) += 1;
        }
        self.told(counts)
    }

    /// Most frequent first, then in the labels' order.
    fn told(&self, counts: BTreeMap<usize, usize>) -> Vec<Told> {
        let mut told: Vec<Told> =
            counts.into_iter().map(|(label, rows)| Told { label: self.labels[label].clone(), rows }).collect();
        told.sort_by_key(|told| Reverse(told.rows));
        told
    }

    fn strays(&self, rows: &[&Row]) -> Pair<usize> {
        let strays = |side: fn(&Row) -> &Said| {
            let decided = rows.iter().filter_map(|row| side(row).decided());
            decided.filter(|&label| !self.is_compared(label)).count()
        };
        Pair { old: strays(|row| &row.said.old), new: strays(|row| &row.said.new) }
    }

    /// The rows with `right` answers, the surest wrong answer first.
    fn changed(&self, rows: &[&Row], list: usize, right: Pair<bool>) -> Vec<Changed> {
        let wrong = |row: &Row| if right.new { row.said.old.probability } else { row.said.new.probability };
        let mut rows: Vec<&Row> = rows.iter().copied().filter(|row| row.right() == right).collect();
        rows.sort_by(|a, b| wrong(b).total_cmp(&wrong(a)));
        rows.into_iter().take(list).map(|row| self.change(row)).collect()
    }

    fn change(&self, row: &Row) -> Changed {
        let name = |label: Option<usize>| label.map_or("(none)", |label| &self.labels[label]).to_owned();
        let answer = |said: &Said| Answer { label: name(said.decided()), probability: said.probability };
        Changed {
            row: row.row,
            place: String::new(),
            text: String::new(),
            gold: self.labels[row.gold].clone(),
            old: answer(&row.said.old),
            new: answer(&row.said.new),
        }
    }
}

/// The test on the rows whose label is `wanted`.
fn mcnemar(rows: &[&Row], wanted: impl Fn(usize) -> bool) -> McNemar {
    let (mut fixed, mut broke) = (0, 0);
    for right in rows.iter().filter(|row| wanted(row.gold)).map(|row| row.right()) {
        fixed += usize::from(right.new && !right.old);
        broke += usize::from(right.old && !right.new);
    }
    McNemar::new(fixed, broke)
}

/// Which tests stand; labels without rows were never tested and do not count among them.
fn stands(tests: &[McNemar], support: impl Iterator<Item = usize>) -> Vec<bool> {
    let tested: Vec<usize> = support.enumerate().filter(|&(_, support)| support > 0).map(|(at, _)| at).collect();
    let p: Vec<f64> = tested.iter().map(|&at| tests[at].p).collect();
    let mut stands = vec![false; tests.len()];
    tested.into_iter().zip(holm(&p, LEVEL)).for_each(|(at, stand)| stands[at] = stand);
    stands
}

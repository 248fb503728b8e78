//! Scores by what else is known of a row.

use crate::eval::bootstrap::Interval;
use crate::eval::report::Scores;
use crate::eval::tally::{HeadTally, Row};
use serde::Serialize;
use std::collections::BTreeMap;

/// Characters of a text up to which a length group goes; the last has no end.
const LENGTHS: [usize; 5] = [50, 100, 200, 400, 800];
/// What stands for a month that is not known; after all months.
const UNDATED: &str = "without date";

/// The scores of the rows that have something in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// What they have in common.
    pub kind: GroupKind,
    /// Which of those: a source, a month `2024-05`, characters `101-200`, `annotated` or `native`.
    pub name: String,
    /// The scores.
    pub scores: Scores,
    /// The interval of the accuracy.
    pub accuracy: Option<Interval>,
}

/// What the rows of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupKind {
    /// The collection they are from.
    Source,
    /// The month they were written in; there is none where no row has a date.
    Month,
    /// The characters of their texts.
    Length,
    /// Who labelled them.
    Origin,
}

impl GroupKind {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 4] = [Self::Source, Self::Month, Self::Length, Self::Origin];

    /// Returns what stands over a table of such groups.
    pub fn title(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Month => "month",
            Self::Length => "characters",
            Self::Origin => "origin of the label",
        }
    }
}

impl HeadTally {
    /// Every group, without interval, and the places of its rows.
    pub(super) fn groups(&self) -> Vec<(Group, Vec<usize>)> {
        let dated = self.rows.iter().any(|row| row.month.is_some());
        let kinds = GroupKind::ALL.into_iter().filter(|kind| dated || *kind != GroupKind::Month);
        kinds.flat_map(|kind| self.groups_of(kind)).collect()
    }

    fn groups_of(&self, kind: GroupKind) -> Vec<(Group, Vec<usize>)> {
        let mut places: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            places.entry(key(kind, row)).or_default().push(at);
        }
        let group = |((_, name), places): ((usize, String), Vec<usize>)| {
            let rows: Vec<Row> = places.iter().map(|&at| self.rows[at].clone()).collect();
            (Group { kind, name, scores: self.scores(&rows), accuracy: None }, places)
        };
        places.into_iter().map(group).collect()
    }
}

/// The group's rank, where names do not sort by themselves, and its name.
fn key(kind: GroupKind, row: &Row) -> (usize, String) {
    match kind {
        GroupKind::Source => (0, row.source.clone()),
        GroupKind::Month => (0, row.month.clone().unwrap_or_else(|| UNDATED.to_owned())),
        GroupKind::Length => length(row.chars),
        GroupKind::Origin => (0, row.origin.name().to_owned()),
    }
}

fn length(chars: usize) -> (usize, String) {
    let rank = LENGTHS.partition_point(|&most| most < chars);
    let from = rank.checked_sub(1).map_or(0, |before| LENGTHS[before] + 1);
    let name = LENGTHS.get(rank).map_or_else(|| format!("{from} or more"), |to| format!("{from}-{to}"));
    (rank, name)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn lengths_have_no_gaps() {
        for (chars, expected) in
            [(0, "0-50"), (50, "0-50"), (51, "51-100"), (400, "201-400"), (800, "401-800"), (801, "801 or more")]
        {
            assert_eq!(length(chars).1, expected);
        }
    }
}

//! [`Columns`]: which column of a table holds what.

use super::super::names::Role;
use super::super::time;
use crate::read::row::Time;
use std::collections::{BTreeMap, BTreeSet};

/// The columns of a table.
#[derive(Debug, Clone)]
pub(in crate::read) struct Columns {
    /// Their names, each once.
    pub(super) names: Vec<String>,
    /// What each holds.
    pub(super) roles: Vec<Role>,
    /// The one with the text.
    pub(super) text: usize,
    /// Others that may hold it where that one is empty, the surest first; none where it was asked for.
    pub(super) other_texts: Vec<usize>,
    /// Those with the time, the surest first.
    pub(super) times: Vec<usize>,
    /// The one that says where the message was written.
    pub(super) channel: Option<usize>,
    /// Whether pilah wrote the table: then apostrophes keep its texts from being formulas.
    pub(super) guarded: bool,
}

impl Columns {
    /// Returns what columns called `header` hold; their text is the column `wanted`, else one with a known name, else the one
    /// whose cells in `rows` are the longest.
    ///
    /// # Errors
    /// The names of the columns where `wanted` is none of them.
    pub(super) fn new(header: Vec<String>, rows: &[Vec<String>], wanted: Option<&str>) -> Result<Self, Vec<String>> {
        let roles: Vec<Role> = header.iter().map(|name| Role::of(name)).collect();
        let text = match wanted {
            Some(wanted) => named(&header, wanted).ok_or_else(|| header.clone())?,
            None => surest(&roles, |role| role.text).or_else(|| longest(&header, &roles, rows)).unwrap_or(0),
        };
        let mut other_texts: Vec<usize> =
            (0..roles.len()).filter(|at| *at != text && roles[*at].text.is_some()).collect();
        other_texts.sort_by_key(|column| roles[*column].text);
        if wanted.is_some() {
            other_texts.clear();
        }
        let mut times: Vec<usize> = (0..roles.len()).filter(|column| roles[*column].time.is_some()).collect();
        times.sort_by_key(|column| roles[*column].time);
        let channel = roles.iter().position(|role| role.channel);
        let guarded = header.iter().any(|name| name == "pilah_row");
        Ok(Self { names: distinct(header), roles, text, other_texts, times, channel, guarded })
    }

    /// Returns the bytes that their names take in a line of JSON.
    pub(super) fn overhead(&self) -> usize {
        // The quotes of the name and the cell, a colon and a comma; some room for a cell that is null.
        const AROUND: usize = 8;
        let escaped = |name: &String| serde_json::to_string(name).map_or(name.len(), |json| json.len() - 2);
        self.names.iter().map(|name| escaped(name) + AROUND).sum()
    }

    /// Returns the moment that a row tells.
    pub(super) fn time<'c>(&self, cell: impl Fn(usize) -> Option<&'c str>, utc_offset: i8) -> Option<Time> {
        self.times.iter().find_map(|column| time::parse(cell(*column)?, utc_offset))
    }
}

/// Returns the name that is `wanted`: to the letter, else without regard to case.
fn named(names: &[String], wanted: &str) -> Option<usize> {
    let folded = wanted.to_lowercase();
    let exact = names.iter().position(|name| name == wanted);
    exact.or_else(|| names.iter().position(|name| name.to_lowercase() == folded))
}

fn surest(roles: &[Role], rank: impl Fn(&Role) -> Option<u8>) -> Option<usize> {
    let ranked = roles.iter().enumerate().filter_map(|(column, role)| Some((rank(role)?, column)));
    ranked.min().map(|(_, column)| column)
}

/// The column with the most characters; one that says who, when or where only if there is no other.
fn longest(header: &[String], roles: &[Role], rows: &[Vec<String>]) -> Option<usize> {
    let length = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).sum::<usize>();
    let plain = |column: &usize| roles[*column] == Role::default();
    // Of equally long ones the first: `max_by_key` would take the last.
    (0..header.len()).rev().max_by_key(|column| (plain(column), length(*column)))
}

/// Makes each name one of its kind: the second `isi` is `isi_2`, one without a name is `kolom_` and its number.
fn distinct(header: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut again: BTreeMap<String, usize> = BTreeMap::new();
    let mut distinct = |(column, name): (usize, String)| {
        let name = if name.trim().is_empty() { format!("kolom_{}", column + 1) } else { name.trim().to_owned() };
        let mut free = name.clone();
        while !seen.insert(free.clone()) {
            let number = again.entry(name.clone()).or_insert(1);
            *number += 1;
            free = format!("{name}_{number}");
        }
        free
    };
    header.into_iter().enumerate().map(&mut distinct).collect()
}

#[cfg(test)]
mod tests {
    use super::Columns;

    #[test]
    fn columns_have_names_of_their_own_and_one_holds_the_text() {
        let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows = [owned(&["1", "jalan rusak sekali", "b", "c"])];
        for (header, wanted, names, text) in [
            (["a", "a", "", "a_2"], None, ["a", "a_2", "kolom_3", "a_2_2"], 1),
            (["no", "kronologi", "nama", "foto"], None, ["no", "kronologi", "nama", "foto"], 1),
            (["no", "catatan", "Isi", "keterangan"], None, ["no", "catatan", "Isi", "keterangan"], 2),
            (["no", "catatan", "Isi", "ISI"], Some("ISI"), ["no", "catatan", "Isi", "ISI"], 3),
            (["no", "catatan", "Isi", "b"], Some("isi"), ["no", "catatan", "Isi", "b"], 2),
        ] {
            let columns = Columns::new(owned(&header), &rows, wanted).unwrap();
            assert_eq!((columns.names, columns.text), (owned(&names), text));
        }
        assert_eq!(Columns::new(owned(&["a", "b"]), &rows, Some("c")).unwrap_err(), ["a", "b"]);
    }

    #[test]
    fn names_take_their_bytes_in_every_line() {
        for (header, expected) in
            [(vec![], 0), (vec!["isi"], 11), (vec!["isi", "isi"], 24), (vec!["\"a\"\tb"], 16), (vec!["é"], 10)]
        {
            let header = header.into_iter().map(str::to_owned).collect();
            assert_eq!(Columns::new(header, &[], None).unwrap().overhead(), expected);
        }
    }
}

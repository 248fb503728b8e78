//! Phrases of a text that may give its label away: its first words, whom it addresses, labels by their names.

use crate::train::dataset::LabelSet;
use serde::Serialize;
use std::collections::HashMap;

use super::words::folded;

/// Where a phrase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// After `Yth.` or `Kepada`.
    Salutation,
    /// At the very beginning.
    Opening,
    /// Anywhere: it is the name or the id of a label.
    LabelName,
}

/// Words that an address begins with.
const ADDRESSES: [&str; 6] = ["yth", "kepada", "kpd", "kpada", "ytc", "terhormat"];
/// Words between them and the one addressed.
const TITLES: [&str; 15] = [
    "yth",
    "kepada",
    "kpd",
    "yang",
    "terhormat",
    "bapak",
    "ibu",
    "bpk",
    "pak",
    "bu",
    "dan",
    "atau",
    "sdr",
    "para",
    "di",
];
/// Words of offices and of those who lead them.
const OFFICES: [&str; 30] = [
    "dinas",
    "kepala",
    "kadis",
    "badan",
    "kaban",
    "kantor",
    "bupati",
    "walikota",
    "wali",
    "gubernur",
    "camat",
    "kecamatan",
    "lurah",
    "kelurahan",
    "kades",
    "desa",
    "satpol",
    "damkar",
    "puskesmas",
    "rsud",
    "sekretaris",
    "sekda",
    "kementerian",
    "menteri",
    "direktur",
    "pdam",
    "pln",
    "bpbd",
    "dishub",
    "upt",
];
/// Words of the longest phrase.
const LONGEST: usize = 3;

/// Returns the first one, two and three words of a folded text; none where it begins with an address.
pub(super) fn openings(text: &str) -> Vec<&str> {
    let is_address = text.split(' ').next().is_some_and(|word| ADDRESSES.contains(&word));
    if is_address { Vec::new() } else { beginnings(text) }
}

/// Returns the one, two and three words after each address and the titles behind it.
pub(super) fn salutations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((word, after)) = rest.split_once(' ') {
        rest = after;
        if ADDRESSES.contains(&word) {
            while let Some((title, after)) = rest.split_once(' ').filter(|(word, _)| TITLES.contains(word)) {
                let _ = title;
                rest = after;
            }
            found.extend(beginnings(rest));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns whether the text addresses an office.
pub(super) fn addresses_office(text: &str) -> bool {
    salutations(text).iter().any(|phrase| OFFICES.contains(phrase))
}

fn beginnings(text: &str) -> Vec<&str> {
    let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]);
    ends.take(LONGEST).map(|end| &text[..end]).filter(|phrase| !phrase.is_empty()).collect()
}

/// The names and ids of a head's labels, by their first words.
pub(super) struct Names(HashMap<String, Vec<String>>);

impl Names {
    /// Returns those of `set`; short ones, which are rather words than names, are left out.
    pub(super) fn new(set: &LabelSet) -> Self {
        const SHORT: usize = 3;
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        for name in set.labels.iter().flat_map(|label| [folded(&label.id), folded(&label.name)]) {
            let first = name.split(' ').next().unwrap_or_default().to_owned();
            let same = names.entry(first).or_default();
            if name.chars().count() > SHORT && !same.contains(&name) {
                same.push(name);
            }
        }
        Self(names)
    }

    /// Returns the names that stand in a folded text, each once.
    pub(super) fn within(&self, text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut rest = text;
        loop {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            let names = self.0.get(word).map_or(&[][..], Vec::as_slice);
            let stands = |name: &&String| {
                rest.strip_prefix(name.as_str()).is_some_and(|after| after.is_empty() || after.starts_with(' '))
            };
            found.extend(names.iter().filter(stands).map(String::as_str));
            if after.is_empty() {
                break;
            }
            rest = after;
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, addresses_office, openings, salutations};
    use crate::model::Label;
    use crate::train::dataset::LabelSet;

    #[test]
    fn whom_a_text_addresses() {
        for (text, expected, office) in [
            (
                "kepada yth bapak kepala dinas perhubungan kota",
                &["kepala", "kepala dinas", "kepala dinas perhubungan"][..],
                true,
            ),
            ("mohon bantuan yth dinas pu", &["dinas", "dinas pu"], true),
            ("yth admin", &["admin"], false),
            ("kepada", &[], false),
            ("lampu jalan mati", &[], false),
            ("", &[], false),
        ] {
            assert_eq!((salutations(text).as_slice(), addresses_office(text)), (expected, office), "{text}");
        }
    }

    #[test]
    fn first_words() {
        for (text, expected) in [
            ("lampu jalan mati total", &["lampu", "lampu jalan", "lampu jalan mati"][..]),
            ("lampu", &["lampu"]),
            ("yth dinas pu lampu mati", &[]),
            ("", &[]),
        ] {
            assert_eq!(openings(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_labels() {
        let label = |(id, name): (&str, &str)| Label { id: id.into(), name: name.into(), definition: String::new() };
        let labels = [("dinas-pu", "Dinas Pekerjaan Umum"), ("dishub", "Dinas Perhubungan"), ("pu", "PU")];
        let names = Names::new(&LabelSet { ordered: false, labels: labels.map(label).into() });
        for (text, expected) in [
            ("tolong dinas perhubungan dan dinas pu", &["dinas perhubungan", "dinas pu"][..]),
            ("dinas perhubungannya pu", &[]),
            ("dishub", &["dishub"]),
            ("", &[]),
        ] {
            assert_eq!(names.within(text), expected, "{text}");
        }
    }
}

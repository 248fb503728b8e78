//! Labels that their heads do not have, and what was probably meant.

use super::words::folded;
use crate::model::Label;
use crate::train::dataset::{Collection, LabelSet, Part, Places};
use crate::train::recipe::Recipe;
use serde::Serialize;
use std::collections::BTreeMap;

/// A label that its head does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownLabel {
    /// The head.
    pub head: String,
    /// The label found.
    pub label: String,
    /// The rows with it.
    pub places: Places,
    /// The head's label that is most like it, where one is.
    pub meant: Option<String>,
}

/// Least likeness of what was probably meant, 0 to 1.
const LIKE: f64 = 0.7;

/// Returns the labels of train and dev that their heads do not have, by head, the most frequent first.
pub(crate) fn unknown_labels(recipe: &Recipe, collection: &Collection) -> Vec<UnknownLabel> {
    unknown(recipe, collection, |part| matches!(part, Part::Train | Part::Dev))
}

/// Returns those of the rows whose part is `wanted`.
pub(super) fn unknown(recipe: &Recipe, collection: &Collection, wanted: impl Fn(Part) -> bool) -> Vec<UnknownLabel> {
    let mut all = Vec::new();
    for (head, set) in recipe.head.iter().zip(&collection.heads) {
        let mut found: BTreeMap<&str, Places> = BTreeMap::new();
        let rows = collection.records.iter().zip(&collection.parts).filter(|(_, part)| wanted(**part));
        for (record, annotation) in rows.filter_map(|(record, _)| Some((record, record.labels.get(&head.name)?))) {
            if !set.labels.iter().any(|label| label.id == annotation.label) {
                let report = record.id.as_ref().map(|id| format!("report {id}"));
                let who: Vec<String> = report.into_iter().chain(annotation.by.clone()).collect();
                let who = if who.is_empty() { String::new() } else { format!(" ({})", who.join(", ")) };
                found.entry(&annotation.label).or_default().add(&format!("{}{who}", record.place));
            }
        }
        let mut found: Vec<UnknownLabel> = found
            .into_iter()
            .map(|(label, places)| UnknownLabel {
                head: head.name.clone(),
                label: label.to_owned(),
                places,
                meant: meant(label, set),
            })
            .collect();
        found.sort_by_key(|label| std::cmp::Reverse(label.places.rows));
        all.append(&mut found);
    }
    all
}

/// Returns the label of `set` whose id or name is most like `label`.
fn meant(label: &str, set: &LabelSet) -> Option<String> {
    let label = folded(label);
    let likeness = |known: &Label| {
        let like = |name: &str| strsim::normalized_damerau_levenshtein(&label, &folded(name));
        like(&known.id).max(like(&known.name))
    };
    let ranked = set.labels.iter().map(|known| (likeness(known), known)).filter(|(like, _)| *like >= LIKE);
    // Of equals the first.
    ranked.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, known)| known.id.clone())
}

/// Returns the message that lists unknown labels, the first thirty of them.
pub(crate) fn listed(unknown: &[UnknownLabel]) -> String {
    const SHOWN: usize = 30;
    let line = |label: &UnknownLabel| {
        let first = label.places.first.first().map_or("?", String::as_str);
        let meant = label.meant.as_ref().map_or(String::new(), |meant| format!("; did you mean \"{meant}\"?"));
        let times = if label.places.rows == 1 { "once".to_owned() } else { format!("{} times", label.places.rows) };
        format!("\n  {} \"{}\": {times}, first at {first}{meant}", label.head, label.label)
    };
    let lines: String = unknown.iter().take(SHOWN).map(line).collect();
    let more = unknown.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    format!("labels that their heads do not have; expected ids of the heads' label files:{lines}{more}")
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::model::Label;
    use crate::train::dataset::LabelSet;

    #[test]
    fn what_was_meant_is_like_an_id_or_a_name() {
        let label = |(id, name): (&str, &str)| Label { id: id.into(), name: name.into(), definition: String::new() };
        let labels = [("perhubungan", "Perhubungan"), ("pu", "Pekerjaan umum"), ("lingkungan-hidup", "Lingkungan")];
        let set = LabelSet { ordered: false, labels: labels.map(label).into() };
        for (found, expected) in [
            ("perhubngan", Some("perhubungan")),
            ("Pekerjaan Umum", Some("pu")),
            ("lingkungan_hidup", Some("lingkungan-hidup")),
            ("kesehatan", None),
            ("", None),
        ] {
            assert_eq!(meant(found, &set).as_deref(), expected, "{found}");
        }
    }
}

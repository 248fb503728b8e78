//! Label leaks: phrases that tell a label without telling what the report is about.
//!
//! A model that learns from "Yth. Dinas Perhubungan" looks good on a test split whose texts are addressed too, and fails on
//! those that nobody has sorted yet.

use super::phrases::{Names, Place, addresses_office, openings, salutations};
use super::words::{contains, folded};
use crate::train::dataset::{Collection, LabelSet, Part};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest rows with a phrase that tells.
const LEAST_ROWS: usize = 20;
/// Share of them that have its label.
const PRECISION: f32 = 0.98;
/// Share of the rows with an opening that have it at their beginning; what a report is about stands elsewhere too.
const FORMULA: f32 = 0.8;
/// A label with more of the rows than this needs no phrase to be guessed.
const MOST_PRIOR: f32 = 0.9;

/// A phrase that gives a label away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leak {
    /// Where it stands.
    pub place: Place,
    /// Its words.
    pub phrase: String,
    /// The label that it tells.
    pub label: String,
    /// Labelled rows with it.
    pub rows: usize,
    /// Share of them that have the label.
    pub precision: f32,
}

/// The leaks of one head, in rows of train and dev with a label of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct HeadLeaks {
    /// The head.
    pub head: String,
    /// Rows looked at.
    pub rows: usize,
    /// Rows with one of `leaks`.
    pub affected: usize,
    /// Rows that address an office after `Yth.` or `Kepada`.
    pub addressed: usize,
    /// Rows that have the name or the id of their own label in them.
    pub named: usize,
    /// The phrases, most rows first.
    pub leaks: Vec<Leak>,
}

/// Returns the leaks of every head.
pub(super) fn leaks(collection: &Collection, heads: &[String]) -> Vec<HeadLeaks> {
    let learnt = collection.records.par_iter().zip(&collection.parts);
    let texts: Vec<String> = learnt
        .map(
            |(record, part)| if matches!(part, Part::Train | Part::Dev) { folded(&record.text) } else { String::new() },
        )
        .collect();
    heads.par_iter().zip(&collection.heads).map(|(head, set)| head_leaks(collection, &texts, head, set)).collect()
}

/// A text's label and the phrases that might tell it.
struct Clue<'t> {
    text: &'t str,
    label: &'t str,
    phrases: Vec<(Place, &'t str)>,
}

fn head_leaks(collection: &Collection, texts: &[String], head: &str, set: &LabelSet) -> HeadLeaks {
    let names = Names::new(set);
    let labelled = collection.records.iter().zip(texts).filter(|(_, text)| !text.is_empty());
    let clues: Vec<Clue<'_>> =
        labelled.filter_map(|(record, text)| Some(Clue::new(text, &record.labels.get(head)?.label, &names))).collect();
    let leaks = telling(&clues);
    let told: BTreeSet<(Place, &str)> = leaks.iter().map(|leak| (leak.place, leak.phrase.as_str())).collect();
    let own: BTreeMap<&str, [String; 2]> =
        set.labels.iter().map(|label| (label.id.as_str(), [folded(&label.id), folded(&label.name)])).collect();
    let is_named =
        |clue: &&Clue<'_>| own.get(clue.label).is_some_and(|names| names.iter().any(|name| contains(clue.text, name)));
    HeadLeaks {
        head: head.to_owned(),
        rows: clues.len(),
        affected: clues.iter().filter(|clue| clue.phrases.iter().any(|phrase| told.contains(phrase))).count(),
        addressed: clues.iter().filter(|clue| addresses_office(clue.text)).count(),
        named: clues.iter().filter(is_named).count(),
        leaks,
    }
}

impl<'t> Clue<'t> {
    fn new(text: &'t str, label: &'t str, names: &'t Names) -> Self {
        let of = |place: Place, phrases: Vec<&'t str>| phrases.into_iter().map(move |phrase| (place, phrase));
        let phrases = of(Place::Salutation, salutations(text))
            .chain(of(Place::Opening, openings(text)))
            .chain(of(Place::LabelName, names.within(text)));
        Self { text, label, phrases: phrases.collect() }
    }
}

/// Returns the phrases that tell a label; of phrases that begin alike the shortest.
fn telling(clues: &[Clue<'_>]) -> Vec<Leak> {
    let mut priors: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found: BTreeMap<(Place, &str), BTreeMap<&str, usize>> = BTreeMap::new();
    for clue in clues {
        *priors.entry(clue.label).or_default() += 1;
        for &phrase in &clue.phrases {
            *found.entry(phrase).or_default().entry(clue.label).or_default() += 1;
        }
    }
    let mut leaks: Vec<Leak> = Vec::new();
    for ((place, phrase), labels) in found {
        let rows: usize = labels.values().sum();
        let Some((label, most)) = labels.into_iter().max_by_key(|(_, rows)| *rows) else { continue };
        let precision = most as f32 / rows as f32;
        let is_common = priors[label] as f32 > MOST_PRIOR * clues.len() as f32;
        let begins = |leak: &Leak| {
            leak.place == place && phrase.strip_prefix(&leak.phrase).is_some_and(|rest| rest.starts_with(' '))
        };
        let tells = rows >= LEAST_ROWS && precision >= PRECISION && !is_common;
        if tells && !leaks.iter().any(begins) && (place != Place::Opening || is_formula(clues, phrase, rows)) {
            leaks.push(Leak { place, phrase: phrase.to_owned(), label: label.to_owned(), rows, precision });
        }
    }
    leaks.sort_by_key(|leak| std::cmp::Reverse(leak.rows));
    leaks
}

/// Whether a phrase with which `rows` texts begin stands nowhere else.
fn is_formula(clues: &[Clue<'_>], phrase: &str, rows: usize) -> bool {
    let all = clues.iter().filter(|clue| contains(clue.text, phrase)).count();
    rows as f32 >= FORMULA * all as f32
}

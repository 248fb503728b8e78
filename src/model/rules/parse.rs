//! Rules as people write them: TOML. Only where models are trained.

use super::bytes::{MAX_PHRASE, is_word};
use super::{Rule, RulesError, Table};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// How deep a list may refer to lists.
const MAX_DEPTH: usize = 2;
const TOO_MANY: &str = "fewer: the byte form counts to 65534";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    head: String,
    order: Vec<String>,
    #[serde(default = "default_window")]
    window: u8,
    #[serde(default = "default_near")]
    near: u8,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    hides: Vec<String>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "rule")]
    rules: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    label: String,
    all: Vec<Vec<String>>,
    window: Option<u8>,
    near: Option<u8>,
    unless: Option<Vec<String>>,
    never: Option<Vec<String>>,
}

fn default_window() -> u8 {
    8
}

fn default_near() -> u8 {
    6
}

/// A phrase's words; phrases that stand together; several such lists: the named ones apart, which others share.
type Phrase = Vec<String>;
type List = BTreeSet<Phrase>;
type Lists = BTreeSet<List>;

/// An entry with its lists written out.
struct Resolved {
    groups: Vec<Lists>,
    unless: Lists,
    never: Lists,
}

/// Returns the rules that `toml` says.
pub(super) fn parse(toml: &str) -> Result<Table, RulesError> {
    let file: File = toml::from_str(toml).map_err(|error| RulesError::Toml { message: error.to_string() })?;
    check_names(&file)?;
    let resolved: Vec<Resolved> =
        file.rules.iter().map(|entry| resolve(&file, entry)).collect::<Result<_, RulesError>>()?;
    let hides = written_out(&file, "hides", &file.hides)?;
    let sets = || resolved.iter().flat_map(|rule| rule.groups.iter().chain([&rule.unless, &rule.never]));
    let used = || sets().chain([&hides]).flatten();
    let words: BTreeSet<&String> = used().flatten().flatten().collect();
    let words = Numbers::new(words.into_iter().cloned().collect(), "words")?;
    let numbered: BTreeSet<Vec<u16>> = used().flatten().map(|phrase| words.phrase(phrase)).collect();
    let patterns = Numbers::new(numbered.into_iter().collect(), "patterns")?;
    let list = |list: &List| -> Vec<u16> {
        list.iter().map(|phrase| patterns.of(&words.phrase(phrase))).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let distinct: BTreeSet<Vec<u16>> = used().map(list).collect();
    let lists = Numbers::new(distinct.into_iter().collect(), "lists")?;
    let set = |many: &Lists| many.iter().map(|one| lists.of(&list(one))).collect::<BTreeSet<_>>().into_iter().collect();
    let rule = |(entry, rule): (&Entry, &Resolved)| Rule {
        id: entry.id.clone(),
        label: rank(&file, &entry.label).unwrap_or(0),
        window: entry.window.unwrap_or(file.window),
        near: entry.near.unwrap_or(file.near),
        groups: rule.groups.iter().map(set).collect(),
        unless: set(&rule.unless),
        never: set(&rule.never),
    };
    let rules = file.rules.iter().zip(&resolved).map(rule).collect();
    let hides = set(&hides);
    Ok(Table { hides, rules, words: words.0, patterns: patterns.0, lists: lists.0, head: file.head, order: file.order })
}

/// Sorted things that are known by their position.
struct Numbers<T>(Vec<T>);

impl<T: Ord> Numbers<T> {
    fn new(sorted: Vec<T>, place: &str) -> Result<Self, RulesError> {
        match sorted.len() < usize::from(u16::MAX) {
            true => Ok(Self(sorted)),
            false => Err(wrong(place.to_owned(), sorted.len().to_string(), TOO_MANY)),
        }
    }

    /// Returns the number of `thing`, which is one of them.
    fn of(&self, thing: &T) -> u16 {
        self.0.binary_search(thing).unwrap_or(0) as u16
    }
}

impl Numbers<String> {
    fn phrase(&self, phrase: &Phrase) -> Vec<u16> {
        phrase.iter().map(|word| self.of(word)).collect()
    }
}

fn check_names(file: &File) -> Result<(), RulesError> {
    let fits = |name: &String| (1..=255).contains(&name.len());
    let names = [&file.head].into_iter().chain(&file.order).chain(file.rules.iter().map(|entry| &entry.id));
    if let Some(name) = names.into_iter().find(|name| !fits(name)) {
        return Err(wrong("names".into(), format!("{name:?}"), "1 to 255 bytes"));
    }
    let twice = |names: &[&String]| (1..names.len()).find(|&at| names[..at].contains(&names[at]));
    let ids: Vec<&String> = file.rules.iter().map(|entry| &entry.id).collect();
    if let Some(at) = twice(&ids) {
        return Err(wrong(format!("rule {:?}", ids[at]), "the id twice".into(), "ids that differ"));
    }
    let labels: Vec<&String> = file.order.iter().collect();
    if let Some(at) = twice(&labels) {
        return Err(wrong("order".into(), format!("{:?} twice", labels[at]), "labels that differ"));
    }
    if labels.len() > usize::from(u8::MAX) {
        return Err(wrong("order".into(), format!("{} labels", labels.len()), "at most 255"));
    }
    if ids.len() >= usize::from(u16::MAX) {
        return Err(wrong("rule".into(), format!("{} rules", ids.len()), TOO_MANY));
    }
    Ok(())
}

fn rank(file: &File, label: &str) -> Option<u8> {
    file.order.iter().position(|other| other == label).and_then(|rank| u8::try_from(rank).ok())
}

fn resolve(file: &File, entry: &Entry) -> Result<Resolved, RulesError> {
    let place = format!("rule {:?}", entry.id);
    if rank(file, &entry.label).is_none() {
        return Err(wrong(place, format!("label {:?}", entry.label), "a label of `order`"));
    }
    if !(1..=255).contains(&entry.all.len()) || entry.all.iter().any(Vec::is_empty) {
        return Err(wrong(place, "no group, an empty one, or too many".into(), "1 to 255 groups of words in `all`"));
    }
    let lists = |items: &[String]| written_out(file, &place, items);
    Ok(Resolved {
        groups: entry.all.iter().map(|group| lists(group)).collect::<Result<_, _>>()?,
        unless: lists(entry.unless.as_ref().unwrap_or(&file.unless))?,
        never: lists(entry.never.as_ref().unwrap_or(&file.never))?,
    })
}

/// Returns the lists that `items` stand for: the named ones, and one of their own.
fn written_out(file: &File, place: &str, items: &[String]) -> Result<Lists, RulesError> {
    let mut lists = Lists::new();
    let own = collect(file, place, items, MAX_DEPTH, &mut lists)?;
    if !own.is_empty() {
        lists.insert(own);
    }
    match lists.len() <= usize::from(u8::MAX) {
        true => Ok(lists),
        false => Err(wrong(place.to_owned(), format!("{} lists in one", lists.len()), "at most 255")),
    }
}

/// Returns the phrases among `items` and adds the lists that they name with `@` to `lists`.
fn collect(file: &File, place: &str, items: &[String], depth: usize, lists: &mut Lists) -> Result<List, RulesError> {
    let mut own = List::new();
    for item in items {
        let Some(name) = item.strip_prefix('@') else {
            own.insert(phrase(place, item)?);
            continue;
        };
        match file.lists.get(name) {
            Some(_) if depth == 0 => return Err(wrong(place.into(), format!("{item:?}"), "lists that end somewhere")),
            Some(inner) if !inner.is_empty() => {
                let list = collect(file, place, inner, depth - 1, lists)?;
                lists.insert(list);
            }
            _ => return Err(wrong(place.into(), format!("{item:?}"), "a list of `[lists]` with words in it")),
        }
    }
    lists.remove(&List::new());
    Ok(own)
}

fn phrase(place: &str, item: &str) -> Result<Phrase, RulesError> {
    let words: Phrase = item.split_whitespace().map(str::to_owned).collect();
    let right = (1..=MAX_PHRASE).contains(&words.len()) && words.iter().all(|word| is_word(word) && word.len() < 256);
    match right {
        true => Ok(words),
        false => Err(wrong(place.into(), format!("{item:?}"), "1 to 4 lower-case words, `*` after 3 letters or more")),
    }
}

fn wrong(place: String, found: String, expected: &'static str) -> RulesError {
    RulesError::Entry { place, found, expected }
}

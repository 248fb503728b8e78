//! The directory of offices (models/directory): every function of government has an office in every region.
//!
//! Whether a name is true only a person of the region can tell; see models/directory/README.md.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use pilah::train::LabelFile;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de::Error as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The region at the end of every chain.
const NATIONAL: &str = "nasional";
/// Regions that the form promises.
const PROMISED: [&str; 6] = ["kalimantan-timur", "kutai-timur", "luwu-timur", NATIONAL, "samarinda", "surabaya"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    id: String,
    name: String,
    level: Level,
    parent: Option<String>,
    utc_offset: Option<i8>,
    emergency: Option<Vec<String>>,
    #[serde(deserialize_with = "in_order")]
    offices: Vec<(String, Office)>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Level {
    Kabupaten,
    Kota,
    Provinsi,
    Nasional,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    name: String,
    short: String,
    also: Option<Vec<String>>,
}

/// As the file has them: a map would hide a function that is given twice.
fn in_order<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<(String, Office)>, D::Error> {
    struct Offices;
    impl<'de> Visitor<'de> for Offices {
        type Value = Vec<(String, Office)>;

        fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            out.write_str("offices by function")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut offices = Vec::new();
            while let Some(function) = map.next_key::<String>()? {
                let office = map.next_value().map_err(|error| M::Error::custom(format!("{function}: {error}")))?;
                offices.push((function, office));
            }
            Ok(offices)
        }
    }
    input.deserialize_map(Offices)
}

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models")
}

/// File name without its ending -> region.
fn regions() -> BTreeMap<String, Region> {
    let mut regions = BTreeMap::new();
    for entry in std::fs::read_dir(models().join("directory")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            let region = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            regions.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), region);
        }
    }
    regions
}

fn functions() -> Vec<String> {
    let text = std::fs::read_to_string(models().join("labels/agency.toml")).unwrap();
    let file: LabelFile = toml::from_str(&text).unwrap();
    file.label.into_iter().map(|label| label.id).collect()
}

/// The region and those that stand in for it, up to one without a parent.
fn chain<'r>(regions: &'r BTreeMap<String, Region>, start: &str) -> Vec<&'r Region> {
    let mut chain: Vec<&Region> = Vec::new();
    let mut next = Some(start);
    while let Some(id) = next {
        let region = regions.get(id).unwrap_or_else(|| panic!("{start}: parent {id} has no file"));
        assert!(chain.iter().all(|earlier| earlier.id != region.id), "{start}: the parents go round at {id}");
        chain.push(region);
        next = region.parent.as_deref();
    }
    chain
}

/// Fails with every offence on a line of its own.
fn assert_none(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}\n  {}", offences.join("\n  "));
}

#[test]
fn promised_regions_are_there() {
    let regions = regions();
    let missing: Vec<String> =
        PROMISED.iter().filter(|id| !regions.contains_key(**id)).map(ToString::to_string).collect();
    assert_none(&missing, "models/directory needs a file for each of these regions:");
}

#[test]
fn ids_are_file_names() {
    let offences: Vec<String> = regions()
        .iter()
        .filter(|(file, region)| **file != region.id || !file.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        .map(|(file, region)| format!("{file}.json: id {}", region.id))
        .collect();
    assert_none(&offences, "a region's id (a-z and -) is its file's name:");
}

#[test]
fn every_region_has_a_zone_of_the_country() {
    let regions = regions();
    for file in regions.keys() {
        let offset = chain(&regions, file).iter().find_map(|region| region.utc_offset);
        assert!(matches!(offset, Some(7..=9)), "{file}.json: hours ahead of UTC: {offset:?}");
    }
}

#[test]
fn chains_end_in_the_nation() {
    let regions = regions();
    for (file, region) in &regions {
        let chain = chain(&regions, file);
        let last = chain.last().unwrap();
        assert_eq!(last.id, NATIONAL, "{file}.json: the chain of parents ends in {}", last.id);
        let nation = region.level == Level::Nasional;
        assert_eq!(nation, file == NATIONAL, "{file}.json: level nasional belongs to {NATIONAL}.json alone");
        let above = chain.get(1).map(|parent| &parent.level);
        let fits = matches!(above, None | Some(Level::Provinsi | Level::Nasional));
        assert!(fits, "{file}.json: the parent of a region is a province or {NATIONAL}");
    }
}

#[test]
fn every_function_has_an_office_in_every_region() {
    let (regions, functions) = (regions(), functions());
    let mut offences = Vec::new();
    for file in regions.keys() {
        let chain = chain(&regions, file);
        let has = |function: &String| chain.iter().any(|region| region.offices.iter().any(|(id, _)| id == function));
        offences.extend(functions.iter().filter(|id| !has(id)).map(|id| format!("{file}: {id}")));
    }
    assert_none(&offences, "name an office for each function, in the region or in one of its parents:");
}

#[test]
fn offices_keep_the_order_of_the_labels() {
    let functions = functions();
    let place = |id: &String| functions.iter().position(|function| function == id);
    let mut offences = Vec::new();
    for (file, region) in &regions() {
        let mut before = None;
        for (id, _) in &region.offices {
            match place(id) {
                None => offences.push(format!("{file}.json: {id} is no id of models/labels/agency.toml")),
                at if at <= before => offences.push(format!("{file}.json: {id} is out of order or given twice")),
                at => before = at,
            }
        }
    }
    assert_none(&offences, "offices stand in the order of models/labels/agency.toml, each once:");
}

#[test]
fn names_can_be_shown() {
    let clean = |text: &String| {
        !text.is_empty()
            && text.split_whitespace().collect::<Vec<_>>().join(" ") == **text
            && !text.contains(['<', '>'])
    };
    let mut offences = Vec::new();
    for (file, region) in &regions() {
        if !clean(&region.name) {
            offences.push(format!("{file}.json: name {:?}", region.name));
        }
        for (id, office) in &region.offices {
            let also = office.also.as_deref().unwrap_or_default();
            let fine = clean(&office.name) && clean(&office.short) && also.iter().all(clean);
            let repeats = also.contains(&office.name) || office.also.as_ref().is_some_and(Vec::is_empty);
            if !fine || repeats || office.short.chars().count() > office.name.chars().count() {
                offences.push(format!("{file}.json: {id}: {:?}, {:?}, {also:?}", office.name, office.short));
            }
        }
    }
    assert_none(
        &offences,
        "a name is neither empty nor padded, `short` is no longer than `name`, `also` names other offices or is left out:",
    );
}

#[test]
fn emergency_numbers_can_be_dialled() {
    let regions = regions();
    for file in regions.keys() {
        let numbers = chain(&regions, file).iter().find_map(|region| region.emergency.as_ref());
        let numbers =
            numbers.unwrap_or_else(|| panic!("{NATIONAL}.json: give `emergency`, the numbers for everywhere"));
        let digits = |number: &String| number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        assert!(!numbers.is_empty() && numbers.iter().all(digits), "{file}: digits only, at least three: {numbers:?}");
        let repeats = numbers.iter().enumerate().any(|(at, number)| numbers[..at].contains(number));
        assert!(!repeats, "{file}: a number stands twice: {numbers:?}");
    }
}

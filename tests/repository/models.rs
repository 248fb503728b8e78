//! What is under models/ fits together: recipe, label sets, data, and the artefacts made of them.

use super::{assert_none, read, root, walk};
use flate2::{Compression, write::GzEncoder};
use pilah::Classifier;
use pilah::model::{Model, Rules};
use pilah::text::Lexicon;
use pilah::train::{Dataset, LabelFile, Recipe};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

/// Artefact -> most bytes after gzip.
const BUDGETS: [(&str, usize); 2] = [("penuh", 1_500_000), ("kecil", 200_000)];
const RETRAIN: &str = "train again: cargo run --release -- train DATA --recipe models/recipe.toml --out models";

fn path(inside: &str) -> PathBuf {
    root().join("models").join(inside)
}

fn recipe() -> Recipe {
    Recipe::read(&path("recipe.toml")).unwrap()
}

fn artefact(name: &str) -> Vec<u8> {
    std::fs::read(path(&format!("{name}.pilah"))).unwrap()
}

fn model(name: &str) -> Model {
    let loaded = Classifier::from_bytes(&artefact(name));
    loaded.unwrap_or_else(|error| panic!("models/{name}.pilah: {error}; {RETRAIN}")).model().clone()
}

fn label_file(inside: &std::path::Path) -> LabelFile {
    toml::from_str(&std::fs::read_to_string(path("").join(inside)).unwrap()).unwrap()
}

#[test]
fn artefacts_keep_to_their_size() {
    for (name, most) in BUDGETS {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&artefact(name)).unwrap();
        let size = gzip.finish().unwrap().len();
        assert!(size <= most, "models/{name}.pilah has {size} bytes after gzip; at most {most} are allowed");
    }
}

#[test]
fn artefacts_are_those_of_the_recipe() {
    let recipe = recipe();
    assert!(recipe.artefacts.keys().map(String::as_str).eq(["kecil", "penuh"]), "the two artefacts that are shipped");
    for (name, _) in BUDGETS {
        let model = model(name);
        let origin =
            |wanted: &str| model.provenance().iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone());
        assert_eq!(origin("artefact").as_deref(), Some(name), "models/{name}.pilah is another artefact; {RETRAIN}");
        let trained = origin("recipe sha-256");
        assert_eq!(
            trained,
            Some(recipe.digest()),
            "models/recipe.toml changed after models/{name}.pilah was made; {RETRAIN}"
        );
    }
    let [penuh, kecil] =
        BUDGETS.map(|(name, _)| model(name).provenance().iter().find(|(key, _)| key == "data sha-256").cloned());
    assert_eq!(penuh, kecil, "both artefacts come from one run; {RETRAIN}");
}

/// The digest of the recipe covers settings, not the files that it names: those are compared with what the model holds.
#[test]
fn artefacts_hold_the_files_of_the_recipe() {
    let recipe = recipe();
    for (name, _) in BUDGETS {
        let model = model(name);
        assert_eq!(model.heads().len(), recipe.head.len(), "models/{name}.pilah");
        for (head, made) in recipe.head.iter().zip(model.heads()) {
            assert_eq!(head.name, made.name());
            let Some(inside) = &head.labels else { continue };
            let file = label_file(inside);
            let changed = format!("models/{} changed after models/{name}.pilah was made; {RETRAIN}", inside.display());
            assert!(file.ordered == made.ordered() && file.label == made.labels(), "{changed}");
        }
        let bytes = artefact(name);
        let body = |wanted: &str| section(&bytes, wanted);
        let rules = recipe
            .rules
            .as_ref()
            .map(|file| Rules::from_toml(&std::fs::read_to_string(path("").join(file)).unwrap()).unwrap());
        assert!(
            body("rules") == rules.unwrap_or_default().to_bytes(),
            "the rules changed after models/{name}.pilah was made; {RETRAIN}"
        );
        let slang = recipe
            .text
            .slang
            .as_ref()
            .map_or_else(String::new, |file| std::fs::read_to_string(path("").join(file)).unwrap());
        let slang: String =
            Lexicon::parse(&slang).unwrap().entries().map(|(from, to)| format!("{from}\t{to}\n")).collect();
        assert!(body("slang") == slang.as_bytes(), "the slang changed after models/{name}.pilah was made; {RETRAIN}");
    }
}

/// A section's bytes, read as models/README.md says and not with the crate's own reader.
fn section<'b>(file: &'b [u8], wanted: &str) -> &'b [u8] {
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let count = number(20);
    let mut start = 24 + 12 * count;
    for entry in (0..count).map(|at| 24 + 12 * at) {
        let (name, length) = (&file[entry..entry + 8], number(entry + 8));
        if std::str::from_utf8(name).unwrap().trim_end_matches('\0') == wanted {
            return &file[start..start + length];
        }
        start += length;
    }
    panic!("no section {wanted}");
}

#[test]
fn label_sets_are_complete() {
    let mut offences = Vec::new();
    for file in walk("models/labels") {
        let labels: LabelFile = toml::from_str(&read(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut seen = BTreeSet::new();
        for label in &labels.label {
            let is_id = !label.id.is_empty()
                && label.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            let fine =
                is_id && !label.name.is_empty() && !label.definition.is_empty() && !label.definition.contains('\n');
            if !fine || !seen.insert(&label.id) {
                offences.push(format!("{file}: {label:?}"));
            }
        }
    }
    assert_none(&offences, "a label has an id of its own (a-z, 0-9, -), a name and a definition of one line:");
}

/// Reads everything that `pilah train` reads in a clone: data, relabels, labels.
#[test]
fn shipped_data_fits_the_recipe() {
    let data = Dataset::read(&recipe(), &path(""), &[]).unwrap();
    assert!(!data.train.is_empty() && !data.dev.is_empty(), "a clone trains and calibrates with what it has");
}

#[test]
fn relabels_carry_no_text() {
    let text = read("models/relabels.tsv");
    let is_id = |field: &str| field.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
    let bad = text.lines().enumerate().filter(|(_, line)| !line.split('\t').all(is_id));
    let offences: Vec<String> = bad.map(|(at, _)| format!("line {}", at + 1)).collect();
    assert_none(&offences, "models/relabels.tsv holds ids and labels only:");
}

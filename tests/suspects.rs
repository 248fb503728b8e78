//! Suspect labels: wrong ones are found far above chance, wrong input is told, and what people fill in can be read again.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "suspects/program.rs"]
mod program;
#[path = "model/tiny.rs"]
mod tiny;

use pilah::lab::{Findings, SuspectError, SuspectSettings, folds, suspects};
use pilah::train::{Dataset, Progress, Recipe};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// One head, a network of one member: fast and no better than the test needs.
const RECIPE: &str = r#"
seed = 5
split_share = 0.0
data = ["rows.jsonl"]
[text]
stemming = "none"
[features]
gram_min = 3
gram_max = 4
pairs = false
min_reports = 2
[[head]]
name = "category"
[teacher]
members = 3
hidden = 16
epochs = 25
row_rate = 0.05
dense_rate = 0.005
feature_dropout = 0.4
hidden_dropout = 0.0
label_smoothing = 0.1
batch = 16
[artefacts.satu]
features = 4000
"#;

/// The categories that the test knows; each has at least 48 rows in the seed.
const CATEGORIES: [&str; 6] = ["keamanan", "kesehatan", "listrik-energi", "angkutan", "pertanian", "telekomunikasi"];

fn found(dir: &Path, settings: &SuspectSettings) -> Result<Findings, SuspectError> {
    let recipe = Recipe::read(&dir.join("recipe.toml")).unwrap();
    let data = Dataset::read(&recipe, dir, &[]).unwrap();
    suspects(&recipe, dir, &data, settings, &Progress::default())
}

/// Rows of the seed with labels in `CATEGORIES` and a telephone number, one in twenty of them given another label; and the ids of those.
fn spoilt() -> (TempDir, BTreeSet<String>) {
    let seed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/seed.jsonl")).unwrap();
    let mut flipped = BTreeSet::new();
    let mut lines = String::new();
    let rows = seed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let position = |row: &serde_json::Value| CATEGORIES.iter().position(|id| row["category"] == *id);
    for (at, (mut row, label)) in rows.filter_map(|row| position(&row).map(|label| (row, label))).enumerate() {
        let is_flipped = at % 20 == 7;
        if is_flipped {
            row["category"] = CATEGORIES[(label + 1 + at / 20 % 5) % 6].into();
            flipped.insert(row["id"].as_str().unwrap().to_owned());
        }
        row["text"] = format!("{} Hub 0812-0000-0000", row["text"].as_str().unwrap()).into();
        row["split"] = "train".into();
        row["category_by"] = if is_flipped { "magang" } else { "ahli" }.into();
        lines += &format!("{row}\n");
    }
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("recipe.toml"), RECIPE).unwrap();
    fs::write(dir.path().join("rows.jsonl"), lines).unwrap();
    (dir, flipped)
}

#[test]
fn wrong_labels_are_found_far_above_chance() {
    let (dir, flipped) = spoilt();
    let found = found(dir.path(), &SuspectSettings::default()).unwrap();
    let recipe = Recipe::read(&dir.path().join("recipe.toml")).unwrap();
    let data = Dataset::read(&recipe, dir.path(), &[]).unwrap();
    let hits = |most: usize| {
        let top = found.suspects.iter().take(most);
        top.filter(|suspect| flipped.contains(data.train[suspect.row].id.as_ref().unwrap())).count()
    };
    // By chance one in twenty of the first would be wrong.
    let wrong = flipped.len();
    assert!(wrong >= 15, "{wrong}");
    let (first, second) = (hits(wrong), hits(2 * wrong));
    assert!(first * 3 >= wrong, "{first} of the first {wrong} are wrong");
    assert!(second * 2 >= wrong, "{second} of {wrong} wrong ones are among the first {}", 2 * wrong);
    let head = &found.heads[0];
    assert_eq!((head.head.as_str(), head.rows), ("category", data.train.len()));
    assert!(found.suspects.windows(2).all(|pair| pair[0].margin() >= pair[1].margin()));
    assert_eq!(head.suspects, found.suspects.len());
    assert_eq!(head.pairs.iter().map(|pair| pair.suspects).sum::<usize>(), head.suspects);
    let by: Vec<(&str, usize)> = head.by_labeller.iter().map(|share| (share.name.as_str(), share.rows)).collect();
    assert_eq!(by, [("ahli", data.train.len() - wrong), ("magang", wrong)]);
    let (expert, trainee) = (&head.by_labeller[0], &head.by_labeller[1]);
    assert!(trainee.disagreeing * expert.rows > 2 * expert.disagreeing * trainee.rows, "{trainee:?} {expert:?}");
    let sure = &found.suspects[0];
    assert!(!sure.words.is_empty() && sure.words.iter().all(|word| data.train[sure.row].text.contains(word)));
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let (dir, _) = spoilt();
    let settings = SuspectSettings { folds: 2, ..SuspectSettings::default() };
    let runs = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| found(dir.path(), &settings).unwrap())
    });
    assert_eq!(runs[0], runs[1]);
}

/// No row is judged by a model that has seen its like: a label that only memory could know is contradicted.
#[test]
fn copies_do_not_vouch_for_each_other() {
    let (dir, _) = spoilt();
    let text = "Gardu meledak dan listrik padam di seluruh kampung sejak subuh";
    let rows = fs::read_to_string(dir.path().join("rows.jsonl")).unwrap();
    let copies = |n: u8| format!("{{\"id\":\"kembar-{n}\",\"text\":\"{text} {n}\",\"category\":\"pertanian\"}}\n");
    fs::write(dir.path().join("rows.jsonl"), (0..4).map(copies).fold(rows, |all, one| all + &one)).unwrap();
    let found = found(dir.path(), &SuspectSettings::default()).unwrap();
    let recipe = Recipe::read(&dir.path().join("recipe.toml")).unwrap();
    let data = Dataset::read(&recipe, dir.path(), &[]).unwrap();
    let is_copy = |row: usize| data.train[row].text.starts_with(text);
    let suspected: Vec<&str> = found.suspects.iter().filter(|s| is_copy(s.row)).map(|s| s.suggested.as_str()).collect();
    assert_eq!(suspected, ["listrik-energi"; 4]);
    let texts: Vec<&str> = data.train.iter().map(|row| row.text.as_str()).collect();
    let folds: BTreeSet<usize> = folds(&texts, 5, recipe.seed)
        .into_iter()
        .enumerate()
        .filter(|(row, _)| is_copy(*row))
        .map(|(_, f)| f)
        .collect();
    assert_eq!(folds.len(), 1);
}

#[test]
fn what_cannot_be_judged_is_told() {
    let settings = |heads: &[&str], folds| SuspectSettings {
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        folds,
        members: 1,
    };
    let rows = |text: fn(usize) -> String, label: fn(usize) -> &'static str| {
        (0..24).map(|n| format!("{{\"text\":{:?},\"category\":{:?}}}\n", text(n), label(n))).collect::<String>()
    };
    let word = |n: usize| format!("laporan {}", char::from(b'a' + n as u8));
    let two = |n: usize| if n.is_multiple_of(2) { "a" } else { "b" };
    for (rows, settings, expected) in [
        (rows(word, two), settings(&[], 1), "found 1 folds; expected at least 2"),
        (rows(word, two), settings(&["topik"], 2), "no head `topik`; its heads are category"),
        (
            rows(word, two),
            settings(&[], 5),
            "head `category` has 24 labelled rows in split \"train\"; expected at least 25",
        ),
        (rows(word, |_| "a"), settings(&[], 2), "every labelled row of head `category` is \"a\""),
        (rows(|_| "sama saja".to_owned(), two), settings(&[], 2), "copies of few texts"),
        ("{\"text\":\"x\"}\n".repeat(9), settings(&["category"], 2), "category"),
    ] {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("recipe.toml"), RECIPE).unwrap();
        fs::write(dir.path().join("rows.jsonl"), rows).unwrap();
        let told = found(dir.path(), &settings).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }
}

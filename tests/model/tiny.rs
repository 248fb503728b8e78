//! The tiny model of the tests: a workshop of self-written files in a temporary folder, and what is trained from it.
//!
//! Its heads have names and labels that pilah has never heard of, so it also proves that heads are data.

#![allow(dead_code, reason = "shared by test programs that each use a part")]

use pilah::model::Model;
use pilah::train::{Progress, Recipe, TrainError, train};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

pub(crate) const RECIPE: &str = r#"
seed = 11
data = ["data"]
relabels = ["relabels.tsv"]
rules = "rules.toml"

[text]
slang = "slang.tsv"
stemming = "none"

[features]
gram_min = 3
gram_max = 4
pairs = true
min_reports = 2

[[head]]
name = "topik"
labels = "topik.toml"
reject = "obrolan"

[[head]]
name = "segera"
labels = "segera.toml"
recall = 0.9
balance = 0.5

[label_weights]
tebakan = 0.25

[teacher]
members = 2
hidden = 8
epochs = 12
row_rate = 0.05
dense_rate = 0.01
feature_dropout = 0.1
hidden_dropout = 0.0
label_smoothing = 0.05
batch = 4

# The teachers side by side.
[artefacts.besar]
features = 5000

# A student of few features: a file so small that tests may try every bit.
[artefacts.mungil]
features = 120
[artefacts.mungil.student]
distil = 0.5
hidden = 4
epochs = 12
row_rate = 0.05
dense_rate = 0.01
feature_dropout = 0.0
hidden_dropout = 0.0
label_smoothing = 0.0
batch = 4

[decision]
precision = 0.9
min_words = 2
"#;

const TOPIC: &str = r#"
label = [
  { id = "lampu", name = "Lampu jalan", definition = "Penerangan yang mati." },
  { id = "sampah", name = "Sampah" },
  { id = "api", name = "Kebakaran" },
  { id = "obrolan", name = "Bukan laporan" },
]
"#;

const SOON: &str = r#"
ordered = true
label = [{ id = "santai", name = "Santai" }, { id = "lekas", name = "Lekas" }, { id = "genting", name = "Genting" }]
"#;

const RULES: &str = r#"
head = "segera"
order = ["santai", "lekas", "genting"]
unless = ["sudah padam"]
[[rule]]
id = "rumah-terbakar"
label = "genting"
all = [["rumah", "warung"], ["terbakar*"]]
[[rule]]
id = "bau-menyengat"
label = "lekas"
all = [["bau menyengat"]]
"#;

/// Topic, urgency and the sentence before and after the place.
const SENTENCES: [(&str, &str, &str, &str); 8] = [
    ("lampu", "lekas", "Lampu jalan di", "mati total, gelap sekali tiap malam"),
    ("lampu", "santai", "Mohon lampu penerangan di", "diganti yang lebih terang"),
    ("sampah", "lekas", "Sampah menumpuk di", "bau busuk, belum diangkut sepekan"),
    ("sampah", "santai", "Usul tempat sampah baru di", "supaya bersih"),
    ("api", "genting", "Tolong ada api besar membakar gudang di", "asap tebal, orang terjebak"),
    ("api", "genting", "Kebakaran hebat di", "api merembet, kirim pemadam"),
    ("obrolan", "santai", "Selamat pagi semua warga", "semoga sehat selalu"),
    ("obrolan", "santai", "Ada yang jual nasi uduk di", "enak dan murah"),
];

const PLACES: [&str; 6] =
    ["depan pasar lama", "gang melati", "dekat balai desa", "samping sekolah dasar", "ujung jembatan", "terminal kota"];

/// Returns the data: three places to learn from, two for dev, one for test; some labels missing.
pub(crate) fn data() -> String {
    let mut lines = String::new();
    for (p, place) in PLACES.iter().enumerate() {
        for (s, (topic, soon, before, after)) in SENTENCES.iter().enumerate() {
            let split = ["train", "train", "train", "dev", "dev", "test"][p];
            let soon = if (p, s) == (1, 3) { "null".to_owned() } else { format!("{soon:?}") };
            let text = format!("{before} {place} {after}");
            lines += &format!(
                "{{\"id\":\"r{p}-{s}\",\"split\":{split:?},\"text\":{text:?},\"topik\":{topic:?},\"segera\":{soon}}}\n"
            );
        }
    }
    lines + "{\"id\":\"tanpa-label\",\"text\":\"Jalan berlubang di depan pasar lama\"}\n"
}

/// Returns a folder with everything that the recipe names.
pub(crate) fn workshop() -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("data")).unwrap();
    let files: [(&str, &str); 7] = [
        ("recipe.toml", RECIPE),
        ("topik.toml", TOPIC),
        ("segera.toml", SOON),
        ("rules.toml", RULES),
        ("slang.tsv", "# self-written\ntlg\ttolong\nyg\tyang\ndmn\tdi mana\n"),
        ("relabels.tsv", "id\ttopik\tsegera\nr0-6\tobrolan\t-\n"),
        ("data/laporan.jsonl", &data()),
    ];
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

/// Replaces `from` (which must be there) in a file of the workshop.
pub(crate) fn edit(dir: &Path, file: &str, from: &str, to: &str) {
    let path = dir.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?} to replace");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Reads the recipe in `dir` and trains by it.
pub(crate) fn train_in(dir: &Path, progress: &Progress) -> Result<Vec<(String, Model)>, TrainError> {
    let recipe = Recipe::read(&dir.join("recipe.toml"))?;
    train(&recipe, dir, &[], progress)
}

/// Returns the bytes of every artefact of the untouched workshop, trained once.
pub(crate) fn artefacts() -> &'static [(String, Model)] {
    static MODELS: OnceLock<Vec<(String, Model)>> = OnceLock::new();
    MODELS.get_or_init(|| train_in(workshop().path(), &Progress::default()).unwrap())
}

/// Returns the trained artefact `besar` (every feature) or `mungil` (few bytes).
pub(crate) fn artefact(name: &str) -> &'static Model {
    &artefacts().iter().find(|(other, _)| other == name).unwrap().1
}

//! Wrong input stops training before it begins, with an error that names the place, what was found and what was expected.

use super::tiny::{data, edit, train_in, workshop};
use pilah::train::corpus::CorpusError;
use pilah::train::{Event, Progress, Recipe, RecipeError, TrainError, train};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Trains in a workshop that `spoil` has spoilt; fails if learning began.
fn error_of(case: &str, spoil: impl Fn(&Path)) -> TrainError {
    let dir = workshop();
    spoil(dir.path());
    let began = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&began);
    let progress = Progress::new(move |event| {
        if let Event::Begin(..) = event {
            heard.store(true, Ordering::Relaxed);
        }
    });
    let error = train_in(dir.path(), &progress).err().unwrap_or_else(|| panic!("{case}: trained"));
    assert!(!began.load(Ordering::Relaxed), "{case}: learning began before {error}");
    error
}

fn kind(error: &TrainError) -> &'static str {
    match error {
        TrainError::Recipe(RecipeError::Io { .. }) => "recipe io",
        TrainError::Recipe(RecipeError::Toml { .. }) => "toml",
        TrainError::Recipe(RecipeError::Setting { .. }) => "setting",
        TrainError::Recipe(RecipeError::Solver { .. }) => "solver",
        TrainError::Recipe(RecipeError::Lexicon { .. }) => "lexicon",
        TrainError::Recipe(RecipeError::Rules { .. }) => "rules",
        TrainError::Corpus(CorpusError::Io { .. }) => "corpus io",
        TrainError::Corpus(CorpusError::Line { .. }) => "line",
        TrainError::Corpus(CorpusError::Field { .. }) => "field",
        TrainError::Corpus(CorpusError::Empty { .. }) => "empty",
        TrainError::UnknownLabels(_) => "unknown label",
        TrainError::Relabels { .. } => "relabels",
        TrainError::NoData => "no data",
        TrainError::Reject { .. } => "reject",
        TrainError::RuleHead { .. } => "rule head",
        TrainError::Labels { .. } => "labels",
        _ => "another",
    }
}

/// A change of a file, the kind of error, and what its message must contain.
type Case<'c> = (&'c str, &'c str, &'c str, &'c str, &'c [&'c str]);

fn check(cases: &[Case<'_>]) {
    for (file, from, to, expected, parts) in cases {
        let case = format!("{file}: {from:?} -> {to:?}");
        let error = error_of(&case, |dir| edit(dir, file, from, to));
        assert_eq!(kind(&error), *expected, "{case}: {error:?}");
        let message = error.to_string();
        for part in *parts {
            assert!(message.contains(part), "{case}: {message:?} does not say {part:?}");
        }
    }
}

#[test]
fn settings_of_the_recipe() {
    let recipe = "recipe.toml";
    check(&[
        (recipe, "seed = 11", "seed = 11\nsead = 1", "toml", &["recipe.toml", "sead"]),
        (recipe, "seed = 11", "", "toml", &["recipe.toml", "seed"]),
        (recipe, "seed = 11", "seed = -1", "toml", &["recipe.toml"]),
        (recipe, "pairs = true", "pairs = true\npears = true", "toml", &["pears"]),
        (recipe, "members = 2", "members = 2\nmember = 3", "toml", &["member"]),
        (recipe, "features = 120", "features = 120\nstops = 1", "toml", &["stops"]),
        (recipe, "batch = 4\n", "batch = 4\nbitch = 4\n", "toml", &["bitch"]),
        (recipe, "hidden = 4", "hiden = 4", "toml", &["hidden"]),
        (recipe, "distil = 0.5", "distil = 0.5\ndestil = 0.5", "toml", &["destil"]),
        (recipe, "min_words = 2", "min_words = 2\nmax_words = 9", "toml", &["max_words"]),
        (recipe, "stemming = \"none\"", "stemming = \"jawa\"", "toml", &["jawa"]),
        (recipe, "gram_min = 3", "gram_min = 0", "setting", &["features.gram_min", "is 0", "at least 1"]),
        (recipe, "min_reports = 2", "min_reports = 0", "setting", &["features.min_reports", "is 0", "at least 1"]),
        (recipe, "members = 2", "members = 0", "setting", &["teacher.members", "is 0"]),
        (recipe, "precision = 0.9", "precision = 1.0", "setting", &["decision.precision", "is 1", "below 1"]),
        (recipe, "precision = 0.9", "precision = nan", "setting", &["decision.precision", "NaN"]),
        (recipe, "recall = 0.9", "recall = 0.0", "setting", &["head.segera.recall", "is 0", "above 0"]),
        (recipe, "recall = 0.9", "recall = 1.1", "setting", &["head.segera.recall", "is 1.1"]),
        (recipe, "recall = 0.9", "recall_precision = 1.1", "setting", &["head.segera.recall_precision", "is 1.1"]),
        (recipe, "balance = 0.5", "balance = 1.5", "setting", &["head.segera.balance", "is 1.5", "0 to 1"]),
        (recipe, "balance = 0.5", "weight = 0.0", "setting", &["head.segera.weight", "is 0"]),
        (recipe, "balance = 0.5", "weight = inf", "setting", &["head.segera.weight", "inf"]),
        (recipe, "tebakan = 0.25", "tebakan = -0.25", "setting", &["label_weights.tebakan", "-0.25"]),
        (recipe, "tebakan = 0.25", "tebakan = nan", "setting", &["label_weights.tebakan", "NaN"]),
        (recipe, "features = 120", "features = 0", "setting", &["artefacts.mungil.features", "is 0"]),
        (recipe, "features = 120", "features = 120\nstep = 0.0", "setting", &["artefacts.mungil.step", "is 0"]),
        (recipe, "distil = 0.5", "distil = 1.5", "setting", &["artefacts.mungil.student.distil", "is 1.5"]),
        (recipe, "members = 2", "members = 33", "setting", &["members * hidden", "is 264", "at most 256"]),
        (recipe, "name = \"segera\"", "name = \"topik\"", "setting", &["head.name", "topik"]),
        (recipe, "name = \"segera\"", "name = \"\"", "setting", &["head.name"]),
        (recipe, "epochs = 12", "epochs = 0", "solver", &["teacher", "epochs", "is 0"]),
        (recipe, "hidden = 4", "hidden = 300", "solver", &["artefacts.mungil.student", "300", "1 to 256"]),
    ]);
}

#[test]
fn labels_and_rules() {
    let (head, sampah) = ("head = \"segera\"", "{ id = \"sampah\"");
    check(&[
        ("recipe.toml", "\"obrolan\"", "\"gosip\"", "reject", &["topik", "gosip"]),
        (
            "topik.toml",
            sampah,
            "{ id = \"lampu\", name = \"\" }, { id = \"sampah\"",
            "labels",
            &["topik", "lampu", "differ"],
        ),
        ("topik.toml", sampah, "{ id = \"\", name = \"\" }, { id = \"sampah\"", "labels", &["topik", "differ"]),
        ("topik.toml", "definition", "keterangan", "toml", &["topik.toml", "keterangan"]),
        ("segera.toml", "ordered = true", "ordered = false", "labels", &["segera", "recall", "ordered = true"]),
        ("rules.toml", head, "head = \"cepat\"", "rule head", &["cepat", "genting"]),
        ("rules.toml", "\"lekas\", \"genting\"]", "\"genting\", \"lekas\"]", "rule head", &["segera"]),
        ("rules.toml", "label = \"genting\"", "label = \"darurat\"", "rules", &["rules.toml", "darurat"]),
        ("rules.toml", head, "hed = 1", "rules", &["rules.toml", "hed"]),
        ("slang.tsv", "yg\tyang", "yg yang", "lexicon", &["slang.tsv", "line 3", "yg yang"]),
        ("recipe.toml", "\"topik.toml\"", "\"tidak-ada.toml\"", "recipe io", &["tidak-ada.toml", "readable"]),
        ("recipe.toml", "\"slang.tsv\"", "\"tidak-ada.tsv\"", "recipe io", &["tidak-ada.tsv", "readable"]),
        ("recipe.toml", "\"rules.toml\"", "\"tidak-ada.toml\"", "recipe io", &["tidak-ada.toml", "readable"]),
        ("recipe.toml", "\"relabels.tsv\"", "\"tidak-ada.tsv\"", "recipe io", &["tidak-ada.tsv", "readable"]),
    ]);
}

#[test]
fn reports() {
    let file = "data/laporan.jsonl";
    let last = "{\"id\":\"tanpa-label\",\"text\":\"Jalan berlubang di depan pasar lama\"}";
    let number = data().lines().count();
    let at = format!("laporan.jsonl:{number}:");
    let (place, spot) = (at.as_str(), at.trim_end_matches(':'));
    check(&[
        (file, last, "{\"id\": 1,", "line", &[place, "not JSON", "expected one JSON object"]),
        (file, last, "lampu mati", "line", &[place, "not JSON"]),
        (file, last, "[1]", "line", &[place, "not an object"]),
        (file, last, "{\"id\": \"1\"}", "line", &[place, "no \"text\""]),
        (file, last, "{\"text\": null}", "line", &[place, "no \"text\""]),
        (file, last, "{\"text\": 5}", "field", &[place, "\"text\"", "is 5", "expected a string"]),
        (file, last, "{\"text\": \"a\", \"topik\": 2}", "field", &[place, "\"topik\"", "is 2"]),
        (file, last, "{\"text\": \"a\", \"topik\": \"api\", \"topik_by\": []}", "field", &[place, "\"topik_by\""]),
        (file, last, "{\"text\": \"a\", \"split\": 1}", "field", &[place, "\"split\""]),
        (
            file,
            last,
            "{\"id\": \"x9\", \"text\": \"a\", \"topik\": \"banjir\"}",
            "unknown label",
            &[spot, "report x9", "topik \"banjir\": once"],
        ),
        (file, last, "{\"text\": \"a\", \"segera\": \"-\"}", "unknown label", &[spot, "segera \"-\""]),
        (
            "recipe.toml",
            "data = [\"data\"]",
            "data = [\"data\", \"hilang.jsonl\"]",
            "corpus io",
            &["hilang.jsonl", "readable"],
        ),
        ("recipe.toml", "data = [\"data\"]", "data = []", "no data", &["train", "at least one"]),
    ]);
}

#[test]
fn labels_given_again() {
    let file = "relabels.tsv";
    check(&[
        (file, "id\ttopik", "nomor\ttopik", "relabels", &["relabels.tsv:1:", "nomor", "expected columns `id`"]),
        (file, "id\ttopik\tsegera", "id", "relabels", &["relabels.tsv:1:"]),
        (file, "id\ttopik\tsegera\nr0-6\tobrolan\t-\n", "", "relabels", &["relabels.tsv:1:"]),
        (file, "obrolan\t-", "obrolan", "relabels", &["relabels.tsv:2:", "2 fields", "3 fields"]),
        (file, "obrolan\t-", "obrolan\t-\t-", "relabels", &["relabels.tsv:2:", "4 fields", "3 fields"]),
        (
            file,
            "r0-6\tobrolan",
            "r0-6\tgosip",
            "unknown label",
            &["laporan.jsonl:7", "r0-6", "relabelled", "topik", "gosip"],
        ),
    ]);
}

#[test]
fn files_and_folders() {
    let empty = error_of("a folder without reports", |dir| {
        fs::rename(dir.join("data/laporan.jsonl"), dir.join("data/laporan.txt")).unwrap();
    });
    assert_eq!(kind(&empty), "empty", "{empty}");
    let binary = error_of("reports that are not UTF-8", |dir| {
        fs::write(dir.join("data/b.jsonl"), b"{\"text\": \"\xff\"}").unwrap();
    });
    assert_eq!(kind(&binary), "corpus io", "{binary}");
    assert!(binary.to_string().contains("b.jsonl"), "{binary}");
    let no_train = error_of("only reports of the test split", |dir| {
        let text = data().replace("\"train\"", "\"test\"").replace("\"id\":\"tanpa-label\"", "\"split\":\"test\"");
        fs::write(dir.join("data/laporan.jsonl"), text).unwrap();
    });
    assert_eq!(kind(&no_train), "no data", "{no_train}");
    let no_labels = error_of("a head that no report has a label of", |dir| {
        edit(dir, "recipe.toml", "[label_weights]", "[[head]]\nname = \"bahasa\"\n[label_weights]");
    });
    assert_eq!(kind(&no_labels), "labels", "{no_labels}");
    let missing = Recipe::read(Path::new("tidak/ada.toml")).unwrap_err();
    assert!(matches!(missing, RecipeError::Io { .. }) && missing.to_string().contains("ada.toml"), "{missing}");
}

#[test]
fn recipes_without_heads_or_artefacts() {
    let cases = [("head", "heads"), ("artefacts", "artefact")];
    for (section, word) in cases {
        let error = error_of(section, |dir| {
            let text = fs::read_to_string(dir.join("recipe.toml")).unwrap();
            let mut recipe: toml::Table = toml::from_str(&text).unwrap();
            let nothing = if section == "head" { toml::Value::Array(vec![]) } else { toml::Table::new().into() };
            recipe.insert(section.to_owned(), nothing);
            fs::write(dir.join("recipe.toml"), toml::to_string(&recipe).unwrap()).unwrap();
        });
        assert_eq!(kind(&error), "setting", "{error:?}");
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn more_data_that_is_missing() {
    let dir = workshop();
    let recipe = Recipe::read(&dir.path().join("recipe.toml")).unwrap();
    let more = [PathBuf::from("tidak-ada.jsonl")];
    let error = train(&recipe, dir.path(), &more, &Progress::default()).unwrap_err();
    assert_eq!(kind(&error), "corpus io", "{error:?}");
}

/// Reports, but not one label: known only once the solver looks at them.
#[test]
fn no_label_at_all() {
    let dir = workshop();
    fs::write(dir.path().join("data/laporan.jsonl"), "{\"text\": \"lampu mati\"}\n").unwrap();
    let error = train_in(dir.path(), &Progress::default()).unwrap_err();
    assert!(matches!(error, TrainError::Solver(pilah::train::SolverError::NoData)), "{error:?}");
}

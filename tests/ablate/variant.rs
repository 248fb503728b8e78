//! Settings changed by their paths: what becomes of them, what is refused, and what of the text stays.

use super::tiny::{RECIPE, workshop};
use pilah::lab::variant::{Change, Draft, VariantError};
use std::fs;

fn set(path: &str, value: impl Into<toml::Value>) -> Change {
    Change::Set(path.parse().unwrap(), value.into())
}

fn remove(path: &str) -> Change {
    Change::Remove(path.parse().unwrap())
}

fn draft() -> Draft {
    RECIPE.parse().unwrap()
}

#[test]
fn paths_lead_to_settings() {
    let inline = "head = [{ name = \"topik\", balance = 0.1 }, { name = \"segera\" }]\n";
    let before = |text: &str| text.parse::<Draft>().unwrap();
    for (text, change, line) in [
        (RECIPE, set("features.pairs", false), "pairs = false"),
        (RECIPE, set("seed", 12), "seed = 12"),
        (RECIPE, set("head.segera.balance", 0.0), "balance = 0.0"),
        (RECIPE, set("head.topik.balance", 0.25), "balance = 0.25"),
        (RECIPE, set("artefacts.mungil.features", 60), "features = 60"),
        (RECIPE, set("artefacts.mungil.student.distil", 0.0), "distil = 0.0"),
        (RECIPE, set("label_weights.\"sumber a\"", 0.5), "\"sumber a\" = 0.5"),
        (RECIPE, set("data", Vec::<String>::new()), "data = []"),
        (inline, set("head.topik.balance", 0.7), "head = [{ name = \"topik\", balance = 0.7 }, { name = \"segera\" }]"),
        ("seed = 1\n", set("text.stemming", "none"), "stemming = \"none\""),
    ] {
        let after = before(text).with(std::slice::from_ref(&change)).unwrap();
        assert!(after.to_string().lines().any(|found| found == line), "{change}: {after}");
        let Change::Set(path, value) = &change else { unreachable!() };
        assert_eq!(after.get(path).as_ref(), Some(value), "{change}");
    }
}

#[test]
fn one_line_changes_and_the_rest_stays() {
    let text = "# why\n[features]\npairs = true   # two words\ngram_min = 3\n\n# heads\n[[head]]\nname = \"a\"\n";
    let draft: Draft = text.parse().unwrap();
    let changed = draft.with(&[set("features.pairs", false)]).unwrap().to_string();
    assert_eq!(changed, text.replace("pairs = true", "pairs = false"));
    let removed = draft.with(&[remove("features.gram_min")]).unwrap().to_string();
    assert_eq!(removed, text.replace("gram_min = 3\n", ""));
    for nothing in ["rules", "text.slang", "features.gone"] {
        assert_eq!(draft.with(&[remove(nothing)]).unwrap().to_string(), text, "{nothing}");
    }
}

#[test]
fn variants_are_recipes() {
    let same = draft().recipe().unwrap();
    let of = |changes: &[Change]| draft().with(changes).unwrap().recipe().unwrap();
    assert_eq!(of(&[]).digest(), same.digest());
    assert!(of(&[remove("text.slang")]).text.slang.is_none());
    assert!(of(&[remove("rules")]).rules.is_none());
    assert!(of(&[remove("artefacts.mungil.student")]).artefacts["mungil"].student.is_none());
    assert!((of(&[set("head.segera.balance", 0.25)]).head[1].balance - 0.25).abs() < 1e-6);
    assert!((of(&[remove("head.segera.balance")]).head[1].balance).abs() < 1e-6, "the default holds");
    assert_eq!(of(&[set("seed", 1), set("seed", 2)]).seed, 2, "the last change counts");
}

/// Change, kind of error, and what its message must say.
#[test]
fn what_is_no_recipe_is_refused() {
    let cases: [(Change, &str, &[&str]); 12] = [
        (set("features.pears", false), "refused", &["unknown field", "pears"]),
        (set("teacher.typo", 1), "refused", &["unknown field", "typo"]),
        (set("artefacts.mungil.student.typo", 1), "refused", &["unknown field", "typo"]),
        (set("text.stemming", "german"), "refused", &["german", "indonesian"]),
        (set("features.pairs", "no"), "refused", &["pairs"]),
        (remove("teacher.epochs"), "refused", &["missing field", "epochs"]),
        (set("head.segera.balance", 2.0), "range", &["head.segera.balance", "2", "0 to 1"]),
        (set("teacher.epochs", 0), "range", &["teacher", "epochs", "at least 1"]),
        (set("head.gawat.balance", 0.5), "name", &["head.gawat.balance", "gawat", "topik, segera"]),
        (set("artefacts.kecil.features", 7), "name", &["kecil", "besar, mungil"]),
        (set("seed.deep", 1), "section", &["seed", "section"]),
        (set("head.topik", 1), "section", &["head"]),
    ];
    for (change, expected, parts) in cases {
        let error = draft().with(std::slice::from_ref(&change)).and_then(|draft| draft.recipe()).unwrap_err();
        let kind = match &error {
            VariantError::Refused(_) => "refused",
            VariantError::Recipe(_) => "range",
            VariantError::Name { .. } => "name",
            VariantError::Section { .. } => "section",
            _ => "another",
        };
        let message = error.to_string();
        assert_eq!(kind, expected, "{change}: {message}");
        assert!(parts.iter().all(|part| message.contains(part)), "{change}: {message:?} lacks one of {parts:?}");
    }
    for text in ["", "a..b", "a b", "head.", "[a]"] {
        assert!(matches!(text.parse::<pilah::lab::variant::SettingPath>(), Err(VariantError::Path { .. })), "{text:?}");
    }
    assert!(matches!("seed = ".parse::<Draft>(), Err(VariantError::Syntax(_))));
}

#[test]
fn paths_of_a_recipe_written_elsewhere_still_lead_there() {
    let dir = workshop();
    let other = dir.path().join("hasil/coba");
    fs::create_dir_all(&other).unwrap();
    assert_eq!(draft().relocated(dir.path(), dir.path()).unwrap().to_string(), RECIPE);
    let moved = draft().relocated(dir.path(), &other).unwrap();
    for line in [
        "data = [\"../../data\"]",
        "rules = \"../../rules.toml\"",
        "slang = \"../../slang.tsv\"",
        "labels = \"../../topik.toml\"",
    ] {
        assert!(moved.to_string().lines().any(|found| found == line), "no {line} in {moved}");
    }
    let recipe = moved.recipe().unwrap();
    let models = pilah::train::train(&recipe, &other, &[], &pilah::train::Progress::default()).unwrap();
    assert_eq!(models.len(), 2);
    let missing = draft().relocated(dir.path(), &dir.path().join("tiada")).unwrap_err();
    assert!(matches!(missing, VariantError::Folder { .. }), "{missing}");
}

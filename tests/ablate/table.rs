//! The table: what is trained, what it says, and where it is written.

use super::program::{Done, run};
use super::tiny::{data, workshop};
use serde_json::Value;
use std::fs;
use std::path::Path;

const VARIANTS: &str = r#"
[[variant]]
name = "no slang"
remove = ["text.slang"]

[[variant]]
name = "hardly any learning"
set.teacher.epochs = 1
set.teacher.row_rate = 0.000001
set.teacher.dense_rate = 0.000001

[[variant]]
name = "few features"
artefacts = ["besar"]
set.artefacts.besar.features = 40

[[variant]]
name = "pairs, as ever"
set.features.pairs = true
"#;

fn ablate(folder: &Path, variants: &str, more: &[&str]) -> Done {
    fs::write(folder.join("variants.toml"), variants).unwrap();
    let mut arguments = vec!["ablate", "--recipe", "recipe.toml", "--variants", "variants.toml", "--quiet"];
    arguments.extend(more);
    run(folder, &arguments)
}

fn json(folder: &Path, more: &[&str]) -> Value {
    let done = ablate(folder, VARIANTS, &[&["--format", "json"], more].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    serde_json::from_str(&done.out).unwrap()
}

/// Takes out the one measured number.
fn without_time(mut found: Value) -> Value {
    for artefact in found["artefacts"].as_array_mut().unwrap() {
        for variant in artefact["variants"].as_array_mut().unwrap() {
            assert!(variant["time_ratio"].as_f64().unwrap() > 0.0);
            variant["time_ratio"] = Value::Null;
        }
    }
    found
}

#[test]
fn every_variant_is_judged_beside_the_recipe() {
    let dir = workshop();
    let found = json(dir.path(), &[]);
    assert_eq!((&found["split"], &found["rows"]), (&"dev".into(), &16.into()));
    assert_eq!(found["unchanged"], serde_json::json!(["pairs, as ever"]));
    let names = |artefact: usize| -> Vec<&str> {
        let variants = found["artefacts"][artefact]["variants"].as_array().unwrap();
        variants.iter().map(|variant| variant["variant"].as_str().unwrap()).collect()
    };
    assert_eq!(found["artefacts"][0]["artefact"], "besar");
    assert_eq!(names(0), ["no slang", "hardly any learning", "few features"]);
    assert_eq!(found["artefacts"][1]["artefact"], "mungil");
    assert_eq!(names(1), ["no slang", "hardly any learning"]);
    let besar = &found["artefacts"][0];
    let worse = &besar["variants"][1]["gains"][0]["accuracy"];
    assert!(worse["difference"].as_f64().unwrap() < -0.3 && worse["high"].as_f64().unwrap() < 0.0, "{worse}");
    let own = besar["heads"][0]["accuracy"].as_f64().unwrap();
    let other = besar["variants"][1]["heads"][0]["accuracy"].as_f64().unwrap();
    assert!((other - own - worse["difference"].as_f64().unwrap()).abs() < 1e-5);
    let size = |variant: &Value| variant["gzip_bytes"].as_u64().unwrap();
    assert!(size(&besar["variants"][2]) < size(besar), "a model of few features is smaller");
    assert_eq!(besar["variants"][0]["changes"], serde_json::json!(["no text.slang"]));
    assert_eq!(without_time(found.clone()), without_time(json(dir.path(), &[])), "all but the time is the same twice");
}

#[test]
fn rows_are_those_asked_for() {
    let dir = workshop();
    assert_eq!(json(dir.path(), &["--split", "test"])["rows"], 8);
    let undivided = workshop();
    fs::write(undivided.path().join("data/laporan.jsonl"), data().replace("\"dev\"", "\"train\"")).unwrap();
    let held_out = json(undivided.path(), &[])["rows"].as_u64().unwrap();
    assert!((4..=12).contains(&held_out), "{held_out} of 41 rows held out");
    let done = ablate(dir.path(), VARIANTS, &["--source", "tiada"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("no row of split \"dev\""), "{}", done.err);
}

/// On dev, nothing learns from dev, whatever the recipe says.
#[test]
fn dev_rows_are_not_learnt_from() {
    let dir = workshop();
    let plain = without_time(json(dir.path(), &[]));
    let recipe = fs::read_to_string(dir.path().join("recipe.toml")).unwrap();
    fs::write(dir.path().join("recipe.toml"), format!("refit_on_dev = true\n{recipe}")).unwrap();
    assert_eq!(without_time(json(dir.path(), &[])), plain);
    assert_ne!(without_time(json(dir.path(), &["--split", "test"]))["recipe"], plain["recipe"]);
}

#[test]
fn the_page_changes_between_the_marks_only() {
    let dir = workshop();
    let page = dir.path().join("KARTU.md");
    let (before, after) = ("# Kartu\r\n\nteks | lain\n", "\n\n## Batas\nakhir tanpa baris baru");
    fs::write(&page, format!("{before}<!-- ablations -->\nlama\n<!-- /ablations -->{after}")).unwrap();
    let arguments = ["--write", "KARTU.md", "--format", "markdown"];
    let done = ablate(dir.path(), VARIANTS, &arguments);
    assert_eq!(done.code, 0, "{}", done.err);
    let written = fs::read_to_string(&page).unwrap();
    let inner = written.strip_prefix(before).unwrap().strip_suffix(after).unwrap();
    let table = inner.strip_prefix("<!-- ablations -->\n\n").unwrap().strip_suffix("\n\n<!-- /ablations -->").unwrap();
    assert_eq!(table, done.out.trim_end());
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[0].starts_with("| artefact | variant | topik accuracy | topik macro-F1 | segera accuracy |"),
        "{}",
        lines[0]
    );
    assert_eq!(lines[1], "|---|---|---|---|---|---|---|---|");
    assert!(lines[2].starts_with("| besar | the recipe | "), "{}", lines[2]);
    assert!(lines[4].starts_with("| besar | hardly any learning | **"), "{}", lines[4]);
    assert!(table.contains("Left out, since they change nothing here: pairs, as ever."));
    assert_eq!(
        fs::read_dir(dir.path())
            .unwrap()
            .filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().contains("part"))
            .count(),
        0
    );
}

#[test]
fn a_page_without_marks_is_left_alone() {
    for text in [
        "# Kartu\n",
        "<!-- /ablations -->\n<!-- ablations -->\n",
        "<!-- ablations -->\n<!-- ablations -->\n<!-- /ablations -->\n",
    ] {
        let dir = workshop();
        fs::write(dir.path().join("KARTU.md"), text).unwrap();
        let done = ablate(dir.path(), VARIANTS, &["--write", "KARTU.md"]);
        assert_eq!(done.code, 1, "{text}");
        assert!(done.err.contains("KARTU.md has no place for the table"), "{}", done.err);
        assert_eq!(fs::read_to_string(dir.path().join("KARTU.md")).unwrap(), text);
    }
}

/// Variants, and what the message must say; nothing is trained before.
#[test]
fn wrong_variants_are_refused() {
    let cases: [(&str, &[&str]); 7] = [
        ("", &["variants.toml", "no variant"]),
        ("[[variant]]\nname = \"a\"\n[[variant]]\nname = \"a\"\n", &["\"a\" twice"]),
        ("[[variant]]\nname = \"a\"\nsets.seed = 1\n", &["unknown field", "sets"]),
        ("[[variant]]\nname = \"a\"\nset.features.pears = 1\n", &["variant \"a\"", "pears"]),
        ("[[variant]]\nname = \"a\"\nset.head.x.balance = 1.0\n", &["variant \"a\"", "topik, segera"]),
        ("[[variant]]\nname = \"a\"\nset.seed = 1\nartefacts = [\"x\"]\n", &["variant \"a\"", "besar, mungil"]),
        ("[[variant]]\nname = \"a\"\nremove = [\"a..b\"]\n", &["variant \"a\"", "a..b"]),
    ];
    let dir = workshop();
    for (variants, parts) in cases {
        fs::write(dir.path().join("variants.toml"), variants).unwrap();
        let done = run(dir.path(), &["ablate", "--recipe", "recipe.toml", "--variants", "variants.toml"]);
        assert_eq!(done.code, 1, "{variants}");
        assert!(parts.iter().all(|part| done.err.contains(part)), "{variants}: {:?} lacks one of {parts:?}", done.err);
        assert!(!done.err.contains("training"), "{variants}: trained before it was refused");
    }
}

#[test]
fn the_shipped_variants_fit_the_shipped_recipe() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let read = |name: &str| fs::read_to_string(models.join(name)).unwrap();
    let draft: pilah::lab::variant::Draft = read("recipe.toml").parse().unwrap();
    let own = draft.recipe().unwrap().digest();
    let variants = pilah::lab::ablate::read_variants(&read("ablations.toml")).unwrap();
    let changing = variants.iter().filter(|variant| {
        let recipe = draft.with(&variant.changes).and_then(|draft| draft.recipe());
        recipe.unwrap_or_else(|error| panic!("{}: {error}", variant.name)).digest() != own
    });
    assert!(changing.count() >= variants.len() - 3, "most variants change something");
}

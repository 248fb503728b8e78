//! [`Dataset`]: splits, labels that are missing, given again or weighed, and heads of every size.

use super::tiny::{edit, train_in, workshop};
use pilah::train::{Dataset, Example, Progress, Recipe};
use pilah::{Classifier, HeadPrediction};
use std::fs;
use std::path::Path;

fn read(dir: &Path) -> Dataset {
    Dataset::read(&Recipe::read(&dir.join("recipe.toml")).unwrap(), dir, &[]).unwrap()
}

/// Returns the data of the workshop with `lines` as all its reports.
fn read_lines(lines: &[&str]) -> Dataset {
    let dir = workshop();
    fs::write(dir.path().join("data/laporan.jsonl"), lines.join("\n")).unwrap();
    read(dir.path())
}

fn texts(examples: &[Example]) -> Vec<&str> {
    examples.iter().map(|example| example.text.as_str()).collect()
}

#[test]
fn only_train_and_dev_are_read() {
    let data = read_lines(&[
        r#"{"id": "1", "text": "tanpa split"}"#,
        r#"{"id": "2", "text": "latih", "split": "train"}"#,
        r#"{"id": "3", "text": "kembang", "split": "dev"}"#,
        r#"{"id": "4", "text": "uji", "split": "test", "topik": "lampu"}"#,
        r#"{"id": "5", "text": "simpan", "split": "holdout", "topik": "lampu"}"#,
        r#"{"id": "6", "text": "split kosong", "split": null}"#,
        "",
        r#"{"id": "4", "text": "uji yang menyamar", "split": "train"}"#,
    ]);
    assert_eq!(texts(&data.train), ["tanpa split", "latih", "split kosong"]);
    assert_eq!(texts(&data.dev), ["kembang"]);
}

#[test]
fn the_workshop_keeps_its_splits_apart() {
    let dir = workshop();
    let data = read(dir.path());
    assert_eq!((data.train.len(), data.dev.len()), (25, 16));
    let all = || data.train.iter().chain(&data.dev);
    assert!(all().all(|example| !example.text.contains("terminal kota")), "the place of the test split");
    assert!(data.train.iter().all(|example| !example.text.contains("ujung jembatan")), "a place of the dev split");
}

#[test]
fn a_report_counts_once_by_its_id() {
    let data = read_lines(&[
        r#"{"id": "a", "text": "satu"}"#,
        r#"{"id": "a", "text": "satu lagi"}"#,
        r#"{"id": 7, "text": "dua"}"#,
        r#"{"id": 7, "text": "dua lagi"}"#,
        r#"{"text": "tiga"}"#,
        r#"{"text": "empat"}"#,
        r#"{"id": null, "text": "lima"}"#,
        r#"{"id": null, "text": "enam"}"#,
    ]);
    assert_eq!(texts(&data.train), ["satu", "dua", "tiga", "empat", "lima", "enam"]);
}

#[test]
fn labels_may_be_missing() {
    let data = read_lines(&[
        r#"{"text": "kedua label", "topik": "api", "segera": "genting"}"#,
        r#"{"text": "satu label", "segera": "lekas"}"#,
        r#"{"text": "label null", "topik": "sampah", "segera": null}"#,
        r#"{"text": "tanpa label", "lain": "api"}"#,
    ]);
    let labels: Vec<Vec<Option<usize>>> =
        data.train.iter().map(|example| example.labels.iter().map(|known| known.map(|(at, _)| at)).collect()).collect();
    assert_eq!(labels, [vec![Some(2), Some(2)], vec![None, Some(1)], vec![Some(1), None], vec![None, None]]);
}

#[test]
fn labels_weigh_by_who_gave_them_and_by_source() {
    let dir = workshop();
    edit(dir.path(), "recipe.toml", "tebakan = 0.25", "tebakan = 0.25\nkota = 0.5\nrelabelled = 3.0");
    let lines = [
        r#"{"id": "1", "text": "biasa", "topik": "api"}"#,
        r#"{"id": "2", "text": "tebakan", "topik": "api", "topik_by": "tebakan"}"#,
        r#"{"id": "3", "text": "dari kota", "topik": "api", "source": "kota"}"#,
        r#"{"id": "4", "text": "tebakan kota", "topik": "api", "topik_by": "tebakan", "source": "kota"}"#,
        r#"{"id": "5", "text": "dibaca lagi", "topik": "api", "topik_by": "tebakan"}"#,
    ];
    fs::write(dir.path().join("data/laporan.jsonl"), lines.join("\n")).unwrap();
    fs::write(dir.path().join("relabels.tsv"), "id\ttopik\n5\tsampah\n").unwrap();
    let found: Vec<Option<(usize, f32)>> = read(dir.path()).train.iter().map(|example| example.labels[0]).collect();
    assert_eq!(found, [Some((2, 1.0)), Some((2, 0.25)), Some((2, 0.5)), Some((2, 0.125)), Some((1, 3.0))]);
}

#[test]
fn labels_given_again_stand_instead() {
    let dir = workshop();
    let relabels =
        "id\ttopik\tkepala-lain\tsegera\nr0-0\tsampah\tx\tgenting\r\nr0-1\t-\tx\tlekas\ntidak-ada\tapi\tx\t-\n";
    fs::write(dir.path().join("relabels.tsv"), relabels).unwrap();
    let data = read(dir.path());
    let labels = |at: usize| data.train[at].labels.iter().map(|known| known.map(|(at, _)| at)).collect::<Vec<_>>();
    assert_eq!([labels(0), labels(1)], [vec![Some(1), Some(2)], vec![None, Some(1)]]);
    assert_eq!(labels(2), [Some(1), Some(1)], "a report that was not read again");
}

/// Without a file a head's labels are those of the reports that training may see, in alphabetical order.
#[test]
fn labels_without_a_file_come_from_the_data() {
    let dir = workshop();
    edit(dir.path(), "recipe.toml", "labels = \"topik.toml\"\nreject = \"obrolan\"", "");
    let more = r#"{"text": "rahasia uji", "split": "test", "topik": "hanya-di-uji"}"#;
    fs::write(dir.path().join("data/uji.jsonl"), more).unwrap();
    let head = &read(dir.path()).heads[0];
    let ids: Vec<(&str, &str)> = head.labels.iter().map(|label| (label.id.as_str(), label.name.as_str())).collect();
    assert!(!head.ordered);
    assert_eq!(ids, [("api", "api"), ("lampu", "lampu"), ("obrolan", "obrolan"), ("sampah", "sampah")]);
}

#[test]
fn a_head_may_have_a_single_label() {
    let dir = workshop();
    let recipe = "[[head]]\nname = \"bahasa\"\n\n[label_weights]";
    edit(dir.path(), "recipe.toml", "[label_weights]", recipe);
    let line = r#"{"text": "Lampu jalan mati di kampung", "topik": "lampu", "bahasa": "indonesia"}"#;
    fs::write(dir.path().join("data/satu.jsonl"), line).unwrap();
    for (name, model) in train_in(dir.path(), &Progress::default()).unwrap() {
        let classifier = Classifier::from_bytes(&model.to_bytes()).unwrap();
        for text in ["Lampu jalan mati", "", "xyz"] {
            let prediction = classifier.classify(text);
            let head = prediction.head("bahasa").unwrap();
            assert_eq!(head.suggestions.len(), 1, "{name}");
            let only = head.suggestions[0];
            assert!(only.label == "indonesia" && (only.probability - 1.0).abs() < 1e-6, "{name}: {only:?}");
        }
    }
}

#[test]
fn without_dev_reports_the_recipe_decides() {
    let dir = workshop();
    let text = fs::read_to_string(dir.path().join("data/laporan.jsonl")).unwrap().replace("\"dev\"", "\"test\"");
    fs::write(dir.path().join("data/laporan.jsonl"), text).unwrap();
    for (name, model) in train_in(dir.path(), &Progress::default()).unwrap() {
        for head in model.heads() {
            let found = (head.temperature().to_bits(), head.threshold().to_bits(), head.recall_threshold());
            assert_eq!(found, (1f32.to_bits(), 0.9f32.to_bits(), None), "{name}: {head:?}");
        }
    }
}

/// On dev the last label of the ordered head is found at least as often as the recipe asks for.
#[test]
fn recall_is_reached_on_dev() {
    let dir = workshop();
    let data = read(dir.path());
    for (name, model) in train_in(dir.path(), &Progress::default()).unwrap() {
        let classifier = Classifier::new(model);
        let urgent = data.dev.iter().filter(|example| example.labels[1].is_some_and(|(at, _)| at == 2));
        let found: Vec<bool> = urgent
            .map(|e| {
                classifier.classify(&e.text).head("segera").and_then(HeadPrediction::best).unwrap().label == "genting"
            })
            .collect();
        let hits = found.iter().filter(|hit| **hit).count();
        assert!(found.len() == 4 && hits as f32 >= 0.9 * 4.0, "{name}: {hits} of {}", found.len());
    }
}

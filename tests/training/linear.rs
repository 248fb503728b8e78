//! The linear classifier without networks: it learns, it is deterministic, and too many labels for it are told.

use super::tiny::{edit, train_in, workshop};
use pilah::Classifier;
use pilah::train::{Progress, TrainError};
use std::fmt::Write as _;
use std::fs;
use tempfile::TempDir;

const LINEAR: &str = "[linear]\ncost = 1.0\npasses = 20\nscale = 3.0\n\n[artefacts.besar]";

/// Returns a workshop whose recipe has no networks.
fn without_networks() -> TempDir {
    let dir = workshop();
    edit(dir.path(), "recipe.toml", "members = 2", "members = 0");
    edit(dir.path(), "recipe.toml", "[artefacts.besar]", LINEAR);
    dir
}

#[test]
fn it_learns_alone() {
    let dir = without_networks();
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let models = pool.install(|| train_in(dir.path(), &Progress::default())).unwrap();
        models.into_iter().map(|(_, model)| model.to_bytes()).collect::<Vec<_>>()
    };
    let models = bytes(1);
    assert!(models == bytes(4), "4 threads give other bytes than 1");
    // The whole classifier, and a student that it taught.
    for model in models {
        let classifier = Classifier::from_bytes(&model).unwrap();
        for (text, topic, soon) in [
            ("Lampu jalan mati total di ujung jembatan", "lampu", "lekas"),
            ("Kebakaran hebat, api merembet ke warung", "api", "genting"),
            ("Sampah menumpuk, bau busuk", "sampah", "lekas"),
        ] {
            let prediction = classifier.classify(text);
            let found: Vec<&str> =
                prediction.heads().iter().filter_map(pilah::HeadPrediction::best).map(|best| best.label).collect();
            assert_eq!(found, [topic, soon], "{text}");
        }
    }
}

#[test]
fn more_labels_than_it_can_hold_are_told_before_learning() {
    let dir = without_networks();
    let mut labels = "{ id = \"sampah\"".to_owned();
    (0..260).for_each(|at| write!(labels, ", name = \"\" }}, {{ id = \"unit-{at}\"").unwrap());
    edit(dir.path(), "topik.toml", "{ id = \"sampah\"", &labels);
    assert!(fs::read_to_string(dir.path().join("topik.toml")).unwrap().contains("unit-259"));
    let error = train_in(dir.path(), &Progress::default()).unwrap_err();
    assert!(matches!(error, TrainError::Recipe(_)), "{error}");
    for part in ["teacher.members", "0 for 267 labels", "at least 1", "256"] {
        assert!(error.to_string().contains(part), "{error}");
    }
}

//! The learning curve: nested parts of the data, each trained and judged.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "model/tiny.rs"]
mod tiny;

use pilah::Classifier;
use pilah::eval::{Case, Evaluation, HeadTally, LearningCurve, Origin};
use pilah::lab::curve::{Plan, learn};
use pilah::train::{Dataset, Progress, Recipe};
use std::path::Path;

/// The curve of the workshop in `dir`, judged on its dev split.
fn curve(dir: &Path, artefact: Option<&str>, seed: u64) -> LearningCurve {
    let recipe = Recipe::read(&dir.join("recipe.toml")).unwrap();
    let data = Dataset::read(&recipe, dir, &[]).unwrap();
    let judge = |classifier: &Classifier| {
        let mut evaluation = Evaluation { rows: data.dev.len(), needs_review: 0, heads: Vec::new() };
        for (at, head) in classifier.model().heads().iter().enumerate() {
            let mut tally = HeadTally::new(head.name(), false, 0.5, head.labels().iter().map(|l| l.id.as_str()));
            for row in &data.dev {
                let Some((gold, _)) = row.labels[at] else { continue };
                let answer = classifier.classify(&row.text);
                let gold = head.labels()[gold].id.as_str();
                tally.add(Case { source: "-", origin: Origin::Annotated, gold, predicted: &answer.heads()[at] });
            }
            evaluation.heads.push(tally.finish());
        }
        evaluation
    };
    let plan = Plan { recipe: &recipe, base: dir, data: &data, artefact, seed };
    learn(&plan, &Progress::default(), judge).unwrap()
}

#[test]
fn parts_double_until_all_is_learnt() {
    let dir = tiny::workshop();
    let found = curve(dir.path(), Some("mungil"), 1);
    assert_eq!(found.artefact, "mungil");
    let rows: Vec<usize> = found.steps.iter().map(|step| step.rows).collect();
    assert_eq!(rows, [4, 7, 13, 25], "an eighth, a quarter, half and all of 25");
    let scores = found.of("topik");
    assert!(scores.windows(2).all(|two| two[0].labels < two[1].labels));
    assert!(scores[3].accuracy > scores[0].accuracy, "{scores:?}");
    assert!(found.outlook("topik").is_some());
    assert_eq!(found, curve(dir.path(), Some("mungil"), 1), "the same every time");
    assert_eq!(curve(dir.path(), Some("tidak-ada"), 2).artefact, "besar", "the first, where there is none of the name");
}

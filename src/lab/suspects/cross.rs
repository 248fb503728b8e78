//! Cross-validation: what models say of rows that they have not seen.

use crate::Classifier;
use crate::prediction::{HeadPrediction, Prediction};
use crate::train::{ArtefactRecipe, Dataset, Example, LabelSet, Progress, Recipe, TeacherRecipe, TrainError, learn};
use rayon::prelude::*;
use std::path::Path;

/// What a model says of one head of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opinion {
    /// Probability of each label.
    pub(super) probabilities: Vec<f32>,
    /// The words that speak for the likeliest label.
    pub(super) words: Vec<String>,
}

/// Returns the recipe without what only matters to a model that is shipped: one artefact, made of `members` teachers.
pub(super) fn light(recipe: &Recipe, members: usize) -> Recipe {
    let features = recipe.artefacts.values().map(|artefact| artefact.features).max().unwrap_or(1);
    let step = recipe.artefacts.values().map(|artefact| artefact.step).fold(f32::INFINITY, f32::min);
    // No threshold may put another label before the likeliest: the words would speak for that one.
    let head = recipe.head.iter().map(|head| crate::train::HeadRecipe { recall: None, ..head.clone() });
    // A recipe without networks stays so.
    let members = if recipe.teacher.members == 0 { 0 } else { members };
    Recipe {
        head: head.collect(),
        rules: None,
        refit_on_dev: false,
        teacher: TeacherRecipe { members, ..recipe.teacher.clone() },
        artefacts: [("judge".to_owned(), ArtefactRecipe { features, step, student: None })].into(),
        ..recipe.clone()
    }
}

/// Returns, for each training row and each head, the opinion of a model that has learnt from the other folds.
pub(super) fn opinions(
    recipe: &Recipe,
    base: &Path,
    data: &Dataset,
    folds: &[usize],
    count: usize,
    progress: &Progress,
) -> Result<Vec<Vec<Opinion>>, TrainError> {
    let mut all = vec![Vec::new(); data.train.len()];
    // One fold after the other, though they could be learnt at once: each fit takes memory for all its features.
    for fold in 0..count {
        let (left_out, others): (Vec<usize>, Vec<usize>) = (0..folds.len()).partition(|&row| folds[row] == fold);
        let train = others.iter().map(|&row| data.train[row].clone()).collect();
        let part = Dataset { train, ..unlearnt(data) };
        for (_, model) in learn(recipe, base, &part, progress)? {
            let classifier = Classifier::new(model);
            let judge =
                |&row: &usize| opinion(&classifier.classify(&data.train[row].text), &data.train[row], &data.heads);
            let found: Vec<Vec<Opinion>> = left_out.par_iter().map(judge).collect();
            left_out.iter().zip(found).for_each(|(&row, opinion)| all[row] = opinion);
        }
    }
    Ok(all)
}

/// Returns `data` without its training rows; its dev rows calibrate every fold's model.
fn unlearnt(data: &Dataset) -> Dataset {
    Dataset { heads: data.heads.clone(), train: Vec::new(), dev: data.dev.clone(), digest: data.digest.clone() }
}

fn opinion(prediction: &Prediction<'_>, row: &Example, sets: &[LabelSet]) -> Vec<Opinion> {
    let heads = prediction.heads().iter().zip(sets);
    heads
        .map(|(head, set)| Opinion { probabilities: probabilities(head, set), words: words(prediction, head, row) })
        .collect()
}

/// Returns the probabilities in the order of the head's labels.
fn probabilities(head: &HeadPrediction<'_>, set: &LabelSet) -> Vec<f32> {
    let of = |id: &str| head.suggestions.iter().find(|suggestion| suggestion.label == id);
    set.labels.iter().map(|label| of(&label.id).map_or(0.0, |suggestion| suggestion.probability)).collect()
}

fn words(prediction: &Prediction<'_>, head: &HeadPrediction<'_>, row: &Example) -> Vec<String> {
    let evidence = prediction.evidence().iter().filter(|evidence| evidence.head == head.head);
    evidence.filter_map(|evidence| row.text.get(evidence.span.start..evidence.span.end)).map(str::to_owned).collect()
}

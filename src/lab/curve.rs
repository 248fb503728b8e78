//! The learning curve: the same recipe on growing parts of its data.

use crate::classifier::Classifier;
use crate::eval::{Evaluation, LearningCurve, LearningScore, LearningStep};
use crate::train::{Dataset, Example, Progress, Recipe, TrainError, learn as train};
use sha2::{Digest, Sha256};
use std::path::Path;

/// How often the training rows are halved for the smallest part.
const HALVINGS: u32 = 3;

/// What is trained.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'p> {
    /// The settings.
    pub recipe: &'p Recipe,
    /// The folder to which the recipe's paths are relative.
    pub base: &'p Path,
    /// All of the data. Every part has the whole dev split, as calibration needs it.
    pub data: &'p Dataset,
    /// The artefact wanted; where the recipe does not have it, or none is named, the recipe's first.
    pub artefact: Option<&'p str>,
    /// Decides which rows the smaller parts have.
    pub seed: u64,
}

/// Returns the scores that `judge` gives the models trained on 1/8, 1/4, 1/2 and all of the training rows.
///
/// The parts are nested, and a row's place is a hash of seed and id (of its text where it has none): more data joins the
/// order, and never shuffles it. A recipe with `refit_on_dev` keeps to the training rows here, else the smallest parts
/// would consist of dev.
///
/// # Errors
/// As [`train::learn`](crate::train::learn) has them.
pub fn learn(
    plan: &Plan<'_>,
    progress: &Progress,
    judge: impl Fn(&Classifier) -> Evaluation,
) -> Result<LearningCurve, TrainError> {
    let recipe = only(plan.recipe, plan.artefact);
    let artefact = recipe.artefacts.keys().next().cloned().unwrap_or_default();
    let rows = ordered(&plan.data.train, plan.seed);
    let mut steps: Vec<LearningStep> = Vec::new();
    for halvings in (0..=HALVINGS).rev() {
        let part = &rows[..rows.len().div_ceil(1 << halvings)];
        if steps.last().is_some_and(|last| last.rows == part.len()) {
            continue;
        }
        let data = Dataset { train: part.iter().copied().cloned().collect(), ..without_train(plan.data) };
        let models = train(&recipe, plan.base, &data, progress)?;
        let evaluations = models.into_iter().map(|(_, model)| judge(&Classifier::new(model)));
        let heads = evaluations.flat_map(|evaluation| scores(&recipe, &evaluation, part)).collect();
        steps.push(LearningStep { share: part.len() as f64 / rows.len() as f64, rows: part.len(), heads });
    }
    Ok(LearningCurve { artefact, steps })
}

/// The recipe with one artefact, that of the name if it has it.
fn only(recipe: &Recipe, artefact: Option<&str>) -> Recipe {
    let mut recipe = Recipe { refit_on_dev: false, ..recipe.clone() };
    let known = |name: &&str| recipe.artefacts.contains_key(*name);
    let first = recipe.artefacts.keys().next().map(String::as_str);
    let kept = artefact.filter(known).or(first).map(str::to_owned);
    recipe.artefacts.retain(|name, _| Some(name) == kept.as_ref());
    recipe
}

fn without_train(data: &Dataset) -> Dataset {
    Dataset { heads: data.heads.clone(), train: Vec::new(), dev: data.dev.clone(), digest: data.digest.clone() }
}

/// The rows in the order in which parts take them.
fn ordered(rows: &[Example], seed: u64) -> Vec<&Example> {
    let mut rows: Vec<&Example> = rows.iter().collect();
    rows.sort_by_cached_key(|row| {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        hash.update(row.id.as_ref().unwrap_or(&row.text));
        <[u8; 32]>::from(hash.finalize())
    });
    rows
}

fn scores(recipe: &Recipe, evaluation: &Evaluation, part: &[&Example]) -> Vec<LearningScore> {
    let labels = |head: &str| {
        let at = recipe.head.iter().position(|known| known.name == head);
        at.map_or(0, |at| part.iter().filter(|row| row.labels.get(at).is_some_and(Option::is_some)).count())
    };
    let judged = evaluation.heads.iter().filter(|head| head.overall.rows > 0);
    judged
        .map(|head| LearningScore {
            head: head.head.clone(),
            labels: labels(&head.head),
            accuracy: head.overall.accuracy,
            macro_f1: head.overall.macro_f1,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: Option<&str>, text: &str) -> Example {
        Example {
            id: id.map(str::to_owned),
            place: String::new(),
            source: None,
            text: text.to_owned(),
            labels: Vec::new(),
            by: Vec::new(),
        }
    }

    #[test]
    fn more_rows_keep_the_order_of_those_there_were() {
        let all: Vec<Example> = (0..40).map(|at| row(Some(&format!("id-{at}")), "sama")).collect();
        let order = |rows: &[Example], seed| -> Vec<String> {
            ordered(rows, seed).iter().filter_map(|row| row.id.clone()).collect()
        };
        let (few, many) = (order(&all[..20], 7), order(&all, 7));
        let kept: Vec<&String> = many.iter().filter(|id| few.contains(id)).collect();
        assert_eq!(kept, few.iter().collect::<Vec<_>>());
        assert_ne!(few, order(&all[..20], 8), "another seed, another order");
        assert_ne!(few, (0..20).map(|at| format!("id-{at}")).collect::<Vec<_>>(), "an order of its own");
    }

    #[test]
    fn rows_without_id_go_by_their_text() {
        let (a, b) = (row(None, "lampu mati"), row(None, "jalan rusak"));
        let text = |rows: &[Example]| ordered(rows, 1).iter().map(|row| row.text.clone()).collect::<Vec<_>>();
        assert_eq!(text(&[a.clone(), b.clone()]), text(&[b, a]));
    }
}

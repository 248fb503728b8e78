//! Ablation: train a recipe without one part after the other, and tell what each part is worth.

mod error;
mod page;
mod render;
mod variants;

pub use error::AblateError;
pub use page::{END, START, fill};
pub use variants::{Variant, read_variants};

use super::trial::{self, Answers, HeadGains, HeadScores, Rows, Source, Trained, gains, time_ratio};
use super::variant::{Draft, VariantError};
use crate::train::{Recipe, TrainError};
use serde::Serialize;
use std::path::Path;

/// What is trained, and what it is judged on.
pub struct Plan<'p> {
    /// The recipe's text.
    pub draft: &'p Draft,
    /// The folder to which its paths are relative.
    pub base: &'p Path,
    /// The recipe's data.
    pub source: &'p Source<'p>,
    /// What to train besides the recipe.
    pub variants: &'p [Variant],
    /// What to judge on.
    pub rows: &'p Rows,
    /// The split that `rows` are of; where it is `dev`, nothing learns from it.
    pub split: &'p str,
}

/// What each part of a recipe is worth; `Display` draws the table, [`Ablation::markdown`] that of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ablation {
    /// SHA-256 of the recipe's settings.
    pub recipe: String,
    /// SHA-256 of its data.
    pub data: String,
    /// The split judged.
    pub split: String,
    /// Rows judged.
    pub rows: usize,
    /// By artefact, in the recipe's order.
    pub artefacts: Vec<ArtefactAblation>,
    /// Variants that change nothing in this recipe, and were not trained.
    pub unchanged: Vec<String>,
}

/// One artefact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArtefactAblation {
    /// Its name.
    pub artefact: String,
    /// The recipe's own scores.
    pub heads: Vec<HeadScores>,
    /// Bytes of the recipe's own file.
    pub bytes: usize,
    /// The same after `gzip -9`.
    pub gzip_bytes: usize,
    /// The variants in their order.
    pub variants: Vec<VariantScores>,
}

/// One variant of one artefact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariantScores {
    /// Its name.
    pub variant: String,
    /// What it changes.
    pub changes: Vec<String>,
    /// Its scores.
    pub heads: Vec<HeadScores>,
    /// The differences to the recipe's own.
    pub gains: Vec<HeadGains>,
    /// Bytes of its file.
    pub bytes: usize,
    /// The same after `gzip -9`.
    pub gzip_bytes: usize,
    /// Its time for a text over that of the recipe's own; measured, so not the same twice.
    pub time_ratio: f64,
}

/// Returns what each variant is worth; `hear` is told what is trained next: its number from 1, how many there are, its name.
///
/// # Errors
/// [`AblateError`], before any training for all that can be known then.
pub fn ablate(plan: &Plan<'_>, hear: &dyn Fn(usize, usize, &str)) -> Result<Ablation, AblateError> {
    let recipe = plan.recipe(plan.draft).map_err(|source| AblateError::variant("the recipe", source))?;
    let variants = plan.recipes(&recipe)?;
    if plan.rows.rows.is_empty() {
        return Err(AblateError::NoRows { split: plan.split.to_owned() });
    }
    let all = 1 + variants.iter().filter(|(_, recipe)| recipe.is_some()).count();
    let mut number = 1;
    hear(number, all, "the recipe");
    let own = plan.trained("the recipe", &recipe)?;
    let mut ablation = Ablation::of(plan, &recipe, &own);
    for (variant, recipe) in variants {
        let Some(recipe) = recipe else {
            ablation.unchanged.push(variant.name.clone());
            continue;
        };
        number += 1;
        hear(number, all, &variant.name);
        for (trained, answers) in plan.trained(&variant.name, &recipe)? {
            let Some(at) = own.iter().position(|(own, _)| own.artefact == trained.artefact) else { continue };
            let scores = plan.scores(variant, &own[at], &trained, &answers);
            ablation.artefacts[at].variants.push(scores);
        }
    }
    Ok(ablation)
}

impl Plan<'_> {
    fn recipe(&self, draft: &Draft) -> Result<Recipe, VariantError> {
        let mut recipe = draft.recipe()?;
        recipe.refit_on_dev &= self.split != "dev";
        Ok(recipe)
    }

    /// Returns each variant's recipe with the artefacts that it is for; none where it is the recipe itself.
    fn recipes(&self, own: &Recipe) -> Result<Vec<(&Variant, Option<Recipe>)>, AblateError> {
        let recipe = |variant: &Variant| -> Result<Option<Recipe>, AblateError> {
            let error = |source| AblateError::variant(&variant.name, source);
            let mut recipe = self.recipe(&self.draft.with(&variant.changes).map_err(error)?).map_err(error)?;
            if recipe.digest() == own.digest() {
                return Ok(None);
            }
            if let Some(found) = variant.artefacts.iter().find(|name| !recipe.artefacts.contains_key(*name)) {
                let expected = recipe.artefacts.keys().cloned().collect::<Vec<_>>().join(", ");
                return Err(AblateError::Artefact { variant: variant.name.clone(), found: found.clone(), expected });
            }
            recipe.artefacts.retain(|name, _| variant.artefacts.is_empty() || variant.artefacts.contains(name));
            Ok(Some(recipe))
        };
        self.variants.iter().map(|variant| Ok((variant, recipe(variant)?))).collect()
    }

    fn trained(&self, name: &str, recipe: &Recipe) -> Result<Vec<(Trained, Answers)>, AblateError> {
        let learnt = |recipe: &Recipe| -> Result<Vec<Trained>, TrainError> {
            trial::train(recipe, self.base, self.source.of(recipe)?.as_ref())
        };
        let trained = learnt(recipe).map_err(|source| AblateError::Train { variant: name.to_owned(), source })?;
        Ok(trained.into_iter().map(|one| (self.answers(&one), one)).map(|(answers, one)| (one, answers)).collect())
    }

    fn answers(&self, trained: &Trained) -> Answers {
        Answers::of(&trained.classifier, self.rows)
    }

    fn scores(
        &self,
        variant: &Variant,
        (own, own_answers): &(Trained, Answers),
        trained: &Trained,
        answers: &Answers,
    ) -> VariantScores {
        VariantScores {
            variant: variant.name.clone(),
            changes: variant.changes.iter().map(ToString::to_string).collect(),
            heads: answers.scores(),
            gains: gains(own_answers, answers),
            bytes: trained.bytes,
            gzip_bytes: trained.gzip_bytes,
            time_ratio: time_ratio(&own.classifier, &trained.classifier, &self.rows.texts()),
        }
    }
}

impl Ablation {
    fn of(plan: &Plan<'_>, recipe: &Recipe, own: &[(Trained, Answers)]) -> Self {
        let artefact = |(trained, answers): &(Trained, Answers)| ArtefactAblation {
            artefact: trained.artefact.clone(),
            heads: answers.scores(),
            bytes: trained.bytes,
            gzip_bytes: trained.gzip_bytes,
            variants: Vec::new(),
        };
        Self {
            recipe: recipe.digest(),
            data: plan.source.data().digest.clone(),
            split: plan.split.to_owned(),
            rows: plan.rows.rows.len(),
            artefacts: own.iter().map(artefact).collect(),
            unchanged: Vec::new(),
        }
    }
}

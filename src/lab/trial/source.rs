//! [`Source`]: the data of a recipe and of its variants, read again only where the variant says something of the data.

use crate::train::{Dataset, Recipe, TrainError};
use std::borrow::Cow;

/// Reads the data of a recipe.
pub type Reader<'s> = dyn Fn(&Recipe) -> Result<Dataset, TrainError> + Sync + 's;

/// The data of a recipe and of its variants.
pub struct Source<'s> {
    recipe: &'s Recipe,
    data: Dataset,
    read: &'s Reader<'s>,
}

impl<'s> Source<'s> {
    /// Returns the source of `recipe`, whose data is read at once.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn new(recipe: &'s Recipe, read: &'s Reader<'s>) -> Result<Self, TrainError> {
        Ok(Self { recipe, data: read(recipe)?, read })
    }

    /// Returns the data of the recipe itself.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Returns the data of a variant.
    ///
    /// # Errors
    /// Those of reading.
    pub fn of(&self, variant: &Recipe) -> Result<Cow<'_, Dataset>, TrainError> {
        if self.says_the_same(variant) { Ok(Cow::Borrowed(&self.data)) } else { (self.read)(variant).map(Cow::Owned) }
    }

    /// Whether the variant differs in nothing but what comes after reading; a setting not known here counts as one of the data.
    fn says_the_same(&self, variant: &Recipe) -> bool {
        let recipe = self.recipe;
        let mut alike = Recipe {
            seed: recipe.seed,
            refit_on_dev: recipe.refit_on_dev,
            text: recipe.text.clone(),
            features: recipe.features.clone(),
            rules: recipe.rules.clone(),
            teacher: recipe.teacher.clone(),
            artefacts: recipe.artefacts.clone(),
            decision: recipe.decision.clone(),
            ..variant.clone()
        };
        for (head, own) in alike.head.iter_mut().zip(&recipe.head) {
            (head.weight, head.balance) = (own.weight, own.balance);
        }
        alike.digest() == recipe.digest()
    }
}

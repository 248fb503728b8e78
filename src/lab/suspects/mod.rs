//! [`suspects()`]: labels that are most likely wrong.
//!
//! Confident learning (Northcutt, Jiang & Chuang 2021): every row is judged by a model that has not seen it; a row is
//! suspect when that model is surer of another label than it usually is of rows that have that label. Of a clerk's slips
//! this finds those that the other rows contradict; what all clerks do alike it cannot see.

mod cross;
mod joint;
mod summary;

pub use summary::{Findings, HeadFindings, LabelPair, Share};

use crate::train::{Dataset, Progress, Recipe, TrainError};
use std::path::Path;

/// Fewest labelled rows of a head in a fold.
const LEAST_A_FOLD: usize = 5;

/// How suspects are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspectSettings {
    /// The heads to look at; all where there are none.
    pub heads: Vec<String>,
    /// The parts of the cross-validation, at least 2.
    pub folds: usize,
    /// The networks that judge each part; instead of the recipe's.
    pub members: usize,
}

impl Default for SuspectSettings {
    fn default() -> Self {
        Self { heads: Vec::new(), folds: 5, members: 1 }
    }
}

/// A label that is likely wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    /// Which of the training rows it is.
    pub row: usize,
    /// The head.
    pub head: String,
    /// Which of the recipe's heads that is.
    pub head_at: usize,
    /// The label that the row has.
    pub given: String,
    /// The label that it more likely should have.
    pub suggested: String,
    /// The probability of the given label.
    pub given_probability: f32,
    /// The probability of the suggested label.
    pub suggested_probability: f32,
    /// The words that speak for the suggested label, in reading order; none where the model itself would say another.
    pub words: Vec<String>,
}

impl Suspect {
    /// Returns by how much the suggested label is likelier than the given one: what suspects are ranked by.
    pub fn margin(&self) -> f32 {
        self.suggested_probability - self.given_probability
    }
}

/// Why suspects cannot be looked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SuspectError {
    /// The number of folds.
    #[error("found {0} folds; expected at least 2")]
    Folds(usize),
    /// The head is not in the recipe.
    #[error("the recipe has no head `{found}`; its heads are {}", .heads.join(", "))]
    Head {
        /// The head asked for.
        found: String,
        /// The recipe's.
        heads: Vec<String>,
    },
    /// Too few rows to learn from and to judge.
    #[error(
        "head `{head}` has {found} labelled rows in split \"train\"; expected at least {expected} for {folds} folds: \
         give more data, use fewer folds, or name other heads"
    )]
    TooFew {
        /// The head.
        head: String,
        /// Its labelled rows.
        found: usize,
        /// How many are needed.
        expected: usize,
        /// The folds asked for.
        folds: usize,
    },
    /// Nothing to be taken for something else.
    #[error("every labelled row of head `{head}` is \"{label}\"; expected at least 2 labels: name other heads")]
    OneLabel {
        /// The head.
        head: String,
        /// Its only label.
        label: String,
    },
    /// All rows of a head say the same, so that they cannot be parted.
    #[error("head `{head}`: nearly all its labelled rows are copies of few texts; expected texts that differ")]
    Copies {
        /// The head.
        head: String,
    },
    /// A model could not be trained.
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// Returns the suspect labels among the training rows of `data`, likeliest first, and what they say of the whole.
///
/// Each fold of the rows is judged by a light version of the recipe (teachers only, no rules) that learns from the other
/// folds; its paths are relative to `base`. The outcome depends on data, recipe and settings only.
///
/// # Errors
/// [`SuspectError`], before any learning for everything that can be known then.
pub fn suspects(
    recipe: &Recipe,
    base: &Path,
    data: &Dataset,
    settings: &SuspectSettings,
    progress: &Progress,
) -> Result<Findings, SuspectError> {
    if settings.folds < 2 {
        return Err(SuspectError::Folds(settings.folds));
    }
    let heads = heads(recipe, &settings.heads)?;
    let texts: Vec<&str> = data.train.iter().map(|example| example.text.as_str()).collect();
    let folds = super::folds(&texts, settings.folds, recipe.seed);
    for &head in &heads {
        check(recipe, data, head, &folds, settings.folds)?;
    }
    let light = cross::light(recipe, settings.members);
    let opinions = cross::opinions(&light, base, data, &folds, settings.folds, progress)?;
    Ok(summary::findings(recipe, data, &heads, &opinions))
}

/// Returns the positions of the heads called `names`, of all heads where there are none.
fn heads(recipe: &Recipe, names: &[String]) -> Result<Vec<usize>, SuspectError> {
    if names.is_empty() {
        return Ok((0..recipe.head.len()).collect());
    }
    let all = || recipe.head.iter().map(|head| head.name.clone()).collect();
    let position = |name: &String| {
        let found = recipe.head.iter().position(|head| head.name == *name);
        found.ok_or_else(|| SuspectError::Head { found: name.clone(), heads: all() })
    };
    names.iter().map(position).collect()
}

/// Checks that a head's rows can be learnt from and judged.
fn check(recipe: &Recipe, data: &Dataset, head: usize, folds: &[usize], count: usize) -> Result<(), SuspectError> {
    let name = || recipe.head[head].name.clone();
    let labelled = || data.train.iter().zip(folds).filter_map(|(row, &fold)| Some((row.labels[head]?.0, fold)));
    let (found, expected) = (labelled().count(), LEAST_A_FOLD.saturating_mul(count));
    let Some((first, _)) = labelled().next().filter(|_| found >= expected) else {
        return Err(SuspectError::TooFew { head: name(), found, expected, folds: count });
    };
    if labelled().all(|(label, _)| label == first) {
        let label = data.heads[head].labels.get(first).map_or_else(String::new, |label| label.id.clone());
        return Err(SuspectError::OneLabel { head: name(), label });
    }
    let fullest = (0..count).map(|at| labelled().filter(|&(_, fold)| fold == at).count()).max();
    // Where a fold has nearly all, its judges have learnt from next to nothing.
    if fullest.is_some_and(|fullest| found - fullest < LEAST_A_FOLD) {
        return Err(SuspectError::Copies { head: name() });
    }
    Ok(())
}

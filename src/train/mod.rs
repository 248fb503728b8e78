//! Training: labelled reports and a recipe -> model files.
//!
//! [`train`] is the whole of it: read the data, let teachers learn, teach an artefact's network, calibrate it on the dev
//! split. Same data and same recipe give the same bytes on any number of threads: every fit runs on one thread with its
//! own seed, threads only share out whole fits.

mod adam;
pub mod audit;
mod calibrate;
pub mod corpus;
mod dataset;
mod distil;
mod fold;
mod linear;
mod matrix;
mod network;
mod progress;
mod quantize;
mod random;
mod recipe;
mod solver;
mod vocabulary;

pub use calibrate::{Calibration, HeldOut};
pub use dataset::{
    Collection, CorrectionCounts, Dataset, Example, HeldOutRows, Inputs, LabelSet, Part, Places, ReadCounts,
};
pub use linear::LinearRecipe;
pub use matrix::SparseMatrix;
pub use network::{Network, Shape};
pub use progress::{Event, Progress};
pub use recipe::{
    ArtefactRecipe, DecisionRecipe, FeatureRecipe, HeadChoice, HeadRecipe, LabelFile, QUICK_SLANG, Recipe, RecipeError,
    StudentRecipe, TeacherRecipe, TextSettings, sha256,
};
pub use solver::{CheckedSolver, Solver, SolverError, SolverParams, Target, Targets};

use crate::features::{Composition, Vectorizer};
use crate::model::{Head, Model, Rules};
use crate::text::Pipeline;
use distil::{Lessons, Teachers};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Why a training run stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// The recipe.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The data.
    #[error(transparent)]
    Corpus(#[from] corpus::CorpusError),
    /// The solver.
    #[error(transparent)]
    Solver(#[from] SolverError),
    /// Reports have labels that their heads do not have.
    #[error("{}", audit::listed(.0))]
    UnknownLabels(Vec<audit::UnknownLabel>),
    /// Corrections are for reports that cannot be told.
    #[error("corrections that cannot be used, so that no officer's work is lost:\n  {}", .unknown.join("\n  "))]
    Corrections {
        /// Place and problem of each line.
        unknown: Vec<String>,
    },
    /// A line of a file of relabels.
    #[error("{path}:{line}: found {found}; expected {expected}")]
    Relabels {
        /// The file.
        path: PathBuf,
        /// Line number from 1.
        line: usize,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// No report to learn from.
    #[error("no report of split \"train\" in the data; expected at least one (a report without \"split\" counts)")]
    NoData,
    /// The recipe names a label that the head does not have.
    #[error("recipe: head `{head}` has no label \"{found}\" to reject by; expected an id of its label file")]
    Reject {
        /// The head.
        head: String,
        /// The label found.
        found: String,
    },
    /// A head's labels do not serve.
    #[error("head `{head}` has {found}; expected {expected}")]
    Labels {
        /// The head.
        head: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The rules are for a head or an order of labels that the model does not have.
    #[error("rules are for head `{found}`; expected a head of the recipe whose labels are {order:?}")]
    RuleHead {
        /// The rules' head.
        found: String,
        /// The rules' labels.
        order: Vec<String>,
    },
}

/// Returns the recipe's models by artefact name, trained on its own data (paths relative to `base`) and `more`.
///
/// # Errors
/// [`TrainError`] before any learning for everything that can be known then.
pub fn train(
    recipe: &Recipe,
    base: &Path,
    more: &[PathBuf],
    progress: &Progress,
) -> Result<Vec<(String, Model)>, TrainError> {
    recipe.check()?;
    learn(recipe, base, &Dataset::read(recipe, base, more)?, progress)
}

/// Returns the recipe's models by artefact name, trained on `data`; the recipe's paths are relative to `base`.
///
/// # Errors
/// As [`train`] has them, but for those of reading data.
pub fn learn(
    recipe: &Recipe,
    base: &Path,
    data: &Dataset,
    progress: &Progress,
) -> Result<Vec<(String, Model)>, TrainError> {
    recipe.check()?;
    if data.train.is_empty() {
        return Err(TrainError::NoData);
    }
    let run = Run::new(recipe, base, data, progress)?;
    let train: Vec<&Example> = data.train.iter().collect();
    let calibrated = run.models(&train)?;
    if !recipe.refit_on_dev {
        return Ok(calibrated);
    }
    let all: Vec<&Example> = data.train.iter().chain(&data.dev).collect();
    let mut refitted = run.models(&all)?;
    for ((_, model), (_, calibrated)) in refitted.iter_mut().zip(calibrated) {
        model.heads = calibrated.heads;
    }
    Ok(refitted)
}

fn check_labels(head: &HeadRecipe, set: &LabelSet) -> Result<(), TrainError> {
    let error = |found: String, expected| Err(TrainError::Labels { head: head.name.clone(), found, expected });
    let mut seen = std::collections::BTreeSet::new();
    if let Some(label) = set.labels.iter().find(|label| label.id.is_empty() || !seen.insert(&label.id)) {
        return error(format!("the label {:?} twice or without a name", label.id), "ids that differ");
    }
    if !(1..usize::from(u16::MAX)).contains(&set.labels.len()) {
        return error(format!("{} labels", set.labels.len()), "1 to 65534, in its label file or the data");
    }
    if head.recall.is_some() && !set.ordered {
        return error("a recall to reach, but no order".to_owned(), "a label file with `ordered = true`");
    }
    Ok(())
}

/// What every part of a run needs.
struct Run<'r> {
    recipe: &'r Recipe,
    data: &'r Dataset,
    pipeline: Pipeline,
    rules: Rules,
    progress: &'r Progress,
}

impl<'r> Run<'r> {
    fn new(recipe: &'r Recipe, base: &Path, data: &'r Dataset, progress: &'r Progress) -> Result<Self, TrainError> {
        let slang = recipe.text.slang.as_ref().map(|path| base.join(path));
        let pipeline = Pipeline::new(recipe::read_lexicon(slang.as_deref())?, recipe.text.stemming);
        let rules = recipe::read_rules(recipe.rules.as_ref().map(|path| base.join(path)).as_deref())?;
        let known = |(head, set): (&HeadRecipe, &LabelSet)| {
            head.name == rules.head() && set.labels.iter().map(|label| &label.id).eq(rules.order())
        };
        if !rules.is_empty() && !recipe.head.iter().zip(&data.heads).any(known) {
            return Err(TrainError::RuleHead { found: rules.head().to_owned(), order: rules.order().to_vec() });
        }
        let labels = data.heads.iter().map(|set| set.labels.len()).sum();
        if recipe.teacher.members == 0 && recipe.linear_for(labels).is_none() {
            let (name, found) = ("teacher.members".to_owned(), format!("0 for {labels} labels"));
            let expected = "at least 1, since the linear classifier takes 256 labels at most";
            return Err(RecipeError::Setting { name, found, expected }.into());
        }
        for (head, set) in recipe.head.iter().zip(&data.heads) {
            check_labels(head, set)?;
            if let Some(found) = head.reject.as_ref().filter(|reject| !set.labels.iter().any(|l| l.id == **reject)) {
                return Err(TrainError::Reject { head: head.name.clone(), found: found.clone() });
            }
        }
        Ok(Self { recipe, data, pipeline, rules, progress })
    }

    /// Returns one calibrated model per artefact, learnt from `examples`.
    fn models(&self, examples: &[&Example]) -> Result<Vec<(String, Model)>, TrainError> {
        let recipe = self.recipe;
        let lessons = Lessons::new(recipe, &self.data.heads, &self.pipeline, examples);
        let labels = self.data.heads.iter().map(|set| set.labels.len()).sum();
        let passes = recipe.linear_for(labels).map_or(0, |linear| linear.passes);
        self.progress.begin("teachers", recipe.teacher.members * recipe.teacher.solver.epochs + passes);
        let teachers = Teachers::learn(recipe, &lessons, self.progress)?;
        self.progress.begin(
            "artefacts",
            recipe.artefacts.values().filter_map(|a| a.student.as_ref()).map(|s| s.solver.epochs).sum(),
        );
        let artefacts: Vec<(&String, &ArtefactRecipe)> = recipe.artefacts.iter().collect();
        artefacts
            .into_par_iter()
            .map(|(name, artefact)| {
                let (vectorizer, network) = teachers.make(recipe, artefact, &lessons, self.progress)?;
                let weights = quantize::quantize(&network, artefact.step);
                let mut model = self.model(name, vectorizer, weights, examples.len());
                self.calibrate(&mut model);
                Ok((name.clone(), model))
            })
            .collect()
    }

    fn model(&self, name: &str, vectorizer: Vectorizer, weights: crate::model::Weights, reports: usize) -> Model {
        let heads = self.recipe.head.iter().zip(&self.data.heads).map(|(head, set)| Head {
            name: head.name.clone(),
            labels: set.labels.clone(),
            ordered: set.ordered,
            temperature: 1.0,
            doubt: 0.0,
            threshold: self.recipe.decision.precision,
            at_least: Vec::new(),
            reject: head.reject.as_ref().and_then(|reject| set.labels.iter().position(|label| label.id == *reject)),
        });
        let origin = [
            ("artefact", name.to_owned()),
            ("trained by", format!("pilah {}", env!("CARGO_PKG_VERSION"))),
            ("recipe sha-256", self.recipe.digest()),
            ("data sha-256", self.data.digest.clone()),
            ("training reports", reports.to_string()),
            ("dev reports", self.data.dev.len().to_string()),
            ("seed", self.recipe.seed.to_string()),
        ];
        Model {
            pipeline: self.pipeline.clone(),
            vectorizer,
            weights,
            heads: heads.collect(),
            rules: self.rules.clone(),
            min_words: usize::from(self.recipe.decision.min_words),
            provenance: origin.map(|(name, value)| (name.to_owned(), value)).into(),
            sections: Vec::new(),
            fingerprint: 0,
        }
    }

    /// Sets temperature and thresholds by the dev split; without one they stay as they are.
    fn calibrate(&self, model: &mut Model) {
        let ranges: Vec<_> = model.ranges().collect();
        let logits: Vec<Vec<f32>> = self
            .data
            .dev
            .par_iter()
            .map(|example| {
                let terms = self.pipeline.terms(&example.text);
                model.scores(&model.vectorizer.vectorize(&terms, Composition::Unknown)).logits
            })
            .collect();
        for (at, head) in model.heads.iter_mut().enumerate() {
            let mut held_out = HeldOut::default();
            for (logits, example) in logits.iter().zip(&self.data.dev) {
                if let Some((label, _)) = example.labels[at] {
                    held_out.logits.push(logits[ranges[at].clone()].to_vec());
                    held_out.labels.push(label);
                }
            }
            if held_out.labels.is_empty() {
                continue;
            }
            let calibration = held_out.calibration();
            (head.temperature, head.doubt) = (calibration.temperature, calibration.doubt);
            head.threshold = held_out.threshold(calibration, self.recipe.decision.precision);
            let settings = &self.recipe.head[at];
            if let Some(recall) = settings.recall.filter(|_| head.ordered) {
                head.at_least = held_out.at_least(calibration, recall, settings.recall_precision);
            }
        }
    }
}

//! Teachers and students: several networks and a linear classifier learn from the labels, one small network from their
//! mean and the labels.

use super::TrainError;
use super::dataset::{Example, LabelSet};
use super::fold::Folded;
use super::matrix::SparseMatrix;
use super::network::Network;
use super::progress::Progress;
use super::recipe::{ArtefactRecipe, Recipe, StudentRecipe};
use super::solver::{Solver, SolverParams, Target, Targets};
use super::vocabulary::Vocabulary;
use crate::features::{Composition, Vectorizer};
use crate::text::{Pipeline, Term};
use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use rayon::prelude::*;

/// A rare label weighs at most this many times its fair share.
const MOST_BALANCE: f32 = 5.0;

/// Texts with terms and targets.
pub(crate) struct Lessons<'t> {
    pub(crate) terms: Vec<Vec<Term<'t>>>,
    targets: Vec<Vec<Target>>,
    heads: Vec<usize>,
}

impl<'t> Lessons<'t> {
    /// Returns the lessons of `examples`: label weights times the head's weight and balance.
    pub(crate) fn new(recipe: &Recipe, heads: &[LabelSet], pipeline: &Pipeline, examples: &[&'t Example]) -> Self {
        let sizes: Vec<usize> = heads.iter().map(|head| head.labels.len()).collect();
        let scales: Vec<Vec<f32>> =
            (0..sizes.len()).map(|h| balance(examples, h, sizes[h], recipe.head[h].balance)).collect();
        let target = |head: usize, known: Option<(usize, f32)>| match known {
            Some((label, weight)) => {
                Target::Hard { label, weight: weight * recipe.head[head].weight * scales[head][label] }
            }
            None => Target::Unknown,
        };
        Self {
            terms: examples.par_iter().map(|example| pipeline.terms(&example.text)).collect(),
            targets: examples
                .iter()
                .map(|e| e.labels.iter().enumerate().map(|(h, &l)| target(h, l)).collect())
                .collect(),
            heads: sizes,
        }
    }
}

/// Returns the weight of each label of a head by its texts among `examples`.
fn balance(examples: &[&Example], head: usize, labels: usize, power: f32) -> Vec<f32> {
    let mut counts = vec![0usize; labels];
    for (label, _) in examples.iter().filter_map(|e| e.labels[head]) {
        counts[label] += 1;
    }
    scales(&counts, power)
}

/// Returns the weight of labels with `counts` training texts, (mean count / count)^power, at most [`MOST_BALANCE`].
pub(super) fn scales(counts: &[usize], power: f32) -> Vec<f32> {
    let present = counts.iter().filter(|&&n| n > 0).count().max(1);
    let mean = counts.iter().sum::<usize>() as f32 / present as f32;
    counts.iter().map(|&n| libm::powf(mean / n.max(1) as f32, power).min(MOST_BALANCE)).collect()
}

/// Several networks, and a linear classifier where the recipe has one, over all features.
pub(crate) struct Teachers {
    pub(crate) vocabulary: Vocabulary,
    /// All of them side by side: the mean of the networks' logits, and that mean's with the linear classifier's.
    network: Network,
}

impl Teachers {
    /// Returns the recipe's teachers, each with its own seed, in parallel.
    pub(crate) fn learn(recipe: &Recipe, lessons: &Lessons<'_>, progress: &Progress) -> Result<Self, TrainError> {
        let f = &recipe.features;
        let vocabulary = Vocabulary::new(f.settings(), f.min_reports, &lessons.terms);
        let matrix = vocabulary.matrix(&lessons.terms, Composition::All);
        let targets = Targets { heads: lessons.heads.clone(), rows: lessons.targets.clone() };
        let data = DatasetBase::new(matrix, targets);
        let (networks, linear) = rayon::join(
            || fit_all(recipe, &data, progress),
            || {
                let linear = recipe.linear_for(lessons.heads.iter().sum())?;
                Some(linear.fit(data.records(), data.targets(), recipe.seed, progress))
            },
        );
        let networks = networks?;
        let share = if linear.is_some() && !networks.is_empty() { 0.5 } else { 1.0 };
        let members = networks.iter().map(|network| (network, share / networks.len() as f32));
        let network = Network::side_by_side(&members.chain(linear.as_ref().map(|l| (l, share))).collect::<Vec<_>>());
        Ok(Self { vocabulary, network })
    }

    /// Returns the artefact's network over its own features: the teachers side by side, or a student of theirs.
    pub(crate) fn make(
        &self,
        recipe: &Recipe,
        artefact: &ArtefactRecipe,
        lessons: &Lessons<'_>,
        progress: &Progress,
    ) -> Result<(Vectorizer, Network), TrainError> {
        let network = match &artefact.student {
            Some(student) => self.teach(recipe, student, lessons, progress)?,
            None => self.network.clone(),
        };
        let folded = Folded::new(&network, &self.vocabulary, &lessons.terms);
        let kept = folded.select(artefact.features);
        let network = folded.keep(network, &kept);
        Ok((self.vocabulary.subset(&kept), network))
    }

    fn teach(
        &self,
        recipe: &Recipe,
        student: &StudentRecipe,
        lessons: &Lessons<'_>,
        progress: &Progress,
    ) -> Result<Network, TrainError> {
        let matrix = self.vocabulary.matrix(&lessons.terms, Composition::All);
        let rows = self.mixed_targets(lessons, &matrix, student.distil);
        let data = DatasetBase::new(matrix, Targets { heads: lessons.heads.clone(), rows });
        fit(&student.solver, recipe.seed.wrapping_add(recipe.teacher.members as u64), &data, progress)
    }

    /// Returns targets between the labels and the teachers' opinions; the opinion alone where the label is unknown.
    fn mixed_targets(&self, lessons: &Lessons<'_>, matrix: &SparseMatrix, share: f32) -> Vec<Vec<Target>> {
        let ranges = self.network.shape.ranges();
        let opinions: Vec<Vec<f32>> =
            (0..matrix.rows()).into_par_iter().map(|at| self.network.probabilities(matrix.row(at))).collect();
        let mix = |opinion: &[f32], target: &Target| {
            let mut probabilities: Box<[f32]> = opinion.into();
            let weight = match target {
                Target::Hard { label, weight } => {
                    probabilities.iter_mut().for_each(|p| *p *= share);
                    probabilities[*label] += 1.0 - share;
                    *weight
                }
                _ => 1.0,
            };
            Target::Soft { probabilities, weight }
        };
        opinions
            .iter()
            .zip(&lessons.targets)
            .map(|(opinion, targets)| targets.iter().zip(&ranges).map(|(t, r)| mix(&opinion[r.clone()], t)).collect())
            .collect()
    }
}

/// Returns the recipe's networks, each with its own seed.
fn fit_all(
    recipe: &Recipe,
    data: &DatasetBase<SparseMatrix, Targets>,
    progress: &Progress,
) -> Result<Vec<Network>, TrainError> {
    (0..recipe.teacher.members)
        .into_par_iter()
        .map(|member| fit(&recipe.teacher.solver, recipe.seed.wrapping_add(member as u64), data, progress))
        .collect()
}

fn fit(
    solver: &Solver,
    seed: u64,
    data: &DatasetBase<SparseMatrix, Targets>,
    progress: &Progress,
) -> Result<Network, TrainError> {
    let solver = Solver { seed, ..solver.clone() };
    Ok(SolverParams::from(solver).progress(progress).check()?.fit(data)?)
}

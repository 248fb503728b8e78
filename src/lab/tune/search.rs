//! The search itself.

use super::candidates::{Candidates, key};
use super::{Aim, Choice, Log, Setting, Share, TuneError};
use crate::lab::trial::{self, Answers, Gain, HeadScores, Row, Rows, Source, gain};
use crate::lab::variant::Draft;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

/// Trials that learn at once at most: each holds its own features of all texts.
const AT_ONCE: usize = 4;

/// What is searched, and how.
pub struct Plan<'p> {
    /// The recipe's text.
    pub draft: &'p Draft,
    /// The folder to which its paths are relative.
    pub base: &'p Path,
    /// The recipe's data.
    pub source: &'p Source<'p>,
    /// What to judge on; rows of dev.
    pub rows: &'p Rows,
    /// What may change.
    pub settings: &'p [Setting],
    /// The artefact that is tuned.
    pub artefact: &'p str,
    /// What to raise.
    pub aim: &'p Aim,
    /// How much to train: as many times as long as the recipe does.
    pub budget: usize,
    /// Seed of the search, not of the recipe.
    pub seed: u64,
    /// When to start no more trials.
    pub until: Option<Instant>,
}

/// A choice and what came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// What differs from the recipe.
    pub choice: Choice,
    /// How long it learnt.
    pub share: Share,
    /// What the search raises.
    pub score: f64,
    /// All scores.
    pub heads: Vec<HeadScores>,
}

/// A trial as the search tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'h> {
    /// Its number from 1.
    pub number: usize,
    /// The trial.
    pub trial: &'h Trial,
    /// The best score of those that learnt in full.
    pub best: Option<f64>,
    /// Whether the log had it.
    pub from_log: bool,
}

/// What was found; `Display` draws the table.
#[derive(Debug)]
pub struct Found {
    /// What was raised.
    pub aim: Aim,
    /// The recipe as it was.
    pub start: Trial,
    /// The trials that learnt in full, best first, the recipe's own among them.
    pub best: Vec<Trial>,
    /// The recipe with the best settings.
    pub winner: Draft,
    /// What the best gains over the recipe.
    pub gain: Gain,
    /// Rows judged.
    pub rows: usize,
    /// Trials, those of the log among them.
    pub trials: usize,
    /// Trials that the log had.
    pub from_log: usize,
    /// Whether time ran out before the budget did.
    pub out_of_time: bool,
}

/// Returns the best settings found; `hear` is told of every trial.
///
/// # Errors
/// [`TuneError`], before any training for all that can be known then.
pub fn tune(plan: &Plan<'_>, log: Log, hear: &mut dyn FnMut(Heard<'_>)) -> Result<Found, TuneError> {
    plan.check_rows()?;
    let candidates = Candidates::new(plan.draft, plan.settings, plan.seed);
    let learner = Learner { plan, candidates: &candidates };
    let (whole, answers) = (Vec::new(), BTreeMap::new());
    let mut search = Search { learner, log, hear, whole, answers, trials: 0, from_log: 0, out_of_time: false };
    let rungs = rungs(plan.budget);
    let drawn = candidates.anywhere(rungs[0].1)?;
    search.run(Share::Whole, &[Choice::new()])?;
    let refine = plan.budget.saturating_sub(cost(&rungs));
    search.halve(&rungs, drawn)?;
    search.refine(refine)?;
    search.finish()
}

impl Plan<'_> {
    fn check_rows(&self) -> Result<(), TuneError> {
        let judged = |row: &Row| {
            row.gold.iter().zip(&self.rows.heads).any(|(gold, head)| gold.is_some() && self.aim.is_about(head))
        };
        if self.rows.rows.iter().any(judged) {
            return Ok(());
        }
        Err(TuneError::NoRows(match &self.aim.head {
            Some(head) => format!("head {head:?}"),
            None => "the recipe's heads".to_owned(),
        }))
    }
}

/// Returns how many trials there are of each length: a third each of half the budget.
fn rungs(budget: usize) -> [(Share, usize); 3] {
    [Share::Ninth, Share::Third, Share::Whole].map(|share| {
        let count = (budget as f64 / 6.0 / share.part()).round() as usize;
        (share, count.max(1))
    })
}

/// Returns the trainings that the rungs are worth, as whole ones.
fn cost(rungs: &[(Share, usize)]) -> usize {
    rungs.iter().map(|(share, count)| share.part() * *count as f64).sum::<f64>().round() as usize
}

/// What trials need, whatever was tried before.
#[derive(Clone, Copy)]
struct Learner<'l> {
    plan: &'l Plan<'l>,
    candidates: &'l Candidates<'l>,
}

impl Learner<'_> {
    /// Returns what the artefact learnt with these settings says to the rows.
    fn learn(self, share: Share, choice: &Choice) -> Result<Answers, TuneError> {
        let plan = self.plan;
        let mut recipe = self.candidates.recipe(choice)?;
        recipe.artefacts.retain(|name, _| name == plan.artefact);
        // What has learnt from dev cannot be judged on it.
        recipe.refit_on_dev = false;
        let data = plan.source.of(&recipe)?;
        let trained = trial::train(&share.of(recipe), plan.base, &data)?;
        Ok(trained.first().map_or_else(|| Answers(Vec::new()), |one| Answers::of(&one.classifier, plan.rows)))
    }
}

struct Search<'s> {
    learner: Learner<'s>,
    log: Log,
    hear: &'s mut dyn FnMut(Heard<'_>),
    /// Trials that learnt in full, in their order.
    whole: Vec<Trial>,
    /// What those of this run say, by choice.
    answers: BTreeMap<String, Answers>,
    trials: usize,
    from_log: usize,
    out_of_time: bool,
}

impl Search<'_> {
    /// Lets the drawn choices learn shortly, the best of them longer, the best of those in full.
    fn halve(&mut self, rungs: &[(Share, usize)], drawn: Vec<Choice>) -> Result<(), TuneError> {
        let mut choices = drawn;
        for &(share, count) in rungs {
            choices.truncate(count);
            let mut trials = self.run(share, &choices)?;
            trials.sort_by(|a, b| b.score.total_cmp(&a.score));
            choices = trials.into_iter().map(|trial| trial.choice).collect();
        }
        Ok(())
    }

    /// Changes the best so far a little, `count` times.
    fn refine(&mut self, count: usize) -> Result<(), TuneError> {
        let mut seen: BTreeSet<String> = self.whole.iter().map(|trial| key(&trial.choice)).collect();
        for number in 0..count {
            let Some(centre) = self.best().map(|best| best.choice.clone()) else { break };
            if let Some(choice) = self.learner.candidates.near(&centre, number, &mut seen)? {
                self.run(Share::Whole, &[choice])?;
            }
        }
        Ok(())
    }

    /// Returns the trials of the choices in their order, until time runs out.
    fn run(&mut self, share: Share, choices: &[Choice]) -> Result<Vec<Trial>, TuneError> {
        let mut trials = Vec::new();
        for chunk in choices.chunks(AT_ONCE) {
            let new: Vec<&Choice> = chunk.iter().filter(|choice| self.log.scores(share, choice).is_none()).collect();
            // The first trial of all, that of the recipe itself, is what the others are measured by.
            let is_late = self.trials > 0 && self.learner.plan.until.is_some_and(|until| Instant::now() >= until);
            if !new.is_empty() && is_late {
                self.out_of_time = true;
                break;
            }
            let learner = self.learner;
            let learnt: Vec<Answers> =
                new.par_iter().map(|choice| learner.learn(share, choice)).collect::<Result<_, TuneError>>()?;
            let added: BTreeSet<String> = new.iter().map(|choice| key(choice)).collect();
            for (choice, answers) in new.into_iter().zip(learnt) {
                self.log.add(share, choice, &answers.scores())?;
                if share == Share::Whole {
                    self.answers.insert(key(choice), answers);
                }
            }
            trials.extend(chunk.iter().filter_map(|choice| self.tell(share, choice, !added.contains(&key(choice)))));
        }
        Ok(trials)
    }

    fn tell(&mut self, share: Share, choice: &Choice, from_log: bool) -> Option<Trial> {
        let heads = self.log.scores(share, choice)?.clone();
        let trial = Trial { choice: choice.clone(), share, score: self.learner.plan.aim.of_scores(&heads), heads };
        self.trials += 1;
        self.from_log += usize::from(from_log);
        if share == Share::Whole {
            self.whole.push(trial.clone());
        }
        let best = self.best().map(|best| best.score);
        (self.hear)(Heard { number: self.trials, trial: &trial, best, from_log });
        Some(trial)
    }

    /// Returns the best of the trials that learnt in full; the earlier one of equals.
    fn best(&self) -> Option<&Trial> {
        self.whole.iter().rev().max_by(|a, b| a.score.total_cmp(&b.score))
    }

    fn finish(self) -> Result<Found, TuneError> {
        let mut best = self.whole.clone();
        best.sort_by(|a, b| b.score.total_cmp(&a.score));
        let (Some(start), Some(first)) = (self.whole.first().cloned(), best.first()) else {
            return Err(TuneError::Nothing);
        };
        let [old, new] = [&start.choice, &first.choice].map(|choice| self.answers_of(choice));
        let gain = gain(&old?, &new?, |answers, rows| self.learner.plan.aim.of_answers(answers, rows));
        Ok(Found {
            aim: self.learner.plan.aim.clone(),
            winner: self.learner.candidates.draft(&first.choice)?,
            start,
            gain,
            rows: self.learner.plan.rows.rows.len(),
            trials: self.trials,
            from_log: self.from_log,
            out_of_time: self.out_of_time,
            best,
        })
    }

    /// Returns what a choice says to the rows; one that only the log knows learns again.
    fn answers_of(&self, choice: &Choice) -> Result<Answers, TuneError> {
        match self.answers.get(&key(choice)) {
            Some(answers) => Ok(answers.clone()),
            None => self.learner.learn(Share::Whole, choice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_budget_goes_to_the_rungs() {
        for (budget, counts, spent) in
            [(1, [2, 1, 1], 2), (6, [9, 3, 1], 3), (20, [30, 10, 3], 10), (60, [90, 30, 10], 30)]
        {
            let rungs = rungs(budget);
            assert_eq!(rungs.map(|(_, count)| count), counts, "budget {budget}");
            assert_eq!(cost(&rungs), spent, "budget {budget}");
        }
    }
}

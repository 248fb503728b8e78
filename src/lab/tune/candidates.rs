//! Candidates: choices drawn at random over the whole space, and choices near a good one.

use super::space::{Range, Setting};
use super::{Choice, TuneError};
use crate::lab::variant::{Change, Draft, VariantError};
use crate::train::Recipe;
use rand_core::RngCore;
use rand_pcg::Pcg64;
use std::collections::BTreeSet;
use toml::Value;

/// Draws before a candidate is given up: spaces may be small, and not all settings make a recipe.
const DRAWS: usize = 50;
/// Share of the settings that the boldest candidate over the whole space changes; each draws its own, since a good recipe is
/// rarely far from what it becomes.
const BOLDEST: f64 = 0.6;
/// Settings that a candidate near a good one changes at most.
const NEAR: usize = 3;
/// How far a number goes from the good one, as a share of its range.
const STEP: f64 = 0.2;
/// Streams of the generator: candidates over the whole space count from 0, those near a good one from here.
const NEAR_STREAM: u128 = 1 << 64;

/// Draws candidates; the same for the same seed, whatever was drawn before.
pub(super) struct Candidates<'c> {
    draft: &'c Draft,
    settings: &'c [Setting],
    seed: u64,
    /// The recipe's own values.
    own: Vec<Option<Value>>,
}

impl<'c> Candidates<'c> {
    pub(super) fn new(draft: &'c Draft, settings: &'c [Setting], seed: u64) -> Self {
        let own = settings.iter().map(|setting| draft.get(&setting.path)).collect();
        Self { draft, settings, seed, own }
    }

    /// Returns the recipe with the settings of `choice`.
    pub(super) fn draft(&self, choice: &Choice) -> Result<Draft, VariantError> {
        let changes = choice.iter().map(|(path, value)| Change::Set(path.clone(), value.clone()));
        self.draft.with(&changes.collect::<Vec<_>>())
    }

    /// Returns the recipe that it is.
    pub(super) fn recipe(&self, choice: &Choice) -> Result<Recipe, VariantError> {
        self.draft(choice)?.recipe()
    }

    /// Returns `count` different choices over the whole space, fewer where the space does not have as many.
    pub(super) fn anywhere(&self, count: usize) -> Result<Vec<Choice>, TuneError> {
        let mut seen = BTreeSet::from([key(&Choice::new())]);
        let mut choices = Vec::new();
        for stream in 0..count {
            choices.extend(self.draw(stream as u128, &mut seen, |random| self.spread(random))?);
        }
        Ok(choices)
    }

    /// Returns the `number`th choice near `centre` that is not among the `seen`, and adds it to them.
    pub(super) fn near(
        &self,
        centre: &Choice,
        number: usize,
        seen: &mut BTreeSet<String>,
    ) -> Result<Option<Choice>, TuneError> {
        self.draw(NEAR_STREAM + number as u128, seen, |random| self.step(centre, random))
    }

    fn draw(
        &self,
        stream: u128,
        seen: &mut BTreeSet<String>,
        draw: impl Fn(&mut Pcg64) -> Choice,
    ) -> Result<Option<Choice>, TuneError> {
        let mut random = Pcg64::new(u128::from(self.seed), stream);
        let mut refused = None;
        for _ in 0..DRAWS {
            let choice = draw(&mut random);
            if seen.contains(&key(&choice)) {
                continue;
            }
            match self.recipe(&choice) {
                Ok(_) => {
                    seen.insert(key(&choice));
                    return Ok(Some(choice));
                }
                Err(error) => refused = Some(error),
            }
        }
        // None of many was a recipe: the space is at fault. All had been there: it is small.
        match refused {
            Some(error) if seen.len() <= 1 => Err(TuneError::Refused(Box::new(error))),
            _ => Ok(None),
        }
    }

    fn spread(&self, random: &mut Pcg64) -> Choice {
        let mut choice = Choice::new();
        let bold = BOLDEST * unit(random);
        for (setting, own) in self.settings.iter().zip(&self.own) {
            let (changed, place) = (unit(random) < bold, unit(random));
            if changed {
                put(&mut choice, setting, own.as_ref(), setting.range.at(place));
            }
        }
        choice
    }

    fn step(&self, centre: &Choice, random: &mut Pcg64) -> Choice {
        let mut choice = centre.clone();
        for _ in 0..=below(random, NEAR) {
            let at = below(random, self.settings.len());
            let (setting, own) = (&self.settings[at], self.own[at].as_ref());
            let place = match &setting.range {
                Range::Values(_) => unit(random),
                range => {
                    let here = range.place(choice.get(&setting.path).or(own));
                    here + STEP * (2.0 * unit(random) - 1.0)
                }
            };
            put(&mut choice, setting, own, setting.range.at(place));
        }
        choice
    }
}

/// Sets a setting; one that is as the recipe has it is not part of a choice.
fn put(choice: &mut Choice, setting: &Setting, own: Option<&Value>, value: Value) {
    if own == Some(&value) {
        choice.remove(&setting.path);
    } else {
        choice.insert(setting.path.clone(), value);
    }
}

/// Returns the text by which a choice is known.
pub(super) fn key(choice: &Choice) -> String {
    choice.iter().map(|(path, value)| format!("{path} = {value}")).collect::<Vec<_>>().join("\n")
}

/// Returns a number in 0..1.
fn unit(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Returns a number below `end`, which is above 0.
fn below(random: &mut Pcg64, end: usize) -> usize {
    ((unit(random) * end as f64) as usize).min(end - 1)
}

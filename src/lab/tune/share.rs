//! [`Share`]: how long a trial learns.

use crate::train::Recipe;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The part of the recipe's passes over the data that a trial makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Share {
    /// A ninth.
    #[serde(rename = "1/9")]
    Ninth,
    /// A third.
    #[serde(rename = "1/3")]
    Third,
    /// All.
    #[serde(rename = "1")]
    Whole,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ninth => "1/9",
            Self::Third => "1/3",
            Self::Whole => "1",
        })
    }
}

impl Share {
    /// Returns the share as a number.
    pub fn part(self) -> f64 {
        match self {
            Self::Ninth => 1.0 / 9.0,
            Self::Third => 1.0 / 3.0,
            Self::Whole => 1.0,
        }
    }

    /// Returns the recipe with that part of its passes: fewer teachers first, then fewer epochs.
    pub(super) fn of(self, mut recipe: Recipe) -> Recipe {
        let part = self.part();
        let teacher = &mut recipe.teacher;
        if teacher.members > 0 {
            let members = teacher.members as f64;
            teacher.members = at_least_one(members * part);
            let epochs = teacher.solver.epochs as f64 * part * members / teacher.members as f64;
            teacher.solver.epochs = at_least_one(epochs).min(teacher.solver.epochs);
        }
        for student in recipe.artefacts.values_mut().filter_map(|artefact| artefact.student.as_mut()) {
            student.solver.epochs = at_least_one(student.solver.epochs as f64 * part);
        }
        recipe
    }
}

fn at_least_one(number: f64) -> usize {
    (number.round() as usize).max(1)
}

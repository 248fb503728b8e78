//! What a search found, as text.

use super::{Choice, Found, Objective, Trial};
use crate::eval::table;
use std::fmt::{self, Display, Formatter};

/// Trials shown.
const SHOWN: usize = 10;

impl Display for Found {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} on {} rows, {} trials ({} of them from the log)",
            self.aim, self.rows, self.trials, self.from_log
        )?;
        if self.out_of_time {
            writeln!(f, "Time ran out before the budget did: another run may find something else.")?;
        }
        write!(f, "\n{}\n", table(&self.rows()))?;
        writeln!(f, "{}", self.verdict())
    }
}

impl Found {
    /// Returns whether no trial did better than the recipe.
    pub fn is_start(&self) -> bool {
        self.best.first().is_none_or(|best| best.choice.is_empty())
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let heads = self.start.heads.iter().filter(|head| self.aim.is_about(&head.head));
        let mut rows = vec![vec!["".to_owned(), "score".to_owned(), "gain".to_owned()]];
        rows[0].extend(heads.map(|head| head.head.clone()));
        rows[0].push("settings".to_owned());
        rows.push(self.row("start", &self.start));
        let better = self.best.iter().filter(|trial| !trial.choice.is_empty()).take(SHOWN);
        rows.extend(better.enumerate().map(|(at, trial)| self.row(&(at + 1).to_string(), trial)));
        rows
    }

    fn row(&self, name: &str, trial: &Trial) -> Vec<String> {
        let gain = trial.score - self.start.score;
        let mut row = vec![name.to_owned(), format!("{:.4}", trial.score), format!("{:+.4}", gain + 0.0)];
        let heads = trial.heads.iter().filter(|head| self.aim.is_about(&head.head));
        row.extend(heads.map(|head| format!("{:.4}", self.aim.objective.of(head))));
        row.push(settings(&trial.choice));
        row
    }

    /// What the best is worth.
    fn verdict(&self) -> String {
        if self.is_start() {
            return "No trial did better than the recipe: its settings stay.".to_owned();
        }
        let unit = if self.aim.objective == Objective::Loss { (1.0, "") } else { (100.0, " points") };
        let [gain, low, high] =
            [self.gain.difference, self.gain.low, self.gain.high].map(|value| format!("{:+.2}", unit.0 * value));
        let noise = if self.gain.is_beyond_noise() {
            "beyond the noise of these rows"
        } else {
            "within noise: another draw of rows may say the opposite"
        };
        format!(
            "The best gains {gain}{} (95 % interval {low} to {high}): {noise}.\nIt was chosen on these rows, which also set its \
             temperature and thresholds, so they flatter it: judge it once on test before you believe it.",
            unit.1
        )
    }
}

fn settings(choice: &Choice) -> String {
    if choice.is_empty() {
        return "(the recipe's own)".to_owned();
    }
    choice.iter().map(|(path, value)| format!("{path} = {value}")).collect::<Vec<_>>().join(", ")
}

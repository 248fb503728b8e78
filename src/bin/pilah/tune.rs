//! `pilah tune DATA`.

use crate::error::{CliError, note};
use crate::labelled::{LabelledArgs, read};
use crate::output::save;
use crate::terminal::safe;
use clap::ValueEnum;
use pilah::lab::trial::{Rows, Source, hold_out};
use pilah::lab::tune::{Aim, Context, Found, Heard, Log, Objective, Plan, Space, tune};
use pilah::lab::variant::Draft;
use pilah::train::{Recipe, TrainError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Arguments of `pilah tune`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah tune corpus --out models/winner.toml
  pilah tune ours.jsonl --recipe our-recipe.toml --budget 60 --objective accuracy --head agency --out winner.toml
  pilah tune corpus --space our-space.toml --time 30m --out winner.toml

Searches on dev; rows of test are never looked at. Where the data has no dev rows, some of its training rows are held out. Half of \
the budget goes to settings drawn from the whole space, most of which learn only shortly, half to small changes of the best. \
The same seed and budget find the same winner, unless --time cuts the search short. Every trial is a line of the log: run the \
same command again, and an interrupted search goes on; with a larger --budget, too, a trial that the log has is not made again.

A space names settings and their ranges: \"teacher.row_rate\" = { low = 0.005, high = 0.05, log = true }, \"head.*.balance\" = \
{ low = 0.0, high = 1.0 }, \"features.pairs\" = { values = [true, false] }.")]
pub(crate) struct Args {
    #[command(flatten)]
    labelled: LabelledArgs,
    /// File for the recipe with the best settings; its comments stay
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// How much to train: as many times as long as the recipe does, its own training not counted
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    budget: u16,
    /// Start no trial after this time, such as 90s, 10m or 2h
    #[arg(long, value_name = "TIME", value_parser = duration)]
    time: Option<Duration>,
    /// What to raise
    #[arg(long, value_enum, default_value = "macro-f1")]
    objective: Goal,
    /// The head to raise it of [default: the mean of all]
    #[arg(long, value_name = "HEAD")]
    head: Option<String>,
    /// The artefact to judge [default: the first that has no student]
    #[arg(long, value_name = "NAME")]
    artefact: Option<String>,
    /// Settings to search and their ranges [default: those of the program]
    #[arg(long, value_name = "FILE")]
    space: Option<PathBuf>,
    /// Seed of the search
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// File of the trials [default: that of --out, ending in .trials.jsonl]
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Goal {
    /// Mean F1 of the labels: rare ones count as much as frequent ones
    MacroF1,
    /// Share of right answers
    Accuracy,
    /// Mean of minus the logarithm of the right label's probability
    Loss,
}

/// Searches, writes the winner and tells what it is worth.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let until = args.time.map(|time| Instant::now() + time);
    let (draft, recipe) = args.labelled.draft()?;
    let artefact = args.artefact(&recipe)?;
    let aim = args.aim(&recipe)?;
    let settings = args.space()?.settings(&draft, &artefact)?;
    args.winner(&draft)?;
    let reader = |recipe: &Recipe| -> Result<_, TrainError> { Ok(hold_out(args.labelled.dataset(recipe)?)) };
    let source = Source::new(&recipe, &reader)?;
    let rows = Rows::dev(&recipe, source.data());
    let context = Context {
        recipe: recipe.digest(),
        data: source.data().digest.clone(),
        artefact: artefact.clone(),
        rows: rows.rows.len(),
    };
    let log = Log::open(&args.log.clone().unwrap_or_else(|| args.out.with_extension("trials.jsonl")), &context)?;
    let plan = Plan {
        draft: &draft,
        base: args.labelled.base(),
        source: &source,
        rows: &rows,
        settings: &settings,
        artefact: &artefact,
        aim: &aim,
        budget: usize::from(args.budget),
        seed: args.seed,
        until,
    };
    let found = tune(&plan, log, &mut |heard| args.tell(&heard))?;
    save(&args.out, args.winner(&found.winner)?.to_string())?;
    show(&found).map_err(CliError::Write)
}

impl Args {
    fn artefact(&self, recipe: &Recipe) -> Result<String, CliError> {
        let names: Vec<&String> = recipe.artefacts.keys().collect();
        let plain = recipe.artefacts.iter().find(|(_, artefact)| artefact.student.is_none()).map(|(name, _)| name);
        match &self.artefact {
            Some(wanted) => known("--artefact", wanted, &names),
            None => Ok(plain.or(names.first().copied()).cloned().unwrap_or_default()),
        }
    }

    fn aim(&self, recipe: &Recipe) -> Result<Aim, CliError> {
        let objective = match self.objective {
            Goal::MacroF1 => Objective::MacroF1,
            Goal::Accuracy => Objective::Accuracy,
            Goal::Loss => Objective::Loss,
        };
        let names: Vec<&String> = recipe.head.iter().map(|head| &head.name).collect();
        let head = self.head.as_ref().map(|head| known("--head", head, &names)).transpose()?;
        Ok(Aim { objective, head })
    }

    fn space(&self) -> Result<Space, CliError> {
        Ok(match &self.space {
            Some(path) => Space::read(&read(path)?)?,
            None => Space::shipped()?,
        })
    }

    /// Returns the recipe as it is written beside --out; its paths lead where they led.
    fn winner(&self, draft: &Draft) -> Result<Draft, CliError> {
        let folder = self.out.parent().unwrap_or(Path::new("."));
        let name = self.out.display().to_string();
        draft
            .relocated(self.labelled.base(), folder)
            .map_err(|source| CliError::Draft { name, source: Box::new(source) })
    }

    fn tell(&self, heard: &Heard<'_>) {
        if self.labelled.quiet {
            return;
        }
        let best = heard.best.map_or_else(String::new, |best| format!(", best {best:.4}"));
        let known = if heard.from_log { " (from the log)" } else { "" };
        note(&format!(
            "trial {}, {} of the passes: {:.4}{best}{known}",
            heard.number, heard.trial.share, heard.trial.score
        ));
    }
}

fn known(option: &str, wanted: &String, names: &[&String]) -> Result<String, CliError> {
    if names.contains(&wanted) {
        return Ok(wanted.clone());
    }
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    Err(CliError::Usage(format!("{option} is {wanted:?}; the recipe has {}", names.join(", "))))
}

/// Reads `90s`, `10m` or `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    let error = || "expected a whole number and s, m or h, for example 10m".to_owned();
    let unit = match text.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3600,
        _ => return Err(error()),
    };
    let number: u32 = text[..text.len() - 1].parse().map_err(|_| error())?;
    Ok(Duration::from_secs(u64::from(number) * unit))
}

fn show(found: &Found) -> std::io::Result<()> {
    std::io::stdout().lock().write_all(safe(&found.to_string()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn times_have_a_unit() {
        for (text, seconds) in [
            ("90s", Some(90)),
            ("10m", Some(600)),
            ("2h", Some(7200)),
            ("10", None),
            ("m", None),
            ("-1m", None),
            ("", None),
            ("1é", None),
        ] {
            assert_eq!(duration(text).ok().map(|time| time.as_secs()), seconds, "{text}");
        }
    }
}

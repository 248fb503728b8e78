//! `pilah train`.

use crate::error::CliError;
use indicatif::{ProgressBar, ProgressStyle};
use pilah::train::{Event, Progress, Recipe, TrainError};
use std::fs;
use std::path::{Path, PathBuf};

/// Arguments of `pilah train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah train --out /tmp/models
  pilah train corpus --out models
  pilah train ours.jsonl --recipe our-recipe.toml --out our-models --quiet

DATA is JSONL: an object a line with \"text\", a label id per head (\"category\", ...) and, where known, \"split\", \
\"source\" and who labelled (\"category_by\": \"annotated\" or \"native\"). The same data and recipe give the same bytes.")]
pub(crate) struct Args {
    /// Labelled reports beside those that the recipe names: JSONL files, or folders of them
    #[arg(value_name = "DATA")]
    data: Vec<PathBuf>,
    /// Settings, heads and label sets
    #[arg(long, value_name = "PATH", default_value = "models/recipe.toml")]
    recipe: PathBuf,
    /// Directory for the trained models
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
}

/// Trains the models of the recipe and writes them into the output directory, each whole or not at all.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let recipe = Recipe::read(&args.recipe).map_err(TrainError::from)?;
    let base = args.recipe.parent().unwrap_or(Path::new("."));
    // Before any work: nothing is sadder than a trained model without a place.
    fs::create_dir_all(&args.out).map_err(|source| CliError::Save { name: args.out.display().to_string(), source })?;
    let bar = Bar::new(args.quiet);
    let models = pilah::train::train(&recipe, base, &args.data, &bar.progress())?;
    bar.finish();
    for (name, model) in models {
        save(&args.out.join(format!("{name}.pilah")), &model.to_bytes())?;
    }
    Ok(())
}

/// Writes beside `path` and renames: a reader sees the old file or the new one.
fn save(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let name = path.display().to_string();
    let beside = path.with_extension("pilah.part");
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|source| CliError::Save { name: name.clone(), source })?;
    anstream::eprintln!("{name}: {} bytes", bytes.len());
    Ok(())
}

/// A progress bar on a terminal, silence elsewhere.
struct Bar(ProgressBar);

impl Bar {
    fn new(quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        let style = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len} passes  {elapsed} (left: {eta})");
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    fn progress(&self) -> Progress {
        let bar = self.0.clone();
        Progress::new(move |event| match event {
            Event::Begin(what, steps) => {
                bar.set_message(what.to_owned());
                bar.set_length(steps as u64);
                bar.reset();
            }
            Event::Step => bar.inc(1),
        })
    }

    fn finish(self) {
        self.0.finish_and_clear();
    }
}

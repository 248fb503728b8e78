//! `pilah train`.

mod quick;

use crate::data::{ColumnArgs, pair};
use crate::error::{CliError, note};
use crate::output::save;
use crate::terminal::safe;
use indicatif::{ProgressBar, ProgressStyle};
use pilah::train::audit::{Audit, LEAST_ROWS};
use pilah::train::{Collection, Dataset, Event, HeadChoice, Inputs, Progress, Recipe, TrainError};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `pilah train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah train laporan.csv --head unit=\"Unit Tujuan\" --text-column Isi --out model
  pilah train laporan.csv --recipe model/recipe.toml --out again
  pilah train laporan.parquet --head unit --head jenis --labels jenis=jenis.toml --check
  pilah train corpus --corrections koreksi.jsonl --audit audit.json --out models
  pilah train ours.jsonl --recipe our-recipe.toml --out our-models --quiet

DATA is CSV, TSV, JSONL, JSON or Parquet with a text and a label per head, and where known \"split\" (train, dev, test), \
\"id\", \"source\" and who labelled (\"category_by\": \"annotated\" or \"native\"). What should be known of the data is told on \
standard error before training. The same data and recipe give the same bytes.")]
pub(crate) struct Args {
    /// Labelled reports beside those that the recipe names: JSONL, CSV, TSV, JSON or Parquet files, plain, .gz or .zst, or
    /// folders of them
    #[arg(value_name = "DATA")]
    data: Vec<PathBuf>,
    /// Settings, heads and label sets
    #[arg(long, value_name = "PATH", default_value = SHIPPED, conflicts_with = "head")]
    recipe: PathBuf,
    /// Head to learn without a recipe, and its column where that has another name; one is made and kept in --out
    #[arg(long, value_name = "NAME[=COLUMN]", value_parser = quick::head)]
    head: Vec<HeadChoice>,
    /// File of the labels of such a head [default: those found in the data]
    #[arg(long, value_name = "NAME=FILE", value_parser = pair, requires = "head")]
    labels: Vec<(String, String)>,
    /// Directory for the trained models
    #[arg(long, value_name = "DIR", required_unless_present = "check")]
    out: Option<PathBuf>,
    /// Officers' corrections: JSONL with `id` or `text` and the right labels, which count three times
    #[arg(long, value_name = "FILE")]
    corrections: Vec<PathBuf>,
    /// Share of the train rows held out to calibrate on where no row is of split dev; 0 for none
    /// [default: 0.1 of 200 rows or more]
    #[arg(long, value_name = "SHARE")]
    split_share: Option<f32>,
    /// Leave out train rows that dev or test has too, to the word or nearly
    #[arg(long)]
    drop_overlap: bool,
    /// Only say what should be known of the data; exit 1 where nothing can be learnt from it
    #[arg(long)]
    check: bool,
    /// Write what should be known of the data as JSON too
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,
    /// Warn of labels with fewer rows to learn from
    #[arg(long, value_name = "ROWS", default_value_t = LEAST_ROWS)]
    least_rows: usize,
    /// Show neither progress nor what should be known of the data
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    columns: ColumnArgs,
}

/// The recipe of a clone.
const SHIPPED: &str = "models/recipe.toml";

/// Trains the models of the recipe and writes them into the output directory, each whole or not at all.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let (recipe, base) = args.recipe()?;
    let collection = Collection::read(&recipe, &base, args.inputs())?;
    let errors = args.tell(&collection, &recipe)?;
    if args.check || errors > 0 {
        return if errors == 0 { Ok(()) } else { Err(CliError::Audit(errors)) };
    }
    let data = collection.dataset(&recipe)?;
    drop(collection);
    check_taught(&recipe, &data)?;
    let bar = Bar::new(args.quiet);
    let models = pilah::train::learn(&recipe, &base, &data, &bar.progress())?;
    bar.finish();
    for (name, model) in models {
        let (path, bytes) = (args.out().join(format!("{name}.pilah")), model.to_bytes());
        save(&path, &bytes)?;
        anstream::eprintln!("{}: {} bytes", path.display(), bytes.len());
    }
    Ok(())
}

/// Refuses a head without a row to learn from, which the audit tells too, but not when it is quiet.
fn check_taught(recipe: &Recipe, data: &Dataset) -> Result<(), CliError> {
    // Without any row learning itself says so.
    let is_untaught =
        |at: usize| !data.train.is_empty() && data.train.iter().all(|example| example.labels[at].is_none());
    match recipe.head.iter().enumerate().find(|(at, _)| is_untaught(*at)) {
        Some((_, head)) => Err(TrainError::Labels {
            head: head.name.clone(),
            found: "no label in any row of split \"train\"".to_owned(),
            expected: "at least one",
        }
        .into()),
        None => Ok(()),
    }
}

impl Args {
    fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("."))
    }

    fn inputs(&self) -> Inputs<'_> {
        Inputs { data: &self.data, corrections: &self.corrections }
    }

    /// The recipe, given or made, as the other arguments change it, and the folder that its paths are relative to.
    fn recipe(&self) -> Result<(Recipe, PathBuf), CliError> {
        let made = !self.head.is_empty();
        let mut recipe = if made { self.made()? } else { self.given()? };
        let heads: Vec<String> = recipe.head.iter().map(|head| head.name.clone()).collect();
        recipe.set_columns(&self.columns.columns(&heads)?);
        recipe.split_share = self.split_share.or(recipe.split_share);
        recipe.drop_overlap |= self.drop_overlap;
        if !self.check {
            // Before any work: nothing is sadder than a trained model without a place.
            let failed = |source| CliError::Save { name: self.out().display().to_string(), source };
            fs::create_dir_all(self.out()).map_err(failed)?;
        }
        if made && !self.check {
            let path = quick::write(recipe, self.out(), self.inputs())?;
            return Ok((Recipe::read(&path).map_err(TrainError::from)?, self.out().to_owned()));
        }
        let base = if made { Path::new(".") } else { self.recipe.parent().unwrap_or(Path::new(".")) };
        recipe.check().map_err(TrainError::from)?;
        Ok((recipe, base.to_owned()))
    }

    fn made(&self) -> Result<Recipe, CliError> {
        if self.data.is_empty() {
            return Err(CliError::Usage(
                "--head makes a recipe without data of its own; name DATA to learn from".into(),
            ));
        }
        let mut recipe = Recipe::quick(&quick::with_labels(&self.head, &self.labels)?).map_err(TrainError::from)?;
        if self.check {
            // It would lie beside a recipe that is not written.
            recipe.text.slang = None;
        }
        Ok(recipe)
    }

    fn given(&self) -> Result<Recipe, CliError> {
        if self.recipe == Path::new(SHIPPED) && !self.recipe.exists() {
            let message = format!(
                "there is no {SHIPPED} here; name the columns to predict with --head NAME=COLUMN, or a recipe with --recipe"
            );
            return Err(CliError::Usage(message));
        }
        Ok(Recipe::read(&self.recipe).map_err(TrainError::from)?)
    }

    /// Tells what should be known of the data, where it is wanted; returns how many errors there are.
    fn tell(&self, collection: &Collection, recipe: &Recipe) -> Result<usize, CliError> {
        if self.quiet && !self.check && self.audit.is_none() {
            return Ok(0);
        }
        let audit = collection.audit(recipe, self.least_rows);
        if !self.quiet {
            show(&audit);
        }
        if let Some(path) = &self.audit {
            let json = serde_json::to_vec_pretty(&audit)
                .map_err(|error| CliError::Save { name: path.display().to_string(), source: error.into() })?;
            save(path, &json)?;
        }
        if self.quiet && audit.errors() > 0 {
            audit.findings.iter().take(audit.errors()).for_each(|finding| note(&finding.message));
        }
        Ok(audit.errors())
    }
}

/// Writes the audit to standard error; a closed one is nobody's loss.
fn show(audit: &Audit) {
    let _ = writeln!(anstream::stderr().lock(), "{}", safe(&audit.to_string()));
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

//! `pilah ablate DATA`.

use crate::error::{CliError, note};
use crate::labelled::{LabelledArgs, read};
use crate::output::save;
use crate::terminal::safe;
use clap::ValueEnum;
use pilah::lab::ablate::{self, Ablation, Plan, read_variants};
use pilah::lab::trial::{Rows, Source, hold_out};
use pilah::train::{Recipe, TrainError};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `pilah ablate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah ablate corpus
  pilah ablate corpus --split test --format markdown --write models/README.md
  pilah ablate ours.jsonl --recipe our-recipe.toml --variants our-variants.toml --format json > ablations.json

Trains the recipe, then every variant, and judges all on the same rows: accuracy and macro-F1 of each head, size, time. A \
difference is marked where the 95 % interval of a paired bootstrap leaves out 0. Of dev the rows are those that the recipe \
reads, its own data included (where there are none, some training rows are held out); of test those of DATA, labels marked \"native\" left out. Choose on dev; look at test once.

A variant is a section [[variant]] with a `name`, settings under `set` (set.features.pairs = false, set.head.type.balance = \
0.0), settings that go under `remove` ([\"text.slang\"]), and `artefacts` where it matters for some only.")]
pub(crate) struct Args {
    #[command(flatten)]
    labelled: LabelledArgs,
    /// Variants of the recipe
    #[arg(long, value_name = "PATH", default_value = "models/ablations.toml")]
    variants: PathBuf,
    /// Rows to judge on
    #[arg(long, value_enum, default_value = "dev")]
    split: Split,
    /// Judge only rows of these sources (comma-separated)
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    source: Vec<String>,
    /// How to show the result
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Put the table into this page too, between the lines `<!-- ablations -->` and `<!-- /ablations -->`
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Split {
    /// What decisions are made on
    Dev,
    /// What they are told by
    Test,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// A table for a page
    Markdown,
    /// One JSON object
    Json,
}

/// Trains everything and writes the table.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let (draft, recipe) = args.labelled.draft()?;
    let variants = read_variants(&read(&args.variants)?)
        .map_err(|source| CliError::Variants { name: args.variants.display().to_string(), source: Box::new(source) })?;
    args.page("")?;
    let reader = |recipe: &Recipe| -> Result<_, TrainError> {
        let data = args.labelled.dataset(recipe)?;
        Ok(if args.split == Split::Dev { hold_out(data) } else { data })
    };
    let source = Source::new(&recipe, &reader)?;
    let rows = match args.split {
        Split::Dev => Rows::dev(&recipe, source.data()),
        Split::Test => Rows::split(&recipe, &args.labelled.records(&recipe)?, "test"),
    };
    let plan = Plan {
        draft: &draft,
        base: args.labelled.base(),
        source: &source,
        variants: &variants,
        rows: &rows.of_sources(&args.source),
        split: if args.split == Split::Dev { "dev" } else { "test" },
    };
    let ablation = ablate::ablate(&plan, &|number, all, name| {
        if !args.labelled.quiet {
            note(&format!("training {number} of {all}: {name}"));
        }
    })?;
    if let (Some(path), Some(page)) = (&args.write, args.page(&ablation.markdown())?) {
        save(path, page)?;
    }
    show(&ablation, args.format).map_err(CliError::Write)
}

impl Args {
    /// Returns the page to write with `table` in its place; none where no page is named.
    fn page(&self, table: &str) -> Result<Option<String>, CliError> {
        let Some(path) = &self.write else { return Ok(None) };
        let filled = ablate::fill(&read(path)?, table);
        filled.map(Some).ok_or_else(|| CliError::NoMarks {
            name: path.display().to_string(),
            start: ablate::START,
            end: ablate::END,
        })
    }
}

fn show(ablation: &Ablation, format: Format) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Text => out.write_all(safe(&ablation.to_string()).as_bytes()),
        Format::Markdown => out.write_all(safe(&ablation.markdown()).as_bytes()),
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, ablation)?;
            writeln!(out)
        }
    }
}

//! `pilah suspects`.

mod text;

use crate::error::CliError;
use crate::labelled::LabelledArgs;
use crate::sheet::{SheetFormat, check_new, put};
use clap::ValueEnum;
use indicatif::ProgressBar;
use pilah::lab::{Findings, Sheet, Suspect, SuspectSettings, suspects};
use pilah::read::masked;
use pilah::train::{Dataset, Event, Progress, Recipe};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Arguments of `pilah suspects`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah suspects ours.jsonl --recipe our-recipe.toml --head agency
  pilah suspects ours.jsonl --recipe our-recipe.toml --head agency --top 500 --out suspects.jsonl
  pilah train ours.jsonl --recipe our-recipe.toml --corrections suspects.jsonl --out our-models

Every training row is judged by a model that has not seen it (cross-validation; copies of a text stay together). A label \
is suspect when that model is surer of another one than it usually is of that one's own rows; the list begins with those \
where it differs most. \"Disagree\" counts every row for which the model would say another label, \"suspect\" those where it \
is confident, \"about wrong\" estimates the share of wrong labels (confident learning, Northcutt et al. 2021).

The table has a line a suspect with an empty field under the head's name. Whoever reads the text writes the right label \
into it, the given or the suggested one or a third; lines left empty change nothing. Filled in as JSONL it is what `pilah \
train --corrections` takes. Private data in the texts is masked.")]
pub(crate) struct Args {
    #[command(flatten)]
    labelled: LabelledArgs,
    /// Look at these heads only (comma-separated)
    #[arg(long, value_name = "HEAD", value_delimiter = ',')]
    head: Vec<String>,
    /// Parts of the cross-validation: more take longer, and judge a little better
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=20))]
    folds: u8,
    /// Networks that judge a part, instead of the recipe's number of teachers
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    members: u8,
    /// Suspects to list, over all heads
    #[arg(long, value_name = "N", default_value_t = 200)]
    top: usize,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over FILE where it is there already
    #[arg(long)]
    replace: bool,
    /// How to write them [default: what the ending of FILE says, or text]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// How suspects are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list to read
    Text,
    /// A JSON object a line, to fill in
    Jsonl,
    /// A table for spreadsheets, to fill in
    Csv,
}

/// Ranks the labels of the training rows; the summary goes to standard error where the list is a table.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    if let Some(out) = &args.out {
        check_new(out, args.replace)?;
    }
    let (recipe, data) = read(&args.labelled)?;
    let settings = SuspectSettings {
        heads: args.head.clone(),
        folds: usize::from(args.folds),
        members: usize::from(args.members),
    };
    let bar = args.bar(&recipe);
    let found = suspects(&recipe, args.labelled.base(), &data, &settings, &heard(&bar))?;
    bar.finish_and_clear();
    let top = &found.suspects[..args.top.min(found.suspects.len())];
    write(args, top, &found, &data)
}

/// Returns the recipe and the labelled reports.
fn read(args: &LabelledArgs) -> Result<(Recipe, Dataset), CliError> {
    let (_, mut recipe) = args.draft()?;
    // Cross-validation leaves out rows by itself: every row of train is judged.
    recipe.split_share = Some(0.0);
    let data = args.dataset(&recipe)?;
    Ok((recipe, data))
}

fn write(args: &Args, top: &[Suspect], found: &Findings, data: &Dataset) -> Result<(), CliError> {
    let told = |out: &Option<PathBuf>| out.as_deref().and_then(SheetFormat::of);
    let format = match (args.format, told(&args.out)) {
        (Some(Format::Jsonl), _) | (None, Some(SheetFormat::Jsonl)) => SheetFormat::Jsonl,
        (Some(Format::Csv), _) | (None, Some(SheetFormat::Csv)) => SheetFormat::Csv,
        (Some(Format::Text) | None, _) => {
            let list = text::summary(found) + &text::list(top, data);
            return put(args.out.as_deref(), list.as_bytes());
        }
    };
    put(args.out.as_deref(), &format.bytes(&sheet(top, found, data))?)?;
    anstream::eprint!("{}", crate::terminal::safe(&text::summary(found)));
    Ok(())
}

/// Returns the table that people fill in.
fn sheet(top: &[Suspect], found: &Findings, data: &Dataset) -> Sheet {
    let heads: Vec<&str> = found.heads.iter().map(|head| head.head.as_str()).collect();
    let first = ["id", "text"].into_iter();
    let last = ["head", "given", "given_by", "suggested", "given_probability", "suggested_probability", "words"];
    let columns = first.chain(heads.iter().copied()).chain(last).chain(["source", "place"]);
    let mut sheet = Sheet::new(columns.map(str::to_owned).collect());
    for suspect in top {
        sheet.push(line(suspect, heads.len(), data));
    }
    sheet
}

fn line(suspect: &Suspect, heads: usize, data: &Dataset) -> Vec<Value> {
    let row = &data.train[suspect.row];
    let mut line = vec![json!(row.id), json!(masked(&row.text))];
    line.resize(line.len() + heads, Value::Null);
    line.extend([
        json!(suspect.head),
        json!(suspect.given),
        json!(text::labeller(suspect, data)),
        json!(suspect.suggested),
        rounded(suspect.given_probability),
        rounded(suspect.suggested_probability),
        json!(text::words(suspect)),
        json!(row.source),
        json!(row.place),
    ]);
    line
}

/// Returns a probability with as many digits as mean anything.
fn rounded(probability: f32) -> Value {
    json!((f64::from(probability) * 1000.0).round() / 1000.0)
}

impl Args {
    fn bar(&self, recipe: &Recipe) -> ProgressBar {
        let steps = usize::from(self.folds) * usize::from(self.members) * recipe.teacher.solver.epochs;
        if self.labelled.quiet { ProgressBar::hidden() } else { ProgressBar::new(steps as u64) }
    }
}

fn heard(bar: &ProgressBar) -> Progress {
    let bar = bar.clone();
    Progress::new(move |event| {
        if event == Event::Step {
            bar.inc(1);
        }
    })
}

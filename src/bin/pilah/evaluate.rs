//! `pilah evaluate DATA`.

use crate::error::{CliError, note};
use crate::shipped::ModelArgs;
use crate::terminal::safe;
use clap::ValueEnum;
use pilah::eval::{Case, Evaluation, HeadTally, Origin};
use pilah::train::corpus::{self, Record};
use pilah::{Classifier, Prediction};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `pilah evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah evaluate --split test --by annotated corpus
  pilah evaluate --split dev,test ours.jsonl --model ours.pilah
  pilah evaluate --split test --format json corpus --kecil > report.json

Per head: accuracy, right label among the first three, macro-F1 over the labels present in gold or decisions, \
expected calibration error (15 bins), coverage and precision at the threshold; overall, by source and by who labelled. \
Labels that are not marked \"native\" count as annotated. Rows without a split count as train; rows of train flatter, \
for the model has seen them.")]
pub(crate) struct Args {
    /// Labelled reports: JSONL files, or folders of them
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    /// Judge only rows of these splits (comma-separated)
    #[arg(long, value_name = "SPLIT", value_delimiter = ',')]
    split: Vec<String>,
    /// Judge only labels of this origin
    #[arg(long, value_enum, default_value = "all")]
    by: By,
    /// How to show the result
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    model: ModelArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum By {
    /// Labels read and given by the guideline
    Annotated,
    /// Labels mapped from what clerks had chosen
    Native,
    /// Both
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables
    Text,
    /// One JSON object
    Json,
}

/// The JSON answer: what was judged on what, and the verdict.
#[derive(Serialize)]
struct Report<'a> {
    model: &'a str,
    fingerprint: String,
    data: Vec<String>,
    split: &'a [String],
    by: By,
    #[serde(flatten)]
    evaluation: Evaluation,
}

/// Judges the model and writes the tables or the JSON to standard output.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let model = args.model.load()?;
    let records = read(&args.data, &model.classifier)?;
    let evaluation = evaluate(&model.classifier, &records, args)?;
    let report = Report {
        model: &model.name,
        fingerprint: model.classifier.model().fingerprint(),
        data: args.data.iter().map(|path| path.display().to_string()).collect(),
        split: &args.split,
        by: args.by,
        evaluation,
    };
    write(&report, args.format).map_err(CliError::Write)
}

fn read(paths: &[PathBuf], classifier: &Classifier) -> Result<Vec<Record>, CliError> {
    let heads: Vec<String> = classifier.model().heads().iter().map(|head| head.name().to_owned()).collect();
    let mut records = Vec::new();
    for path in paths {
        for file in corpus::files(path)? {
            records.extend(corpus::read_jsonl(&file, &heads)?);
        }
    }
    Ok(records)
}

fn evaluate(classifier: &Classifier, records: &[Record], args: &Args) -> Result<Evaluation, CliError> {
    let mut tallies: Vec<HeadTally> = classifier.model().heads().iter().map(tally).collect();
    let (mut rows, mut needs_review) = (0, 0);
    for record in records.iter().filter(|record| args.takes(record)) {
        let prediction = classifier.classify(&record.text);
        if add(&mut tallies, record, &prediction, args.by) {
            rows += 1;
            needs_review += usize::from(prediction.needs_review().is_some());
        }
    }
    if rows == 0 {
        return Err(CliError::NoRows(found(records, args)));
    }
    if args.split.is_empty() && records.iter().any(|record| split(record) == "train") {
        note("rows of the train split are among these, which flatters; --split test leaves them out");
    }
    Ok(Evaluation { rows, needs_review, heads: tallies.iter().map(HeadTally::finish).collect() })
}

fn tally(head: &pilah::model::Head) -> HeadTally {
    let labels = head.labels().iter().map(|label| label.id.as_str());
    HeadTally::new(head.name(), head.ordered(), head.threshold(), labels)
}

/// Adds the row to every head it has a wanted label for; says whether there was one.
fn add(tallies: &mut [HeadTally], record: &Record, prediction: &Prediction<'_>, by: By) -> bool {
    let mut judged = false;
    for (tally, predicted) in tallies.iter_mut().zip(prediction.heads()) {
        let Some(annotation) = record.labels.get(predicted.head) else { continue };
        let origin = Origin::of(annotation.by.as_deref());
        if by.takes(origin) {
            let source = record.source.as_deref().unwrap_or("-");
            tally.add(Case { source, origin, gold: &annotation.label, predicted });
            judged = true;
        }
    }
    judged
}

impl Args {
    fn takes(&self, record: &Record) -> bool {
        self.split.is_empty() || self.split.iter().any(|wanted| wanted == split(record))
    }
}

/// The split of a row; one that says nothing is for training.
fn split(record: &Record) -> &str {
    record.split.as_deref().unwrap_or("train")
}

impl By {
    fn takes(self, origin: Origin) -> bool {
        match self {
            Self::All => true,
            Self::Annotated => origin == Origin::Annotated,
            Self::Native => origin == Origin::Native,
        }
    }
}

/// What the data has and what was asked of it.
fn found(records: &[Record], args: &Args) -> String {
    let splits: BTreeSet<&str> = records.iter().map(split).collect();
    let splits = splits.into_iter().collect::<Vec<_>>().join(", ");
    let asked = if args.split.is_empty() { "any".to_owned() } else { args.split.join(", ") };
    let by = args.by.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    format!("found {} rows (splits: {splits}); asked for split {asked}, labels by {by}", records.len())
}

fn write(report: &Report<'_>, format: Format) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report)?;
            writeln!(out)
        }
        Format::Text => {
            let split = if report.split.is_empty() { "all".to_owned() } else { report.split.join(",") };
            let head = format!("model {} ({})\nsplit {split}\n", report.model, report.fingerprint);
            out.write_all(safe(&format!("{head}{}", report.evaluation)).as_bytes())
        }
    }
}

//! `pilah evaluate DATA`.

mod data;
mod judge;
mod passages;
mod report;

use crate::data::DataArgs;
use crate::error::CliError;
use crate::shipped::{Loaded, ModelArgs};
use crate::terminal::safe;
use clap::ValueEnum;
use judge::Judged;
use pilah::eval::{Evaluation, Figures, LearningCurve, Origin, Subject, bootstrap, table};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `pilah evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah evaluate --split test --by annotated corpus
  pilah evaluate --split dev,test ours.jsonl --model ours.pilah
  pilah evaluate --split test --format json corpus --kecil > report.json
  pilah evaluate --split test corpus --report report.html --report report.json
  pilah evaluate --split test corpus --report report.html --learning-curve --train corpus

Per head: accuracy, right label among the first three, macro-F1 over the labels present in gold or decisions, \
expected calibration error (15 bins), coverage and precision at the threshold; overall, by source and by who labelled. \
Labels that are not marked \"native\" count as annotated. Rows without a split count as train; rows of train flatter, \
for the model has seen them.

A report has more: 95 % intervals, the confusion matrix, the texts behind each confusion, where to put the threshold, \
results by month and length, the worst mistakes with the words that misled. It holds texts of citizens, with telephone \
numbers, NIKs and e-mail addresses masked: keep it where the reports are kept, or leave them out with --no-texts.")]
pub(crate) struct Args {
    #[command(flatten)]
    data: DataArgs,
    /// Judge only rows of these splits (comma-separated)
    #[arg(long, value_name = "SPLIT", value_delimiter = ',')]
    split: Vec<String>,
    /// Judge only labels of this origin
    #[arg(long, value_enum, default_value = "all")]
    by: By,
    /// How to show the result
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write a report with everything: a page (.html) or the same for programs (.json); may be given twice
    #[arg(long, value_name = "FILE")]
    report: Vec<PathBuf>,
    /// Leave telephone numbers, NIKs and e-mail addresses in the report's texts
    #[arg(long, requires = "report")]
    keep_private: bool,
    /// Leave the texts out of the report
    #[arg(long, requires = "report", conflicts_with = "keep_private")]
    no_texts: bool,
    /// Seed of the report's intervals, and of which rows the learning curve starts with
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Train the recipe on an eighth, a quarter, half and all of its data, and show what more labels bring
    #[arg(long)]
    learning_curve: bool,
    /// The recipe that --learning-curve trains
    #[arg(long, value_name = "PATH", default_value = "models/recipe.toml", requires = "learning_curve")]
    recipe: PathBuf,
    /// What --learning-curve learns from beside the recipe's own data: splits train and dev of these
    #[arg(long, value_name = "DATA", num_args = 1.., requires = "learning_curve")]
    train: Vec<PathBuf>,
    #[command(flatten)]
    model: ModelArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum By {
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
struct Answer<'a> {
    model: &'a str,
    fingerprint: String,
    data: Vec<String>,
    split: &'a [String],
    by: By,
    #[serde(flatten)]
    evaluation: Evaluation,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_curve: Option<&'a LearningCurve>,
}

/// Judges the model, writes the reports, and the tables or the JSON to standard output.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let reports = report::targets(&args.report)?;
    let model = args.model.load()?;
    let records = data::read(&args.data, &model.classifier)?;
    let judged = Judged::new(&model.classifier, &records, args)?;
    let curve = if args.learning_curve { Some(judge::learning_curve(&model, &records, args)?) } else { None };
    if !reports.is_empty() {
        let figures = figures(args, &model, &judged, curve.clone());
        reports.iter().try_for_each(|target| target.write(&figures))?;
    }
    let answer = Answer {
        model: &model.name,
        fingerprint: model.classifier.model().fingerprint(),
        data: args.data.names(),
        split: &args.split,
        by: args.by,
        evaluation: judged.evaluation(),
        learning_curve: curve.as_ref(),
    };
    write(&answer, args.format).map_err(CliError::Write)
}

fn figures(args: &Args, model: &Loaded, judged: &Judged<'_>, learning_curve: Option<LearningCurve>) -> Figures {
    let about = Subject {
        model: model.name.clone(),
        fingerprint: model.classifier.model().fingerprint(),
        data: args.data.names(),
        split: args.split.clone(),
        by: args.by.origin(),
        texts: !args.no_texts,
        seed: args.seed,
        resamples: bootstrap::RESAMPLES,
    };
    let passage = |row: usize, head: &str| {
        let text = judged.text(row).filter(|_| !args.no_texts)?;
        Some(passages::passage(&model.classifier, text, head, args.keep_private))
    };
    let heads = judged.tallies.iter().map(|tally| tally.figures(args.seed, &passage)).collect();
    Figures { about, rows: judged.rows, needs_review: judged.needs_review, heads, learning_curve }
}

impl By {
    pub(crate) fn takes(self, origin: Origin) -> bool {
        self.origin().is_none_or(|wanted| wanted == origin)
    }

    /// The only origin wanted; none where all are.
    fn origin(self) -> Option<Origin> {
        match self {
            Self::All => None,
            Self::Annotated => Some(Origin::Annotated),
            Self::Native => Some(Origin::Native),
        }
    }
}

impl Args {
    /// The folder to which the recipe's paths are relative.
    fn base(&self) -> &Path {
        self.recipe.parent().unwrap_or(Path::new("."))
    }
}

fn write(answer: &Answer<'_>, format: Format) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, answer)?;
            writeln!(out)
        }
        Format::Text => {
            let split = if answer.split.is_empty() { "all".to_owned() } else { answer.split.join(",") };
            let head = format!("model {} ({})\nsplit {split}\n", answer.model, answer.fingerprint);
            let curve = answer.learning_curve.map_or_else(String::new, curve_tables);
            out.write_all(safe(&format!("{head}{}{curve}", answer.evaluation)).as_bytes())
        }
    }
}

/// The learning curve as tables, a head after the other.
fn curve_tables(curve: &LearningCurve) -> String {
    let mut out = format!("\n## learning curve of {}\n", curve.artefact);
    let heads = curve.steps.last().map_or(&[][..], |step| &step.heads);
    for head in heads.iter().map(|score| &score.head) {
        let mut rows = vec![[head, "labels", "accuracy", "macro-F1"].map(str::to_owned).to_vec()];
        let shares = curve.steps.iter().map(|step| format!("{:.3} of the rows", step.share));
        rows.extend(shares.zip(curve.of(head)).map(|(share, score)| {
            vec![share, score.labels.to_string(), format!("{:.3}", score.accuracy), format!("{:.3}", score.macro_f1)]
        }));
        let outlook = curve.outlook(head).unwrap_or_default();
        out = format!("{out}\n{}{outlook}\n", table(&rows));
    }
    out
}

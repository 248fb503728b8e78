//! `pilah compare OLD NEW DATA`.

mod pair;
mod speed;

use crate::data::DataArgs;
use crate::error::{CliError, note};
use crate::evaluate::By;
use crate::output::save;
use crate::sheet::check_place;
use crate::terminal::safe;
use clap::ValueEnum;
use pair::Models;
use pilah::eval::compare::{Gate, Report};
use pilah::train::corpus::Record;
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `pilah compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah compare penuh ours.pilah --split test corpus
  pilah compare last-year.pilah new.pilah --split test --list 20 ours.jsonl
  pilah compare old.pilah new.pilah --split test --format markdown corpus > compare.md
  pilah compare old.pilah new.pilah --split test corpus --report compare.html
  pilah compare old.pilah new.pilah --split test --fail-if-worse 0.5 corpus
  pilah compare old.pilah new.pilah --split test --fail-if-worse 0 --confident corpus

OLD and NEW are model files, or `penuh` and `kecil` for the shipped ones (`./kecil` for a file of that name). Changes are \
NEW - OLD in percentage points, each with the 95 % interval of the paired bootstrap: where it excludes 0, the difference \
is hardly chance. p is McNemar's test on the rows that just one model has right. Macro-F1 is over the labels that are \
right for some row. Rows of a label that just one model knows are told apart and not compared; labels that neither knows \
count as wrong.

Gates: the exit code is 1 and the last line says why
  --fail-if-worse POINTS      accuracy or macro-F1 of any head fell by more than POINTS
  --confident                 ... and its whole 95 % interval lies below -POINTS
  --fail-if-missed-more ROWS  NEW misses over ROWS more rows than OLD of an ordered
                              head's last label, such as darurat
A small test set moves by points through chance: there, --confident keeps a gate from crying wolf. The exit code is 1 also \
when data or a model cannot be used; the message says which.

The same models and rows give the same output but for the timing, which --no-speed leaves out. Rows that changed are shown \
with telephone numbers, NIKs and e-mail addresses masked; --list 0 leaves them out.")]
pub(crate) struct Args {
    /// The model in use
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The model that may replace it
    #[arg(value_name = "NEW")]
    new: PathBuf,
    #[command(flatten)]
    data: DataArgs,
    /// Compare only on rows of these splits (comma-separated)
    #[arg(long, value_name = "SPLIT", value_delimiter = ',')]
    split: Vec<String>,
    /// Compare only on labels of this origin
    #[arg(long, value_enum, default_value = "all")]
    by: By,
    /// Fail when accuracy or macro-F1 of any head falls by more percentage points
    #[arg(long, value_name = "POINTS", value_parser = points, allow_negative_numbers = true)]
    fail_if_worse: Option<f64>,
    /// With --fail-if-worse: only when the whole 95 % interval is beyond it
    #[arg(long, requires = "fail_if_worse")]
    confident: bool,
    /// Fail when over ROWS more rows of an ordered head's last label are missed
    #[arg(long, value_name = "ROWS")]
    fail_if_missed_more: Option<usize>,
    /// How to show the result
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// List up to N rows that broke and N that were fixed, per head
    #[arg(long, value_name = "N", default_value_t = 5)]
    list: usize,
    /// Write the whole as a page as well
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Do not measure speed: the same output every time
    #[arg(long)]
    no_speed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables
    Text,
    /// One JSON object, shares from 0 to 1; its fields are in the documentation of `pilah::eval::compare`
    Json,
    /// Tables for a wiki or a merge request
    Markdown,
}

/// Compares, writes the report to standard output, and fails where the gate does.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    if let Some(path) = args.report.as_ref().filter(|path| path.extension().is_none_or(|ending| ending != "html")) {
        return Err(CliError::Usage(format!(
            "--report writes a page: expected a name that ends in .html, found {}",
            path.display()
        )));
    }
    args.report.iter().try_for_each(|path| check_place(path))?;
    let models = Models::load(&args.old, &args.new)?;
    let records = read(args, &models.heads())?;
    let (comparison, judged) = models.compare(&records, args.by, args.list)?;
    let verdict = args.gate().judge(&comparison);
    let [old, new] = models.facts().map_err(CliError::Write)?;
    let report = Report {
        old,
        new,
        data: args.data.names(),
        split: args.split.clone(),
        by: args.by.to_possible_value().map_or_else(String::new, |by| by.get_name().to_owned()),
        comparison,
        timing: if args.no_speed { None } else { speed::measure(&models, &judged) },
        verdict,
    };
    let written = write(&report, args.format);
    args.report.iter().try_for_each(|path| save(path, report.html()))?;
    // Before what became of writing: a reader that goes away early must not open the gate.
    if !report.verdict.passed {
        return Err(CliError::Worse(report.verdict.text));
    }
    written.map_err(CliError::Write)
}

/// Returns the rows of the splits asked for.
fn read(args: &Args, heads: &[String]) -> Result<Vec<Record>, CliError> {
    let mut records = args.data.records(heads)?;
    let all = records.len();
    if args.split.is_empty() && records.iter().any(|record| split(record) == "train") {
        note("rows of the train split are among these, which flatters a model that has seen them; add --split test");
    }
    records.retain(|record| args.split.is_empty() || args.split.iter().any(|wanted| wanted == split(record)));
    if records.is_empty() {
        let asked = if args.split.is_empty() { "any".to_owned() } else { args.split.join(", ") };
        return Err(CliError::NoRows(format!("found {all} rows, none of split {asked}")));
    }
    Ok(records)
}

/// The split of a row; one that says nothing is for training.
fn split(record: &Record) -> &str {
    record.split.as_deref().unwrap_or("train")
}

impl Args {
    fn gate(&self) -> Gate {
        Gate { points: self.fail_if_worse, confident: self.confident, missed: self.fail_if_missed_more }
    }
}

/// Reads percentage points.
fn points(text: &str) -> Result<f64, String> {
    let points = text.parse().ok().filter(|points| (0.0..=100.0).contains(points));
    points.ok_or_else(|| "expected percentage points from 0 to 100, such as 0.5".to_owned())
}

fn write(report: &Report, format: Format) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report)?;
            writeln!(out)
        }
        Format::Text => out.write_all(safe(&report.text()).as_bytes()),
        Format::Markdown => out.write_all(safe(&report.markdown()).as_bytes()),
    }
}

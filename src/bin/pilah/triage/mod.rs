//! `pilah triage`: exports of many kinds in, one queue out.

mod progress;
mod region;

use crate::error::{CliError, note};
use crate::shipped::ModelArgs;
use clap::ValueEnum;
use pilah::read::sources;
use pilah::triage::report::{Facts, read_previous};
use pilah::triage::write::Format;
use pilah::triage::{self, Directory, Gauge, Options};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};

/// Arguments of `pilah triage`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah triage pesan.csv --out antrean.csv --region samarinda
  pilah triage ekspor/ --out antrean.sqlite --region kutai-timur --report laporan.html
  pilah triage hari-ini.jsonl.gz --out antrean.jsonl --report hari-ini.json --report hari-ini.html --previous kemarin.json
  zcat pesan.jsonl.gz | pilah triage - --out antrean.jsonl --kecil

What an input is is told by its content: CSV and TSV, JSONL, JSON arrays, Parquet, WhatsApp chats, X archives and API answers, \
Facebook and Instagram downloads; plain, gzip or zstd; UTF-8, UTF-16 or Windows-1252. Folders are read whole.

The output has every field of the input, after columns called pilah_...: the place in the queue, labels with probabilities, the \
office, duplicates, where the message came from. The queue comes first, most urgent before the rest. Phone numbers, NIKs, \
e-mail addresses and fields that name people are masked unless --keep-private.

Records that cannot be read go to rejected.jsonl beside OUT, and the run goes on. A run that was interrupted goes on where it \
stopped when the same command is given again; until then its work is in OUT.work.")]
pub(crate) struct Args {
    /// Files and folders to read, or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// The file to write; its ending says the format: .jsonl, .csv, .parquet, .sqlite
    #[arg(long, value_name = "OUT")]
    out: PathBuf,
    /// The format to write, where the ending of OUT does not say it
    #[arg(long, value_enum)]
    format: Option<OutputFormat>,
    /// Name the offices of this region: its id, such as samarinda, or a directory file of your own
    #[arg(long, value_name = "ID | FILE")]
    region: Option<String>,
    /// The column or field with the text, where it is not found by itself
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Hours ahead of UTC of times without a zone: 7 (WIB), 8 (WITA), 9 (WIT) [default: the region's, or 7]
    #[arg(long, value_name = "HOURS", allow_negative_numbers = true, value_parser = clap::value_parser!(i8).range(-12..=14))]
    utc_offset: Option<i8>,
    /// Write private data as it came instead of masking it
    #[arg(long)]
    keep_private: bool,
    /// Add a column with the words that decided (slower)
    #[arg(long)]
    evidence: bool,
    /// Write a report of the run: .html to read and print, .json for programs; may be given twice
    #[arg(long, value_name = "FILE")]
    report: Vec<PathBuf>,
    /// The .json report of an earlier run, to tell in the new one what changed
    #[arg(long, value_name = "FILE", requires = "report")]
    previous: Option<PathBuf>,
    /// Where to tell of records that cannot be read [default: rejected.jsonl beside OUT]
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    /// Stop at the first record that cannot be read
    #[arg(long)]
    strict: bool,
    /// Threads that classify [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Throw away what an interrupted run left, and begin anew
    #[arg(long)]
    restart: bool,
    /// About how many rows between two checkpoints; the output does not depend on it
    #[arg(long, value_name = "N", default_value_t = NonZeroU32::MIN.saturating_add(triage::CHECKPOINT_ROWS - 1))]
    checkpoint_rows: NonZeroU32,
    #[command(flatten)]
    model: ModelArgs,
}

/// A format to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// A JSON object a line
    Jsonl,
    /// A table for spreadsheets
    Csv,
    /// Columns for data tools
    Parquet,
    /// A database with views such as `antrean`
    Sqlite,
}

impl From<OutputFormat> for Format {
    fn from(format: OutputFormat) -> Self {
        match format {
            OutputFormat::Jsonl => Self::Jsonl,
            OutputFormat::Csv => Self::Csv,
            OutputFormat::Parquet => Self::Parquet,
            OutputFormat::Sqlite => Self::Sqlite,
        }
    }
}

/// Sorts what the arguments name and tells on standard error what came of it.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let directory = args.region.as_deref().map(region::load).transpose()?;
    let options = args.options(directory.as_ref())?;
    let sources = sources(&args.inputs, &options.outputs()).map_err(triage::TriageError::from)?;
    let model = args.model.load()?.classifier;
    let gauge = Gauge::default();
    let facts = progress::shown(&gauge, || triage::run(&sources, &options, &model, directory.as_ref(), &gauge))?;
    tell(&facts, &options);
    Ok(())
}

impl Args {
    fn options(&self, directory: Option<&Directory>) -> Result<Options, CliError> {
        if let Some(report) = self.report.iter().find(|path| !is_report(path)) {
            let message = format!("cannot tell the format of {}: let a report end in .html or .json", report.display());
            return Err(CliError::Usage(message));
        }
        let format = match self.format {
            Some(format) => format.into(),
            None => Format::from_path(&self.out).ok_or_else(|| CliError::Usage(unknown_ending(&self.out)))?,
        };
        let mut options = Options::new(self.out.clone(), format);
        options.rejected = self.rejected.clone().unwrap_or(options.rejected);
        options.reports.clone_from(&self.report);
        options.previous = self.previous.as_deref().map(previous).transpose()?;
        options.text_column.clone_from(&self.text_column);
        let of_region = directory.and_then(Directory::utc_offset);
        options.utc_offset = self.utc_offset.or(of_region).unwrap_or(options.utc_offset);
        options.keep_private = self.keep_private;
        options.evidence = self.evidence;
        options.strict = self.strict;
        options.jobs = self.jobs.map_or(options.jobs, NonZeroUsize::get);
        options.restart = self.restart;
        options.checkpoint_rows = self.checkpoint_rows.get();
        Ok(options)
    }
}

fn is_report(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ["html", "htm", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn unknown_ending(out: &Path) -> String {
    format!(
        "cannot tell the format of {}: let it end in .jsonl, .csv, .parquet or .sqlite, or add --format",
        out.display()
    )
}

fn previous(path: &Path) -> Result<Facts, CliError> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| CliError::Read { name: name.clone(), source })?;
    read_previous(&bytes).map_err(|source| CliError::Previous { name, source })
}

/// Tells a person in a few lines what came of the run.
fn tell(facts: &Facts, options: &Options) {
    let reports = facts.reports;
    note(&format!(
        "{} messages, {} of them reports ({} without duplicates); {} need someone within hours; in {}",
        facts.messages,
        reports.all,
        reports.distinct,
        facts.urgent,
        options.out.display()
    ));
    if facts.passed_over > 0 {
        note(&format!("{} lines hold no message of a person (system lines, left-out media)", facts.passed_over));
    }
    if facts.rejected > 0 {
        note(&format!(
            "{} records or files could not be read; they are in {}",
            facts.rejected,
            options.rejected.display()
        ));
    }
}

//! `pilah classify`: one report for a person, or a stream of them for a program.

mod input;
mod jsonl;
mod marks;
mod person;

use crate::error::{CliError, note};
use crate::shipped::ModelArgs;
use clap::ValueEnum;
use input::Input;
use std::ffi::OsString;
use std::io::{BufWriter, Write};

/// Arguments of `pilah classify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah classify \"Lampu jalan depan SD mati seminggu, gelap sekali\"
  pilah classify report.txt --top 5
  echo \"Tolong, ada kebakaran di Jl. Melati\" | pilah classify
  pilah classify --format jsonl reports.jsonl > answers.jsonl
  pilah classify --format jsonl --plain - < reports.txt

JSONL in: an object a line with \"text\" and, if you like, \"id\".

JSONL out: an object a line with that \"id\" (or null) and \"prediction\": per head a list of {label, name, \
probability}, best first; \"needs_review\": null or {reason}, the reason being too-short, not-a-report or unsure; \
\"evidence\": a list of {head, start, end, weight}, start and end counting bytes of the UTF-8 text.

A bad line is told on standard error and skipped; the exit code is then 1.")]
pub(crate) struct Args {
    /// The report itself, a file that holds it, or - for standard input
    #[arg(value_name = "TEXT | FILE | -")]
    input: Option<OsString>,
    /// How to read and answer
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// With --format jsonl: every line is a report, not JSON
    #[arg(long)]
    plain: bool,
    /// Labels to show per head
    #[arg(long, value_name = "K", default_value = "3", value_parser = at_least_one)]
    top: usize,
    #[command(flatten)]
    model: ModelArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One report in, an answer for a person
    Text,
    /// A report a line in, a JSON object a line out
    Jsonl,
}

/// Classifies what the arguments name and writes the answer to standard output.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    if args.plain && args.format == Format::Text {
        return Err(CliError::Usage("--plain is for streams: add --format jsonl".to_owned()));
    }
    let input = Input::from_argument(args.input.as_deref())?;
    match args.format {
        Format::Text => answer_person(&input, args),
        Format::Jsonl => answer_program(&input, args),
    }
}

fn answer_person(input: &Input, args: &Args) -> Result<(), CliError> {
    if let Some(path) = input.looks_like_missing_file() {
        note(&format!("there is no file {path}; it is read as the report itself"));
    }
    let model = args.model.load()?.classifier;
    let text = input.read_text()?;
    let stdout = anstream::stdout();
    let view = person::View {
        text: &text,
        prediction: &model.classify(&text),
        heads: model.model().heads(),
        top: args.top,
        colour: stdout.current_choice() != anstream::ColorChoice::Never,
    };
    let mut out = BufWriter::new(stdout);
    view.write(&mut out).and_then(|()| out.flush()).map_err(CliError::Write)
}

fn answer_program(input: &Input, args: &Args) -> Result<(), CliError> {
    if let Some(path) = input.looks_like_missing_file() {
        let message = format!("there is no file {path}; to classify it as text, pipe it in with --plain");
        return Err(CliError::Usage(message));
    }
    let model = args.model.load()?.classifier;
    let stream =
        jsonl::Stream { name: input.name(), literal: input.is_literal() || args.plain, top: args.top, model: &model };
    stream.run(input.open()?, BufWriter::new(std::io::stdout().lock()))
}

fn at_least_one(value: &str) -> Result<usize, String> {
    match value.parse() {
        Ok(0) | Err(_) => Err("expected a whole number from 1".to_owned()),
        Ok(k) => Ok(k),
    }
}

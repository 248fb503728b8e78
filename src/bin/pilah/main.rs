//! The `pilah` program: one file a verb; see `pilah --help`.
//!
//! Answers for a person are Indonesian; help, errors and the data team's tables are English.
//! Exit codes: 0 done, 1 data or model at fault, 2 wrong use. A reader that hangs up (`| head`) is no error.

mod ablate;
mod classify;
mod compare;
mod completions;
mod data;
mod error;
mod evaluate;
mod inspect;
mod labelled;
mod output;
mod pick;
mod sheet;
mod shipped;
mod suspects;
mod terminal;
mod train;
mod triage;
mod tune;

use clap::{Parser, Subcommand};
use error::CliError;
use std::process::ExitCode;

/// Sorts Indonesian citizens' reports: what about, who handles it, how soon, what kind of message.
#[derive(Debug, Parser)]
#[command(name = "pilah", version, propagate_version = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Say what a report is about, who handles it, how soon and what kind of message it is
    Classify(classify::Args),
    /// Sort exports of any size into one queue: most urgent first, duplicates grouped, with offices
    Triage(triage::Args),
    /// Learn a model from labelled reports
    Train(train::Args),
    /// Judge a model on labelled reports
    Evaluate(evaluate::Args),
    /// Say where a new model is better or worse than an old one, and whether that is chance
    Compare(compare::Args),
    /// Search the recipe's settings on the dev split
    Tune(tune::Args),
    /// Train without one part after the other, and show what each is worth
    Ablate(ablate::Args),
    /// List the labels that are most likely wrong
    Suspects(suspects::Args),
    /// Choose the unlabelled reports that are most worth labelling
    Pick(pick::Args),
    /// Show what is in a model file
    Inspect(inspect::Args),
    /// Write completions for a shell
    Completions(completions::Args),
}

const EXAMPLES: &str = "\
Examples:
  pilah classify \"Lampu jalan depan SD mati seminggu, gelap sekali\"
  pilah classify --format jsonl reports.jsonl > answers.jsonl
  pilah triage ekspor/ --out antrean.sqlite --region samarinda --report laporan.html
  pilah evaluate --split test corpus
  pilah inspect models/penuh.pilah

`pilah VERB --help` has more.";

fn main() -> ExitCode {
    run(&Cli::parse().verb).map_or_else(|error| error.report(), |()| ExitCode::SUCCESS)
}

fn run(verb: &Verb) -> Result<(), CliError> {
    match verb {
        Verb::Classify(args) => classify::run(args),
        Verb::Triage(args) => triage::run(args),
        Verb::Train(args) => train::run(args),
        Verb::Evaluate(args) => evaluate::run(args),
        Verb::Compare(args) => compare::run(args),
        Verb::Tune(args) => tune::run(args),
        Verb::Ablate(args) => ablate::run(args),
        Verb::Suspects(args) => suspects::run(args),
        Verb::Pick(args) => pick::run(args),
        Verb::Inspect(args) => inspect::run(args),
        Verb::Completions(args) => completions::run(args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}

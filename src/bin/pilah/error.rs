//! [`CliError`]: everything that ends a verb, with its exit code and a message that says what to do.

use crate::terminal::safe;
use pilah::lab::ablate::AblateError;
use pilah::lab::tune::TuneError;
use pilah::lab::variant::VariantError;
use pilah::lab::{PickError, SheetError, SuspectError};
use pilah::model::LoadError;
use pilah::read::ReadError;
use pilah::train::TrainError;
use pilah::train::corpus::CorpusError;
use pilah::triage::report::PreviousError;
use pilah::triage::{DirectoryError, TriageError};
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a verb did not end well.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CliError {
    /// The arguments do not make sense together.
    #[error("{0}")]
    Usage(String),
    /// A file or standard input cannot be read.
    #[error("cannot read {name}: {source}")]
    Read { name: String, source: io::Error },
    /// The answer cannot be written; a closed pipe is no error to anyone.
    #[error("cannot write the answer: {0}")]
    Write(#[source] io::Error),
    /// A text is not UTF-8.
    #[error("{name} is not UTF-8 text: byte {at} is wrong; save it as UTF-8, or name another file")]
    NotUtf8 { name: String, at: usize },
    /// A model file is refused.
    #[error("{name} is no model that this program can use: {source}; leave out --model for the shipped one")]
    Model { name: String, source: LoadError },
    /// The model compiled in is refused: the program was built beside an unfinished model.
    #[error(
        "the shipped model {name} cannot be used: {source}; run `pilah train` and build again, or pass --model PATH"
    )]
    Shipped { name: &'static str, source: LoadError },
    /// Lines of a JSONL input were skipped; each has been told.
    #[error("{bad} of {total} lines skipped, see above; the others are answered")]
    BadLines { bad: usize, total: usize },
    /// A result cannot be saved.
    #[error("cannot write {name}: {source}; name a folder with --out that can be written")]
    Save { name: String, source: io::Error },
    /// A report cannot be saved.
    #[error("cannot write {name}: {source}; name a file in a folder that can be written")]
    SaveReport { name: String, source: io::Error },
    /// A recipe cannot be changed.
    #[error("cannot use the recipe {name}: {source}")]
    Draft { name: String, source: Box<VariantError> },
    /// A file of variants is refused.
    #[error("cannot use the variants {name}: {source}")]
    Variants { name: String, source: Box<AblateError> },
    /// A page has no place for the table.
    #[error(
        "{name} has no place for the table: found not once each, expected a line {start} and after it a line {end}"
    )]
    NoMarks { name: String, start: &'static str, end: &'static str },
    /// An ablation stopped.
    #[error("{0}")]
    Ablate(#[from] AblateError),
    /// A search for settings stopped.
    #[error("{0}")]
    Tune(#[from] TuneError),
    /// Training stopped.
    #[error("{0}")]
    Train(#[from] TrainError),
    /// The audit of the data found errors; they have been told.
    #[error("the data has errors ({0}), see above; nothing can be learnt from it")]
    Audit(usize),
    /// A corpus is refused.
    #[error("{0}")]
    Corpus(#[from] CorpusError),
    /// Bulk triage stopped.
    #[error("{0}")]
    Triage(#[from] TriageError),
    /// A directory of offices is refused.
    #[error("cannot use the region {name}: {source}")]
    Region { name: String, source: DirectoryError },
    /// An earlier report is refused.
    #[error("cannot use {name} as an earlier report: {source}")]
    Previous { name: String, source: PreviousError },
    /// Suspects cannot be looked for.
    #[error("{0}")]
    Suspects(#[from] SuspectError),
    /// Nothing can be chosen.
    #[error("{0}")]
    Pick(#[from] PickError),
    /// An input cannot be read.
    #[error("{0}")]
    Input(#[from] ReadError),
    /// A table cannot be written.
    #[error("{0}")]
    Sheet(#[from] SheetError),
    /// A new model is worse than the gate allows.
    #[error("{0}")]
    Worse(String),
    /// Two models have nothing in common.
    #[error("{old} and {new} have no head in common; {old} has {old_heads}, {new} has {new_heads}")]
    NoCommonHead { old: String, old_heads: String, new: String, new_heads: String },
    /// Nothing is left to judge.
    #[error("no labelled row is left to judge; {0}")]
    NoRows(String),
    /// Nothing in the data is called as a head of the model.
    #[error(
        "none of {rows} rows has a label for a head of the model; found the fields {found}; expected at least one of \
         {expected}"
    )]
    NoLabels { rows: usize, found: String, expected: String },
}

impl CliError {
    /// Tells the error on standard error and returns its exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if self.is_closed_pipe() {
            return ExitCode::SUCCESS;
        }
        complain(&self.to_string());
        match self {
            Self::Usage(_) | Self::Suspects(SuspectError::Head { .. }) | Self::Pick(PickError::Head { .. }) => {
                ExitCode::from(2)
            }
            _ => ExitCode::FAILURE,
        }
    }

    fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Writes one error line to standard error; a closed standard error is nobody's loss.
pub(crate) fn complain(message: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let _ = writeln!(anstream::stderr().lock(), "{style}error:{style:#} {}", safe(message));
}

/// Writes one remark to standard error.
pub(crate) fn note(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "note: {}", safe(message));
}

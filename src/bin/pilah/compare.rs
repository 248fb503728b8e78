//! `pilah compare`.

use crate::error::CliError;

/// Arguments of `pilah compare`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// To be written.
pub(crate) fn run(_args: &Args) -> Result<(), CliError> {
    Err(CliError::Usage("not yet".to_owned()))
}

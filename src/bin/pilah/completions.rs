//! `pilah completions SHELL`.

use crate::{Cli, error::CliError};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Arguments of `pilah completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pilah completions bash > ~/.local/share/bash-completion/completions/pilah
  pilah completions zsh > ~/.zfunc/_pilah
  pilah completions fish > ~/.config/fish/completions/pilah.fish")]
pub(crate) struct Args {
    /// The shell to complete for
    shell: Shell,
}

/// Writes the completion script to standard output.
pub(crate) fn run(args: &Args) -> Result<(), CliError> {
    let mut script = Vec::new(); // the generator panics where it cannot write
    clap_complete::generate(args.shell, &mut Cli::command(), "pilah", &mut script);
    std::io::stdout().lock().write_all(&script).map_err(CliError::Write)
}

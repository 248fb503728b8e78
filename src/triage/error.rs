//! [`TriageError`]: what ends a run, with what was kept and what to do.

use super::duplicates::DuplicateError;
use super::write::WriteError;
use crate::read::ReadError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run did not end well. What was sorted so far is kept: the same command goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TriageError {
    /// An input cannot be opened or is of no known kind.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An input cannot be read on.
    #[error("cannot read on in {name}: {source}; what was read is kept, run the same command again to go on")]
    Input {
        /// The input.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the run's own cannot be written or read.
    #[error("cannot {doing} {path}: {source}{hint}", hint = hint(.source))]
    File {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Duplicates cannot be grouped.
    #[error("cannot group duplicates: {0}{hint}", hint = duplicate_hint(.0))]
    Duplicates(#[from] DuplicateError),
    /// A path that is to be written can be no file.
    #[error("cannot write {0}: it is a folder or a device, or in the run's own folder; name a file elsewhere")]
    NoFile(PathBuf),
    /// A path has two tasks.
    #[error("cannot write {path}: it {twice}; give each its own file")]
    Twice {
        /// The path.
        path: PathBuf,
        /// What else it is.
        twice: &'static str,
    },
    /// Another run uses the work folder.
    #[error("another run is writing into {0}; wait for it, or choose another output")]
    Busy(PathBuf),
    /// The work folder is of a run with other settings.
    #[error(
        "{path} is left over from a run with other settings ({what}); repeat that run to finish it, or start over with --restart"
    )]
    OtherRun {
        /// The work folder.
        path: PathBuf,
        /// The first setting that differs.
        what: String,
    },
    /// The input is not what it was when the run was interrupted.
    #[error("{name} has changed since the run was interrupted; start over with --restart")]
    Changed {
        /// The input in which the difference came to light.
        name: String,
    },
    /// A file in the work folder is damaged.
    #[error("{path} is damaged: {what}; start over with --restart")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The work folder lost its segments while the run was going on.
    #[error("the segments of {0} are gone; start over with --restart")]
    Unsealed(PathBuf),
    /// A record was refused in a strict run.
    #[error("stopped, as --strict asks, at {0}")]
    Strict(String),
    /// The model does not fit.
    #[error("the model has {found} heads; expected at most {most}")]
    Heads {
        /// The model's heads.
        found: usize,
        /// The most a run can sort by.
        most: usize,
    },
    /// More messages than a run can number.
    #[error("found more than {0} messages; split the input")]
    TooMany(u32),
}

impl TriageError {
    /// Returns a maker of errors about `path`, for `map_err`.
    pub(super) fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { doing, path: path.to_owned(), source }
    }
}

/// What a person can do about `error`.
fn duplicate_hint(error: &DuplicateError) -> &'static str {
    match error {
        DuplicateError::Io { source, .. } | DuplicateError::Pages(source) | DuplicateError::Keys(source) => {
            hint(source)
        }
        _ => "; start over with --restart",
    }
}

/// What a person can do about `error`.
fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; free some space and run the same command again, it goes on where it stopped"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "; choose a folder that can be written",
        io::ErrorKind::NotFound => "; does the folder exist?",
        _ => "; run the same command again to go on where it stopped",
    }
}

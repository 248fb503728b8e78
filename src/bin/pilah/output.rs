//! Files that verbs write: whole or not at all.

use crate::error::CliError;
use std::fs;
use std::path::Path;

/// Writes beside `path` and renames: a reader sees the old file or the new one.
pub(crate) fn save(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), CliError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|source| CliError::SaveReport { name: path.display().to_string(), source })
}

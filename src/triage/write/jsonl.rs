//! [`Jsonl`]: the lines as they are.

use super::{Output, WriteError};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes gathered before the disk is asked.
pub(super) const BUFFER: usize = 1 << 18;

/// A JSON object a line.
pub(super) struct Jsonl {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Jsonl {
    /// Returns an empty output at `path`.
    pub(super) fn create(path: &Path) -> Result<Self, WriteError> {
        let file = File::create(path).map_err(|error| WriteError::io(path, error))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::with_capacity(BUFFER, file) })
    }
}

impl Output for Jsonl {
    fn write(&mut self, line: &[u8]) -> Result<(), WriteError> {
        let written = self.file.write_all(line).and_then(|()| self.file.write_all(b"\n"));
        written.map_err(|error| WriteError::io(&self.path, error))
    }

    fn finish(mut self: Box<Self>) -> Result<(), WriteError> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        synced.map_err(|error| WriteError::io(&self.path, error))
    }
}

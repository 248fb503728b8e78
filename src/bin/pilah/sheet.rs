//! Tables for people to fill in: their format, and how they reach a file or the standard output.

use crate::error::CliError;
use crate::output::save;
use crate::terminal::safe;
use clap::ValueEnum;
use pilah::lab::Sheet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetFormat {
    /// A JSON object a line
    Jsonl,
    /// A table for spreadsheets
    Csv,
}

impl SheetFormat {
    /// Returns the format that the ending of `path` says.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Returns the bytes of `sheet`.
    pub(crate) fn bytes(self, sheet: &Sheet) -> Result<Vec<u8>, CliError> {
        match self {
            Self::Jsonl => Ok(sheet.jsonl().into_bytes()),
            Self::Csv => Ok(sheet.csv()?),
        }
    }
}

/// Writes `bytes` into `path`; without a path to the standard output, harmless where that is a terminal.
pub(crate) fn put(path: Option<&Path>, bytes: &[u8]) -> Result<(), CliError> {
    let Some(path) = path else {
        let mut out = io::stdout().lock();
        let written = if out.is_terminal() {
            out.write_all(safe(&String::from_utf8_lossy(bytes)).as_bytes())
        } else {
            out.write_all(bytes)
        };
        return written.map_err(CliError::Write);
    };
    save(path, bytes)
}

/// Refuses, before any work, a file in a folder that is not there.
pub(crate) fn check_place(path: &Path) -> Result<(), CliError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_folder = fs::metadata(folder).map(|found| found.is_dir());
    let save = |source| CliError::SaveReport { name: path.display().to_string(), source };
    match is_folder {
        Ok(true) => Ok(()),
        Ok(false) => Err(save(io::ErrorKind::NotADirectory.into())),
        Err(source) => Err(save(source)),
    }
}

/// Refuses, before any work, a sheet that is there already: people may have filled it in. `replace` says that it may go.
pub(crate) fn check_new(path: &Path, replace: bool) -> Result<(), CliError> {
    check_place(path)?;
    if !replace && fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() > 0) {
        let path = path.display();
        return Err(CliError::Usage(format!(
            "{path} is there already, and what was filled in would be lost; name another --out, or add --replace"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::SheetFormat;
    use std::path::Path;

    #[test]
    fn endings_say_the_format() {
        for (name, expected) in
            [("a.jsonl", Some(SheetFormat::Jsonl)), ("b.CSV", Some(SheetFormat::Csv)), ("c.xlsx", None), ("d", None)]
        {
            assert_eq!(SheetFormat::of(Path::new(name)), expected, "{name}");
        }
    }
}

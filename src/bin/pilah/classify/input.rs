//! [`Input`]: where the report comes from.

use crate::error::CliError;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// Told to a person who runs `pilah classify` on a terminal without saying what to classify.
const WHAT_TO_DO: &str = "\
tulis laporannya, sebut nama berkasnya, atau kirim lewat pipa:
  pilah classify \"Lampu jalan depan SD mati seminggu, gelap sekali\"
  pilah classify laporan.txt
  cat laporan.jsonl | pilah classify --format jsonl
Selengkapnya: pilah classify --help";

/// Where the report comes from.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// The argument is the report.
    Text(String),
    /// The argument names an existing file.
    File(PathBuf),
    /// `-`, or no argument and something piped in.
    Stdin,
}

impl Input {
    /// Returns what the argument means; a usage error where there is none and nothing is piped in.
    pub(super) fn from_argument(argument: Option<&OsStr>) -> Result<Self, CliError> {
        match argument {
            None if io::stdin().is_terminal() => Err(CliError::Usage(WHAT_TO_DO.to_owned())),
            None => Ok(Self::Stdin),
            Some(dash) if dash == "-" => Ok(Self::Stdin),
            Some(argument) if is_readable(Path::new(argument)) => Ok(Self::File(argument.into())),
            Some(argument) => match argument.to_str() {
                Some(text) => Ok(Self::Text(text.to_owned())),
                None => Err(CliError::NotUtf8 { name: "the argument".to_owned(), at: valid_bytes(argument) }),
            },
        }
    }

    /// Returns what messages call this input.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Text(_) => "the argument".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "standard input".to_owned(),
        }
    }

    /// Returns whether the argument is the report itself.
    pub(super) fn is_literal(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Returns the text if it is more likely a mistyped file name: no blank, and an extension as data files have.
    pub(super) fn looks_like_missing_file(&self) -> Option<&str> {
        let Self::Text(text) = self else { return None };
        let extension = Path::new(text).extension().and_then(OsStr::to_str)?;
        let is_data =
            ["txt", "json", "jsonl", "ndjson", "csv", "tsv"].contains(&extension.to_ascii_lowercase().as_str());
        (is_data && !text.contains(char::is_whitespace)).then_some(text)
    }

    /// Returns a reader of the bytes.
    pub(super) fn open(&self) -> Result<BufReader<Box<dyn Read + '_>>, CliError> {
        Ok(BufReader::new(match self {
            Self::Text(text) => Box::new(text.as_bytes()),
            Self::File(path) => Box::new(File::open(path).map_err(|source| self.cannot_read(source))?),
            Self::Stdin => Box::new(io::stdin()),
        }))
    }

    /// Returns everything as one text, without a byte order mark and blanks around it.
    pub(super) fn read_text(&self) -> Result<String, CliError> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|source| self.cannot_read(source))?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}').trim().to_owned()),
            Err(error) => Err(CliError::NotUtf8 { name: self.name(), at: error.valid_up_to() }),
        }
    }

    fn cannot_read(&self, source: io::Error) -> CliError {
        CliError::Read { name: self.name(), source }
    }
}

/// A file, pipe or device; a directory that is called like a word of a report is none of them.
fn is_readable(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| !found.is_dir())
}

fn valid_bytes(argument: &OsStr) -> usize {
    std::str::from_utf8(argument.as_encoded_bytes()).map_or_else(|error| error.valid_up_to(), str::len)
}

#[cfg(test)]
mod tests {
    use super::Input;

    #[test]
    fn only_names_of_data_files_look_like_missing_files() {
        for (text, expected) in [
            ("laporan.txt", true),
            ("data/Laporan.JSONL", true),
            ("lampu mati di file.txt", false),
            ("jalan.rusak", false),
            ("https://lapor.go.id", false),
            ("tolong", false),
            ("", false),
        ] {
            assert_eq!(Input::Text(text.to_owned()).looks_like_missing_file().is_some(), expected, "{text}");
        }
    }
}

//! The models compiled into the program, and the arguments that choose one.
//!
//! Building needs both files. Where they are yet to be trained (a new file format, say) empty ones will do:
//! everything but the shipped models works, `pilah train` among it.

use crate::error::CliError;
use pilah::Classifier;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

const PENUH: Shipped = Shipped { name: "penuh", bytes: include_bytes!("../../../models/penuh.pilah") };
const KECIL: Shipped = Shipped { name: "kecil", bytes: include_bytes!("../../../models/kecil.pilah") };

/// A model compiled in.
struct Shipped {
    name: &'static str,
    bytes: &'static [u8],
}

/// Which model answers.
#[derive(Debug, clap::Args)]
pub(crate) struct ModelArgs {
    /// Use this model file instead of the shipped one
    #[arg(long, value_name = "PATH", conflicts_with = "kecil")]
    model: Option<PathBuf>,
    /// Use the shipped small model, the one for browsers
    #[arg(long)]
    kecil: bool,
}

/// A model ready to answer, with what it is called and how big it is.
pub(crate) struct Loaded {
    pub(crate) name: String,
    pub(crate) bytes: usize,
    pub(crate) classifier: Classifier,
}

impl ModelArgs {
    /// Returns the chosen model.
    pub(crate) fn load(&self) -> Result<Loaded, CliError> {
        load(self.model.as_deref(), self.kecil)
    }
}

/// Returns the model in the file at `path`, or without a path the shipped one.
pub(crate) fn load(path: Option<&Path>, kecil: bool) -> Result<Loaded, CliError> {
    match path {
        Some(path) => load_file(path),
        None if kecil => load_shipped(&KECIL),
        None => load_shipped(&PENUH),
    }
}

/// Returns the model that `word` names, `penuh` or `kecil` for a shipped one and else its file, with the file's bytes.
pub(crate) fn load_named(word: &Path) -> Result<(Loaded, Cow<'static, [u8]>), CliError> {
    match [&PENUH, &KECIL].into_iter().find(|shipped| word == Path::new(shipped.name)) {
        Some(shipped) => Ok((load_shipped(shipped)?, Cow::Borrowed(shipped.bytes))),
        None => {
            let bytes = read(word)?;
            Ok((load_bytes(word, &bytes)?, Cow::Owned(bytes)))
        }
    }
}

fn load_file(path: &Path) -> Result<Loaded, CliError> {
    load_bytes(path, &read(path)?)
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    std::fs::read(path).map_err(|source| CliError::Read { name: path.display().to_string(), source })
}

fn load_bytes(path: &Path, bytes: &[u8]) -> Result<Loaded, CliError> {
    let name = path.display().to_string();
    match Classifier::from_bytes(bytes) {
        Ok(classifier) => Ok(Loaded { name, bytes: bytes.len(), classifier }),
        Err(source) => Err(CliError::Model { name, source }),
    }
}

fn load_shipped(&Shipped { name, bytes }: &Shipped) -> Result<Loaded, CliError> {
    let classifier = Classifier::from_bytes(bytes).map_err(|source| CliError::Shipped { name, source })?;
    Ok(Loaded { name: name.to_owned(), bytes: bytes.len(), classifier })
}

//! [`LoadError`]: why bytes are no model.

use super::RulesError;
use crate::features::IndexError;
use crate::text::LexiconError;

/// Why bytes are no model. No error is a reason to trust a part of the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The first eight bytes are not a model's.
    #[error("not a pilah model: begins with {found:02x?}; expected {expected:02x?}")]
    Magic {
        /// The bytes found, fewer than eight in a shorter file.
        found: Vec<u8>,
        /// A model's first bytes.
        expected: [u8; 8],
    },
    /// Another layout of the file.
    #[error("model format version {found}; this program reads {expected}")]
    FormatVersion {
        /// Version in the file.
        found: u32,
        /// Version of this program.
        expected: u32,
    },
    /// Trained with other text or features stages.
    #[error("model of pipeline version {found}; this program runs {expected}: train the model again")]
    PipelineVersion {
        /// Version in the file.
        found: u32,
        /// Version of this program.
        expected: u32,
    },
    /// The file is cut, or something follows it.
    #[error("model file of {found} bytes; expected {expected}")]
    Length {
        /// Bytes found.
        found: usize,
        /// Bytes that the header states, or the least a header needs.
        expected: usize,
    },
    /// Bytes changed since the file was written.
    #[error("model file checksum {found:08x}; expected {expected:08x}: the file is damaged, fetch it again")]
    Checksum {
        /// Checksum of the bytes found.
        found: u32,
        /// Checksum stored in the file.
        expected: u32,
    },
    /// A section is missing, stands elsewhere or has another length.
    #[error("model section {at}: found {found}; expected {expected}")]
    Section {
        /// Position in the table, from 0.
        at: usize,
        /// What stands there.
        found: String,
        /// What should.
        expected: String,
    },
    /// A section ends too early.
    #[error("model section `{section}` ends at byte {offset}: found {found} more bytes; expected {expected}")]
    Short {
        /// The section.
        section: &'static str,
        /// Where in the section.
        offset: usize,
        /// Bytes left.
        found: usize,
        /// Bytes needed.
        expected: usize,
    },
    /// Bytes are left over in a section.
    #[error("model section `{section}` has {found} bytes after its end; expected none")]
    Trailing {
        /// The section.
        section: &'static str,
        /// Bytes left over.
        found: usize,
    },
    /// A value is out of its range.
    #[error("model section `{section}`: {what} is {found}; expected {expected}")]
    Value {
        /// The section.
        section: &'static str,
        /// Which value.
        what: &'static str,
        /// The value found.
        found: String,
        /// What is allowed.
        expected: String,
    },
    /// The lexicon is wrong.
    #[error("model section `slang`: {0}")]
    Lexicon(#[from] LexiconError),
    /// The feature keys are wrong.
    #[error("model section `keys`: {0}")]
    Index(#[from] IndexError),
    /// The rules are wrong.
    #[error("model section `rules`: {0}")]
    Rules(#[from] RulesError),
}

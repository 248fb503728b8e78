//! Text stages: raw text -> [`Token`] -> [`Word`] -> [`Term`]; every span points into the raw text.

mod normalize;
mod private;
mod segment;
mod stem;
mod table;

pub(crate) use normalize::mask;
pub use normalize::{Lexicon, LexiconError, Normalizer};
pub use private::private_data;
pub(crate) use segment::each_token;
pub use segment::segment;
pub use stem::{Stemmer, Stemming};
pub(crate) use table::{WHOLE, ends, home, mix};

use normalize::Form;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Half-open byte range `start..end` of the raw text, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What a piece of text is, decided by [`segment()`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters (perhaps with digits, apostrophes): a word of any script.
    Word,
    /// A number that is no telephone and no NIK.
    Number,
    /// A telephone number, or its mask `[TELEPON]`.
    Phone,
    /// A 16-digit population number, or its mask `[NIK]`.
    Nik,
    /// A web address, or its mask `[URL]`.
    Link,
    /// An e-mail address, or its mask `[EMAIL]`.
    Email,
    /// An @account, or its mask `[AKUN]`.
    Account,
    /// The mask of a person's name, `[NAMA]`.
    Person,
    /// An emoji, with its modifiers.
    Emoji,
}

/// A piece of the raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'t> {
    /// The characters as written.
    pub text: &'t str,
    /// Where they stand.
    pub span: Span,
    /// What they are.
    pub kind: Kind,
}

/// A normalised token: lower case, slang written out, numbers and private data masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// The normal form; masks are `<angka>`, `<telepon>`, `<nik>`, `<tautan>`, `<surel>`, `<akun>`, `<nama>`.
    pub text: Cow<'t, str>,
    /// Where the token it came from stands in the raw text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// A stemmed word: what the vectoriser counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term<'t> {
    /// The stem.
    pub text: Cow<'t, str>,
    /// Where the token it came from stands in the raw text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The three text stages in a row, with their settings: what a model file carries of them.
#[derive(Debug, Clone)]
pub struct Pipeline {
    normalizer: Normalizer,
    stemmer: Stemmer,
}

impl Pipeline {
    /// Returns the pipeline that writes out `lexicon` and stems by `stemming`.
    pub fn new(lexicon: Lexicon, stemming: Stemming) -> Self {
        Self { normalizer: Normalizer::new(lexicon), stemmer: Stemmer::new(stemming) }
    }

    /// Returns the lexicon it writes out.
    pub fn lexicon(&self) -> &Lexicon {
        self.normalizer.lexicon()
    }

    /// Returns which words it stems.
    pub fn stemming(&self) -> Stemming {
        self.stemmer.stemming()
    }

    /// Returns the normalised words of `text` in reading order.
    #[inline(never)]
    pub fn words<'t>(&self, text: &'t str) -> Vec<Word<'t>> {
        self.normalizer.normalize(&segment(text))
    }

    /// Returns a term for each of `words`, in the same order.
    #[inline(never)]
    pub fn stem<'t>(&self, words: Vec<Word<'t>>) -> Vec<Term<'t>> {
        self.stemmer.stem(words)
    }

    /// Calls `each` with each word that `token` stands for and with its term: what [`Pipeline::words`] and
    /// [`Pipeline::stem`] make of the token, with nothing kept.
    pub(crate) fn each_term(&self, token: &Token<'_>, each: &mut dyn FnMut(&str, &Term<'_>)) {
        self.normalizer.each_form(token, &mut |form| {
            let word = match &form {
                Form::Own(text) => &**text,
                Form::Entry(text) => text,
            };
            let text = self.stemmer.stem_text(Cow::Borrowed(word), token.kind);
            each(word, &Term { text, span: token.span, kind: token.kind });
        });
    }

    /// Returns the terms of `text` in reading order.
    pub fn terms<'t>(&self, text: &'t str) -> Vec<Term<'t>> {
        self.stem(self.words(text))
    }
}

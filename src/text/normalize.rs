//! [`Token`] -> [`Word`]: one spelling for what means the same.
//!
//! A word goes through these steps, and borrows the raw text where none of them changes it:
//!
//! 1. lower case, without apostrophes and invisible characters (`Jum'at` -> jumat);
//! 2. slang and abbreviations written out by the [`Lexicon`] (`tlg` -> tolong), which may give several words;
//! 3. repeated words reduced to one and affixes after a hyphen taken off (`anak2nya` -> anaknya, `ber-AC` -> ac);
//! 4. stretched letters shortened (`parraaahhh` -> parah), see the `spelling` module;
//! 5. the lexicon once more, if steps 3 and 4 changed the word (`org2` -> org -> orang), also under -nya (`jlnnya`).
//!
//! Everything else becomes its mask or, as emoji do, loses its skin tone. Words that were normalised once stay as they
//! are when they are normalised again. Two equal words side by side (`tolong tolong`) stay two: both have a span to show.

mod compound;
mod lexicon;
mod spelling;

pub use lexicon::{Lexicon, LexiconError};

use super::{Kind, Token, Word};
use std::borrow::Cow;

/// A normal form, and who owns it.
#[derive(Debug)]
pub(super) enum Form<'t, 'l> {
    /// The raw text, or nobody.
    Own(Cow<'t, str>),
    /// The lexicon.
    Entry(&'l str),
}

/// Writes tokens in their normal form, with the slang of one [`Lexicon`].
///
/// ```
/// use pilah::text::{segment, Lexicon, Normalizer};
///
/// let normalizer = Normalizer::new(Lexicon::parse("jln\tjalan\nyg\tyang\n")?);
/// let words = normalizer.normalize(&segment("Jln yg RUSAAAK, hub 081234567890"));
/// let texts: Vec<&str> = words.iter().map(|word| word.text.as_ref()).collect();
/// assert_eq!(texts, ["jalan", "yang", "rusak", "hub", "<telepon>"]);
/// # Ok::<(), pilah::text::LexiconError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Normalizer {
    lexicon: Lexicon,
}

impl Normalizer {
    /// Returns a normaliser that writes out the entries of `lexicon`.
    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon }
    }

    /// Returns the lexicon it was built with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Returns the words of `tokens` in the same order; a token may give several words (with its span each) or none.
    pub fn normalize<'t>(&self, tokens: &[Token<'t>]) -> Vec<Word<'t>> {
        let mut words = Vec::with_capacity(tokens.len() + tokens.len() / 8);
        for token in tokens {
            self.each_form(token, &mut |form| {
                let text = match form {
                    Form::Own(text) => text,
                    Form::Entry(text) => Cow::Owned(text.to_owned()),
                };
                words.push(Word { text, span: token.span, kind: token.kind });
            });
        }
        words
    }

    /// Calls `each` with the normal form of each word that `token` stands for.
    pub(super) fn each_form<'t, 'l>(&'l self, token: &Token<'t>, each: &mut dyn FnMut(Form<'t, 'l>)) {
        let mut own = |text: Cow<'t, str>| {
            if !text.is_empty() {
                each(Form::Own(text));
            }
        };
        match token.kind {
            Kind::Word => match self.word(token.text) {
                Form::Own(text) => own(text),
                Form::Entry(expansion) => expansion.split(' ').for_each(|word| each(Form::Entry(word))),
            },
            Kind::Emoji => own(spelling::toneless(token.text)),
            kind => own(Cow::Borrowed(mask(kind))),
        }
    }

    /// Returns the normal form of a word; several, with spaces between them, where the lexicon has it so.
    fn word<'t>(&self, text: &'t str) -> Form<'t, '_> {
        let plain = spelling::plain(text);
        if let Some(expansion) = self.lexicon.get(&plain) {
            return Form::Entry(expansion);
        }
        if spelling::is_settled(&plain) && !plain.ends_with("nya") {
            return Form::Own(plain);
        }
        let form = spelling::unstretched(compound::reduced(plain.clone()));
        if form != plain
            && let Some(expansion) = self.lexicon.get(&form)
        {
            return Form::Entry(expansion);
        }
        Form::Own(self.possessed(&form).map_or(form, Cow::Owned))
    }

    /// Returns `form` with the word before its -nya written out: `jlnnya` -> jalannya.
    fn possessed(&self, form: &str) -> Option<String> {
        let expansion = self.lexicon.get(form.strip_suffix("nya")?)?;
        let whole = format!("{expansion}nya");
        // Several words have no one owner, -nya does not come twice, and what the lexicon writes otherwise would not stay as it is.
        let stays = !expansion.contains(' ') && !expansion.ends_with("nya") && self.lexicon.get(&whole).is_none();
        stays.then_some(whole)
    }
}

/// Returns the word that stands for all tokens of `kind`, if one does.
pub(crate) fn mask(kind: Kind) -> &'static str {
    match kind {
        Kind::Word | Kind::Emoji => "",
        Kind::Number => "<angka>",
        Kind::Phone => "<telepon>",
        Kind::Nik => "<nik>",
        Kind::Link => "<tautan>",
        Kind::Email => "<surel>",
        Kind::Account => "<akun>",
        Kind::Person => "<nama>",
    }
}

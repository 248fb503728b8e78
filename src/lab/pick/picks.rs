//! [`Picks`]: what was chosen, why, and what was passed over.

/// A text to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Where it stands.
    pub place: String,
    /// What is read; private data should be masked already.
    pub text: String,
}

/// A text that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// The text.
    pub text: Text,
    /// What speaks for it.
    pub why: Why,
    /// What the model makes of it, a guess per head asked for; none for lots, whose labels are to be the reader's own.
    pub guesses: Vec<Guess>,
}

/// Why a text was chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// By lot: such texts are fit to measure a model by.
    Random,
    /// The model is unsure of it.
    Unsure {
        /// The guess it is least sure of, by position.
        guess: usize,
        /// About how many of all texts are similar.
        similar: usize,
    },
}

/// The two likeliest labels of a head.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The head.
    pub head: String,
    /// The likeliest label and its probability.
    pub first: (String, f32),
    /// The second one; equal to the first where the head has one label.
    pub second: (String, f32),
}

impl Guess {
    /// Returns how much likelier the first label is.
    pub fn margin(&self) -> f32 {
        self.first.1 - self.second.1
    }
}

/// What was chosen from what.
#[derive(Debug, Clone, PartialEq)]
pub struct Picks {
    /// The chosen texts, most worth first, those by lot spread evenly between them.
    pub picks: Vec<Pick>,
    /// What was passed over.
    pub passed: Passed,
}

/// Counts of what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Passed {
    /// Texts offered.
    pub offered: u64,
    /// Without a letter.
    pub blank: u64,
    /// Labelled already, or with the same words as a labelled one.
    pub labelled: u64,
    /// Of too few words that the model knows: too short, or in another language. Lots may be such.
    pub too_short: u64,
}

/// Why nothing can be chosen.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PickError {
    /// The head is not in the model.
    #[error("the model has no head `{found}`; its heads are {}", .heads.join(", "))]
    Head {
        /// The head asked for.
        found: String,
        /// The model's.
        heads: Vec<String>,
    },
    /// The share by lot.
    #[error("a share of {0} by lot; expected 0 to 1")]
    Share(f32),
    /// No text is left.
    #[error(
        "no text is left to choose from: found {offered}, of which {labelled} are labelled already, {blank} are blank and \
         {too_short} too short; expected texts without labels", offered = .0.offered, labelled = .0.labelled,
        blank = .0.blank, too_short = .0.too_short
    )]
    Nothing(Passed),
}

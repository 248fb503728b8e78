//! Rules that may raise, never lower, an ordered head's answer, and say which words did it.
//!
//! A learnt model has seen few emergencies; a rule knows one kind of them by its unmistakable words. A file of rules
//! (`models/rules/urgency.toml`) is read where a model is trained and travels inside the model file as bytes.
//!
//! A rule fires when every one of its *groups* of alternatives is found within a window of words, no `unless`
//! expression stands near the find and no `never` expression stands anywhere in the text. The end of a sentence counts
//! as five words, so a narrow window stays inside a sentence and a wide one may cross into the next. An expression of
//! `hides` makes the shorter ones inside it invisible: "pemadam kebakaran" is no "kebakaran".

mod bytes;
mod index;
#[cfg(all(feature = "train", not(target_family = "wasm")))]
mod parse;
mod scan;

use crate::text::{Span, Word};
use index::Index;
pub(crate) use scan::{Finder, RuleText};

/// How many words the end of a sentence counts for in a rule's window.
const SENTENCE_END: usize = 5;

/// The rules of one ordered head, ready to be applied.
///
/// ```
/// # #[cfg(feature = "train")] {
/// use pilah::model::Rules;
/// use pilah::text::{Kind, Span, Word};
///
/// let rules = Rules::from_toml(
///     r#"
///     head = "urgency"
///     order = ["rendah", "sedang", "tinggi", "darurat"]
///     unless = ["sudah padam"]
///
///     [[rule]]
///     id = "house-on-fire"
///     label = "darurat"
///     all = [["rumah", "ruko"], ["terbakar*"]]
///     "#,
/// )?;
/// let text = "rumah tetangga terbakar";
/// let at = |start, end| Word { text: text[start..end].into(), span: Span { start, end }, kind: Kind::Word };
/// let words = [at(0, 5), at(6, 14), at(15, 23)];
/// let found = rules.apply(text, &words, 1).expect("the rule fires on a text ranked `sedang`");
/// assert_eq!(rules.rule(found.rule).map(|rule| rule.id()), Some("house-on-fire"));
/// assert_eq!(found.rank, 3);
/// assert_eq!(found.spans, [Span { start: 0, end: 5 }, Span { start: 15, end: 23 }]);
/// assert!(rules.apply(text, &words, 3).is_none(), "nothing is above `darurat`");
///
/// let same = Rules::from_bytes(&rules.to_bytes())?;
/// assert_eq!(same, rules);
/// # }
/// # Ok::<(), pilah::model::RulesError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Rules {
    table: Table,
    index: Index,
}

impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.table == other.table
    }
}

impl Eq for Rules {}

impl Default for Rules {
    /// Returns no rules, of no head.
    fn default() -> Self {
        Self::new(Table::default())
    }
}

/// The rules as data: what the byte form holds. Numbers refer to positions in the sorted tables before them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Table {
    head: String,
    order: Vec<String>,
    words: Vec<String>,
    patterns: Vec<Vec<u16>>,
    lists: Vec<Vec<u16>>,
    /// Lists of expressions that hide the shorter ones inside them.
    hides: Set,
    rules: Vec<Rule>,
}

/// One rule: when all its groups are found close together, the answer is at least its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    id: String,
    label: u8,
    window: u8,
    near: u8,
    groups: Vec<Set>,
    unless: Set,
    never: Set,
}

/// The expressions of several lists.
type Set = Vec<u16>;

impl Rule {
    /// Returns the rule's name, unique in its file.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the rank, counted from 0 in [`Rules::order`], of the label the rule raises to.
    pub fn rank(&self) -> usize {
        usize::from(self.label)
    }
}

/// A raise: which rule, to which rank, because of which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Position of the rule in [`Rules::iter`].
    pub rule: usize,
    /// Rank of the label raised to, above the rank that was asked about.
    pub rank: usize,
    /// The deciding words in the raw text: in reading order, not overlapping.
    pub spans: Vec<Span>,
}

impl Rules {
    /// Returns the strongest raise above `rank`, or nothing: the highest label first, then the first rule.
    ///
    /// `words` are the normalised words of `text`, whose punctuation tells sentences apart. Linear in the length of
    /// the text up to a logarithm; most texts contain nothing to look at twice.
    pub fn apply(&self, text: &str, words: &[Word<'_>], rank: usize) -> Option<Match> {
        let (spans, places, numbers) = self.noted(words);
        let text = RuleText { text, spans: &spans, places: &places, numbers: &numbers };
        let mut finder = Finder::default();
        let place = self.strongest(&text, rank, &mut finder)?;
        Some(Match { rule: place, rank: self.table.rules[place].rank(), spans: finder.spans })
    }

    /// Returns the position of the rule that [`Rules::apply`] finds; `finder` has its spans.
    pub(crate) fn strongest(&self, text: &RuleText<'_>, rank: usize, finder: &mut Finder) -> Option<usize> {
        // Nothing can be raised above the highest label that a rule has.
        let highest = self.index.ranked().first().and_then(|&rule| self.rule(rule.into()))?;
        let place = (highest.rank() > rank).then(|| finder.strongest(self, text, rank)).flatten()?;
        Some(self.index.ranked()[place].into())
    }

    /// Adds to `numbers` which words of the rules `word` is or begins with: what [`RuleText`] asks for.
    pub(crate) fn look_up(&self, word: &str, numbers: &mut Vec<u16>) {
        self.index.lookup(word, |number| numbers.push(number));
    }

    /// Returns spans, places and numbers of `words`, as [`RuleText`] has them.
    fn noted(&self, words: &[Word<'_>]) -> (Vec<Span>, Vec<(u32, u32)>, Vec<u16>) {
        let mut numbers = Vec::new();
        let place = |word: &Word<'_>| {
            let start = numbers.len() as u32;
            self.look_up(&word.text, &mut numbers);
            (start, numbers.len() as u32)
        };
        let places = words.iter().map(place).collect();
        (words.iter().map(|word| word.span).collect(), places, numbers)
    }

    /// Returns every rule that fires on `text`, strongest first: for tests and for tuning a file of rules.
    ///
    /// Nothing raises to the lowest label.
    pub fn all_matches(&self, text: &str, words: &[Word<'_>]) -> Vec<Match> {
        let (spans, places, numbers) = self.noted(words);
        let text = RuleText { text, spans: &spans, places: &places, numbers: &numbers };
        let (mut finder, mut from) = (Finder::default(), 0);
        finder.look(self, &text);
        let next = || {
            let place = finder.next(self, &text, 0, from)?;
            from = place + 1;
            let rule = usize::from(self.index.ranked()[place]);
            Some(Match { rule, rank: self.table.rules[rule].rank(), spans: finder.spans.clone() })
        };
        std::iter::from_fn(next).collect()
    }

    /// Returns the name of the head whose answer the rules raise.
    pub fn head(&self) -> &str {
        &self.table.head
    }

    /// Returns the head's labels from lowest to highest, as the rules rank them.
    pub fn order(&self) -> &[String] {
        &self.table.order
    }

    /// Returns the rule at position `rule`, as found in [`Match::rule`].
    pub fn rule(&self, rule: usize) -> Option<&Rule> {
        self.table.rules.get(rule)
    }

    /// Returns the rules in the order of their file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.table.rules.iter()
    }

    /// Returns how many rules there are.
    pub fn len(&self) -> usize {
        self.table.rules.len()
    }

    /// Returns whether there are no rules at all.
    pub fn is_empty(&self) -> bool {
        self.table.rules.is_empty()
    }

    /// Returns the byte form that a model file carries; the same rules always give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(&self.table)
    }

    /// Returns the rules that `bytes` hold.
    ///
    /// # Errors
    /// [`RulesError::Bytes`] where the bytes are not exactly what [`Rules::to_bytes`] writes. Time and memory are
    /// bounded by the number of bytes given.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RulesError> {
        bytes::read(bytes).map(Self::new)
    }

    /// Returns the rules written down in `toml`.
    ///
    /// # Errors
    /// [`RulesError::Toml`] where it is no TOML of the right shape; [`RulesError::Entry`] where an entry makes no
    /// sense, such as an unknown label or list.
    #[cfg(all(feature = "train", not(target_family = "wasm")))]
    pub fn from_toml(toml: &str) -> Result<Self, RulesError> {
        parse::parse(toml).map(Self::new)
    }

    fn new(table: Table) -> Self {
        let index = Index::new(&table);
        Self { table, index }
    }
}

/// Why rules cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// The text is no TOML, or its tables and values have the wrong names or types.
    #[error("rules: {message}")]
    Toml {
        /// The parser's own words, with line and column.
        message: String,
    },
    /// An entry of the TOML text makes no sense.
    #[error("rules: {place}: found {found}, expected {expected}")]
    Entry {
        /// Where it stands: the rule, list or field.
        place: String,
        /// What was found.
        found: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// The byte form is damaged.
    #[error("rules: byte {at}: found {found}, expected {expected}")]
    Bytes {
        /// How many bytes in.
        at: usize,
        /// What was found.
        found: String,
        /// What would have been right.
        expected: &'static str,
    },
}

//! Messages for measuring bulk triage, as many as wanted: pieces of `models/seed.jsonl` put together anew.
//!
//! ```text
//! cargo run --release --example generate -- 1000000 > rows.jsonl
//! cargo run --release --example generate -- 1000000 --duplicates 0.3 --seed 7 --truth > rows.jsonl
//! ```
//!
//! The same options give the same bytes, and more rows begin with the same rows. A row depends on its number alone, so
//! that a copy of a message from millions of rows ago is made again rather than kept.

mod dice;
mod stock;
mod words;

use clap::Parser;
use dice::{Dice, Use};
use jiff::{ToSpan, civil::date};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use stock::Stock;
use words::Words;

/// Seconds between two messages.
const PACE: u64 = 7;
/// Rows from the beginning of one chain letter to that of the next.
const CHAIN: u64 = 10_000;
/// How many rows back the copies go that are sent soon.
const SOON: u64 = 2_000;

/// Writes invented messages, one JSON object a line.
#[derive(Debug, Parser)]
struct Args {
    /// How many
    rows: u64,
    /// Share of messages that repeat an earlier one, half of them word for word: 0 to 0.9
    #[arg(long, default_value_t = 0.2)]
    duplicates: f64,
    /// Another number gives other messages
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Adds to copies the fields `copy` (`exact`, `near`) and `copy_of` (an id)
    #[arg(long)]
    truth: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    if !(0.0..=0.9).contains(&args.duplicates) {
        return Err(format!("--duplicates: found {}; expected 0 to 0.9", args.duplicates).into());
    }
    let stock = Stock::read(args.seed)?;
    let mut out = BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
    let (mut text, mut line) = (String::new(), String::new());
    for row in 0..args.rows {
        let origin = Origin::of(&args, row);
        text.clear();
        stock.compose(&mut Dice::new(args.seed, origin.row, Use::Text), &mut text);
        if origin.copy == Some(Copy::Near) {
            stock.words.alter(&mut text, &mut Dice::new(args.seed, row, Use::Change));
        }
        line.clear();
        envelope(&args, &stock.words, row, &origin, &text, &mut line)?;
        out.write_all(line.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// Writes the line of a row; `text` is escaped.
fn envelope(args: &Args, words: &Words, row: u64, origin: &Origin, text: &str, line: &mut String) -> std::fmt::Result {
    let mut dice = Dice::new(args.seed, row, Use::Envelope);
    let seconds = (row * PACE + dice.below(4 * PACE)).cast_signed();
    let time = date(2026, 1, 1).at(0, 0, 0, 0).saturating_add(seconds.seconds());
    let (first, last) = (dice.word(&words.first_names), dice.word(&words.last_names));
    write!(line, r#"{{"id":"m{row:08}","text":"{text}","time":"{time}+08:00","#)?;
    write!(line, r#""channel":"{}","sender":"{first} {last} {}""#, dice.word(&words.channels), dice.below(1000))?;
    if let (Some(copy), true) = (origin.copy, args.truth) {
        let copy = if copy == Copy::Exact { "exact" } else { "near" };
        write!(line, r#","copy":"{copy}","copy_of":"m{:08}""#, origin.row)?;
    }
    line.write_str("}\n")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Copy {
    Exact,
    Near,
}

/// Whose text a row has: its own, or that of an earlier row that is no copy itself.
struct Origin {
    row: u64,
    copy: Option<Copy>,
}

impl Origin {
    fn of(args: &Args, row: u64) -> Self {
        let (copy, mut dice) = Self::copy(args, row);
        if copy.is_none() {
            return Self { row, copy };
        }
        let mut from = match dice.below(20) {
            0 | 1 => row - row % CHAIN,
            2..=10 => row - 1 - dice.below(row.min(SOON)),
            _ => dice.below(row),
        };
        while Self::copy(args, from).0.is_some() {
            from -= 1;
        }
        Self { row: from, copy }
    }

    /// Chain letters are no copies; row 0 is one.
    fn copy(args: &Args, row: u64) -> (Option<Copy>, Dice) {
        let mut dice = Dice::new(args.seed, row, Use::Origin);
        let share = dice.next() as f64 / u64::MAX as f64;
        let copy = if share < args.duplicates / 2.0 { Copy::Exact } else { Copy::Near };
        let is_copy = share < args.duplicates && !row.is_multiple_of(CHAIN);
        (is_copy.then_some(copy), dice)
    }
}

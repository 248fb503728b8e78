//! What the measuring programs share: the words of a serving process, and the rows it learns from.
//!
//! A serving process loads a model, says `ready SECONDS`, and answers one line for each line it reads: see [`serve`] and
//! `benches/peers/README.md`.

pub mod rows;
mod serve;

pub use serve::{Answer, Rival, serve};

/// What a program of the bench ends with.
pub type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

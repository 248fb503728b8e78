//! `pilah tune`: it finds what is there to be found, the same each time, and goes on where it was stopped.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "tune/errors.rs"]
mod errors;
#[path = "tune/program.rs"]
mod program;
#[path = "tune/search.rs"]
mod search;
#[path = "model/tiny.rs"]
mod tiny;

//! `pilah ablate`, and the variants of recipes that it and `pilah tune` are made of.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "tune/program.rs"]
mod program;
#[path = "ablate/table.rs"]
mod table;
#[path = "model/tiny.rs"]
mod tiny;
#[path = "ablate/variant.rs"]
mod variant;

//! The morning report: its JSON form, its page, and what neither may ever do.

#![cfg(feature = "triage")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "triage_report/arbitrary.rs"]
mod arbitrary;
#[path = "triage_report/look.rs"]
mod look;
#[path = "triage_report/markup.rs"]
mod markup;
#[path = "triage_report/page.rs"]
mod page;
#[path = "triage_report/previous.rs"]
mod previous;
#[path = "triage_report/sample.rs"]
mod sample;

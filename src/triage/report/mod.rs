//! The morning report: what came, what is dangerous, who handles it, what is the same thing said forty times.
//!
//! [`html`] is read by people, [`json`] by programs and by the next run, which shows what changed.

mod calendar;
mod chart;
mod compare;
mod facts;
mod indonesian;
mod json;
mod page;

pub use facts::*;
pub use json::{PreviousError, json, read_previous};
pub use page::{head_title, html};

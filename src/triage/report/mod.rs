//! The morning report: what came, what is dangerous, who handles it, what is the same thing said forty times.

mod facts;

pub use facts::*;

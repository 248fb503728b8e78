//! The data team's bench: what makes the next model better than the last.
//!
//! | item | what it does |
//! |---|---|

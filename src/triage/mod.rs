//! Bulk triage: exports of many kinds in, one queue out.

pub mod read;
pub mod report;
pub mod row;

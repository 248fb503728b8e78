//! Holding out: rows of the train split that become dev where the data has none.

use super::collection::Part;
use crate::train::audit::Twins;
use crate::train::corpus::Record;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

/// Share that is held out where neither recipe nor command line says one.
pub(super) const SHARE: f32 = 0.1;
/// Fewest rows of the train split of which some are held out unasked: a tenth of fewer calibrates nothing.
pub(super) const FEWEST: usize = 200;

/// What was held out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HeldOutRows {
    /// The share wanted.
    pub share: f32,
    /// The rows that it made.
    pub rows: usize,
}

/// Makes `share` of the train rows dev; none where there are dev rows, or too few rows and no share is asked for.
///
/// A row's side hangs on the hash of its id (of its text without one) alone, so that it stays there when the data grows; rows
/// that say nearly the same go to one side together, by the least id of them.
pub(super) fn hold_out<'t>(
    records: &[Record],
    parts: &mut [Part],
    share: Option<f32>,
    twins: impl FnOnce() -> &'t Twins,
) -> Option<HeldOutRows> {
    let rows = parts.iter().filter(|part| **part == Part::Train).count();
    let has_dev = parts.contains(&Part::Dev);
    let wanted = share.unwrap_or(if rows < FEWEST { 0.0 } else { SHARE });
    if has_dev || wanted <= 0.0 {
        return None;
    }
    let families = twins().families();
    let mut least: Vec<Option<&str>> = vec![None; records.len()];
    for (at, record) in records.iter().enumerate().filter(|(at, _)| parts[*at] == Part::Train) {
        let key = record.id.as_deref().unwrap_or(&record.text);
        let family = &mut least[families[at]];
        *family = Some(family.map_or(key, |other| other.min(key)));
    }
    let limit = (f64::from(wanted) * 2f64.powi(64)) as u64;
    let mut held = 0;
    for (at, part) in parts.iter_mut().enumerate().filter(|(_, part)| **part == Part::Train) {
        if least[families[at]].is_some_and(|key| xxh3_64(key.as_bytes()) < limit) {
            *part = Part::Dev;
            held += 1;
        }
    }
    Some(HeldOutRows { share: wanted, rows: held })
}

//! [`Gauge`]: how far a run is, for whoever wants to show it.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Stage {
    /// Reading and classifying.
    Sorting,
    /// Looking for duplicates.
    Grouping,
    /// Writing the queue.
    Writing,
}

/// How far a run is; read it from another thread.
#[derive(Debug, Default)]
pub struct Gauge {
    stage: AtomicU8,
    rows: AtomicU64,
    /// Bytes of the inputs before the one being read, and of that one.
    before: AtomicU64,
    bytes: AtomicU64,
    input: AtomicU64,
    total_bytes: AtomicU64,
    done: AtomicU64,
    total: AtomicU64,
}

impl Gauge {
    /// Returns what the run is doing.
    pub fn stage(&self) -> Stage {
        match self.stage.load(Ordering::Relaxed) {
            0 => Stage::Sorting,
            1 => Stage::Grouping,
            _ => Stage::Writing,
        }
    }

    /// Returns the messages sorted so far, those of an interrupted run not among them.
    pub fn rows(&self) -> u64 {
        self.rows.load(Ordering::Relaxed)
    }

    /// Returns the share of the stage that is done, in 0..=1; none where nobody can know, as with standard input.
    pub fn share(&self) -> Option<f64> {
        let of = |done: u64, total: u64| (total > 0).then(|| (done as f64 / total as f64).min(1.0));
        match self.stage() {
            Stage::Sorting => {
                let read = self.before.load(Ordering::Relaxed) + self.bytes.load(Ordering::Relaxed);
                of(read, self.total_bytes.load(Ordering::Relaxed))
            }
            _ => of(self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed)),
        }
    }

    pub(super) fn begin(&self, stage: Stage, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.stage.store(stage as u8, Ordering::Relaxed);
    }

    pub(super) fn set_total_bytes(&self, bytes: u64) {
        self.total_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Tells that `bytes` of the input with this number have been read.
    pub(super) fn set_bytes(&self, input: usize, bytes: u64) {
        if self.input.swap(input as u64, Ordering::Relaxed) != input as u64 {
            self.before.fetch_add(self.bytes.load(Ordering::Relaxed), Ordering::Relaxed);
        }
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    pub(super) fn add_rows(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    pub(super) fn set_done(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }
}

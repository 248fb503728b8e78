//! [`Gauge`]: how far a run is, for whoever wants to show it.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

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
    /// Bytes that an interrupted run had read.
    old: AtomicU64,
    is_new: AtomicBool,
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
    ///
    /// While sorting, what an interrupted run had sorted counts for nothing: it takes next to no time.
    pub fn share(&self) -> Option<f64> {
        let of = |done: u64, total: u64| (total > 0).then(|| (done as f64 / total as f64).min(1.0));
        let load = |number: &AtomicU64| number.load(Ordering::Relaxed);
        match self.stage() {
            Stage::Sorting => {
                let old = load(&self.old);
                let read = load(&self.before) + load(&self.bytes);
                of(read.saturating_sub(old), load(&self.total_bytes).saturating_sub(old))
            }
            _ => of(load(&self.done), load(&self.total)),
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

    /// Tells that `bytes` of the input at hand have been read.
    pub(super) fn set_bytes(&self, bytes: u64) {
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// Tells that the input at hand, of `size` bytes, has been read.
    pub(super) fn end_of_input(&self, size: Option<u64>) {
        self.before.fetch_add(size.unwrap_or(0), Ordering::Relaxed);
        self.set_bytes(0);
    }

    /// Tells that from here on records are new.
    pub(super) fn begin_new(&self) {
        if !self.is_new.swap(true, Ordering::Relaxed) {
            let read = self.before.load(Ordering::Relaxed) + self.bytes.load(Ordering::Relaxed);
            self.old.store(read, Ordering::Relaxed);
        }
    }

    pub(super) fn add_rows(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    pub(super) fn set_done(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }
}

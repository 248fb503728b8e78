//! The first stage: records in, sealed segments out.
//!
//! One thread cuts the inputs into batches of records; the others read, classify and encode them; the caller's thread puts
//! the parts back into their order and fills segments, which another one seals. What comes out does not depend on how many
//! threads there are.

mod batch;
mod cutter;

use super::encode::{Encoder, json_string};
use super::gauge::Gauge;
use super::schema::Settings;
use super::segment::{Full, Manifest, Mark, Part, Segment};
use super::work::Work;
use super::{Options, TriageError, duplicates::Sketcher};
use crate::read::Source;
use batch::Batch;
use crossbeam_channel::{Receiver, Sender, bounded};
use cutter::Cutter;
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

/// Batches that may be under way for each thread that reads them, and in all; bounds the memory.
const UNDER_WAY: usize = 6;
const MOST_UNDER_WAY: usize = 96;
/// The most threads that read batches: with more, most would wait for the one that cuts.
const MOST_JOBS: usize = 64;

/// What reaches the caller's thread, each with the number of its turn.
enum Turn {
    /// A batch read, and how far the input was read.
    Part(Mark, Box<Part>),
    /// Reading a batch panicked, with this.
    Panic(Box<dyn Any + Send>),
    /// Reading ended.
    End(Result<(), TriageError>),
}

/// Turns in the order of their numbers.
struct InOrder {
    turns: Receiver<(u64, Turn)>,
    permits: Receiver<()>,
    early: BTreeMap<u64, Turn>,
    next: u64,
}

impl Iterator for InOrder {
    type Item = Turn;

    fn next(&mut self) -> Option<Turn> {
        loop {
            if let Some(turn) = self.early.remove(&self.next) {
                self.next += 1;
                // The batch is no longer under way. The end of reading had no permit.
                let _ = self.permits.try_recv();
                return Some(turn);
            }
            let (number, turn) = self.turns.recv().ok()?;
            self.early.insert(number, turn);
        }
    }
}

/// What the stage works on.
pub(super) struct Ingest<'i> {
    /// The inputs in their order.
    pub(super) sources: &'i [Source],
    /// The run's options.
    pub(super) options: &'i Options,
    /// What decides the content of lines.
    pub(super) settings: Settings<'i>,
    /// Where segments go.
    pub(super) work: &'i Work,
    /// Told how far the work is.
    pub(super) gauge: &'i Gauge,
}

impl Ingest<'_> {
    /// Reads what follows the segment `sealed`, and seals segments until the input ends.
    ///
    /// # Errors
    /// The first [`TriageError`] in the order of the records; what was sealed before stays.
    pub(super) fn run(&self, sealed: Option<Manifest>) -> Result<(), TriageError> {
        let done = Done::of(sealed.as_ref());
        let segment = Segment::after(sealed, self.options.checkpoint_rows);
        let jobs = self.options.jobs.clamp(1, MOST_JOBS);
        let limit = (jobs * UNDER_WAY).min(MOST_UNDER_WAY);
        let names: Vec<Vec<u8>> = self.sources.iter().enumerate().map(|(at, source)| self.name(at, source)).collect();
        let (batches_in, batches) = bounded::<Batch>(limit);
        let (turns_in, turns) = bounded(2 * limit);
        // Parts whose memory can be used again.
        let (spares_in, spares) = bounded(limit);
        // A batch takes a permit before it is cut and gives it back when its part is in the segment.
        let (permits_in, permits) = bounded(limit);
        thread::scope(|scope| {
            for _ in 0..jobs {
                let (batches, spares, turns, names) = (batches.clone(), spares.clone(), turns_in.clone(), &names);
                scope.spawn(move || self.work_off(names, &batches, &spares, &turns));
            }
            drop(batches);
            scope.spawn(move || {
                let mut cutter = Cutter::new(self, done, batches_in, permits_in);
                let end = cutter.cut_all();
                // Nobody listens any more where the caller's thread failed itself.
                let _ = turns_in.send((cutter.batches(), Turn::End(end)));
            });
            self.collect(segment, InOrder { turns, permits, early: BTreeMap::new(), next: 0 }, &spares_in)
        })
    }

    /// Reads batches until there are no more, or nobody wants them.
    fn work_off(
        &self,
        names: &[Vec<u8>],
        batches: &Receiver<Batch>,
        spares: &Receiver<Box<Part>>,
        turns: &Sender<(u64, Turn)>,
    ) {
        let encoder = Encoder::new(self.settings);
        let (mut session, mut sketcher) = (self.settings.classifier.session(), Sketcher::new());
        for batch in batches {
            // A turn that never comes would leave the other threads waiting for ever.
            let mut part = spares.try_recv().unwrap_or_default();
            part.clear();
            let read = || batch.read(&names[batch.source], &encoder, &mut session, &mut sketcher, &mut part);
            let turn = match catch_unwind(AssertUnwindSafe(read)) {
                Ok(()) => Turn::Part(batch.mark, part),
                Err(panic) => Turn::Panic(panic),
            };
            if turns.send((batch.number, turn)).is_err() {
                return;
            }
        }
    }

    /// Returns what an input is called, as a JSON string.
    fn name(&self, at: usize, source: &Source) -> Vec<u8> {
        let mut name = Vec::new();
        json_string(&self.settings.shown_name(at, &source.name), &mut name);
        name
    }

    /// Makes segments of parts. A thread of its own seals them, one after the other, while the next one is filled.
    fn collect(&self, segment: Segment, turns: InOrder, spares: &Sender<Box<Part>>) -> Result<(), TriageError> {
        thread::scope(|scope| {
            let (full_in, full) = bounded::<Full>(0);
            let sealer = scope.spawn(move || full.into_iter().try_for_each(|full| full.seal(self.work)));
            let filled = self.fill(segment, turns, &full_in, spares);
            drop(full_in);
            // Where both failed, sealing did first: filling only noticed.
            sealer.join().unwrap_or_else(|panic| resume_unwind(panic)).and(filled)
        })
    }

    /// Fills segments and hands them to the thread that seals them; ends when that has failed, which then tells why.
    fn fill(
        &self,
        mut segment: Segment,
        turns: InOrder,
        sealer: &Sender<Full>,
        spares: &Sender<Box<Part>>,
    ) -> Result<(), TriageError> {
        for turn in turns {
            match turn {
                Turn::Part(mark, part) => {
                    if self.options.strict
                        && let Some(reject) = part.first_reject()
                    {
                        return Err(TriageError::Strict(reject));
                    }
                    segment.add(&part, mark)?;
                    self.gauge.add_rows(part.entries.len() as u64);
                    let _ = spares.try_send(part);
                    if segment.is_full() && sealer.send(segment.take(false)).is_err() {
                        return Ok(());
                    }
                }
                Turn::Panic(panic) => resume_unwind(panic),
                // An earlier run had read it all, and nothing has changed.
                Turn::End(Ok(())) if segment.is_after_last() => return Ok(()),
                Turn::End(end) => {
                    if end.is_ok() || !segment.is_empty() {
                        let _ = sealer.send(segment.take(end.is_ok()));
                    }
                    return end;
                }
            }
        }
        // The thread that cuts panicked, and the scope will say so. Nothing was sealed with a part missing.
        Ok(())
    }
}

/// What an earlier run has read.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    mark: Mark,
    /// Whether that was everything.
    is_all: bool,
}

impl Done {
    fn of(sealed: Option<&Manifest>) -> Self {
        sealed.map_or(Self::default(), |last| Self { mark: last.mark, is_all: last.last })
    }
}

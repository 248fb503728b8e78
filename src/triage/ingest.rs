//! The first stage: records in, sealed segments out.
//!
//! One thread cuts the inputs into batches of records; the others read, classify and encode them; the caller's thread puts
//! the parts back into their order and seals segments. What comes out does not depend on how many threads there are.

mod batch;
mod cutter;

use super::encode::{Encoder, json_string};
use super::gauge::Gauge;
use super::read::Source;
use super::schema::Settings;
use super::segment::{Manifest, Mark, Part, Segment};
use super::work::Work;
use super::{Options, TriageError, duplicates::Sketcher};
use batch::Batch;
use crossbeam_channel::{Receiver, Sender, bounded};
use cutter::Cutter;
use std::collections::BTreeMap;
use std::thread;

/// Batches that may be under way for each thread that reads them; bounds the memory.
const UNDER_WAY: usize = 6;

/// What reaches the caller's thread, each with the number of its turn.
enum Turn {
    /// A batch read, and how far the input was read.
    Part(Mark, Box<Part>),
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
        let done = sealed.as_ref().map_or(Mark::default(), |manifest| manifest.mark);
        let segment = Segment::after(sealed, self.options.checkpoint_rows);
        let jobs = self.options.jobs.max(1);
        let limit = jobs * UNDER_WAY;
        let (batches_in, batches) = bounded::<Batch>(limit);
        let (turns_in, turns) = bounded(2 * limit);
        // A batch takes a permit before it is cut and gives it back when its part is in the segment.
        let (permits_in, permits) = bounded(limit);
        thread::scope(|scope| {
            for _ in 0..jobs {
                let (batches, turns) = (batches.clone(), turns_in.clone());
                scope.spawn(move || self.work_off(&batches, &turns));
            }
            drop(batches);
            scope.spawn(move || {
                let mut cutter = Cutter::new(self, done, batches_in, permits_in);
                let end = cutter.cut_all();
                // Nobody listens any more where the caller's thread failed itself.
                let _ = turns_in.send((cutter.batches(), Turn::End(end)));
            });
            self.collect(segment, InOrder { turns, permits, early: BTreeMap::new(), next: 0 })
        })
    }

    /// Reads batches until there are no more, or nobody wants them.
    fn work_off(&self, batches: &Receiver<Batch>, turns: &Sender<(u64, Turn)>) {
        let encoder = Encoder::new(self.settings);
        let mut sketcher = Sketcher::new();
        let names: Vec<Vec<u8>> =
            self.sources.iter().map(|source| json(&self.settings.shown_name(&source.name))).collect();
        for batch in batches {
            let source_json = &names[batch.source];
            let part = batch.read(source_json, &encoder, &mut sketcher);
            if turns.send((batch.number, Turn::Part(batch.mark, Box::new(part)))).is_err() {
                return;
            }
        }
    }

    /// Seals segments of parts.
    fn collect(&self, mut segment: Segment, turns: InOrder) -> Result<(), TriageError> {
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
                    if segment.is_full() {
                        segment.seal(self.work, false)?;
                    }
                }
                Turn::End(Ok(())) => return segment.seal(self.work, true),
                Turn::End(Err(error)) if segment.is_empty() => return Err(error),
                Turn::End(Err(error)) => return segment.seal(self.work, false).and(Err(error)),
            }
        }
        // A thread panicked, and the scope will say so. Nothing was sealed with a part missing.
        Ok(())
    }
}

fn json(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    json_string(text, &mut out);
    out
}

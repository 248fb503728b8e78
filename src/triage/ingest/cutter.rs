//! [`Cutter`]: the thread that cuts the inputs into batches.

use super::super::TriageError;
use super::super::segment::Mark;
use super::batch::Batch;
use super::{Done, Ingest};
use crate::read::{Opened, Position, ReadError, ReadOptions, Record, Reject, Source, open};
use crossbeam_channel::Sender;
use std::io;
use std::sync::atomic::Ordering;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Records between two looks at how much has been read.
const LOOK: u64 = 256;

/// Cuts the inputs into batches of records.
pub(super) struct Cutter<'r> {
    ingest: &'r Ingest<'r>,
    options: ReadOptions,
    /// How far an earlier run came: records up to there are only compared.
    done: Done,
    mark: Mark,
    next: u64,
    batches: Sender<Batch>,
    permits: Sender<()>,
}

/// Why cutting ends before the inputs do.
enum Stop {
    /// An input or the disk failed.
    Failed(TriageError),
    /// The other threads are gone: one of them failed, and tells why.
    Gone,
}

impl From<TriageError> for Stop {
    fn from(error: TriageError) -> Self {
        Self::Failed(error)
    }
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Self::Failed(error.into())
    }
}

impl<'r> Cutter<'r> {
    /// Returns the cutter of the inputs of `ingest`, of which an earlier run has `done` some.
    pub(super) fn new(ingest: &'r Ingest<'r>, done: Done, batches: Sender<Batch>, permits: Sender<()>) -> Self {
        let options = ReadOptions {
            text_column: ingest.options.text_column.clone(),
            utc_offset: ingest.options.utc_offset,
            spool: ingest.work.folder().to_owned(),
        };
        Self { ingest, options, done, mark: Mark::default(), next: 0, batches, permits }
    }

    /// Returns how many batches were handed over.
    pub(super) fn batches(&self) -> u64 {
        self.next
    }

    /// Cuts all inputs. What is the fault of the data of one input is a reject, and the next input is read.
    pub(super) fn cut_all(&mut self) -> Result<(), TriageError> {
        match self.try_all() {
            Ok(()) | Err(Stop::Gone) => Ok(()),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    fn try_all(&mut self) -> Result<(), Stop> {
        let sources = self.ingest.sources;
        // Hours may pass before it is their turn: say now what cannot be read.
        for source in sources.iter().filter(|source| source.named && source.size.is_some()) {
            open(source, &self.options)?;
        }
        for (number, source) in sources.iter().enumerate() {
            match open(source, &self.options) {
                Ok(opened) => {
                    // A renamed column changes no record, but what it means.
                    self.mark.digest = xxh3_64_with_seed(&opened.head.to_le_bytes(), self.mark.digest);
                    self.cut(number, source, opened)?;
                }
                // What lies in a folder need not be an export, nor a whole one.
                Err(error) if !source.named && error.is_of_source() => self.refuse(number, &error)?,
                Err(error) => return Err(error.into()),
            }
        }
        match self.mark.records < self.done.mark.records {
            true => Err(TriageError::Changed { name: "the input".to_owned() }.into()),
            false => Ok(()),
        }
    }

    fn cut(&mut self, number: usize, source: &Source, mut opened: Opened) -> Result<(), Stop> {
        let mut record = Record { position: Position::Line(0), bytes: Vec::new(), reject: None };
        let fresh = || Batch::new(number, Some(opened.shape.clone()));
        let mut batch = fresh();
        loop {
            record.reject = None;
            let more = match opened.cut.next(&mut record) {
                Ok(more) => more,
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => {
                    record.bytes.clear();
                    record.reject = Some(Reject(format!("the rest of the file cannot be read: {error}")));
                    self.take(&record, source, &mut batch)?;
                    return self.hand_over(batch);
                }
                Err(error) => {
                    self.hand_over(batch)?;
                    return Err(TriageError::Input { name: source.name.clone(), source: error }.into());
                }
            };
            if !more {
                self.ingest.gauge.end_of_input(source.size);
                return self.hand_over(batch);
            }
            self.take(&record, source, &mut batch)?;
            if self.mark.records.is_multiple_of(LOOK) {
                self.ingest.gauge.set_bytes(opened.consumed.load(Ordering::Relaxed));
            }
            if batch.is_full() {
                self.hand_over(std::mem::replace(&mut batch, fresh()))?;
            }
        }
    }

    /// Takes the record into the batch, or compares it with what an earlier run read.
    fn take(&mut self, record: &Record, source: &Source, batch: &mut Batch) -> Result<(), TriageError> {
        self.mark.records += 1;
        self.mark.digest = xxh3_64_with_seed(&record.bytes, self.mark.digest);
        let done = self.done.mark;
        let is_new = self.mark.records > done.records;
        let is_other = self.mark.records == done.records && self.mark != done;
        if is_other || (is_new && self.done.is_all) {
            return Err(TriageError::Changed { name: source.name.clone() });
        }
        if is_new {
            self.ingest.gauge.begin_new();
            batch.push(record);
        }
        Ok(())
    }

    /// Tells in the file of rejects that an input found in a folder cannot be read.
    fn refuse(&mut self, number: usize, why: &ReadError) -> Result<(), Stop> {
        let mut batch = Batch::new(number, None);
        let source = &self.ingest.sources[number];
        let shown = self.ingest.settings.shown_name(number, &source.name);
        let reject = Some(Reject(why.to_string().replace(&source.name, &shown)));
        let record = Record { position: Position::Offset(0), bytes: Vec::new(), reject };
        self.take(&record, source, &mut batch)?;
        self.hand_over(batch)
    }

    fn hand_over(&mut self, mut batch: Batch) -> Result<(), Stop> {
        if batch.is_empty() {
            return Ok(());
        }
        (batch.number, batch.mark) = (self.next, self.mark);
        self.next += 1;
        self.permits.send(()).map_err(|_| Stop::Gone)?;
        self.batches.send(batch).map_err(|_| Stop::Gone)
    }
}

//! The first stage: records in, sealed segments out.
//!
//! One thread cuts the inputs into batches of records; the others read, classify and encode them; the caller's thread puts
//! the parts back into their order and seals segments. What comes out does not depend on how many threads there are.

use super::encode::{Encoder, Origin, json_string};
use super::gauge::Gauge;
use super::read::{Opened, Position, ReadError, ReadOptions, Record, Reject, Shape, Source, open};
use super::schema::Settings;
use super::segment::{Manifest, Mark, Part, Segment};
use super::work::Work;
use super::{Options, TriageError, duplicates::Sketcher};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A batch is handed over when it has this many bytes or records.
const BATCH_BYTES: usize = 192 << 10;
const BATCH_RECORDS: usize = 512;
/// Batches that may be under way for each thread that reads them; bounds the memory.
const UNDER_WAY: usize = 6;

/// Records of one input.
struct Batch {
    number: u64,
    source: usize,
    /// None where the input is of no known kind, and every record a reject.
    shape: Option<Arc<dyn Shape>>,
    bytes: Vec<u8>,
    records: Vec<Cutting>,
    /// How far the input has been read behind the last record.
    mark: Mark,
}

/// A record in a batch.
struct Cutting {
    position: Position,
    bytes: Range<usize>,
    reject: Option<Reject>,
}

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
                let (mark, next) = (Mark::default(), 0);
                let mut reader = Reader { ingest: self, done, mark, next, batches: batches_in, permits: permits_in };
                let end = reader.read_all().map(drop);
                // Nobody listens any more where the caller's thread failed itself.
                let _ = turns_in.send((reader.next, Turn::End(end)));
            });
            self.collect(segment, InOrder { turns, permits, early: BTreeMap::new(), next: 0 })
        })
    }

    /// Reads batches until there are no more, or nobody wants them.
    fn work_off(&self, batches: &Receiver<Batch>, turns: &Sender<(u64, Turn)>) {
        let encoder = Encoder::new(self.settings);
        let mut sketcher = Sketcher::new();
        let names: Vec<Vec<u8>> = self.sources.iter().map(|source| json(&source.name)).collect();
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

/// The thread that cuts.
struct Reader<'r> {
    ingest: &'r Ingest<'r>,
    /// How far an earlier run came: records up to there are only compared.
    done: Mark,
    mark: Mark,
    next: u64,
    batches: Sender<Batch>,
    permits: Sender<()>,
}

/// The other threads are gone: one of them failed, and tells why.
struct Gone;

impl Reader<'_> {
    /// Cuts all inputs. An error that is the fault of the data of one input is a reject, and the next input is read.
    fn read_all(&mut self) -> Result<Option<Gone>, TriageError> {
        let options = ReadOptions {
            text_column: self.ingest.options.text_column.clone(),
            utc_offset: self.ingest.options.utc_offset,
            spool: self.ingest.work.folder().to_owned(),
        };
        for (number, source) in self.ingest.sources.iter().enumerate() {
            let gone = match open(source, &options) {
                Ok(opened) => self.read(number, source, opened)?,
                // What lies in a folder need not be an export.
                Err(error @ ReadError::Unknown { .. }) if !source.named => self.refuse(number, &error.to_string())?,
                Err(error) => return Err(error.into()),
            };
            if gone.is_some() {
                return Ok(gone);
            }
        }
        match self.mark.records < self.done.records {
            true => Err(TriageError::Changed { name: "the input".to_owned() }),
            false => Ok(None),
        }
    }

    fn read(&mut self, number: usize, source: &Source, mut opened: Opened) -> Result<Option<Gone>, TriageError> {
        let mut record = Record { position: Position::Line(0), bytes: Vec::new(), reject: None };
        let mut batch = self.batch(number, Some(&opened.shape));
        loop {
            record.reject = None;
            let more = match opened.cut.next(&mut record) {
                Ok(more) => more,
                Err(error) if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => {
                    record.bytes.clear();
                    record.reject = Some(Reject(format!("the rest of the file cannot be read: {error}")));
                    self.take(&record, source, &mut batch)?;
                    false
                }
                Err(error) => {
                    self.hand_over(batch);
                    return Err(TriageError::Input { name: source.name.clone(), source: error });
                }
            };
            if more {
                self.take(&record, source, &mut batch)?;
            }
            if !more || batch.bytes.len() >= BATCH_BYTES || batch.records.len() >= BATCH_RECORDS {
                self.ingest.gauge.set_bytes(number, opened.consumed.load(Ordering::Relaxed));
                let fresh = self.batch(number, Some(&opened.shape));
                if let Some(gone) = self.hand_over(std::mem::replace(&mut batch, fresh)) {
                    return Ok(Some(gone));
                }
            }
            if !more {
                return Ok(None);
            }
        }
    }

    /// Takes the record into the batch, or compares it with what an earlier run read.
    fn take(&mut self, record: &Record, source: &Source, batch: &mut Batch) -> Result<(), TriageError> {
        self.mark.records += 1;
        self.mark.digest = xxh3_64_with_seed(&record.bytes, self.mark.digest);
        if self.mark.records <= self.done.records {
            return match self.mark.records == self.done.records && self.mark != self.done {
                true => Err(TriageError::Changed { name: source.name.clone() }),
                false => Ok(()),
            };
        }
        let start = batch.bytes.len();
        batch.bytes.extend_from_slice(&record.bytes);
        let bytes = start..batch.bytes.len();
        batch.records.push(Cutting { position: record.position, bytes, reject: record.reject.clone() });
        Ok(())
    }

    /// Tells in the file of rejects that an input found in a folder is of no known kind.
    fn refuse(&mut self, number: usize, why: &str) -> Result<Option<Gone>, TriageError> {
        let mut batch = self.batch(number, None);
        let record = Record { position: Position::Offset(0), bytes: Vec::new(), reject: Some(Reject(why.to_owned())) };
        self.take(&record, &self.ingest.sources[number], &mut batch)?;
        Ok(self.hand_over(batch))
    }

    fn batch(&self, source: usize, shape: Option<&Arc<dyn Shape>>) -> Batch {
        let (bytes, records) = (Vec::new(), Vec::new());
        Batch { number: 0, source, shape: shape.map(Arc::clone), bytes, records, mark: Mark::default() }
    }

    fn hand_over(&mut self, batch: Batch) -> Option<Gone> {
        if batch.records.is_empty() {
            return None;
        }
        let batch = Batch { number: self.next, mark: self.mark, ..batch };
        self.next += 1;
        let sent = self.permits.send(()).is_ok() && self.batches.send(batch).is_ok();
        (!sent).then_some(Gone)
    }
}

impl Batch {
    /// Returns what the batch's records become.
    fn read(&self, source_json: &[u8], encoder: &Encoder<'_>, sketcher: &mut Sketcher) -> Part {
        let mut part = Part { tally: (self.source, Default::default()), ..Part::default() };
        let mut sketch = Default::default();
        for record in &self.records {
            let read = match (&record.reject, &self.shape) {
                (Some(reject), _) => Err(reject.clone()),
                (None, Some(shape)) => shape.row(&self.bytes[record.bytes.clone()]),
                (None, None) => Ok(None),
            };
            match read {
                Ok(Some(row)) => {
                    sketcher.sketch(&row.text, &mut sketch);
                    part.sketches.push(&sketch);
                    let origin = Origin { source_json, source: self.source as u32, position: record.position };
                    encoder.encode(row, &origin, &mut part);
                }
                Ok(None) => part.tally.1.passed_over += 1,
                Err(reject) => refuse(source_json, record.position, &reject, &mut part),
            }
        }
        part
    }
}

/// Adds a line to the file of rejects.
fn refuse(source_json: &[u8], position: Position, reject: &Reject, part: &mut Part) {
    let out = &mut part.rejects;
    let (unit, value) = match position {
        Position::Line(line) => ("line", line),
        Position::Offset(offset) => ("offset", offset),
        Position::Record(record) => ("record", record),
    };
    out.extend_from_slice(b"{\"file\":");
    out.extend_from_slice(source_json);
    out.extend_from_slice(format!(",\"{unit}\":{value},\"reason\":").as_bytes());
    json_string(&reject.0, out);
    out.extend_from_slice(b"}\n");
    part.tally.1.rejected += 1;
}

fn json(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    json_string(text, &mut out);
    out
}

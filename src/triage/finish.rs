//! The last stage: from the merged segments to the files that people get, each of which appears whole or not at all.

use super::Options;
use super::TriageError;
use super::count::Counter;
use super::gauge::{Gauge, Stage};
use super::merge::{Merge, Ranked, Run};
use super::read::Source;
use super::report::{self, Facts};
use super::row::Value;
use super::schema::Settings;
use super::segment::{Manifest, Tally, save};
use super::work::Work;
use super::write::{Columns, Output, Schema, create};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Rows between two looks at the gauge.
const TOLD: u64 = 4096;

/// Writes all that a run leaves.
pub(super) fn finish(
    work: &Work,
    sealed: &[Manifest],
    sources: &[Source],
    options: &Options,
    settings: Settings<'_>,
    gauge: &Gauge,
) -> Result<Facts, TriageError> {
    let Some(last) = sealed.last() else { return Err(missing(work)) };
    gauge.begin(Stage::Writing, u64::from(last.first_row + last.rows));
    let mut counter = Counter::new(settings, &last.text_columns);
    let mut drafts = Drafts { work, finished: Vec::new() };
    write_queue(work, sealed, options, settings, &mut counter, gauge, &drafts.path(&options.out))?;
    drafts.finished.push(options.out.clone());
    let rejects = |out: &mut BufWriter<File>| {
        let mut files = sealed.iter().map(|manifest| File::open(work.rejects(manifest.number)));
        files.try_for_each(|file| io::copy(&mut file?, out).map(drop))
    };
    drafts.add(&options.rejected, rejects)?;
    let tallies = sources.iter().enumerate().map(|(at, source)| {
        let tally: Tally = last.sources.get(at).copied().unwrap_or_default();
        (source.name.clone(), tally)
    });
    let facts = counter.finish(settings.classifier.model().fingerprint(), &tallies.collect::<Vec<_>>());
    for path in &options.reports {
        let text = match path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            true => report::json(&facts).map_err(io::Error::from).map_err(TriageError::file("write", path))?,
            false => report::html(&facts, options.previous.as_ref()),
        };
        drafts.add(path, |out| out.write_all(text.as_bytes()))?;
    }
    drafts.publish()?;
    Ok(facts)
}

fn missing(work: &Work) -> TriageError {
    TriageError::Damaged { path: work.folder().to_owned(), what: "found no sealed segment; expected one".to_owned() }
}

/// Files that are written but not where people look yet.
struct Drafts<'d> {
    work: &'d Work,
    finished: Vec<PathBuf>,
}

impl Drafts<'_> {
    /// Returns where the draft of `path` is: beside it where it goes to another folder than the output, so that renaming works.
    fn path(&self, path: &Path) -> PathBuf {
        let mut name = std::ffi::OsString::from(path.file_name().unwrap_or_default());
        name.push(".draft");
        match self.work.folder().parent() == path.parent() {
            true => self.work.folder().join(name),
            false => path.with_file_name(name),
        }
    }

    fn add(
        &mut self,
        path: &Path,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), TriageError> {
        save(&self.path(path), write)?;
        self.finished.push(path.to_owned());
        Ok(())
    }

    /// Puts all files in place.
    fn publish(self) -> Result<(), TriageError> {
        for path in &self.finished {
            fs::rename(self.path(path), path).map_err(TriageError::file("write", path))?;
        }
        Ok(())
    }
}

/// Writes the rows in their order: the queue, the other reports of its groups, what is no report.
fn write_queue(
    work: &Work,
    sealed: &[Manifest],
    options: &Options,
    settings: Settings<'_>,
    counter: &mut Counter<'_>,
    gauge: &Gauge,
    path: &Path,
) -> Result<(), TriageError> {
    let Some(last) = sealed.last() else { return Err(missing(work)) };
    let columns = all_columns(settings, last);
    let heads = settings.heads().iter().map(|head| {
        let labels = head.labels().iter().map(|label| (label.id.clone(), label.name.clone()));
        (head.name().to_owned(), labels.collect())
    });
    let heads: Vec<(String, Vec<(String, String)>)> = heads.collect();
    let most_urgent = settings.urgency().and_then(|at| Some((heads[at].0.clone(), heads[at].1.last()?.0.clone())));
    let schema = Schema { columns: &columns, text_columns: &last.text_columns, heads: &heads, most_urgent };
    let mut queue = Queue {
        out: create(options.format, path, &schema)?,
        rank: 0,
        line: Vec::new(),
        others: Some(Others::new(work.folder().join("others"))?),
    };
    let runs = sealed.iter().map(|manifest| Run::segment(work, manifest.number, manifest.rows)).collect();
    let mut merge = Merge::new(runs, work)?;
    let (mut tail, mut done) = (Vec::new(), 0);
    while let Some(ranked) = merge.next(&mut tail)? {
        counter.add(&ranked, queue.add(&ranked, &tail)?);
        done += 1;
        if done % TOLD == 0 {
            gauge.set_done(done);
        }
    }
    queue.finish()
}

/// Returns the run's own columns, then the input's.
fn all_columns(settings: Settings<'_>, last: &Manifest) -> Columns {
    let mut columns = Columns::default();
    for (name, sample) in settings.own_columns() {
        let value = match sample {
            "\"\"" => Value::Text("".into()),
            sample => Value::Json(sample.into()),
        };
        columns.note(&name, &value);
    }
    columns.merge(&last.columns);
    columns
}

/// The output, in its three sections.
struct Queue {
    out: Box<dyn Output>,
    rank: u64,
    line: Vec<u8>,
    /// Reports that stand behind the queue; none once they are written.
    others: Option<Others>,
}

impl Queue {
    /// Adds the next row and returns its whole line.
    fn add(&mut self, ranked: &Ranked, tail: &[u8]) -> Result<&[u8], TriageError> {
        let (row, first) = (ranked.entry.key.row(), ranked.group.representative);
        let queued = ranked.entry.key.is_report() && first == row;
        self.line.clear();
        self.line.extend_from_slice(b"{\"pilah_rank\":");
        self.rank += u64::from(queued);
        number(queued.then_some(self.rank), &mut self.line);
        self.line.extend_from_slice(b",\"pilah_duplicates\":");
        number(Some(ranked.group.rows.into()), &mut self.line);
        self.line.extend_from_slice(b",\"pilah_duplicate_of\":");
        number((first != row).then_some(u64::from(first) + 1), &mut self.line);
        self.line.extend_from_slice(b",\"pilah_row\":");
        number(Some(u64::from(row) + 1), &mut self.line);
        self.line.extend_from_slice(tail);
        if !ranked.entry.key.is_report() {
            self.end_of_reports()?;
        }
        match &mut self.others {
            Some(others) if !queued => others.push(&self.line)?,
            _ => self.out.write(&self.line)?,
        }
        Ok(&self.line)
    }

    /// Writes what stands behind the queue.
    fn end_of_reports(&mut self) -> Result<(), TriageError> {
        let Some(others) = self.others.take() else { return Ok(()) };
        others.replay(|line| Ok(self.out.write(line)?))
    }

    fn finish(mut self) -> Result<(), TriageError> {
        self.end_of_reports()?;
        Ok(self.out.finish()?)
    }
}

fn number(number: Option<u64>, out: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = match number {
        Some(number) => write!(out, "{number}"),
        None => out.write_all(b"null"),
    };
}

/// Lines kept on disk until their section comes.
struct Others {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Others {
    fn new(path: PathBuf) -> Result<Self, TriageError> {
        let file = File::create(&path).map_err(TriageError::file("write", &path))?;
        Ok(Self { path, file: BufWriter::with_capacity(256 << 10, file) })
    }

    fn push(&mut self, line: &[u8]) -> Result<(), TriageError> {
        let length = (line.len() as u32).to_le_bytes();
        let mut write = || self.file.write_all(&length).and_then(|()| self.file.write_all(line));
        write().map_err(TriageError::file("write", &self.path))
    }

    fn replay(self, mut each: impl FnMut(&[u8]) -> Result<(), TriageError>) -> Result<(), TriageError> {
        let Self { path, mut file } = self;
        file.flush().map_err(TriageError::file("write", &path))?;
        drop(file);
        let file = File::open(&path).map_err(TriageError::file("read", &path))?;
        let mut left = file.metadata().map_err(TriageError::file("read", &path))?.len();
        let mut file = BufReader::with_capacity(256 << 10, file);
        let mut line = Vec::new();
        while left > 0 {
            let mut read = || {
                let mut length = [0; 4];
                file.read_exact(&mut length)?;
                line.resize(u32::from_le_bytes(length) as usize, 0);
                file.read_exact(&mut line)
            };
            read().map_err(TriageError::file("read", &path))?;
            left -= 4 + line.len() as u64;
            each(&line)?;
        }
        Ok(())
    }
}

//! The last stage: from the merged segments to the files that people get, each of which appears whole or not at all.

use super::count::Counter;
use super::gauge::{Gauge, Stage};
use super::merge::{Merge, Run};
use super::queue::Queue;
use super::report::{self, Facts};
use super::schema::Settings;
use super::segment::{Manifest, Rows, Tally, save};
use super::work::{Work, sync_folder};
use super::write::{Columns, Schema, create};
use super::{Options, TriageError};
use crate::read::Source;
use crate::read::row::Value;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Rows between two looks at the gauge.
const TOLD: u64 = 4096;

/// What the stage works on.
pub(super) struct Finish<'f> {
    /// Where the segments are.
    pub(super) work: &'f Work,
    /// All of them, in order.
    pub(super) segments: &'f [Rows],
    /// What is known of the whole input.
    pub(super) last: &'f Manifest,
    /// The inputs in their order.
    pub(super) sources: &'f [Source],
    /// The run's options.
    pub(super) options: &'f Options,
    /// What decided the content of lines.
    pub(super) settings: Settings<'f>,
    /// Told how far the work is.
    pub(super) gauge: &'f Gauge,
}

impl Finish<'_> {
    /// Writes all that a run leaves, and puts it in place.
    pub(super) fn run(&self) -> Result<Facts, TriageError> {
        let mut counter = Counter::new(self.settings, &self.last.text_columns);
        let mut drafts = Drafts { work: self.work, finished: Vec::new() };
        self.write_queue(&mut counter, &drafts.path(&self.options.out))?;
        drafts.finished.push(self.options.out.clone());
        drafts.add(&self.options.rejected, |out| {
            let mut files = self.segments.iter().map(|segment| File::open(self.work.rejects(segment.number)));
            files.try_for_each(|file| io::copy(&mut file?, out).map(drop))
        })?;
        let tallies: Vec<(String, Tally)> = self.tallies().collect();
        let facts = counter.finish(self.settings.classifier.model().fingerprint(), &tallies);
        for path in &self.options.reports {
            let text = self.report(path, &facts)?;
            drafts.add(path, |out| out.write_all(text.as_bytes()))?;
        }
        drafts.publish()?;
        Ok(facts)
    }

    /// Writes the rows in their order: the queue, the other reports of its groups, what is no report.
    fn write_queue(&self, counter: &mut Counter<'_>, path: &Path) -> Result<(), TriageError> {
        let columns = self.columns();
        let heads = self.settings.heads().iter().map(|head| {
            let labels = head.labels().iter().map(|label| (label.id.clone(), label.name.clone()));
            (head.name().to_owned(), labels.collect())
        });
        let heads: Vec<(String, Vec<(String, String)>)> = heads.collect();
        let most_urgent =
            self.settings.urgency().and_then(|at| Some((heads[at].0.clone(), heads[at].1.last()?.0.clone())));
        let schema = Schema { columns: &columns, text_columns: &self.last.text_columns, heads: &heads, most_urgent };
        let out = create(self.options.format, path, &schema)?;
        self.gauge.begin(Stage::Writing, u64::from(self.last.segment.end()));
        let runs = self.segments.iter().map(|segment| Run::segment(self.work, *segment)).collect();
        let mut merge = Merge::new(runs, self.work)?;
        Queue::write(out, &self.work.folder().join("others"), |queue| {
            let (mut tail, mut done) = (Vec::new(), 0);
            while queue.is_open()
                && let Some(ranked) = merge.next(&mut tail)?
            {
                counter.add(&ranked, queue.add(&ranked, &tail)?);
                done += 1;
                if done % TOLD == 0 {
                    self.gauge.set_done(done);
                }
            }
            Ok(())
        })
    }

    /// Returns the run's own columns, then the input's.
    fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        for (name, sample) in self.settings.own_columns() {
            let value = match sample {
                "\"\"" => Value::Text("".into()),
                sample => Value::Json(sample.into()),
            };
            columns.note(&name, &value);
        }
        columns.merge(&self.last.columns);
        columns
    }

    /// Returns the inputs' names with what was counted of each.
    fn tallies(&self) -> impl Iterator<Item = (String, Tally)> {
        let tally = |at: usize| self.last.sources.get(at).copied().unwrap_or_default();
        self.sources.iter().enumerate().map(move |(at, source)| (self.settings.shown_name(at, &source.name), tally(at)))
    }

    /// Returns the report for `path`, in the format that its ending asks for.
    fn report(&self, path: &Path, facts: &Facts) -> Result<String, TriageError> {
        match path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            true => report::json(facts).map_err(io::Error::from).map_err(TriageError::file("write", path)),
            false => Ok(report::html(facts, self.options.previous.as_ref())),
        }
    }
}

/// Files that are written but not where people look yet.
struct Drafts<'d> {
    work: &'d Work,
    finished: Vec<PathBuf>,
}

impl Drafts<'_> {
    /// Returns where the draft of `path` is: beside it, so that renaming works, and hidden, so that it is no input of a run
    /// that goes on. Where it goes to the folder of the output, the work folder has it, and takes it along when it is removed.
    fn path(&self, path: &Path) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
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
            let folder = path.parent().unwrap_or(Path::new(""));
            let rename = fs::rename(self.path(path), path).and_then(|()| sync_folder(folder));
            rename.map_err(TriageError::file("write", path))?;
        }
        Ok(())
    }
}

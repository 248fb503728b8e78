//! Bulk triage: exports of many kinds in, one queue out.
//!
//! ```text
//! read      any export, told by its content      -> Record -> Row (the module of that name)
//! encode    masks, four heads, office            -> a line of output, Entry, Sketch
//! segment   65,536 rows on disk: a checkpoint
//! group     exact and near duplicates            -> Group
//! merge     all segments in the queue's order
//! write     JSONL, CSV, Parquet or SQLite; the report
//! ```
//!
//! The order of the output is that of the queue: reports first, the most urgent before the others, then the surest, then the
//! oldest, one of each group of duplicates; then the other reports of the groups; then what is no report. What reads as an
//! emergency counts as a report even where it does not look like one; it comes last of the emergencies.
//!
//! The memory of a run does not depend on its input. A run that is interrupted, however, goes on where it stopped when it is
//! started again, and ends with the bytes that it would have had otherwise. Nothing depends on the number of threads.
//!
//! # Columns
//!
//! Every output has these columns, then every field of the input under its own name (a field that is called `pilah_...` becomes
//! `masukan_pilah_...`):
//!
//! | column | value |
//! |---|---|
//! | `pilah_rank` | place in the queue, from 1; null for the other reports of a group and for what is no report |
//! | `pilah_duplicates` | messages that say the same, itself among them |
//! | `pilah_duplicate_of` | `pilah_row` of the one that stands in the queue for the group; null for that one itself |
//! | `pilah_row` | how-manieth message of the input it is, from 1 |
//! | `pilah_report` | whether it is addressed to public services at all, or reads as an emergency |
//! | `pilah_category`, ... | for each head of the model the id of its label |
//! | `pilah_category_probability`, ... | and its probability, in 0..=1 |
//! | `pilah_office` | the full name of the office that has the agency in the region; null without a region |
//! | `pilah_needs_review` | null, or why a person must look: `too-short`, `not-a-report`, `unsure:HEAD` |
//! | `pilah_raised` | null, or the rule that raised the urgency |
//! | `pilah_evidence` | with [`Options::evidence`] only: the words that decided, `category: lampu, mati; urgency: gelap` |
//! | `pilah_channel` | `whatsapp`, `facebook`, `instagram`, `x`, `aduan` (a complaint system) or `lain` (not told) |
//! | `pilah_time` | when it was written, RFC 3339; null where the input does not tell |
//! | `pilah_source`, `pilah_position` | the input, and where it stands there: `line:12`, `offset:99` or `record:7` |

mod count;
mod directory;
pub mod duplicates;
mod encode;
mod entry;
mod error;
mod finish;
mod gauge;
mod group;
mod ingest;
mod merge;
mod queue;
pub mod report;
mod schema;
mod segment;
mod work;
pub mod write;

pub use directory::{Directory, DirectoryError};
pub use error::TriageError;
pub use gauge::{Gauge, Stage};

use crate::Classifier;
use crate::read::{Input, Source};
use entry::MAX_HEADS;
use finish::Finish;
use ingest::Ingest;
use report::Facts;
use schema::Settings;
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};
use work::Work;
use write::Format;

/// What a run does.
#[derive(Debug, Clone)]
pub struct Options {
    /// The file to write; the work folder `OUT.work` and `rejected.jsonl` are beside it.
    pub out: PathBuf,
    /// Its format.
    pub format: Format,
    /// The file of rejects: a JSON object a line, with `file`, `line` or `offset` or `record`, and `reason`.
    pub rejected: PathBuf,
    /// Reports to write; HTML, or JSON where the name ends so.
    pub reports: Vec<PathBuf>,
    /// The facts of an earlier run, to tell what changed.
    pub previous: Option<Facts>,
    /// The column with the text, where it is not to be found out.
    pub text_column: Option<String>,
    /// Hours ahead of UTC of times without a zone.
    pub utc_offset: i8,
    /// Whether private data is written as it came.
    pub keep_private: bool,
    /// Whether the words that decided are written.
    pub evidence: bool,
    /// Whether the first record that cannot be read ends the run.
    pub strict: bool,
    /// Threads that classify.
    pub jobs: usize,
    /// Rows between two checkpoints, and a few more: batches of up to 512 are not split.
    pub checkpoint_rows: u32,
    /// Whether what an interrupted run left is thrown away.
    pub restart: bool,
}

/// Rows between two checkpoints, where nothing else is said.
pub const CHECKPOINT_ROWS: u32 = 65_536;

impl Options {
    /// Returns the usual options for a run that writes `format` to `out`.
    pub fn new(out: PathBuf, format: Format) -> Self {
        Self {
            rejected: out.with_file_name("rejected.jsonl"),
            out,
            format,
            reports: Vec::new(),
            previous: None,
            text_column: None,
            utc_offset: 7,
            keep_private: false,
            evidence: false,
            strict: false,
            jobs: std::thread::available_parallelism().map_or(1, Into::into),
            checkpoint_rows: CHECKPOINT_ROWS,
            restart: false,
        }
    }

    /// Returns the files and folders that the run writes: no inputs.
    pub fn outputs(&self) -> Vec<PathBuf> {
        self.files().cloned().chain(Work::folders_of(&self.out)).collect()
    }

    fn files(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.out, &self.rejected].into_iter().chain(&self.reports)
    }

    /// Says before hours of work what cannot be written: a file twice, a file that is read, or one in a folder that is not there.
    fn check(&self, sources: &[Source]) -> Result<(), TriageError> {
        let inputs: Vec<PathBuf> = sources
            .iter()
            .filter_map(|source| match &source.input {
                Input::File(path) => path.canonicalize().ok(),
                Input::Stdin => None,
            })
            .collect();
        let mut seen: Vec<PathBuf> = inputs.clone();
        for path in self.files() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let real = folder.canonicalize().map_err(TriageError::file("write into the folder", folder))?;
            if !real.is_dir() {
                return Err(TriageError::file("write into the folder", folder)(io::ErrorKind::NotADirectory.into()));
            }
            let real = real.join(path.file_name().unwrap_or_default());
            // A device would be replaced by a file, and a folder cannot be.
            let is_other = path.metadata().is_ok_and(|found| !found.is_file());
            if is_other || path.file_name().is_none() || self.is_work(&real) {
                return Err(TriageError::NoFile(path.clone()));
            }
            if seen.contains(&real) {
                let twice = if inputs.contains(&real) { "is read" } else { "is to hold two things" };
                return Err(TriageError::Twice { path: path.clone(), twice });
            }
            seen.push(real);
        }
        Ok(())
    }

    /// Whether `path` is in the work folder, which is removed in the end.
    fn is_work(&self, path: &Path) -> bool {
        Work::folders_of(&self.out).iter().any(|work| work.canonicalize().is_ok_and(|work| path.starts_with(work)))
    }

    /// Returns what must be the same for a run to go on with the work of another.
    fn identity(&self, sources: &[Source], settings: &Settings<'_>) -> Value {
        json!({
            "pilah": env!("CARGO_PKG_VERSION"),
            "inputs": sources.iter().map(|source| &source.name).collect::<Vec<_>>(),
            "model": settings.classifier.model().fingerprint(),
            "offices": settings.directory.map(Directory::fingerprint),
            "text column": self.text_column,
            "UTC offset": self.utc_offset,
            "keep private": self.keep_private,
            "evidence": self.evidence,
        })
    }
}

/// Sorts the messages of `sources` into one file, by what `classifier` says and the offices of `directory`.
///
/// # Errors
/// [`TriageError`]; what was sorted before is kept, and the same call goes on from there.
///
/// ```
/// use pilah::read::sources;
/// use pilah::triage::{self, Gauge, Options, write::Format};
///
/// let folder = tempfile::tempdir()?;
/// let input = folder.path().join("pesan.csv");
/// std::fs::write(&input, "id,isi\n1,Lampu jalan di depan SD mati sudah seminggu\n2,Rumah tetangga kebakaran sekarang di Gang Mawar\n")?;
/// let classifier = pilah::Classifier::from_bytes(include_bytes!("../../models/kecil.pilah"))?;
/// let options = Options::new(folder.path().join("antrean.jsonl"), Format::Jsonl);
/// let facts = triage::run(&sources(&[input], &options.outputs())?, &options, &classifier, None, &Gauge::default())?;
/// assert_eq!(facts.messages, 2);
/// let queue = std::fs::read_to_string(&options.out)?;
/// assert!(queue.lines().next().is_some_and(|first| first.contains("Gang Mawar")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run(
    sources: &[Source],
    options: &Options,
    classifier: &Classifier,
    directory: Option<&Directory>,
    gauge: &Gauge,
) -> Result<Facts, TriageError> {
    let found = classifier.model().heads().len();
    if found > MAX_HEADS {
        return Err(TriageError::Heads { found, most: MAX_HEADS });
    }
    let settings = Settings {
        classifier,
        directory,
        keep_private: options.keep_private,
        evidence: options.evidence,
        utc_offset: options.utc_offset,
    };
    options.check(sources)?;
    let work = Work::open(&options.out, &options.identity(sources, &settings), options.restart)?;
    gauge.set_total_bytes(sources.iter().try_fold(0, |sum, source| Some(sum + source.size?)).unwrap_or(0));
    let last = work.sealed()?.last;
    if options.strict {
        let refused = last.as_ref().is_some_and(|last| last.sources.iter().any(|tally| tally.rejected > 0));
        if let Some(reject) = work.first_reject()?.filter(|_| refused) {
            return Err(TriageError::Strict(reject));
        }
    }
    if let Err(error) = (Ingest { sources, options, settings, work: &work, gauge }).run(last) {
        // Nothing done is nothing to go on with; what went wrong is worth more than that it cannot be cleared away.
        if work.sealed().is_ok_and(|sealed| sealed.segments.is_empty()) {
            let _ = work.remove();
        }
        return Err(error);
    }
    let sealed = work.sealed()?;
    let Some(last) = &sealed.last else { return Err(TriageError::Unsealed(options.out.clone())) };
    group::group(&work, &sealed.segments, gauge)?;
    let facts = Finish { work: &work, segments: &sealed.segments, last, sources, options, settings, gauge }.run()?;
    work.remove()?;
    Ok(facts)
}

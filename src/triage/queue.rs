//! [`Queue`]: the output in its three sections.

use super::TriageError;
use super::merge::Ranked;
use super::write::{Output, WriteError};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

/// Bytes of a page, and pages that may wait for the thread that writes.
const PAGE: usize = 128 << 10;
const PAGES: usize = 4;
/// Bytes read or written at a time.
const BUFFER: usize = 256 << 10;

/// Rows on their way into the output: the queue, the other reports of its groups, what is no report.
pub(super) struct Queue {
    pages: Pages,
    rank: u64,
    line: Vec<u8>,
    /// Reports that stand behind the queue; none once they are on their way.
    others: Option<Others>,
}

/// The way to the thread that writes.
struct Pages {
    sender: Sender<Page>,
    page: Page,
    /// Whether that thread still writes; if not, it tells why itself.
    is_open: bool,
}

/// Lines, one after the other, and where each ends.
#[derive(Default)]
struct Page {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Queue {
    /// Writes to `out` the rows that `fill` adds, while a thread of its own writes; `others` is a file for those that wait.
    pub(super) fn write(
        out: Box<dyn Output>,
        others: &Path,
        fill: impl FnOnce(&mut Self) -> Result<(), TriageError>,
    ) -> Result<(), TriageError> {
        let others = Others::new(others.to_owned())?;
        thread::scope(|scope| {
            let (sender, pages) = bounded(PAGES);
            let writer = scope.spawn(move || write_pages(out, pages));
            let pages = Pages { sender, page: Page::default(), is_open: true };
            let mut queue = Self { pages, rank: 0, line: Vec::new(), others: Some(others) };
            let filled = fill(&mut queue).and_then(|()| queue.end());
            drop(queue);
            let out = writer.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            filled?;
            Ok(out.finish()?)
        })
    }

    /// Adds the next row and returns its whole line.
    pub(super) fn add(&mut self, ranked: &Ranked, tail: &[u8]) -> Result<&[u8], TriageError> {
        let (row, first) = (ranked.entry.key.row(), ranked.group.representative);
        let is_report = ranked.entry.key.is_report();
        let queued = is_report && first == row;
        self.rank += u64::from(queued);
        self.line.clear();
        self.line.extend_from_slice(b"{\"pilah_rank\":");
        number(queued.then_some(self.rank), &mut self.line);
        self.line.extend_from_slice(b",\"pilah_duplicates\":");
        number(Some(ranked.group.rows.into()), &mut self.line);
        self.line.extend_from_slice(b",\"pilah_duplicate_of\":");
        number((first != row).then_some(u64::from(first) + 1), &mut self.line);
        self.line.extend_from_slice(b",\"pilah_row\":");
        number(Some(u64::from(row) + 1), &mut self.line);
        self.line.extend_from_slice(tail);
        if !is_report {
            self.end_of_reports()?;
        }
        match &mut self.others {
            Some(others) if !queued => others.push(&self.line)?,
            _ => self.pages.add(&self.line),
        }
        Ok(&self.line)
    }

    /// Sends what stands behind the queue.
    fn end_of_reports(&mut self) -> Result<(), TriageError> {
        let Some(others) = self.others.take() else { return Ok(()) };
        others.replay(|line| self.pages.add(line))
    }

    /// Returns whether rows still arrive; where writing has failed there is no use in more.
    pub(super) fn is_open(&self) -> bool {
        self.pages.is_open
    }

    fn end(&mut self) -> Result<(), TriageError> {
        self.end_of_reports()?;
        self.pages.turn(0);
        Ok(())
    }
}

impl Pages {
    /// Puts `line` on the page, and sends the page if it is full.
    fn add(&mut self, line: &[u8]) {
        self.page.bytes.extend_from_slice(line);
        self.page.ends.push(self.page.bytes.len());
        if self.page.bytes.len() >= PAGE {
            self.turn(PAGE + line.len());
        }
    }

    /// Sends the page and begins one with room for so many bytes.
    fn turn(&mut self, room: usize) {
        let next = Page { bytes: Vec::with_capacity(room), ends: Vec::new() };
        self.is_open &= self.sender.send(std::mem::replace(&mut self.page, next)).is_ok();
    }
}

fn write_pages(mut out: Box<dyn Output>, pages: Receiver<Page>) -> Result<Box<dyn Output>, WriteError> {
    for page in pages {
        let mut start = 0;
        for &end in &page.ends {
            out.write(&page.bytes[start..end])?;
            start = end;
        }
    }
    Ok(out)
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
        Ok(Self { path, file: BufWriter::with_capacity(BUFFER, file) })
    }

    fn push(&mut self, line: &[u8]) -> Result<(), TriageError> {
        let length = (line.len() as u32).to_le_bytes();
        let mut write = || self.file.write_all(&length).and_then(|()| self.file.write_all(line));
        write().map_err(TriageError::file("write", &self.path))
    }

    fn replay(self, mut each: impl FnMut(&[u8])) -> Result<(), TriageError> {
        let Self { path, mut file } = self;
        file.flush().map_err(TriageError::file("write", &path))?;
        drop(file);
        let file = File::open(&path).map_err(TriageError::file("read", &path))?;
        let mut left = file.metadata().map_err(TriageError::file("read", &path))?.len();
        let mut file = BufReader::with_capacity(BUFFER, file);
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
            each(&line);
        }
        Ok(())
    }
}

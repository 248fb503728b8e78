//! [`open`]: which format a source is in, told by its content.

use super::encoding::decoded;
use super::json::{Document, Lines, Member, Objects, Place, members, objects, tell};
use super::social::{Export, Kind};
use super::stream::Stream;
use super::table::Table;
use super::unpack::{Bytes, Counted, Peeked};
use super::{Cut, Input, ReadError, ReadOptions, Shape, Source, chat, parquet, unknown};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// What a Parquet file begins with.
const PARQUET: &[u8] = b"PAR1";
/// Parts of an X archive that hold posts.
const POSTS: [&str; 5] = ["tweets", "tweet", "community_tweet", "note_tweet", "deleted_tweets"];

/// A source that is ready to be read.
pub struct Opened {
    /// What finds its records.
    pub cut: Box<dyn Cut>,
    /// What reads them.
    pub shape: Arc<dyn Shape>,
    /// What people call its format.
    pub format: &'static str,
    /// The bytes read so far, as they are on the disk; of a Parquet file as many as its rows read so far stand for.
    pub consumed: Arc<AtomicU64>,
    /// A hash of its format and of its first 64 KiB, decompressed: another one where its header has changed since.
    pub head: u64,
}

type Reader = (Box<dyn Cut>, Arc<dyn Shape>, &'static str);

/// Returns the reader of `source`.
///
/// # Errors
/// [`ReadError`]: [`ReadError::Unknown`] where its content is in no known format.
pub fn open(source: &Source, options: &ReadOptions) -> Result<Opened, ReadError> {
    let (bytes, file): (Bytes, _) = match &source.input {
        Input::File(path) => (Box::new(file(path, &source.name)?), Some(path.as_path())),
        Input::Stdin => (Box::new(io::stdin()), None),
    };
    Opening { name: &source.name, file, options }.open(bytes)
}

/// Returns the reader of `bytes`, which messages call `name`.
///
/// # Errors
/// As [`open`] has them.
pub fn open_reader(name: &str, bytes: Box<dyn io::Read + Send>, options: &ReadOptions) -> Result<Opened, ReadError> {
    Opening { name, file: None, options }.open(bytes)
}

fn file(path: &Path, name: &str) -> Result<File, ReadError> {
    File::open(path).map_err(|source| ReadError::Io { name: name.to_owned(), source })
}

/// A source while its format is not told yet.
struct Opening<'s> {
    name: &'s str,
    /// Where it is on a disk.
    file: Option<&'s Path>,
    options: &'s ReadOptions,
}

impl Opening<'_> {
    fn open(&self, bytes: Bytes) -> Result<Opened, ReadError> {
        let consumed = Arc::new(AtomicU64::new(0));
        let raw = Peeked::new(Box::new(Counted { bytes, consumed: Arc::clone(&consumed) }));
        let packed = !raw.head.starts_with(PARQUET);
        let bytes = raw.unpacked().map_err(|error| self.io(error))?;
        let sample = xxh3_64(&bytes.head);
        let (cut, shape, format) =
            if bytes.head.starts_with(PARQUET) { self.parquet(bytes, packed, &consumed)? } else { self.text(bytes)? };
        let head = xxh3_64_with_seed(format.as_bytes(), sample);
        Ok(Opened { cut, shape, format, consumed, head })
    }

    /// A Parquet file is read from its end: what is not on a disk as it is, is put there.
    fn parquet(&self, bytes: Peeked, packed: bool, consumed: &Arc<AtomicU64>) -> Result<Reader, ReadError> {
        let io = |error| self.io(error);
        let (file, size) = match self.file {
            Some(path) if !packed => {
                let file = file(path, self.name)?;
                let size = file.metadata().map_err(io)?.len();
                (file, size)
            }
            // All of it has been read when it is on the disk; what its rows stand for is counted anew.
            _ => (self.spooled(bytes.bytes()).map_err(io)?, consumed.load(Ordering::Relaxed)),
        };
        let cut = parquet::open(file).map_err(|source| ReadError::Parquet { name: self.name.to_owned(), source })?;
        let cut = cut.counted(size, Arc::clone(consumed));
        Ok((Box::new(cut), Arc::new(Objects::new([], self.options)), "Parquet"))
    }

    fn spooled(&self, mut bytes: Bytes) -> io::Result<File> {
        let path = self.options.spool.join(format!("{:016x}.parquet", xxh3_64(self.name.as_bytes())));
        let mut spool = File::create(&path)?;
        let copied = io::copy(&mut bytes, &mut spool).and_then(|_| File::open(&path));
        // Windows removes no file that is open to be written.
        drop(spool);
        // Where an open file cannot be removed, it goes with the folder for such files.
        let _ = fs::remove_file(&path);
        copied
    }

    fn text(&self, bytes: Peeked) -> Result<Reader, ReadError> {
        if let Some(found) = unknown::binary(&bytes.head) {
            return Err(self.broken_or_unknown(bytes, found));
        }
        let (text, encoding) = decoded(bytes);
        let sample = encoding.text(&text.head).into_owned();
        if sample.contains('\0') || sample.trim().is_empty() {
            return Err(self.broken_or_unknown(text, unknown::text(&sample)));
        }
        let stream = |text| Stream::new(text, encoding);
        if let Some(shape) = chat::tell(&sample, self.options.utc_offset) {
            return Ok((Box::new(chat::Messages::new(stream(text))), Arc::new(shape), "WhatsApp"));
        }
        if sample.trim_start().starts_with(['{', '[']) || sample.trim_start().starts_with("window.") {
            let Some((place, first, before)) = document(&sample) else {
                return Err(self.broken_or_unknown(text, unknown::text(&sample)));
            };
            let shape = self.objects(&sample, first, place.is_none())?;
            return Ok(match place {
                None => (Box::new(Lines(stream(text))), shape.0, shape.1),
                Some(place) => (Box::new(Document::new(stream(text), place, before)), shape.0, shape.1),
            });
        }
        let Some(table) = Table::tell(&sample, text.whole) else {
            return Err(self.broken_or_unknown(text, unknown::text(&sample)));
        };
        let columns = |columns| self.column(columns);
        let (cut, shape) = table.reader(stream(text), self.options).map_err(columns)?;
        Ok((Box::new(cut), Arc::new(shape), "CSV"))
    }

    /// What reads the objects that `first` begins with, and what people call their format.
    fn objects(&self, sample: &str, first: &str, lines: bool) -> Result<(Arc<dyn Shape>, &'static str), ReadError> {
        let is_asked_for = objects(first).any(|object| self.asks_for_one_of(&members(object)));
        if let Some(kind) = Kind::told(first).filter(|_| !is_asked_for) {
            let channel = kind.channel(sample);
            let shape = Export { kind, channel, utc_offset: self.options.utc_offset };
            return Ok((Arc::new(shape), kind.format(channel)));
        }
        let names: Vec<String> = members(first).iter().map(|member| member.name.to_owned()).collect();
        if self.options.text_column.is_some() && !is_asked_for && !names.is_empty() {
            return Err(self.column(names));
        }
        Ok((Arc::new(Objects::new(names, self.options)), if lines { "JSON Lines" } else { "JSON" }))
    }

    /// Whether one of `found` is the column asked for: it is, before what an export calls its text.
    fn asks_for_one_of(&self, found: &[Member<'_>]) -> bool {
        let wanted = self.options.text_column.as_ref().map(|wanted| wanted.to_lowercase());
        wanted.is_some_and(|wanted| found.iter().any(|member| member.name.to_lowercase() == wanted))
    }

    /// An archive that is broken near its beginning looks like an empty file or like no text: the error says more.
    fn broken_or_unknown(&self, mut bytes: Peeked, found: (&str, &str)) -> ReadError {
        let next = bytes.rest.by_ref().take(1).read_to_end(&mut Vec::new());
        next.map_or_else(|error| self.io(error), |_| self.unknown(found))
    }

    fn io(&self, source: io::Error) -> ReadError {
        ReadError::Io { name: self.name.to_owned(), source }
    }

    fn unknown(&self, (found, advice): (&str, &str)) -> ReadError {
        ReadError::Unknown { name: self.name.to_owned(), found: found.to_owned(), advice: advice.to_owned() }
    }

    fn column(&self, columns: Vec<String>) -> ReadError {
        let wanted = self.options.text_column.clone().unwrap_or_default();
        ReadError::Column { name: self.name.to_owned(), wanted, columns }
    }
}

/// Where the records of the JSON in `sample` are, the text from the first one, and the bytes before the document; none where
/// it has no records.
fn document(sample: &str) -> Option<(Option<Place>, &str, usize)> {
    let (before, text) = script(sample)?;
    let is_item = |found: &[Member<'_>]| Kind::of(found).is_some() || found.iter().any(Member::is_text);
    let (place, first) = tell(text, is_item)?;
    Some((place, first, before))
}

/// The bytes before the list in a part of an X archive, which is a script, and what comes after them; none in a part that
/// holds no posts.
fn script(sample: &str) -> Option<(usize, &str)> {
    let Some(part) = sample.trim_start().strip_prefix("window.YTD.") else { return Some((0, sample)) };
    let (name, list) = part.split_once('=')?;
    let holds_posts = name.split_once('.').is_some_and(|(name, _)| POSTS.contains(&name.replace('-', "_").as_str()));
    holds_posts.then_some((sample.len() - list.len(), list))
}

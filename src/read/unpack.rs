//! Raw bytes, counted, and what is inside where they are an archive.

use flate2::read::MultiGzDecoder;
use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The most bytes, as a power of two, that zstd may look back: 64 MiB. Only archives made with `--long` or `--ultra` ask for more.
const WINDOW_LOG: u32 = 26;

/// Anything that gives bytes and may move to another thread.
pub(super) type Bytes = Box<dyn Read + Send>;

/// The bytes at the beginning of a source that its format is told by.
pub(super) const SAMPLE: usize = 64 << 10;

/// Bytes whose beginning has been looked at.
pub(super) struct Peeked {
    /// The beginning: [`SAMPLE`] bytes, or fewer where there are no more.
    pub(super) head: Vec<u8>,
    /// What comes after it.
    pub(super) rest: Bytes,
    /// Whether `head` is all there is.
    pub(super) whole: bool,
}

impl Peeked {
    /// Returns `bytes` with their beginning read; an error there comes again after it, so that what is before it counts.
    pub(super) fn new(mut bytes: Bytes) -> Self {
        let mut head = Vec::with_capacity(SAMPLE);
        match bytes.by_ref().take(SAMPLE as u64).read_to_end(&mut head) {
            Ok(_) => Self { whole: head.len() < SAMPLE, head, rest: bytes },
            Err(error) => Self { head, rest: Box::new(Failed(Some(error))), whole: false },
        }
    }

    /// Returns all bytes, from the first.
    pub(super) fn bytes(self) -> Bytes {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }

    /// Returns what is inside where the bytes are a gzip or zstd archive, else the bytes as they are.
    ///
    /// # Errors
    /// What the decompressor says when it cannot start, which it does before it reads.
    pub(super) fn unpacked(self) -> io::Result<Self> {
        if self.head.starts_with(&[0x1f, 0x8b]) {
            let archive = MultiGzDecoder::new(Packed(self.bytes()));
            Ok(Self::new(Box::new(Archive { name: "gzip", bytes: archive })))
        } else if self.head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            let mut archive = zstd::Decoder::new(Packed(self.bytes()))?;
            archive.window_log_max(WINDOW_LOG)?;
            Ok(Self::new(Box::new(Archive { name: "zstd", bytes: archive })))
        } else {
            Ok(self)
        }
    }
}

/// Counts what is read.
pub(super) struct Counted<R> {
    /// What is read.
    pub(super) bytes: R,
    /// How many bytes were read.
    pub(super) consumed: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.consumed.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// An archive as it is stored; its errors are marked, so that they are known again behind the decompressor.
struct Packed<R>(R);

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| io::Error::new(error.kind(), Raw(error)))
    }
}

/// An error of what an archive is stored on.
#[derive(Debug)]
struct Raw(io::Error);

impl fmt::Display for Raw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for Raw {}

/// What is inside an archive whose bytes are [`Packed`].
///
/// Decompressors call damage by many kinds of error; here all are `InvalidData`, as only what it is stored on may fail
/// otherwise.
struct Archive<R> {
    name: &'static str,
    bytes: R,
}

impl<R: Read> Read for Archive<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer).map_err(|error| match error.downcast::<Raw>() {
            Ok(Raw(error)) => error,
            Err(error) => {
                let what =
                    format!("the file is damaged: the {} archive is broken or ends too early ({error})", self.name);
                io::Error::new(io::ErrorKind::InvalidData, what)
            }
        })
    }
}

/// Bytes that end with an error.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

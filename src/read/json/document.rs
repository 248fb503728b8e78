//! [`Document`]: the objects of a list in a JSON document, one after another, however long the list is.

use super::super::stream::{Line, Stream, keep};
use super::super::{Cut, Position, Record, Reject};
use super::scan::Scan;
use std::io;

/// Where in a document its records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) enum Place {
    /// They stand at its top, one after another.
    Top,
    /// They are the elements of a list at its top.
    List,
    /// They are the elements of the list that is this member of the objects at its top.
    Member(String),
}

/// What is read next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Top,
    Members,
    List,
    End,
}

/// Bytes of a member's name that are looked at.
const NAME: usize = 256;

/// Finds records in a document.
pub(in crate::read) struct Document {
    stream: Stream,
    place: Place,
    state: State,
    /// Bytes before the document: what makes it a script.
    before: usize,
}

impl Document {
    /// Returns the records at `place` of the document in `stream`, which begins after `before` bytes.
    pub(in crate::read) fn new(stream: Stream, place: Place, before: usize) -> Self {
        Self { stream, place, state: State::Top, before }
    }

    /// Takes bytes while they are `skipped`; returns the next one.
    fn peek(&mut self, skipped: &[u8]) -> io::Result<Option<u8>> {
        loop {
            let bytes = self.stream.bytes()?;
            if bytes.is_empty() {
                return Ok(None);
            }
            let skip = |byte: &u8| byte.is_ascii_whitespace() || skipped.contains(byte);
            let found = bytes.iter().position(|byte| !skip(byte));
            let (count, next) = (found.unwrap_or(bytes.len()), found.map(|at| bytes[at]));
            self.stream.take(count, 0);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Reads a value and keeps no more of it than fits a record; false where the document ends within it.
    fn value(&mut self, mut kept: impl FnMut(&[u8])) -> io::Result<bool> {
        let mut scan = Scan::default();
        loop {
            let bytes = self.stream.bytes()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let (count, ended) = scan.read(bytes);
            kept(&bytes[..count]);
            self.stream.take(count, 0);
            if ended {
                return Ok(true);
            }
        }
    }

    /// Reads a record.
    fn element(&mut self, record: &mut Record) -> io::Result<bool> {
        self.start(record);
        let mut too_long = false;
        let bytes = &mut record.bytes;
        let ended = self.value(|part| too_long |= !keep(bytes, part))?;
        self.stream.finish(record, too_long);
        if !ended {
            self.state = State::End;
            record.reject = Some(Reject("the file ends in the middle of this record".to_owned()));
        }
        Ok(true)
    }

    fn start(&self, record: &mut Record) {
        record.position = Position::Offset(self.stream.offset());
        record.bytes.clear();
    }

    /// Reads the rest of a line as a record that is none.
    fn garbage(&mut self, record: &mut Record) -> io::Result<bool> {
        self.start(record);
        let line = self.stream.line(&mut record.bytes)?;
        self.stream.finish(record, line == Line::TooLong);
        record.reject = Some(Reject("found what is no JSON; expected an object".to_owned()));
        Ok(true)
    }

    /// Reads what stands at the top; none where no record begins there.
    fn top(&mut self, record: &mut Record) -> io::Result<Option<bool>> {
        match (self.peek(b",;")?, &self.place) {
            (None, _) => Ok(Some(false)),
            (Some(b'['), Place::List) => self.enter(State::List),
            (Some(b'{'), Place::Member(_)) => self.enter(State::Members),
            (Some(b'{'), _) => self.element(record).map(Some),
            _ => self.garbage(record).map(Some),
        }
    }

    /// Reads a member, up to the list of records where it is that.
    fn member(&mut self, record: &mut Record) -> io::Result<Option<bool>> {
        match self.peek(b",")? {
            Some(b'}') => return self.enter(State::Top),
            Some(b'"') => {}
            None => return Err(cut_off()),
            Some(_) => {
                self.state = State::Top;
                return self.garbage(record).map(Some);
            }
        }
        let mut name = Vec::new();
        self.value(|part| name.extend_from_slice(&part[..part.len().min(NAME.saturating_sub(name.len()))]))?;
        let next = self.peek(b":")?;
        let wanted =
            matches!(&self.place, Place::Member(wanted) if name.get(1..name.len() - 1) == Some(wanted.as_bytes()));
        match next {
            Some(b'[') if wanted => self.enter(State::List),
            Some(b'}' | b']' | b',') => Ok(None),
            _ if self.value(|_| {})? => Ok(None),
            _ => Err(cut_off()),
        }
    }

    /// Reads an element of the list of records.
    fn list(&mut self, record: &mut Record) -> io::Result<Option<bool>> {
        match self.peek(b",")? {
            None => Err(cut_off()),
            Some(b']') if self.place == Place::List => self.enter(State::Top),
            Some(b']') => self.enter(State::Members),
            Some(b'}' | b':') => self.garbage(record).map(Some),
            Some(_) => self.element(record).map(Some),
        }
    }

    /// Takes the bracket that leads to `state`.
    fn enter(&mut self, state: State) -> io::Result<Option<bool>> {
        self.stream.take(1, 0);
        self.state = state;
        Ok(None)
    }

    fn step(&mut self, record: &mut Record) -> io::Result<Option<bool>> {
        match self.state {
            State::Top => self.top(record),
            State::Members => self.member(record),
            State::List => self.list(record),
            State::End => Ok(Some(false)),
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends in the middle of a JSON document")
}

impl Cut for Document {
    fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        while self.before > 0 {
            let count = self.stream.bytes()?.len().min(self.before);
            if count == 0 {
                return Ok(false);
            }
            self.stream.take(count, 0);
            self.before -= count;
        }
        record.reject = None;
        loop {
            match self.step(record) {
                Ok(None) => {}
                Ok(Some(more)) => return Ok(more),
                Err(error) => {
                    self.state = State::End;
                    return Err(error);
                }
            }
        }
    }
}

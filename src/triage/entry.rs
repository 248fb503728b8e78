//! [`Entry`]: what the run remembers of a message besides its line of output; fixed in size, so that tens of millions of
//! them can be sorted and merged from disk.

use crate::read::row::{Channel, Time};
use std::io::{self, Read, Write};

/// The most heads a model may have in a run.
pub(super) const MAX_HEADS: usize = 8;
/// The bytes of an entry on disk.
pub(super) const ENTRY_BYTES: usize = 16 + 4 + 4 + 1 + 1 + 2 * MAX_HEADS + 8;

/// No label: the model has fewer heads.
const NO_LABEL: u16 = u16::MAX;
/// No time.
const NO_TIME: i64 = i64::MIN;

/// Why a person must look, as a number: 0 nothing, then too short, no report, and unsure of head 0, 1, ...
pub(super) type ReviewCode = u8;
/// The code of `too-short`.
pub(super) const TOO_SHORT: ReviewCode = 1;
/// The code of `not-a-report`.
pub(super) const NOT_A_REPORT: ReviewCode = 2;
/// The code of `unsure` of the first head.
pub(super) const UNSURE: ReviewCode = 3;

/// What the run remembers of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it stands in the queue: smaller comes first. Its lowest 32 bits are the row.
    pub(super) key: Key,
    /// Bytes of its line.
    pub(super) line: u32,
    /// The decided label of each head.
    pub(super) labels: [u16; MAX_HEADS],
    /// Where it was written: its place in [`Channel::ALL`].
    pub(super) channel: u8,
    /// Why a person must look.
    pub(super) review: ReviewCode,
    /// The input it came from.
    pub(super) source: u32,
    /// When it was written.
    pub(super) time: i64,
}

/// The queue's order in one number: reports before the rest, then by urgency, probability and age, then by row.
///
/// From the highest bit: 8 bits section, 8 bits urgency from the top, 1 bit doubtful, 15 bits probability from the top in the
/// steps in which it is written, 40 bits seconds since the year 0, 24 bits unused, 32 bits row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(pub(super) u128);

/// Seconds from 0000-01-01 to 1970-01-01, so that no time is negative.
const EPOCH: i64 = 62_167_219_200;
/// Where messages without a time stand: behind those with one.
const TIMELESS: u64 = (1 << 40) - 1;

/// Where a message belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the queue.
    Report,
    /// In the queue, behind the other reports of its urgency: it looks like no report, but somebody may be in danger.
    Doubtful,
    /// Behind the queue.
    NoReport,
}

/// Steps from 0 to 1 in which probabilities are written: four decimals.
pub(super) const STEPS: u32 = 10_000;

/// Returns `probability` in steps.
pub(super) fn steps(probability: f32) -> u32 {
    (probability.clamp(0.0, 1.0) * STEPS as f32).round() as u32
}

impl Key {
    /// Returns the key of a message whose row is not known yet.
    ///
    /// `urgency` counts from 0, the least urgent.
    pub(super) fn new(place: Place, urgency: usize, probability: f32, time: Option<Time>) -> Self {
        let urgency = 255 - urgency.min(255) as u128;
        let doubt = u128::from(STEPS - steps(probability));
        let age = time.map_or(TIMELESS, |time| time.0.saturating_add(EPOCH).clamp(0, TIMELESS as i64 - 1) as u64);
        let (section, doubtful) = match place {
            Place::Report => (0, 0),
            Place::Doubtful => (0, 1),
            Place::NoReport => (1, 0),
        };
        Self(section << 120 | doubtful << 111 | urgency << 112 | doubt << 96 | u128::from(age) << 56)
    }

    /// Returns the key with its row.
    pub(super) fn with_row(self, row: u32) -> Self {
        Self(self.0 & !u128::from(u32::MAX) | u128::from(row))
    }

    /// Returns the row, counted from 0.
    pub(super) fn row(self) -> u32 {
        self.0 as u32
    }

    /// Returns whether the message is a report.
    pub(super) fn is_report(self) -> bool {
        self.0 >> 120 == 0
    }
}

impl Entry {
    /// Returns the time, if the message has one.
    pub(super) fn time(&self) -> Option<Time> {
        (self.time != NO_TIME).then_some(Time(self.time))
    }

    /// Returns the channel.
    pub(super) fn channel(&self) -> Channel {
        Channel::ALL.get(usize::from(self.channel)).copied().unwrap_or(Channel::Lain)
    }

    /// Returns the decided label of `head`, if the model has that head.
    pub(super) fn label(&self, head: usize) -> Option<usize> {
        self.labels.get(head).copied().filter(|&label| label != NO_LABEL).map(usize::from)
    }

    /// Writes the entry.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut bytes = [0; ENTRY_BYTES];
        bytes[..16].copy_from_slice(&self.key.0.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.line.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.source.to_le_bytes());
        (bytes[24], bytes[25]) = (self.channel, self.review);
        for (to, label) in bytes[26..].chunks_exact_mut(2).zip(self.labels) {
            to.copy_from_slice(&label.to_le_bytes());
        }
        bytes[ENTRY_BYTES - 8..].copy_from_slice(&self.time.to_le_bytes());
        out.write_all(&bytes)
    }

    /// Reads the next entry.
    pub(super) fn read(input: &mut impl Read) -> io::Result<Self> {
        let mut bytes = [0; ENTRY_BYTES];
        input.read_exact(&mut bytes)?;
        let mut labels = [NO_LABEL; MAX_HEADS];
        for (label, from) in labels.iter_mut().zip(bytes[26..].chunks_exact(2)) {
            *label = u16::from_le_bytes(first(from, 0));
        }
        Ok(Self {
            key: Key(u128::from_le_bytes(first(&bytes, 0))),
            line: u32::from_le_bytes(first(&bytes, 16)),
            source: u32::from_le_bytes(first(&bytes, 20)),
            channel: bytes[24],
            review: bytes[25],
            labels,
            time: i64::from_le_bytes(first(&bytes, ENTRY_BYTES - 8)),
        })
    }
}

/// Returns what an entry's `labels` hold for a model whose heads decided `labels`.
pub(super) fn labels(labels: impl Iterator<Item = usize>) -> [u16; MAX_HEADS] {
    let mut all = [NO_LABEL; MAX_HEADS];
    all.iter_mut().zip(labels).for_each(|(to, label)| *to = u16::try_from(label).unwrap_or(NO_LABEL));
    all
}

/// Returns what an entry's `time` holds for `time`.
pub(super) fn seconds(time: Option<Time>) -> i64 {
    time.map_or(NO_TIME, |time| time.0)
}

fn first<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[at..at + N]);
    out
}

#[cfg(test)]
mod tests {
    use super::{Entry, Key, Place, Time, labels, seconds};

    const REPORT: Place = Place::Report;

    #[test]
    fn the_queue_is_by_urgency_then_probability_then_age_then_row() {
        let key = |place, urgency, probability, time: i64, row| {
            Key::new(place, urgency, probability, (time != 0).then_some(Time(time))).with_row(row)
        };
        let order = [
            key(REPORT, 3, 0.9, 50, 9),
            key(REPORT, 3, 0.5, 10, 8),
            key(Place::Doubtful, 3, 0.9, 5, 11),
            key(REPORT, 2, 0.9862, 30, 7),
            key(REPORT, 2, 0.98604, 10, 1), // written as the next two are, and older
            key(REPORT, 2, 0.98603, 20, 5),
            key(REPORT, 2, 0.98604, 20, 6),
            key(REPORT, 2, 0.986, 0, 0), // no time: behind those with one
            key(REPORT, 0, 1.0, -4_000_000_000, 3),
            key(Place::NoReport, 3, 1.0, 5, 4),
        ];
        assert!(order.is_sorted(), "{order:x?}");
        assert_eq!(order[0].row(), 9);
        assert!(order[0].is_report() && !order[9].is_report());
    }

    #[test]
    fn what_is_written_is_read() {
        let entry = Entry {
            key: Key::new(Place::Report, 1, 0.25, Some(Time(1_769_900_000))).with_row(77),
            line: 412,
            labels: labels([3, 40, 0].into_iter()),
            channel: 2,
            review: 3,
            source: 70_000,
            time: seconds(Some(Time(-5))),
        };
        let mut bytes = Vec::new();
        entry.write(&mut bytes).unwrap();
        assert_eq!(bytes.len(), super::ENTRY_BYTES);
        assert_eq!(Entry::read(&mut bytes.as_slice()).unwrap(), entry);
        assert_eq!((entry.label(1), entry.label(3)), (Some(40), None));
        assert!(Entry::read(&mut &bytes[1..]).is_err());
    }
}

//! [`Facts`]: what a run found, as numbers and a few texts; also the JSON report.

use crate::read::row::{Channel, Time};
use serde::{Deserialize, Serialize};

/// The version of [`Facts`]' JSON form.
pub const FACTS_VERSION: u32 = 1;

/// What a run found. Texts in it are masked as the output's are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// [`FACTS_VERSION`].
    pub version: u32,
    /// The model's name and fingerprint.
    pub model: String,
    /// The region whose offices are named, if one was chosen.
    pub region: Option<String>,
    /// Hours ahead of UTC of the days below.
    pub utc_offset: i8,
    /// The inputs in their order.
    pub sources: Vec<SourceCount>,
    /// Messages read and sorted.
    pub messages: u64,
    /// Records that hold no message of a person (system lines, left-out media).
    pub passed_over: u64,
    /// Records that could not be read; they are in the file of rejects.
    pub rejected: u64,
    /// Messages that are reports, and those left of them when each group of duplicates counts once.
    pub reports: Count,
    /// The first and last moment of a message.
    pub span: Option<(Time, Time)>,
    /// Counts of reports by label, a head each, in the model's order; labels in the model's order.
    pub heads: Vec<HeadCount>,
    /// Reports by office (or by agency where no region was chosen), most first.
    pub offices: Vec<OfficeCount>,
    /// Messages by day, in order; days without messages left out.
    pub days: Vec<DayCount>,
    /// Messages by channel, in the order of [`Channel::ALL`]; channels without messages left out.
    pub channels: Vec<ChannelCount>,
    /// Reports that need someone within hours (the highest urgency), one a group.
    pub urgent: u64,
    /// The first of them in the queue's order, with their texts.
    pub urgent_first: Vec<Case>,
    /// Groups of duplicates among the reports.
    pub groups: u64,
    /// The biggest of them, by their representatives.
    pub biggest: Vec<Case>,
    /// Messages that need a person's eye, by reason, most first.
    pub review: Vec<ReviewCount>,
}

/// How many, counted twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// All of them.
    pub all: u64,
    /// Each group of duplicates once.
    pub distinct: u64,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCount {
    /// Its name, as told on the command line or found in a folder.
    pub name: String,
    /// Messages read from it.
    pub messages: u64,
    /// Records of it that could not be read.
    pub rejected: u64,
}

/// The labels of one head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadCount {
    /// The head, for example `category`.
    pub head: String,
    /// Its labels.
    pub labels: Vec<LabelCount>,
}

/// One label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelCount {
    /// The label's id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Reports with it.
    pub reports: Count,
}

/// One office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeCount {
    /// Its full name.
    pub name: String,
    /// Reports for it.
    pub reports: Count,
    /// Those of them that need someone within hours, one a group.
    pub urgent: u64,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// The day, for example `2026-01-31`.
    pub day: String,
    /// Messages of it.
    pub messages: u64,
    /// Reports among them.
    pub reports: u64,
}

/// One channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelCount {
    /// The channel.
    pub channel: Channel,
    /// Messages of it.
    pub messages: u64,
    /// Reports among them.
    pub reports: u64,
}

/// One reason why a person must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewCount {
    /// `too-short`, `not-a-report` or `unsure`.
    pub reason: String,
    /// For `unsure`, the least sure head.
    pub head: Option<String>,
    /// Messages with it.
    pub messages: u64,
}

/// One report of the queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its row in the output: `pilah_row`.
    pub row: u64,
    /// Its text, cut to [`CASE_CHARS`] characters and an ellipsis.
    pub text: String,
    /// Messages in its group, itself among them.
    pub messages: u64,
    /// The names for people of its labels, a head each: `("urgency", "Darurat", 0.93)`.
    pub labels: Vec<(String, String, f32)>,
    /// The office, if a region was chosen.
    pub office: Option<String>,
    /// When it was written.
    pub time: Option<Time>,
    /// Where it was written.
    pub channel: Channel,
    /// The input it came from, and where it stands there.
    pub source: String,
    /// For example `line:12`.
    pub position: String,
}

/// Characters of a text that a report shows.
pub const CASE_CHARS: usize = 1000;

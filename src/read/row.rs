//! [`Row`]: one message as a reader found it, whatever it was exported from.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One message with everything that came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'r> {
    /// The text to classify.
    pub text: Cow<'r, str>,
    /// Which of `fields` holds the text.
    pub text_field: usize,
    /// Every field of the input in its order, each name once.
    pub fields: Vec<Field<'r>>,
    /// When it was written, as far as the input tells.
    pub time: Option<Time>,
    /// Where it was written.
    pub channel: Channel,
}

/// A named value of the input, carried along to the output.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<'r> {
    /// The column, key or, for chats, what pilah calls it: `text`, `sender`, `time`.
    pub name: Cow<'r, str>,
    /// What it holds.
    pub value: Value<'r>,
    /// Whether it says who somebody is (a name, an account, a number): masked as a whole unless private data is kept.
    pub personal: bool,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'r> {
    /// A string, without quotes and escapes.
    Text(Cow<'r, str>),
    /// Any other JSON value as its JSON text: a number, `true`, `null`, an array, an object.
    Json(Cow<'r, str>),
}

/// A moment, in seconds since 1970-01-01T00:00:00Z; times without a zone were read in the run's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time(pub i64);

/// Where a message was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Channel {
    /// A WhatsApp chat.
    Whatsapp,
    /// X, once Twitter.
    X,
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
    /// SP4N-LAPOR! or a town hall's own complaint system, where the input says so.
    Aduan,
    /// Not told.
    Lain,
}

impl Channel {
    /// Every channel, in the order of reports.
    pub const ALL: [Self; 6] = [Self::Whatsapp, Self::Facebook, Self::Instagram, Self::X, Self::Aduan, Self::Lain];

    /// Returns the id that outputs carry, for example `whatsapp`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::X => "x",
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Aduan => "aduan",
            Self::Lain => "lain",
        }
    }

    /// Returns what people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whatsapp => "WhatsApp",
            Self::X => "X (Twitter)",
            Self::Facebook => "Facebook",
            Self::Instagram => "Instagram",
            Self::Aduan => "Sistem pengaduan",
            Self::Lain => "Tidak disebut",
        }
    }
}

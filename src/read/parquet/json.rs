//! [`Json`]: a value of a Parquet row as JSON.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::record::{Field, List, Map, Row};
use parquet::schema::types::Type;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt::Display;

/// A value and, as far as known, its type, which says more than the value: whether an integer is a moment.
pub(super) enum Json<'p> {
    Row(&'p Row, Option<&'p Type>),
    List(&'p List, Option<&'p Type>),
    Map(&'p Map, Option<&'p Type>),
    Leaf(&'p Field, Option<&'p Type>),
}

impl<'p> Json<'p> {
    /// Returns a row of the type `kind`.
    pub(super) fn row(row: &'p Row, kind: &'p Type) -> Self {
        Self::Row(row, Some(kind))
    }

    fn new(field: &'p Field, kind: Option<&'p Type>) -> Self {
        match field {
            Field::Group(row) => Self::Row(row, kind),
            Field::ListInternal(list) => Self::List(list, kind.map(element)),
            Field::MapInternal(map) => Self::Map(map, kind.and_then(|kind| child(kind, 0))),
            leaf => Self::Leaf(leaf, kind),
        }
    }

    /// Returns the name under which the value is a key of a map.
    fn key(&self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(text)) => text,
            Ok(value) => value.to_string(),
            Err(_) => String::new(),
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Row(row, kind) => {
                let mut map = serializer.serialize_map(Some(row.len()))?;
                for (at, (name, field)) in row.get_column_iter().enumerate() {
                    map.serialize_entry(name, &Json::new(field, kind.and_then(|kind| child(kind, at))))?;
                }
                map.end()
            }
            Self::List(list, kind) => {
                serializer.collect_seq(list.elements().iter().map(|field| Json::new(field, kind)))
            }
            Self::Map(map, kind) => {
                let kinds = [0, 1].map(|at| kind.and_then(|kind| child(kind, at)));
                let entries = map.entries().iter();
                serializer.collect_map(
                    entries.map(|(key, value)| (Json::new(key, kinds[0]).key(), Json::new(value, kinds[1]))),
                )
            }
            Self::Leaf(field, kind) => leaf(field, kind, serializer),
        }
    }
}

/// Returns the type of a group's member.
fn child(kind: &Type, at: usize) -> Option<&Type> {
    if kind.is_group() { kind.get_fields().get(at).map(AsRef::as_ref) } else { None }
}

/// Returns the type of a list's elements: a list may be written with or without a group around each.
fn element(kind: &Type) -> &Type {
    let Some(repeated) = child(kind, 0).filter(|_| kind.get_basic_info().converted_type() == ConvertedType::LIST)
    else {
        return kind;
    };
    match child(repeated, 0) {
        Some(only) if repeated.get_fields().len() == 1 => only,
        _ => repeated,
    }
}

fn leaf<S: Serializer>(field: &Field, kind: Option<&Type>, serializer: S) -> Result<S::Ok, S::Error> {
    match field {
        Field::Null => serializer.serialize_none(),
        Field::Bool(value) => serializer.serialize_bool(*value),
        Field::Byte(value) => serializer.serialize_i8(*value),
        Field::Short(value) => serializer.serialize_i16(*value),
        Field::Int(value) => serializer.serialize_i32(*value),
        Field::Long(value) => long(*value, kind, serializer),
        Field::UByte(value) => serializer.serialize_u8(*value),
        Field::UShort(value) => serializer.serialize_u16(*value),
        Field::UInt(value) => serializer.serialize_u32(*value),
        Field::ULong(value) => serializer.serialize_u64(*value),
        Field::Float(value) => serializer.serialize_f32(*value),
        Field::Double(value) => serializer.serialize_f64(*value),
        Field::Str(text) => serializer.serialize_str(text),
        Field::Bytes(bytes) => binary(bytes.data(), field, kind, serializer),
        Field::Date(days) => told(date(*days), i64::from(*days), serializer),
        Field::TimeMillis(value) => told(time(i64::from(*value) * 1_000_000), i64::from(*value), serializer),
        Field::TimeMicros(value) => told(value.checked_mul(1_000).and_then(time), *value, serializer),
        Field::TimestampMillis(value) => moment(*value, 1_000_000, kind, serializer),
        Field::TimestampMicros(value) => moment(*value, 1_000, kind, serializer),
        // Half floats and decimals as the library writes them; the rest has been dealt with.
        other => other.to_json_value().serialize(serializer),
    }
}

/// An integer of 64 bits; nanoseconds have no variant of their own.
fn long<S: Serializer>(value: i64, kind: Option<&Type>, serializer: S) -> Result<S::Ok, S::Error> {
    match kind.and_then(|kind| kind.get_basic_info().logical_type_ref()) {
        Some(LogicalType::Timestamp(stamp)) => moment(value, nanoseconds(stamp.unit), kind, serializer),
        Some(LogicalType::Time(of_day)) => {
            told(value.checked_mul(nanoseconds(of_day.unit)).and_then(time), value, serializer)
        }
        _ => serializer.serialize_i64(value),
    }
}

fn nanoseconds(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000_000,
        TimeUnit::MICROS => 1_000,
        TimeUnit::NANOS => 1,
    }
}

fn moment<S: Serializer>(value: i64, nanoseconds: i64, kind: Option<&Type>, serializer: S) -> Result<S::Ok, S::Error> {
    let Ok(moment) = Timestamp::from_nanosecond(i128::from(value) * i128::from(nanoseconds)) else {
        return serializer.serialize_i64(value);
    };
    match kind.and_then(|kind| kind.get_basic_info().logical_type_ref()) {
        // A clock on a wall: whoever reads it says in which zone it hangs.
        Some(LogicalType::Timestamp(stamp)) if !stamp.is_adjusted_to_u_t_c => {
            serializer.collect_str(&TimeZone::UTC.to_datetime(moment))
        }
        _ => serializer.collect_str(&moment),
    }
}

fn date(days: i32) -> Option<Date> {
    let moment = Timestamp::from_second(i64::from(days) * 86_400).ok()?;
    Some(TimeZone::UTC.to_datetime(moment).date())
}

/// Returns a time of day by its nanoseconds since midnight.
fn time(nanoseconds: i64) -> Option<Time> {
    let (seconds, rest) = (nanoseconds.div_euclid(1_000_000_000), nanoseconds.rem_euclid(1_000_000_000));
    let hour = i8::try_from(seconds.div_euclid(3_600)).ok()?;
    let (minute, second) = ((seconds / 60).rem_euclid(60) as i8, seconds.rem_euclid(60) as i8);
    Time::new(hour, minute, second, rest as i32).ok()
}

/// Writes what a number tells, or the number where it tells nothing, such as the 400th hour.
fn told<S: Serializer>(text: Option<impl Display>, number: i64, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(text) => serializer.collect_str(&text),
        None => serializer.serialize_i64(number),
    }
}

fn binary<S: Serializer>(bytes: &[u8], field: &Field, kind: Option<&Type>, serializer: S) -> Result<S::Ok, S::Error> {
    let is_uuid = kind.is_some_and(|kind| kind.get_basic_info().logical_type_ref() == Some(&LogicalType::Uuid));
    if is_uuid && bytes.len() == 16 {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let groups = [0..4, 4..6, 6..8, 8..10, 10..16].map(|group| digits[group].concat());
        return serializer.serialize_str(&groups.join("-"));
    }
    match str::from_utf8(bytes) {
        Ok(text) => serializer.serialize_str(text),
        Err(_) => field.to_json_value().serialize(serializer),
    }
}

//! Reading a model: nothing is trusted until every byte is accounted for, and no allocation outgrows the file.

use super::checksum::checksum;
use super::encode::{ENTRY, HEADER, MAGIC, NEVER, NONE, SECTIONS, tag};
use super::reader::{Decimal, Reader};
use super::{FORMAT_VERSION, Head, Label, LoadError, Model, PIPELINE_VERSION, Rules, Weights};
use crate::features::{FeatureSettings, Index, Vectorizer};
use crate::text::{Lexicon, Pipeline, Stemming};

impl Model {
    /// Returns the model stored in `bytes`.
    ///
    /// # Errors
    /// [`LoadError`] for any truncation, any changed bit and any value out of range.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let checksum = check_frame(bytes)?;
        let sections = split(bytes)?;
        let [settings, slang, heads, rules, keys, rows, dense, origin] =
            sections.each_ref().map(|s| Reader::new(s.0, s.1));
        let (stemming, features, min_words) = read_settings(settings)?;
        let lexicon = Lexicon::parse_sorted(&text(slang)?)?;
        let heads = read_heads(heads)?;
        let index = Index::new(read_keys(keys)?)?;
        let labels = heads.iter().map(|head| head.labels.len()).sum();
        let weights = read_weights(dense, rows, index.len(), labels)?;
        let rules = read_rules(rules, &heads)?;
        Ok(Self {
            pipeline: Pipeline::new(lexicon, stemming),
            vectorizer: Vectorizer::new(features, index),
            weights,
            heads,
            rules,
            min_words,
            provenance: read_pairs(origin)?,
            sections: sections.iter().map(|(name, body)| ((*name).to_owned(), body.len())).collect(),
            fingerprint: checksum,
        })
    }
}

/// Checks everything that can be checked without knowing the sections; returns the checksum.
fn check_frame(bytes: &[u8]) -> Result<u32, LoadError> {
    if !bytes.starts_with(&MAGIC) {
        let found = bytes[..bytes.len().min(MAGIC.len())].to_vec();
        return Err(LoadError::Magic { found, expected: MAGIC });
    }
    let least = HEADER + SECTIONS.len() * ENTRY + 4;
    if bytes.len() < least {
        return Err(LoadError::Length { found: bytes.len(), expected: least });
    }
    let [format, pipeline, length] = [8, 12, 16].map(|at| number(bytes, at));
    if format != FORMAT_VERSION {
        return Err(LoadError::FormatVersion { found: format, expected: FORMAT_VERSION });
    }
    if bytes.len() != length as usize {
        return Err(LoadError::Length { found: bytes.len(), expected: length as usize });
    }
    let (body, stored) = bytes.split_at(bytes.len() - 4);
    let (found, expected) = (checksum(body), number(stored, 0));
    if found != expected {
        return Err(LoadError::Checksum { found, expected });
    }
    if pipeline != PIPELINE_VERSION {
        return Err(LoadError::PipelineVersion { found: pipeline, expected: PIPELINE_VERSION });
    }
    Ok(found)
}

/// Returns the sections' names and bodies; their lengths must add up to the file's.
fn split(bytes: &[u8]) -> Result<[(&'static str, &[u8]); SECTIONS.len()], LoadError> {
    let count = number(bytes, 20) as usize;
    if count != SECTIONS.len() {
        let expected = format!("{} sections", SECTIONS.len());
        return Err(LoadError::Section { at: 0, found: format!("{count} sections"), expected });
    }
    let mut bodies = &bytes[HEADER + count * ENTRY..bytes.len() - 4];
    let mut sections = [("", &[][..]); SECTIONS.len()];
    for (at, name) in SECTIONS.into_iter().enumerate() {
        let entry = &bytes[HEADER + at * ENTRY..HEADER + (at + 1) * ENTRY];
        let length = number(entry, 8) as usize;
        if entry[..8] != tag(name) || length > bodies.len() {
            let found = format!("`{}` of {length} bytes", entry[..8].escape_ascii());
            return Err(LoadError::Section {
                at,
                found,
                expected: format!("`{name}` of at most {} bytes", bodies.len()),
            });
        }
        let (body, rest) = bodies.split_at(length);
        sections[at] = (name, body);
        bodies = rest;
    }
    if !bodies.is_empty() {
        return Err(LoadError::Trailing { section: SECTIONS[SECTIONS.len() - 1], found: bodies.len() });
    }
    Ok(sections)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn text(reader: Reader<'_>) -> Result<String, LoadError> {
    match std::str::from_utf8(reader.body) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(reader.value("text", &error, &"UTF-8")),
    }
}

fn read_settings(mut reader: Reader<'_>) -> Result<(Stemming, FeatureSettings, usize), LoadError> {
    let [stemming, gram_min, gram_max, pairs] = reader.array()?;
    let min_words = usize::from(reader.short()?);
    let Some(stemming) = Stemming::from_code(stemming) else {
        return Err(reader.value("stemming", &stemming, &"0, 1 or 2"));
    };
    reader.check(gram_min >= 1, "shortest n-gram", gram_min, "at least 1")?;
    reader.check(pairs <= 1, "pairs", pairs, "0 or 1")?;
    reader.end()?;
    Ok((stemming, FeatureSettings { gram_min, gram_max, pairs: pairs == 1 }, min_words))
}

fn read_heads(mut reader: Reader<'_>) -> Result<Vec<Head>, LoadError> {
    let count = reader.short()?;
    let heads = (0..count).map(|_| read_head(&mut reader)).collect::<Result<Vec<_>, _>>()?;
    reader.check(!heads.is_empty(), "number of heads", 0, "at least 1")?;
    check_names(&reader, "head name", heads.iter().map(Head::name))?;
    reader.end()?;
    Ok(heads)
}

fn read_head(reader: &mut Reader<'_>) -> Result<Head, LoadError> {
    let name = reader.text("head name")?;
    let [ordered] = reader.array()?;
    reader.check(ordered <= 1, "ordered", ordered, "0 or 1")?;
    let temperature = reader.float("temperature")?;
    reader.check(temperature > 0.0, "temperature", Decimal(temperature), "above 0")?;
    let doubt = reader.float("doubt")?;
    reader.check((0.0..1.0).contains(&doubt), "doubt", Decimal(doubt), "0 or more, below 1")?;
    let threshold = reader.float("threshold")?;
    reader.check((0.0..=1.0).contains(&threshold), "threshold", Decimal(threshold), "0 to 1")?;
    let reject = Some(reader.short()?).filter(|&at| at != NONE);
    let count = reader.short()?;
    reader.check(count >= 1, "number of labels", count, "at least 1")?;
    reader.check(
        reject.is_none_or(|at| at < count),
        "rejecting label",
        reject.unwrap_or(0),
        format!("below {count}"),
    )?;
    let thresholds = reader.floats(if ordered == 1 { usize::from(count) } else { 0 }, "threshold of a label")?;
    for &threshold in &thresholds {
        reader.check(
            (0.0..=NEVER).contains(&threshold),
            "threshold of a label",
            Decimal(threshold),
            "0 to 2 (2: none)",
        )?;
    }
    let labels = (0..count).map(|_| read_label(reader)).collect::<Result<Vec<_>, _>>()?;
    check_names(reader, "label id", labels.iter().map(|label| label.id.as_str()))?;
    Ok(Head {
        name,
        labels,
        ordered: ordered == 1,
        temperature,
        doubt,
        threshold,
        at_least: thresholds.into_iter().map(|threshold| Some(threshold).filter(|&t| t < NEVER)).collect(),
        reject: reject.map(usize::from),
    })
}

/// Names are not empty and no two are equal.
fn check_names<'n>(
    reader: &Reader<'_>,
    what: &'static str,
    names: impl Iterator<Item = &'n str>,
) -> Result<(), LoadError> {
    // A sorted list: labels are few, and the tree of the standard library would be downloaded by every browser.
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        let place = seen.binary_search(&name);
        reader.check(!name.is_empty() && place.is_err(), what, format_args!("{name:?}"), "a name that no other has")?;
        seen.insert(place.unwrap_or_else(|place| place), name);
    }
    Ok(())
}

/// The rules' ranks are positions among the labels of their head.
fn read_rules(reader: Reader<'_>, heads: &[Head]) -> Result<Rules, LoadError> {
    let rules = Rules::from_bytes(reader.rest())?;
    let same = |head: &Head| head.name == rules.head() && head.labels.iter().map(|label| &label.id).eq(rules.order());
    let found = || format!("{:?} with the labels {:?}", rules.head(), rules.order());
    let fine = rules.is_empty() || heads.iter().any(same);
    if fine {
        Ok(rules)
    } else {
        Err(reader.value("head of the rules", &found(), &"a head of the model with its labels"))
    }
}

fn read_label(reader: &mut Reader<'_>) -> Result<Label, LoadError> {
    Ok(Label {
        id: reader.text("label id")?,
        name: reader.text("label name")?,
        definition: reader.text("label definition")?,
    })
}

fn read_keys(reader: Reader<'_>) -> Result<Vec<u32>, LoadError> {
    let count = reader.body.len() / 4;
    reader.check(reader.body.len().is_multiple_of(4), "length", reader.body.len(), "a multiple of 4")?;
    let mut key = 0u32;
    (0..count)
        .map(|at| {
            let step = u32::from_le_bytes([0, 1, 2, 3].map(|byte| reader.body[byte * count + at]));
            let (sum, over) = key.overflowing_add(step);
            reader.check(!over, "key", format_args!("{key} + {step}"), "at most 32 bits")?;
            key = sum;
            Ok(key)
        })
        .collect()
}

fn read_weights(mut dense: Reader<'_>, rows: Reader<'_>, features: usize, labels: usize) -> Result<Weights, LoadError> {
    let hidden = usize::from(dense.short()?);
    dense.check((1..=256).contains(&hidden), "hidden units", hidden, "1 to 256")?;
    let wanted = format!("{features} x {hidden}");
    // Checked: on a 32-bit machine a lying file could wrap the product around.
    rows.check(features.checked_mul(hidden) == Some(rows.body.len()), "length", rows.body.len(), wanted)?;
    let weights = Weights {
        hidden,
        rows: rows.body.iter().map(|&step| step as i8).collect(),
        row_scale: dense.float("row scale")?,
        bias: dense.floats(hidden, "hidden bias")?,
        output_scale: dense.floats(labels, "output scale")?,
        output_bias: dense.floats(labels, "output bias")?,
        output: dense.take(hidden.saturating_mul(labels))?.iter().map(|&step| step as i8).collect(),
    };
    dense.end()?;
    Ok(weights)
}

fn read_pairs(mut reader: Reader<'_>) -> Result<Vec<(String, String)>, LoadError> {
    let count = reader.short()?;
    let pairs = (0..count)
        .map(|_| Ok((reader.text("name of origin")?, reader.text("value of origin")?)))
        .collect::<Result<_, LoadError>>()?;
    reader.end()?;
    Ok(pairs)
}

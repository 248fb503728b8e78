//! Words made of repeated words, and words whose affix stands behind a hyphen.

use crate::text::segment::hyphen::{echo, is_prefix, is_suffix};
use std::borrow::Cow;

/// Returns a lower-case `word` without hyphens, figures and repetition.
///
/// `anak-anaknya`, `anak2nya` and `anak\u{b2}nya` are all anaknya; `berjalan-jalan` is berjalan; `ber-ac`, `hp-nya` and
/// `ktp-el` are ac, hp and ktp, because a hyphen shows the affix so plainly that the stemmer need not guess; `e-ktp` is
/// ektp, one word as people also write it.
pub(super) fn reduced(word: Cow<'_, str>) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) || !word.contains(['-', '2', '\u{b2}']) {
        return word;
    }
    let mut whole = String::with_capacity(word.len());
    let mut before: Option<String> = None;
    for part in word.split('-') {
        let part = part.replace(['2', '\u{b2}'], "");
        match before.as_deref() {
            None => whole.push_str(&part),
            Some("e") => whole.push_str(&part),
            Some(prefix) if is_prefix(prefix) && whole == prefix => whole.clone_from(&part),
            Some(_) if is_suffix(&part) => {}
            Some(left) => whole.push_str(&part[echo(left, &part).unwrap_or(0)..]),
        }
        before = Some(part);
    }
    Cow::Owned(whole)
}

//! Where the features of a text stand, sorted so that equal ones are neighbours.

/// A key in the upper half, the first term it was made of in the lower: one number, so that sorting is cheap.
pub(super) type Place = u64;

pub(super) fn key_of(place: Place) -> u32 {
    (place >> 32) as u32
}

pub(super) fn term_of(place: Place) -> usize {
    place as u32 as usize
}

/// Sets `places` to the place of each of `keys`, sorted by key, then in reading order.
pub(super) fn set_places(places: &mut Vec<Place>, keys: impl Iterator<Item = u32>) {
    places.clear();
    places.extend(keys.enumerate().map(|(term, key)| u64::from(key) << 32 | term as u64));
    places.sort_unstable();
}

/// Returns the places of each different key together, keys rising.
pub(super) fn by_key(places: &[Place]) -> impl Iterator<Item = &[Place]> {
    places.chunk_by(|a, b| key_of(*a) == key_of(*b))
}

/// Sublinear term frequency, `1 + ln n` (Manning, Raghavan, Schuetze 2008, section 6.4.1).
pub(super) fn tf_weight(count: usize) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + libm::logf(count as f32) }
}

/// Euclidean length of the weights of what is seen at `places`, 1 for an empty text.
pub(super) fn length<'p>(seen: impl Iterator<Item = &'p [Place]>) -> f32 {
    let squares: f32 = seen.map(|places| tf_weight(places.len()) * tf_weight(places.len())).sum();
    if squares > 0.0 { squares.sqrt() } else { 1.0 }
}

/// Sets `merged` to the entries sorted by id, equal ids (n-grams that two words share) summed in their order, which is
/// the text's.
pub(super) fn merge(entries: &[(u32, f32)], order: &mut Vec<Place>, merged: &mut Vec<(u32, f32)>) {
    merged.clear();
    // Ids are ranks of keys, so a text of known words alone is in order as it comes.
    if entries.is_sorted_by(|a, b| a.0 < b.0) {
        merged.extend_from_slice(entries);
        return;
    }
    set_places(order, entries.iter().map(|&(id, _)| id));
    let weight = |&place: &Place| entries[term_of(place)].1;
    merged.extend(by_key(order).map(|same| (key_of(same[0]), same.iter().map(weight).sum())));
}

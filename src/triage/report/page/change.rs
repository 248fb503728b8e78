//! What changed since the earlier run.

use crate::triage::report::Facts;
use crate::triage::report::compare::{Caution, Comparison, FEW, Move, Moves, Row, compare, days};
use crate::triage::report::indonesian::{self, difference, number, share, tenths};
use maud::{Markup, html};

/// Returns what rose and what fell, with all that makes the numbers less telling.
pub(super) fn changes(now: &Facts, before: &Facts) -> Markup {
    let Comparison { rows, moves, cautions } = compare(now, before);
    let span = |facts: &Facts| days(facts).map(|(first, last)| indonesian::days(first, last));
    html! {
        section {
            h2 { "Dibandingkan dengan sebelumnya" }
            p.quiet {
                "Sekarang: " (span(now).unwrap_or_else(|| "tanggal tidak diketahui".to_owned()))
                ". Sebelumnya: " (span(before).unwrap_or_else(|| "tanggal tidak diketahui".to_owned())) "."
            }
            @if !cautions.is_empty() { ul.cautions { @for caution in cautions { li { (warning(caution)) } } } }
            (table(&rows))
            @for moves in &moves { (moved(moves)) }
        }
    }
}

fn warning(caution: Caution) -> String {
    match caution {
        Caution::Same => {
            "Kedua hasil sama persis: mungkin berkas yang sama dibandingkan dengan dirinya sendiri.".to_owned()
        }
        Caution::Reversed => "Pesan pada hasil pembanding lebih baru daripada hasil ini.".to_owned(),
        Caution::Overlap(first, last) => format!(
            "Masanya bertumpang tindih ({}): pesan pada masa itu mungkin terhitung di keduanya.",
            indonesian::days(first, last)
        ),
        Caution::Lengths(now, before) => format!(
            "Masanya tidak sama panjang ({now} hari dan {before} hari): jumlah tidak sebanding, lihat angka per hari dan bagian \
             dari semua laporan.",
        ),
        Caution::NoTimes => {
            "Tanggal pesan tidak diketahui: mungkin masanya tidak sama panjang atau bertumpang tindih.".to_owned()
        }
        Caution::Model => {
            "Modelnya berbeda: sebagian perubahan mungkin berasal dari model, bukan dari warga.".to_owned()
        }
        Caution::Region => "Wilayahnya berbeda: instansi tidak dibandingkan.".to_owned(),
        Caution::Few => format!("Ada masa dengan kurang dari {FEW} laporan: selisihnya mungkin kebetulan."),
    }
}

fn table(rows: &[Row]) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "" span.unseen { "Yang dihitung" } }
                    th.number scope="col" { "Sekarang" }
                    th.number scope="col" { "Sebelum" }
                    th.number scope="col" { "Selisih" }
                }
            }
            tbody { @for row in rows { (one(row)) } }
        }
        p.quiet { small { "Persen tidak ditulis bila angka sebelumnya di bawah 20." } }
    }
}

fn one(row: &Row) -> Markup {
    let write = if row.tenths { tenths } else { number };
    html! {
        tr {
            th scope="row" { (row.name) }
            td.number { (write(row.now)) }
            td.number { (write(row.before)) }
            td.number {
                (difference(row.now, row.before, write))
                @if let Some(percent) = row.percent() { " " small { (percent) } }
            }
        }
    }
}

fn moved(moves: &Moves) -> Markup {
    html! {
        h3 { (moves.title) " yang berubah" }
        @if moves.rose.is_empty() && moves.fell.is_empty() {
            p { "Tidak ada yang berubah lebih besar daripada naik-turun yang biasa." }
        }
        @if !moves.rose.is_empty() { (list("Naik", "▲", &moves.rose, moves)) }
        @if !moves.fell.is_empty() { (list("Turun", "▼", &moves.fell, moves)) }
    }
}

fn list(title: &str, mark: &str, moved: &[Move], of: &Moves) -> Markup {
    html! {
        ul.moves {
            @for one in moved {
                li {
                    span.mark aria-hidden="true" { (mark) } span.unseen { (title) }
                    " " bdi { (one.name) } " "
                    span.quiet { (words(one, of)) }
                }
            }
        }
    }
}

/// A change in words: counts, or shares where counts cannot be compared.
fn words(one: &Move, of: &Moves) -> String {
    if of.shares {
        let (now, before) = of.reports;
        return format!("dari {} menjadi {} dari semua laporan", share(one.before, before), share(one.now, now));
    }
    let by = difference(one.now, one.before, number);
    format!("dari {} menjadi {} laporan ({by})", number(one.before), number(one.now))
}

//! What a person must look at, and what could not be read.

use super::head_title;
use crate::triage::report::chart::{Bar, Parts, bars};
use crate::triage::report::indonesian::number;
use crate::triage::report::{Facts, ReviewCount, SourceCount};
use maud::{Markup, html};

/// Inputs that have a line of their own.
const SOURCES: usize = 20;

/// Returns what the model would not decide alone, and why.
pub(super) fn review(facts: &Facts) -> Markup {
    let reason = |reason: &ReviewCount| {
        let (name, aside) = words(reason);
        Bar { name, whole: reason.messages, part: 0, value: number(reason.messages), aside }
    };
    let shown: Vec<Bar> = facts.review.iter().map(reason).collect();
    html! {
        @if !shown.is_empty() {
            section {
                h2 { "Perlu dilihat petugas" }
                p.quiet { "Pesan yang tidak diputuskan mesin sendiri, menurut sebabnya. Di berkas hasil: kolom pilah_needs_review." }
                (bars(&shown, Parts::Urgent))
            }
        }
    }
}

/// A reason in words, and what to do about it.
fn words(review: &ReviewCount) -> (String, String) {
    let (name, aside) = match (review.reason.as_str(), review.head.as_deref()) {
        ("too-short", _) => ("Terlalu pendek untuk dinilai", "tanyakan kembali kepada pengirim"),
        ("not-a-report", _) => ("Tampaknya bukan laporan", "lihat sekilas agar tidak ada yang terlewat"),
        ("unsure", Some(head)) => return (unsure(head), "pilihan pertama kurang meyakinkan".to_owned()),
        ("unsure", None) => ("Ragu", "pilihan pertama kurang meyakinkan"),
        (other, _) => (other, ""),
    };
    (name.to_owned(), aside.to_owned())
}

fn unsure(head: &str) -> String {
    match head {
        "category" => "Ragu tentang pokok laporan (kategori)".to_owned(),
        "agency" => "Ragu tentang instansi yang menangani".to_owned(),
        "urgency" => "Ragu tentang urgensinya".to_owned(),
        "type" => "Ragu tentang jenisnya: pengaduan, aspirasi, pertanyaan, atau bukan laporan".to_owned(),
        other => format!("Ragu tentang {}", head_title(other)),
    }
}

/// Returns what was read from where, and what was not.
pub(super) fn sources(facts: &Facts) -> Markup {
    html! {
        section {
            h2 { "Berkas yang dibaca" }
            p { (not_read(facts)) }
            @if !facts.sources.is_empty() { (table(&facts.sources)) }
        }
    }
}

fn not_read(facts: &Facts) -> String {
    let rejected = match facts.rejected {
        0 => "Tidak ada data yang gagal dibaca.".to_owned(),
        some => format!(
            "{} data tidak dapat dibaca dan disimpan beserta sebabnya di berkas penolakan (rejected.jsonl); jangan dibuang sebelum \
             dilihat.",
            number(some)
        ),
    };
    match facts.passed_over {
        0 => rejected,
        some => format!(
            "{rejected} {} data dilewati karena tidak berisi pesan orang: pemberitahuan sistem atau media yang tidak ikut \
             diekspor.",
            number(some)
        ),
    }
}

fn table(sources: &[SourceCount]) -> Markup {
    let mut sorted: Vec<&SourceCount> = sources.iter().collect();
    // Those with trouble first: with hundreds of files, they would not be seen.
    sorted.sort_by_key(|source| std::cmp::Reverse(source.rejected));
    // One line more instead of "1 other".
    let (shown, rest) = sorted.split_at(if sorted.len() <= SOURCES + 1 { sorted.len() } else { SOURCES });
    let sum = |count: fn(&SourceCount) -> u64| rest.iter().fold(0_u64, |sum, source| sum.saturating_add(count(source)));
    html! {
        table {
            thead { tr { th scope="col" { "Berkas" } th.number scope="col" { "Pesan" } th.number scope="col" { "Tidak terbaca" } } }
            tbody {
                @for source in shown { (row(&source.name, source.messages, source.rejected)) }
                @if !rest.is_empty() {
                    (row(&format!("dan {} lainnya", number(rest.len() as u64)), sum(|of| of.messages), sum(|of| of.rejected)))
                }
            }
        }
    }
}

fn row(name: &str, messages: u64, rejected: u64) -> Markup {
    html! {
        tr {
            th scope="row" { bdi { (name) } }
            td.number { (number(messages)) }
            td.number { @if rejected > 0 { strong { (number(rejected)) } } @else { "0" } }
        }
    }
}

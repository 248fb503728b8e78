//! The headline and the numbers to remember.

use crate::triage::report::indonesian::{days, number, share, zone};
use crate::triage::report::{Facts, compare};
use maud::{Markup, html};

/// Returns the page's title: files are found by it.
pub(super) fn title(facts: &Facts) -> String {
    let parts = [Some("Ringkasan laporan warga".to_owned()), facts.region.clone(), span(facts)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Returns what everyone reads: the headline, and the key numbers.
pub(super) fn header(facts: &Facts) -> Markup {
    html! {
        header {
            p.over {
                "Ringkasan laporan warga"
                @if let Some(region) = &facts.region { " · " bdi { (region) } }
            }
            h1 { (headline(facts)) }
            p.quiet {
                @match span(facts) {
                    Some(span) => { "Pesan tanggal " (span) " (" (zone(facts.utc_offset)) ")." }
                    None if facts.messages > 0 => "Tanggal pesan tidak diketahui.",
                    None => "",
                }
                @if facts.reports.all > facts.reports.distinct {
                    " Laporan yang isinya sama dihitung sekali: ada " strong { (number(facts.reports.distinct)) } " laporan berbeda."
                }
            }
            @if facts.messages > 0 { (numbers(facts)) }
        }
    }
}

fn span(facts: &Facts) -> Option<String> {
    compare::days(facts).map(|(first, last)| days(first, last))
}

/// The run in one sentence.
fn headline(facts: &Facts) -> String {
    if facts.messages == 0 {
        return "Tidak ada pesan yang terbaca.".to_owned();
    }
    let messages = number(facts.messages);
    let urgent = match facts.urgent {
        0 => "tidak ada yang dinilai perlu ditangani dalam hitungan jam".to_owned(),
        urgent => format!("{} perlu ditangani dalam hitungan jam", number(urgent)),
    };
    match facts.reports.all {
        0 => format!("{messages} pesan masuk; tidak ada yang dinilai sebagai laporan."),
        all if all >= facts.messages => format!("{messages} pesan masuk, semuanya laporan; {urgent}."),
        all => format!("{messages} pesan masuk, {} di antaranya laporan; {urgent}.", number(all)),
    }
}

fn numbers(facts: &Facts) -> Markup {
    let review = facts.review.iter().fold(0_u64, |sum, reason| sum.saturating_add(reason.messages));
    html! {
        dl.numbers {
            (tile("Pesan masuk", facts.messages, "", ""))
            (tile("Laporan", facts.reports.all, &format!("{} dari pesan", share(facts.reports.all, facts.messages)), ""))
            (tile("Laporan berbeda", facts.reports.distinct, "yang sama dihitung sekali", ""))
            (tile("Dalam hitungan jam", facts.urgent, "perlu ditangani segera", if facts.urgent > 0 { "alarm" } else { "" }))
            (tile("Perlu dilihat petugas", review, &format!("{} dari pesan", share(review, facts.messages)), ""))
            (tile("Tidak terbaca", facts.rejected, "baris atau pesan rusak", ""))
        }
    }
}

fn tile(name: &str, value: u64, aside: &str, class: &str) -> Markup {
    html! {
        div class=(class) {
            dt { (name) }
            dd { strong { (number(value)) } @if !aside.is_empty() { " " small { (aside) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::report::Count;

    /// The headline of a run with these many messages, reports and urgent ones.
    fn check(messages: u64, reports: u64, urgent: u64, expected: &str) {
        let empty = r#"{"version":1,"model":"","region":null,"utc_offset":8,"sources":[],"messages":0,"passed_over":0,"rejected":0,
            "reports":{"all":0,"distinct":0},"span":null,"heads":[],"offices":[],"days":[],"channels":[],"urgent":0,
            "urgent_first":[],"groups":0,"biggest":[],"review":[]}"#;
        let empty: Facts = serde_json::from_str(empty).unwrap();
        let reports = Count { all: reports, distinct: reports };
        assert_eq!(headline(&Facts { messages, reports, urgent, ..empty }), expected);
    }

    #[test]
    fn headlines_are_sentences() {
        check(1234, 812, 7, "1.234 pesan masuk, 812 di antaranya laporan; 7 perlu ditangani dalam hitungan jam.");
        check(3, 3, 0, "3 pesan masuk, semuanya laporan; tidak ada yang dinilai perlu ditangani dalam hitungan jam.");
        check(3, 0, 0, "3 pesan masuk; tidak ada yang dinilai sebagai laporan.");
        check(0, 0, 0, "Tidak ada pesan yang terbaca.");
    }
}

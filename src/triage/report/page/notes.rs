//! How to read the numbers, and what they are not.

use crate::triage::report::Facts;
use maud::{Markup, html};

/// Returns the footnotes.
pub(super) fn footer(facts: &Facts) -> Markup {
    html! {
        footer {
            h2 { "Cara membaca" }
            p {
                strong { "Saran, bukan keputusan." }
                " Kategori, instansi, urgensi, dan jenis ditentukan mesin dari kata-kata dalam pesan. Mesin tidak tahu keadaan di \
                 lapangan dan tidak memeriksa kebenaran isi pesan; petugas yang memutuskan."
            }
            p {
                strong { "Persen di belakang sebuah pilihan" }
                " adalah kemungkinan pilihan itu benar: dari 100 pilihan bertanda 80\u{a0}%, kira-kira 80 benar dan 20 keliru. \
                 Urgensi dinaikkan bila ada tanda bahaya, walaupun kemungkinannya kecil: persen kecil pada laporan mendesak bukan \
                 alasan untuk mengabaikannya."
            }
            p {
                strong { "Laporan berbeda:" }
                " pesan yang isinya sama atau hampir sama dihitung sekali. Banyaknya pesan bukan ukuran bahaya; satu pesan pun dapat \
                 berarti."
            }
            p {
                strong { "Keterbatasan:" }
                " pesan berbahasa daerah, sindiran, gambar, dan suara mungkin keliru dinilai atau tidak terbaca. Pesan yang \
                 dinilai bukan laporan tetap ada di bagian akhir berkas hasil."
            }
            p.quiet {
                "Model: " bdi { (facts.model) } ". Wilayah: "
                @match &facts.region { Some(region) => bdi { (region) }, None => "tidak dipilih" }
                "."
            }
        }
    }
}

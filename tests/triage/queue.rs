//! What is in the output, and in which order.

use super::{Office, messages};
use serde_json::{Value, json};

const LAMP: &str = "Lampu jalan di depan pasar mati total sudah seminggu, gelap sekali";
const FIRE: &str = "Kebakaran rumah di Gang Melati, api membesar dan nenek masih terjebak di dalam";
const CHAT: &str = "Selamat ulang tahun ya kak, semoga sehat selalu dan banyak rezeki, kapan kita makan-makan";

fn texts(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["text"].as_str().unwrap()).collect()
}

#[test]
fn the_most_urgent_comes_first_then_duplicates_then_what_is_no_report() {
    let shared = format!("Teruskan: {LAMP}");
    let rows = [CHAT, LAMP, &shared, FIRE, LAMP].map(|text| json!({"id": text.len(), "text": text}));
    let office = Office::with(&rows);
    office.sort("pesan.jsonl --out antrean.jsonl --region samarinda");
    let sorted = office.rows("antrean.jsonl");
    assert_eq!(texts(&sorted)[0], FIRE);
    assert_eq!(texts(&sorted)[4], CHAT);
    let column = |name: &str| -> Vec<Value> { sorted.iter().map(|row| row[name].clone()).collect() };
    assert_eq!(column("pilah_rank"), [json!(1), json!(2), json!(null), json!(null), json!(null)]);
    assert_eq!(column("pilah_duplicates"), [json!(1), json!(3), json!(3), json!(3), json!(1)]);
    let lamp = sorted[1]["pilah_row"].clone();
    assert_eq!(column("pilah_duplicate_of"), [json!(null), json!(null), lamp.clone(), lamp, json!(null)]);
    assert_eq!(sorted[0]["pilah_office"], "Dinas Pemadam Kebakaran dan Penyelamatan Kota Samarinda");
    assert_eq!(sorted[0]["pilah_urgency"], "darurat");
    assert_eq!((&sorted[0]["pilah_source"], &sorted[0]["pilah_position"]), (&json!("pesan.jsonl"), &json!("line:4")));
    assert_eq!(sorted[0]["id"], FIRE.len());
}

#[test]
fn urgency_comes_before_probability_and_probability_before_age() {
    let office = Office::with(&messages(300));
    office.sort("pesan.jsonl --out antrean.jsonl");
    let order = ["darurat", "tinggi", "sedang", "rendah"];
    let sorted = office.rows("antrean.jsonl");
    let queue: Vec<(usize, i64)> = sorted
        .iter()
        .filter(|row| !row["pilah_rank"].is_null())
        .map(|row| {
            let urgency = order.iter().position(|id| row["pilah_urgency"] == *id).unwrap();
            (urgency, -(10_000.0 * row["pilah_urgency_probability"].as_f64().unwrap()).round() as i64)
        })
        .collect();
    assert!(queue.len() > 100);
    assert!(queue.is_sorted(), "{queue:?}");
    let ranks: Vec<u64> = sorted.iter().filter_map(|row| row["pilah_rank"].as_u64()).collect();
    assert_eq!(ranks, (1..=queue.len() as u64).collect::<Vec<_>>());
    assert_eq!(sorted.len(), 300);
}

#[test]
fn what_it_says_is_what_classify_says() {
    let rows = messages(40);
    let office = Office::with(&rows);
    office.sort("pesan.jsonl --out antrean.jsonl --evidence");
    let classifier = pilah::Classifier::from_bytes(include_bytes!("../../models/kecil.pilah")).unwrap();
    for row in office.rows("antrean.jsonl") {
        let prediction = classifier.classify(row["text"].as_str().unwrap());
        for head in prediction.heads() {
            let best = head.best().unwrap();
            assert_eq!(row[format!("pilah_{}", head.head)], best.label);
            let told = row[format!("pilah_{}_probability", head.head)].as_f64().unwrap();
            assert!((told - f64::from(best.probability)).abs() <= 0.000_051, "{told} {}", best.probability);
        }
        assert_eq!(row["pilah_needs_review"].is_null(), prediction.needs_review().is_none());
        assert_eq!(row["pilah_evidence"] == "", prediction.evidence().is_empty());
    }
}

#[test]
fn private_data_is_masked_unless_it_is_to_be_kept() {
    let text = "Lampu jalan mati di Gang Melati, hubungi saya 0812-3456-7890 atau budi@contoh.id";
    let office = Office::with(&[json!({"nama": "Budi", "text": text, "catatan": {"telp": "081234567890"}, "id": 5})]);
    office.sort("pesan.jsonl --out samar.jsonl --report samar.json --report samar.html");
    let row = &office.rows("samar.jsonl")[0];
    assert_eq!(row["text"], "Lampu jalan mati di Gang Melati, hubungi saya [TELEPON] atau [EMAIL]");
    assert_eq!((&row["nama"], &row["catatan"]), (&json!("[DISAMARKAN]"), &json!({"telp": "[DISAMARKAN]"})));
    for name in ["samar.jsonl", "samar.json", "samar.html"] {
        let written = String::from_utf8(office.read(name)).unwrap();
        assert!(!written.contains("3456") && !written.contains("Budi"), "{name}: {written}");
    }
    office.sort("pesan.jsonl --out apa-adanya.jsonl --keep-private");
    let row = &office.rows("apa-adanya.jsonl")[0];
    assert_eq!((&row["text"], &row["nama"]), (&json!(text), &json!("Budi")));
}

#[test]
fn of_equally_sure_ones_the_oldest_comes_first() {
    let times = ["2026-01-05 10:00", "2026-01-03 10:00", "", "2026-01-04 10:00"];
    let rows = times.iter().enumerate().map(|(id, time)| json!({"id": id, "text": LAMP, "waktu": time, "rt": id}));
    // The same words in another order are as sure, and no duplicates of three words each.
    let office = Office::with(
        &rows
            .map(|mut row| {
                row["text"] = json!("lampu jalan mati");
                row
            })
            .collect::<Vec<_>>(),
    );
    office.sort("pesan.jsonl --out antrean.jsonl");
    let ids: Vec<Value> = office.rows("antrean.jsonl").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, [json!(1), json!(3), json!(0), json!(2)]);
}

#[test]
fn what_names_people_is_masked_wherever_it_stands() {
    let office = Office::new();
    let row = json!({"text": "Lampu jalan mati, hubungi https://wa.me/6281234567890", "chat_id": "6281234567890@c.us",
        "konteks": {"sender": {"nama": "Budi"}, "author_name": "Siti"}});
    office.save("Chat WhatsApp dengan Budi.txt", format!("{row}\n081234567890 Budi bukan JSON\n"));
    let output = office
        .command("--out antrean.jsonl --report laporan.html --report laporan.json")
        .arg("Chat WhatsApp dengan Budi.txt")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for name in ["antrean.jsonl", "rejected.jsonl", "laporan.html", "laporan.json"] {
        let written = String::from_utf8(office.read(name)).unwrap();
        for private in ["Budi", "Siti", "81234567890"] {
            assert!(!written.contains(private), "{name} has {private}: {written}");
        }
    }
    assert_eq!(office.rows("antrean.jsonl")[0]["pilah_source"], "Chat WhatsApp dengan [NAMA-1].txt");
    assert_eq!(office.rows("rejected.jsonl").len(), 1);
}

#[test]
fn the_output_of_a_run_can_be_sorted_again_and_loses_nothing() {
    let office = Office::with(&messages(20));
    office.sort("pesan.jsonl --out satu.jsonl");
    office.sort("satu.jsonl --out dua.jsonl");
    office.sort("dua.jsonl --out tiga.jsonl");
    let (first, again, third) = (office.rows("satu.jsonl"), office.rows("dua.jsonl"), office.rows("tiga.jsonl"));
    let fields = |rows: &[Value]| rows[0].as_object().unwrap().len();
    let own = fields(&first) - 2;
    assert_eq!((fields(&again), fields(&third)), (2 + 2 * own, 2 + 3 * own));
    for row in &again {
        let before = first.iter().find(|before| before["id"] == row["id"]).unwrap();
        assert_eq!(row["masukan_pilah_category"], before["pilah_category"]);
        assert_eq!(row["text"], before["text"]);
    }
    assert_eq!(again.len(), first.len());
}

#[test]
fn every_format_has_the_same_rows() {
    let office = Office::with(&messages(60));
    for ending in ["jsonl", "csv", "parquet", "sqlite"] {
        office.sort(&format!("pesan.jsonl --out antrean.{ending} --region kutai-timur"));
    }
    // Read back by pilah itself: each is sorted again, and its own columns are carried along.
    for ending in ["csv", "parquet"] {
        office.sort(&format!("antrean.{ending} --out lagi.jsonl --text-column text"));
        let mut again = office.rows("lagi.jsonl");
        again.sort_by_key(|row| row["masukan_pilah_row"].to_string().trim_matches('"').parse::<u64>().unwrap());
        let mut first = office.rows("antrean.jsonl");
        first.sort_by_key(|row| row["pilah_row"].as_u64());
        // A number may be written with more or fewer zeros.
        let text = |value: &Value| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.parse::<f64>().map_or(text, |number| number.to_string())
        };
        for (row, before) in again.iter().zip(&first) {
            for (name, value) in before.as_object().unwrap() {
                let name = if name.starts_with("pilah_") { format!("masukan_{name}") } else { name.clone() };
                // A CSV cell has no type, and null is an empty one.
                let expected = if ending == "csv" && value.is_null() { String::new() } else { text(value) };
                assert_eq!(text(&row[&name]), expected, "{ending} {name}");
            }
        }
    }
    let database = rusqlite::Connection::open(office.path("antrean.sqlite")).unwrap();
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let queued = office.rows("antrean.jsonl").iter().filter(|row| !row["pilah_rank"].is_null()).count();
    assert_eq!(count("SELECT count(*) FROM laporan"), 60);
    assert_eq!(count("SELECT count(*) FROM antrean"), queued as i64);
    assert_eq!(count("SELECT count(*) FROM antrean WHERE kategori IS NULL OR teks IS NULL OR kantor IS NULL"), 0);
}

#[test]
fn times_without_a_zone_are_those_of_the_region() {
    let office = Office::with(&[json!({"text": LAMP, "waktu": "2026-01-05 10:00"})]);
    for (arguments, expected) in [
        ("", "2026-01-05T10:00:00+07:00"),
        ("--region kutai-timur", "2026-01-05T10:00:00+08:00"),
        ("--region kutai-timur --utc-offset 9", "2026-01-05T10:00:00+09:00"),
    ] {
        office.sort(&format!("pesan.jsonl --out antrean.jsonl {arguments}"));
        assert_eq!(office.rows("antrean.jsonl")[0]["pilah_time"], expected, "{arguments}");
    }
}

#[test]
fn what_earlier_runs_wrote_into_the_folder_is_not_counted_again() {
    let office = Office::new();
    office.save("ekspor/pesan.csv", format!("id,isi\n1,\"{LAMP}\"\n2,\"{FIRE}\"\n"));
    for out in ["a.jsonl", "b.csv", "c.jsonl"] {
        office.sort(&format!("ekspor --out ekspor/{out} --report ekspor/{out}.json"));
    }
    assert_eq!(office.rows("ekspor/c.jsonl").len(), 2);
    assert_eq!(office.rows("ekspor/rejected.jsonl"), Vec::<Value>::new());
}

#[test]
fn a_row_whose_text_column_is_empty_is_read_by_another_one() {
    let office = Office::new();
    office.save("pesan.csv", format!("text,isi_laporan\n\"{LAMP}\",\n,\"{FIRE}\"\n"));
    office.save(
        "pesan.jsonl",
        format!("{}\n{}\n", json!({"text": "", "isi_laporan": FIRE}), json!({"text": LAMP, "isi_laporan": null})),
    );
    for input in ["pesan.csv", "pesan.jsonl"] {
        office.sort(&format!("{input} --out antrean.jsonl"));
        assert_eq!(office.rows("antrean.jsonl").len(), 2, "{input}");
        assert_eq!(office.rows("antrean.jsonl")[0]["isi_laporan"], FIRE, "{input}");
    }
}

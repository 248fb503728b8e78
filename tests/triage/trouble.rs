//! What goes wrong is told with what to do, and nothing that is done is lost.

use super::{Office, messages};
use serde_json::json;

#[test]
fn bad_rows_are_told_with_file_line_and_reason_and_the_run_goes_on() {
    let office = Office::new();
    office.save("pesan.jsonl", "{\"text\":\"Lampu jalan mati di depan sekolah\"}\n{\"text\": oops}\n{\"teks\":5}\n\n{\"text\":\"\"}\n{\"text\":\"Air PDAM keruh sudah dua hari\"}\n");
    let told = office.sort("pesan.jsonl --out antrean.jsonl");
    assert!(told.contains("3 records or files could not be read") && told.contains("rejected.jsonl"), "{told}");
    assert_eq!(office.rows("antrean.jsonl").len(), 2);
    let rejects = office.rows("rejected.jsonl");
    assert_eq!(rejects.iter().map(|row| row["line"].clone()).collect::<Vec<_>>(), [json!(2), json!(3), json!(5)]);
    assert!(rejects.iter().all(|row| row["file"] == "pesan.jsonl" && row["reason"].as_str().unwrap().len() > 10));
}

#[test]
fn a_strict_run_stops_at_the_first_bad_row() {
    let office = Office::new();
    office.save("pesan.jsonl", "{\"text\":\"Lampu jalan mati\"}\n{\"text\": oops}\n");
    let told = office.fail("pesan.jsonl --out antrean.jsonl --strict");
    assert!(told.contains("--strict") && told.contains("\"line\":2"), "{told}");
    assert!(!office.path("antrean.jsonl").exists());
}

#[test]
fn a_changed_input_or_other_settings_are_noticed_and_restart_begins_anew() {
    let office = Office::with(&messages(1200));
    office.save("pesan.jsonl", [office.read("pesan.jsonl"), b"{oops\n".to_vec()].concat());
    // Left behind by a run that stopped: --strict stops at the last line, after checkpoints.
    office.fail("pesan.jsonl --out antrean.jsonl --strict --checkpoint-rows 100");
    assert!(office.path("antrean.jsonl.work").exists());
    let told = office.fail("pesan.jsonl --out antrean.jsonl --keep-private");
    assert!(told.contains("keep private") && told.contains("--restart"), "{told}");
    let mut changed = messages(1200);
    changed[3] = json!({"id": 3, "text": "lain"});
    office.save("pesan.jsonl", changed.iter().map(|row| format!("{row}\n")).collect::<String>());
    let told = office.fail("pesan.jsonl --out antrean.jsonl");
    assert!(told.contains("pesan.jsonl has changed") && told.contains("--restart"), "{told}");
    office.sort("pesan.jsonl --out antrean.jsonl --restart");
    assert_eq!(office.rows("antrean.jsonl").len(), 1200);
    assert_eq!(office.names(), ["antrean.jsonl", "pesan.jsonl", "rejected.jsonl"]);
}

#[test]
fn inputs_and_outputs_that_cannot_be_are_told() {
    let office = Office::with(&messages(3));
    office.save("foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01");
    office.save("berkas", "bukan folder");
    for (arguments, expected) in [
        ("tidak-ada.jsonl --out a.jsonl", &["tidak-ada.jsonl"][..]),
        ("foto.jpg --out a.jsonl", &["foto.jpg"]),
        ("pesan.jsonl --out tidak/ada/a.jsonl", &["tidak/ada"]),
        ("pesan.jsonl --out berkas/a.jsonl", &["berkas"]),
        ("pesan.jsonl --out a.jsonl --text-column isi", &["`isi`", "`text`"]),
        ("pesan.jsonl --out a.jsonl --region samarinda --report x.json --previous pesan.jsonl", &["pesan.jsonl"]),
    ] {
        let told = office.fail(arguments);
        assert!(expected.iter().all(|part| told.contains(part)), "{arguments}: {told}");
        assert!(told.starts_with("error: "), "{told}");
    }
    for (arguments, expected) in [
        ("pesan.jsonl --out a.txt", ".sqlite"),
        ("pesan.jsonl --out a.jsonl --region samarnda", "samarinda"),
        ("pesan.jsonl", "--out"),
    ] {
        let output = office.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(expected), "{arguments}: {told}");
    }
}

#[test]
fn files_with_two_tasks_are_refused_before_any_work() {
    let office = Office::with(&messages(3));
    office.save("x.json", "");
    let before = office.read("pesan.jsonl");
    for arguments in [
        "pesan.jsonl --out pesan.jsonl",
        "pesan.jsonl --out ./../{folder}/pesan.jsonl",
        "pesan.jsonl --out a.json --format jsonl --report a.json",
        "pesan.jsonl --out a.jsonl --rejected a.jsonl",
        "pesan.jsonl --out a.jsonl --report x.html --report x.html",
        "pesan.jsonl --out a.jsonl --report tidak/ada/x.html",
        "pesan.jsonl --out .",
    ] {
        let folder = office.folder.path().file_name().unwrap().to_str().unwrap();
        let arguments =
            arguments.replace("{folder}", folder) + if arguments.ends_with(" .") { " --format jsonl" } else { "" };
        let told = office.fail(&arguments);
        assert!(told.contains("cannot write"), "{arguments}: {told}");
        assert_eq!(office.names(), ["pesan.jsonl", "x.json"], "{arguments}");
    }
    assert_eq!(office.read("pesan.jsonl"), before);
}

#[test]
fn what_changes_after_everything_was_read_is_noticed_too() {
    let office = Office::with(&messages(1200));
    let whole = office.read("pesan.jsonl");
    // Stops while writing: a report's folder vanishes. Simulated by a folder where its draft should be.
    std::fs::create_dir_all(office.path("lain/.x.html.draft")).unwrap();
    let arguments = "pesan.jsonl --out antrean.jsonl --report lain/x.html --checkpoint-rows 500";
    office.fail(arguments);
    assert!(office.path("antrean.jsonl.work/grouped").exists());
    for changed in [
        [whole.clone(), b"{\"text\":\"Kebakaran di Gang Mawar\"}\n".to_vec()].concat(),
        whole[..whole.len() / 2].to_vec(),
    ] {
        office.save("pesan.jsonl", changed);
        let told = office.fail(arguments);
        assert!(told.contains("has changed") && told.contains("--restart"), "{told}");
    }
    office.save("pesan.jsonl", whole);
    std::fs::remove_dir(office.path("lain/.x.html.draft")).unwrap();
    office.sort(arguments);
    assert_eq!(office.rows("antrean.jsonl").len(), 1200);
    assert_eq!(office.names(), ["antrean.jsonl", "lain", "pesan.jsonl", "rejected.jsonl"]);
}

#[test]
fn a_strict_run_does_not_go_on_with_work_that_has_rejects() {
    let office = Office::with(&messages(600));
    office.save("pesan.jsonl", [b"{oops\n".to_vec(), office.read("pesan.jsonl")].concat());
    std::fs::create_dir_all(office.path("lain/.x.html.draft")).unwrap();
    office.fail("pesan.jsonl --out antrean.jsonl --report lain/x.html");
    let told = office.fail("pesan.jsonl --out antrean.jsonl --report lain/x.html --strict");
    assert!(told.contains("\"line\":1"), "{told}");
}

#[test]
fn damaged_archives_in_a_folder_are_told_and_the_others_read() {
    let office = Office::new();
    let row = "{\"text\":\"Lampu jalan mati di depan sekolah\"}\n".repeat(3000);
    let mut archive = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut archive, row.as_bytes()).unwrap();
    let mut archive = archive.finish().unwrap();
    let middle = archive.len() / 2;
    archive[middle..middle + 8].fill(0xff);
    office.save("ekspor/a.jsonl", &row);
    office.save("ekspor/b.jsonl.gz", archive);
    office.sort("ekspor --out antrean.jsonl");
    assert!(office.rows("antrean.jsonl").len() >= 3000);
    let rejects = office.rows("rejected.jsonl");
    assert!(rejects.iter().all(|reject| reject["file"].as_str().unwrap().ends_with("b.jsonl.gz")), "{rejects:?}");
    assert!(!rejects.is_empty());
}

#[test]
fn a_folder_is_read_whole_and_what_is_no_export_in_it_is_told() {
    let office = Office::new();
    office.save("ekspor/a.jsonl", "{\"text\":\"Lampu jalan mati di depan sekolah\"}\n");
    office.save("ekspor/b/pesan.csv", "id;isi\n1;Sampah menumpuk di pasar sudah seminggu\n");
    office.save("ekspor/foto.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01");
    // The output lies in the folder that is read: it is no input of the next run.
    for _ in 0..2 {
        office.sort("ekspor --out ekspor/antrean.jsonl");
        assert_eq!(office.rows("ekspor/antrean.jsonl").len(), 2);
        let rejects = office.rows("ekspor/rejected.jsonl");
        assert_eq!(rejects.len(), 1);
        assert!(rejects[0]["file"].as_str().unwrap().ends_with("foto.jpg"));
    }
}

/// A limit on the size of files is the full disk that every machine has.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_same_command_goes_on_afterwards() {
    let office = Office::with(&messages(3000));
    office.sort("pesan.jsonl --out antrean.jsonl --checkpoint-rows 200");
    let expected = office.read("antrean.jsonl");
    std::fs::remove_file(office.path("antrean.jsonl")).unwrap();
    let program = env!("CARGO_BIN_EXE_pilah");
    // In blocks of 512 bytes: too little for a segment, and enough for segments but not for the output.
    for blocks in [100, 1000] {
        let limited = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec {program} triage --kecil pesan.jsonl --out antrean.jsonl --checkpoint-rows 200"
        );
        let output =
            std::process::Command::new("sh").args(["-c", &limited]).current_dir(office.folder.path()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains("cannot write") && told.contains("run the same command again"), "{told}");
        assert!(!office.path("antrean.jsonl").exists());
    }
    office.sort("pesan.jsonl --out antrean.jsonl --checkpoint-rows 200");
    assert!(office.read("antrean.jsonl") == expected);
}

//! `pilah train` for a team without a recipe.

use crate::folder;
use assert_cmd::Command;
use std::fs;
use std::path::Path;

fn pilah(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilah"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    assert!(output.stdout.is_empty(), "answers of train are files");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn csv() -> String {
    let topics =
        [("Dinas PU", "jalan berlubang dekat", 3), ("PDAM", "air mati sejak pagi di", 1), ("PLN", "kabel putus di", 2)];
    let places = ["pasar lama", "gang melati", "balai desa", "terminal kota", "ujung jembatan", "sekolah dasar"];
    let row = |(n, place): (usize, &&str)| {
        let row = |(unit, text, level): &(&str, &str, usize)| {
            format!("{n}-{level};\"{text} {place}; tolong\";{unit};{level}\r\n")
        };
        topics.iter().map(row).collect::<String>()
    };
    "No;Isi;Unit Tujuan;Tingkat\r\n".to_owned() + &places.iter().enumerate().map(row).collect::<String>()
}

const HEADS: [&str; 4] = ["--head", "unit=Unit Tujuan", "--head", "tingkat=Tingkat"];

#[test]
fn a_team_without_a_recipe_gets_one_that_gives_the_same_again() {
    let folder = folder(&[("laporan.csv", csv().as_bytes())]);
    let shared = ["train", "laporan.csv", "--id-column", "No", "--out", "model"];
    let (code, told) = pilah(folder.path(), &[&shared[..], &HEADS, &["--split-share", "0.2"]].concat());
    assert_eq!(code, 0, "{told}");
    for part in ["18  rows read", "Head unit (column `Unit Tujuan`): 18 rows", "Dinas PU", "model/kecil.pilah: "] {
        assert!(told.contains(part), "no {part:?} in {told}");
    }
    let (code, told) =
        pilah(folder.path(), &["train", "laporan.csv", "--recipe", "model/recipe.toml", "--out", "again", "--quiet"]);
    assert_eq!(code, 0, "{told}");
    for name in ["penuh.pilah", "kecil.pilah"] {
        let read = |out: &str| fs::read(folder.path().join(out).join(name)).unwrap();
        assert!(read("model") == read("again"), "{name} is another when it is made again");
    }
    assert!(!folder.path().join("again/recipe.toml").exists());
}

#[test]
fn a_check_tells_and_writes_nothing_else() {
    let labels = "label = [{ id = \"Dinas PU\", name = \"PU\" }, { id = \"PDAM\", name = \"PDAM\" }]";
    let folder = folder(&[("laporan.csv", csv().as_bytes()), ("unit.toml", labels.as_bytes())]);
    let shared = [&["train", "laporan.csv", "--check", "--audit", "audit.json"][..], &HEADS].concat();
    let (code, told) = pilah(folder.path(), &shared);
    assert_eq!(code, 0, "{told}");
    let audit: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("audit.json")).unwrap()).unwrap();
    assert_eq!((&audit["train"], &audit["heads"][0]["column"]), (&18.into(), &"Unit Tujuan".into()));
    let (code, told) = pilah(folder.path(), &[&shared[..], &["--labels", "unit=unit.toml"]].concat());
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("unit \"PLN\": 6 times, first at laporan.csv:4") && told.contains("errors (1)"), "{told}");
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["audit.json", "laporan.csv", "unit.toml"]);
}

#[test]
fn what_a_person_edited_is_not_written_over() {
    let folder = folder(&[("laporan.csv", csv().as_bytes())]);
    let asked = ["train", "laporan.csv", "--quiet", "--head", "unit=Unit Tujuan", "--out", "m"];
    let path = |name: &str| folder.path().join("m").join(name);
    let run = |arguments: &[&str]| pilah(folder.path(), arguments);
    assert_eq!(run(&asked).0, 0);
    // The same again, and with another setting: nothing of a person's is there.
    assert_eq!((run(&asked).0, run(&[&asked[..], &["--split-share", "0.2"]].concat()).0), (0, 0));
    for (name, edit) in [("recipe.toml", "hidden = 32"), ("slang.tsv", "yg\t")] {
        let made = fs::read_to_string(path(name)).unwrap();
        assert!(made.contains(edit), "{name}");
        let edited = made.replacen(edit, &edit.replace("32", "16").replace("yg", "yng"), 1);
        fs::write(path(name), &edited).unwrap();
        let (code, told) = run(&asked);
        assert!(code == 2 && told.contains(name) && told.contains("edited"), "{name}: {told}");
        assert_eq!(fs::read_to_string(path(name)).unwrap(), edited, "{name}");
        fs::write(path(name), made).unwrap();
    }
    assert_eq!(run(&asked).0, 0);
}

#[test]
fn a_head_without_rows_is_told_in_silence_too() {
    let labels = b"label = [{ id = \"lain\", name = \"Lain\" }]";
    let csv = csv().replace("\r\n", ";\r\n").replacen(";\r\n", ";kosong\r\n", 1);
    let folder = folder(&[("laporan.csv", csv.as_bytes()), ("l.toml", labels)]);
    let heads = ["--head", "unit=Unit Tujuan", "--head", "kosong", "--labels", "kosong=l.toml"];
    let (code, told) = pilah(folder.path(), &[&["train", "laporan.csv", "--quiet", "--out", "m"][..], &heads].concat());
    assert!(code == 1 && told.contains("kosong") && told.contains("at least one"), "{code}: {told}");
    assert!(!folder.path().join("m/penuh.pilah").exists());
}

#[test]
fn a_text_is_not_guessed_by_its_length() {
    let folder = folder(&[("a.csv", b"tanggapan,unit\nTerima kasih atas laporan Anda kami teruskan,pu\n")]);
    let (code, told) = pilah(folder.path(), &["train", "a.csv", "--head", "unit", "--out", "m"]);
    assert!(code == 1 && told.contains("no column `text`") && told.contains("`tanggapan`"), "{told}");
}

#[test]
fn wrong_use_says_what_to_do() {
    let folder = folder(&[("laporan.csv", csv().as_bytes()), ("recipe.toml", b"seed = 1")]);
    for (arguments, code, parts) in [
        (&["train", "laporan.csv", "--out", "m"][..], 2, &["--head NAME=COLUMN"][..]),
        (&["train", "--head", "unit", "--out", "m"], 2, &["name DATA"]),
        (&["train", "laporan.csv", "--head", "Unit Tujuan", "--out", "m"], 2, &["letters, digits"]),
        (&["train", "laporan.csv", "--head", "unit", "--labels", "x=y", "--out", "m"], 2, &["\"x\"", "no --head"]),
        (&["train", "laporan.csv", "--head", "unit", "--label", "x=y", "--out", "m"], 2, &["\"x\"", "heads are unit"]),
        (&["train", "laporan.csv", "--head", "unit", "--label", "unit", "--out", "m"], 2, &["NAME=VALUE"]),
        (&["train", "laporan.csv", "--head", "unit=Unit", "--out", "m"], 1, &["no column `Unit`", "`Unit Tujuan`"]),
        (
            &["train", "laporan.csv", "--head", "unit=Unit Tujuan", "--out", "."],
            2,
            &["recipe.toml", "your own", "another --out"],
        ),
        (
            &["train", "laporan.csv", "--head", "unit=No", "--split-share", "0.9", "--out", "m"],
            1,
            &["split_share", "0.9"],
        ),
    ] {
        let (found, told) = pilah(folder.path(), arguments);
        assert_eq!(found, code, "{arguments:?}: {told}");
        for part in parts {
            assert!(told.contains(part), "{arguments:?}: no {part:?} in {told}");
        }
    }
}

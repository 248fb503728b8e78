//! Lies: files whose checksum is right and whose content is not. Each is refused by the error that fits, at no great cost.

use super::file::{ENTRY, HEADER, Parts, sealed};
use super::tiny::artefact;
use super::{check_message, kind};
use pilah::model::{Model, Rules};

/// A lie: its name, what it does to the file, and the [`kind`] of the error.
type Lie = (&'static str, fn(&mut Parts), &'static str);

const INF: [u8; 4] = f32::INFINITY.to_le_bytes();
const NAN: [u8; 4] = f32::NAN.to_le_bytes();
const MINUS: [u8; 4] = (-0.5f32).to_le_bytes();
const HUGE: [u8; 4] = 3e38f32.to_le_bytes();

/// Where the fields of the first head stand: after the count of heads and the name `topik` with its length.
const ORDERED: usize = 9;
const TEMPERATURE: usize = 10;
const DOUBT: usize = 14;
const THRESHOLD: usize = 18;
const REJECT: usize = 22;
const LABELS: usize = 24;
const FIRST_ID: usize = 26;

const LIES: &[Lie] = &[
    ("settings cut", |p| cut(p, "settings"), "short settings"),
    ("settings with more", |p| grow(p, "settings"), "trailing settings"),
    ("unknown stemming", |p| p.put("settings", 0, &[3]), "settings: stemming"),
    ("n-grams of nothing", |p| p.put("settings", 1, &[0]), "settings: shortest n-gram"),
    ("pairs neither on nor off", |p| p.put("settings", 3, &[2]), "settings: pairs"),
    ("slang not UTF-8", |p| p.body("slang").push(0xff), "slang: text"),
    ("slang without a tab", |p| p.body("slang").extend(b"kata\n"), "lexicon"),
    ("slang twice", |p| p.body("slang").extend(b"yg\tyang\n"), "lexicon"),
    ("slang in a chain", |p| p.body("slang").extend(b"zq\tyg\n"), "lexicon"),
    ("slang out of order", |p| p.body("slang").extend(b"aq\tdan\n"), "lexicon"),
    ("no head", |p| *p.body("heads") = vec![0, 0], "heads: number of heads"),
    ("more heads than there are", |p| p.put("heads", 0, &[3]), "short heads"),
    ("most heads", |p| p.put("heads", 0, &[255, 255]), "short heads"),
    ("fewer heads than there are", |p| p.put("heads", 0, &[1]), "trailing heads"),
    ("heads cut", |p| cut(p, "heads"), "short heads"),
    ("heads with more", |p| grow(p, "heads"), "trailing heads"),
    ("no section of heads", |p| p.body("heads").clear(), "short heads"),
    ("head's name past the end", |p| p.put("heads", 2, &[255, 255]), "short heads"),
    ("head's name not UTF-8", |p| p.put("heads", 4, &[0xff]), "heads: head name"),
    ("ordered neither true nor false", |p| p.put("heads", ORDERED, &[2]), "heads: ordered"),
    ("temperature 0", |p| p.put("heads", TEMPERATURE, &[0; 4]), "heads: temperature"),
    ("temperature below 0", |p| p.put("heads", TEMPERATURE, &MINUS), "heads: temperature"),
    ("temperature NaN", |p| p.put("heads", TEMPERATURE, &NAN), "heads: temperature"),
    ("temperature infinite", |p| p.put("heads", TEMPERATURE, &INF), "heads: temperature"),
    ("threshold NaN", |p| p.put("heads", THRESHOLD, &NAN), "heads: threshold"),
    ("threshold below 0", |p| p.put("heads", THRESHOLD, &MINUS), "heads: threshold"),
    ("threshold above 1", |p| p.put("heads", THRESHOLD, &1.5f32.to_le_bytes()), "heads: threshold"),
    ("doubt NaN", |p| p.put("heads", DOUBT, &NAN), "heads: doubt"),
    ("doubt below 0", |p| p.put("heads", DOUBT, &MINUS), "heads: doubt"),
    ("nothing but doubt", |p| p.put("heads", DOUBT, &1f32.to_le_bytes()), "heads: doubt"),
    ("label's threshold NaN", |p| label_threshold(p, &NAN), "heads: threshold of a label"),
    ("label's threshold below 0", |p| label_threshold(p, &MINUS), "heads: threshold of a label"),
    ("label's threshold above 2", |p| label_threshold(p, &2.5f32.to_le_bytes()), "heads: threshold of a label"),
    ("rejecting label past the end", |p| p.put("heads", REJECT, &[4, 0]), "heads: rejecting label"),
    ("no label", |p| p.put("heads", LABELS, &[0, 0]), "heads: number of labels"),
    ("most labels", |p| p.put("heads", LABELS, &[255, 255]), "short heads"),
    ("label's id past the end", |p| p.put("heads", FIRST_ID, &[255, 255]), "short heads"),
    ("label's id not UTF-8", |p| p.put("heads", FIRST_ID + 2, &[0xc3, 0x28]), "heads: label id"),
    ("two labels of one id", |p| *p.body("heads") = heads(&[("a", &["x", "y", "x"])]), "heads: label id"),
    ("label without an id", |p| *p.body("heads") = heads(&[("a", &["x", ""])]), "heads: label id"),
    ("two heads of one name", |p| *p.body("heads") = heads(&[("a", &["x"]), ("a", &["y"])]), "heads: head name"),
    ("head without a name", |p| *p.body("heads") = heads(&[("", &["x"])]), "heads: head name"),
    ("a label more", |p| labels(p, &["1", "2", "3", "4", "5", "6", "7", "8"]), "short dense"),
    ("a label fewer", |p| labels(p, &["1", "2", "3", "4", "5", "6"]), "trailing dense"),
    ("rules cut", |p| cut(p, "rules"), "rules"),
    ("rules with more", |p| grow(p, "rules"), "rules"),
    ("no section of rules", |p| p.body("rules").clear(), "rules"),
    ("rules of another version", |p| p.put("rules", 0, &[9]), "rules"),
    ("rules for no head", |p| replace(p, "rules", b"segera", b"segara"), "rules: head of the rules"),
    ("rules for other labels", |p| replace(p, "rules", b"genting", b"gentung"), "rules: head of the rules"),
    ("rules for more labels", |p| *p.body("rules") = rules_of_five_labels(), "rules: head of the rules"),
    ("keys cut", |p| cut(p, "keys"), "keys: length"),
    ("a key too many", |p| p.body("keys").extend([1; 4]), "rows: length"),
    ("no keys", |p| p.body("keys").clear(), "rows: length"),
    ("a key twice", |p| step(p, 1, 0), "index"),
    ("keys that fall", |p| step(p, 1, u32::MAX), "keys: key"),
    ("rows cut", |p| cut(p, "rows"), "rows: length"),
    ("rows with more", |p| grow(p, "rows"), "rows: length"),
    ("no hidden unit", |p| p.put("dense", 0, &[0, 0]), "dense: hidden units"),
    ("257 hidden units", |p| p.put("dense", 0, &[1, 1]), "dense: hidden units"),
    ("most hidden units", |p| p.put("dense", 0, &[255, 255]), "dense: hidden units"),
    ("a hidden unit more", |p| p.put("dense", 0, &[5, 0]), "rows: length"),
    ("row scale NaN", |p| p.put("dense", 2, &NAN), "dense: row scale"),
    ("row scale huge", |p| p.put("dense", 2, &HUGE), "dense: row scale"),
    ("hidden bias infinite", |p| p.put("dense", 6, &INF), "dense: hidden bias"),
    ("output scale NaN", |p| p.put("dense", 6 + 4 * 4, &NAN), "dense: output scale"),
    ("output scale huge", |p| p.put("dense", 6 + 4 * 4, &HUGE), "dense: output scale"),
    ("output bias NaN", |p| p.put("dense", 6 + 4 * (4 + 7), &NAN), "dense: output bias"),
    ("dense part cut", |p| cut(p, "dense"), "short dense"),
    ("dense part with more", |p| grow(p, "dense"), "trailing dense"),
    ("no dense part", |p| p.body("dense").clear(), "short dense"),
    ("origin cut", |p| cut(p, "origin"), "short origin"),
    ("origin with more", |p| grow(p, "origin"), "trailing origin"),
    ("most of origin", |p| p.put("origin", 0, &[255, 255]), "short origin"),
    ("origin not UTF-8", |p| p.put("origin", 4, &[0xff]), "origin: name of origin"),
    ("a section left out", |p| drop(p.sections.pop()), "section 0"),
    ("a section too many", |p| p.sections.push((b"catatan\0".to_vec(), vec![1])), "section 0"),
    ("two sections swapped", |p| p.sections.swap(1, 2), "section 1"),
    ("an unknown section", |p| p.sections[5].0 = b"barisan\0".to_vec(), "section 5"),
    ("a longer tag", |p| p.sections[5].0[4] = b's', "section 5"),
];

#[test]
fn every_lie_is_refused() {
    let truth = Parts::new(&artefact("mungil").to_bytes());
    assert!(Model::from_bytes(&truth.bytes()).is_ok(), "the tool itself must not lie");
    for (name, lie, expected) in LIES {
        let mut parts = truth.clone();
        lie(&mut parts);
        let error = Model::from_bytes(&parts.bytes()).err().unwrap_or_else(|| panic!("{name}: was believed"));
        assert_eq!(kind(&error), *expected, "{name}: {error}");
        check_message(&error, name);
    }
}

/// Lies of the table of sections, which the tool would set right.
#[test]
fn every_wrong_length_of_a_section_is_refused() {
    let truth = artefact("mungil").to_bytes();
    for number in 0..8 {
        let at = HEADER + number * ENTRY + 8;
        let own = u32::from_le_bytes(truth[at..at + 4].try_into().unwrap());
        for length in [0, own - 1, own + 1, truth.len() as u32, 1 << 31, u32::MAX] {
            let mut bytes = truth.clone();
            bytes[at..at + 4].copy_from_slice(&length.to_le_bytes());
            let case = format!("section {number} of {length} instead of {own} bytes");
            let error = Model::from_bytes(&sealed(bytes)).err().unwrap_or_else(|| panic!("{case}: was believed"));
            check_message(&error, &case);
            if length > truth.len() as u32 {
                assert_eq!(kind(&error), format!("section {number}"), "{case}");
            }
        }
    }
}

/// Runs the tables above once more in a process that may not have more than 600 MB of address space.
#[cfg(target_os = "linux")]
#[test]
fn no_lie_costs_much_memory() {
    let run = "ulimit -v 600000 && exec \"$0\" --exact --test-threads 1 lies::every_lie_is_refused \
               lies::every_wrong_length_of_a_section_is_refused";
    let program = std::env::current_exe().unwrap();
    let done = std::process::Command::new("sh").arg("-c").arg(run).arg(program).output().unwrap();
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && out.contains("2 passed"), "{out}{}", String::from_utf8_lossy(&done.stderr));
}

fn cut(parts: &mut Parts, name: &str) {
    parts.body(name).pop();
}

fn grow(parts: &mut Parts, name: &str) {
    parts.body(name).push(0);
}

/// Replaces the first `from`, which must be there, by as many bytes.
fn replace(parts: &mut Parts, name: &str, from: &[u8], to: &[u8]) {
    let at = parts.body(name).windows(from.len()).position(|window| window == from).unwrap();
    parts.put(name, at, to);
}

/// Sets the threshold of the ordered head's first label: after its name and 17 bytes of settings.
fn label_threshold(parts: &mut Parts, number: &[u8]) {
    let name = parts.body("heads").windows(6).position(|window| window == b"segera").unwrap();
    parts.put("heads", name + 6 + 17, number);
}

/// Sets the difference between two keys; its bytes stand apart, each in its own plane.
fn step(parts: &mut Parts, at: usize, difference: u32) {
    let count = parts.body("keys").len() / 4;
    for (plane, byte) in difference.to_le_bytes().into_iter().enumerate() {
        parts.put("keys", plane * count + at, &[byte]);
    }
}

/// Makes one head of these labels; the dense part has no numbers that could offend first.
fn labels(parts: &mut Parts, labels: &[&str]) {
    *parts.body("heads") = heads(&[("a", labels)]);
    parts.body("dense")[2..].fill(0);
}

/// Returns a section of heads, each right in itself but for its names.
fn heads(heads: &[(&str, &[&str])]) -> Vec<u8> {
    let short = |number: usize| (number as u16).to_le_bytes();
    let text = |text: &str| [&short(text.len())[..], text.as_bytes()].concat();
    let mut out = short(heads.len()).to_vec();
    for (name, labels) in heads {
        out.extend(text(name));
        out.push(0);
        [1.0f32, 0.0, 0.5].iter().for_each(|number| out.extend(number.to_le_bytes()));
        out.extend([255, 255]);
        out.extend(short(labels.len()));
        labels.iter().for_each(|id| out.extend([text(id), text("nama"), text("")].concat()));
    }
    out
}

/// Rules that would raise to a label that the head does not have.
fn rules_of_five_labels() -> Vec<u8> {
    let rules = r#"
        head = "segera"
        order = ["santai", "lekas", "genting", "darurat", "kiamat"]
        [[rule]]
        id = "terlalu-tinggi"
        label = "kiamat"
        all = [["lampu"]]
    "#;
    Rules::from_toml(rules).unwrap().to_bytes()
}

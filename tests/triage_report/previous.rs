//! The JSON form, and reading one back.

use super::sample::small;
use pilah::triage::report::{json, read_previous};

#[test]
fn the_json_form_stays_what_it_is() {
    insta::assert_snapshot!("small", json(&small()).unwrap());
}

#[test]
fn a_report_is_read_back() {
    assert_eq!(read_previous(json(&small()).unwrap().as_bytes()).unwrap(), small());
}

#[test]
fn another_file_is_refused_in_words() {
    let later = json(&small()).unwrap().replacen("\"version\": 1", "\"version\": 9", 1);
    let lacking = json(&small()).unwrap().replacen("\"messages\"", "\"massages\"", 1);
    for (bytes, expected) in [
        ("", "not JSON (line 1, column 0); expected the --report FILE.json of an earlier run"),
        ("<!DOCTYPE html>", "not JSON (line 1, column 1); expected the --report FILE.json of an earlier run"),
        ("{}", "JSON without a \"version\" of a report; expected the --report FILE.json of an earlier run"),
        ("[1]", "JSON without a \"version\" of a report; expected the --report FILE.json of an earlier run"),
        (
            &later,
            "a report of version 9, this program reads version 1; expected the --report FILE.json of an earlier run, made by \
             this version of pilah",
        ),
        (
            &lacking,
            "a report that lacks something: missing field `messages`; expected the --report FILE.json of an earlier run, unchanged",
        ),
    ] {
        assert_eq!(read_previous(bytes.as_bytes()).unwrap_err().to_string(), expected);
    }
    assert!(read_previous(b"\xff\xfe{").is_err());
}

//! The contract of [`Classifier::classify`]: it answers every text, soundly and always the same.

#![cfg(feature = "train")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "model/file.rs"]
mod file;
#[path = "model/tiny.rs"]
mod tiny;

use file::Parts;
use pilah::model::{Head, Model, Rules};
use pilah::text::Span;
use pilah::{Classifier, HeadPrediction, Prediction, Review};
use proptest::prelude::*;
use std::sync::OnceLock;
use tiny::artefact;

fn classifier() -> &'static Classifier {
    static CLASSIFIER: OnceLock<Classifier> = OnceLock::new();
    CLASSIFIER.get_or_init(|| Classifier::new(artefact("besar").clone()))
}

/// The same model without its rules.
fn without_rules() -> &'static Classifier {
    static CLASSIFIER: OnceLock<Classifier> = OnceLock::new();
    CLASSIFIER.get_or_init(|| {
        let mut parts = Parts::new(&artefact("besar").to_bytes());
        *parts.body("rules") = Rules::default().to_bytes();
        Classifier::from_bytes(&parts.bytes()).unwrap()
    })
}

/// Fails unless the prediction for `text` keeps every promise; returns it.
fn check(text: &str) -> Prediction<'static> {
    let prediction = classifier().classify(text);
    let heads = classifier().model().heads();
    assert_eq!(prediction.heads().len(), heads.len());
    for (found, head) in prediction.heads().iter().zip(heads) {
        check_head(found, head, text);
    }
    check_evidence(&prediction, text);
    check_rules(&prediction, text);
    check_review(&prediction, text);
    let again = classifier().classify(text);
    assert_eq!(again, prediction, "the same text twice: {text:?}");
    assert_eq!(bits(&again), bits(&prediction), "the same text twice: {text:?}");
    check_brief(&prediction, text);
    prediction
}

/// The brief answer is the beginning of the whole one.
fn check_brief(prediction: &Prediction<'_>, text: &str) {
    let brief = classifier().classify_briefly(text);
    for (brief, whole) in brief.heads().iter().zip(prediction.heads()) {
        assert_eq!((brief.head, brief.sure), (whole.head, whole.sure), "{text:?}");
        assert_eq!(brief.suggestions, whole.suggestions[..1], "{text:?}");
    }
    assert_eq!((brief.needs_review(), brief.raised()), (prediction.needs_review(), prediction.raised()), "{text:?}");
    assert!(brief.evidence().is_empty());
}

fn bits(prediction: &Prediction<'_>) -> Vec<u32> {
    let probabilities = prediction.heads().iter().flat_map(|head| &head.suggestions).map(|s| s.probability.to_bits());
    probabilities.chain(prediction.evidence().iter().map(|e| e.weight.to_bits())).collect()
}

fn check_head(found: &HeadPrediction<'_>, head: &Head, text: &str) {
    let what = format!("{} of {text:?}: {found:?}", head.name());
    assert_eq!(found.head, head.name());
    assert!(found.suggestions.iter().all(|s| (0.0..=1.0).contains(&s.probability)), "{what}");
    let sum: f32 = found.suggestions.iter().map(|s| s.probability).sum();
    assert!((sum - 1.0).abs() < 1e-4, "sum {sum}, {what}");
    let mut labels: Vec<(&str, &str)> = found.suggestions.iter().map(|s| (s.label, s.name)).collect();
    let mut all: Vec<(&str, &str)> = head.labels().iter().map(|l| (l.id.as_str(), l.name.as_str())).collect();
    labels.sort_unstable();
    all.sort_unstable();
    assert_eq!(labels, all, "no permutation of the labels: {what}");
    let falls = |s: &[pilah::Suggestion<'_>]| s.windows(2).all(|pair| pair[0].probability >= pair[1].probability);
    // Only the first may stand out of order, and only an ordered head's.
    assert!(falls(&found.suggestions[usize::from(head.ordered())..]), "{what}");
    assert_eq!(found.best().map(|best| best.probability >= head.threshold()), Some(found.sure), "{what}");
}

fn check_span(span: Span, text: &str) {
    assert!(span.start < span.end && text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
}

fn check_evidence(prediction: &Prediction<'_>, text: &str) {
    for head in prediction.heads() {
        let evidence: Vec<_> = prediction.evidence().iter().filter(|e| e.head == head.head).collect();
        assert!(evidence.len() <= 6, "{text:?}: {evidence:?}");
        assert!(evidence.windows(2).all(|pair| pair[0].span <= pair[1].span), "{text:?}: {evidence:?}");
        for piece in evidence {
            check_span(piece.span, text);
            assert_eq!(Some(piece.label), head.best().map(|best| best.label), "{text:?}");
            assert!(piece.weight > 0.0 && piece.weight.is_finite(), "{text:?}: {piece:?}");
        }
    }
    let order = |name: &str| prediction.heads().iter().position(|head| head.head == name);
    assert!(prediction.evidence().is_sorted_by_key(|e| order(e.head)), "{text:?}");
    assert!(prediction.evidence().iter().all(|e| order(e.head).is_some()), "{text:?}");
}

/// Rules raise one head's first label, never lower it, and touch nothing else.
fn check_rules(prediction: &Prediction<'_>, text: &str) {
    let plain = without_rules().classify(text);
    let rank = |label: &str| classifier().model().heads()[1].labels().iter().position(|l| l.id == label).unwrap();
    let best = |prediction: &Prediction<'_>| rank(prediction.head("segera").unwrap().best().unwrap().label);
    assert!(plain.raised().is_none());
    assert!(best(prediction) >= best(&plain), "lowered: {text:?}");
    assert_eq!(prediction.head("topik"), plain.head("topik"), "{text:?}");
    let Some(raised) = prediction.raised() else {
        return assert_eq!(prediction, &plain, "{text:?}");
    };
    assert_eq!((raised.head, rank(raised.from), rank(raised.to)), ("segera", best(&plain), best(prediction)));
    assert!(rank(raised.from) < rank(raised.to), "{raised:?}");
    assert!(["rumah-terbakar", "bau-menyengat"].contains(&raised.rule), "{raised:?}");
    assert!(!raised.spans.is_empty() && raised.spans.windows(2).all(|p| p[0].end <= p[1].start), "{raised:?}");
    raised.spans.iter().for_each(|&span| check_span(span, text));
}

fn check_review(prediction: &Prediction<'_>, text: &str) {
    let all_sure = prediction.heads().iter().all(|head| head.sure);
    let no_report = prediction.head("topik").and_then(HeadPrediction::best).map(|best| best.label) == Some("obrolan");
    match prediction.needs_review() {
        None => assert!(all_sure && !no_report, "{text:?}"),
        Some(Review::NotAReport) => assert!(no_report, "{text:?}"),
        Some(Review::Unsure { head }) => {
            assert!(!no_report && !prediction.head(head).unwrap().sure, "{text:?}");
        }
        Some(Review::TooShort) => {}
    }
}

#[test]
fn too_little_text_asks_for_a_person() {
    for text in
        ["", " ", "\n\t\r\n", "...", "?!", "\u{feff}", "\u{200b}\u{200d}", "lampu", "Lampu lampu LAMPU", "qwzx vbnq"]
    {
        assert_eq!(check(text).needs_review(), Some(Review::TooShort), "{text:?}");
    }
}

#[test]
fn a_report_of_the_training_kind_is_understood() {
    let cases = [
        ("Lampu jalan di warung sebelah mati total, gelap sekali", "lampu", "lekas", "Lampu"),
        ("Sampah menumpuk di belakang kantor, bau busuk", "sampah", "lekas", "Sampah"),
        ("Kebakaran hebat di pabrik, api merembet, kirim pemadam", "api", "genting", "Kebakaran"),
    ];
    for (text, topic, soon, word) in cases {
        let prediction = check(text);
        let best = |head: &str| prediction.head(head).and_then(HeadPrediction::best).map(|best| best.label);
        assert_eq!((best("topik"), best("segera")), (Some(topic), Some(soon)), "{text}");
        let mut words =
            prediction.evidence().iter().filter(|e| e.head == "topik").map(|e| &text[e.span.start..e.span.end]);
        assert!(words.any(|shown| shown == word), "{word} is no evidence in {text}: {:?}", prediction.evidence());
    }
}

#[test]
fn small_talk_is_no_report() {
    let prediction = check("Selamat pagi semua warga kampung, semoga sehat selalu");
    assert_eq!(prediction.needs_review(), Some(Review::NotAReport));
}

#[test]
fn a_rule_raises_and_says_why() {
    let calm = "Lampu jalan mati total, gelap sekali tiap malam";
    let text = format!("{calm}; RUMAH tetangga terbakar");
    let prediction = check(&text);
    let raised = prediction.raised().unwrap();
    assert_eq!((raised.rule, raised.from, raised.to), ("rumah-terbakar", "lekas", "genting"));
    let words: Vec<&str> = raised.spans.iter().map(|span| &text[span.start..span.end]).collect();
    assert_eq!(words, ["RUMAH", "terbakar"]);
    assert!(check(&format!("{calm}; rumah yang terbakar sudah padam")).raised().is_none());
    assert!(
        check("Kebakaran hebat, api merembet, rumah terbakar, kirim pemadam").raised().is_none(),
        "already highest"
    );
}

/// From its threshold on an ordered head's label is the answer, even where a lower one is likelier.
#[test]
fn an_ordered_label_is_the_answer_from_its_threshold_on() {
    let mut parts = Parts::new(&artefact("besar").to_bytes());
    let name = parts.body("heads").windows(6).position(|window| window == b"segera").unwrap();
    let text = "Lampu jalan mati total, gelap sekali tiap malam";
    let own = without_rules().classify(text).head("segera").unwrap().suggestions.clone();
    let genting = own.iter().find(|s| s.label == "genting").unwrap().probability;
    assert!(genting > 0.0 && own[0].label == "lekas", "the test's own premise: {own:?}");
    for (threshold, expected) in [(0.0, "genting"), (genting, "genting"), (genting.next_up(), "lekas"), (2.0, "lekas")]
    {
        // After the name 17 bytes of settings, then a threshold for each label; none for the first two.
        for (label, threshold) in [2.0, 2.0, threshold].into_iter().enumerate() {
            parts.put("heads", name + 6 + 17 + 4 * label, &f32::to_le_bytes(threshold));
        }
        let classifier = Classifier::from_bytes(&parts.bytes()).unwrap();
        let prediction = classifier.classify(text);
        let head = prediction.head("segera").unwrap();
        assert_eq!(head.best().map(|best| best.label), Some(expected), "from {threshold} on");
        let others = head.suggestions.iter().map(|s| s.label).filter(|label| *label != "genting");
        assert_eq!(others.collect::<Vec<_>>(), ["lekas", "santai"], "the others keep their order");
    }
}

#[test]
fn strange_texts_are_answered() {
    let long = |piece: &str| piece.repeat(100_000 / piece.len() + 1);
    let cases = [
        ("a word of 100 kB", long("a")),
        ("a varied word of 100 kB", long("abcdefghij")),
        ("a known word, 100 kB of times", long("lampu ")),
        ("known sentences, 100 kB", long("Lampu jalan mati, rumah terbakar! bau menyengat sampah. ")),
        ("alternatives of rules, 100 kB", long("rumah warung terbakar sudah padam ")),
        ("emoji", long("😀👩‍👩‍👧‍👦👍🏽🇮🇩")),
        ("lone combining marks", long("\u{301}\u{338}")),
        ("marks on one letter", format!("e{}", "\u{301}".repeat(50_000))),
        ("right to left", long("شارع מדרכה \u{202e}jalan\u{202c} ")),
        ("no spaces between words", long("道路坏了街灯不亮")),
        ("control characters", long("\0\u{7}\u{1b}[31m\u{85}\u{9f} ")),
        ("digits", long("081234567890")),
        ("separated digits", long("0812-3456.7890 ")),
        ("masks", long("[NIK] [TELEPON] [NAMA] ")),
        ("signs of social media", long("@#")),
        ("links", long("https://a.id/?q=%00&")),
        ("hyphens", long("anak-")),
        ("apostrophes", long("a'’")),
        ("joiners", long("a\u{200d}\u{ad}")),
        ("blank lines", long("\r\n\u{2028}")),
        ("capital letters that grow", long("İẞŉ")),
        ("private and unassigned", long("\u{e000}\u{10ffff}\u{378}")),
    ];
    for (name, text) in cases {
        let start = std::time::Instant::now();
        check(&text);
        // check() classifies three times; quadratic work on 100 kB would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{name}: {:?}", start.elapsed());
    }
}

/// Pieces that mean something to some stage, and any character at all between them.
fn texts() -> impl Strategy<Value = String> {
    let pieces = "lampu|sampah |rumah|warung |terbakar|terbakarlah |bau menyengat|sudah padam |tlg |dmn|yg|2x |anak2|\
                  anak-anak |paraaah|[NIK]|0812 3456 7890 |@akun|#LampuMati |http://a.id |a@b.id|😀|👍🏽|🇮🇩|\u{301}|\
                  \u{200d}|\u{202e}|עִבְרִית |道路|\0|\u{1b}|\n|. |! | |'|-";
    let pieces: Vec<&str> = pieces.split('|').collect();
    let piece = prop_oneof![
        4 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        3 => prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[a-z]{1,300}",
        1 => "\\PC{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in texts()) {
        check(&text);
    }
}

#[test]
fn threads_may_share_a_classifier() {
    fn shared<T: Send + Sync>() {}
    shared::<Classifier>();
    shared::<Model>();
    shared::<Prediction<'static>>();
    let text = "Rumah tetangga terbakar dan lampu jalan mati";
    let alone = classifier().classify(text);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| classifier().classify(text))).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

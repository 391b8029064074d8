//! The catalogue of Meta's errors is whole and says what it should, and calls are repeated by
//! it.

#![allow(clippy::unwrap_used, reason = "functions beside the tests are tests too")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use whatsapp_cloud::catalogue::{self, Effect, Entry, Fault, Retry};
use whatsapp_cloud::wire::GraphError;
use whatsapp_cloud::{Error, ErrorKind};

/// Every code of Meta's lists that is known, alone or as the first and the last of some.
/// Those above a million may come as subcodes of 100.
const CODES: &[(i64, i64)] = &[
    // Access and accounts.
    (0, 4),
    (10, 10),
    (17, 17),
    (32, 33),
    (100, 100),
    (190, 190),
    (200, 299),
    (368, 368),
    (613, 613),
    (80_007, 80_007),
    (130_497, 130_497),
    (131_005, 131_005),
    (131_031, 131_031),
    (131_037, 131_037),
    (131_042, 131_042),
    (131_044, 131_045),
    (131_057, 131_057),
    (131_064, 131_064),
    (133_000, 133_000),
    (133_004, 133_006),
    (133_008, 133_010),
    (133_015, 133_016),
    (134_011, 134_011),
    (135_000, 135_000),
    (2_494_100, 2_494_100),
    // Sending.
    (130_403, 130_403),
    (130_429, 130_429),
    (130_472, 130_472),
    (130_501, 130_501),
    (131_000, 131_000),
    (131_008, 131_009),
    (131_016, 131_016),
    (131_021, 131_021),
    (131_026, 131_026),
    (131_030, 131_030),
    (131_035, 131_036),
    (131_047, 131_053),
    (131_055, 131_056),
    (131_060, 131_060),
    (131_062, 131_063),
    (134_100, 134_102),
    (137_000, 137_000),
    (139_200, 139_200),
    (2_494_191, 2_494_191),
    // Templates.
    (132_000, 132_001),
    (132_005, 132_005),
    (132_007, 132_008),
    (132_012, 132_012),
    (132_015, 132_016),
    (132_018, 132_018),
    (132_068, 132_069),
    (200_005, 200_007),
    (2_388_019, 2_388_019),
    (2_388_039, 2_388_040),
    (2_388_047, 2_388_047),
    (2_388_072, 2_388_073),
    (2_388_293, 2_388_293),
    (2_388_299, 2_388_299),
    (2_388_318, 2_388_318),
    (2_388_330, 2_388_330),
    (2_593_002, 2_593_002),
    // Groups.
    (131_020, 131_020),
    (131_041, 131_041),
    (131_059, 131_059),
    (131_201, 131_204),
    (131_207, 131_215),
    // Calls.
    (138_000, 138_007),
    (138_009, 138_009),
    (138_012, 138_015),
    (138_017, 138_023),
    // Flows, the block list, usernames, migration, sign-up.
    (139_000, 139_004),
    (139_006, 139_006),
    (139_100, 139_103),
    (147_001, 147_005),
    (1_752_041, 1_752_041),
    (2_388_001, 2_388_001),
    (2_388_012, 2_388_012),
    (2_388_091, 2_388_091),
    (2_388_093, 2_388_093),
    (2_388_103, 2_388_103),
    (2_494_164, 2_494_168),
    (2_494_176, 2_494_177),
    (2_494_179, 2_494_179),
    (2_593_079, 2_593_079),
    (2_593_085, 2_593_085),
    (2_593_107, 2_593_109),
];

/// The subcodes of code 190, and the one of 100 that says "not found".
const SUBCODES: &[(i64, i64)] =
    &[(100, 33), (190, 458), (190, 459), (190, 460), (190, 463), (190, 464), (190, 467)];

fn graph(code: i64, subcode: Option<i64>) -> GraphError {
    let mut error = GraphError::with_code(code);
    error.subcode = subcode;
    error
}

/// An entry's first code as Meta may write it.
fn graph_of(entry: &Entry) -> GraphError {
    graph(entry.first, entry.subcode)
}

fn is_found(code: i64) -> bool {
    let as_subcode = || catalogue::find(100, Some(code)) != catalogue::find(100, None);
    catalogue::find(code, None).is_some() || (code >= 1_000_000 && as_subcode())
}

#[test]
fn every_code_that_is_known_is_in_the_catalogue() {
    for code in CODES.iter().flat_map(|(first, last)| *first..=*last) {
        assert!(is_found(code), "{code}");
    }
    for (code, subcode) in SUBCODES {
        let entry = catalogue::find(*code, Some(*subcode)).unwrap();
        assert_eq!(entry.subcode, Some(*subcode), "{code} / {subcode}");
    }
}

#[test]
fn the_catalogue_has_nothing_that_is_not_known() {
    for entry in catalogue::all() {
        let is_known = |code| CODES.iter().any(|(first, last)| (*first..=*last).contains(&code));
        match entry.subcode {
            None => assert!((entry.first..=entry.last).all(is_known), "{entry}"),
            Some(subcode) => {
                assert!(SUBCODES.contains(&(entry.first, subcode)) || is_known(subcode), "{entry}");
            }
        }
    }
}

#[test]
fn no_code_is_in_the_catalogue_twice() {
    let mut seen = BTreeSet::new();
    for entry in catalogue::all() {
        assert!(entry.first <= entry.last, "{entry}");
        for code in entry.first..=entry.last {
            assert!(seen.insert((code, entry.subcode)), "{entry}");
        }
    }
}

/// A row of the shared table: its codes and what it says about repeating.
fn rows(text: &str) -> Vec<(Vec<i64>, String)> {
    let section = text.split("\n## ").find(|section| section.starts_with("2. Codes")).unwrap();
    let mut rows = Vec::new();
    for line in section.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let list = cells[1].trim_end_matches(" inside block answers");
        if !list.starts_with(|char: char| char.is_ascii_digit()) {
            continue;
        }
        let mut codes = Vec::new();
        for part in list.split(", ") {
            match part.split_once('-') {
                Some((first, last)) => {
                    codes.extend(first.parse::<i64>().unwrap()..=last.parse().unwrap());
                }
                None => codes.push(part.parse().unwrap()),
            }
        }
        rows.push((codes, cells[4].to_owned()));
    }
    rows
}

#[test]
fn every_row_of_the_shared_table_is_in_the_catalogue() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared"))
        .join("cloud-api/errors-and-limits.md");
    let Ok(text) = fs::read_to_string(path) else {
        println!("skipped: the shared table of errors is not there");
        return;
    };
    let rows = rows(&text);
    assert!(rows.len() > 120, "{} rows", rows.len());
    for (codes, retry) in rows {
        for code in codes {
            assert!(is_found(code), "{code}");
            assert!(
                CODES.iter().any(|(first, last)| (*first..=*last).contains(&code)),
                "{code} is missing in the copy of the list"
            );
            let advice = if code < 1_000_000 || catalogue::find(code, None).is_some() {
                graph(code, None).advice()
            } else {
                graph(100, Some(code)).advice()
            };
            let says_wait = retry.starts_with("wait") && !retry.contains("until");
            let is_waited = matches!(
                advice.retry,
                Retry::AfterWait { .. } | Retry::Growing { .. } | Retry::PowersOfFour
            );
            if retry.starts_with("yes") || says_wait {
                assert!(is_waited, "{code}: {retry}");
            }
            // Those that the table marks "no" may be repeated after a change at best.
            if retry == "no" || retry.starts_with("fix") {
                assert!(!is_waited, "{code}: {retry}");
            }
        }
    }
}

#[test]
fn each_kind_can_come_of_an_error_of_metas_or_of_the_client() {
    let of_client = [
        ErrorKind::InvalidInput,
        ErrorKind::Configuration,
        ErrorKind::NotSent,
        ErrorKind::MaybeSent,
    ];
    for kind in ErrorKind::ALL {
        let is_metas = catalogue::all().any(|entry| entry.advice.kind == kind);
        assert_ne!(is_metas, of_client.contains(&kind), "{kind:?}");
    }
    assert_eq!(ErrorKind::of_code(999_999), ErrorKind::Unknown);
}

#[test]
fn kind_and_effect_say_the_same() {
    for entry in catalogue::all() {
        let advice = entry.advice;
        let may_be_sent = advice.effect == Effect::Maybe;
        assert_eq!(advice.kind == ErrorKind::Unavailable, may_be_sent, "{entry}");
        let error = Error::from_graph("send message", graph_of(entry));
        assert_eq!(error.may_have_been_sent(), may_be_sent, "{entry}");
        assert_eq!(error.advice(), advice, "{entry}");
        if advice.kind == ErrorKind::RateLimited {
            let retry = advice.retry;
            assert!(!matches!(retry, Retry::Never | Retry::AfterChange), "{entry}");
        }
    }
    for code in [1, 2, 131_000, 131_016] {
        assert_eq!(graph(code, None).advice().effect, Effect::Maybe, "{code}");
    }
}

#[test]
fn the_advice_is_a_sentence_and_has_a_page() {
    for entry in catalogue::all() {
        let advice = entry.advice;
        assert!(!advice.meaning.is_empty() && !advice.meaning.ends_with('.'), "{entry}");
        assert!(advice.action.starts_with(|char: char| char.is_uppercase()), "{entry}");
        assert!(advice.action.ends_with('.'), "{entry}");
        assert!(advice.page.starts_with("https://developers.facebook.com/"), "{entry}");
        assert_ne!(advice.fault, Fault::Between, "{entry}");
        for text in [advice.meaning, advice.action] {
            assert!(!text.contains('|') && !text.contains('\n'), "{entry}");
        }
    }
}

#[test]
fn a_failed_status_says_the_same_as_an_answer() {
    let status: GraphError = serde_json::from_str(
        r#"{"code":131049,"title":"x","error_data":{"details":"to +5511999887766"}}"#,
    )
    .unwrap();
    let answer: GraphError =
        serde_json::from_str(r#"{"code":"131049","type":"OAuthException","message":"x"}"#).unwrap();

    assert_eq!(status.advice(), answer.advice());
    let day = Duration::from_secs(24 * 60 * 60);
    assert_eq!(status.advice().retry, Retry::AfterWait { least: day });
}

#[test]
fn a_throttle_is_one_at_any_status() {
    for code in [4, 80_007, 130_429, 131_056, 131_057, 131_208, 133_016, 138_002, 138_005] {
        for status in [200, 400, 403, 429, 500, 503] {
            let error = Error::from_graph("send message", graph(code, None)).with_status(status);
            assert_eq!(error.kind(), ErrorKind::RateLimited, "{code} with {status}");
            assert!(error.is_retryable() && !error.may_have_been_sent(), "{code} with {status}");
        }
    }
}

#[test]
fn a_subcode_narrows_and_an_unknown_one_does_not_hide_the_code() {
    let kind = |code, subcode| graph(code, Some(subcode)).advice().kind;
    assert_eq!(kind(100, 33), ErrorKind::NotFound);
    assert_eq!(kind(100, 7), ErrorKind::InvalidRequest);
    assert_eq!(kind(100, 4), ErrorKind::InvalidRequest, "a subcode is no small code");
    assert_eq!(kind(100, 2_388_040), ErrorKind::Template);
    assert_eq!(kind(190, 2_388_040), ErrorKind::Authentication);
    assert_eq!(kind(190, 463), ErrorKind::Authentication);
    assert_ne!(graph(190, Some(463)).advice(), graph(190, None).advice());
}

#[test]
fn what_is_not_listed_is_repeated_only_when_meta_calls_it_passing() {
    let mut unknown = graph(999_999, None);
    assert_eq!(unknown.advice().retry, Retry::Never);
    assert_eq!(graph(132_999, None).advice().kind, ErrorKind::Template);

    unknown.is_transient = Some(true);
    assert_eq!(unknown.advice().kind, ErrorKind::Unavailable);
    assert_eq!(unknown.advice().effect, Effect::Maybe);

    let failing = Error::from_graph("send message", graph(999_999, None)).with_status(500);
    assert_eq!(failing.advice().fault, Fault::Meta);
    assert_eq!(failing.advice().effect, Effect::Maybe);
}

#[test]
fn an_error_of_the_way_to_meta_is_in_between() {
    for kind in [ErrorKind::NotSent, ErrorKind::MaybeSent, ErrorKind::Authentication] {
        assert_eq!(Error::new("send message", kind).fault(), Fault::Between, "{kind:?}");
    }
    for kind in ErrorKind::ALL {
        let error = Error::new("send message", kind);
        assert_eq!(error.advice().kind, kind);
        assert_eq!(error.advice().effect == Effect::Maybe, error.may_have_been_sent(), "{kind:?}");
    }
}

fn in_words(wait: Duration) -> String {
    let seconds = wait.as_secs();
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

fn table() -> String {
    let mut text = String::from(
        "# Meta's errors\n\n\
        What each code means, whose fault it is, and what to do. In code: \
        `error.advice()` for an answer, and `Error::of_failed_status(…).advice()` for a failed \
        status; `whatsapp_cloud::catalogue` is this table.\n\n\
        A code decides, whatever the HTTP status is: Meta answers most throttles with 400. \
        \"100 / 33\" is code 100 with subcode 33. Codes above two million mostly come as \
        subcodes of 100.\n\n\
        \"Sent?\" says whether a message may be on its way all the same, after such an answer; \
        after a failed status it never is. What is not listed is not to be repeated, unless Meta calls it passing \
        (`is_transient`) or it came with a status of 500 and above.\n\n\
        This page is written by `cargo test -p whatsapp-cloud --test errors`, which fails when \
        it differs from the catalogue, and writes it anew when `UPDATE_DOCS` is set.\n",
    );
    let mut page = "";
    for entry in catalogue::all() {
        let advice = entry.advice;
        if advice.page != page {
            page = advice.page;
            write!(text, "\nSource: <{page}>\n\n").unwrap();
            text.push_str("| code | kind | meaning | fault | repeat | sent? | what to do |\n");
            text.push_str("|---|---|---|---|---|---|---|\n");
        }
        let retry = match advice.retry {
            Retry::Never => "never".to_owned(),
            Retry::AfterChange => "after a change".to_owned(),
            Retry::AfterWait { least } => format!("after {}", in_words(least)),
            Retry::Growing { first } => format!("growing from {}", in_words(first)),
            Retry::PowersOfFour => "after 1, 4, 16 … seconds".to_owned(),
            other => panic!("{other:?} has no words"),
        };
        let effect = match advice.effect {
            Effect::None => "no",
            Effect::Maybe => "maybe",
            Effect::Partly => "in part",
            other => panic!("{other:?} has no words"),
        };
        writeln!(
            text,
            "| {entry} | `{:?}` | {} | {} | {retry} | {effect} | {} |",
            advice.kind,
            advice.meaning,
            format!("{:?}", advice.fault).to_lowercase(),
            advice.action
        )
        .unwrap();
    }
    text
}

#[test]
fn the_page_of_errors_is_the_catalogue() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors.md"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, table()).unwrap();
    }
    let Ok(page) = fs::read_to_string(&path) else {
        // The published crate comes without the pages of its repository.
        println!("skipped: docs/errors.md is not there");
        return;
    };
    assert!(page == table(), "docs/errors.md differs: run this test with UPDATE_DOCS=1");
}

//! Every public type is looked at, and none shows a canary.

use std::collections::BTreeSet;
use std::fmt::{self, Debug, Display};
use std::marker::PhantomData;

use crate::shown::{EVERY, NAME, PHONE, SECRET, Shown, TEXT, WAMID, displayed, leak, leaks, shown};
use crate::sources::{declared, types};
use crate::{asked, by_hand, flows, objects, records, told, words};

/// Types that cannot be shown at all.
const WITHOUT_DEBUG: &[(&str, bool)] = &[];

/// Types that hold numbers, times and words of ours, and nothing that could be a canary.
const WITHOUT_TEXT: &[&str] = &[];

/// Whether a type can be shown.
struct Probe<T>(PhantomData<T>);

#[allow(dead_code, reason = "it is there for types that can be shown only")]
impl<T: Debug> Probe<T> {
    const SHOWS: bool = true;
}

trait Fallback {
    const SHOWS: bool = false;
}

impl<T> Fallback for Probe<T> {}

/// All that is looked at.
async fn all() -> Vec<Shown> {
    let mut all = objects::all();
    all.extend(words::all());
    all.extend(records::all());
    all.extend(asked::shown());
    all.extend(by_hand::all());
    all.extend(told::all());
    all.extend(flows::all());
    all.extend(crate::logs::session().await.shown);
    all
}

#[tokio::test]
async fn every_public_type_is_looked_at_and_shows_no_canary() {
    let all = all().await;
    let looked_at: BTreeSet<&str> = all
        .iter()
        .map(|shown| shown.name.as_str())
        .chain(WITHOUT_DEBUG.iter().map(|(name, _)| *name))
        .chain(WITHOUT_TEXT.iter().copied())
        .collect();
    let declared: BTreeSet<&str> = types().keys().map(String::as_str).collect();
    assert!(declared.len() > 1_000, "{}", declared.len());
    let missing: Vec<_> = declared.difference(&looked_at).collect();
    assert!(missing.is_empty(), "{} are not looked at: {missing:#?}", missing.len());
    let gone: Vec<_> = looked_at.difference(&declared).collect();
    assert!(gone.is_empty(), "not in the sources: {gone:#?}");
    let leaks = leaks(&all);
    assert!(leaks.is_empty(), "{} leak:\n{}", leaks.len(), leaks.join("\n"));
}

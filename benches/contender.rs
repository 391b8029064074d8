//! Whoever reads a delivery, put in one form: ours, the floor, and `serde_json::Value`.

use std::hint::black_box;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::SecretString;
use serde::de::IgnoredAny;
use serde_json::Value;
use sha2::Sha256;
use whatsapp_cloud::webhook::{EventKind, Verifier};

use crate::bodies::{Delivery, SECRET};

/// What a contender does with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// It verifies the signature and reads the body into types.
    Verifies,
    /// It reads the body and leaves the signature to somebody else.
    ParsesOnly,
    /// It does the least that anybody must: verify, and look at each byte once.
    Floor,
}

impl Scope {
    /// Its words for a table.
    pub fn words(self) -> &'static str {
        match self {
            Self::Verifies => "verify + parse",
            Self::ParsesOnly => "parse only",
            Self::Floor => "verify + validate",
        }
    }
}

/// See [`Contender::found`].
pub type Find = Box<dyn FnMut(&Delivery) -> Option<usize>>;

/// See [`Contender::run`].
pub type Run = Box<dyn FnMut(&Delivery, usize)>;

/// One that reads deliveries.
pub struct Contender {
    /// What it is called in tables and lines.
    pub name: &'static str,
    /// What it does.
    pub scope: Scope,
    /// How many messages and statuses it finds; none when it refuses the delivery.
    pub found: Find,
    /// Reads the delivery so many times, and drops each time what it read.
    pub run: Run,
}

impl Contender {
    /// One that `read`s a delivery into a value of its own, in which `count` finds items.
    pub fn new<T: 'static>(
        name: &'static str,
        scope: Scope,
        read: impl Fn(&Delivery) -> Option<T> + Clone + 'static,
        count: impl Fn(&T) -> usize + 'static,
    ) -> Self {
        let reads = read.clone();
        Self {
            name,
            scope,
            found: Box::new(move |delivery| reads(delivery).map(|value| count(&value))),
            run: Box::new(move |delivery, times| {
                for _ in 0..times {
                    drop(black_box(read(black_box(delivery))));
                }
            }),
        }
    }
}

/// The name of ours.
pub const OURS: &str = "whatsapp-cloud";

/// Everybody, ours first.
pub fn all() -> Vec<Contender> {
    let mut all = vec![ours(), floor(), value()];
    all.extend(peers());
    all
}

#[cfg(feature = "peers")]
fn peers() -> Vec<Contender> {
    crate::peers::all()
}

#[cfg(not(feature = "peers"))]
fn peers() -> Vec<Contender> {
    Vec::new()
}

fn ours() -> Contender {
    let verifier = Verifier::new([SecretString::from(SECRET)]).expect("a secret is given");
    let strict = verifier.clone();
    Contender {
        name: OURS,
        scope: Scope::Verifies,
        found: Box::new(move |delivery| {
            let verified = strict.verify(&delivery.signature, &delivery.body).ok()?;
            let (mut messages, mut statuses) = (0, 0);
            for event in verified.events() {
                match event.kind {
                    EventKind::Message(_) => messages += 1,
                    EventKind::Status(_) => statuses += 1,
                    other => panic!("there is no such event in {}: {other:?}", delivery.case),
                }
            }
            assert_eq!((messages, statuses), (delivery.messages, delivery.statuses));
            Some(messages + statuses)
        }),
        run: Box::new(move |delivery, times| {
            for _ in 0..times {
                let delivery = black_box(delivery);
                if let Ok(verified) = verifier.verify(&delivery.signature, &delivery.body) {
                    for event in verified.events() {
                        black_box(&event);
                    }
                }
            }
        }),
    }
}

/// A MAC whose key was set once, and one pass that checks the JSON and keeps nothing.
fn floor() -> Contender {
    let keyed = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
    let read = move |delivery: &Delivery| {
        keyed.clone().chain_update(&delivery.body).verify_slice(&delivery.mac).ok()?;
        serde_json::from_slice::<IgnoredAny>(&delivery.body).ok()
    };
    Contender::new("floor", Scope::Floor, read, |_| 0)
}

fn value() -> Contender {
    let read = |delivery: &Delivery| serde_json::from_slice::<Value>(&delivery.body).ok();
    Contender::new("serde_json::Value", Scope::ParsesOnly, read, |value| {
        let lists = |change: &Value| {
            let list = |name| change["value"][name].as_array().map_or(0, Vec::len);
            list("messages") + list("statuses")
        };
        let entries = value["entry"].as_array().into_iter().flatten();
        entries.flat_map(|entry| entry["changes"].as_array()).flatten().map(lists).sum()
    })
}

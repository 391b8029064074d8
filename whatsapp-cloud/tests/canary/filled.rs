//! Values full of canaries, by their type.

use std::cell::Cell;
use std::sync::Arc;

use serde_json::json;
use whatsapp_cloud::api::templates::{Ids, PreviewButtons, PreviewCategory, Words};
use whatsapp_cloud::webhook::{Content, MessagingLimit, Raw, Verified};
use whatsapp_cloud::wire::{GraphError, Text};
use whatsapp_cloud::{AccountId, BusinessId, GroupId, NodeId, TemplateId};

use crate::shown::{EVERY, TEXT, WORD};

/// What can be filled.
pub(crate) trait Filled {
    fn filled() -> Self;
}

pub(crate) fn filled<T: Filled>() -> T {
    T::filled()
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Nothing, deep inside: a message may hold another one.
fn deeper<T>(fill: impl FnOnce() -> T) -> Option<T> {
    DEPTH.with(|depth| {
        depth.set(depth.get() + 1);
        let filled = (depth.get() < 6).then(fill);
        depth.set(depth.get() - 1);
        filled
    })
}

impl<T: Filled> Filled for Option<T> {
    fn filled() -> Self {
        deeper(T::filled)
    }
}

impl<T: Filled> Filled for Vec<T> {
    fn filled() -> Self {
        deeper(T::filled).into_iter().collect()
    }
}

impl<T: Filled> Filled for Box<T> {
    fn filled() -> Self {
        Self::new(T::filled())
    }
}

impl<T: Filled> Filled for Arc<T> {
    fn filled() -> Self {
        Self::new(T::filled())
    }
}

macro_rules! filled_with {
    ($($type:ty: $value:expr;)+) => {$(
        impl Filled for $type {
            fn filled() -> Self {
                $value
            }
        }
    )+};
}

/// An id as Meta writes most of them.
pub(crate) const ID: &str = "106540352242922";

filled_with! {
    bool: true;
    i64: 7;
    u64: 7;
    u32: 7;
    f64: 7.5;
    String: TEXT.to_owned();
    Text<'static>: Text::from(EVERY);
    Raw<'static>: raw();
    GraphError: graph_error();
    MessagingLimit: MessagingLimit::Tier(WORD.into());
    Content<'static>: Content::Text { body: EVERY.into() };
    AccountId: ID.into();
    BusinessId: ID.into();
    GroupId: ID.into();
    NodeId: ID.into();
    TemplateId: ID.into();
    PreviewCategory: PreviewCategory::default();
    PreviewButtons: PreviewButtons::default();
}

impl<T: Filled> Filled for Ids<T> {
    fn filled() -> Self {
        Self(filled())
    }
}

impl<T: Filled> Filled for Words<T> {
    fn filled() -> Self {
        Self(filled())
    }
}

/// JSON as it came: of a field that nobody knows.
fn raw() -> Raw<'static> {
    let change = json!({"field": EVERY, "value": {EVERY: EVERY}});
    let body = json!({
        "object": "whatsapp_business_account", "entry": [{"id": EVERY, "changes": [change]}],
    });
    let body = body.to_string();
    let raw = Verified::restored(body.as_bytes()).events().next().unwrap().raw.unwrap();
    assert!(raw.get().contains(EVERY));
    raw.into_owned()
}

/// An error of Meta's that quotes all that was sent. Its trace id is shown: Meta's support asks
/// for it, and it leads nowhere else.
pub(crate) fn graph_error() -> GraphError {
    serde_json::from_value(error_json(131_026)).unwrap()
}

/// The same as Meta writes it.
pub(crate) fn error_json(code: i64) -> serde_json::Value {
    json!({
        "code": code, "error_subcode": 7, "message": EVERY, "title": EVERY, "type": EVERY,
        "error_data": {"messaging_product": "whatsapp", "details": EVERY}, "is_transient": false,
        "fbtrace_id": "Az8or2yhqkZfEZ", "error_user_title": EVERY, "error_user_msg": EVERY,
        "href": EVERY, "details": EVERY,
    })
}

//! Every call: what it shows, where it goes, and what is said when it is refused.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use whatsapp_cloud::api::Operation;

use crate::shown::{EVERY, Shown, error, name};

pub(crate) use crate::filled::ID;

/// What came of a call.
pub(crate) struct Call {
    pub(crate) shown: Shown,
    /// Where it goes: the path with the query.
    pub(crate) target: Option<String>,
    /// The names of what stands in its query.
    pub(crate) query: Vec<String>,
}

/// A body of a call, when `json` is one.
pub(crate) fn body<T: DeserializeOwned>(json: &Value) -> Option<T> {
    serde_json::from_value(json.clone()).ok()
}

/// Asks as a call would; nothing when no call was made of it.
pub(crate) fn call<C: Operation + Debug>(made: Option<C>) -> Option<Call> {
    let call = made?;
    let mut told = vec![format!("{call:?} {call:#?}")];
    let (mut target, mut query) = (None, Vec::new());
    match call.request() {
        Ok(request) => {
            told.push(format!(
                "{request:?} {request:#?} {:?} {:?}",
                request.body(),
                request.token()
            ));
            query = request.query().iter().map(|(name, _)| name.clone().into_owned()).collect();
            target = Some(request.target().unwrap());
        }
        Err(refused) => told.push(error(&refused)),
    }
    if let Some(paced) = call.paced() {
        told.push(format!("{paced:?}"));
    }
    Some(Call { shown: Shown { name: name::<C>(), told }, target, query })
}

/// Whether it says which of several things something is: `type`, or a word such as `STRICT`.
fn is_word(name: &str, value: &Value) -> bool {
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    matches!(name, "type" | "sub_type" | "messaging_product")
        || value.as_str().is_some_and(is_plain)
}

/// `json` with a canary in the place of each text but its words.
pub(crate) fn canaried(json: &Value) -> Value {
    match json {
        Value::String(_) => EVERY.into(),
        Value::Array(list) => list.iter().map(canaried).collect(),
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| {
                let is_word = is_word(name, value);
                (name.clone(), if is_word { value.clone() } else { canaried(value) })
            };
            members.iter().map(one).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

macro_rules! calls {
    ($($($path:ident)::+ ($($argument:expr),* $(; $body:ident)?) { $($member:ident),* })+) => {
        /// Each of them, made with `json` where it has a body, and filled or with nothing but
        /// what it cannot do without.
        pub(crate) fn all(json: &serde_json::Value, is_filled: bool) -> Vec<Option<Call>> {
            vec![$({
                #[allow(unused_mut, clippy::redundant_closure_call, reason = "not all have more members")]
                let made = (|| {
                    let mut made = whatsapp_cloud::api::$($path)::+::new(
                        $($argument,)* $($body(json)?)?
                    );
                    if is_filled {
                        $(made.$member = filled();)*
                    }
                    Some(made)
                })();
                call(made)
            },)+]
        }
    };
}

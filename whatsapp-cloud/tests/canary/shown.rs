//! What a type shows of an instance that is full of canaries.

use std::any::type_name;
use std::error::Error;
use std::fmt::{Debug, Display, Write as _};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::sources;

/// A token, a secret of an app, a PIN, a code.
pub(crate) const SECRET: &str = "CANARY-SECRET";
/// A customer's number.
pub(crate) const PHONE: &str = "5511987654321";
/// What a person is called.
pub(crate) const NAME: &str = "Canary Name";
/// What a person said.
pub(crate) const TEXT: &str = "canary text";
/// A message's id: it holds a number.
pub(crate) const WAMID: &str = "wamid.CANARYHBgNNTUxMTk4NzY1NDMyMQ==";
/// All of them at once.
pub(crate) const EVERY: &str =
    "CANARY-SECRET 5511987654321 Canary Name canary text wamid.CANARYHBgNNTUxMTk4NzY1NDMyMQ==";
/// A word of Meta's that nobody knows yet. Words are shown: they are code, not content, and a
/// new one must be seen to be asked about.
pub(crate) const WORD: &str = "A_NEW_WORD";

/// What a person, a log or a crash report would read.
pub(crate) struct Shown {
    /// The whole name of the type.
    pub(crate) name: String,
    pub(crate) told: Vec<String>,
}

/// The canary that `told` holds.
pub(crate) fn leak(told: &str) -> Option<&'static str> {
    let lower = told.to_ascii_lowercase();
    // Numbers also without their country; Debug of bytes is of numbers with commas.
    ["canary", "11987654321", "67, 65, 78, 65, 82, 89", "99, 97, 110, 97, 114, 121"]
        .into_iter()
        .find(|canary| lower.contains(canary))
}

/// What leaks, with its name.
pub(crate) fn leaks(all: &[Shown]) -> Vec<String> {
    let leak = |shown: &Shown| {
        let told = shown.told.iter().find(|told| leak(told).is_some())?;
        Some(format!("{}: {told}", shown.name))
    };
    all.iter().filter_map(leak).collect()
}

/// The whole name of a type without what it is generic over.
pub(crate) fn name<T: ?Sized>() -> String {
    let name = type_name::<T>();
    name.split('<').next().unwrap_or(name).to_owned()
}

fn debug(value: &impl Debug) -> [String; 2] {
    [format!("{value:?}"), format!("{value:#?}")]
}

/// What an instance shows.
pub(crate) fn shown<T: Debug>(value: &T) -> Shown {
    Shown { name: name::<T>(), told: debug(value).into() }
}

/// The same of one that can also be displayed.
pub(crate) fn displayed<T: Debug + Display>(value: &T) -> Shown {
    let mut shown = shown(value);
    shown.told.push(value.to_string());
    shown
}

/// What an error shows, with all that caused it.
pub(crate) fn error(error: &(dyn Error + 'static)) -> String {
    let mut told = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(told, "{error} {error:?} {error:#?} ").unwrap();
        next = error.source();
    }
    told
}

/// What any member may be, and what else may stand in its place.
fn forms() -> [Value; 6] {
    let names = ["name", "text", "value", "id", "code", "pin", "token", "url", "phone", "type"];
    let mut object: Map<_, _> =
        names.map(|name| (name.to_owned(), EVERY.into())).into_iter().collect();
    object.insert(EVERY.to_owned(), json!([EVERY, {EVERY: EVERY}]));
    [
        EVERY.into(),
        json!([EVERY]),
        Value::Object(object.clone()),
        json!([object]),
        json!([{}, {EVERY: EVERY}]),
        json!({"type": WORD, EVERY: {EVERY: EVERY}}),
    ]
}

/// What an object shows, whatever stands in its members.
pub(crate) fn object<T: DeserializeOwned + Serialize + Debug>() -> Shown {
    let name = name::<T>();
    let declared = sources::types().get(&name).unwrap_or_else(|| panic!("{name}: not declared"));
    let keys = declared.members.iter().filter_map(|(_, key)| key.as_deref());
    let keys: Vec<&str> = keys.chain([EVERY]).collect();
    let mut told = Vec::new();
    for form in forms() {
        let members: Map<_, _> = keys.iter().map(|key| ((*key).to_owned(), form.clone())).collect();
        let came = Value::Object(members);
        let value: T = serde_json::from_value(came.clone()).unwrap();
        assert_eq!(serde_json::to_value(&value).unwrap(), came, "{name} holds what came");
        told.extend(debug(&value));
    }
    assert!(
        serde_json::from_value::<T>(EVERY.into())
            .is_err_and(|error| { leak(&self::error(&error)).is_none() }),
        "{name}"
    );
    Shown { name, told }
}

/// What is said of that which is no object at all.
pub(crate) fn unreadable<T: DeserializeOwned + Debug>() -> Vec<String> {
    let not = [json!(EVERY), json!(5_511_987_654_321_u64), json!([EVERY]), json!([{EVERY: EVERY}])];
    let read = |json| serde_json::from_value::<T>(json);
    not.into_iter().filter_map(|json| Some(error(&read(json).err()?))).collect()
}

/// What an enum of words shows: the word, as it says.
pub(crate) fn word<T: for<'w> From<&'w str> + Debug + Display>() -> Shown {
    let word = T::from(WORD);
    assert_eq!(
        (format!("{word:?}"), word.to_string()),
        (format!("Unknown({WORD:?})"), WORD.to_owned())
    );
    Shown { name: name::<T>(), told: Vec::new() }
}

macro_rules! objects {
    ($($($path:ident)::+,)+) => {
        pub(crate) fn all() -> Vec<Shown> {
            vec![$(object::<whatsapp_cloud::$($path)::+>(),)+]
        }
    };
}

macro_rules! words {
    ($($($path:ident)::+,)+) => {
        pub(crate) fn all() -> Vec<Shown> {
            vec![$(word::<whatsapp_cloud::$($path)::+>(),)+]
        }

        $(impl crate::filled::Filled for whatsapp_cloud::$($path)::+ {
            fn filled() -> Self {
                Self::from(crate::shown::WORD)
            }
        })+
    };
}

macro_rules! records {
    ($($($type:ident)::+ $(<$lifetime:lifetime>)? { $($member:ident),* })+) => {
        $(impl Filled for whatsapp_cloud::webhook::$($type)::+ $(<$lifetime>)? {
            fn filled() -> Self {
                let mut record = Self::default();
                $(record.$member = Filled::filled();)*
                record
            }
        })+

        pub(crate) fn all() -> Vec<Shown> {
            vec![$({
                type Record = whatsapp_cloud::webhook::$($type)::+ $(<$lifetime>)?;
                let shown = shown(&Record::filled());
                // A member that is new must be filled as well.
                let declared = &crate::sources::types()[&shown.name].members;
                let declared: Vec<_> = declared.iter().map(|(member, _)| member.as_str()).collect();
                assert_eq!(declared, [$(stringify!($member)),*] as [&str; _], "{}", shown.name);
                shown
            },)+]
        }
    };
}

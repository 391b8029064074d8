//! What can stand in an object of Meta's that is declared with `object!`.
//!
//! Reading never fails as long as there is an object: what is not in its usual form is read
//! if it can be, and kept beside it as it came, so that it is written again the same.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize as _, Deserializer, Serialize, de};
use serde_json::{Map, Value};

use crate::id::{
    AccountId, AppId, BusinessId, FlowId, GroupId, MediaId, MessageId, NodeId, PhoneNumberId,
    TemplateId, UploadId, UserId,
};
use crate::violation::Violations;
use crate::wire::{GraphError, member_texts};

/// A value that can be a member.
pub(crate) trait Member: Default + PartialEq + Serialize {
    /// Takes the value of a member. What cannot be read is given back.
    fn read(value: Value) -> Result<Read<Self>, Value>;

    /// What it is when it is not there in what was read.
    fn missing() -> Self {
        Self::default()
    }

    /// Whether nothing is written for it.
    fn is_absent(&self) -> bool;

    /// Finds what Meta would refuse in it.
    fn check(&self, _found: &mut Violations) {}

    /// Whether [`Member::check`] might find anything: most members are not there, or may be
    /// anything, and to look at each of them takes longer than all the rest of a check.
    fn has_rules(&self) -> bool {
        true
    }
}

/// What was read.
pub(crate) struct Read<T> {
    pub(crate) value: T,
    /// The value as it came, when another one would be written for it.
    pub(crate) odd: Option<Value>,
}

impl<T> Read<T> {
    pub(crate) fn usual(value: T) -> Result<Self, Value> {
        Ok(Self { value, odd: None })
    }

    pub(crate) fn odd(value: T, came: Value) -> Result<Self, Value> {
        Ok(Self { value, odd: Some(came) })
    }

    pub(crate) fn map<U>(self, map: impl FnOnce(T) -> U) -> Read<U> {
        Read { value: map(self.value), odd: self.odd }
    }
}

/// Reads an object. The error of what is none quotes nothing of it: that may be a token, or
/// what somebody said, and serde's own would.
pub(crate) fn members<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Map<String, Value>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Object(members) => Ok(members),
        _ => Err(de::Error::custom("a value of another type, expected an object")),
    }
}

/// Takes the member of that name out of `members`, and leaves there what is not told by it.
pub(crate) fn take<T: Member>(members: &mut Map<String, Value>, name: &str) -> T {
    let Some(value) = members.remove(name) else {
        return T::missing();
    };
    let (value, kept) = match T::read(value) {
        Ok(Read { value, odd }) => (value, odd),
        Err(came) => (T::missing(), Some(came)),
    };
    if let Some(kept) = kept {
        members.insert(name.to_owned(), kept);
    }
    value
}

/// Writes a member: as it came, if it is still what came.
#[inline]
pub(crate) fn write<T: Member, M: SerializeMap>(
    value: &T,
    name: &'static str,
    other: &Map<String, Value>,
    map: &mut M,
) -> Result<(), M::Error> {
    if !other.is_empty()
        && let Some(kept) = other.get(name)
        && is_as_kept(value, kept)
    {
        return map.serialize_entry(name, kept);
    }
    if value.is_absent() { Ok(()) } else { map.serialize_entry(name, value) }
}

fn is_as_kept<T: Member>(value: &T, kept: &Value) -> bool {
    match T::read(kept.clone()) {
        Ok(read) => read.value == *value,
        Err(_) => value.is_absent(),
    }
}

/// Finds what is wrong with a member, and whether it is of a wrong type.
pub(crate) fn check<T: Member>(
    value: &T,
    name: &'static str,
    other: &Map<String, Value>,
    found: &mut Violations,
) {
    if other.is_empty() && !value.has_rules() {
        return;
    }
    found.within(name, |found| {
        // What is null is not there, says Graph.
        let is_unreadable = || {
            let kept = other.get(name).filter(|kept| !kept.is_null());
            kept.is_some_and(|kept| T::read(kept.clone()).is_err())
        };
        if !other.is_empty() && value.is_absent() && is_unreadable() {
            found.say("a value of another type");
        } else {
            value.check(found);
        }
    });
}

impl Member for String {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match value {
            Value::String(text) if text.is_empty() => Read::odd(text, Value::String(String::new())),
            Value::String(text) => Read::usual(text),
            // Meta writes some numbers with quotes on one page, and without on the next.
            Value::Number(number) => Read::odd(number.to_string(), Value::Number(number)),
            other => Err(other),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn has_rules(&self) -> bool {
        false
    }
}

impl Member for bool {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match value {
            Value::Bool(true) => Read::usual(true),
            Value::Bool(false) => Read::odd(false, value),
            Value::String(ref word) if word == "true" => Read::odd(true, value),
            Value::String(ref word) if word == "false" => Read::odd(false, value),
            other => Err(other),
        }
    }

    fn is_absent(&self) -> bool {
        !*self
    }

    fn has_rules(&self) -> bool {
        false
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Member for $number {
            fn read(value: Value) -> Result<Read<Self>, Value> {
                if let Ok(number) = serde_json::from_value::<Self>(value.clone()) {
                    let usual = number != Self::default()
                        && serde_json::to_value(number).is_ok_and(|again| again == value);
                    return if usual { Read::usual(number) } else { Read::odd(number, value) };
                }
                let number = match &value {
                    Value::String(digits) => digits.parse().ok(),
                    _ => None,
                };
                match number {
                    Some(number) => Read::odd(number, value),
                    None => Err(value),
                }
            }

            fn is_absent(&self) -> bool {
                *self == Self::default()
            }

            fn has_rules(&self) -> bool {
                false
            }
        }
    )+};
}

numbers!(i64, u64, u32, u16, u8, f64);

impl Member for Value {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        if value.is_null() { Read::odd(Value::Null, Value::Null) } else { Read::usual(value) }
    }

    fn is_absent(&self) -> bool {
        self.is_null()
    }

    fn has_rules(&self) -> bool {
        false
    }
}

impl Member for Map<String, Value> {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match value {
            Value::Object(map) if map.is_empty() => {
                Read::odd(Self::new(), Value::Object(Self::new()))
            }
            Value::Object(map) => Read::usual(map),
            other => Err(other),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn has_rules(&self) -> bool {
        false
    }
}

impl Member for GraphError {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match serde_json::from_value::<Self>(value.clone()) {
            Ok(error) if serde_json::to_value(&error).is_ok_and(|again| again == value) => {
                Read::usual(error)
            }
            Ok(error) => Read::odd(error, value),
            Err(_) => Err(value),
        }
    }

    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Member> Member for Option<T> {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        if value.is_null() {
            return Read::odd(None, Value::Null);
        }
        // There it is, also when it says nothing: what is some is always written.
        let mut read = T::read(value)?;
        let is_written = serde_json::to_value(&read.value).ok();
        if read.odd == is_written {
            read.odd = None;
        }
        Ok(read.map(Some))
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn check(&self, found: &mut Violations) {
        if let Some(value) = self {
            value.check(found);
        }
    }

    fn has_rules(&self) -> bool {
        self.as_ref().is_some_and(T::has_rules)
    }
}

impl<T: Member> Member for Box<T> {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        Ok(T::read(value)?.map(Box::new))
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn check(&self, found: &mut Violations) {
        (**self).check(found);
    }

    fn has_rules(&self) -> bool {
        (**self).has_rules()
    }
}

impl<T: Member> Member for Vec<T> {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        let Value::Array(list) = value else {
            return Err(value);
        };
        let mut is_odd = list.is_empty();
        let mut values = Self::with_capacity(list.len());
        for element in &list {
            match T::read(element.clone()) {
                Ok(Read { value, odd }) => {
                    is_odd |= odd.is_some_and(|odd| {
                        serde_json::to_value(&value).ok().as_ref() != Some(&odd)
                    });
                    values.push(value);
                }
                Err(_) => return Err(Value::Array(list)),
            }
        }
        if is_odd { Read::odd(values, Value::Array(list)) } else { Read::usual(values) }
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn check(&self, found: &mut Violations) {
        for (index, value) in self.iter().enumerate() {
            found.within_element(index, |found| value.check(found));
        }
    }

    fn has_rules(&self) -> bool {
        self.iter().any(T::has_rules)
    }
}

impl<T: Member> Member for BTreeMap<String, T> {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        let Value::Object(map) = value else {
            return Err(value);
        };
        let mut is_odd = map.is_empty();
        let mut values = Self::new();
        for (name, element) in &map {
            match T::read(element.clone()) {
                Ok(Read { value, odd }) => {
                    is_odd |= odd.is_some_and(|odd| {
                        serde_json::to_value(&value).ok().as_ref() != Some(&odd)
                    });
                    values.insert(name.clone(), value);
                }
                Err(_) => return Err(Value::Object(map)),
            }
        }
        if is_odd { Read::odd(values, Value::Object(map)) } else { Read::usual(values) }
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn check(&self, found: &mut Violations) {
        for (name, value) in self {
            found.within(name, |found| value.check(found));
        }
    }

    fn has_rules(&self) -> bool {
        self.values().any(T::has_rules)
    }
}

member_texts!(
    AccountId,
    AppId,
    BusinessId,
    FlowId,
    GroupId,
    MediaId,
    MessageId,
    NodeId,
    PhoneNumberId,
    TemplateId,
    UploadId,
    UserId,
);

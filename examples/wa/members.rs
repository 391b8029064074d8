//! Members that stand in a body twice: a reader keeps one of them and says nothing.

use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::lint::Wrong;

/// How many are told.
const MOST: usize = 100;

/// JSON without the mark that some editors put before a text.
pub(crate) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix("\u{feff}".as_bytes()).unwrap_or(json)
}

/// Each member that is there more than once, at whatever depth; 100 at most.
pub(crate) fn members_twice(json: &[u8]) -> Vec<Wrong> {
    let mut seen = Seen::default();
    let mut reader = serde_json::Deserializer::from_slice(without_mark(json));
    // What is no JSON has been said before.
    let _ = At(&mut seen).deserialize(&mut reader);
    seen.twice.into_iter().map(Wrong::twice).collect()
}

/// Where we are, and what was twice.
#[derive(Default)]
struct Seen {
    path: String,
    twice: Vec<String>,
}

/// Reads the value at that place.
struct At<'s>(&'s mut Seen);

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut counts = HashMap::new();
        let length = self.0.path.len();
        while let Some(name) = members.next_key::<String>()? {
            if length > 0 {
                self.0.path.push('.');
            }
            self.0.path.push_str(&name);
            let count = counts.entry(name).or_insert(0_usize);
            *count += 1;
            if *count == 2 && self.0.twice.len() < MOST {
                self.0.twice.push(self.0.path.clone());
            }
            members.next_value_seed(At(self.0))?;
            self.0.path.truncate(length);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let length = self.0.path.len();
        for index in 0_usize.. {
            self.0.path.push_str(&format!("[{index}]"));
            let element = elements.next_element_seed(At(self.0))?;
            self.0.path.truncate(length);
            if element.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

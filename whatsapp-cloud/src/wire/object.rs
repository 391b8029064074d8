//! How an object of Meta's is declared that is sent, or answered: a struct whose members say
//! what they are called.

/// Declares a struct that reads and writes as an object, and keeps what it does not tell.
///
/// - A member is any type that is a `Member`: a text, number or flag, `Option`, `Vec` or `Box`
///   of one, an id, an open enum, another object. Absent is its default.
/// - `word |word| { … }` behind the members says what it is where Meta writes a word instead of
///   the object.
/// - `check |this, found| { … }` behind the members says what Meta refuses beside what the
///   members find themselves; paths are relative to the object.
/// - `Debug` shows the name of the struct only: most texts belong to somebody.
macro_rules! object {
    (
        $(#[$doc:meta])*
        pub struct $name:ident {
            $($(#[$member_doc:meta])* pub $member:ident: $type:ty = $key:literal,)*
        }
        $(word |$word:ident| $of_word:block)?
        $(check |$this:ident, $found:ident| $check:block)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq)]
        pub struct $name {
            $($(#[$member_doc])* pub $member: $type,)*
            /// What the members above do not tell: those that this version does not know, and
            /// those that came in an unusual form. Written again as they came.
            pub other: serde_json::Map<String, serde_json::Value>,
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $($crate::wire::member::write(&self.$member, $key, &self.other, &mut map)?;)*
                const NAMES: &[&str] = &[$($key),*];
                for (name, value) in &self.other {
                    if !NAMES.contains(&name.as_str()) {
                        serde::ser::SerializeMap::serialize_entry(&mut map, name, value)?;
                    }
                }
                serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::member::members(deserializer).map(Self::from_members)
            }
        }

        impl $name {
            #[allow(unused_mut, reason = "an object may have no members that are known")]
            fn from_members(mut members: serde_json::Map<String, serde_json::Value>) -> Self {
                Self {
                    $($member: $crate::wire::member::take(&mut members, $key),)*
                    other: members,
                }
            }
        }

        impl $crate::wire::member::Member for $name {
            fn read(
                value: serde_json::Value,
            ) -> Result<$crate::wire::member::Read<Self>, serde_json::Value> {
                match value {
                    serde_json::Value::Object(members) => {
                        $crate::wire::member::Read::usual(Self::from_members(members))
                    }
                    $(serde_json::Value::String($word) => {
                        $crate::wire::member::Read::odd($of_word, serde_json::Value::String($word))
                    })?
                    other => Err(other),
                }
            }

            fn is_absent(&self) -> bool {
                false
            }

            #[allow(unused_variables, reason = "not every object has rules of its own")]
            fn check(&self, found: &mut $crate::violation::Violations) {
                $($crate::wire::member::check(&self.$member, $key, &self.other, found);)*
                $(let $this = self; let $found = found; $check)?
            }
        }

        /// Shows nothing of what it holds.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use object;

/// Makes texts with a meaning of their own, such as ids, members of objects.
macro_rules! member_texts {
    ($($name:ty),+ $(,)?) => {
        $($crate::wire::member_texts!(@one $name);)+
    };
    (@one $name:ty $(, check |$this:ident, $found:ident| $check:block)?) => {
        impl $crate::wire::member::Member for $name {
            fn read(
                value: serde_json::Value,
            ) -> Result<$crate::wire::member::Read<Self>, serde_json::Value> {
                let read = <String as $crate::wire::member::Member>::read(value)?;
                let text = Self::from(read.value.as_str());
                // A word that is known in any case is kept in the case it came in.
                let came = (text.as_str() != read.value).then_some(read.value);
                let odd = read.odd.or(came.map(serde_json::Value::String));
                Ok($crate::wire::member::Read { value: text, odd })
            }

            fn is_absent(&self) -> bool {
                self.as_str().is_empty()
            }

            $(fn check(&self, found: &mut $crate::violation::Violations) {
                let $this = self; let $found = found; $check
            })?

            fn has_rules(&self) -> bool {
                const CHECKS: &[&str] = &[$(stringify!($this))?];
                !CHECKS.is_empty()
            }
        }
    };
}

pub(crate) use member_texts;

#[cfg(test)]
#[allow(unreachable_pub, reason = "what the macro declares is public")]
mod tests {
    use serde_json::{Value, json};

    use crate::violation::Violations;
    use crate::wire::member::Member;

    object! {
        /// A part.
        pub struct Part {
            /// Its name.
            pub name: String = "name",
        }
        check |part, found| {
            found.length("name", &part.name, 1, 3);
        }
    }

    object! {
        /// A thing.
        pub struct Thing {
            /// Its name.
            pub name: String = "name",
            /// Its age.
            pub age: Option<i64> = "age",
            /// Its weight.
            pub weight: Option<f64> = "weight",
            /// Whether it is used.
            pub used: bool = "used",
            /// Whether it is sold.
            pub sold: Option<bool> = "sold",
            /// Its parts.
            pub parts: Vec<Part> = "parts",
            /// The part that counts.
            pub first: Option<Box<Part>> = "first",
        }
    }

    object! {
        /// A maker.
        pub struct Maker {
            /// Its name.
            pub name: String = "name",
        }
        word |word| { Self { name: word.clone(), ..Self::default() } }
    }

    object! {
        /// A made thing.
        pub struct Made {
            /// By whom.
            pub by: Option<Maker> = "by",
        }
    }

    #[test]
    fn a_word_in_the_place_of_an_object_is_read_and_written_again_where_it_is_said_so() {
        for json in [json!({"by": "a"}), json!({"by": {"name": "a"}})] {
            let mut made: Made = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(made.by.as_ref().unwrap().name, "a");
            assert_eq!(serde_json::to_value(&made).unwrap(), json);
            made.by.as_mut().unwrap().name = "b".to_owned();
            assert_eq!(serde_json::to_value(&made).unwrap(), json!({"by": {"name": "b"}}));
        }
        let part: Thing = serde_json::from_value(json!({"first": "a"})).unwrap();
        assert!(part.first.is_none(), "nobody said that a part may be a word");
    }

    fn found(thing: &Thing) -> Vec<String> {
        let mut found = Violations::default();
        thing.check(&mut found);
        found.as_slice().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn whatever_comes_is_written_again_as_it_came() {
        for json in [
            json!({}),
            json!({"name": "a", "age": 5, "weight": 1.5, "used": true, "sold": false}),
            json!({"name": 5, "age": "5", "weight": 1, "used": "true", "sold": "false"}),
            json!({"name": "", "age": 0, "weight": 0.0, "used": false, "parts": []}),
            json!({"name": null, "age": null, "parts": null, "first": null, "used": null}),
            json!({"name": {}, "age": "x", "used": 1, "parts": [1], "first": []}),
            json!({"parts": [{"name": "a"}, {}, {"name": 5, "new": [1]}], "first": {}, "new": 1}),
            json!({"parts": [{"name": "a"}, 7]}),
        ] {
            let thing: Thing = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(serde_json::to_value(&thing).unwrap(), json);
        }
    }

    #[test]
    fn what_is_in_an_unusual_form_is_read_all_the_same() {
        let thing: Thing =
            serde_json::from_value(json!({"name": 5, "age": "7", "used": "true"})).unwrap();

        assert_eq!((thing.name.as_str(), thing.age, thing.used), ("5", Some(7), true));
    }

    #[test]
    fn what_is_changed_is_written_as_it_is_now() {
        let mut thing: Thing =
            serde_json::from_value(json!({"name": 5, "age": null, "parts": [{"name": 1}]}))
                .unwrap();
        thing.name = "b".to_owned();
        thing.age = Some(3);
        thing.parts[0].name = "c".to_owned();

        let written = serde_json::to_value(&thing).unwrap();
        assert_eq!(written, json!({"name": "b", "age": 3, "parts": [{"name": "c"}]}));
    }

    #[test]
    fn all_that_is_wrong_is_found_with_its_place() {
        let thing: Thing = serde_json::from_value(json!({
            "name": {}, "parts": [{"name": "a"}, {"name": "long"}, {}], "first": {"name": []},
        }))
        .unwrap();

        assert_eq!(
            found(&thing),
            [
                "name: a value of another type",
                "parts[1].name: 1 to 3 characters, found 4",
                "parts[2].name: 1 to 3 characters, found 0",
                "first.name: a value of another type",
                "first.name: 1 to 3 characters, found 0",
            ]
        );
    }

    #[test]
    fn what_is_null_is_not_there() {
        let json = json!({
            "name": null, "age": null, "weight": null, "used": null, "sold": null, "parts": null,
            "first": {"name": null},
        });
        let thing: Thing = serde_json::from_value(json.clone()).unwrap();

        assert_eq!(found(&thing), ["first.name: 1 to 3 characters, found 0"]);
        assert_eq!(serde_json::to_value(&thing).unwrap(), json);
    }

    #[test]
    fn what_is_no_object_is_refused_and_nothing_is_shown() {
        assert!(serde_json::from_value::<Thing>(Value::from(5)).is_err());
        let part = Part { name: "canary".to_owned(), ..Part::default() };
        assert_eq!(format!("{part:?}"), "Part { .. }");
    }
}

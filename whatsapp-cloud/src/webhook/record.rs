//! How an object of Meta's is declared: a struct whose members say what they are called.
//!
//! An [`element!`] is what Meta tells by itself, and keeps what its type does not tell in
//! full; a [`record!`] stands inside one. `as quoted` and `as nonempty` say how a member
//! is usually written: see the modules of these names in `read`.

use std::borrow::Cow;
use std::sync::Arc;

use serde::ser::SerializeMap;

use crate::webhook::json::{Form, Json, Step};
use crate::webhook::members::Members;
use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, fill_with};
use crate::wire::{GraphError, Text};

/// An object, as [`record!`] and [`element!`] declare it.
pub(super) trait Record<'a>: Default {
    /// Reads the value that comes next, if `name` is that of a member. Else leaves it.
    fn take(&mut self, name: &str, json: &mut Json<'a>) -> Step<bool>;

    /// Writes the members.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// A record that keeps what it does not tell in full.
pub(super) trait Element<'a>: Record<'a> {
    fn other(&mut self) -> &mut Members<'a>;
}

/// Reads an object that stands inside an element; false when what comes next is none.
pub(super) fn fill_record<'a, R: Record<'a>>(record: &mut R, json: &mut Json<'a>) -> Step<bool> {
    let Some(mut sign) = json.object() else {
        json.skip()?;
        return Ok(false);
    };
    while let Some(name) = json.member(&mut sign) {
        if !take(record, name, json)? {
            json.skip()?;
            json.note(Form::Unknown);
        }
    }
    Ok(true)
}

/// Reads a record where it stays: it may be large.
pub(super) fn fill_place<'a, R: Record<'a> + Read<'a>>(
    place: &mut Option<R>,
    json: &mut Json<'a>,
) -> Step<()> {
    if json.peek() == Some(b'{') {
        return fill_record(place.insert(R::default()), json).map(|_| ());
    }
    fill_with(place, json, |json| Ok(R::read(json)?.map(Some)))
}

/// Reads an object that keeps what it does not tell in full; false when it is none.
pub(super) fn fill_element<'a, E: Element<'a>>(element: &mut E, json: &mut Json<'a>) -> Step<bool> {
    let Some(mut sign) = json.object() else {
        json.skip()?;
        return Ok(false);
    };
    let mut form = json.take_form();
    while let Some(name) = json.member(&mut sign) {
        take_or_keep(element, name, json)?;
        form = form.max(json.take_form());
    }
    json.note(form);
    Ok(true)
}

/// Reads the member of that name, however the name is written.
#[inline]
pub(super) fn take<'a, R: Record<'a>>(
    record: &mut R,
    name: &str,
    json: &mut Json<'a>,
) -> Step<bool> {
    match json.plain(name) {
        // Meta writes names without escapes.
        Cow::Borrowed(name) => record.take(name, json),
        Cow::Owned(name) => record.take(&name, json),
    }
}

/// Reads the member of that name, or keeps it as it is.
#[inline]
pub(super) fn take_or_keep<'a, E: Element<'a>>(
    element: &mut E,
    name: &'a str,
    json: &mut Json<'a>,
) -> Step<()> {
    let start = json.at();
    let is_known = take(element, name, json)?;
    if !is_known {
        json.skip()?;
        json.note(Form::Unknown);
    }
    element.other().settle(name, is_known, start, json);
    Ok(())
}

/// A value that can stop borrowing from the body.
pub(super) trait Own {
    type Owned;

    fn own(self) -> Self::Owned;
}

/// Declares values that never borrow.
macro_rules! owned {
    ($($type:ty),+) => {$(
        impl $crate::webhook::record::Own for $type {
            type Owned = Self;

            fn own(self) -> Self {
                self
            }
        }
    )+};
}

pub(super) use owned;

owned!(bool, i64, f64, GraphError);

impl Own for Text<'_> {
    type Owned = Text<'static>;

    fn own(self) -> Text<'static> {
        self.into_owned()
    }
}

impl Own for Raw<'_> {
    type Owned = Raw<'static>;

    fn own(self) -> Raw<'static> {
        self.into_owned()
    }
}

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(self) -> Self::Owned {
        self.map(Own::own)
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(self) -> Self::Owned {
        self.into_iter().map(Own::own).collect()
    }
}

impl<T: Own> Own for Box<T> {
    type Owned = Box<T::Owned>;

    fn own(self) -> Self::Owned {
        Box::new((*self).own())
    }
}

impl<T: Own + Clone> Own for Arc<T> {
    type Owned = Arc<T::Owned>;

    fn own(self) -> Self::Owned {
        Arc::new(Arc::unwrap_or_clone(self).own())
    }
}

/// The parts of [`record!`] and [`element!`] that are alike.
macro_rules! object {
    (
        other $($other:ident)?;
        types $any:ty, $owned:ty;
        $(#[$doc:meta])*
        pub struct $name:ident $(<$lifetime:lifetime>)? {
            $($(#[$field_doc:meta])* pub $field:ident: $type:ty
                $(= $key:literal $(| $alias:literal)* $(as $form:ident)?)?,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name $(<$lifetime>)? {
            $($(#[$field_doc])* pub $field: $type,)+
            $(
                /// What the members above do not tell in full.
                pub $other: $crate::webhook::Members<'a>,
            )?
        }

        impl $(<$lifetime>)? $name $(<$lifetime>)? {
            /// A copy that borrows nothing.
            pub fn into_owned(self) -> $owned {
                $name {
                    $($field: $crate::webhook::record::Own::own(self.$field),)+
                    $($other: self.$other.into_owned(),)?
                }
            }
        }

        impl<'a> $crate::webhook::record::Record<'a> for $name $(<$lifetime>)? {
            #[inline]
            fn take(
                &mut self,
                name: &str,
                json: &mut $crate::webhook::json::Json<'a>,
            ) -> $crate::webhook::json::Step<bool> {
                match name {
                    $($($key $(| $alias)* => {
                        const ALIASES: &[&str] = &[$($alias),*];
                        $crate::webhook::record::form!(fill $($form)?, (&mut self.$field, json))?;
                        if ALIASES.contains(&name) {
                            // It would be written under the other name.
                            json.note($crate::webhook::json::Form::Odd);
                        }
                    })?)+
                    _ => return Ok(false),
                }
                Ok(true)
            }

            fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                let other = $crate::webhook::record::other!(self, $($other)?);
                $($crate::webhook::record::written!(
                    self.$field, other, map $(, $key $(| $alias)* $(as $form)?)?
                );)+
                other.write(map)
            }
        }

        impl serde::Serialize for $any {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $crate::webhook::record::Record::write(self, &mut map)?;
                serde::ser::SerializeMap::end(map)
            }
        }

        impl $crate::webhook::record::Own for $any {
            type Owned = $owned;

            fn own(self) -> $owned {
                self.into_owned()
            }
        }
    };
}

pub(super) use object;

/// Calls what reads or writes members of that form.
macro_rules! form {
    ($call:ident, ($($argument:expr),+)) => {
        $crate::webhook::read::plain::$call($($argument),+)
    };
    ($call:ident $form:ident, ($($argument:expr),+)) => {
        $crate::webhook::read::$form::$call($($argument),+)
    };
}

pub(super) use form;

/// Where the record keeps what it does not tell in full.
macro_rules! other {
    ($record:expr,) => {
        $crate::webhook::members::Members::NONE
    };
    ($record:expr, $other:ident) => {
        &$record.$other
    };
}

pub(super) use other;

/// Writes a member, unless it is kept as it came. One without a name writes itself.
macro_rules! written {
    ($value:expr, $other:ident, $map:ident) => {
        $value.write_into($other, $map)?
    };
    ($value:expr, $other:ident, $map:ident, $key:literal $(| $alias:literal)* $(as $form:ident)?) => {
        if !$other.has(&[$key $(, $alias)*]) {
            $crate::webhook::record::form!(write $($form)?, (&$value, $key, $map))?;
        }
    };
}

pub(super) use written;

/// Reads a record as it stands, and where it stays: it may be large.
macro_rules! reads {
    ($type:ty, $fill:ident $(, $place:ident)?) => {
        impl<'a> $crate::webhook::read::Read<'a> for $type {
            fn read(
                json: &mut $crate::webhook::json::Json<'a>,
            ) -> $crate::webhook::json::Step<Option<Self>> {
                let mut read = Self::default();
                Ok($crate::webhook::record::$fill(&mut read, json)?.then_some(read))
            }

            fn read_boxed(
                json: &mut $crate::webhook::json::Json<'a>,
            ) -> $crate::webhook::json::Step<Option<Box<Self>>> {
                let mut read = Box::<Self>::default();
                Ok($crate::webhook::record::$fill(&mut *read, json)?.then_some(read))
            }

            $(#[inline]
            fn read_into(
                place: &mut Option<Self>,
                json: &mut $crate::webhook::json::Json<'a>,
            ) -> $crate::webhook::json::Step<()> {
                $crate::webhook::record::$place(place, json)
            })?
        }
    };
}

pub(super) use reads;

/// Declares an object that stands inside an element.
macro_rules! record {
    ($(#[$doc:meta])* pub struct $name:ident<'a> $fields:tt) => {
        $crate::webhook::record::object! {
            other; types $name<'_>, $name<'static>; $(#[$doc])* pub struct $name<'a> $fields
        }
        $crate::webhook::record::reads!($name<'a>, fill_record, fill_place);
    };
    // One that holds no text.
    ($(#[$doc:meta])* pub struct $name:ident $fields:tt) => {
        $crate::webhook::record::object! {
            other; types $name, $name; $(#[$doc])* pub struct $name $fields
        }
        $crate::webhook::record::reads!($name, fill_record, fill_place);
    };
}

pub(super) use record;

/// Declares an object that is told by itself: an element of a list, or a whole value.
macro_rules! element {
    // It keeps what it does not tell, and so borrows always.
    ($(#[$doc:meta])* pub struct $name:ident { $($fields:tt)+ }) => {
        $crate::webhook::record::element! {
            $(#[$doc])* pub struct $name<'a> { $($fields)+ }
        }
    };
    ($(#[$doc:meta])* pub struct $name:ident<'a> $fields:tt) => {
        $crate::webhook::record::object! {
            other other; types $name<'_>, $name<'static>; $(#[$doc])* pub struct $name<'a> $fields
        }
        $crate::webhook::record::reads!($name<'a>, fill_element);

        impl<'a> $crate::webhook::record::Element<'a> for $name<'a> {
            fn other(&mut self) -> &mut $crate::webhook::Members<'a> {
                &mut self.other
            }
        }
    };
}

pub(super) use element;

#[cfg(test)]
#[allow(unreachable_pub, reason = "what the macros declare is public")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    record! {
        /// A part.
        pub struct Part<'a> {
            /// Its name.
            pub name: Option<Text<'a>> = "name",
        }
    }

    element! {
        /// A thing.
        pub struct Thing<'a> {
            /// Its name.
            pub name: Option<Text<'a>> = "name" | "old_name",
            /// Its parts.
            pub parts: Vec<Part<'a>> = "parts",
            /// Its age.
            pub age: Option<i64> = "age" as quoted,
            /// What it is called for.
            pub id: Option<Text<'a>> = "id" as nonempty,
            /// Whether it is used.
            pub used: bool = "used",
        }
    }

    fn thing(json: &str) -> (Thing<'_>, Form) {
        let mut json = Json::new(json, usize::MAX);
        (Thing::read(&mut json).unwrap().unwrap(), json.form())
    }

    #[test]
    fn a_thing_is_read_and_written_as_it_came_whatever_its_form() {
        let cases = [
            (r#"{"name":"a","parts":[{"name":"b"}],"age":"5","id":"c","used":true}"#, Form::Usual),
            ("{}", Form::Usual),
            (r#"{"old_name":"a"}"#, Form::Odd),
            (r#"{"name":5,"age":5,"used":"true"}"#, Form::Odd),
            (r#"{"name":null,"parts":null,"age":null,"id":null,"used":null}"#, Form::Odd),
            (r#"{"parts":[],"id":"","used":false}"#, Form::Odd),
            (r#"{"parts":[{"name":null}]}"#, Form::Odd),
            (r#"{"name":{},"age":"x","used":1,"id":[]}"#, Form::Unknown),
            (r#"{"parts":[{"name":"a"},1]}"#, Form::Unknown),
            (r#"{"parts":[{"name":"a","new":1}]}"#, Form::Unknown),
            (r#"{"new":{"a":[1]},"name":"a"}"#, Form::Unknown),
            (r#"{"name":"a","name":"b"}"#, Form::Usual),
            (r#"{"name":5,"name":"b"}"#, Form::Odd),
            (r#"{"name":"b","name":5}"#, Form::Odd),
            (r#"{"n\u0061me":"b"}"#, Form::Usual),
        ];
        for (json, form) in cases {
            let (thing, read) = thing(json);
            let came: Value = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_value(&thing).unwrap(), came, "{json}");
            assert_eq!(read, form, "{json}");
            assert_eq!(serde_json::to_value(thing.into_owned()).unwrap(), came, "{json}");
        }
    }

    #[test]
    fn the_last_readable_value_of_a_name_counts() {
        assert_eq!(thing(r#"{"name":"a","name":"b","name":null}"#).0.name, Some(Text::from("b")));
    }

    #[test]
    fn a_member_is_also_known_by_its_older_name() {
        assert_eq!(thing(r#"{"old_name":"a"}"#).0.name, Some(Text::from("a")));
    }

    #[test]
    fn an_unreadable_part_costs_only_itself() {
        let (thing, _) = thing(r#"{"parts":[{"name":"a"},"x",{"name":"b"}]}"#);

        assert_eq!(thing.parts.len(), 2);
        assert_eq!(thing.other.get("parts").unwrap().get(), r#"[{"name":"a"},"x",{"name":"b"}]"#);
    }

    #[test]
    fn what_is_changed_is_written_as_it_is_now() {
        let (mut thing, _) = thing(r#"{"name":"a","new":1}"#);
        thing.name = None;

        assert_eq!(serde_json::to_value(&thing).unwrap(), json!({ "new": 1 }));
    }
}

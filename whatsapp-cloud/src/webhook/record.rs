//! How an object of Meta's is declared: a struct whose members name what they are read from.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::webhook::raw::Raw;
use crate::webhook::read::{Read, elements};
use crate::wire::{GraphError, Text};

/// A place in a record that a member of that type is put into.
pub(super) trait Fill<'a> {
    /// Takes the value, unless it is not readable.
    fn fill(&mut self, raw: &'a RawValue);
}

impl<'a, T: Read<'a>> Fill<'a> for Option<T> {
    fn fill(&mut self, raw: &'a RawValue) {
        if let Some(value) = T::read(raw) {
            *self = Some(value);
        }
    }
}

impl<'a, T: Read<'a>> Fill<'a> for Vec<T> {
    fn fill(&mut self, raw: &'a RawValue) {
        if let Some(elements) = elements(raw) {
            *self = elements.into_iter().filter_map(T::read).collect();
        }
    }
}

impl<'a> Fill<'a> for bool {
    fn fill(&mut self, raw: &'a RawValue) {
        if let Some(value) = Self::read(raw) {
            *self = value;
        }
    }
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

/// Declares an object of Meta's: its members, each with the names it is read from.
///
/// A member without a name is filled in by who reads the record.
macro_rules! record {
    (
        $(#[$doc:meta])*
        pub struct $name:ident<'a> {
            $($(#[$field_doc:meta])* pub $field:ident: $type:ty $(= $key:literal $(| $alias:literal)*)?,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $name<'a> {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl<'a> $name<'a> {
            /// A copy that borrows nothing.
            pub fn into_owned(self) -> $name<'static> {
                $name { $($field: $crate::webhook::record::Own::own(self.$field),)+ }
            }

            /// Takes the member, and tells whether its name is one of this record's.
            pub(super) fn take(&mut self, name: &[u8], value: &'a serde_json::value::RawValue) -> bool {
                match name {
                    $($($key $(| $alias)* => {
                        $crate::webhook::record::Fill::fill(&mut self.$field, value);
                        true
                    })?)+
                    _ => false,
                }
            }
        }

        impl $crate::webhook::record::Own for $name<'_> {
            type Owned = $name<'static>;

            fn own(self) -> $name<'static> {
                self.into_owned()
            }
        }
    };
}

pub(super) use record;

/// Declares records that are read from an object and nothing else.
macro_rules! readable {
    ($($name:ident),+ $(,)?) => {$(
        impl<'a> $crate::webhook::read::Read<'a> for $name<'a> {
            fn read(raw: &'a serde_json::value::RawValue) -> Option<Self> {
                let mut record = Self::default();
                $crate::webhook::read::each_member(raw, |name, value| {
                    record.take(&name, value);
                })?;
                Some(record)
            }
        }
    )+};
}

pub(super) use readable;

/// Declares that an open enum is read from its word.
macro_rules! readable_words {
    ($($name:ident),+) => {$(
        impl<'a> $crate::webhook::read::Read<'a> for $name {
            fn read(raw: &'a serde_json::value::RawValue) -> Option<Self> {
                Some(Self::from($crate::webhook::read::text(raw)?.as_str()))
            }
        }

        $crate::webhook::record::owned!($name);
    )+};
}

pub(super) use readable_words;

#[cfg(test)]
#[allow(unreachable_pub, reason = "what the macro declares is public")]
mod tests {
    use super::*;

    record! {
        /// A thing.
        pub struct Thing<'a> {
            /// Its name.
            pub name: Option<Text<'a>> = b"name" | b"old_name",
            /// Its parts.
            pub parts: Vec<Text<'a>> = b"parts",
        }
    }

    readable!(Thing);

    fn thing(json: &str) -> Thing<'_> {
        Thing::read(serde_json::from_str(json).unwrap()).unwrap()
    }

    #[test]
    fn the_last_readable_value_of_a_name_counts() {
        assert_eq!(thing(r#"{"name":"a","name":"b","name":null}"#).name, Some(Text::from("b")));
    }

    #[test]
    fn a_member_is_also_known_by_its_older_name() {
        assert_eq!(thing(r#"{"old_name":"a"}"#).name, Some(Text::from("a")));
    }

    #[test]
    fn an_unreadable_part_costs_only_itself() {
        let parts = thing(r#"{"parts":["a",{},"b"]}"#).parts;

        assert_eq!(parts, [Text::from("a"), Text::from("b")]);
    }
}

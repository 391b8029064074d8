//! Meta's words that have a list, as enums which keep any other word.

/// Declares an open enum that a record can hold.
///
/// A word that is not listed becomes `Unknown`, and its record is known only in part.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $meta:literal),+ $(,)? }) => {
        $crate::wire::open_enum! {
            $(#[$doc])*
            $name { $($(#[$word_doc])* $word = $meta),+ }
        }

        impl<'a> $crate::webhook::read::Read<'a> for $name {
            fn read(
                json: &mut $crate::webhook::json::Json<'a>,
            ) -> $crate::webhook::json::Step<Option<Self>> {
                $crate::webhook::read::word(json, |word| {
                    let word = Self::from(word);
                    let known = word.is_known();
                    (word, known)
                })
            }
        }

        $crate::webhook::record::owned!($name);
    };
}

pub(super) use words;

//! Enums that keep the words they do not know.
//!
//! Meta adds words without notice, also in old API versions; a closed enum would
//! lose the message that carries one.

/// Declares an enum of Meta's words with an `Unknown` that keeps any other.
///
/// With `in any case` before the name, a word is known whatever its letters' case: Meta takes
/// `marketing` for `MARKETING` in some places.
macro_rules! open_enum {
    ($(#[$doc:meta])* in any case $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $crate::wire::open_enum!(@declare $(#[$doc])* $name { $($(#[$variant_doc])* $variant = $word),+ });

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                $(if word.eq_ignore_ascii_case($word) {
                    return Self::$variant;
                })+
                Self::Unknown(word.to_owned())
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $crate::wire::open_enum!(@declare $(#[$doc])* $name { $($(#[$variant_doc])* $variant = $word),+ });

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }
    };
    (@declare $(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A word this version does not know, as Meta wrote it.
            Unknown(String),
        }

        impl $name {
            /// The word as Meta writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word,
                }
            }

            /// Whether this version knows the word.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Nothing said.
        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        $crate::wire::member_texts!(@one $name, check |this, found| {
            if !this.is_known() {
                found.word(this.as_str(), &[$($word),+]);
            }
        });

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = $crate::wire::Text::deserialize(deserializer)?;
                Ok(Self::from(word.as_str()))
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    #![allow(unreachable_pub)] // the macro is for public enums

    open_enum! {
        /// A colour.
        Colour {
            /// Green.
            Green = "GREEN",
        }
    }

    open_enum! {
        /// A shape.
        in any case Shape {
            /// Round.
            Round = "ROUND",
        }
    }

    #[test]
    fn a_word_in_any_case_is_known_where_it_is_said_so() {
        assert_eq!(Shape::from("round"), Shape::Round);
        assert!(Shape::from("Round").is_known());
        assert_eq!(Shape::from("Square").as_str(), "Square");
        assert!(!Colour::from("green").is_known());
    }

    #[test]
    fn an_unknown_word_is_kept_and_written_again() {
        let known: Colour = serde_json::from_str(r#""GREEN""#).unwrap();
        let unknown: Colour = serde_json::from_str(r#""TEAL""#).unwrap();

        assert_eq!(known, Colour::Green);
        assert_eq!(unknown, Colour::Unknown("TEAL".to_owned()));
        assert!(known.is_known() && !unknown.is_known());
        assert_eq!(serde_json::to_string(&unknown).unwrap(), r#""TEAL""#);
    }
}

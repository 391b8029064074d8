//! The answer of a call that has nothing to tell but that it was done.

use serde::{Deserialize, Deserializer, de};

/// Meta did it. An answer of `{"success": false}` is an error, never this.
///
/// ```
/// use whatsapp_cloud::api::Success;
///
/// assert!(serde_json::from_str::<Success>(r#"{"success":true}"#).is_ok());
/// assert!(serde_json::from_str::<Success>(r#"{"success":false}"#).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Success;

impl<'de> Deserialize<'de> for Success {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Flag {
            Bool(bool),
            // Meta now and then writes booleans as strings.
            Word(String),
        }

        #[derive(Deserialize)]
        struct Answer {
            success: Flag,
        }

        match Answer::deserialize(deserializer)?.success {
            Flag::Bool(true) => Ok(Self),
            Flag::Word(word) if word == "true" => Ok(Self),
            Flag::Bool(false) | Flag::Word(_) => Err(de::Error::custom("success is not true")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_true_success_is_a_success() {
        for (answer, done) in [
            (r#"{"success":true}"#, true),
            (r#"{"success":"true"}"#, true),
            (r#"{"success":false}"#, false),
            (r#"{"success":"false"}"#, false),
            ("{}", false),
        ] {
            assert_eq!(serde_json::from_str::<Success>(answer).is_ok(), done, "{answer}");
        }
    }
}

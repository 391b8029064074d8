//! An error as Meta writes it, in an answer or in a webhook.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wire::Text;

/// An error as Meta writes it.
///
/// Answers carry all members, webhooks fewer. Texts may quote a phone number, so
/// `Debug` shows the numbers and the trace id only.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/>
///
/// As an event by itself:
///
/// ```json
#[doc = include_str!("../../tests/fixtures/webhooks/value-errors.json")]
/// ```
///
/// ```
/// use whatsapp_cloud::wire::GraphError;
///
/// let error: GraphError = serde_json::from_str(
///     r#"{"code":"131047","error_data":{"details":"More than 24 hours have passed"}}"#,
/// )?;
/// assert_eq!(
///     (error.code, error.details()),
///     (131_047, Some("More than 24 hours have passed")),
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GraphError {
    /// What to decide by. Meta writes it as a number, and now and then as a string.
    #[serde(deserialize_with = "number")]
    pub code: i64,
    /// Narrows `code` for some codes (100, 190, template creation).
    #[serde(
        default,
        rename = "error_subcode",
        deserialize_with = "optional_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub subcode: Option<i64>,
    /// What happened, in Meta's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// A short form of `message`, in webhooks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Meta's class of error, for example `OAuthException`.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Why, in Meta's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_data: Option<ErrorData>,
    /// Whether Meta calls it passing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_transient: Option<bool>,
    /// What Meta's support asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fbtrace_id: Option<String>,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_user_title: Option<String>,
    /// A text for people; template refusals say why only here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_user_msg: Option<String>,
    /// Where Meta explains the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Why, in the form of old webhooks; see [`GraphError::details`].
    #[serde(default, rename = "details", skip_serializing_if = "Option::is_none")]
    pub old_details: Option<String>,
}

impl GraphError {
    /// An error with this code and nothing else.
    pub fn with_code(code: i64) -> Self {
        Self { code, ..Self::default() }
    }

    /// Why it was refused, in Meta's words.
    pub fn details(&self) -> Option<&str> {
        let details = match self.error_data.as_ref() {
            Some(ErrorData::Details { details }) => details.as_deref(),
            Some(ErrorData::Text(text)) => Some(text.as_str()),
            Some(ErrorData::Other(_)) | None => None,
        };
        details.or(self.old_details.as_deref())
    }
}

impl fmt::Debug for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GraphError")
            .field("code", &self.code)
            .field("subcode", &self.subcode)
            .field("fbtrace_id", &self.fbtrace_id)
            .finish_non_exhaustive()
    }
}

/// What Meta adds to an error.
///
/// ```
/// use whatsapp_cloud::wire::{ErrorData, GraphError};
///
/// let error: GraphError = serde_json::from_str(
///     r#"{"code":100,"error_data":"a plain text"}"#,
/// )?;
/// assert!(error.error_data == Some(ErrorData::Text("a plain text".to_owned())));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ErrorData {
    /// WhatsApp's form.
    Details {
        /// Why, in Meta's words.
        #[serde(skip_serializing_if = "Option::is_none")]
        details: Option<String>,
    },
    /// The form of other products.
    Text(String),
    /// Any other form, kept as it came.
    Other(serde_json::Value),
}

fn number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = Text::deserialize(deserializer)?;
    text.as_str().parse().map_err(|_| serde::de::Error::custom("an error code is a whole number"))
}

fn optional_number<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    Option::<Text<'_>>::deserialize(deserializer)?
        .map(|text| {
            text.as_str()
                .parse()
                .map_err(|_| serde::de::Error::custom("an error subcode is a whole number"))
        })
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_from_a_number_and_from_a_string() {
        for body in [r#"{"code":131056}"#, r#"{"code":"131056"}"#] {
            let error: GraphError = serde_json::from_str(body).unwrap();
            assert_eq!(error.code, 131_056);
        }
    }

    #[test]
    fn details_are_found_in_all_forms() {
        let whatsapp: GraphError =
            serde_json::from_str(r#"{"code":1,"error_data":{"details":"why"}}"#).unwrap();
        let other: GraphError = serde_json::from_str(r#"{"code":1,"error_data":"why"}"#).unwrap();

        let old: GraphError = serde_json::from_str(r#"{"code":1,"details":"why"}"#).unwrap();

        for error in [whatsapp, other, old] {
            assert_eq!(error.details(), Some("why"));
        }
    }

    #[test]
    fn debug_shows_no_text_of_metas() {
        let error: GraphError =
            serde_json::from_str(r#"{"code":131026,"message":"to +5511999887766"}"#).unwrap();

        assert!(!format!("{error:?}").contains("5511999887766"));
    }
}

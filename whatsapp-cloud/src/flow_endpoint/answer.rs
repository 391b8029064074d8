//! What an endpoint answers a Flow.

use std::fmt;

use serde_json::{Map, Value, json};

/// What an endpoint answers a Flow.
///
/// ```
/// use serde_json::json;
/// use whatsapp_cloud::flow_endpoint::FlowAnswer;
///
/// FlowAnswer::screen("APPOINTMENT", [("slots", json!(["9:00", "10:30"])), ("open", json!(true))]);
/// FlowAnswer::success("the flow token", [("booking", "A-17")]);
/// FlowAnswer::token_no_longer_valid("You have booked already.");
/// ```
///
/// Source: <https://developers.facebook.com/docs/whatsapp/flows/guides/implementingyourflowendpoint#data-exchange-response-payload>
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum FlowAnswer {
    /// The next screen, or the same again.
    Screen {
        /// Its name in the Flow.
        screen: String,
        /// What it shows. A member `error_message` is shown as an error.
        data: Map<String, Value>,
    },
    /// The Flow is done: it closes, and the answers come to the webhook as a message.
    Success {
        /// The token that the request has.
        flow_token: String,
        /// What comes with the message.
        params: Map<String, Value>,
    },
    /// The Flow cannot be used any more; its button in the chat is switched off. Sent as 427.
    TokenNoLongerValid {
        /// What the customer is told.
        message: String,
    },
    /// Any other answer, sent as it is.
    Json(Map<String, Value>),
}

impl FlowAnswer {
    /// The next screen, or the same again, with what it shows.
    pub fn screen<K, V>(name: impl Into<String>, data: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: Into<String>,
        V: Into<Value>,
    {
        Self::Screen { screen: name.into(), data: members(data) }
    }

    /// The end of the Flow, with what comes to the webhook beside its token.
    pub fn success<K, V>(
        flow_token: impl Into<String>,
        params: impl IntoIterator<Item = (K, V)>,
    ) -> Self
    where
        K: Into<String>,
        V: Into<Value>,
    {
        Self::Success { flow_token: flow_token.into(), params: members(params) }
    }

    /// The Flow cannot be used any more; `message` is shown to the customer.
    pub fn token_no_longer_valid(message: impl Into<String>) -> Self {
        Self::TokenNoLongerValid { message: message.into() }
    }

    /// What answers a health check.
    pub fn health() -> Self {
        Self::Json(members([("data", json!({ "status": "active" }))]))
    }

    /// What answers an error notice.
    pub fn acknowledged() -> Self {
        Self::Json(members([("data", json!({ "acknowledged": true }))]))
    }

    /// The HTTP status that it is sent with.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::FlowAnswer;
    ///
    /// assert_eq!(FlowAnswer::screen("SLOTS", [("city", "Recife")]).status(), 200);
    /// assert_eq!(FlowAnswer::token_no_longer_valid("You have booked already.").status(), 427);
    /// ```
    pub fn status(&self) -> u16 {
        match self {
            Self::Screen { .. } | Self::Success { .. } | Self::Json(_) => 200,
            Self::TokenNoLongerValid { .. } => 427,
        }
    }

    /// The text that is encrypted. `version` is the request's, which is repeated.
    pub(super) fn into_json(self, version: Option<String>) -> Vec<u8> {
        let version = version.map(|version| ("version", Value::from(version)));
        let json = match self {
            Self::Screen { screen, data } => {
                let known = [("data", Value::from(data)), ("screen", Value::from(screen))];
                members(known.into_iter().chain(version))
            }
            Self::Success { flow_token, mut params } => {
                params.insert("flow_token".to_owned(), Value::from(flow_token));
                let data = json!({ "extension_message_response": { "params": params } });
                let known = [("data", data), ("screen", Value::from("SUCCESS"))];
                members(known.into_iter().chain(version))
            }
            Self::TokenNoLongerValid { message } => members([("error_msg", message)]),
            Self::Json(json) => json,
        };
        serde_json::to_vec(&json).expect("a map with texts as keys is always written")
    }
}

/// Shows which answer it is, and nothing of what is in it.
impl fmt::Debug for FlowAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Screen { screen, data } => f
                .debug_struct("Screen")
                .field("screen", screen)
                .field("data", &format_args!("{} members", data.len()))
                .finish(),
            Self::Success { params, .. } => f
                .debug_struct("Success")
                .field("params", &format_args!("{} members", params.len()))
                .finish_non_exhaustive(),
            Self::TokenNoLongerValid { .. } => {
                f.debug_struct("TokenNoLongerValid").finish_non_exhaustive()
            }
            Self::Json(json) => write!(f, "Json({} members)", json.len()),
        }
    }
}

fn members<K: Into<String>, V: Into<Value>>(
    members: impl IntoIterator<Item = (K, V)>,
) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

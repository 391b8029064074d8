//! What a Flow asks of its endpoint.

use std::fmt;

use serde_json::{Map, Value};

use crate::flow_endpoint::media::{FlowMedia, FlowMediaError};
use crate::wire::open_enum;

open_enum! {
    /// Why a Flow asks.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::FlowAction;
    ///
    /// assert_eq!(FlowAction::from("data_exchange"), FlowAction::DataExchange);
    /// assert_eq!(FlowAction::from("ping"), FlowAction::Ping);
    /// ```
    FlowAction {
        /// Meta asks whether the endpoint is there.
        Ping = "ping",
        /// The customer opens the Flow.
        Init = "INIT",
        /// The customer goes back, on a screen that asks to be told.
        Back = "BACK",
        /// The customer submits a screen.
        DataExchange = "data_exchange",
    }
}

/// What a Flow asks of its endpoint, decrypted.
///
/// It was written on the customer's device: check what is in it as you would any input. What
/// this version does not know, or finds in another form than it expects, is in
/// [`other`](Self::other).
///
/// Source: <https://developers.facebook.com/docs/whatsapp/flows/guides/implementingyourflowendpoint#data-exchange-request>
///
/// ```
/// use whatsapp_cloud::flow_endpoint::{FlowAnswer, FlowRequest};
///
/// /// Meets the customer on the screen that comes next.
/// fn next_screen(request: &FlowRequest) -> FlowAnswer {
///     let city = request.data.get("city").cloned().unwrap_or_default();
///     FlowAnswer::screen("SLOTS", [("city", city)])
/// }
///
/// let opened = FlowRequest::default();
/// assert!(matches!(next_screen(&opened), FlowAnswer::Screen { .. }));
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct FlowRequest {
    /// The version of the protocol: `3.0`.
    pub version: Option<String>,
    /// Why it asks.
    pub action: FlowAction,
    /// The screen that the customer is on.
    pub screen: Option<String>,
    /// What the customer has chosen and written, by the names that your Flow gives.
    pub data: Map<String, Value>,
    /// The token that you sent with the Flow. Whether it is still valid is for you to say.
    pub flow_token: Option<String>,
    /// Comes with version 4.0, if Meta signed the token. It is not checked here.
    pub flow_token_signature: Option<String>,
    /// All other members.
    pub other: Map<String, Value>,
}

impl FlowRequest {
    /// Reads the decrypted text.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let mut other: Map<String, Value> = serde_json::from_slice(text).ok()?;
        Some(Self {
            version: text_of(&mut other, "version"),
            action: text_of(&mut other, "action").as_deref().unwrap_or_default().into(),
            screen: text_of(&mut other, "screen"),
            data: match other.remove("data") {
                Some(Value::Object(data)) => data,
                None => Map::new(),
                Some(strange) => {
                    other.insert("data".to_owned(), strange);
                    Map::new()
                }
            },
            flow_token: text_of(&mut other, "flow_token"),
            flow_token_signature: text_of(&mut other, "flow_token_signature"),
            other,
        })
    }

    /// Whether Meta only asks if the endpoint is there.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::{FlowAction, FlowRequest};
    ///
    /// let mut ping = FlowRequest::default();
    /// assert!(!ping.is_health_check());
    /// ping.action = FlowAction::Ping;
    /// assert!(ping.is_health_check());
    /// ```
    pub fn is_health_check(&self) -> bool {
        self.action == FlowAction::Ping
    }

    /// What went wrong on the customer's device with your last answer, if that is what it
    /// tells.
    pub fn error_notice(&self) -> Option<FlowErrorNotice> {
        let member = |name: &str| self.data.get(name).and_then(Value::as_str);
        Some(FlowErrorNotice {
            error: member("error").or_else(|| member("error_key"))?.to_owned(),
            message: member("error_message").map(str::to_owned),
        })
    }

    /// The files that the customer chose in the picker called `name`.
    ///
    /// Empty when there is no such member of [`data`](Self::data).
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::{FlowMediaError, FlowRequest};
    ///
    /// let mut request = FlowRequest::default();
    /// assert!(request.media("passport")?.is_empty(), "the customer chose none");
    ///
    /// request.data.insert("passport".to_owned(), "passport.jpg".into());
    /// assert_eq!(request.media("passport").err(), Some(FlowMediaError::Unreadable));
    /// # Ok::<(), FlowMediaError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FlowMediaError::Unreadable`] when it is not a list of files.
    pub fn media(&self, name: &str) -> Result<Vec<FlowMedia>, FlowMediaError> {
        match self.data.get(name) {
            Some(Value::Array(files)) => files.iter().map(FlowMedia::read).collect(),
            None => Ok(Vec::new()),
            Some(_) => Err(FlowMediaError::Unreadable),
        }
    }
}

/// Shows what is asked, and nothing of what it is asked with.
impl fmt::Debug for FlowRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlowRequest")
            .field("version", &self.version)
            .field("action", &self.action)
            .field("screen", &self.screen)
            .field("data", &format_args!("{} members", self.data.len()))
            .finish_non_exhaustive()
    }
}

/// Takes the member `name` out of `from`, if it is a text.
fn text_of(from: &mut Map<String, Value>, name: &str) -> Option<String> {
    match from.remove(name)? {
        Value::String(text) => Some(text),
        strange => {
            from.insert(name.to_owned(), strange);
            None
        }
    }
}

/// What went wrong on the customer's device with an answer of yours.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::{FlowErrorNotice, FlowRequest};
///
/// /// What to write in the log: the customer saw an error instead of your screen.
/// fn note(request: &FlowRequest) -> Option<String> {
///     let FlowErrorNotice { error, .. } = request.error_notice()?;
///     Some(format!("a screen was refused: {error}"))
/// }
///
/// assert_eq!(note(&FlowRequest::default()), None);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FlowErrorNotice {
    /// What: `INVALID_SCREEN_TRANSITION`, …
    pub error: String,
    /// The same as a sentence, which may quote your answer.
    pub message: Option<String>,
}

/// Shows what went wrong, without the sentence.
impl fmt::Debug for FlowErrorNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlowErrorNotice").field("error", &self.error).finish_non_exhaustive()
    }
}

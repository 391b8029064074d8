//! What the browser says when the window of a sign-up closes: claims, to be checked.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation/>

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::api::Violations;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, BusinessId, PhoneNumberId};
use crate::wire::open_enum;

const OPERATION: &str = "read a sign-up message";

/// The longest message that is read; Meta's have a few hundred bytes.
const LONGEST: usize = 16 * 1024;

/// The longest id that is taken; Meta's have some 16 digits.
const LONGEST_ID: usize = 32;

/// What the window said when it closed.
///
/// Meta posts it to the page that opened the window, and the page hands it to you: take the
/// message of `https://www.facebook.com` only, and still believe nothing of it.
///
/// ```
/// use whatsapp_cloud::client::onboarding::SignupMessage;
///
/// let left = r#"{"type":"WA_EMBEDDED_SIGNUP","event":"CANCEL","data":{}}"#;
/// assert!(matches!(SignupMessage::parse(left)?, SignupMessage::Left { step: None }));
/// assert!(SignupMessage::parse("something else").is_err());
/// # Ok::<(), whatsapp_cloud::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignupMessage {
    /// The business went through to the end.
    Finished(Claims),
    /// The business closed the window.
    Left {
        /// On which screen: `PHONE_NUMBER_SETUP`, for example.
        step: Option<String>,
    },
    /// Something went wrong, and the business told Meta of it.
    Failed(SignupFailure),
    /// An event that this version does not know.
    Other(SignupEvent),
}

impl SignupMessage {
    /// Reads the message as the page got it: the text of its `data`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`] when it is none of a sign-up, or an id in it is no id. The
    /// error quotes nothing of it.
    ///
    /// ```
    /// use whatsapp_cloud::client::onboarding::SignupMessage;
    ///
    /// let left = r#"{"type":"WA_EMBEDDED_SIGNUP","event":"CANCEL",
    ///     "data":{"current_step":"PHONE_NUMBER_SETUP"}}"#;
    /// let SignupMessage::Left { step } = SignupMessage::parse(left)? else {
    ///     return Err("the window was closed".into());
    /// };
    /// assert_eq!(step.as_deref(), Some("PHONE_NUMBER_SETUP"));
    ///
    /// let forged = r#"{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"waba_id":"1/../2"}}"#;
    /// assert!(SignupMessage::parse(forged).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(message: &str) -> Result<Self> {
        if message.len() > LONGEST {
            return Err(refused("", "a message of at most 16 KiB"));
        }
        let whole: Map<String, Value> =
            serde_json::from_str(message).map_err(|_| refused("", "an object of JSON"))?;
        if whole.get("type").and_then(Value::as_str) != Some("WA_EMBEDDED_SIGNUP") {
            return Err(refused("type", "WA_EMBEDDED_SIGNUP"));
        }
        let Some(event) = whole.get("event").and_then(Value::as_str) else {
            return Err(refused("event", "a word"));
        };
        let nothing = Map::new();
        let data = whole.get("data").and_then(Value::as_object).unwrap_or(&nothing);
        Ok(match SignupEvent::from(event) {
            event @ (SignupEvent::Finished
            | SignupEvent::FinishedWithoutNumber
            | SignupEvent::FinishedInBusinessApp
            | SignupEvent::FinishedMigration
            | SignupEvent::FinishedWithAccess) => Self::Finished(Claims::read(event, data)?),
            // Meta reports errors as a cancellation, too.
            SignupEvent::Cancelled if !data.contains_key("error_message") => {
                Self::Left { step: text(data, "current_step") }
            }
            SignupEvent::Cancelled | SignupEvent::Failed => Self::Failed(SignupFailure::read(data)),
            event @ SignupEvent::Unknown(_) => Self::Other(event),
        })
    }
}

open_enum! {
    /// How a sign-up ended, in Meta's words.
    ///
    /// ```
    /// use whatsapp_cloud::client::onboarding::SignupEvent;
    ///
    /// assert_eq!(SignupEvent::from("FINISH"), SignupEvent::Finished);
    /// assert!(!SignupEvent::from("FINISH_ELSEWHERE").is_known());
    /// ```
    SignupEvent {
        /// With an account and a number.
        Finished = "FINISH",
        /// With an account; the number comes another way.
        FinishedWithoutNumber = "FINISH_ONLY_WABA",
        /// With a number that stays in the Business app, too ("coexistence").
        FinishedInBusinessApp = "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
        /// With an account that was kept on the business's behalf and is its own now.
        FinishedMigration = "FINISH_OBO_MIGRATION",
        /// With access to what there was already.
        FinishedWithAccess = "FINISH_GRANT_ONLY_API_ACCESS",
        /// The window was closed, or an error was reported.
        Cancelled = "CANCEL",
        /// An error.
        Failed = "ERROR",
    }
}

/// What the browser claims to have signed up.
///
/// Kept with the [`Progress`](super::Progress), and compared with what the token tells.
///
/// ```
/// use whatsapp_cloud::client::onboarding::{Claims, SignupEvent};
///
/// let mut claims = Claims::new(SignupEvent::Finished);
/// claims.account_id = Some("102290129340398".into());
/// claims.phone_number_id = Some("106540352242922".into());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Claims {
    /// How it ended.
    pub event: SignupEvent,
    /// The account. Without it, the one that the token was given for, if it is the only one.
    pub account_id: Option<AccountId>,
    /// The number. Without it, the only one that can be meant: Meta leaves it out for numbers
    /// that stay in the Business app.
    pub phone_number_id: Option<PhoneNumberId>,
    /// The portfolio that owns the account.
    pub business_id: Option<BusinessId>,
}

impl Claims {
    /// A sign-up that ended like this, and no more.
    pub fn new(event: SignupEvent) -> Self {
        Self { event, account_id: None, phone_number_id: None, business_id: None }
    }

    fn read(event: SignupEvent, data: &Map<String, Value>) -> Result<Self> {
        let account = match id(data, "waba_id")? {
            Some(account) => Some(account),
            None => only_account(data)?,
        };
        Ok(Self {
            event,
            account_id: account.map(AccountId::from),
            phone_number_id: id(data, "phone_number_id")?.map(PhoneNumberId::from),
            business_id: id(data, "business_id")?.map(BusinessId::from),
        })
    }

    /// Whether a sign-up that ended like this brings a number.
    pub(super) fn brings_number(&self) -> bool {
        match self.event {
            SignupEvent::Finished
            | SignupEvent::FinishedInBusinessApp
            | SignupEvent::FinishedMigration => true,
            SignupEvent::FinishedWithoutNumber
            | SignupEvent::FinishedWithAccess
            | SignupEvent::Cancelled
            | SignupEvent::Failed
            | SignupEvent::Unknown(_) => self.phone_number_id.is_some(),
        }
    }
}

/// What went wrong in the window. `Debug` does not show the message.
///
/// ```
/// use whatsapp_cloud::client::onboarding::{SignupFailure, SignupMessage};
///
/// let said = r#"{"type":"WA_EMBEDDED_SIGNUP","event":"CANCEL","data":{
///     "error_message":"The number is in use.","error_code":"524126"}}"#;
/// let SignupMessage::Failed(failure) = SignupMessage::parse(said)? else {
///     return Err("an error".into());
/// };
/// let SignupFailure { code, .. } = failure;
/// assert_eq!(code.as_deref(), Some("524126"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignupFailure {
    /// What was shown to the business.
    pub message: Option<String>,
    /// Meta's code.
    pub code: Option<String>,
    /// What Meta's support asks for.
    pub session_id: Option<String>,
}

impl SignupFailure {
    fn read(data: &Map<String, Value>) -> Self {
        Self {
            message: text(data, "error_message"),
            code: text(data, "error_code").or_else(|| text(data, "error_id")),
            session_id: text(data, "session_id"),
        }
    }
}

impl fmt::Debug for SignupFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignupFailure").field("code", &self.code).finish_non_exhaustive()
    }
}

/// The account in Meta's list of them, when there is one only.
fn only_account(data: &Map<String, Value>) -> Result<Option<String>> {
    match data.get("waba_ids").and_then(Value::as_array).map(Vec::as_slice) {
        Some([account]) => id_of("waba_ids", account).map(Some),
        Some(_) | None => Ok(None),
    }
}

fn id(data: &Map<String, Value>, name: &str) -> Result<Option<String>> {
    match data.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(id)) if id.is_empty() => Ok(None),
        Some(value) => id_of(name, value).map(Some),
    }
}

fn id_of(name: &str, value: &Value) -> Result<String> {
    as_text(value)
        .filter(|id| (1..=LONGEST_ID).contains(&id.len()))
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| refused(&format!("data.{name}"), "an id of digits"))
}

fn text(data: &Map<String, Value>, name: &str) -> Option<String> {
    data.get(name).and_then(as_text)
}

/// Numbers come as such, or as a text.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn refused(path: &str, rule: &str) -> Error {
    let mut found = Violations::default();
    found.add(path, rule);
    Error::new(OPERATION, ErrorKind::InvalidInput).with_source(found)
}

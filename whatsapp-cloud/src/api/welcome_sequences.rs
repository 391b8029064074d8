//! What people see first when an ad led them to a chat.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/ctwa/welcome-message-sequences>

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use crate::api::Success;
use crate::api::call::{self, Operation, call};
use crate::endpoint::{Endpoint, Method, Part, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, NodeId};
use crate::violation::Violations;
use crate::wire::member::Member as _;
use crate::wire::{Page, object};

/// Makes a sequence, to be linked to an ad by its id.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/ctwa/welcome-message-sequences>
///
/// ```
/// use whatsapp_cloud::api::welcome_sequences::{CreateWelcomeSequence, WelcomeMessage};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let message = WelcomeMessage { text: "Welcome!".to_owned(), ..WelcomeMessage::default() };
/// let call = CreateWelcomeSequence::new("395394933592466", "Driver sign-up", message);
/// assert_eq!(call.request()?.target()?, "395394933592466/welcome_message_sequences");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateWelcomeSequence {
    /// The account.
    pub account_id: AccountId,
    /// What you call it.
    pub name: String,
    /// What people see.
    pub message: WelcomeMessage,
}

impl CreateWelcomeSequence {
    /// A sequence with a name.
    pub fn new(
        account_id: impl Into<AccountId>,
        name: impl Into<String>,
        message: WelcomeMessage,
    ) -> Self {
        Self { account_id: account_id.into(), name: name.into(), message }
    }
}

impl Endpoint for CreateWelcomeSequence {
    type Response = CreatedWelcomeSequence;
    const OPERATION: &'static str = "create a welcome sequence";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        let (name, message) = (Some(self.name.as_str()), Some(&self.message));
        post::<Self>(&self.account_id, None, name, message)
    }
}

impl Operation for CreateWelcomeSequence {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{waba-id}/welcome_message_sequences";
    type Body = ();
}

object! {
    /// A sequence that was made.
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::{
    ///     CreatedWelcomeSequence, DeleteWelcomeSequence,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let created: CreatedWelcomeSequence = serde_json::from_str(
    ///     r#"{"sequence_id":"186473890"}"#,
    /// )?;
    /// let call = DeleteWelcomeSequence::new("395394933592466", created.sequence_id);
    /// assert!(call.request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreatedWelcomeSequence {
        /// Its id: `partner_app_welcome_message_flow_id` of an ad.
        pub sequence_id: NodeId = "sequence_id",
    }
}

/// Changes a sequence, unless an ad in use is linked to it.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/ctwa/welcome-message-sequences>
///
/// ```
/// use whatsapp_cloud::api::welcome_sequences::UpdateWelcomeSequence;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let mut call = UpdateWelcomeSequence::new("395394933592466", "186473890");
/// assert!(call.request().is_err(), "nothing is to change");
/// call.name = Some("Driver sign-up updated name".to_owned());
/// assert!(call.request().is_ok());
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct UpdateWelcomeSequence {
    /// The account.
    pub account_id: AccountId,
    /// The sequence.
    pub sequence_id: NodeId,
    /// What you call it.
    pub name: Option<String>,
    /// What people see.
    pub message: Option<WelcomeMessage>,
}

impl UpdateWelcomeSequence {
    /// A sequence in which nothing is to change yet.
    pub fn new(account_id: impl Into<AccountId>, sequence_id: impl Into<NodeId>) -> Self {
        Self {
            account_id: account_id.into(),
            sequence_id: sequence_id.into(),
            name: None,
            message: None,
        }
    }
}

impl Endpoint for UpdateWelcomeSequence {
    type Response = Success;
    const OPERATION: &'static str = "update a welcome sequence";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let Self { account_id, sequence_id, name, message } = self;
        post::<Self>(account_id, Some(sequence_id), name.as_deref(), message.as_ref())
    }
}

impl Operation for UpdateWelcomeSequence {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{waba-id}/welcome_message_sequences";
    type Body = ();
}

/// Meta's page shows a form, whose members are JSON.
fn post<C: Operation>(
    account_id: &AccountId,
    sequence_id: Option<&NodeId>,
    name: Option<&str>,
    message: Option<&WelcomeMessage>,
) -> Result<Request> {
    let mut found = Violations::default();
    let mut parts = Vec::new();
    if let Some(id) = sequence_id {
        found.numeric_id("sequence_id", id.as_str());
        parts.push(Part::text("sequence_id", id.as_str()));
    }
    if let Some(name) = name {
        if name.is_empty() {
            found.add("name", "a name, found none");
        }
        parts.push(Part::text("name", name));
    }
    if let Some(message) = message {
        found.within("welcome_message_sequence", |found| message.check(found));
        let json = serde_json::to_string(message).map_err(|error| {
            Error::new(C::OPERATION, ErrorKind::InvalidInput).with_source(error)
        })?;
        parts.push(Part::text("welcome_message_sequence", json));
    }
    if name.is_none() && message.is_none() {
        found.say("a name or a message, found neither");
    }
    Ok(call::request::<C>(&[("account_id", account_id)], &[], found)?.with_form(parts))
}

macro_rules! name_only {
    ($($name:ident),+) => {$(
        /// Shows the name of the call only.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

name_only!(CreateWelcomeSequence, UpdateWelcomeSequence);

call! {
    /// Asks for the sequences of an account, or for one of them.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/ctwa/welcome-message-sequences>
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::ListWelcomeSequences;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListWelcomeSequences::new("395394933592466");
    /// call.limit = Some(5);
    /// assert_eq!(call.request()?.target()?, "395394933592466/welcome_message_sequences?limit=5");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListWelcomeSequences -> WelcomeSequences = "list welcome sequences", idempotent;
    get "/{waba-id}/welcome_message_sequences" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// Which one.
        sequence_id: Option<NodeId> = "sequence_id",
    }
    paged {}
}

call! {
    /// Deletes a sequence, unless an ad in use is linked to it.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/ctwa/welcome-message-sequences>
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::DeleteWelcomeSequence;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = DeleteWelcomeSequence::new("395394933592466", "186473890");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "395394933592466/welcome_message_sequences?sequence_id=186473890",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct DeleteWelcomeSequence -> Success = "delete a welcome sequence", idempotent;
    delete "/{waba-id}/welcome_message_sequences" {
        /// The account.
        account_id: AccountId,
    }
    needs {
        /// Which one.
        sequence_id: NodeId = "sequence_id",
    }
}

object! {
    /// What people see first. What Meta offers beyond these, such as a Flow or an offer, is
    /// described nowhere: say it in `other`.
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::WelcomeMessage;
    ///
    /// let message =
    ///     WelcomeMessage { text: "Hello! How can we help?".to_owned(), ..Default::default() };
    /// assert_eq!(serde_json::to_string(&message)?, r#"{"text":"Hello! How can we help?"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct WelcomeMessage {
        /// The text.
        pub text: String = "text",
        /// What stands in their field, ready to be sent.
        pub autofill_message: Option<AutofillMessage> = "autofill_message",
        /// What they can tap instead.
        pub ice_breakers: Vec<WelcomeIceBreaker> = "ice_breakers",
    }
    check |message, found| {
        if message.text.is_empty() {
            found.add("text", "a text, found none");
        }
    }
}

object! {
    /// What stands in the field of whoever came by an ad.
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::{AutofillMessage, WelcomeMessage};
    ///
    /// let message: WelcomeMessage = serde_json::from_str(
    ///     r#"{"text":"Hello!","autofill_message":{"content":"I would like to know more"}}"#,
    /// )?;
    /// let AutofillMessage { content, .. } = message.autofill_message.unwrap();
    /// assert_eq!(content, "I would like to know more");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AutofillMessage {
        /// The text.
        pub content: String = "content",
    }
}

object! {
    /// What whoever came by an ad can tap.
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::{WelcomeIceBreaker, WelcomeMessage};
    ///
    /// let message: WelcomeMessage = serde_json::from_str(
    ///     r#"{"text":"Hello!","ice_breakers":[{"title":"Opening hours"}]}"#,
    /// )?;
    /// let titles: Vec<&str> = message
    ///     .ice_breakers
    ///     .iter()
    ///     .map(|WelcomeIceBreaker { title, .. }| title.as_str())
    ///     .collect();
    /// assert_eq!(titles, ["Opening hours"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct WelcomeIceBreaker {
        /// The text.
        pub title: String = "title",
    }
    check |breaker, found| {
        if breaker.title.is_empty() {
            found.add("title", "a text, found none");
        }
    }
}

object! {
    /// A sequence.
    ///
    /// ```
    /// use whatsapp_cloud::api::welcome_sequences::WelcomeSequence;
    ///
    /// let sequence: WelcomeSequence = serde_json::from_str(
    ///     r#"{"sequence_id":"186473890","name":"Driver sign-up","is_used_in_ad":false}"#,
    /// )?;
    /// assert_eq!(
    ///     (sequence.name.as_deref(), sequence.is_used_in_ad),
    ///     (Some("Driver sign-up"), Some(false)),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct WelcomeSequence {
        /// Its id.
        pub sequence_id: NodeId = "sequence_id",
        /// What you call it.
        pub name: Option<String> = "name",
        /// What people see. Stays in `other` where Meta writes it as a text.
        pub welcome_message_sequence: Option<WelcomeMessage> = "welcome_message_sequence",
        /// Whether an ad is linked to it.
        pub is_used_in_ad: Option<bool> = "is_used_in_ad",
    }
}

/// The sequences of an account. Meta's page shows a plain list; its other lists are pages.
///
/// ```
/// use whatsapp_cloud::api::welcome_sequences::WelcomeSequences;
///
/// let sequences: WelcomeSequences = serde_json::from_str(
///     r#"[{"sequence_id":"186473890","name":"Driver sign-up"}]"#,
/// )?;
/// assert_eq!(sequences.page.data.len(), 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct WelcomeSequences {
    /// They, and where the others are.
    pub page: Page<WelcomeSequence>,
}

impl<'de> Deserialize<'de> for WelcomeSequences {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The text of an error of serde's would quote what is there.
        let other = || de::Error::custom("the rows of a list are of another type");
        let page = match Value::deserialize(deserializer)? {
            list @ Value::Array(_) => Vec::deserialize(list)
                .map(|data| Page { data, ..Page::default() })
                .map_err(|_| other())?,
            page => Page::deserialize(page).map_err(|_| other())?,
        };
        Ok(Self { page })
    }
}

impl fmt::Debug for WelcomeSequences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.page.fmt(f)
    }
}

//! One thing that Meta tells.

use std::fmt;
use std::sync::Arc;

use serde::ser::SerializeMap;

use crate::webhook::account::{AccountReview, AccountUpdate};
use crate::webhook::action::{AutomaticEvent, UserAction};
use crate::webhook::alert::AccountAlert;
use crate::webhook::business::{BusinessCapability, PartnerSolution, PaymentConfiguration};
use crate::webhook::call::{Call, CallDirection};
use crate::webhook::contact::{ContactProfile, Person};
use crate::webhook::flow::FlowUpdate;
use crate::webhook::group::GroupUpdate;
use crate::webhook::handover::{ConversationContext, Handover, StandbyEcho};
use crate::webhook::history::{ContactSync, HistoryChunk};
use crate::webhook::message::Message;
use crate::webhook::number_settings::AccountSettings;
use crate::webhook::phone_number::{
    BusinessUsername, PhoneNumberName, PhoneNumberQuality, Security,
};
use crate::webhook::preference::{UserIdUpdate, UserPreference};
use crate::webhook::raw::Raw;
use crate::webhook::record::{Own, Record as _};
use crate::webhook::status::Status;
use crate::webhook::template::{
    TemplateCategory, TemplateComponents, TemplateCorrectCategory, TemplateQuality, TemplateStatus,
};
use crate::wire::{GraphError, Text};

/// One thing that Meta tells, where it was told, and its own JSON.
///
/// Borrows from the body; [`Event::into_owned`] lets it outlive it.
///
/// The same event may be told more than once, in another delivery and between other
/// neighbours: [`Event::dedupe_key`] is the same each time.
///
/// ```
/// use whatsapp_cloud::webhook::{Event, Verified};
/// use whatsapp_cloud::wire::Text;
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "metadata":{"phone_number_id":"106540352242922"},
///     "messages":[{"from":"16505551234","id":"wamid.A","type":"text",
///     "text":{"body":"Hi"}}]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let kept: Event<'static> = event.into_owned();
/// assert_eq!(kept.phone_number_id.as_ref().map(Text::as_str), Some("106540352242922"));
/// assert_eq!((kept.name(), kept.from()), ("message", Some("16505551234")));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The WhatsApp Business Account (`entry[].id`); for a few account events, the business.
    pub account_id: Option<Text<'a>>,
    /// When Meta says it happened (`entry[].time`), in seconds since 1970. Messages have a
    /// time of their own instead.
    pub time: Option<i64>,
    /// What the change is about (`changes[].field`): `messages`, `calls`, …
    pub field: Option<Text<'a>>,
    /// Which list or member it was found in: `messages`, `statuses`, `errors`, or one that
    /// this version does not know. None when it is the change as a whole.
    pub member: Option<Text<'a>>,
    /// Your phone number, as an id.
    pub phone_number_id: Option<Text<'a>>,
    /// Your phone number, for people to read. Not always digits only.
    pub display_phone_number: Option<Text<'a>>,
    /// The customer it is about, when Meta tells.
    pub contact: Option<Arc<ContactProfile<'a>>>,
    /// What is told.
    pub kind: EventKind<'a>,
    /// The event's own JSON: the message, the status, the error, or whatever is unknown or
    /// malformed. None only when the body is no JSON.
    pub raw: Option<Raw<'a>>,
    /// How much of the JSON is typed.
    pub(super) told: Told,
}

/// How much of an event's JSON its type tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Told {
    /// All of it, if need be with the help of its `other`.
    #[default]
    Whole,
    /// All of it, and some is not in its usual form and not kept elsewhere.
    InRaw,
    /// Not all of it.
    InPart,
}

impl Event<'_> {
    /// Whether this version understands all of the event's JSON.
    ///
    /// False where any part fell back to raw JSON: an unknown kind of event, a member or a
    /// word that is not known, a value of a wrong type.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::Verified;
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"statuses":[
    ///     {"id":"wamid.A","status":"read"},{"id":"wamid.B","status":"brand_new"}]}}]}]}"#;
    /// let known = Verified::restored(body).events().map(|event| event.is_known());
    /// assert!(known.eq([true, false]));
    /// ```
    pub fn is_known(&self) -> bool {
        let contact = self.contact.as_ref();
        self.told != Told::InPart
            && contact.is_none_or(|contact| contact.other.unknown().next().is_none())
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Event<'static> {
        Event {
            account_id: self.account_id.own(),
            time: self.time,
            field: self.field.own(),
            member: self.member.own(),
            phone_number_id: self.phone_number_id.own(),
            display_phone_number: self.display_phone_number.own(),
            contact: self.contact.own(),
            kind: self.kind.into_owned(),
            raw: self.raw.own(),
            told: self.told,
        }
    }
}

/// Declares the kinds of events that are typed.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($record:ident),)+) => {
        /// What is told.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum EventKind<'a> {
            $($(#[$doc])* $kind(Box<$record<'a>>),)+
            /// Meta reports an error of yours or of its own (`value.errors[]`). It may rightly
            /// recur: see [`Event::dedupe_key`].
            Error(Box<GraphError>),
            /// Nothing: a change whose lists are empty.
            Empty,
            /// Something this version does not know.
            Unknown,
            /// A place that is known, and holds what cannot be read.
            Malformed(Box<Malformed>),
            /// The body as a whole cannot be read.
            Unparsed(Box<Unparsed>),
        }

        impl EventKind<'_> {
            pub(super) fn into_owned(self) -> EventKind<'static> {
                match self {
                    $(Self::$kind(record) => EventKind::$kind(record.own()),)+
                    Self::Error(error) => EventKind::Error(error),
                    Self::Empty => EventKind::Empty,
                    Self::Unknown => EventKind::Unknown,
                    Self::Malformed(malformed) => EventKind::Malformed(malformed),
                    Self::Unparsed(unparsed) => EventKind::Unparsed(unparsed),
                }
            }

            /// Writes the members of what is typed.
            pub(super) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$kind(record) => record.write(map),)+
                    Self::Error(_) | Self::Empty | Self::Unknown | Self::Malformed(_) | Self::Unparsed(_) => {
                        Ok(())
                    }
                }
            }

            /// Whether it is a record, which keeps all that it does not tell.
            pub(super) fn is_typed(&self) -> bool {
                match self {
                    $(Self::$kind(_) => true,)+
                    Self::Error(_) | Self::Empty | Self::Unknown | Self::Malformed(_) | Self::Unparsed(_) => false,
                }
            }

            /// Whether nothing in it is typed.
            pub(super) fn is_bare(&self) -> bool {
                match self {
                    $(Self::$kind(record) => {
                        let other = record.other.clone();
                        **record == $record { other, ..$record::default() }
                    })+
                    Self::Error(_) => false,
                    Self::Empty | Self::Unknown | Self::Malformed(_) | Self::Unparsed(_) => true,
                }
            }
        }
    };
}

kinds! {
    /// A customer wrote. Field `messages`.
    Message(Message),
    /// Something became of a message, a payment or a call. Fields `messages`, `calls`.
    Status(Status),
    /// A customer followed a link of yours. Field `messages`.
    UserAction(UserAction),
    /// What was talked about before a conversation was handed over. Field `messages`.
    ConversationContext(ConversationContext),
    /// The business wrote in the WhatsApp Business app. Fields `smb_message_echoes`,
    /// `message_echoes`, `history`.
    Echo(Message),
    /// The business's contact book changed. Field `smb_app_state_sync`.
    ContactSync(ContactSync),
    /// Part of the past, when a number of the app is connected. Field `history`.
    History(HistoryChunk),
    /// A message of the past, with its file. Not to be answered. Field `history`.
    HistoryMessage(Message),
    /// A customer wrote in a conversation that another app owns. Not to be answered.
    /// Field `standby`.
    StandbyMessage(Message),
    /// Another app wrote in a conversation that it owns. Field `standby`.
    StandbyEcho(StandbyEcho),
    /// What became of another app's message. Field `standby`.
    StandbyStatus(Status),
    /// A conversation got another owner. Field `messaging_handovers`.
    Handover(Handover),
    /// A call began, ended or was recorded. Field `calls`.
    Call(Call),
    /// The settings of a phone number changed. Field `account_settings_update`.
    AccountSettings(AccountSettings),
    /// A Flow changed its state, or is not well. Field `flows`.
    Flow(FlowUpdate),
    /// A customer wants marketing messages, or no more of them. Field `user_preferences`.
    UserPreference(UserPreference),
    /// A customer has a new user id. Field `user_id_update`.
    UserIdUpdate(UserIdUpdate),
    /// Your username was approved, deleted or reserved. Fields
    /// `business_username_updates`, `phone_number_username_update`.
    BusinessUsername(BusinessUsername),
    /// Meta saw a lead or a purchase in a conversation. Field `automatic_events`.
    AutomaticEvent(AutomaticEvent),
    /// A group was made, changed or suspended, or its members changed. Fields
    /// `group_lifecycle_update`, `group_participants_update`, `group_settings_update`,
    /// `group_status_update`.
    Group(GroupUpdate),
    /// A template was approved, rejected, paused, … Field `message_template_status_update`.
    TemplateStatus(TemplateStatus),
    /// The quality of a template changed. Field `message_template_quality_update`.
    TemplateQuality(TemplateQuality),
    /// A template was edited. Field `message_template_components_update`.
    TemplateComponents(TemplateComponents),
    /// The category of a template changed, or will. Field `template_category_update`.
    TemplateCategory(TemplateCategory),
    /// Content was sent in a wrong category. Field `template_correct_category_detection`.
    TemplateCorrectCategory(TemplateCorrectCategory),
    /// A display name was decided on. Field `phone_number_name_update`.
    PhoneNumberName(PhoneNumberName),
    /// How much a phone number may send changed. Field `phone_number_quality_update`.
    PhoneNumberQuality(PhoneNumberQuality),
    /// What the account may do changed. Field `business_capability_update`.
    BusinessCapability(BusinessCapability),
    /// Something happened to the account. Field `account_update`.
    AccountUpdate(AccountUpdate),
    /// The account was reviewed. Field `account_review_update`.
    AccountReview(AccountReview),
    /// Meta draws attention to something. Field `account_alerts`.
    AccountAlert(AccountAlert),
    /// The PIN of a phone number. Field `security`.
    Security(Security),
    /// A payment configuration changed. Field `payment_configuration_update`.
    PaymentConfiguration(PaymentConfiguration),
    /// A multi-partner solution changed. Field `partner_solutions`.
    PartnerSolution(PartnerSolution),
}

impl EventKind<'_> {
    /// The customer it is about, as far as the element itself names him.
    pub(super) fn person(&self) -> Option<Person<'_>> {
        match self {
            Self::Message(message)
            | Self::HistoryMessage(message)
            | Self::StandbyMessage(message) => Some(message.sender()),
            Self::Echo(message) => Some(message.recipient()),
            Self::Status(status) | Self::StandbyStatus(status) => Some(status.recipient()),
            Self::Call(call) => {
                let phone = match call.direction {
                    Some(CallDirection::BusinessInitiated) => &call.to,
                    _ => &call.from,
                };
                // Only customers have a user id, whoever called.
                let user_id = call.from_user_id.as_ref().or(call.to_user_id.as_ref());
                Some(Person::of(phone.as_ref(), user_id))
            }
            Self::UserPreference(preference) => {
                Some(Person::of(preference.wa_id.as_ref(), preference.user_id.as_ref()))
            }
            Self::UserIdUpdate(update) => {
                // The contact may still have the previous user id.
                let user_id = || update.user_id.as_ref()?.current.as_ref();
                let user_id = if update.wa_id.is_none() { user_id() } else { None };
                Some(Person::of(update.wa_id.as_ref(), user_id))
            }
            _ => None,
        }
    }
}

/// What cannot be read, without its contents.
///
/// ```
/// use whatsapp_cloud::webhook::{EventKind, Malformed, MalformedReason, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":["no message"]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let EventKind::Malformed(malformed) = event.kind else { return Err("it is another") };
/// let Malformed { path, reason, .. } = *malformed;
/// assert_eq!(path, "entry[0].changes[0].value.messages[0]");
/// assert_eq!(reason, MalformedReason::NotAnObject);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Malformed {
    /// Where it stands, such as `entry[0].changes[1].value.messages[2]`.
    pub path: String,
    /// What is wrong.
    pub reason: MalformedReason,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Why something cannot be read.
///
/// ```
/// use whatsapp_cloud::webhook::{EventKind, MalformedReason, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":"no list"}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let EventKind::Malformed(malformed) = event.kind else { return Err("it is another") };
/// assert_eq!(malformed.reason, MalformedReason::NotAList);
/// assert_eq!(malformed.reason.to_string(), "it is no list");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedReason {
    /// An object should stand there.
    #[error("it is no object")]
    NotAnObject,
    /// A list should stand there.
    #[error("it is no list")]
    NotAList,
    /// So much stands in so few bytes that reading it would fill the memory.
    #[error("it holds too much in too few bytes")]
    TooDense,
    /// An error without a code that can be read.
    #[error("it has no readable code")]
    NoCode,
}

/// Why the body as a whole cannot be read. Repeating the delivery cannot help.
///
/// ```
/// use whatsapp_cloud::webhook::{Unparsed, Verified};
///
/// let unparsed: Unparsed = Verified::restored(b"[]").payload().unwrap_err();
/// assert_eq!(unparsed.to_string(), "the body is no object");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unparsed {
    /// What is wrong.
    pub reason: UnparsedReason,
    /// The SHA-256 of the body, which tells it from other ones.
    pub sha256: [u8; 32],
}

impl fmt::Display for Unparsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl fmt::Debug for Unparsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unparsed").field("reason", &self.reason).finish_non_exhaustive()
    }
}

/// What is wrong with a body.
///
/// ```
/// use whatsapp_cloud::webhook::{UnparsedReason, Verified};
///
/// let cut_off = Verified::restored(br#"{"entry":["#).payload().unwrap_err();
/// assert!(matches!(cut_off.reason, UnparsedReason::NotJson { line: 1, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum UnparsedReason {
    /// Its bytes are no UTF-8.
    #[error("the body is no UTF-8")]
    NotUtf8,
    /// It is no JSON, or was cut off.
    #[error("the body is no JSON at line {line}, column {column}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// It is JSON, but no object.
    #[error("the body is no object")]
    NotAnObject,
    /// So much stands in so few bytes that reading it would fill the memory.
    #[error("the body holds too much in too few bytes")]
    TooDense,
    /// It is an object without a list `entry`.
    #[error("the body has no list of entries")]
    NoEntries,
}

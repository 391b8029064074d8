//! What happens to your phone numbers: display name, limit, PIN, username, settings.

use serde::{Serialize, Serializer};

use crate::webhook::account::ReviewDecision;
use crate::webhook::json::{Form, Json, Step};
use crate::webhook::raw::Raw;
use crate::webhook::read::Read;
use crate::webhook::record::{element, owned, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// Why a display name was rejected.
    NameRejection {
        /// It was not.
        None = "NONE",
        /// It has the name of a person or the mark of an employee in it.
        EmployeeIssue = "NAME_EMPLOYEE_ISSUE",
        /// It has the name of another business in it.
        EndClientNotRelated = "NAME_ENDCLIENT_NOTRELATED",
        /// Its form is not allowed.
        FormatUnacceptable = "NAME_FORMAT_UNACCEPTABLE",
        /// It has the name of a person in it.
        IndividualIssue = "NAME_INDIVIDUAL_ISSUE",
        /// It is not what the business calls itself elsewhere.
        NotConsistent = "NAME_NOT_CONSISTENT",
        /// Meta does not say why.
        Unexplained = "UNKNOWN",
    }
}

element! {
    /// Meta has reviewed a display name: what customers see above the chat.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/phone_number_name_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/phone-number-name.json")]
    /// ```
    pub struct PhoneNumberName<'a> {
        /// The phone number, for people to read.
        pub display_phone_number: Option<Text<'a>> = "display_phone_number",
        /// What was decided.
        pub decision: Option<ReviewDecision> = "decision",
        /// The name that was asked for.
        pub requested_verified_name: Option<Text<'a>> = "requested_verified_name",
        /// Why it was rejected. `NONE` or missing when it was not.
        pub rejection_reason: Option<NameRejection> = "rejection_reason",
    }
}

words! {
    /// What happened to the limit of a phone number.
    PhoneNumberEvent {
        /// The number is new.
        Onboarding = "ONBOARDING",
        /// The limit rose.
        Upgrade = "UPGRADE",
        /// The limit fell.
        Downgrade = "DOWNGRADE",
        /// The number is rated low, and the limit may fall. Of old API versions.
        Flagged = "FLAGGED",
        /// It is rated low no longer. Of old API versions.
        Unflagged = "UNFLAGGED",
        /// The number may send more messages per second.
        ThroughputUpgrade = "THROUGHPUT_UPGRADE",
    }
}

words! {
    /// To how many customers a business may write first within 24 hours.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits>
    MessagingTier {
        /// 50.
        Tier50 = "TIER_50",
        /// 250.
        Tier250 = "TIER_250",
        /// 1,000.
        Tier1K = "TIER_1K",
        /// 2,000.
        Tier2K = "TIER_2K",
        /// 10,000.
        Tier10K = "TIER_10K",
        /// 100,000.
        Tier100K = "TIER_100K",
        /// No limit.
        Unlimited = "TIER_UNLIMITED",
        /// None is set: nothing was sent yet.
        NotSet = "TIER_NOT_SET",
    }
}

/// To how many customers a business may write first within 24 hours, as a number or a word:
/// Meta writes the one in `business_capability_update`, the other in
/// `phone_number_quality_update`, and was seen to mix them.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits>
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MessagingLimit {
    /// So many; a negative number for any number of them.
    Count(i64),
    /// In Meta's word.
    Tier(MessagingTier),
}

impl MessagingLimit {
    /// Whether there is no limit.
    pub fn is_unlimited(&self) -> bool {
        match self {
            Self::Count(count) => *count < 0,
            Self::Tier(tier) => *tier == MessagingTier::Unlimited,
        }
    }
}

impl Serialize for MessagingLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => count.serialize(serializer),
            Self::Tier(tier) => tier.serialize(serializer),
        }
    }
}

impl<'a> Read<'a> for MessagingLimit {
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        if matches!(json.peek(), Some(b'-' | b'0'..=b'9')) {
            return Ok(i64::read(json)?.map(Self::Count));
        }
        let Some(word) = Text::read(json)? else {
            return Ok(None);
        };
        if let Ok(count) = word.as_str().parse() {
            // It would be written as a number.
            json.note(Form::Odd);
            return Ok(Some(Self::Count(count)));
        }
        let tier = MessagingTier::from(word.as_str());
        if !tier.is_known() {
            json.note(Form::Unknown);
        }
        Ok(Some(Self::Tier(tier)))
    }
}

owned!(MessagingLimit);

element! {
    /// To how many customers you may write has changed, or how fast. Despite the name of the
    /// field it tells no quality rating.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/phone_number_quality_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/phone-number-quality.json")]
    /// ```
    pub struct PhoneNumberQuality<'a> {
        /// The phone number, for people to read.
        pub display_phone_number: Option<Text<'a>> = "display_phone_number",
        /// What happened.
        pub event: Option<PhoneNumberEvent> = "event",
        /// The limit before. Until February 2026.
        pub old_limit: Option<MessagingTier> = "old_limit",
        /// The limit now. Until February 2026.
        pub current_limit: Option<MessagingTier> = "current_limit",
        /// The limit now, of the business and thus of all its numbers together.
        pub max_daily_conversations_per_business: Option<MessagingLimit>
            = "max_daily_conversations_per_business",
    }
}

words! {
    /// What happened to the PIN of a phone number.
    SecurityEvent {
        /// It was changed.
        PinChanged = "PIN_CHANGED",
        /// Somebody asked to have it taken away.
        PinResetRequest = "PIN_RESET_REQUEST",
        /// It was taken away.
        PinResetSuccess = "PIN_RESET_SUCCESS",
    }
}

element! {
    /// The PIN that protects a phone number was changed or taken away, or somebody asked for
    /// that.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/security>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/security-pin-changed.json")]
    /// ```
    pub struct Security<'a> {
        /// The phone number, for people to read.
        pub display_phone_number: Option<Text<'a>> = "display_phone_number",
        /// What happened.
        pub event: Option<SecurityEvent> = "event",
        /// The user who did it, as an id.
        pub requester: Option<Text<'a>> = "requester",
    }
}

words! {
    /// What became of a username.
    UsernameStatus {
        /// Customers see it.
        Approved = "approved",
        /// The number has none any more.
        Deleted = "deleted",
        /// It is kept for the number, and not seen yet.
        Reserved = "reserved",
    }
}

words! {
    /// What Meta adds about a username.
    UsernameContext {
        /// Meta took it away.
        Revoked = "revoked",
    }
}

element! {
    /// The username of a phone number was approved, deleted or reserved.
    ///
    /// An older draft of Meta's, `phone_number_username_update`, tells a decision about a
    /// requested username instead: then `decision`, `requested_username` and
    /// `rejection_reasons` are there.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/business-username.json")]
    /// ```
    pub struct BusinessUsername<'a> {
        /// The phone number, for people to read.
        pub display_phone_number: Option<Text<'a>> = "display_phone_number",
        /// The username. None when it was deleted.
        pub username: Option<Text<'a>> = "username",
        /// What became of it.
        pub status: Option<UsernameStatus> = "status",
        /// What Meta adds. None does not say who changed it.
        pub context: Option<UsernameContext> = "context",
        /// What was decided, in the draft.
        pub decision: Option<ReviewDecision> = "decision",
        /// The username that was asked for, in the draft.
        pub requested_username: Option<Text<'a>> = "requested_username",
        /// Why it was rejected, in the draft: `NAME_FORMAT_INVALID`, …
        pub rejection_reasons: Vec<Text<'a>> = "rejection_reasons",
    }
}

element! {
    /// Somebody changed the settings of a phone number.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/account-settings.json")]
    /// ```
    pub struct AccountSettings<'a> {
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// What was changed: `PHONE_NUMBER_SETTINGS`, in small letters too.
        pub kind: Option<Text<'a>> = "type",
        /// The settings of a phone number.
        pub phone_number_settings: Option<Box<PhoneNumberSettings<'a>>> = "phone_number_settings",
    }
}

record! {
    /// The settings of a phone number.
    pub struct PhoneNumberSettings<'a> {
        /// The phone number.
        pub phone_number_id: Option<Text<'a>> = "phone_number_id",
        /// Its settings for calls.
        pub calling: Option<Box<CallingSettings<'a>>> = "calling",
    }
}

words! {
    /// Whether something is switched on.
    SettingStatus {
        /// It is.
        Enabled = "ENABLED",
        /// It is not.
        Disabled = "DISABLED",
        /// Nobody has said.
        NotSet = "NOT_SET",
    }
}

words! {
    /// Where customers see a button for calls.
    CallIconVisibility {
        /// In the chat and in the profile.
        Default = "DEFAULT",
        /// Nowhere.
        DisableAll = "DISABLE_ALL",
        /// Nobody has said.
        NotSet = "NOT_SET",
    }
}

record! {
    /// The settings of a phone number for calls.
    pub struct CallingSettings<'a> {
        /// Whether there are calls at all.
        pub status: Option<SettingStatus> = "status",
        /// Where customers see a button for them.
        pub call_icon_visibility: Option<CallIconVisibility> = "call_icon_visibility",
        /// In which countries they see it.
        pub call_icons: Option<Box<CallIcons<'a>>> = "call_icons",
        /// Whether who calls you may be called back.
        pub callback_permission_status: Option<SettingStatus> = "callback_permission_status",
        /// When you can be called.
        pub call_hours: Option<Box<CallHours<'a>>> = "call_hours",
        /// Your telephone system.
        pub sip: Option<Box<SipSettings<'a>>> = "sip",
        /// How the keys of a call are agreed on: `DTLS`, `SDES`.
        pub srtp_key_exchange_protocol: Option<Text<'a>> = "srtp_key_exchange_protocol",
        /// What more can be heard than is usual.
        pub audio: Option<Raw<'a>> = "audio",
        /// Whether and how there is video.
        pub video: Option<Raw<'a>> = "video",
        /// Whether who does not reach you can leave a message.
        pub voicemail: Option<Raw<'a>> = "voicemail",
        /// From where calls come.
        pub ip_addresses: Option<Raw<'a>> = "ip_addresses",
        /// What you may not do with calls, and until when.
        pub restrictions: Option<Raw<'a>> = "restrictions",
    }
}

record! {
    /// Where customers see a button for calls.
    pub struct CallIcons<'a> {
        /// Only in these countries, as two letters each.
        pub restrict_to_user_countries: Vec<Text<'a>> = "restrict_to_user_countries",
    }
}

record! {
    /// When you can be called.
    pub struct CallHours<'a> {
        /// Whether that is limited.
        pub status: Option<SettingStatus> = "status",
        /// The time zone, such as `America/Sao_Paulo`.
        pub timezone_id: Option<Text<'a>> = "timezone_id",
        /// The hours of each day.
        pub weekly_operating_hours: Vec<OperatingHours<'a>> = "weekly_operating_hours",
        /// Days that differ.
        pub holiday_schedule: Vec<HolidayHours<'a>> = "holiday_schedule",
    }
}

record! {
    /// When you can be called on a day of the week.
    pub struct OperatingHours<'a> {
        /// The day: `MONDAY`, …
        pub day_of_week: Option<Text<'a>> = "day_of_week",
        /// From when: `0800`.
        pub open_time: Option<Text<'a>> = "open_time",
        /// Until when: `1800`.
        pub close_time: Option<Text<'a>> = "close_time",
    }
}

record! {
    /// When you can be called on a day of the year.
    pub struct HolidayHours<'a> {
        /// The day: `2026-01-01`.
        pub date: Option<Text<'a>> = "date",
        /// From when: `0000`.
        pub start_time: Option<Text<'a>> = "start_time",
        /// Until when: `2359`.
        pub end_time: Option<Text<'a>> = "end_time",
    }
}

record! {
    /// Your telephone system.
    pub struct SipSettings<'a> {
        /// Whether calls go there.
        pub status: Option<SettingStatus> = "status",
        /// Whether webhooks tell of its calls too.
        pub webhook_delivery: Option<Text<'a>> = "webhook_delivery",
        /// Its servers.
        pub servers: Vec<SipServer<'a>> = "servers",
    }
}

record! {
    /// A server of your telephone system.
    pub struct SipServer<'a> {
        /// Its name.
        pub hostname: Option<Text<'a>> = "hostname",
        /// Its port.
        pub port: Option<i64> = "port",
        /// What stands in the address that is called, by names of your own.
        pub request_uri_user_params: Option<Raw<'a>> = "request_uri_user_params",
    }
}

//! What happens to your phone numbers: display name, limit, PIN, username.

use serde::{Serialize, Serializer};

use crate::webhook::account::ReviewDecision;
use crate::webhook::json::{Form, Json, Step};
use crate::webhook::read::Read;
use crate::webhook::record::{element, owned};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// Why a display name was rejected.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, NameRejection, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"phone_number_name_update","value":{
    ///     "decision":"REJECTED","rejection_reason":"NAME_NOT_CONSISTENT"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PhoneNumberName(name) = event.kind else { return Err("it is another") };
    /// assert_eq!(name.rejection_reason, Some(NameRejection::NotConsistent));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PhoneNumberName, ReviewDecision, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"phone_number_name_update","value":{
    ///     "decision":"APPROVED","requested_verified_name":"Lucky Shrub"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PhoneNumberName(name) = event.kind else { return Err("it is another") };
    /// let PhoneNumberName { decision, requested_verified_name, .. } = *name;
    /// assert_eq!(decision, Some(ReviewDecision::Approved));
    /// assert_eq!(requested_verified_name, Some("Lucky Shrub".into()));
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PhoneNumberEvent, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"phone_number_quality_update","value":{
    /// "event":"DOWNGRADE","current_limit":"TIER_1K"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PhoneNumberQuality(quality) = event.kind else {
    ///     return Err("it is another");
    /// };
    /// assert_eq!(quality.event, Some(PhoneNumberEvent::Downgrade));
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::MessagingTier;
    ///
    /// assert_eq!(MessagingTier::from("TIER_10K"), MessagingTier::Tier10K);
    /// ```
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
///
/// ```
/// use whatsapp_cloud::webhook::{MessagingLimit, MessagingTier};
///
/// let limits = [MessagingLimit::Count(2000), MessagingLimit::Tier(MessagingTier::Unlimited)];
/// assert_eq!(limits.map(|limit| limit.is_unlimited()), [false, true]);
/// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, MessagingTier, PhoneNumberQuality, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"phone_number_quality_update","value":{
    /// "event":"UPGRADE","old_limit":"TIER_250","current_limit":"TIER_1K"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::PhoneNumberQuality(quality) = event.kind else {
    ///     return Err("it is another");
    /// };
    /// let PhoneNumberQuality { old_limit, current_limit, .. } = *quality;
    /// assert_eq!(
    ///     (old_limit, current_limit),
    ///     (Some(MessagingTier::Tier250), Some(MessagingTier::Tier1K)),
    /// );
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SecurityEvent, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"security","value":{
    ///     "event":"PIN_RESET_REQUEST","requester":"506914307656634"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Security(security) = event.kind else { return Err("it is another") };
    /// assert_eq!(security.event, Some(SecurityEvent::PinResetRequest), "was it one of us?");
    /// # Ok::<(), &str>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Security, SecurityEvent, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"security","value":{
    ///     "display_phone_number":"16505551111","event":"PIN_CHANGED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Security(security) = event.kind else { return Err("it is another") };
    /// let Security { display_phone_number, event, .. } = *security;
    /// assert!(display_phone_number.is_some() && event == Some(SecurityEvent::PinChanged));
    /// # Ok::<(), &str>(())
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::UsernameStatus;
    ///
    /// assert_eq!(
    ///     UsernameStatus::from("reserved"),
    ///     UsernameStatus::Reserved, "customers do not see it yet",
    /// );
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::UsernameContext;
    ///
    /// assert_eq!(UsernameContext::from("revoked"), UsernameContext::Revoked);
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{BusinessUsername, EventKind, UsernameStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"business_username_updates","value":{
    ///     "display_phone_number":"16505551111","username":"lucky.shrub",
    ///     "status":"approved"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::BusinessUsername(name) = event.kind else { return Err("it is another") };
    /// let BusinessUsername { username, status, .. } = *name;
    /// assert_eq!(
    ///     (username, status),
    ///     (Some("lucky.shrub".into()), Some(UsernameStatus::Approved)),
    /// );
    /// # Ok::<(), &str>(())
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

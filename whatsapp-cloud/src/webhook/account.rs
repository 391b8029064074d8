//! What happens to an account: `account_update`, `account_review_update`.

use crate::webhook::certification::{CertificationInfo, CertificationNeededInfo};
use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What happened to an account.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AccountEvent, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"PARTNER_REMOVED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// assert_eq!(update.event, Some(AccountEvent::PartnerRemoved));
    /// # Ok::<(), &str>(())
    /// ```
    AccountEvent {
        /// It was deleted.
        Deleted = "ACCOUNT_DELETED",
        /// It is restricted: [`AccountUpdate::restriction_info`].
        Restriction = "ACCOUNT_RESTRICTION",
        /// It broke a rule of Meta's: [`AccountUpdate::violation_info`].
        Violation = "ACCOUNT_VIOLATION",
        /// Its ad account was opened to you: [`WabaInfo::ad_account_linked`].
        AdAccountLinked = "AD_ACCOUNT_LINKED",
        /// It will pay the international rates for authentication:
        /// [`AccountUpdate::auth_international_rate_eligibility`].
        AuthInternationalRates = "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
        /// Where the business is was set: [`AccountUpdate::country`].
        PrimaryCountry = "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
        /// It was banned, will be, or is free again: [`AccountUpdate::ban_info`].
        DisabledUpdate = "DISABLED_UPDATE",
        /// The terms of the API for marketing messages were accepted.
        MarketingTermsSigned = "MM_LITE_TERMS_SIGNED",
        /// A customer shared his account with you.
        PartnerAdded = "PARTNER_ADDED",
        /// A customer gave your app rights on his account.
        PartnerAppInstalled = "PARTNER_APP_INSTALLED",
        /// A customer took them away. In a multi-partner solution you are told of the
        /// other partners' apps too: compare [`WabaInfo::partner_app_id`].
        PartnerAppUninstalled = "PARTNER_APP_UNINSTALLED",
        /// A customer shares his account with you no longer.
        PartnerRemoved = "PARTNER_REMOVED",
        /// You must prove who your customer is:
        /// [`AccountUpdate::partner_client_certification_needed_info`].
        CertificationNeeded = "PARTNER_CLIENT_CERTIFICATION_NEEDED",
        /// What became of that proof: [`AccountUpdate::partner_client_certification_info`].
        CertificationStatus = "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
        /// It reached another price tier: [`AccountUpdate::volume_tier_info`]. May come
        /// several times for one change.
        VolumeTier = "VOLUME_BASED_PRICING_TIER_UPDATE",
        /// The Business app moved to another device and the account is no longer connected.
        Offboarded = "ACCOUNT_OFFBOARDED",
        /// It is connected again.
        Reconnected = "ACCOUNT_RECONNECTED",
        /// Its business was verified. Of old API versions.
        Verified = "VERIFIED_ACCOUNT",
        /// `ACCOUNT_OFFBOARDED` as it was once seen, with [`AccountUpdate::account_offboarded`].
        OffboardedInLowerCase = "account_offboarded",
    }
}

element! {
    /// Something happened to an account: a restriction, a ban, a new partner, a price tier.
    ///
    /// Which account: the one in [`WabaInfo::waba_id`], else the event's `account_id`. The
    /// latter is the partner's business where a partner is told of a customer, so that
    /// `PARTNER_APP_INSTALLED` and `PARTNER_APP_UNINSTALLED` without `waba_info` name no
    /// account.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/account-restriction.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AccountEvent, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"ACCOUNT_DELETED","country":"BR"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// assert_eq!(update.event, Some(AccountEvent::Deleted));
    /// assert!(update.ban_info.is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub struct AccountUpdate<'a> {
        /// What happened.
        pub event: Option<AccountEvent> = "event",
        /// The phone number it is about, when it is about one.
        pub phone_number: Option<Text<'a>> = "phone_number",
        /// Where the business is, as two letters.
        pub country: Option<Text<'a>> = "country",
        /// What is no longer allowed.
        pub restriction_info: Vec<RestrictionInfo<'a>> = "restriction_info",
        /// Which rule was broken. With some restrictions too.
        pub violation_info: Option<Box<ViolationInfo<'a>>> = "violation_info",
        /// Whether it is banned.
        pub ban_info: Option<Box<BanInfo<'a>>> = "ban_info",
        /// The account, its owner and the partners.
        pub waba_info: Option<Box<WabaInfo<'a>>> = "waba_info",
        /// Why a Business app was disconnected.
        pub disconnection_info: Option<Box<DisconnectionInfo>> = "disconnection_info",
        /// What became of the proof who the customer is.
        pub partner_client_certification_info: Option<Box<CertificationInfo<'a>>>
            = "partner_client_certification_info",
        /// Of which customer you must prove who he is.
        pub partner_client_certification_needed_info: Option<Box<CertificationNeededInfo<'a>>>
            = "partner_client_certification_needed_info",
        /// From when on the international rates for authentication apply.
        pub auth_international_rate_eligibility: Option<Box<RateEligibility<'a>>>
            = "auth_international_rate_eligibility",
        /// The price tier.
        pub volume_tier_info: Option<Box<VolumeTierInfo<'a>>> = "volume_tier_info",
        /// Which number was disconnected. Meta does not describe it; it was seen once.
        pub account_offboarded: Option<Box<OffboardedInfo<'a>>> = "account_offboarded",
    }
}

words! {
    /// What an account may no longer do.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::RestrictionType;
    ///
    /// let restriction = RestrictionType::from("RESTRICTED_BIZ_INITIATED_MESSAGING");
    /// assert_eq!(
    ///     restriction,
    ///     RestrictionType::BusinessInitiatedMessaging, "customers are still answered",
    /// );
    /// ```
    RestrictionType {
        /// Add phone numbers.
        AddPhoneNumber = "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
        /// Write first.
        BusinessInitiatedMessaging = "RESTRICTED_BIZ_INITIATED_MESSAGING",
        /// Answer customers.
        CustomerInitiatedMessaging = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
        /// Send utility content without a template of its own.
        DirectSendUtilityTemplates = "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES",
        /// Create utility templates.
        UtilityTemplates = "RESTRICTED_UTILITY_TEMPLATES",
        /// Call customers.
        BusinessInitiatedCalling = "RESTRICTED_BUSINESS_INITIATED_CALLING",
        /// Be called.
        UserInitiatedCalling = "RESTRICTED_USER_INITIATED_CALLING",
        /// Show the call button.
        CallButton = "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN",
        /// Call or be called.
        Calling = "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
    }
}

record! {
    /// Something an account may no longer do.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, RestrictionInfo, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"ACCOUNT_RESTRICTION",
    ///     "restriction_info":[{"restriction_type":"RESTRICTED_UTILITY_TEMPLATES",
    ///     "expiration":1750021183}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let until = |info: &RestrictionInfo<'_>| info.expiration;
    /// assert_eq!(update.restriction_info.iter().filter_map(until).max(), Some(1_750_021_183));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct RestrictionInfo<'a> {
        /// What.
        pub restriction_type: Option<RestrictionType> = "restriction_type",
        /// Until when, in seconds since 1970. None when Meta gives no end.
        pub expiration: Option<i64> = "expiration",
        /// What to do about it, in Meta's words.
        pub remediation: Option<Text<'a>> = "remediation",
    }
}

record! {
    /// Which rule was broken.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Verified, ViolationInfo};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let ViolationInfo { violation_type, .. } = *update.violation_info.ok_or("it says which")?;
    /// assert_eq!(violation_type, Some("ADULT".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ViolationInfo<'a> {
        /// The rule: `ADULT`, `SCAM`, `USER_INITIATED_CALLS_LOW_PICKUP_RATE`, … Meta has
        /// dozens of them.
        ///
        /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/policy-enforcement-violations>
        pub violation_type: Option<Text<'a>> = "violation_type",
        /// What to do about it, in Meta's words.
        pub remediation: Option<Text<'a>> = "remediation",
    }
}

words! {
    /// Whether an account is banned.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::BanState;
    ///
    /// assert_eq!(BanState::from("SCHEDULE_FOR_DISABLE"), BanState::ScheduledForDisable);
    /// assert_eq!(BanState::Disabled.as_str(), "DISABLE");
    /// ```
    BanState {
        /// It will be.
        ScheduledForDisable = "SCHEDULE_FOR_DISABLE",
        /// It is.
        Disabled = "DISABLE",
        /// It is no longer.
        Reinstated = "REINSTATE",
    }
}

record! {
    /// Whether an account is banned.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{BanInfo, BanState, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let BanInfo { waba_ban_state, .. } = *update.ban_info.ok_or("it says how")?;
    /// assert_eq!(waba_ban_state, Some(BanState::Reinstated));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct BanInfo<'a> {
        /// Whether it is. A list of old API versions is read when it holds one word.
        pub waba_ban_state: Option<BanState> = "waba_ban_state",
        /// Since when, in English words such as `April 17, 2025`.
        pub waba_ban_date: Option<Text<'a>> = "waba_ban_date",
    }
}

record! {
    /// An account, its owner and the partners who serve it.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Verified, WabaInfo};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"PARTNER_ADDED","waba_info":{"waba_id":"102290129340398",
    ///     "owner_business_id":"506914307656634"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let WabaInfo { waba_id, .. } = *update.waba_info.ok_or("it says whose")?;
    /// assert_eq!(waba_id, Some("102290129340398".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct WabaInfo<'a> {
        /// The WhatsApp Business Account. May be blank, which names none.
        pub waba_id: Option<Text<'a>> = "waba_id" as nonempty,
        /// The business that owns it.
        pub owner_business_id: Option<Text<'a>> = "owner_business_id",
        /// The app that was installed or uninstalled.
        pub partner_app_id: Option<Text<'a>> = "partner_app_id",
        /// The multi-partner solution that the customer came through.
        pub solution_id: Option<Text<'a>> = "solution_id",
        /// The businesses of those partners.
        pub solution_partner_business_ids: Vec<Text<'a>> = "solution_partner_business_ids",
        /// The ad account that was opened to you.
        pub ad_account_linked: Option<Text<'a>> = "ad_account_linked" | "ad_account_id",
    }
}

words! {
    /// Why a Business app was disconnected.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::DisconnectionReason;
    ///
    /// assert_eq!(DisconnectionReason::from("CHANGE_NUMBER"), DisconnectionReason::ChangeNumber);
    /// assert!(!DisconnectionReason::from("BORED").is_known());
    /// ```
    DisconnectionReason {
        /// Meta closed the account, or the customer deleted it.
        AccountDisconnected = "ACCOUNT_DISCONNECTED",
        /// The number is now used with the app for private people.
        BusinessDowngrade = "BUSINESS_DOWNGRADE",
        /// The customer changed his number.
        ChangeNumber = "CHANGE_NUMBER",
        /// A linked device was not used for about 30 days.
        CompanionInactivity = "COMPANION_INACTIVITY",
        /// The phone was not used for about 14 days.
        PrimaryInactivity = "PRIMARY_INACTIVITY",
        /// The customer registered again on another device.
        UserReRegistered = "USER_RE_REGISTERED",
    }
}

words! {
    /// Who disconnected a Business app.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::DisconnectionInitiator;
    ///
    /// let by_hand = |who: &DisconnectionInitiator| *who == DisconnectionInitiator::User;
    /// assert!(by_hand(&"USER".into()) && !by_hand(&"SYSTEM".into()));
    /// ```
    DisconnectionInitiator {
        /// The customer.
        User = "USER",
        /// Meta.
        System = "SYSTEM",
    }
}

record! {
    /// Why a Business app was disconnected. Only when the number was used with both the app
    /// and the API.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{DisconnectionInfo, DisconnectionReason, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"PARTNER_REMOVED","disconnection_info":{"reason":"PRIMARY_INACTIVITY",
    ///     "initiated_by":"SYSTEM"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let DisconnectionInfo { reason, .. } = *update.disconnection_info.ok_or("it says why")?;
    /// assert_eq!(reason, Some(DisconnectionReason::PrimaryInactivity));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct DisconnectionInfo {
        /// Why.
        pub reason: Option<DisconnectionReason> = "reason",
        /// By whom.
        pub initiated_by: Option<DisconnectionInitiator> = "initiated_by",
    }
}

record! {
    /// From when on the international rates for authentication apply.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, RateEligibility, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    /// "event":"AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
    /// "auth_international_rate_eligibility":{"start_time":1748761200}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let rates: RateEligibility =
    ///     *update.auth_international_rate_eligibility.ok_or("it says when")?;
    /// assert_eq!((rates.start_time, rates.exception_countries.len()), (Some(1_748_761_200), 0));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct RateEligibility<'a> {
        /// In every country but the exceptions, in seconds since 1970.
        pub start_time: Option<i64> = "start_time",
        /// Countries with a time of their own.
        pub exception_countries: Vec<ExceptionCountry<'a>> = "exception_countries",
    }
}

record! {
    /// A country where the international rates start at another time.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, ExceptionCountry, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
    ///     "auth_international_rate_eligibility":{"exception_countries":[{"country_code":"IN",
    ///     "start_time":1751353200}]}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let rates = update.auth_international_rate_eligibility.ok_or("it says when")?;
    /// let ExceptionCountry { country_code, start_time, .. } = &rates.exception_countries[0];
    /// assert_eq!(
    ///     (country_code.as_ref().unwrap().as_str(), *start_time),
    ///     ("IN", Some(1_751_353_200)),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ExceptionCountry<'a> {
        /// The country, as two letters.
        pub country_code: Option<Text<'a>> = "country_code",
        /// When, in seconds since 1970.
        pub start_time: Option<i64> = "start_time",
    }
}

record! {
    /// A price tier. Where one change is told several times, the smallest
    /// [`tier_update_time`](VolumeTierInfo::tier_update_time) counts.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Verified, VolumeTierInfo};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    ///     "event":"VOLUME_BASED_PRICING_TIER_UPDATE",
    ///     "volume_tier_info":{"tier_update_time":1743451903,"pricing_category":"UTILITY",
    ///     "tier":"25000001:50000000","effective_month":"2025-04","region":"India"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let VolumeTierInfo { tier, region, .. } = *update.volume_tier_info.ok_or("it says which")?;
    /// assert_eq!((tier, region), (Some("25000001:50000000".into()), Some("India".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct VolumeTierInfo<'a> {
        /// When it was reached, in seconds since 1970.
        pub tier_update_time: Option<i64> = "tier_update_time",
        /// Which messages: `UTILITY`, `AUTHENTICATION`, …
        pub pricing_category: Option<Text<'a>> = "pricing_category",
        /// From and to how many messages: `250001:750000`.
        pub tier: Option<Text<'a>> = "tier",
        /// The month it holds for: `2026-08`.
        pub effective_month: Option<Text<'a>> = "effective_month",
        /// Where: `India`, `Rest of Latin America`, …
        pub region: Option<Text<'a>> = "region",
    }
}

record! {
    /// Which number was disconnected.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, OffboardedInfo, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    /// "event":"account_offboarded",
    /// "account_offboarded":{"phone_number_id":"106540352242922"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let OffboardedInfo { phone_number_id, .. } =
    ///     *update.account_offboarded.ok_or("it says which")?;
    /// assert_eq!(phone_number_id, Some("106540352242922".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct OffboardedInfo<'a> {
        /// The WhatsApp Business Account.
        pub waba_id: Option<Text<'a>> = "waba_id",
        /// The phone number.
        pub phone_number_id: Option<Text<'a>> = "phone_number_id",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
    }
}

words! {
    /// What Meta decided about an account or a name.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, ReviewDecision, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_review_update","value":{
    ///     "decision":"REJECTED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountReview(review) = event.kind else { return Err("it is another") };
    /// assert_eq!(review.decision, Some(ReviewDecision::Rejected));
    /// # Ok::<(), &str>(())
    /// ```
    ReviewDecision {
        /// It may be used.
        Approved = "APPROVED",
        /// It may not.
        Rejected = "REJECTED",
        /// Not yet decided.
        Pending = "PENDING",
        /// Put off.
        Deferred = "DEFERRED",
    }
}

element! {
    /// Meta has reviewed an account: the event's `account_id`.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_review_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/account-review.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AccountReview, EventKind, ReviewDecision, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_review_update","value":{
    ///     "decision":"APPROVED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountReview(review) = event.kind else { return Err("it is another") };
    /// let AccountReview { decision, .. } = *review;
    /// assert_eq!(decision, Some(ReviewDecision::Approved));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct AccountReview {
        /// What was decided.
        pub decision: Option<ReviewDecision> = "decision",
    }
}

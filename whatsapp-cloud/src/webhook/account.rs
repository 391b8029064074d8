//! What happens to an account: `account_update`, `account_review_update`, `account_alerts`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What happened to an account.
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
    pub struct BanInfo<'a> {
        /// Whether it is. A list of old API versions is read when it holds one word.
        pub waba_ban_state: Option<BanState> = "waba_ban_state",
        /// Since when, in English words such as `April 17, 2025`.
        pub waba_ban_date: Option<Text<'a>> = "waba_ban_date",
    }
}

record! {
    /// An account, its owner and the partners who serve it.
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
    pub struct DisconnectionInfo {
        /// Why.
        pub reason: Option<DisconnectionReason> = "reason",
        /// By whom.
        pub initiated_by: Option<DisconnectionInitiator> = "initiated_by",
    }
}

words! {
    /// What became of the proof who a customer is.
    CertificationStatus {
        /// It is being looked at.
        Pending = "PENDING",
        /// It was accepted.
        Approved = "APPROVED",
        /// It was refused: [`CertificationInfo::rejection_reasons`].
        Failed = "FAILED",
        /// It was given up for technical reasons, or because nothing happened.
        Discarded = "DISCARDED",
        /// It was taken back.
        Revoked = "REVOKED",
    }
}

words! {
    /// Why the proof who a customer is was refused.
    CertificationRejection {
        /// It was not refused.
        None = "NONE",
        /// Its country is not the one in the customer's profile.
        AddressNotMatching = "ADDRESS NOT MATCHING",
        /// The customer cannot be verified through a partner.
        BusinessNotEligible = "BUSINESS NOT ELIGIBLE",
        /// Its name is not the one in the customer's profile.
        LegalNameNotMatching = "LEGAL NAME NOT MATCHING",
        /// The documents do not show the name, or not clearly.
        LegalNameNotFound = "LEGAL NAME NOT FOUND IN DOCUMENTS",
        /// The documents cannot be opened.
        MalformedDocuments = "MALFORMED DOCUMENTS",
        /// Its website is not the one in the customer's profile.
        WebsiteNotMatching = "WEBSITE NOT MATCHING",
    }
}

record! {
    /// What became of the proof who a customer is.
    pub struct CertificationInfo<'a> {
        /// The customer's business.
        pub client_business_id: Option<Text<'a>> = "client_business_id",
        /// What became of it.
        pub status: Option<CertificationStatus> = "status",
        /// Why it was refused. `NONE` when it was not.
        pub rejection_reasons: Vec<CertificationRejection> = "rejection_reasons",
    }
}

record! {
    /// Of which customer you must prove who he is.
    pub struct CertificationNeededInfo<'a> {
        /// The customer's business.
        pub client_business_id: Option<Text<'a>> = "client_business_id",
    }
}

record! {
    /// From when on the international rates for authentication apply.
    pub struct RateEligibility<'a> {
        /// In every country but the exceptions, in seconds since 1970.
        pub start_time: Option<i64> = "start_time",
        /// Countries with a time of their own.
        pub exception_countries: Vec<ExceptionCountry<'a>> = "exception_countries",
    }
}

record! {
    /// A country where the international rates start at another time.
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
    pub struct AccountReview {
        /// What was decided.
        pub decision: Option<ReviewDecision> = "decision",
    }
}

words! {
    /// What an alert is about.
    AlertEntityType {
        /// A business.
        Business = "BUSINESS",
        /// A phone number.
        PhoneNumber = "PHONE_NUMBER",
        /// The business profile of a phone number.
        BusinessProfile = "CURRENT_STATUS_ID",
        /// A WhatsApp Business Account. Of old API versions.
        Waba = "WABA",
    }
}

words! {
    /// How grave an alert is.
    AlertSeverity {
        /// Good to know.
        Informational = "INFORMATIONAL",
        /// Something will go wrong.
        Warning = "WARNING",
        /// Something goes wrong.
        Critical = "CRITICAL",
    }
}

words! {
    /// Whether an alert holds.
    AlertStatus {
        /// It does.
        Active = "ACTIVE",
        /// It is told once.
        None = "NONE",
    }
}

words! {
    /// What an alert says.
    AlertType {
        /// The number is an official business account.
        OfficialAccountApproved = "OBA_APPROVED",
        /// The number does not become one.
        OfficialAccountRejected = "OBA_REJECTED",
        /// Whether the limits rise is decided later.
        CapabilitiesDeferred = "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
        /// The limits do not rise.
        CapabilitiesFailed = "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
        /// Meta must know more before they do.
        CapabilitiesNeedMoreInfo = "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
        /// The profile picture is gone.
        ProfilePictureLost = "PROFILE_PICTURE_LOST",
    }
}

element! {
    /// Meta alerts you: limits that do not rise, an official account, a lost picture.
    ///
    /// What it says stands in `alert_info`, and of old beside it: the methods look at both.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_alerts>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/account-alert.json")]
    /// ```
    pub struct AccountAlert<'a> {
        /// What it is about.
        pub entity_type: Option<AlertEntityType> = "entity_type",
        /// Its id.
        pub entity_id: Option<Text<'a>> = "entity_id",
        /// What it says.
        pub alert_info: Option<Box<AlertInfo<'a>>> = "alert_info",
        /// How grave it is, in the old form.
        pub alert_severity: Option<AlertSeverity> = "alert_severity",
        /// Whether it holds, in the old form.
        pub alert_status: Option<AlertStatus> = "alert_status",
        /// What it says, in the old form.
        pub alert_type: Option<AlertType> = "alert_type",
        /// The same in Meta's words, in the old form.
        pub alert_description: Option<Text<'a>> = "alert_description",
    }
}

record! {
    /// What an alert says.
    pub struct AlertInfo<'a> {
        /// How grave it is.
        pub alert_severity: Option<AlertSeverity> = "alert_severity",
        /// Whether it holds.
        pub alert_status: Option<AlertStatus> = "alert_status",
        /// What it says.
        pub alert_type: Option<AlertType> = "alert_type",
        /// The same in Meta's words. Placeholders in it may be unfilled.
        pub alert_description: Option<Text<'a>> = "alert_description",
    }
}

impl<'a> AccountAlert<'a> {
    /// How grave it is, in either form.
    pub fn severity(&self) -> Option<&AlertSeverity> {
        self.info(|info| info.alert_severity.as_ref()).or(self.alert_severity.as_ref())
    }

    /// Whether it holds, in either form.
    pub fn status(&self) -> Option<&AlertStatus> {
        self.info(|info| info.alert_status.as_ref()).or(self.alert_status.as_ref())
    }

    /// What it says, in either form.
    pub fn kind(&self) -> Option<&AlertType> {
        self.info(|info| info.alert_type.as_ref()).or(self.alert_type.as_ref())
    }

    /// What it says in Meta's words, in either form.
    pub fn description(&self) -> Option<&Text<'a>> {
        self.info(|info| info.alert_description.as_ref()).or(self.alert_description.as_ref())
    }

    fn info<'s, T>(
        &'s self,
        member: impl FnOnce(&'s AlertInfo<'a>) -> Option<&'s T>,
    ) -> Option<&'s T> {
        self.alert_info.as_deref().and_then(member)
    }
}

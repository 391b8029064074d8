//! Meta's words about phone numbers.

use crate::wire::open_enum;

open_enum! {
    /// What customers think of the messages of the last days.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumber, QualityRating};
    ///
    /// let number: PhoneNumber = serde_json::from_str(r#"{"quality_rating":"RED"}"#)?;
    /// assert_eq!(number.quality_rating, Some(QualityRating::Red), "its limit may fall");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    QualityRating {
        /// High.
        Green = "GREEN",
        /// Medium.
        Yellow = "YELLOW",
        /// Low.
        Red = "RED",
        /// Not yet known.
        NotAvailable = "NA",
        /// Not yet known, in the other word.
        Undetermined = "UNKNOWN",
    }
}

open_enum! {
    /// The state of a phone number. Meta's pages list different words in different places.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumber, PhoneNumberStatus};
    ///
    /// let number: PhoneNumber = serde_json::from_str(r#"{"status":"CONNECTED"}"#)?;
    /// assert_eq!(number.status, Some(PhoneNumberStatus::Connected));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    PhoneNumberStatus {
        /// It can be used.
        Connected = "CONNECTED",
        /// It cannot be used.
        Disconnected = "DISCONNECTED",
        /// It waits to be verified or registered.
        Pending = "PENDING",
        /// It belongs to the account.
        Linked = "LINKED",
        /// It belongs to the account no more.
        Unlinked = "UNLINKED",
        /// It is gone.
        Deleted = "DELETED",
        /// It went to another account.
        Migrated = "MIGRATED",
        /// It is banned.
        Banned = "BANNED",
        /// It has reached its limit of conversations for now.
        Restricted = "RESTRICTED",
        /// It has sent too fast.
        RateLimited = "RATE_LIMITED",
        /// Its quality is low.
        Flagged = "FLAGGED",
        /// It is not verified.
        Unverified = "UNVERIFIED",
        /// The state is not known to Meta.
        Undetermined = "UNKNOWN",
    }
}

open_enum! {
    /// The state of a display name.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{NameStatus, PhoneNumber};
    ///
    /// let number: PhoneNumber = serde_json::from_str(
    ///     r#"{"name_status":"APPROVED","new_name_status":"PENDING_REVIEW"}"#,
    /// )?;
    /// assert_eq!(number.name_status, Some(NameStatus::Approved));
    /// assert_eq!(number.new_name_status, Some(NameStatus::PendingReview));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    NameStatus {
        /// Approved.
        Approved = "APPROVED",
        /// Usable, and not to be reviewed.
        AvailableWithoutReview = "AVAILABLE_WITHOUT_REVIEW",
        /// Refused.
        Declined = "DECLINED",
        /// The certificate has expired.
        Expired = "EXPIRED",
        /// It is being reviewed.
        PendingReview = "PENDING_REVIEW",
        /// There is none.
        None = "NONE",
    }
}

open_enum! {
    /// Whether a number has been verified by a code.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CodeVerificationStatus, PhoneNumber};
    ///
    /// let number: PhoneNumber = serde_json::from_str(
    ///     r#"{"code_verification_status":"NOT_VERIFIED"}"#,
    /// )?;
    /// assert_eq!(number.code_verification_status, Some(CodeVerificationStatus::NotVerified));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    CodeVerificationStatus {
        /// It has.
        Verified = "VERIFIED",
        /// It has not.
        NotVerified = "NOT_VERIFIED",
        /// It has not, in the other word.
        Unverified = "UNVERIFIED",
        /// It had, too long ago.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// How a number stands, in review of business and name together.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumber, UnifiedStatus};
    ///
    /// let number: PhoneNumber = serde_json::from_str(
    ///     r#"{"unified_cert_status":"LIMITED_ACCESS"}"#,
    /// )?;
    /// assert_eq!(number.unified_cert_status, Some(UnifiedStatus::LimitedAccess));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    UnifiedStatus {
        /// Approved.
        Approved = "APPROVED",
        /// The name is being reviewed.
        NamePendingReview = "NAME_PENDING_REVIEW",
        /// The name was refused.
        NameNotApproved = "NAME_NOT_APPROVED",
        /// The review of the account has not begun.
        AccountReviewNotStarted = "ACCOUNT_REVIEW_NOT_STARTED",
        /// It can be used within limits.
        LimitedAccess = "LIMITED_ACCESS",
    }
}

open_enum! {
    /// Whether a number is real or for tests.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{AccountMode, PhoneNumber};
    ///
    /// let number: PhoneNumber = serde_json::from_str(r#"{"account_mode":"SANDBOX"}"#)?;
    /// assert!(number.account_mode != Some(AccountMode::Live), "it is for tests");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    AccountMode {
        /// Real.
        Live = "LIVE",
        /// For tests.
        Sandbox = "SANDBOX",
    }
}

open_enum! {
    /// Where a number is hosted.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{HostPlatform, PhoneNumber};
    ///
    /// let number: PhoneNumber = serde_json::from_str(r#"{"platform_type":"CLOUD_API"}"#)?;
    /// assert_eq!(number.platform_type, Some(HostPlatform::CloudApi));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    HostPlatform {
        /// On the Cloud API.
        CloudApi = "CLOUD_API",
        /// On a server of the business.
        OnPremise = "ON_PREMISE",
        /// Nowhere yet.
        NotApplicable = "NOT_APPLICABLE",
    }
}

open_enum! {
    /// How many users may be written to first within 24 hours.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{MessagingLimit, PhoneNumber};
    ///
    /// let number: PhoneNumber = serde_json::from_str(r#"{"messaging_limit_tier":"TIER_10K"}"#)?;
    /// assert_eq!(number.messaging_limit_tier, Some(MessagingLimit::Tier10K));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MessagingLimit {
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
        /// As many as there are.
        Unlimited = "TIER_UNLIMITED",
        /// Not yet known.
        NotSet = "TIER_NOT_SET",
    }
}

open_enum! {
    /// How fast a number may send. Meta does not say how many messages a second each is.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::ThroughputLevel;
    ///
    /// assert_eq!(ThroughputLevel::from("high"), ThroughputLevel::High);
    /// assert_eq!(ThroughputLevel::High.as_str(), "HIGH");
    /// ```
    in any case ThroughputLevel {
        /// The usual.
        Standard = "STANDARD",
        /// Raised.
        High = "HIGH",
        /// Not applicable: the number is not on the Cloud API.
        NotApplicable = "NOT_APPLICABLE",
    }
}

open_enum! {
    /// Whether the business can be found in WhatsApp.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumberUpdate, SearchVisibility};
    ///
    /// let update: PhoneNumberUpdate = serde_json::from_str(
    ///     r#"{"search_visibility":"HIDDEN"}"#,
    /// )?;
    /// assert_eq!(update.search_visibility, Some(SearchVisibility::Hidden));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    SearchVisibility {
        /// It can.
        Visible = "VISIBLE",
        /// It cannot.
        Hidden = "HIDDEN",
    }
}

open_enum! {
    /// In which order numbers are listed.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{ListPhoneNumbers, PhoneNumberSort};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListPhoneNumbers::new("102290129340398");
    /// call.sort = Some(PhoneNumberSort::CreationTimeDescending);
    /// assert_eq!(call.request()?.query()[0].1, "creation_time.desc");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    PhoneNumberSort {
        /// Oldest first.
        CreationTimeAscending = "creation_time.asc",
        /// Newest first.
        CreationTimeDescending = "creation_time.desc",
        /// Onboarded longest ago first.
        OnboardedTimeAscending = "last_onboarded_time.asc",
        /// Onboarded latest first.
        OnboardedTimeDescending = "last_onboarded_time.desc",
    }
}

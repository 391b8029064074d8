//! Meta's words about phone numbers.

use crate::wire::open_enum;

open_enum! {
    /// What customers think of the messages of the last days.
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
    AccountMode {
        /// Real.
        Live = "LIVE",
        /// For tests.
        Sandbox = "SANDBOX",
    }
}

open_enum! {
    /// Where a number is hosted.
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
    SearchVisibility {
        /// It can.
        Visible = "VISIBLE",
        /// It cannot.
        Hidden = "HIDDEN",
    }
}

open_enum! {
    /// In which order numbers are listed.
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

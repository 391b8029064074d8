//! What can be asked about an account.

use crate::api::health::HealthStatus;
use crate::api::phone_number::PhoneNumber;
use crate::api::templates::TemplateInfo;
use crate::id::{AccountId, AppId, BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

object! {
    /// An account. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::Account;
    ///
    /// let json = r#"{"id":"102290129340398","owner_business_info":{"id":"1","name":"Lucky Shrub"}}"#;
    /// let account: Account = serde_json::from_str(json)?;
    /// assert_eq!(account.owner_business_info.unwrap().id.as_str(), "1");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Account {
        /// Its id.
        pub id: AccountId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Its time zone, by Meta's number.
        pub timezone_id: Option<String> = "timezone_id",
        /// Where its templates are, for the On-Premises API.
        pub message_template_namespace: Option<String> = "message_template_namespace",
        /// Whether it may be used, as Meta's review found.
        pub account_review_status: Option<AccountReviewStatus> = "account_review_status",
        /// Whether Meta knows whose business it is.
        pub business_verification_status: Option<VerificationStatus> =
            "business_verification_status",
        /// How it stands.
        pub status: Option<AccountStatus> = "status",
        /// Its country: two letters.
        pub country: Option<String> = "country",
        /// Where the business mostly is: two letters.
        pub primary_business_location: Option<String> = "primary_business_location",
        /// What it is billed in: three letters.
        pub currency: Option<String> = "currency",
        /// When it was made: seconds since 1970.
        pub creation_time: Option<i64> = "creation_time",
        /// Who owns it, in relation to who asks.
        pub ownership_type: Option<OwnershipType> = "ownership_type",
        /// The portfolio that owns it.
        pub owner_business: Option<BusinessRef> = "owner_business",
        /// The portfolio that owns it, as partners may see it.
        pub owner_business_info: Option<BusinessRef> = "owner_business_info",
        /// On behalf of whom it is kept.
        pub on_behalf_of_business_info: Option<BusinessRef> = "on_behalf_of_business_info",
        /// The credit line that pays for it: see [`credit`](crate::api::credit).
        pub primary_funding_id: Option<NodeId> = "primary_funding_id",
        /// What stands on its invoices.
        pub purchase_order_number: Option<String> = "purchase_order_number",
        /// Whether Meta counts what becomes of its templates.
        pub is_enabled_for_insights: Option<bool> = "is_enabled_for_insights",
        /// The shop that is linked to it.
        pub linked_commerce_account: Option<CommerceAccount> = "linked_commerce_account",
        /// How far it is with the Marketing Messages API.
        pub marketing_messages_onboarding_status: Option<OnboardingStatus> =
            "marketing_messages_onboarding_status",
        /// Its audiences.
        pub audiences: Option<Page<String>> = "audiences",
        /// The apps that hear of it.
        pub subscribed_apps: Option<Page<NamedNode>> = "subscribed_apps",
        /// When the business is open.
        pub schedules: Option<Page<BusinessHours>> = "schedules",
        /// The control of its contents. Undescribed by Meta's pages; seen in Meta's OpenAPI
        /// file.
        pub dcc_config: Option<ContentControl> = "dcc_config",
        /// Its templates.
        pub message_templates: Option<Page<TemplateInfo>> = "message_templates",
        /// Its numbers.
        pub phone_numbers: Option<Page<PhoneNumber>> = "phone_numbers",
        /// Whether messages can be sent, and what stands in the way.
        pub health_status: Option<HealthStatus> = "health_status",
    }
}

open_enum! {
    /// What Meta's review of an account found.
    AccountReviewStatus {
        /// It may be used.
        Approved = "APPROVED",
        /// It is being looked at.
        Pending = "PENDING",
        /// It may not be used.
        Rejected = "REJECTED",
        /// It may be used for less.
        Restricted = "RESTRICTED",
    }
}

open_enum! {
    /// Whether Meta knows whose business it is: in capitals in Meta's OpenAPI file, in small
    /// letters from the Graph.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::VerificationStatus;
    ///
    /// assert_eq!(VerificationStatus::from("verified"), VerificationStatus::Verified);
    /// ```
    in any case VerificationStatus {
        /// It does.
        Verified = "VERIFIED",
        /// It does not.
        NotVerified = "NOT_VERIFIED",
        /// It does not, in another word.
        Unverified = "UNVERIFIED",
        /// It is being looked at.
        Pending = "PENDING",
        /// It is being looked at, and something is missing.
        NeedsMoreInformation = "PENDING_NEED_MORE_INFO",
        /// Nothing was handed in yet.
        NotSubmitted = "PENDING_SUBMISSION",
        /// What was shown did not prove it.
        Rejected = "REJECTED",
        /// What was shown could not be looked at.
        Failed = "FAILED",
        /// It did, for too long ago.
        Expired = "EXPIRED",
        /// It did, and no longer does.
        Revoked = "REVOKED",
        /// It cannot be verified.
        Ineligible = "INELIGIBLE",
    }
}

open_enum! {
    /// How an account stands.
    AccountStatus {
        /// It works.
        Active = "ACTIVE",
        /// It is not ready yet.
        Pending = "PENDING",
        /// It may be used for less.
        Restricted = "RESTRICTED",
        /// It may not be used.
        Disabled = "DISABLED",
    }
}

open_enum! {
    /// Who owns an account, in relation to who asks.
    OwnershipType {
        /// Who asks.
        SelfOwned = "SELF_OWNED",
        /// A client.
        ClientOwned = "CLIENT_OWNED",
        /// An agency.
        AgencyOwned = "AGENCY_OWNED",
    }
}

object! {
    /// A portfolio, by its id and name.
    pub struct BusinessRef {
        /// Its id.
        pub id: BusinessId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// How it stands, where an account is kept on its behalf.
        pub status: Option<String> = "status",
        /// What kind it is, where an account is kept on its behalf.
        pub kind: Option<String> = "type",
    }
}

object! {
    /// An app, by its id and name.
    pub struct NamedNode {
        /// Its id.
        pub id: AppId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Its page.
        pub link: Option<String> = "link",
    }
}

object! {
    /// A shop.
    pub struct CommerceAccount {
        /// Its id.
        pub id: NodeId = "id",
        /// Its name.
        pub name: Option<String> = "name",
    }
}

object! {
    /// How far an account is with the Marketing Messages API.
    pub struct OnboardingStatus {
        /// How far: `TERM_OF_SERVICE_SIGNED`, for example.
        pub status: Option<String> = "status",
        /// Since when: a date.
        pub time: Option<String> = "time",
    }
}

object! {
    /// When a business is open on a day.
    pub struct BusinessHours {
        /// The day.
        pub day_of_week: Option<Weekday> = "day_of_week",
        /// From when: `09:00`.
        pub open_time: Option<String> = "open_time",
        /// Until when: `17:00`.
        pub close_time: Option<String> = "close_time",
    }
}

open_enum! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "MONDAY",
        /// Tuesday.
        Tuesday = "TUESDAY",
        /// Wednesday.
        Wednesday = "WEDNESDAY",
        /// Thursday.
        Thursday = "THURSDAY",
        /// Friday.
        Friday = "FRIDAY",
        /// Saturday.
        Saturday = "SATURDAY",
        /// Sunday.
        Sunday = "SUNDAY",
    }
}

object! {
    /// The control of contents.
    pub struct ContentControl {
        /// Whether it is on.
        pub enabled: Option<bool> = "enabled",
        /// Where its policy is.
        pub policy_url: Option<String> = "policy_url",
    }
}

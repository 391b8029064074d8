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
    /// let json =
    ///     r#"{"id":"102290129340398","owner_business_info":{"id":"1","name":"Lucky Shrub"}}"#;
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, AccountReviewStatus};
    ///
    /// let account: Account = serde_json::from_str(
    ///     r#"{"id":"102290129340398","account_review_status":"APPROVED"}"#,
    /// )?;
    /// assert_eq!(account.account_review_status, Some(AccountReviewStatus::Approved));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, AccountStatus};
    ///
    /// let account: Account = serde_json::from_str(
    ///     r#"{"id":"102290129340398","status":"DISABLED"}"#,
    /// )?;
    /// assert!(account.status != Some(AccountStatus::Active), "nothing can be sent");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, OwnershipType};
    ///
    /// let account: Account = serde_json::from_str(
    ///     r#"{"id":"102290129340398","ownership_type":"CLIENT_OWNED"}"#,
    /// )?;
    /// assert_eq!(account.ownership_type, Some(OwnershipType::ClientOwned));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::BusinessRef;
    ///
    /// let owner: BusinessRef = serde_json::from_str(
    ///     r#"{"id":"506914307656634","name":"Lucky Shrub"}"#,
    /// )?;
    /// assert_eq!(
    ///     (owner.id.as_str(), owner.name.as_deref()),
    ///     ("506914307656634", Some("Lucky Shrub")),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, NamedNode};
    ///
    /// let account: Account = serde_json::from_str(
    ///     r#"{"subscribed_apps":{"data":[{"id":"634974688087057","name":"Desk"}]}}"#,
    /// )?;
    /// let apps: Vec<NamedNode> = account.subscribed_apps.unwrap().data;
    /// assert_eq!(apps[0].name.as_deref(), Some("Desk"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, CommerceAccount};
    ///
    /// let account: Account = serde_json::from_str(
    ///     r#"{"linked_commerce_account":{"id":"1234567890","name":"Shrubs"}}"#,
    /// )?;
    /// let shop: CommerceAccount = account.linked_commerce_account.unwrap();
    /// assert_eq!(shop.id.as_str(), "1234567890");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CommerceAccount {
        /// Its id.
        pub id: NodeId = "id",
        /// Its name.
        pub name: Option<String> = "name",
    }
}

object! {
    /// How far an account or a business is with the Marketing Messages API.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, OnboardingStatus};
    ///
    /// let word: Account = serde_json::from_str(
    ///     r#"{"marketing_messages_onboarding_status":"ONBOARDED"}"#,
    /// )?;
    /// let object: OnboardingStatus = serde_json::from_str(
    ///     r#"{"status":"ONBOARDED","time":"2025-10-07"}"#,
    /// )?;
    /// assert_eq!(word.marketing_messages_onboarding_status.unwrap().status, object.status);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OnboardingStatus {
        /// How far.
        pub status: MarketingEligibility = "status",
        /// Since when: a date. Not there where Meta writes but the word.
        pub time: Option<String> = "time",
    }
    word |word| { Self { status: word.as_str().into(), ..Self::default() } }
}

open_enum! {
    /// How far it is. Meta's pages name some words of several.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::MarketingEligibility;
    ///
    /// let may_send = |status: &MarketingEligibility| *status == MarketingEligibility::Onboarded;
    /// assert!(may_send(&"ONBOARDED".into()));
    /// assert!(!may_send(&"ELIGIBLE".into()), "the terms come first");
    /// ```
    MarketingEligibility {
        /// It may send once the business has accepted the terms.
        Eligible = "ELIGIBLE",
        /// The business has accepted the terms.
        TermsSigned = "TERM_OF_SERVICE_SIGNED",
        /// It may send.
        Onboarded = "ONBOARDED",
    }
}

object! {
    /// When a business is open on a day.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{BusinessHours, Weekday};
    ///
    /// let monday = BusinessHours {
    ///     day_of_week: Some(Weekday::Monday),
    ///     open_time: Some("09:00".to_owned()),
    ///     close_time: Some("17:00".to_owned()),
    ///     ..BusinessHours::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&monday)?,
    ///     r#"{"day_of_week":"MONDAY","open_time":"09:00","close_time":"17:00"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{BusinessHours, Weekday};
    ///
    /// let hours: BusinessHours = serde_json::from_str(r#"{"day_of_week":"SUNDAY"}"#)?;
    /// assert_eq!(hours.day_of_week, Some(Weekday::Sunday));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Account, ContentControl};
    ///
    /// let account: Account = serde_json::from_str(r#"{"dcc_config":{"enabled":true}}"#)?;
    /// let control: ContentControl = account.dcc_config.unwrap();
    /// assert_eq!((control.enabled, control.policy_url), (Some(true), None));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContentControl {
        /// Whether it is on.
        pub enabled: Option<bool> = "enabled",
        /// Where its policy is.
        pub policy_url: Option<String> = "policy_url",
    }
}

//! Reading phone numbers: one, and those of an account.

use crate::api::automation::Automation;
use crate::api::call::call;
use crate::api::health::HealthStatus;
use crate::api::phone_number::official::OfficialStatus;
use crate::api::phone_number::words::{
    AccountMode, CodeVerificationStatus, HostPlatform, MessagingLimit, NameStatus, PhoneNumberSort,
    PhoneNumberStatus, QualityRating, SearchVisibility, ThroughputLevel, UnifiedStatus,
};
use crate::id::{AccountId, NodeId, PhoneNumberId};
use crate::wire::{Page, object};

call! {
    /// Asks about a phone number. Without `fields` Meta tells little: id, number, name and
    /// quality.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::GetPhoneNumber;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetPhoneNumber::new("106540352242922");
    /// call.fields = vec!["status".to_owned(), "throughput".to_owned()];
    /// assert_eq!(call.request()?.target()?, "106540352242922?fields=status%2Cthroughput");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetPhoneNumber -> PhoneNumber = "get phone number", idempotent;
    get "/{Phone-Number-ID}" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// What to tell: names of members of [`PhoneNumber`].
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Asks which numbers an account has.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/phone_numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{ListPhoneNumbers, PhoneNumberSort};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListPhoneNumbers::new("102290129340398");
    /// call.sort = Some(PhoneNumberSort::CreationTimeDescending);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/phone_numbers?sort=creation_time.desc"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListPhoneNumbers -> Page<PhoneNumber> = "list phone numbers", idempotent;
    get "/{WABA-ID}/phone_numbers" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// What to tell: names of members of [`PhoneNumber`].
        fields: Vec<String> = "fields",
        /// Which numbers, as a JSON list of `{"field":…,"operator":…,"value":…}`; by
        /// `account_mode`, `messaging_limit_tier` or `is_official_business_account`.
        filtering: Option<String> = "filtering",
        /// In which order.
        sort: Option<PhoneNumberSort> = "sort",
    }
    paged { 1 to 100 }
}

call! {
    /// Asks about a number by its "WhatsApp account number id". Only in Meta's OpenAPI file.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::GetAccountNumber;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetAccountNumber::new("1234567890123456");
    /// assert_eq!(call.request()?.target()?, "1234567890123456");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetAccountNumber -> PhoneNumber = "get account number", idempotent;
    get "/{WhatsApp-Account-Number-ID}" {
        /// The number.
        account_number_id: NodeId,
    }
    query {
        /// What to tell: names of members of [`PhoneNumber`].
        fields: Vec<String> = "fields",
    }
}

object! {
    /// A phone number. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumber, QualityRating};
    ///
    /// let number: PhoneNumber = serde_json::from_str(
    ///     r#"{"id":"106540352242922","display_phone_number":"+1 555-123-4567",
    ///         "verified_name":"Lucky Shrub","quality_rating":"GREEN"}"#,
    /// )?;
    /// assert_eq!(number.verified_name.as_deref(), Some("Lucky Shrub"));
    /// assert_eq!(number.quality_rating, Some(QualityRating::Green));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PhoneNumber {
        /// Its id.
        pub id: Option<PhoneNumberId> = "id",
        /// The number, for people to read.
        pub display_phone_number: Option<String> = "display_phone_number",
        /// The display name that is in use.
        pub verified_name: Option<String> = "verified_name",
        /// What customers think of its messages.
        pub quality_rating: Option<QualityRating> = "quality_rating",
        /// The same with its time.
        pub quality_score: Option<QualityScore> = "quality_score",
        /// Its state.
        pub status: Option<PhoneNumberStatus> = "status",
        /// The state of the display name.
        pub name_status: Option<NameStatus> = "name_status",
        /// A display name that was asked for.
        pub new_display_name: Option<String> = "new_display_name",
        /// The state of that.
        pub new_name_status: Option<NameStatus> = "new_name_status",
        /// The certificate of the display name.
        pub certificate: Option<String> = "certificate",
        /// That of the name that was asked for.
        pub new_certificate: Option<String> = "new_certificate",
        /// Whether it was verified by a code.
        pub code_verification_status: Option<CodeVerificationStatus> = "code_verification_status",
        /// Its country, in two letters.
        pub country_code: Option<String> = "country_code",
        /// The digits that its country has.
        pub country_dial_code: Option<String> = "country_dial_code",
        /// How it stands in review.
        pub unified_cert_status: Option<UnifiedStatus> = "unified_cert_status",
        /// Whether it is real or for tests.
        pub account_mode: Option<AccountMode> = "account_mode",
        /// Where it is hosted, in lists.
        pub host_platform: Option<HostPlatform> = "host_platform",
        /// Where it is hosted.
        pub platform_type: Option<HostPlatform> = "platform_type",
        /// How many users it may write to first. Deprecated by Meta: the portfolio has the limit.
        pub messaging_limit_tier: Option<MessagingLimit> = "messaging_limit_tier",
        /// How many users the portfolio may write to first.
        pub whatsapp_business_manager_messaging_limit: Option<MessagingLimit>
            = "whatsapp_business_manager_messaging_limit",
        /// How fast it may send.
        pub throughput: Option<Throughput> = "throughput",
        /// Whether messages can be sent, and what stands in the way.
        pub health_status: Option<HealthStatus> = "health_status",
        /// Whether it belongs to an official business account.
        pub is_official_business_account: Option<bool> = "is_official_business_account",
        /// How an application for that stands, as the guide reads it.
        pub official_business_account: Option<OfficialStatus> = "official_business_account",
        /// Whether it is used in the Business app too.
        pub is_on_biz_app: Option<bool> = "is_on_biz_app",
        /// Whether it has a PIN.
        pub is_pin_enabled: Option<bool> = "is_pin_enabled",
        /// Whether a partner had verified it beforehand.
        pub is_preverified_number: Option<bool> = "is_preverified_number",
        /// When it was onboarded: a date, or seconds since 1970.
        pub last_onboarded_time: Option<String> = "last_onboarded_time",
        /// Whether the business can be found in WhatsApp.
        pub search_visibility: Option<SearchVisibility> = "search_visibility",
        /// Whether it may be made to be found: `APPLICABLE`, …
        pub eligibility_for_api_business_global_search: Option<String>
            = "eligibility_for_api_business_global_search",
        /// The username customers see.
        pub username: Option<String> = "username",
        /// Where its webhooks go.
        pub webhook_configuration: Option<WebhookAddresses> = "webhook_configuration",
        /// Prompts and commands.
        pub conversational_automation: Option<Automation> = "conversational_automation",
    }
}

object! {
    /// What customers think of the messages, and since when.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumber, QualityRating, QualityScore};
    ///
    /// let number: PhoneNumber = serde_json::from_str(
    ///     r#"{"quality_score":{"score":"YELLOW","reasons":["blocked"]}}"#,
    /// )?;
    /// let QualityScore { score, reasons, .. } = number.quality_score.unwrap();
    /// assert_eq!((score, reasons), (Some(QualityRating::Yellow), vec!["blocked".to_owned()]));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct QualityScore {
        /// The rating.
        pub score: Option<QualityRating> = "score",
        /// When it was found, in seconds since 1970.
        pub date: Option<i64> = "date",
        /// Why.
        pub reasons: Vec<String> = "reasons",
    }
}

object! {
    /// How fast a number may send.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{PhoneNumber, Throughput, ThroughputLevel};
    ///
    /// let number: PhoneNumber = serde_json::from_str(r#"{"throughput":{"level":"STANDARD"}}"#)?;
    /// let Throughput { level, .. } = number.throughput.unwrap();
    /// assert_eq!(level, Some(ThroughputLevel::Standard));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Throughput {
        /// The level.
        pub level: Option<ThroughputLevel> = "level",
    }
}

object! {
    /// Where webhooks go: the address of the number counts more than that of the account, and
    /// that more than the app's.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::WebhookAddresses;
    ///
    /// let addresses: WebhookAddresses = serde_json::from_str(
    ///     r#"{"application":"https://luckyshrub.com/webhooks",
    ///     "phone_number":"https://desk.luckyshrub.com"}"#,
    /// )?;
    /// // The one of the number counts most.
    /// let address = addresses
    ///     .phone_number
    ///     .or(addresses.whatsapp_business_account)
    ///     .or(addresses.application);
    /// assert_eq!(address.as_deref(), Some("https://desk.luckyshrub.com"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct WebhookAddresses {
        /// The address of the number.
        pub phone_number: Option<String> = "phone_number",
        /// The address of the account.
        pub whatsapp_business_account: Option<String> = "whatsapp_business_account",
        /// The address of the app.
        pub application: Option<String> = "application",
    }
}

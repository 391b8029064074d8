//! A business portfolio: its accounts, and the clients of an app.
//!
//! Source: <https://developers.facebook.com/docs/marketing-api/reference/business/>

use crate::api::account::{Account, VerificationStatus};
use crate::api::call::{call, check_rows};
use crate::id::{AccountId, AppId, BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

/// How many accounts can be asked for at once.
const MOST_ROWS: u32 = 100;

call! {
    /// Asks what a portfolio is.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/business/>
    ///
    /// ```
    /// use whatsapp_cloud::api::business::GetBusiness;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetBusiness::new("506914307656634");
    /// call.fields = ["id", "name", "timezone_id"].map(str::to_owned).to_vec();
    /// assert_eq!(call.request()?.target()?, "506914307656634?fields=id%2Cname%2Ctimezone_id");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetBusiness -> Business = "get business", idempotent;
    get "/{Business-ID}" {
        /// The portfolio.
        business: BusinessId,
    }
    query {
        /// What to tell of it, as [`Business`] calls it.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Asks for the accounts that a portfolio owns.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/business/owned_whatsapp_business_accounts/>
    ///
    /// ```
    /// use whatsapp_cloud::api::business::ListOwnedAccounts;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListOwnedAccounts::new("506914307656634");
    /// call.find = Some("102290129340398".into());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "506914307656634/owned_whatsapp_business_accounts?find=102290129340398",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListOwnedAccounts -> Page<Account> = "list owned accounts", idempotent;
    get "/{Business-ID}/owned_whatsapp_business_accounts" {
        /// The portfolio.
        business: BusinessId,
    }
    query {
        /// What to tell of each, as [`Account`] calls it.
        fields: Vec<String> = "fields",
        /// Only these kinds.
        business_type: Vec<AccountType> = "business_type",
        /// What is behind it: [`Page::next`].
        after: Option<String> = "after",
        /// How many, from the beginning: 1 to 100.
        first: Option<u32> = "first",
        /// What is before it.
        before: Option<String> = "before",
        /// How many, from the end: 1 to 100.
        last: Option<u32> = "last",
        /// Only this one.
        find: Option<AccountId> = "find",
    }
    check |call, found| {
        check_rows("first", call.first, MOST_ROWS, found);
        check_rows("last", call.last, MOST_ROWS, found);
    }
}

call! {
    /// Asks for the accounts that clients share with a portfolio.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/business/client_whatsapp_business_accounts/>
    ///
    /// ```
    /// use whatsapp_cloud::api::business::ListClientAccounts;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListClientAccounts::new("506914307656634");
    /// call.limit = Some(100);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "506914307656634/client_whatsapp_business_accounts?limit=100",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListClientAccounts -> Page<Account> = "list client accounts", idempotent;
    get "/{Business-ID}/client_whatsapp_business_accounts" {
        /// The portfolio.
        business: BusinessId,
    }
    query {
        /// What to tell of each, as [`Account`] calls it.
        fields: Vec<String> = "fields",
        /// Only these kinds.
        business_type: Vec<AccountType> = "business_type",
        /// Only this one.
        find: Option<AccountId> = "find",
        /// Only some: a list of `{field, operator, value}` in JSON.
        filtering: Option<String> = "filtering",
        /// In which order: `creation_time_descending`, for example.
        sort: Option<String> = "sort",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Asks for the businesses that an app serves.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::business::ListConnectedClients;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListConnectedClients::new("634974688087057");
    /// assert_eq!(call.request()?.target()?, "634974688087057/connected_client_businesses");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListConnectedClients -> Page<ConnectedClient> = "list connected clients", idempotent;
    get "/{Application-ID}/connected_client_businesses" {
        /// The app.
        app: AppId,
    }
    query {
        /// What to tell of each, as [`ConnectedClient`] calls it.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Asks a business to let the partner send by the Marketing Messages API.
    ///
    /// Meta answers with the request that is open already, if there is one.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api/onboarding>
    ///
    /// ```
    /// use whatsapp_cloud::api::business::OnboardToMarketingMessages;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = OnboardToMarketingMessages::new("506914307656634");
    /// assert_eq!(call.request()?.target()?, "506914307656634/onboard_partners_to_mm_lite");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct OnboardToMarketingMessages -> OnboardingRequest =
        "onboard to marketing messages", idempotent;
    post "/{Business-ID}/onboard_partners_to_mm_lite" {
        /// The business that is asked.
        business: BusinessId,
    }
    query {
        /// The solution to do it with.
        solution_id: Option<NodeId> = "solution_id",
    }
    check |call, found| {
        if let Some(solution) = &call.solution_id {
            found.numeric_id("solution_id", solution.as_str());
        }
    }
}

object! {
    /// A portfolio. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::business::Business;
    ///
    /// let business: Business = serde_json::from_str(
    ///     r#"{"id":"506914307656634","name":"Lucky Shrub","timezone_id":1}"#,
    /// )?;
    /// assert_eq!(
    ///     (business.name.as_deref(), business.timezone_id),
    ///     (Some("Lucky Shrub"), Some(1)),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Business {
        /// Its id.
        pub id: BusinessId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Its time zone, by Meta's number.
        pub timezone_id: Option<i64> = "timezone_id",
        /// Whether Meta knows whose business it is.
        pub verification_status: Option<VerificationStatus> = "verification_status",
        /// When it was made: ISO 8601.
        pub created_time: Option<String> = "created_time",
        /// When it was changed: ISO 8601.
        pub updated_time: Option<String> = "updated_time",
        /// The page it is known by; some answers hold its id only.
        pub primary_page: Option<String> = "primary_page",
        /// Who needs a second factor: `none` or `admin_required`, for example.
        pub two_factor_type: Option<String> = "two_factor_type",
    }
}

object! {
    /// A business that an app serves.
    ///
    /// ```
    /// use whatsapp_cloud::api::business::{BusinessStatus, ConnectedClient};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<ConnectedClient> = serde_json::from_str(
    ///     r#"{"data":[{"id":"506914307656634","business_status":"ACTIVE"}]}"#,
    /// )?;
    /// let client: &ConnectedClient = &page.data[0];
    /// assert_eq!(client.business_status, Some(BusinessStatus::Active));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConnectedClient {
        /// Its id.
        pub id: BusinessId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Whether Meta knows whose business it is.
        pub verification_status: Option<VerificationStatus> = "verification_status",
        /// How it stands.
        pub business_status: Option<BusinessStatus> = "business_status",
        /// Since when it is connected: ISO 8601.
        pub created_time: Option<String> = "created_time",
        /// When that changed: ISO 8601.
        pub updated_time: Option<String> = "updated_time",
    }
}

object! {
    /// A business was asked.
    ///
    /// ```
    /// use whatsapp_cloud::api::business::OnboardingRequest;
    ///
    /// let asked: OnboardingRequest = serde_json::from_str(r#"{"request_id":"1234567890"}"#)?;
    /// assert_eq!(asked.request_id.as_str(), "1234567890");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OnboardingRequest {
        /// The id of the request.
        pub request_id: NodeId = "request_id",
    }
}

open_enum! {
    /// What kind of account it is. Meta's OpenAPI file has other words for the accounts of
    /// clients than for one's own.
    ///
    /// ```
    /// use whatsapp_cloud::api::business::{AccountType, ListOwnedAccounts};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListOwnedAccounts::new("506914307656634");
    /// call.business_type = vec![AccountType::Enterprise, AccountType::Smb];
    /// assert_eq!(call.request()?.query()[0].1, "ENTERPRISE,SMB");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    AccountType {
        /// Of a large business.
        Enterprise = "ENTERPRISE",
        /// Of a small or middle one.
        Smb = "SMB",
        /// Of a client, like most.
        Standard = "STANDARD",
        /// Of a client who pays for more.
        Premium = "PREMIUM",
    }
}

open_enum! {
    /// How a business stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::business::{BusinessStatus, ConnectedClient};
    ///
    /// let client: ConnectedClient = serde_json::from_str(
    ///     r#"{"id":"506914307656634","business_status":"SUSPENDED"}"#,
    /// )?;
    /// assert_eq!(client.business_status, Some(BusinessStatus::Suspended));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    BusinessStatus {
        /// It works.
        Active = "ACTIVE",
        /// It does not.
        Inactive = "INACTIVE",
        /// It was stopped.
        Suspended = "SUSPENDED",
        /// It is being looked at.
        PendingApproval = "PENDING_APPROVAL",
    }
}

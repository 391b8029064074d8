//! A business portfolio: its accounts, and the clients of an app.
//!
//! Source: <https://developers.facebook.com/docs/marketing-api/reference/business/>

use crate::api::account::{Account, VerificationStatus};
use crate::api::call::call;
use crate::api::page_size::check_page_size;
use crate::id::{AccountId, AppId, BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

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
        check_page_size("first", call.first, found);
        check_page_size("last", call.last, found);
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
        /// How many on a page: 1 to 100, by default 25.
        limit: Option<u32> = "limit",
        /// What is behind it: [`Page::next`].
        after: Option<String> = "after",
        /// What is before it.
        before: Option<String> = "before",
        /// Only this one.
        find: Option<AccountId> = "find",
        /// Only some: a list of `{field, operator, value}` in JSON.
        filtering: Option<String> = "filtering",
        /// In which order: `creation_time_descending`, for example.
        sort: Option<String> = "sort",
    }
    check |call, found| {
        check_page_size("limit", call.limit, found);
    }
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
        /// How many on a page: 1 to 100, by default 25.
        limit: Option<u32> = "limit",
        /// What is behind it: [`Page::next`].
        after: Option<String> = "after",
        /// What is before it.
        before: Option<String> = "before",
    }
    check |call, found| {
        check_page_size("limit", call.limit, found);
    }
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
    pub struct OnboardingRequest {
        /// The id of the request.
        pub request_id: NodeId = "request_id",
    }
}

open_enum! {
    /// What kind of account it is. Meta's OpenAPI file has other words for the accounts of
    /// clients than for one's own.
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

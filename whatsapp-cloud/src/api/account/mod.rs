//! A WhatsApp Business Account: what it is, and what was done in it.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/>

mod fields;

pub use fields::{
    Account, AccountReviewStatus, AccountStatus, BusinessHours, BusinessRef, CommerceAccount,
    ContentControl, MarketingEligibility, NamedNode, OnboardingStatus, OwnershipType,
    VerificationStatus, Weekday,
};
use serde_json::{Map, Value};

use crate::api::Success;
use crate::api::call::call;
use crate::id::{AccountId, NodeId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks what an account is.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/>
    ///
    /// ```
    /// use whatsapp_cloud::api::account::GetAccount;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetAccount::new("102290129340398");
    /// call.fields = vec!["name".to_owned(), "owner_business_info".to_owned()];
    /// assert_eq!(call.request()?.target()?, "102290129340398?fields=name%2Cowner_business_info");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetAccount -> Account = "get account", idempotent;
    get "/{WABA-ID}" {
        /// The account.
        account: AccountId,
    }
    query {
        /// What to tell of it, as [`Account`] calls it; by default id and name.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Renames an account, or sets where its days begin.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{AccountUpdate, UpdateAccount};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let update =
    ///     AccountUpdate { name: Some("Lucky Shrub".to_owned()), ..AccountUpdate::default() };
    /// assert!(UpdateAccount::new("102290129340398", update).request().is_ok());
    /// assert!(UpdateAccount::new("102290129340398", AccountUpdate::default()).request().is_err());
    /// ```
    pub struct UpdateAccount -> Success = "update account", idempotent;
    post "/{WABA-ID}" {
        /// The account.
        account: AccountId,
    }
    body {
        /// What to change.
        update: AccountUpdate
    }
}

object! {
    /// What to change of an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{AccountUpdate, UpdateAccount};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let nothing = UpdateAccount::new("102290129340398", AccountUpdate::default());
    /// assert!(nothing.request().is_err());
    ///
    /// let name = Some("Lucky Shrub".to_owned());
    /// let renamed = AccountUpdate { name, ..AccountUpdate::default() };
    /// assert!(UpdateAccount::new("102290129340398", renamed).request().is_ok());
    /// ```
    pub struct AccountUpdate {
        /// Its name: 1 to 100 characters.
        pub name: Option<String> = "name",
        /// Its time zone, by Meta's number.
        pub timezone_id: Option<String> = "timezone_id",
    }
    check |update, found| {
        if let Some(name) = &update.name {
            found.length("name", name, 1, 100);
        }
        if update.name.is_none() && update.timezone_id.is_none() && update.other.is_empty() {
            found.say("something to change, found nothing");
        }
    }
}

call! {
    /// Asks what was done in an account, and by whom; the newest first.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Activity, ActivityType, ListActivities};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListActivities::new("102290129340398");
    /// call.activity_type = vec![ActivityType::UserAdded, ActivityType::UserRemoved];
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/activities?activity_type=USER_ADDED%2CUSER_REMOVED",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListActivities -> Page<Activity> = "list activities", idempotent;
    get "/{WABA-ID}/activities" {
        /// The account.
        account: AccountId,
    }
    query {
        /// What to tell of each, as [`Activity`] calls it.
        fields: Vec<String> = "fields",
        /// Only what was done after it: seconds since 1970, or an ISO 8601 date.
        since: Option<String> = "since",
        /// Only what was done before it, in the same form.
        until: Option<String> = "until",
        /// Only these kinds.
        activity_type: Vec<ActivityType> = "activity_type",
    }
    paged { 1 to 100, by default 25 }
}

object! {
    /// Something that was done in an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::Activity;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<Activity> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1","activity_type":"USER_ADDED","actor_name":"Anna Flex"}]}"#,
    /// )?;
    /// let Activity { activity_type, actor_name, .. } = &page.data[0];
    /// assert_eq!(
    ///     (activity_type.as_str(), actor_name.as_deref()),
    ///     ("USER_ADDED", Some("Anna Flex")),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Activity {
        /// Its id.
        pub id: NodeId = "id",
        /// What was done.
        pub activity_type: ActivityType = "activity_type",
        /// When: ISO 8601.
        pub timestamp: Option<String> = "timestamp",
        /// What kind of actor did it.
        pub actor_type: Option<ActorType> = "actor_type",
        /// Who did it.
        pub actor_id: Option<String> = "actor_id",
        /// The name of who did it.
        pub actor_name: Option<String> = "actor_name",
        /// What was done, in Meta's words.
        pub description: Option<String> = "description",
        /// What else there is to know: other members for each kind.
        pub details: Map<String, Value> = "details",
        /// From which address.
        pub ip_address: Option<String> = "ip_address",
        /// With which program.
        pub user_agent: Option<String> = "user_agent",
    }
}

open_enum! {
    /// What was done in an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{ActivityType, ListActivities};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListActivities::new("102290129340398");
    /// call.activity_type = vec![ActivityType::UserAdded, ActivityType::UserRemoved];
    /// assert_eq!(call.request()?.query()[0].1, "USER_ADDED,USER_REMOVED");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    ActivityType {
        /// The account was made.
        AccountCreated = "ACCOUNT_CREATED",
        /// The account was changed.
        AccountUpdated = "ACCOUNT_UPDATED",
        /// The account was deleted.
        AccountDeleted = "ACCOUNT_DELETED",
        /// A number was added.
        PhoneNumberAdded = "PHONE_NUMBER_ADDED",
        /// A number was removed.
        PhoneNumberRemoved = "PHONE_NUMBER_REMOVED",
        /// A number was verified.
        PhoneNumberVerified = "PHONE_NUMBER_VERIFIED",
        /// A user was added.
        UserAdded = "USER_ADDED",
        /// A user was removed.
        UserRemoved = "USER_REMOVED",
        /// A user has another role.
        UserRoleChanged = "USER_ROLE_CHANGED",
        /// Someone may do more.
        PermissionGranted = "PERMISSION_GRANTED",
        /// Someone may do less.
        PermissionRevoked = "PERMISSION_REVOKED",
        /// A template was made.
        TemplateCreated = "TEMPLATE_CREATED",
        /// A template was changed.
        TemplateUpdated = "TEMPLATE_UPDATED",
        /// A template was deleted.
        TemplateDeleted = "TEMPLATE_DELETED",
        /// Webhooks were set up.
        WebhookConfigured = "WEBHOOK_CONFIGURED",
        /// An app may use the API.
        ApiAccessGranted = "API_ACCESS_GRANTED",
        /// An app may no longer use the API.
        ApiAccessRevoked = "API_ACCESS_REVOKED",
        /// How it is paid for changed.
        BillingUpdated = "BILLING_UPDATED",
        /// Meta enforced a rule.
        ComplianceAction = "COMPLIANCE_ACTION",
        /// Something about security.
        SecurityEvent = "SECURITY_EVENT",
    }
}

open_enum! {
    /// Who did something.
    ///
    /// ```
    /// use whatsapp_cloud::api::account::{Activity, ActorType};
    ///
    /// let activity: Activity = serde_json::from_str(
    ///     r#"{"id":"1","actor_type":"AUTOMATED_PROCESS"}"#,
    /// )?;
    /// assert_eq!(activity.actor_type, Some(ActorType::AutomatedProcess));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ActorType {
        /// A user.
        User = "USER",
        /// Meta's system.
        System = "SYSTEM",
        /// A call of the API.
        Api = "API",
        /// An administrator.
        Admin = "ADMIN",
        /// A process that runs by itself.
        AutomatedProcess = "AUTOMATED_PROCESS",
    }
}

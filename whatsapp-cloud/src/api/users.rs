//! Who may do what in an account: people and system users, and their tasks.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/assigned_users/>

use crate::api::Success;
use crate::api::account::{AccountStatus, BusinessRef};
use crate::api::call::call;
use crate::api::phone_number::PhoneNumber;
use crate::id::{AccountId, BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

/// How many tasks a user may have: all there are, and one to come.
const MOST_TASKS: usize = 16;

call! {
    /// Asks who may work in an account.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/assigned_users/>
    ///
    /// ```
    /// use whatsapp_cloud::api::users::ListAssignedUsers;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListAssignedUsers::new("102290129340398", "506914307656634");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/assigned_users?business=506914307656634",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListAssignedUsers -> Page<AssignedUser> = "list assigned users", idempotent;
    get "/{WhatsApp-Business-Account-ID}/assigned_users" {
        /// The account.
        account: AccountId,
    }
    needs {
        /// The portfolio whose users are asked for.
        business: BusinessId = "business",
    }
    query {
        /// What to tell of each, as [`AssignedUser`] calls it; by default id and name.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Lets a user work in an account. Once more with other tasks, and those are the tasks.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/assigned_users/>
    ///
    /// Meta's file writes a form, here it is JSON: the Graph reads both alike.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{AssignUser, Assignment, Task};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut assignment =
    ///     Assignment { user: "2345678901234567".into(), ..Assignment::default() };
    /// assert!(AssignUser::new("102290129340398", assignment.clone()).request().is_err());
    /// assignment.tasks = vec![Task::Manage];
    /// assert!(AssignUser::new("102290129340398", assignment).request().is_ok());
    /// ```
    pub struct AssignUser -> Success = "assign user", idempotent;
    post "/{WhatsApp-Business-Account-ID}/assigned_users" {
        /// The account.
        account: AccountId,
    }
    body {
        /// Who, and what for.
        assignment: Assignment
    }
}

call! {
    /// Takes all tasks in an account from a user.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/assigned_users/>
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{Removal, RemoveUser};
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let removal = Removal { user: "2345678901234567".into(), ..Removal::default() };
    /// let call = RemoveUser::new("102290129340398", removal);
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct RemoveUser -> Success = "remove user", idempotent;
    delete "/{WhatsApp-Business-Account-ID}/assigned_users" {
        /// The account.
        account: AccountId,
    }
    body {
        /// Who.
        removal: Removal
    }
}

call! {
    /// Asks in which accounts a user may work.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::ListAssignedAccounts;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListAssignedAccounts::new("2345678901234567");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "2345678901234567/assigned_whatsapp_business_accounts",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListAssignedAccounts -> Page<AssignedAccount> = "list assigned accounts", idempotent;
    get "/{User-ID}/assigned_whatsapp_business_accounts" {
        /// The user.
        user: NodeId,
    }
    query {
        /// What to tell of each, as [`AssignedAccount`] calls it; by default id, name, status.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

object! {
    /// A user, and what he may do.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{Assignment, Task};
    ///
    /// let assignment = Assignment {
    ///     user: "2345678901234567".into(),
    ///     tasks: vec![Task::ManageTemplates],
    ///     ..Assignment::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&assignment)?,
    ///     r#"{"user":"2345678901234567","tasks":["MANAGE_TEMPLATES"]}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Assignment {
        /// The user, by the id that the portfolio knows him by.
        pub user: NodeId = "user",
        /// What he may do: 1 to 16 tasks.
        pub tasks: Vec<Task> = "tasks",
    }
    check |assignment, found| {
        found.numeric_id("user", assignment.user.as_str());
        let count = assignment.tasks.len();
        if count == 0 || count > MOST_TASKS {
            found.add("tasks", format!("1 to {MOST_TASKS} tasks, found {count}"));
        }
    }
}

object! {
    /// A user who is to do no more.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{Removal, RemoveUser};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let removal: Removal = serde_json::from_str(r#"{"user":"2345678901234567"}"#)?;
    /// assert!(RemoveUser::new("102290129340398", removal).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Removal {
        /// The user.
        pub user: NodeId = "user",
    }
    check |removal, found| {
        found.numeric_id("user", removal.user.as_str());
    }
}

object! {
    /// Someone who may work in an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{AssignedUser, Task};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<AssignedUser> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1972385232742142","name":"Anna Flex","tasks":["MANAGE"]}],
    ///         "summary":{"total_count":15}}"#,
    /// )?;
    /// assert_eq!(page.data[0].tasks, [Task::Manage]);
    /// assert_eq!(page.summary.unwrap().total_count, Some(15));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AssignedUser {
        /// The id.
        pub id: NodeId = "id",
        /// The name.
        pub name: Option<String> = "name",
        /// The portfolio.
        pub business: Option<BusinessRef> = "business",
        /// What kind of user.
        pub user_type: Option<UserType> = "user_type",
        /// What the user may do.
        pub tasks: Vec<Task> = "tasks",
    }
}

open_enum! {
    /// What kind of user it is.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{AssignedUser, UserType};
    ///
    /// let user: AssignedUser = serde_json::from_str(
    ///     r#"{"id":"1972385232742142","user_type":"SYSTEM_USER"}"#,
    /// )?;
    /// assert_eq!(user.user_type, Some(UserType::SystemUser));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    UserType {
        /// A person of the portfolio.
        BusinessUser = "BUSINESS_USER",
        /// A program.
        SystemUser = "SYSTEM_USER",
        /// A person.
        PersonalUser = "PERSONAL_USER",
    }
}

object! {
    /// An account in which a user may work.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{AssignedAccount, Task};
    ///
    /// let account: AssignedAccount = serde_json::from_str(
    ///     r#"{"id":"102290129340398","permissions":["VIEW_INSIGHTS"]}"#,
    /// )?;
    /// assert_eq!(account.permissions, [Task::ViewInsights]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AssignedAccount {
        /// The account.
        pub id: AccountId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// How it stands.
        pub status: Option<AccountStatus> = "status",
        /// Since when: ISO 8601.
        pub assignment_date: Option<String> = "assignment_date",
        /// What the user may do.
        pub permissions: Vec<Task> = "permissions",
        /// The portfolio that owns it.
        pub business_id: Option<BusinessId> = "business_id",
        /// Its numbers.
        pub phone_numbers: Option<Page<PhoneNumber>> = "phone_numbers",
    }
}

open_enum! {
    /// What may be done in an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::users::{AssignedAccount, Task};
    ///
    /// let may_send =
    ///     |tasks: &[Task]| tasks.contains(&Task::Messaging) || tasks.contains(&Task::FullControl);
    /// let account: AssignedAccount =
    ///     serde_json::from_str(r#"{"id":"102290129340398","permissions":["MESSAGING"]}"#)?;
    /// assert!(may_send(&account.permissions));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Task {
        /// Everything that has to do with the account.
        Manage = "MANAGE",
        /// What a developer does.
        Develop = "DEVELOP",
        /// Making templates.
        ManageTemplates = "MANAGE_TEMPLATES",
        /// Adding and changing numbers.
        ManagePhone = "MANAGE_PHONE",
        /// Seeing what it costs.
        ViewCost = "VIEW_COST",
        /// Making Flows and other extensions.
        ManageExtensions = "MANAGE_EXTENSIONS",
        /// Seeing what belongs to the numbers.
        ViewPhoneAssets = "VIEW_PHONE_ASSETS",
        /// Changing what belongs to the numbers.
        ManagePhoneAssets = "MANAGE_PHONE_ASSETS",
        /// Seeing templates.
        ViewTemplates = "VIEW_TEMPLATES",
        /// Seeing what became of messages.
        ViewInsights = "VIEW_INSIGHTS",
        /// Getting messages.
        ReceiveIncomingMessages = "RECEIVE_INCOMING_MESSAGES",
        /// Changing who pays.
        ManageBilling = "MANAGE_BILLING",
        /// Changing who may do what.
        ManageUsers = "MANAGE_USERS",
        /// Sending messages.
        Messaging = "MESSAGING",
        /// Everything.
        FullControl = "FULL_CONTROL",
    }
}

//! Who may do what in an account: people and system users, and their tasks.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/assigned_users/>

use crate::api::Success;
use crate::api::account::{AccountStatus, BusinessRef};
use crate::api::call::call;
use crate::api::page_size::check_page_size;
use crate::api::phone_number::PhoneNumber;
use crate::id::{AccountId, BusinessId, NodeId};
use crate::wire::{Page, Paging, object, open_enum};

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
    pub struct ListAssignedUsers -> AssignedUsers = "list assigned users", idempotent;
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
        /// How many on a page: 1 to 100, by default 25.
        limit: Option<u32> = "limit",
        /// What is behind it: [`AssignedUsers::next`].
        after: Option<String> = "after",
        /// What is before it.
        before: Option<String> = "before",
    }
    check |call, found| {
        check_page_size("limit", call.limit, found);
    }
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
    /// let mut assignment = Assignment { user: "2345678901234567".into(), ..Assignment::default() };
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

object! {
    /// A user, and what he may do.
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
    pub struct Removal {
        /// The user.
        pub user: NodeId = "user",
    }
    check |removal, found| {
        found.numeric_id("user", removal.user.as_str());
    }
}

object! {
    /// A page of those who may work in an account.
    pub struct AssignedUsers {
        /// Who is on it.
        pub data: Vec<AssignedUser> = "data",
        /// Where the others are.
        pub paging: Option<Paging> = "paging",
        /// How many they are.
        pub summary: Option<Summary> = "summary",
    }
}

impl AssignedUsers {
    /// What to ask for as `after`, when there is a further page: see [`Page::next`].
    pub fn next(&self) -> Option<&str> {
        let paging = self.paging.as_ref()?;
        paging.next.as_ref()?;
        paging.cursors.as_ref()?.after.as_deref()
    }
}

object! {
    /// How many there are of something.
    pub struct Summary {
        /// How many.
        pub total_count: Option<u64> = "total_count",
    }
}

object! {
    /// Someone who may work in an account.
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

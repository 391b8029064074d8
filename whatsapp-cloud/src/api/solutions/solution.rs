//! Solutions themselves: made, listed, read, and the token for what is shared with one.

use std::fmt;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use crate::api::account::NamedNode;
use crate::api::call::call;
use crate::api::users::Task;
use crate::id::{AccountId, AppId, BusinessId, NodeId};
use crate::wire::{Page, member, object, open_enum};

call! {
    /// Makes a solution, and invites the partner to it.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{CreateSolution, NewSolution};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let solution = NewSolution::owner_sends("Lucky Shrub", "9876543210987654");
    /// let call = CreateSolution::new("634974688087057", solution);
    /// assert_eq!(call.request()?.target()?, "634974688087057/whatsapp_business_solution");
    ///
    /// let mut nobody = NewSolution::owner_sends("Lucky Shrub", "9876543210987654");
    /// nobody.owner_permissions = Some(Vec::new());
    /// assert!(CreateSolution::new("634974688087057", nobody).request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateSolution -> CreatedSolution = "create solution", once;
    post "/{Application-ID}/whatsapp_business_solution" {
        /// The app that will own it.
        app: AppId,
    }
    body {
        /// The solution.
        solution: NewSolution
    }
}

call! {
    /// Asks for the solutions of an app: its own, and those it is a partner in.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{ListAppSolutions, SolutionRole};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListAppSolutions::new("634974688087057");
    /// call.role = Some(SolutionRole::Owner);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "634974688087057/whatsapp_business_solutions?role=OWNER",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListAppSolutions -> Page<Solution> = "list solutions of app", idempotent;
    get "/{Application-ID}/whatsapp_business_solutions" {
        /// The app.
        app: AppId,
    }
    query {
        /// Only those it owns, or is a partner in.
        role: Option<SolutionRole> = "role",
        /// What to tell of each, as [`Solution`] calls it; by default name and how it stands.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Asks for the solutions that an account is shared with.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::ListAccountSolutions;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListAccountSolutions::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/solutions");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListAccountSolutions -> Page<Solution> = "list solutions of account", idempotent;
    get "/{WABA-ID}/solutions" {
        /// The account.
        account: AccountId,
    }
    query {
        /// What to tell of each, as [`Solution`] calls it; by default name and how it stands.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Asks how a solution stands.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::GetSolution;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetSolution::new("795033096057724");
    /// call.fields = vec!["name".to_owned(), "partners".to_owned()];
    /// assert_eq!(call.request()?.target()?, "795033096057724?fields=name%2Cpartners");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetSolution -> Solution = "get solution", idempotent;
    get "/{Solution-ID}" {
        /// The solution.
        solution: NodeId,
    }
    query {
        /// What to tell of it, as [`Solution`] calls it; by default name and how it stands.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Asks for a token for the resources of a client that is shared with a solution.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::GetSolutionToken;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetSolutionToken::new("795033096057724", "4627590537313302");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "795033096057724/access_token?business_id=4627590537313302",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetSolutionToken -> SolutionToken = "get solution token", idempotent;
    get "/{Solution-ID}/access_token" {
        /// The solution.
        solution: NodeId,
    }
    needs {
        /// The client, who shared an account with the solution.
        business: BusinessId = "business_id",
    }
}

object! {
    /// A solution to make. One side sends messages, and only one.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::NewSolution;
    ///
    /// let solution = NewSolution::partner_sends("Lucky Shrub", "9876543210987654");
    /// let json = serde_json::to_value(&solution)?;
    /// assert_eq!(json["partner_permissions"][0], "MESSAGING");
    /// assert_eq!(json["owner_permissions"], serde_json::json!([]));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewSolution {
        /// What the owner may set up itself: [`Task::Messaging`], or an empty list.
        pub owner_permissions: Option<Vec<Task>> = "owner_permissions",
        /// The app of the partner.
        pub partner_app_id: AppId = "partner_app_id",
        /// What the partner may set up itself: [`Task::Messaging`], or an empty list.
        pub partner_permissions: Option<Vec<Task>> = "partner_permissions",
        /// What it is called: 2 to 75 characters.
        pub solution_name: String = "solution_name",
    }
    check |solution, found| {
        found.numeric_id("partner_app_id", solution.partner_app_id.as_str());
        found.length("solution_name", &solution.solution_name, 2, 75);
        let mut senders = 0;
        for (name, tasks) in [
            ("owner_permissions", &solution.owner_permissions),
            ("partner_permissions", &solution.partner_permissions),
        ] {
            match tasks.as_deref() {
                Some([]) => {}
                Some([Task::Messaging]) => senders += 1,
                Some(_) => found.add(name, "MESSAGING once or nothing"),
                None => found.add(name, "a list, which may be empty"),
            }
        }
        if senders != 1 {
            found.say(format!("one side with MESSAGING, found {senders}"));
        }
    }
}

impl NewSolution {
    /// A solution whose owner sends the messages.
    pub fn owner_sends(name: impl Into<String>, partner: impl Into<AppId>) -> Self {
        Self {
            owner_permissions: Some(vec![Task::Messaging]),
            partner_permissions: Some(Vec::new()),
            partner_app_id: partner.into(),
            solution_name: name.into(),
            ..Self::default()
        }
    }

    /// A solution whose partner sends the messages.
    pub fn partner_sends(name: impl Into<String>, partner: impl Into<AppId>) -> Self {
        Self {
            owner_permissions: Some(Vec::new()),
            partner_permissions: Some(vec![Task::Messaging]),
            ..Self::owner_sends(name, partner)
        }
    }
}

object! {
    /// A solution that was made.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{CreatedSolution, GetSolution};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let created: CreatedSolution = serde_json::from_str(
    ///     r#"{"solution_id":"795033096057724"}"#,
    /// )?;
    /// assert_eq!(GetSolution::new(created.solution_id).request()?.target()?, "795033096057724");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreatedSolution {
        /// Its id.
        pub solution_id: NodeId = "solution_id",
    }
}

object! {
    /// A solution. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{PendingRequest, Solution, SolutionStatus};
    ///
    /// let solution: Solution = serde_json::from_str(
    ///     r#"{"id":"795033096057724","name":"Lucky Shrub","status":"ACTIVE",
    ///         "status_for_pending_request":"PENDING_DEACTIVATION"}"#,
    /// )?;
    /// assert_eq!(solution.status, Some(SolutionStatus::Active));
    /// assert_eq!(solution.status_for_pending_request, Some(PendingRequest::Deactivation));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Solution {
        /// Its id.
        pub id: NodeId = "id",
        /// What it is called.
        pub name: Option<String> = "name",
        /// How it stands.
        pub status: Option<SolutionStatus> = "status",
        /// What it waits for.
        pub status_for_pending_request: Option<PendingRequest> = "status_for_pending_request",
        /// The app that owns it.
        pub owner_app: Option<NamedNode> = "owner_app",
        /// What the owner may do.
        pub owner_permissions: Vec<Task> = "owner_permissions",
        /// The partners.
        pub partners: Option<Page<SolutionPartner>> = "partners",
    }
}

object! {
    /// A partner in a solution.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{Solution, SolutionPartner};
    /// use whatsapp_cloud::api::users::Task;
    ///
    /// let solution: Solution = serde_json::from_str(
    ///     r#"{"id":"795033096057724","partners":{"data":[{"id":"1",
    ///         "partner_permissions":["MESSAGING"]}]}}"#,
    /// )?;
    /// let partners: Vec<SolutionPartner> = solution.partners.unwrap().data;
    /// assert_eq!(partners[0].partner_permissions, [Task::Messaging]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SolutionPartner {
        /// The id of the partnership.
        pub id: NodeId = "id",
        /// The partner's app.
        pub partner_app: Option<NamedNode> = "partner_app",
        /// What the partner may do.
        pub partner_permissions: Vec<Task> = "partner_permissions",
        /// How far the partner is.
        pub partner_status: Option<PartnerStatus> = "partner_status",
    }
}

/// A token for the resources of a client. `Debug` does not show it.
///
/// ```
/// use secrecy::ExposeSecret as _;
/// use whatsapp_cloud::api::solutions::SolutionToken;
///
/// let token: SolutionToken = serde_json::from_str(
///     r#"{"access_token":"EAAJB…","expires_at":1735689600}"#,
/// )?;
/// assert_eq!(token.access_token.expose_secret(), "EAAJB…");
/// assert!(!format!("{token:?}").contains("EAAJB"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct SolutionToken {
    /// The token.
    pub access_token: SecretString,
    /// Until when it works: seconds since 1970.
    pub expires_at: Option<i64>,
}

impl<'de> Deserialize<'de> for SolutionToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members: Map<String, Value> = member::members(deserializer)?;
        let token: String = member::take(&mut members, "access_token");
        if token.is_empty() {
            return Err(de::Error::missing_field("access_token"));
        }
        let expires_at = member::take(&mut members, "expires_at");
        Ok(Self { access_token: token.into(), expires_at })
    }
}

impl fmt::Debug for SolutionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SolutionToken")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

open_enum! {
    /// What an app is in a solution.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{ListAppSolutions, SolutionRole};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListAppSolutions::new("634974688087057");
    /// call.role = Some(SolutionRole::Partner);
    /// assert_eq!(call.request()?.query()[0].1, "PARTNER");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    SolutionRole {
        /// It owns it.
        Owner = "OWNER",
        /// It is a partner.
        Partner = "PARTNER",
    }
}

open_enum! {
    /// How a solution stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{Solution, SolutionStatus};
    ///
    /// let solution: Solution = serde_json::from_str(
    ///     r#"{"id":"795033096057724","status":"INITIATED"}"#,
    /// )?;
    /// assert_eq!(
    ///     solution.status,
    ///     Some(SolutionStatus::Initiated), "the partner has not answered",
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    SolutionStatus {
        /// It is not ready.
        Draft = "DRAFT",
        /// The partner was invited.
        Initiated = "INITIATED",
        /// Both sides wanted it.
        Active = "ACTIVE",
        /// The partner did not want it.
        Rejected = "REJECTED",
        /// It ended.
        Deactivated = "DEACTIVATED",
    }
}

open_enum! {
    /// What a solution waits for.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{PendingRequest, Solution};
    ///
    /// let solution: Solution = serde_json::from_str(
    ///     r#"{"id":"795033096057724","status_for_pending_request":"NONE"}"#,
    /// )?;
    /// assert_eq!(solution.status_for_pending_request, Some(PendingRequest::None));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    PendingRequest {
        /// For the partner, to begin.
        Activation = "PENDING_ACTIVATION",
        /// For the other side, to end.
        Deactivation = "PENDING_DEACTIVATION",
        /// For nothing.
        None = "NONE",
    }
}

open_enum! {
    /// How far a partner is.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{PartnerStatus, SolutionPartner};
    ///
    /// let partner: SolutionPartner = serde_json::from_str(
    ///     r#"{"id":"1","partner_status":"NOTIFICATION_SENT"}"#,
    /// )?;
    /// assert_eq!(partner.partner_status, Some(PartnerStatus::NotificationSent));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    PartnerStatus {
        /// Not invited yet.
        Draft = "DRAFT",
        /// Being invited.
        Initiated = "INITIATED",
        /// Invited.
        NotificationSent = "NOTIFICATION_SENT",
        /// In.
        Accepted = "ACCEPTED",
        /// Did not want to.
        Rejected = "REJECTED",
        /// No longer in.
        Deactivated = "DEACTIVATED",
    }
}

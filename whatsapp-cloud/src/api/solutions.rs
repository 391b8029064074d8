//! Multi-partner solutions: two apps that serve the same clients, and which of them sends.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/multi-partner-solutions>

use std::fmt;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use crate::api::account::NamedNode;
use crate::api::call::call;
use crate::api::page_size::check_page_size;
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

call! {
    /// Becomes the partner that a solution was made for.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{AcceptSolution, Acceptance};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let acceptance = Acceptance { partner_app_id: "9876543210987654".into(), ..Acceptance::default() };
    /// assert!(AcceptSolution::new("795033096057724", acceptance).request().is_ok());
    /// assert!(AcceptSolution::new("795033096057724", Acceptance::default()).request().is_err());
    /// ```
    pub struct AcceptSolution -> AcceptedSolution = "accept solution", idempotent;
    post "/{Solution-ID}/accept" {
        /// The solution.
        solution: NodeId,
    }
    body {
        /// Who accepts.
        acceptance: Acceptance
    }
}

call! {
    /// Refuses a partner, or refuses to end a solution.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{RejectSolution, Rejection, SolutionRequest};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut rejection = Rejection { request_type: SolutionRequest::Partnership, ..Rejection::default() };
    /// assert!(RejectSolution::new("795033096057724", rejection.clone()).request().is_err());
    /// rejection.partner_app_id = Some("9876543210987654".into());
    /// assert!(RejectSolution::new("795033096057724", rejection).request().is_ok());
    /// ```
    pub struct RejectSolution -> RejectedSolution = "reject solution", idempotent;
    post "/{Solution-ID}/reject" {
        /// The solution.
        solution: NodeId,
    }
    body {
        /// What is refused.
        rejection: Rejection
    }
}

call! {
    /// Asks the other side to end a solution.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{Deactivation, RequestDeactivation};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = RequestDeactivation::new("795033096057724", Deactivation::default());
    /// assert_eq!(call.request()?.target()?, "795033096057724/send_deactivation_request");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RequestDeactivation -> RequestedDeactivation = "request deactivation", once;
    post "/{Solution-ID}/send_deactivation_request" {
        /// The solution.
        solution: NodeId,
    }
    body {
        /// Why.
        deactivation: Deactivation
    }
}

call! {
    /// Ends a solution, as the other side asked for.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::AcceptDeactivation;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = AcceptDeactivation::new("795033096057724");
    /// assert_eq!(call.request()?.target()?, "795033096057724/accept_deactivation_request");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct AcceptDeactivation -> Solution = "accept deactivation", idempotent;
    post "/{Solution-ID}/accept_deactivation_request" {
        /// The solution.
        solution: NodeId,
    }
    query {
        /// What to tell of it then, as [`Solution`] calls it.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Keeps a solution that the other side wants to end.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{DeactivationRejection, RejectDeactivation};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = RejectDeactivation::new("795033096057724", DeactivationRejection::yes());
    /// assert_eq!(call.request()?.target()?, "795033096057724/reject_deactivation_request");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RejectDeactivation -> Solution = "reject deactivation", idempotent;
    post "/{Solution-ID}/reject_deactivation_request" {
        /// The solution.
        solution: NodeId,
    }
    query {
        /// What to tell of it then, as [`Solution`] calls it.
        fields: Vec<String> = "fields",
    }
    body {
        /// That it is refused.
        rejection: DeactivationRejection
    }
}

object! {
    /// A solution to make. One side sends messages, and only one.
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
    pub struct CreatedSolution {
        /// Its id.
        pub solution_id: NodeId = "solution_id",
    }
}

object! {
    /// A solution. Only what was asked for is there.
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

object! {
    /// Who becomes a partner.
    pub struct Acceptance {
        /// The app that was invited.
        pub partner_app_id: AppId = "partner_app_id",
        /// What Meta writes in its logs with it.
        pub log_session_id: Option<String> = "log_session_id",
    }
    check |acceptance, found| {
        found.numeric_id("partner_app_id", acceptance.partner_app_id.as_str());
    }
}

object! {
    /// What became of an acceptance.
    pub struct AcceptedSolution {
        /// The solution.
        pub solution_id: NodeId = "solution_id",
        /// How far the partner is.
        pub partner_status: Option<PartnerStatus> = "partner_status",
        /// Whether it worked.
        pub success: bool = "success",
        /// What Meta says about it.
        pub message: Option<String> = "message",
        /// When: ISO 8601.
        pub update_time: Option<String> = "update_time",
    }
}

object! {
    /// What is refused.
    pub struct Rejection {
        /// What was asked for.
        pub request_type: SolutionRequest = "request_type",
        /// Why it is refused: at most 500 characters.
        pub rejection_reason: Option<String> = "rejection_reason",
        /// The app that asked to be a partner; only then.
        pub partner_app_id: Option<AppId> = "partner_app_id",
    }
    check |rejection, found| {
        if let Some(reason) = &rejection.rejection_reason {
            found.length("rejection_reason", reason, 0, 500);
        }
        match (&rejection.request_type, &rejection.partner_app_id) {
            (SolutionRequest::Unknown(word), _) if word.is_empty() => {
                found.add("request_type", "what is refused");
            }
            (SolutionRequest::Partnership, None) => {
                found.add("partner_app_id", "the app that asked");
            }
            (SolutionRequest::Deactivation, Some(_)) => {
                found.add("partner_app_id", "nothing, where a deactivation is refused");
            }
            (_, Some(app)) => found.numeric_id("partner_app_id", app.as_str()),
            (_, None) => {}
        }
    }
}

object! {
    /// What was refused.
    pub struct RejectedSolution {
        /// Whether it worked.
        pub success: bool = "success",
        /// The solution.
        pub solution_id: NodeId = "solution_id",
        /// What was asked for.
        pub rejected_request_type: Option<SolutionRequest> = "rejected_request_type",
        /// When: ISO 8601.
        pub rejection_timestamp: Option<String> = "rejection_timestamp",
        /// The app that asked.
        pub partner_app_id: Option<AppId> = "partner_app_id",
    }
}

object! {
    /// Why a solution should end.
    pub struct Deactivation {
        /// Why: at most 500 characters.
        pub reason: Option<String> = "reason",
    }
    check |deactivation, found| {
        if let Some(reason) = &deactivation.reason {
            found.length("reason", reason, 0, 500);
        }
    }
}

object! {
    /// What became of the wish to end a solution.
    pub struct RequestedDeactivation {
        /// Whether it was passed on.
        pub success: bool = "success",
        /// What Meta says about it.
        pub message: Option<String> = "message",
        /// The id of the request.
        pub request_id: Option<String> = "request_id",
    }
}

object! {
    /// That a solution is to be kept.
    pub struct DeactivationRejection {
        /// `true`.
        pub reject_deactivation_request: bool = "reject_deactivation_request",
    }
    check |rejection, found| {
        if !rejection.reject_deactivation_request {
            found.add("reject_deactivation_request", "true");
        }
    }
}

impl DeactivationRejection {
    /// It is to be kept.
    pub fn yes() -> Self {
        Self { reject_deactivation_request: true, ..Self::default() }
    }
}

/// A token for the resources of a client. `Debug` does not show it.
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
        let mut members: Map<String, Value> = Map::deserialize(deserializer)?;
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
    SolutionRole {
        /// It owns it.
        Owner = "OWNER",
        /// It is a partner.
        Partner = "PARTNER",
    }
}

open_enum! {
    /// How a solution stands.
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

open_enum! {
    /// What is asked for about a solution.
    SolutionRequest {
        /// To become a partner.
        Partnership = "PARTNERSHIP_REQUEST",
        /// To end it.
        Deactivation = "DEACTIVATION_REQUEST",
    }
}

//! That an account which is kept on behalf of a client goes over, and how that stands.

use serde_json::{Map, Value};

use crate::api::account::{Account, BusinessRef};
use crate::api::call::call;
use crate::api::migration::IntentStatus;
use crate::api::migration::intent::LONGEST_REASON;
use crate::api::solutions::Solution;
use crate::id::{AccountId, AppId, NodeId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Says that an account kept on behalf of a client goes over to another solution.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{CreateMobilityIntent, MobilityIntent, MobilityStep};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let intent = MobilityIntent {
    ///     solution_id: "2345678901234567".into(),
    ///     intent_type: MobilityStep::CancelTransfer,
    ///     ..MobilityIntent::default()
    /// };
    /// let call = CreateMobilityIntent::new("102290129340398", intent);
    /// assert_eq!(call.request()?.target()?, "102290129340398/obo_mobility_intent");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateMobilityIntent -> CreatedMobility = "create mobility intent", once;
    post "/{WABA-ID}/obo_mobility_intent" {
        /// The account.
        account: AccountId,
    }
    body {
        /// Where it goes.
        intent: MobilityIntent
    }
}

call! {
    /// Connects an account kept on behalf of a client with a solution.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{MobilitySetting, SetMobilityIntent};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let setting =
    ///     MobilitySetting { waba_id: "102290129340398".into(), ..MobilitySetting::default() };
    /// let call = SetMobilityIntent::new("102290129340398", setting);
    /// assert_eq!(call.request()?.target()?, "102290129340398/set_obo_mobility_intent");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SetMobilityIntent -> SetMobility = "set mobility intent", idempotent;
    post "/{WABA-ID}/set_obo_mobility_intent" {
        /// The account.
        account: AccountId,
    }
    body {
        /// With what.
        setting: MobilitySetting
    }
}

call! {
    /// Asks how far such a transfer is.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::GetMobilityIntent;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// assert_eq!(
    ///     GetMobilityIntent::new("1234567890123456").request()?.target()?,
    ///     "1234567890123456"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetMobilityIntent -> Mobility = "get mobility intent", idempotent;
    get "/{OBO-Mobility-Intent-ID}" {
        /// The intent.
        intent: NodeId,
    }
    query {
        /// What to tell of it, as [`Mobility`] calls it; by default id, account and solution.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Asks which requests to keep an account on behalf of another are not answered yet.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::ListOnBehalfRequests;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListOnBehalfRequests::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/in_progress_onbehalf_request");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListOnBehalfRequests -> Page<OnBehalfRequest> = "list on-behalf requests", idempotent;
    get "/{WABA-ID}/in_progress_onbehalf_request" {
        /// The account.
        account: AccountId,
    }
    query {
        /// What to tell of each, as [`OnBehalfRequest`] calls it.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

object! {
    /// That an account kept on behalf of a client goes over to another solution.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{MobilityIntent, MobilityStep};
    ///
    /// let intent = MobilityIntent {
    ///     solution_id: "795033096057724".into(),
    ///     intent_type: MobilityStep::RequestHandover,
    ///     ..MobilityIntent::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&intent)?,
    ///     r#"{"solution_id":"795033096057724","intent_type":"REQUEST_HANDOVER"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MobilityIntent {
        /// The solution it is about.
        pub solution_id: NodeId = "solution_id",
        /// What is to happen.
        pub intent_type: MobilityStep = "intent_type",
        /// The solution it goes to; needed to begin.
        pub target_solution_id: Option<NodeId> = "target_solution_id",
        /// Why: at most 500 characters.
        pub mobility_reason: Option<String> = "mobility_reason",
        /// When: ISO 8601.
        pub scheduled_execution_time: Option<String> = "scheduled_execution_time",
        /// What else is to be kept with it.
        pub metadata: Map<String, Value> = "metadata",
    }
    check |intent, found| {
        found.numeric_id("solution_id", intent.solution_id.as_str());
        if intent.intent_type.as_str().is_empty() {
            found.add("intent_type", "what is to happen");
        }
        match &intent.target_solution_id {
            Some(target) => found.numeric_id("target_solution_id", target.as_str()),
            None if intent.intent_type == MobilityStep::InitiateTransfer => {
                found.add("target_solution_id", "the solution it goes to");
            }
            None => {}
        }
        if let Some(reason) = &intent.mobility_reason {
            found.length("mobility_reason", reason, 0, LONGEST_REASON);
        }
    }
}

object! {
    /// What became of an intent to transfer.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::CreatedMobility;
    ///
    /// let created: CreatedMobility = serde_json::from_str(
    ///     r#"{"success":true,"mobility_intent_id":"1234567890","approval_required":true,
    ///         "next_steps":["Wait for approval"]}"#,
    /// )?;
    /// assert!(created.approval_required == Some(true) && !created.next_steps.is_empty());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreatedMobility {
        /// Whether it was taken.
        pub success: bool = "success",
        /// Its id, for [`GetMobilityIntent`].
        pub mobility_intent_id: NodeId = "mobility_intent_id",
        /// How it stands.
        pub status: Option<IntentStatus> = "status",
        /// When it should be done: ISO 8601.
        pub estimated_completion_time: Option<String> = "estimated_completion_time",
        /// Whether somebody has to agree.
        pub approval_required: Option<bool> = "approval_required",
        /// What has to happen next, in Meta's words.
        pub next_steps: Vec<String> = "next_steps",
    }
}

object! {
    /// With what an account kept on behalf of a client is connected.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::MobilitySetting;
    ///
    /// let setting = MobilitySetting {
    ///     waba_id: "102290129340398".into(),
    ///     solution_id: Some("795033096057724".into()),
    ///     ..MobilitySetting::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&setting)?,
    ///     r#"{"waba_id":"102290129340398","solution_id":"795033096057724"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MobilitySetting {
        /// The account.
        pub waba_id: AccountId = "waba_id",
        /// The solution.
        pub solution_id: Option<NodeId> = "solution_id",
        /// The app that asks.
        pub app_id: Option<AppId> = "app_id",
        /// The user who asks.
        pub actor_id: Option<NodeId> = "actor_id",
        /// What comes back in the answer: at most 255 characters.
        pub client_mutation_id: Option<String> = "client_mutation_id",
    }
    check |setting, found| {
        found.numeric_id("waba_id", setting.waba_id.as_str());
        for (name, id) in [
            ("solution_id", setting.solution_id.as_ref().map(NodeId::as_str)),
            ("app_id", setting.app_id.as_ref().map(AppId::as_str)),
            ("actor_id", setting.actor_id.as_ref().map(NodeId::as_str)),
        ] {
            if let Some(id) = id {
                found.numeric_id(name, id);
            }
        }
        if let Some(id) = &setting.client_mutation_id {
            found.length("client_mutation_id", id, 0, 255);
        }
    }
}

object! {
    /// What became of a connection.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::SetMobility;
    ///
    /// let set: SetMobility = serde_json::from_str(
    ///     r#"{"success":false,"error_msg":"The account is connected already"}"#,
    /// )?;
    /// assert!(!set.success && set.error_msg.is_some());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SetMobility {
        /// Whether it worked.
        pub success: bool = "success",
        /// The id of the intent.
        pub intent_id: Option<NodeId> = "intent_id",
        /// What was sent along.
        pub client_mutation_id: Option<String> = "client_mutation_id",
        /// Why it did not work, in Meta's words.
        pub error_msg: Option<String> = "error_msg",
    }
}

object! {
    /// A transfer of an account kept on behalf of a client.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::Mobility;
    ///
    /// let mobility: Mobility = serde_json::from_str(
    ///     r#"{"id":"1234567890","waba":{"id":"102290129340398"},"status":"ACTIVE"}"#,
    /// )?;
    /// assert_eq!(mobility.waba.unwrap().id.as_str(), "102290129340398");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Mobility {
        /// The id of its intent.
        pub id: NodeId = "id",
        /// The account.
        pub waba: Option<Account> = "waba",
        /// The solution.
        pub solution: Option<Solution> = "solution",
        /// How far it is.
        pub status: Option<MobilityStatus> = "status",
        /// When it was wanted: ISO 8601.
        pub created_time: Option<String> = "created_time",
        /// When it changed: ISO 8601.
        pub updated_time: Option<String> = "updated_time",
    }
}

object! {
    /// A request to keep an account on behalf of another.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{OnBehalfRequest, OnBehalfStatus};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<OnBehalfRequest> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1234567890","status":"PENDING",
    ///         "receiving_business":{"id":"506914307656634"}}]}"#,
    /// )?;
    /// let waiting = |request: &&OnBehalfRequest| request.status == Some(OnBehalfStatus::Pending);
    /// assert_eq!(page.data.iter().filter(waiting).count(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OnBehalfRequest {
        /// Its id.
        pub id: NodeId = "id",
        /// How it stands.
        pub status: Option<OnBehalfStatus> = "status",
        /// The account.
        pub business_owned_object: Option<AccountId> = "business_owned_object",
        /// Who was asked.
        pub receiving_business: Option<BusinessRef> = "receiving_business",
        /// Who asked.
        pub requesting_business: Option<BusinessRef> = "requesting_business",
    }
}

open_enum! {
    /// A step of a transfer.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{MobilityIntent, MobilityStep};
    ///
    /// let intent: MobilityIntent = serde_json::from_str(
    ///     r#"{"solution_id":"1","intent_type":"APPROVE_HANDOVER"}"#,
    /// )?;
    /// assert_eq!(intent.intent_type, MobilityStep::ApproveHandover);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MobilityStep {
        /// To begin.
        InitiateTransfer = "INITIATE_TRANSFER",
        /// To agree to it.
        ConfirmTransfer = "CONFIRM_TRANSFER",
        /// Not to do it.
        CancelTransfer = "CANCEL_TRANSFER",
        /// To ask for the account.
        RequestHandover = "REQUEST_HANDOVER",
        /// To give the account.
        ApproveHandover = "APPROVE_HANDOVER",
        /// To keep the account.
        RejectHandover = "REJECT_HANDOVER",
    }
}

open_enum! {
    /// How far a transfer is.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{Mobility, MobilityStatus};
    ///
    /// let mobility: Mobility = serde_json::from_str(
    ///     r#"{"id":"1234567890","status":"CANCELLED"}"#,
    /// )?;
    /// assert_eq!(mobility.status, Some(MobilityStatus::Cancelled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MobilityStatus {
        /// Somebody has to agree.
        Pending = "PENDING",
        /// It is being done.
        Active = "ACTIVE",
        /// It was done.
        Completed = "COMPLETED",
        /// It is no longer wanted.
        Cancelled = "CANCELLED",
        /// It did not work.
        Failed = "FAILED",
    }
}

open_enum! {
    /// How a request to keep an account on behalf of another stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{OnBehalfRequest, OnBehalfStatus};
    ///
    /// // Here it is written with one l.
    /// let request: OnBehalfRequest = serde_json::from_str(
    ///     r#"{"id":"1234567890","status":"CANCELED"}"#,
    /// )?;
    /// assert_eq!(request.status, Some(OnBehalfStatus::Canceled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    OnBehalfStatus {
        /// It was granted.
        Approve = "APPROVE",
        /// It was not granted.
        Decline = "DECLINE",
        /// It is being looked at.
        InProgress = "IN_PROGRESS",
        /// Nobody answered in time.
        Expired = "EXPIRED",
        /// Nobody answered yet.
        Pending = "PENDING",
        /// It is no longer wanted.
        Canceled = "CANCELED",
        /// It cannot be.
        Invalid = "INVALID",
    }
}

//! Flows themselves: made, listed, read, changed, published, deprecated and deleted.

use serde::de::IgnoredAny;

use crate::api::Success;
use crate::api::call::call;
use crate::api::flows::FlowMetric;
use crate::api::health::HealthStatus;
use crate::api::https::check_https;
use crate::api::subscriptions::AppSummary;
use crate::id::{AccountId, AppId, FlowId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks for the Flows of an account.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#list>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::ListFlows;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListFlows::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/flows");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListFlows -> Page<Flow> = "list flows", idempotent;
    get "/{WABA-ID}/flows" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// What to tell of each.
        fields: Vec<String> = "fields",
    }
    paged {}
}

call! {
    /// Makes a Flow: a draft, unless it is to be published at once.
    ///
    /// Read what came back: a Flow is made even when Meta finds errors in its JSON.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#create>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{CreateFlow, FlowCategory, NewFlow};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let flow = NewFlow {
    ///     name: "Appointments".to_owned(),
    ///     categories: vec![FlowCategory::AppointmentBooking],
    ///     ..NewFlow::default()
    /// };
    /// let call = CreateFlow::new("102290129340398", flow);
    /// assert_eq!(call.request()?.target()?, "102290129340398/flows");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateFlow -> CreatedFlow = "create a flow", once;
    post "/{WABA-ID}/flows" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// What it is to be.
        flow: NewFlow
    }
}

call! {
    /// Asks what a Flow is.
    ///
    /// Without fields Meta tells id, name, status, categories and errors. For a preview ask
    /// for `preview.invalidate(false)`, or `(true)` for a new address; for figures there is
    /// [`GetFlowMetric`](crate::api::flows::GetFlowMetric).
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#details>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::GetFlow;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetFlow::new("550000000000000");
    /// call.fields = vec!["name".to_owned(), "status".to_owned()];
    /// assert_eq!(call.request()?.target()?, "550000000000000?fields=name%2Cstatus");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetFlow -> Flow = "get a flow", idempotent;
    get "/{Flow-ID}" {
        /// The Flow.
        flow_id: FlowId,
    }
    query {
        /// What to tell: `id`, `name`, `categories`, `preview`, `status`,
        /// `validation_errors`, `json_version`, `data_api_version`, `data_channel_uri`,
        /// `health_status`, `whatsapp_business_account`, `application`.
        fields: Vec<String> = "fields",
        /// How times are written: `U` for unix seconds.
        date_format: Option<String> = "date_format",
    }
}

call! {
    /// Changes what stands beside a Flow's JSON.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#update>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowChanges, UpdateFlow};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let changes = FlowChanges { name: Some("Visits".to_owned()), ..FlowChanges::default() };
    /// assert_eq!(
    ///     UpdateFlow::new("550000000000000", changes).request()?.target()?,
    ///     "550000000000000"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateFlow -> Success = "update a flow", idempotent;
    post "/{Flow-ID}" {
        /// The Flow.
        flow_id: FlowId,
    }
    body {
        /// What is to change.
        changes: FlowChanges
    }
}

call! {
    /// Deletes a draft.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#delete>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::DeleteFlow;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// assert_eq!(DeleteFlow::new("550000000000000").request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeleteFlow -> Success = "delete a flow", idempotent;
    delete "/{Flow-ID}" {
        /// The Flow.
        flow_id: FlowId,
    }
}

call! {
    /// Publishes a draft. Neither the Flow nor its JSON can be changed after that: make a new
    /// one as its copy.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#publish>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::PublishFlow;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = PublishFlow::new("550000000000000");
    /// assert_eq!(call.request()?.target()?, "550000000000000/publish");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct PublishFlow -> Success = "publish a flow", idempotent;
    post "/{Flow-ID}/publish" {
        /// The Flow.
        flow_id: FlowId,
    }
}

call! {
    /// Takes a published Flow out of use: it can be neither sent nor opened, for good.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#deprecate>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::DeprecateFlow;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = DeprecateFlow::new("550000000000000");
    /// assert_eq!(call.request()?.target()?, "550000000000000/deprecate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct DeprecateFlow -> Success = "deprecate a flow", idempotent;
    post "/{Flow-ID}/deprecate" {
        /// The Flow.
        flow_id: FlowId,
    }
}

open_enum! {
    /// What a Flow is for.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowCategory, NewFlow};
    ///
    /// let flow = NewFlow {
    ///     name: "My first flow".to_owned(),
    ///     categories: vec![FlowCategory::AppointmentBooking],
    ///     ..NewFlow::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&flow)?,
    ///     r#"{"name":"My first flow","categories":["APPOINTMENT_BOOKING"]}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    FlowCategory {
        /// Signing up.
        SignUp = "SIGN_UP",
        /// Signing in.
        SignIn = "SIGN_IN",
        /// Appointments.
        AppointmentBooking = "APPOINTMENT_BOOKING",
        /// Leads.
        LeadGeneration = "LEAD_GENERATION",
        /// Shopping.
        Shopping = "SHOPPING",
        /// Contacting the business.
        ContactUs = "CONTACT_US",
        /// Support.
        CustomerSupport = "CUSTOMER_SUPPORT",
        /// Surveys.
        Survey = "SURVEY",
        /// Anything else.
        Other = "OTHER",
    }
}

open_enum! {
    /// Where a Flow is in its life.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{Flow, FlowStatus};
    ///
    /// let flow: Flow = serde_json::from_str(r#"{"id":"1009394080257936","status":"DRAFT"}"#)?;
    /// assert_eq!(flow.status, Some(FlowStatus::Draft), "it cannot be sent to customers yet");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    FlowStatus {
        /// It can be changed, and sent to testers.
        Draft = "DRAFT",
        /// It can be sent.
        Published = "PUBLISHED",
        /// It was taken out of use.
        Deprecated = "DEPRECATED",
        /// Meta stopped it: it can be neither sent nor opened.
        Blocked = "BLOCKED",
        /// Meta slowed it down: 10 messages an hour.
        Throttled = "THROTTLED",
    }
}

object! {
    /// A Flow that is to be.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{CreateFlow, FlowCategory, NewFlow};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut flow = NewFlow { name: "My first flow".to_owned(), ..NewFlow::default() };
    /// assert!(
    ///     CreateFlow::new("102290129340398", flow.clone()).request().is_err(),
    ///     "what is it for?"
    /// );
    /// flow.categories = vec![FlowCategory::Other];
    /// assert!(CreateFlow::new("102290129340398", flow).request().is_ok());
    /// ```
    pub struct NewFlow {
        /// Its name.
        pub name: String = "name",
        /// What it is for: 1 or more.
        pub categories: Vec<FlowCategory> = "categories",
        /// Its screens: Flow JSON, as a text.
        pub flow_json: Option<String> = "flow_json",
        /// Whether to publish it at once; its JSON must be there then.
        pub publish: Option<bool> = "publish",
        /// The Flow it is a copy of.
        pub clone_flow_id: Option<FlowId> = "clone_flow_id",
        /// The endpoint it asks for data, from Flow JSON 3.0 on.
        pub endpoint_uri: Option<String> = "endpoint_uri",
    }
    check |flow, found| {
        if flow.name.is_empty() {
            found.add("name", "a name, found none");
        }
        if flow.categories.is_empty() {
            found.add("categories", "1 category or more, found 0");
        }
        if let Some(json) = &flow.flow_json
            && serde_json::from_str::<IgnoredAny>(json).is_err()
        {
            found.add("flow_json", "a text that is JSON");
        }
        if flow.publish == Some(true) && flow.flow_json.is_none() {
            found.add("publish", "only with flow_json");
        }
        if let Some(uri) = &flow.endpoint_uri {
            check_https("endpoint_uri", uri, found);
        }
    }
}

object! {
    /// A Flow that was made.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{CreatedFlow, PublishFlow};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let created: CreatedFlow = serde_json::from_str(
    ///     r#"{"id":"1009394080257936","success":true}"#,
    /// )?;
    /// assert_eq!(PublishFlow::new(created.id).request()?.target()?, "1009394080257936/publish");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreatedFlow {
        /// Its id.
        pub id: FlowId = "id",
        /// Whether all of it was done; publishing may have failed.
        pub success: Option<bool> = "success",
        /// What is wrong in its JSON.
        pub validation_errors: Vec<FlowProblem> = "validation_errors",
    }
}

object! {
    /// What is to change in a Flow.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowChanges, UpdateFlow};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let changes =
    ///     FlowChanges { name: Some("Appointments".to_owned()), ..FlowChanges::default() };
    /// let call = UpdateFlow::new("1009394080257936", changes);
    /// assert_eq!(call.request()?.target()?, "1009394080257936");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct FlowChanges {
        /// Its name.
        pub name: Option<String> = "name",
        /// What it is for.
        pub categories: Vec<FlowCategory> = "categories",
        /// The endpoint it asks for data.
        pub endpoint_uri: Option<String> = "endpoint_uri",
        /// The app that signs what the endpoint is asked.
        pub application_id: Option<AppId> = "application_id",
    }
    check |changes, found| {
        let FlowChanges { name, categories, endpoint_uri, application_id, other } = changes;
        let is_nothing = name.is_none() && categories.is_empty() && endpoint_uri.is_none();
        if is_nothing && application_id.is_none() && other.is_empty() {
            found.say("something to change, found nothing");
        }
        if name.as_deref() == Some("") {
            found.add("name", "a name, found none");
        }
        if let Some(uri) = endpoint_uri {
            check_https("endpoint_uri", uri, found);
        }
    }
}

object! {
    /// A Flow.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{Flow, FlowCategory};
    ///
    /// let flow: Flow = serde_json::from_str(
    ///     r#"{"id":"1009394080257936","name":"test","status":"DRAFT",
    ///         "categories":["LEAD_GENERATION"]}"#,
    /// )?;
    /// assert_eq!(flow.categories, [FlowCategory::LeadGeneration]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Flow {
        /// Its id.
        pub id: FlowId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Where it is in its life.
        pub status: Option<FlowStatus> = "status",
        /// What it is for.
        pub categories: Vec<FlowCategory> = "categories",
        /// What is wrong in its JSON.
        pub validation_errors: Vec<FlowProblem> = "validation_errors",
        /// The version of its JSON.
        pub json_version: Option<String> = "json_version",
        /// The version in which its endpoint is asked.
        pub data_api_version: Option<String> = "data_api_version",
        /// Its endpoint, in old versions.
        pub data_channel_uri: Option<String> = "data_channel_uri",
        /// Its endpoint.
        pub endpoint_uri: Option<String> = "endpoint_uri",
        /// Where it can be tried out.
        pub preview: Option<FlowPreview> = "preview",
        /// Whose it is.
        pub whatsapp_business_account: Option<FlowAccount> = "whatsapp_business_account",
        /// The app that signs what its endpoint is asked.
        pub application: Option<AppSummary> = "application",
        /// Whether it can be sent, and what stands in the way.
        pub health_status: Option<HealthStatus> = "health_status",
        /// The figures that were asked for.
        pub metric: Option<FlowMetric> = "metric",
    }
}

object! {
    /// Where a Flow can be tried out.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{Flow, FlowPreview};
    ///
    /// let flow: Flow = serde_json::from_str(
    ///     r#"{"id":"1009394080257936",
    ///     "preview":{"preview_url":"https://business.facebook.com/wa/manage/flows/55000/preview",
    ///     "expires_at":"2023-05-21T11:18:09+0000"}}"#,
    /// )?;
    /// let FlowPreview { preview_url, .. } = flow.preview.unwrap();
    /// assert!(preview_url.ends_with("/preview"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowPreview {
        /// The address. Whoever has it can see the Flow.
        pub preview_url: String = "preview_url",
        /// When it ends, as `2023-05-21T11:18:09+0000`.
        pub expires_at: Option<String> = "expires_at",
    }
}

object! {
    /// The account of a Flow.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{Flow, FlowAccount};
    ///
    /// let flow: Flow = serde_json::from_str(
    ///     r#"{"id":"1009394080257936","whatsapp_business_account":{"id":"102290129340398"}}"#,
    /// )?;
    /// let account: FlowAccount = flow.whatsapp_business_account.unwrap();
    /// assert_eq!(account.id.as_str(), "102290129340398");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowAccount {
        /// Its id.
        pub id: AccountId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Meta's number of its time zone.
        pub timezone_id: Option<String> = "timezone_id",
        /// What kind it is.
        pub business_type: Option<String> = "business_type",
        /// The namespace of its templates.
        pub message_template_namespace: Option<String> = "message_template_namespace",
    }
}

object! {
    /// What is wrong in a Flow's JSON.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::FlowProblem;
    ///
    /// let problem: FlowProblem = serde_json::from_str(
    ///     r#"{"error":"INVALID_PROPERTY_VALUE","error_type":"FLOW_JSON_ERROR",
    ///         "message":"Invalid value found for property 'type'.","line_start":10,
    ///         "column_start":21}"#,
    /// )?;
    /// assert_eq!((problem.line_start, problem.column_start), (Some(10), Some(21)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowProblem {
        /// Meta's word for it: `INVALID_PROPERTY`.
        pub error: String = "error",
        /// What kind of error it is: `JSON_SCHEMA_ERROR`, `FLOW_JSON_ERROR`.
        pub error_type: Option<String> = "error_type",
        /// What it is, in Meta's words.
        pub message: Option<String> = "message",
        /// The line where it begins, from 1.
        pub line_start: Option<u32> = "line_start",
        /// The line where it ends.
        pub line_end: Option<u32> = "line_end",
        /// The column where it begins, from 1.
        pub column_start: Option<u32> = "column_start",
        /// The column where it ends.
        pub column_end: Option<u32> = "column_end",
        /// Where else it is.
        pub pointers: Vec<ProblemPointer> = "pointers",
    }
}

object! {
    /// A place in a Flow's JSON.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowProblem, ProblemPointer};
    ///
    /// let problem: FlowProblem = serde_json::from_str(
    ///     r#"{"error":"INVALID_PROPERTY_VALUE",
    ///         "pointers":[{"path":"screens[0].layout.children[0].type","line_start":10}]}"#,
    /// )?;
    /// let ProblemPointer { path, .. } = &problem.pointers[0];
    /// assert_eq!(path.as_deref(), Some("screens[0].layout.children[0].type"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ProblemPointer {
        /// The path: `screens[0].layout`.
        pub path: Option<String> = "path",
        /// The line where it begins, from 1.
        pub line_start: Option<u32> = "line_start",
        /// The line where it ends.
        pub line_end: Option<u32> = "line_end",
        /// The column where it begins, from 1.
        pub column_start: Option<u32> = "column_start",
        /// The column where it ends.
        pub column_end: Option<u32> = "column_end",
    }
}

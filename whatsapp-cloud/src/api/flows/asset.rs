//! The JSON of a Flow.

use std::fmt;

use crate::api::call::{self, Operation, call};
use crate::api::flows::FlowProblem;
use crate::endpoint::{Endpoint, Method, Part, Payload, Request};
use crate::error::Result;
use crate::id::FlowId;
use crate::violation::Violations;
use crate::wire::{Page, object};

/// How large Flow JSON may be.
const LARGEST_JSON: u64 = 10 * 1024 * 1024;

call! {
    /// Asks where a Flow's JSON can be fetched.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#asset-list>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::ListFlowAssets;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListFlowAssets::new("550000000000000");
    /// assert_eq!(call.request()?.target()?, "550000000000000/assets");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListFlowAssets -> Page<FlowAsset> = "list flow assets", idempotent;
    get "/{Flow-ID}/assets" {
        /// The Flow.
        flow_id: FlowId,
    }
    paged {}
}

/// Gives a draft another JSON. `Debug` shows its size only.
///
/// Read what came back: what Meta finds wrong in the JSON is no error of the call.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#update-json>
///
/// ```
/// use whatsapp_cloud::api::flows::UploadFlowJson;
/// use whatsapp_cloud::endpoint::{Endpoint, Payload};
///
/// let json = Payload::from(br#"{"version":"7.1","screens":[]}"#.as_slice());
/// let call = UploadFlowJson::new("550000000000000", json);
/// assert_eq!(call.request()?.target()?, "550000000000000/assets");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadFlowJson {
    /// The Flow.
    pub flow_id: FlowId,
    /// Its JSON: at most 10 MB.
    pub json: Payload,
}

impl UploadFlowJson {
    /// A Flow and its JSON.
    pub fn new(flow_id: impl Into<FlowId>, json: Payload) -> Self {
        Self { flow_id: flow_id.into(), json }
    }
}

impl Endpoint for UploadFlowJson {
    type Response = UploadedFlowJson;
    const OPERATION: &'static str = "upload flow json";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        let length = self.json.length();
        if length == 0 || length > LARGEST_JSON {
            found.add("file", format!("1 to {LARGEST_JSON} bytes, found {length}"));
        }
        let request = call::request::<Self>(&[("flow_id", &self.flow_id)], &[], found)?;
        Ok(request.with_form(vec![
            Part::text("name", "flow.json"),
            Part::text("asset_type", "FLOW_JSON"),
            Part::file("file", self.json.clone(), "flow.json", "application/json"),
        ]))
    }
}

impl Operation for UploadFlowJson {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Flow-ID}/assets";
    type Body = ();
}

impl fmt::Debug for UploadFlowJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadFlowJson").field("json", &self.json).finish_non_exhaustive()
    }
}

object! {
    /// What became of a Flow's JSON.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::UploadedFlowJson;
    ///
    /// let uploaded: UploadedFlowJson = serde_json::from_str(
    ///     r#"{"success":true,"validation_errors":[{"error":"INVALID_PROPERTY_VALUE",
    ///         "line_start":10}]}"#,
    /// )?;
    /// assert!(uploaded.success, "it is kept, though it has an error");
    /// assert_eq!(uploaded.validation_errors[0].line_start, Some(10));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UploadedFlowJson {
        /// That it was taken.
        pub success: bool = "success",
        /// What is wrong in it. With errors the Flow cannot be published.
        pub validation_errors: Vec<FlowProblem> = "validation_errors",
    }
}

object! {
    /// A file of a Flow.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::FlowAsset;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<FlowAsset> = serde_json::from_str(
    ///     r#"{"data":[{"name":"flow.json","asset_type":"FLOW_JSON",
    ///         "download_url":"https://scontent.xx.fbcdn.net/m1/v/t0"}]}"#,
    /// )?;
    /// assert_eq!(
    ///     (page.data[0].name.as_str(), page.data[0].asset_type.as_deref()),
    ///     ("flow.json", Some("FLOW_JSON")),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowAsset {
        /// What it is called: `flow.json`.
        pub name: String = "name",
        /// What it is: `FLOW_JSON`.
        pub asset_type: Option<String> = "asset_type",
        /// Where it can be fetched for a while, without a token. Not to be logged.
        pub download_url: Option<String> = "download_url",
    }
}

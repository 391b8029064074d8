//! How a solution ends: one side asks for it, the other agrees or does not.

use crate::api::call::call;
use crate::api::solutions::Solution;
use crate::id::NodeId;
use crate::wire::object;

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
    /// Why a solution should end.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{Deactivation, RequestDeactivation};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let why: Deactivation = serde_json::from_str(r#"{"reason":"The contract ended"}"#)?;
    /// assert!(RequestDeactivation::new("795033096057724", why).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::RequestedDeactivation;
    ///
    /// let asked: RequestedDeactivation = serde_json::from_str(
    ///     r#"{"success":true,"request_id":"1234567890"}"#,
    /// )?;
    /// assert_eq!(asked.request_id.as_deref(), Some("1234567890"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::DeactivationRejection;
    ///
    /// assert_eq!(
    ///     serde_json::to_string(&DeactivationRejection::yes())?,
    ///     r#"{"reject_deactivation_request":true}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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

//! How an app becomes a partner, or does not.

use crate::api::call::call;
use crate::api::solutions::PartnerStatus;
use crate::id::{AppId, NodeId};
use crate::wire::{object, open_enum};

call! {
    /// Becomes the partner that a solution was made for.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{AcceptSolution, Acceptance};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let acceptance =
    ///     Acceptance { partner_app_id: "9876543210987654".into(), ..Acceptance::default() };
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
    /// let mut rejection =
    ///     Rejection { request_type: SolutionRequest::Partnership, ..Rejection::default() };
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

object! {
    /// Who becomes a partner.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::Acceptance;
    ///
    /// let acceptance =
    ///     Acceptance { partner_app_id: "9876543210987654".into(), ..Acceptance::default() };
    /// let json = serde_json::to_string(&acceptance)?;
    /// assert_eq!(json, r#"{"partner_app_id":"9876543210987654"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{AcceptedSolution, PartnerStatus};
    ///
    /// let accepted: AcceptedSolution = serde_json::from_str(
    ///     r#"{"solution_id":"795033096057724","partner_status":"ACCEPTED","success":true}"#,
    /// )?;
    /// assert_eq!(accepted.partner_status, Some(PartnerStatus::Accepted));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{RejectSolution, Rejection};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let rejection: Rejection = serde_json::from_str(
    ///     r#"{"request_type":"DEACTIVATION_REQUEST",
    ///         "rejection_reason":"Clients are served still"}"#,
    /// )?;
    /// assert!(RejectSolution::new("795033096057724", rejection).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{RejectedSolution, SolutionRequest};
    ///
    /// let rejected: RejectedSolution = serde_json::from_str(
    ///     r#"{"success":true,"solution_id":"795033096057724",
    ///         "rejected_request_type":"PARTNERSHIP_REQUEST"}"#,
    /// )?;
    /// assert_eq!(rejected.rejected_request_type, Some(SolutionRequest::Partnership));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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

open_enum! {
    /// What is asked for about a solution.
    ///
    /// ```
    /// use whatsapp_cloud::api::solutions::{Rejection, SolutionRequest};
    ///
    /// let rejection: Rejection = serde_json::from_str(
    ///     r#"{"request_type":"PARTNERSHIP_REQUEST"}"#,
    /// )?;
    /// assert_eq!(rejection.request_type, SolutionRequest::Partnership);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    SolutionRequest {
        /// To become a partner.
        Partnership = "PARTNERSHIP_REQUEST",
        /// To end it.
        Deactivation = "DEACTIVATION_REQUEST",
    }
}

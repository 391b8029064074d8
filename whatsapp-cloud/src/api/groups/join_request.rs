//! Those who asked to come into a group.

use crate::api::call::call;
use crate::id::{GroupId, UserId};
use crate::wire::{GraphError, Page, WhatsApp, object};

call! {
    /// Asks who wants to come in.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::ListJoinRequests;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListJoinRequests::new("Y2FwaV9ncm91cDox");
    /// assert_eq!(call.request()?.target()?, "Y2FwaV9ncm91cDox/join_requests");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListJoinRequests -> Page<JoinRequest> = "list join requests", idempotent;
    get "/{group_id}/join_requests" {
        /// The group.
        group_id: GroupId,
    }
    paged {}
}

call! {
    /// Lets people in. Where some can come and others cannot, Meta lets in those who can.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{ApproveJoinRequests, JoinRequestIds};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let ids =
    ///     JoinRequestIds { join_requests: vec!["MTY0Njcw".to_owned()], ..Default::default() };
    /// assert!(ApproveJoinRequests::new("Y2FwaV9ncm91cDox", ids).request().is_ok());
    ///
    /// let nobody = JoinRequestIds::default();
    /// assert!(ApproveJoinRequests::new("Y2FwaV9ncm91cDox", nobody).request().is_err());
    /// ```
    pub struct ApproveJoinRequests -> JoinRequestDecision = "approve join requests", idempotent;
    post "/{group_id}/join_requests" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// Whose.
        ids: JoinRequestIds
    }
}

call! {
    /// Keeps people out. They may ask again.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/reference>
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{JoinRequestIds, RejectJoinRequests};
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let ids =
    ///     JoinRequestIds { join_requests: vec!["MTY0Njcw".to_owned()], ..Default::default() };
    /// let call = RejectJoinRequests::new("Y2FwaV9ncm91cDox", ids);
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct RejectJoinRequests -> JoinRequestDecision = "reject join requests", idempotent;
    delete "/{group_id}/join_requests" {
        /// The group.
        group_id: GroupId,
    }
    body {
        /// Whose.
        ids: JoinRequestIds
    }
}

object! {
    /// Somebody who wants to come into a group.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{ApproveJoinRequests, JoinRequest, JoinRequestIds};
    /// use whatsapp_cloud::endpoint::Endpoint;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<JoinRequest> = serde_json::from_str(
    ///     r#"{"data":[{"join_request_id":"MTY0NjcwNDM1OTU6","wa_id":"16505551234",
    ///         "creation_timestamp":1755548877}]}"#,
    /// )?;
    /// let all = JoinRequestIds {
    ///     join_requests: page.data.into_iter().map(|request| request.join_request_id).collect(),
    ///     ..JoinRequestIds::default()
    /// };
    /// assert!(ApproveJoinRequests::new("Y2FwaV9ncm91cDox", all).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct JoinRequest {
        /// What to approve or reject.
        pub join_request_id: String = "join_request_id",
        /// The phone number, as digits.
        pub wa_id: Option<String> = "wa_id",
        /// The business-scoped user id.
        pub user_id: Option<UserId> = "user_id",
        /// When it was asked, in unix seconds.
        pub creation_timestamp: Option<i64> = "creation_timestamp",
    }
}

object! {
    /// Which requests are decided on.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{JoinRequestIds, RejectJoinRequests};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let nobody = RejectJoinRequests::new("Y2FwaV9ncm91cDox", JoinRequestIds::default());
    /// assert!(nobody.request().is_err());
    /// ```
    pub struct JoinRequestIds {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Their ids: 1 or more.
        pub join_requests: Vec<String> = "join_requests",
    }
    check |ids, found| {
        if ids.join_requests.is_empty() {
            found.add("join_requests", "1 id or more, found 0");
        }
        for (index, id) in ids.join_requests.iter().enumerate() {
            if id.is_empty() {
                found.add(format!("join_requests[{index}]"), "an id, found none");
            }
        }
    }
}

object! {
    /// What became of a decision.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::JoinRequestDecision;
    ///
    /// let decision: JoinRequestDecision = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","approved_join_requests":["MTY0NjcwNDM1OTU6"]}"#,
    /// )?;
    /// assert_eq!(decision.approved_join_requests, ["MTY0NjcwNDM1OTU6"]);
    /// assert!(decision.failed_join_requests.is_empty());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct JoinRequestDecision {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Who came in.
        pub approved_join_requests: Vec<String> = "approved_join_requests",
        /// Who was kept out.
        pub rejected_join_requests: Vec<String> = "rejected_join_requests",
        /// For whom it did not work.
        pub failed_join_requests: Vec<JoinRequestFailure> = "failed_join_requests",
        /// Why it did not work as a whole.
        pub errors: Vec<GraphError> = "errors",
    }
}

object! {
    /// A request for which it did not work.
    ///
    /// ```
    /// use whatsapp_cloud::api::groups::{JoinRequestDecision, JoinRequestFailure};
    ///
    /// let decision: JoinRequestDecision = serde_json::from_str(
    ///     r#"{"failed_join_requests":[{"join_request_id":"MTY0NjcwNDM1OTU6",
    ///         "errors":[{"code":131203}]}]}"#,
    /// )?;
    /// let JoinRequestFailure { join_request_id, errors, .. } = &decision.failed_join_requests[0];
    /// assert_eq!((join_request_id.as_str(), errors[0].code), ("MTY0NjcwNDM1OTU6", 131_203));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct JoinRequestFailure {
        /// The request.
        pub join_request_id: String = "join_request_id",
        /// Why.
        pub errors: Vec<GraphError> = "errors",
    }
}

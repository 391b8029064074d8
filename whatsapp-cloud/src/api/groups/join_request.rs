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
    query {
        /// How many on a page.
        limit: Option<u32> = "limit",
        /// What is behind it: [`Page::next`].
        after: Option<String> = "after",
        /// What is before it.
        before: Option<String> = "before",
    }
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
    /// let ids = JoinRequestIds { join_requests: vec!["MTY0Njcw".to_owned()], ..Default::default() };
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
    /// let ids = JoinRequestIds { join_requests: vec!["MTY0Njcw".to_owned()], ..Default::default() };
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
    pub struct JoinRequestFailure {
        /// The request.
        pub join_request_id: String = "join_request_id",
        /// Why.
        pub errors: Vec<GraphError> = "errors",
    }
}

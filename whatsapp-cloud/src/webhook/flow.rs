//! What happens to Flows, the forms in a chat: `flows`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What happened to a Flow.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, FlowEvent, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"flows","value":{
    ///     "event":"ENDPOINT_LATENCY","p90_latency":8000}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Flow(flow) = event.kind else { return Err("it is another") };
    /// assert_eq!(flow.event, Some(FlowEvent::EndpointLatency));
    /// # Ok::<(), &str>(())
    /// ```
    FlowEvent {
        /// Its status changed: [`FlowUpdate::new_status`].
        StatusChange = "FLOW_STATUS_CHANGE",
        /// It fails too often on customers' devices, or does so no longer.
        ClientErrorRate = "CLIENT_ERROR_RATE",
        /// Your endpoint fails too often, or does so no longer.
        EndpointErrorRate = "ENDPOINT_ERROR_RATE",
        /// Your endpoint is too slow, or is so no longer.
        EndpointLatency = "ENDPOINT_LATENCY",
        /// Your endpoint is too often away, or is so no longer.
        EndpointAvailability = "ENDPOINT_AVAILABILITY",
        /// Its version can soon no longer be sent: [`FlowUpdate::warning`].
        VersionExpiryWarning = "FLOW_VERSION_EXPIRY_WARNING",
    }
}

words! {
    /// What may be done with a Flow.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, FlowStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"flows","value":{
    ///     "event":"FLOW_STATUS_CHANGE","new_status":"BLOCKED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Flow(flow) = event.kind else { return Err("it is another") };
    /// assert_eq!(flow.new_status, Some(FlowStatus::Blocked));
    /// # Ok::<(), &str>(())
    /// ```
    FlowStatus {
        /// It can be changed and tried out.
        Draft = "DRAFT",
        /// It can be sent.
        Published = "PUBLISHED",
        /// You have withdrawn it.
        Deprecated = "DEPRECATED",
        /// Ten messages an hour: something is wrong with it.
        Throttled = "THROTTLED",
        /// It cannot be sent: something is very wrong with it.
        Blocked = "BLOCKED",
    }
}

words! {
    /// Whether an alert begins or ends.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, FlowAlertState, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"flows","value":{
    ///     "event":"ENDPOINT_AVAILABILITY","alert_state":"DEACTIVATED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Flow(flow) = event.kind else { return Err("it is another") };
    /// assert_eq!(flow.alert_state, Some(FlowAlertState::Deactivated), "it is well again");
    /// # Ok::<(), &str>(())
    /// ```
    FlowAlertState {
        /// The threshold was crossed.
        Activated = "ACTIVATED",
        /// All is well again.
        Deactivated = "DEACTIVATED",
    }
}

element! {
    /// A Flow was published, throttled or blocked, or its endpoint is unwell or well again.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowswebhooks>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/flow-client-error-rate.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, FlowStatus, FlowUpdate, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"flows","value":{
    ///     "event":"FLOW_STATUS_CHANGE","flow_id":"6627390910605886","old_status":"DRAFT",
    ///     "new_status":"PUBLISHED"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Flow(flow) = event.kind else { return Err("it is another") };
    /// let FlowUpdate { old_status, new_status, .. } = *flow;
    /// assert_eq!(
    ///     (old_status, new_status),
    ///     (Some(FlowStatus::Draft), Some(FlowStatus::Published)),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct FlowUpdate<'a> {
        /// What happened.
        pub event: Option<FlowEvent> = "event",
        /// The same as a sentence.
        pub message: Option<Text<'a>> = "message",
        /// The Flow.
        pub flow_id: Option<Text<'a>> = "flow_id",
        /// Its status before. None when it is new.
        pub old_status: Option<FlowStatus> = "old_status",
        /// Its status now.
        pub new_status: Option<FlowStatus> = "new_status",
        /// What will happen unless you do something, as a sentence.
        pub warning: Option<Text<'a>> = "warning",
        /// How many requests of a hundred fail.
        pub error_rate: Option<f64> = "error_rate",
        /// How fast half of the requests are answered, in milliseconds.
        pub p50_latency: Option<i64> = "p50_latency",
        /// How fast nine of ten requests are answered, in milliseconds.
        pub p90_latency: Option<i64> = "p90_latency",
        /// How many requests that was measured with.
        pub requests_count: Option<i64> = "requests_count",
        /// How many requests of a hundred are answered at all.
        pub availability: Option<f64> = "availability",
        /// What it is measured against: a percentage, or milliseconds.
        pub threshold: Option<f64> = "threshold",
        /// Whether the threshold was crossed, or all is well again.
        pub alert_state: Option<FlowAlertState> = "alert_state",
        /// What fails, and how often. These have no code as Meta's other errors do.
        pub errors: Vec<FlowError<'a>> = "errors",
    }
}

record! {
    /// What fails in a Flow, and how often.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, FlowError, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"flows","value":{
    ///     "event":"ENDPOINT_ERROR_RATE","errors":[{"error_type":"TIMEOUT",
    ///     "error_rate":66.6,"error_count":2}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Flow(flow) = event.kind else { return Err("it is another") };
    /// let FlowError { error_type, error_count, .. } = &flow.errors[0];
    /// assert_eq!((error_type.as_ref().unwrap().as_str(), *error_count), ("TIMEOUT", Some(2)));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct FlowError<'a> {
        /// What: `INVALID_SCREEN_TRANSITION`, `PUBLIC_KEY_MISSING`, …
        pub error_type: Option<Text<'a>> = "error_type",
        /// Of a hundred errors, how many are this one.
        pub error_rate: Option<f64> = "error_rate",
        /// How many there were.
        pub error_count: Option<i64> = "error_count",
    }
}

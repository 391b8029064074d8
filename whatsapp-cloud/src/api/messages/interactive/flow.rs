//! A button that starts a Flow.

use serde_json::Value;

use crate::id::FlowId;
use crate::wire::{object, open_enum};

/// How a call of a Flow is written.
const VERSION: &str = "3";

object! {
    /// A button that starts a Flow: by id or by name, never both.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{FlowCall, Message};
    ///
    /// let flow = FlowCall::new("1009394080257936", "Book!").with_token("a token of ours");
    /// let message = Message::flow("+16505551234", "Would you like an appointment?", flow);
    /// let json = serde_json::to_value(&message)?;
    /// assert_eq!(json["interactive"]["action"]["parameters"]["flow_cta"], "Book!");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FlowCall {
        /// How it is written: `3`.
        pub flow_message_version: String = "flow_message_version",
        /// The Flow.
        pub flow_id: Option<FlowId> = "flow_id",
        /// The Flow's name, instead of its id.
        pub flow_name: Option<String> = "flow_name",
        /// What stands on the button; Meta advises at most 30 characters, and no emoji.
        pub flow_cta: String = "flow_cta",
        /// What comes back with the answer; Meta says `unused` where there is none.
        pub flow_token: Option<String> = "flow_token",
        /// Whether it is still a draft; none is published.
        pub mode: Option<FlowMode> = "mode",
        /// How it begins; none is by a screen.
        pub flow_action: Option<FlowStep> = "flow_action",
        /// Where it begins, and with what.
        pub flow_action_payload: Option<FlowPayload> = "flow_action_payload",
    }
    check |flow, found| {
        if flow.flow_message_version != VERSION {
            found.add("flow_message_version", "the version 3, found none or another");
        }
        match (&flow.flow_id, &flow.flow_name) {
            (Some(id), None) => found.numeric_id("flow_id", id.as_str()),
            (None, Some(name)) if name.is_empty() => found.add("flow_name", "a name, found none"),
            (None, Some(_)) => {}
            (None, None) => found.say("flow_id or flow_name, found none"),
            (Some(_), Some(_)) => found.say("flow_id or flow_name, found both"),
        }
        if flow.flow_cta.is_empty() {
            found.add("flow_cta", "a text for the button, found none");
        }
        if flow.flow_action == Some(FlowStep::DataExchange) && flow.flow_action_payload.is_some() {
            found.add("flow_action_payload", "only where flow_action is navigate");
        }
    }
}

open_enum! {
    /// Whether a Flow is still a draft.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{FlowCall, FlowMode};
    ///
    /// let mut flow = FlowCall::new("1009394080257936", "Book!");
    /// flow.mode = Some(FlowMode::Draft);
    /// assert_eq!(serde_json::to_value(&flow)?["mode"], "draft");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    FlowMode {
        /// It can be tried, by those who made it.
        Draft = "draft",
        /// It is published.
        Published = "published",
    }
}

open_enum! {
    /// How a Flow begins.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{FlowCall, FlowStep};
    ///
    /// let flow = FlowCall::new("1009394080257936", "Book!");
    /// let flow = flow.on_screen("WELCOME", serde_json::json!({"name": "Ana"}));
    /// assert_eq!(flow.flow_action, Some(FlowStep::Navigate));
    /// ```
    FlowStep {
        /// By a screen that the message names.
        Navigate = "navigate",
        /// By asking the business's endpoint.
        DataExchange = "data_exchange",
    }
}

object! {
    /// Where a Flow begins, and with what.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{FlowCall, FlowPayload};
    ///
    /// let flow = FlowCall::new("1009394080257936", "Book!");
    /// let flow = flow.on_screen("WELCOME", serde_json::json!({"name": "Ana"}));
    /// let FlowPayload { screen, data, .. } = flow.flow_action_payload.unwrap();
    /// assert_eq!((screen.as_deref(), data["name"].as_str()), (Some("WELCOME"), Some("Ana")));
    /// ```
    pub struct FlowPayload {
        /// The first screen.
        pub screen: Option<String> = "screen",
        /// What it is given. Meta's text says an object that is not empty; an example has it
        /// as a text of JSON.
        pub data: Value = "data",
    }
    check |payload, found| {
        if payload.data.as_object().is_some_and(serde_json::Map::is_empty) {
            found.add("data", "something, found an empty object");
        }
    }
}

impl FlowCall {
    /// A published Flow, and what stands on the button.
    pub fn new(flow: impl Into<FlowId>, cta: impl Into<String>) -> Self {
        Self {
            flow_message_version: VERSION.to_owned(),
            flow_id: Some(flow.into()),
            flow_cta: cta.into(),
            ..Self::default()
        }
    }

    /// What comes back with the answer.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.flow_token = Some(token.into());
        self
    }

    /// Begins with this screen, which is given `data`.
    #[must_use]
    pub fn on_screen(mut self, screen: impl Into<String>, data: Value) -> Self {
        self.flow_action = Some(FlowStep::Navigate);
        let screen = Some(screen.into());
        self.flow_action_payload = Some(FlowPayload { screen, data, ..FlowPayload::default() });
        self
    }
}

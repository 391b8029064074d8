//! Whether messages can be sent, and what stands in the way.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/health-status>

use crate::api::call::call;
use crate::id::NodeId;
use crate::wire::{object, open_enum};

call! {
    /// Asks for the health of a phone number, account, template, app or business, and of all
    /// it depends on.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::GetHealthStatus;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetHealthStatus::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922?fields=health_status");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetHealthStatus -> NodeHealth = "get health status", idempotent;
    get "/{Node-ID}" {
        /// The phone number, account, template, app or business.
        node_id: NodeId,
    }
    always { "fields" = "health_status" }
}

object! {
    /// The health of what was asked about.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::{CanSend, NodeHealth};
    ///
    /// let node: NodeHealth = serde_json::from_str(
    ///     r#"{"id":"106540352242922","health_status":{"can_send_message":"AVAILABLE"}}"#,
    /// )?;
    /// assert_eq!(node.health_status.unwrap().can_send_message, Some(CanSend::Available));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NodeHealth {
        /// What was asked about.
        pub id: Option<NodeId> = "id",
        /// Its health.
        pub health_status: Option<HealthStatus> = "health_status",
    }
}

object! {
    /// Whether messages can be sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::{CanSend, HealthStatus};
    ///
    /// let health: HealthStatus = serde_json::from_str(r#"{"can_send_message":"LIMITED"}"#)?;
    /// assert_eq!(health.can_send_message, Some(CanSend::Limited));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HealthStatus {
        /// Whether messages can be sent: no more than the worst of the entities allows.
        pub can_send_message: Option<CanSend> = "can_send_message",
        /// All that takes part in sending.
        pub entities: Vec<EntityHealth> = "entities",
    }
}

object! {
    /// The health of one of those who take part in sending.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::{CanSend, EntityHealth, HealthEntity, HealthStatus};
    ///
    /// let health: HealthStatus = serde_json::from_str(
    ///     r#"{"can_send_message":"LIMITED","entities":[{"entity_type":"WABA",
    ///     "id":"102290129340398","can_send_message":"LIMITED"}]}"#,
    /// )?;
    /// let in_the_way =
    ///     |entity: &&EntityHealth| entity.can_send_message != Some(CanSend::Available);
    /// let first = health.entities.iter().find(in_the_way).unwrap();
    /// assert_eq!(first.entity_type, Some(HealthEntity::Account));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct EntityHealth {
        /// What it is.
        pub entity_type: Option<HealthEntity> = "entity_type",
        /// Its id.
        pub id: Option<NodeId> = "id",
        /// Whether it lets messages be sent.
        pub can_send_message: Option<CanSend> = "can_send_message",
        /// Whether calls reach it by SIP.
        pub can_receive_call_sip: Option<CanSend> = "can_receive_call_sip",
        /// What limits it, in words.
        pub additional_info: Vec<String> = "additional_info",
        /// What blocks it.
        pub errors: Vec<HealthError> = "errors",
    }
}

object! {
    /// What blocks sending.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::{EntityHealth, HealthError};
    ///
    /// let entity: EntityHealth = serde_json::from_str(
    ///     r#"{"entity_type":"WABA","can_send_message":"BLOCKED","errors":[{"error_code":141006,
    ///         "error_description":"There is an error with the payment method."}]}"#,
    /// )?;
    /// let HealthError { error_code, .. } = &entity.errors[0];
    /// assert_eq!(*error_code, Some(141_006));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HealthError {
        /// Meta's number for it.
        pub error_code: Option<i64> = "error_code",
        /// What is wrong.
        pub error_description: Option<String> = "error_description",
        /// What could be done.
        pub possible_solution: Option<String> = "possible_solution",
    }
}

open_enum! {
    /// Whether messages can be sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::{CanSend, HealthStatus};
    ///
    /// let health: HealthStatus = serde_json::from_str(r#"{"can_send_message":"BLOCKED"}"#)?;
    /// assert_eq!(health.can_send_message, Some(CanSend::Blocked));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    CanSend {
        /// They can.
        Available = "AVAILABLE",
        /// They can, within limits.
        Limited = "LIMITED",
        /// They cannot.
        Blocked = "BLOCKED",
    }
}

open_enum! {
    /// Who takes part in sending.
    ///
    /// ```
    /// use whatsapp_cloud::api::health::{EntityHealth, HealthEntity};
    ///
    /// let entity: EntityHealth = serde_json::from_str(
    ///     r#"{"entity_type":"MESSAGE_TEMPLATE","id":"1421988012088524"}"#,
    /// )?;
    /// assert_eq!(entity.entity_type, Some(HealthEntity::Template));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    HealthEntity {
        /// The phone number.
        PhoneNumber = "PHONE_NUMBER",
        /// The account.
        Account = "WABA",
        /// The business portfolio.
        Business = "BUSINESS",
        /// The app.
        App = "APP",
        /// The template.
        Template = "MESSAGE_TEMPLATE",
    }
}

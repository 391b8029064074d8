//! Copying Flows from one account to another.

use crate::api::call::call;
use crate::id::{AccountId, FlowId};
use crate::wire::object;

call! {
    /// Copies Flows of another account of the same business, with their names.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi#migrate>
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowMigration, MigrateFlows};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let from = FlowMigration { source_waba_id: "104996122399160".into(), ..Default::default() };
    /// let call = MigrateFlows::new("102290129340398", from);
    /// assert_eq!(call.request()?.target()?, "102290129340398/migrate_flows");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct MigrateFlows -> MigratedFlows = "migrate flows", once;
    post "/{WABA-ID}/migrate_flows" {
        /// The account they go to.
        account_id: AccountId,
    }
    body {
        /// Which.
        from: FlowMigration
    }
}

object! {
    /// Which Flows are copied.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{FlowMigration, MigrateFlows};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let all =
    ///     FlowMigration { source_waba_id: "104996122399160".into(), ..FlowMigration::default() };
    /// let call = MigrateFlows::new("102290129340398", all);
    /// assert_eq!(call.request()?.target()?, "102290129340398/migrate_flows");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct FlowMigration {
        /// The account they come from.
        pub source_waba_id: AccountId = "source_waba_id",
        /// Their names; none stands for all of that account.
        pub source_flow_names: Vec<String> = "source_flow_names",
    }
    check |from, found| {
        found.numeric_id("source_waba_id", from.source_waba_id.as_str());
    }
}

object! {
    /// What became of the copies.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::MigratedFlows;
    ///
    /// let copies: MigratedFlows = serde_json::from_str(
    ///     r#"{"migrated_flows":[{"source_name":"appointment","source_id":"1234",
    ///         "migrated_id":"5678"}],"failed_flows":[]}"#,
    /// )?;
    /// assert!(copies.failed_flows.is_empty());
    /// assert_eq!(copies.migrated_flows[0].migrated_id.as_str(), "5678");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MigratedFlows {
        /// Those that were made.
        pub migrated_flows: Vec<MigratedFlow> = "migrated_flows",
        /// Those that were not.
        pub failed_flows: Vec<UnmigratedFlow> = "failed_flows",
    }
}

object! {
    /// A Flow that was copied.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{MigratedFlow, MigratedFlows};
    ///
    /// let copies: MigratedFlows = serde_json::from_str(
    ///     r#"{"migrated_flows":[{"source_id":"1234","migrated_id":"5678"}]}"#,
    /// )?;
    /// let MigratedFlow { source_id, migrated_id, .. } = &copies.migrated_flows[0];
    /// assert_ne!(source_id.as_ref(), Some(migrated_id), "the copy has an id of its own");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MigratedFlow {
        /// Its name, in both accounts.
        pub source_name: Option<String> = "source_name",
        /// Its id where it came from.
        pub source_id: Option<FlowId> = "source_id",
        /// The copy's id.
        pub migrated_id: FlowId = "migrated_id",
    }
}

object! {
    /// A Flow that was not copied.
    ///
    /// ```
    /// use whatsapp_cloud::api::flows::{MigratedFlows, UnmigratedFlow};
    ///
    /// let copies: MigratedFlows = serde_json::from_str(
    ///     r#"{"failed_flows":[{"source_name":"sign-up","error_code":"4233041",
    ///         "error_message":"Flows Migration Error"}]}"#,
    /// )?;
    /// let UnmigratedFlow { source_name, error_code, .. } = &copies.failed_flows[0];
    /// assert_eq!(
    ///     (source_name.as_deref(), error_code.as_deref()),
    ///     (Some("sign-up"), Some("4233041")),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UnmigratedFlow {
        /// Its name.
        pub source_name: Option<String> = "source_name",
        /// Meta's number of the error.
        pub error_code: Option<String> = "error_code",
        /// What is wrong, in Meta's words.
        pub error_message: Option<String> = "error_message",
    }
}

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
    pub struct MigratedFlows {
        /// Those that were made.
        pub migrated_flows: Vec<MigratedFlow> = "migrated_flows",
        /// Those that were not.
        pub failed_flows: Vec<UnmigratedFlow> = "failed_flows",
    }
}

object! {
    /// A Flow that was copied.
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
    pub struct UnmigratedFlow {
        /// Its name.
        pub source_name: Option<String> = "source_name",
        /// Meta's number of the error.
        pub error_code: Option<String> = "error_code",
        /// What is wrong, in Meta's words.
        pub error_message: Option<String> = "error_message",
    }
}

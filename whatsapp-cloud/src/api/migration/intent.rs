//! That an account goes over to another solution, and how that stands.

use crate::api::call::call;
use crate::id::{AccountId, NodeId};
use crate::wire::{object, open_enum};

/// The most characters of a reason.
pub(super) const LONGEST_REASON: usize = 500;

call! {
    /// Says that an account goes over to another solution.
    ///
    /// Undescribed by Meta's pages but for its name; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{MigrationIntent, MigrationStep, SetMigrationIntent};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let intent = MigrationIntent {
    ///     solution_id: "1234567890123456".into(),
    ///     migration_intent: MigrationStep::Initiate,
    ///     target_solution_id: Some("2345678901234567".into()),
    ///     ..MigrationIntent::default()
    /// };
    /// let call = SetMigrationIntent::new("102290129340398", intent);
    /// assert_eq!(call.request()?.target()?, "102290129340398/set_solution_migration_intent");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SetMigrationIntent -> SetIntent = "set migration intent", once;
    post "/{WABA-ID}/set_solution_migration_intent" {
        /// The account.
        account: AccountId,
    }
    body {
        /// Where it goes.
        intent: MigrationIntent
    }
}

call! {
    /// Asks how far a migration is.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/support/migrating-customers-off-solutions-via-embedded-signup>
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::GetMigrationIntent;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// assert_eq!(
    ///     GetMigrationIntent::new("1234567890123456").request()?.target()?,
    ///     "1234567890123456"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetMigrationIntent -> Migration = "get migration intent", idempotent;
    get "/{Migration-Intent-ID}" {
        /// The intent.
        intent: NodeId,
    }
    query {
        /// What to tell of it, as [`Migration`] calls it.
        fields: Vec<String> = "fields",
    }
}

object! {
    /// That an account goes over to another solution.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{MigrationIntent, MigrationStep};
    ///
    /// let intent = MigrationIntent {
    ///     solution_id: "795033096057724".into(),
    ///     migration_intent: MigrationStep::Cancel,
    ///     ..MigrationIntent::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&intent)?,
    ///     r#"{"solution_id":"795033096057724","migration_intent":"CANCEL_MIGRATION"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MigrationIntent {
        /// The solution it is about.
        pub solution_id: NodeId = "solution_id",
        /// What is to happen.
        pub migration_intent: MigrationStep = "migration_intent",
        /// The solution it goes to; not to cancel.
        pub target_solution_id: Option<NodeId> = "target_solution_id",
        /// Why: at most 500 characters.
        pub migration_reason: Option<String> = "migration_reason",
        /// When: ISO 8601. Needed to schedule it.
        pub scheduled_migration_time: Option<String> = "scheduled_migration_time",
    }
    check |intent, found| {
        found.numeric_id("solution_id", intent.solution_id.as_str());
        if intent.migration_intent.as_str().is_empty() {
            found.add("migration_intent", "what is to happen");
        }
        if let Some(target) = &intent.target_solution_id {
            found.numeric_id("target_solution_id", target.as_str());
        }
        if let Some(reason) = &intent.migration_reason {
            found.length("migration_reason", reason, 0, LONGEST_REASON);
        }
        if intent.migration_intent == MigrationStep::Schedule
            && intent.scheduled_migration_time.is_none()
        {
            found.add("scheduled_migration_time", "the time it is scheduled for");
        }
    }
}

object! {
    /// What became of an intent to migrate.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{IntentStatus, SetIntent};
    ///
    /// let set: SetIntent = serde_json::from_str(
    ///     r#"{"success":true,"migration_intent_id":"1234567890","status":"SCHEDULED"}"#,
    /// )?;
    /// assert_eq!(set.status, Some(IntentStatus::Scheduled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SetIntent {
        /// Whether it was taken.
        pub success: bool = "success",
        /// Its id, for [`GetMigrationIntent`].
        pub migration_intent_id: NodeId = "migration_intent_id",
        /// How it stands.
        pub status: Option<IntentStatus> = "status",
        /// When it should be done: ISO 8601.
        pub estimated_completion_time: Option<String> = "estimated_completion_time",
    }
}

object! {
    /// A migration.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{Migration, MigrationStatus};
    ///
    /// let migration: Migration = serde_json::from_str(
    ///     r#"{"id":"1234567890","status":"COMPLETED"}"#,
    /// )?;
    /// assert_eq!(migration.status, Some(MigrationStatus::Completed));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Migration {
        /// The id of its intent.
        pub id: NodeId = "id",
        /// How far it is.
        pub status: Option<MigrationStatus> = "status",
    }
}

open_enum! {
    /// A step of a migration.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{MigrationIntent, MigrationStep};
    ///
    /// let intent: MigrationIntent = serde_json::from_str(
    ///     r#"{"solution_id":"1","migration_intent":"SCHEDULE_MIGRATION"}"#,
    /// )?;
    /// assert_eq!(intent.migration_intent, MigrationStep::Schedule);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MigrationStep {
        /// To begin.
        Initiate = "INITIATE_MIGRATION",
        /// Not to do it.
        Cancel = "CANCEL_MIGRATION",
        /// To agree to it.
        Confirm = "CONFIRM_MIGRATION",
        /// To do it later.
        Schedule = "SCHEDULE_MIGRATION",
    }
}

open_enum! {
    /// How an intent stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::IntentStatus;
    ///
    /// let is_over = |status: &IntentStatus| {
    ///     matches!(
    ///         status,
    ///         IntentStatus::Rejected | IntentStatus::Completed | IntentStatus::Failed
    ///     )
    /// };
    /// assert!(is_over(&"COMPLETED".into()));
    /// assert!(!is_over(&"IN_PROGRESS".into()));
    /// ```
    IntentStatus {
        /// Somebody has to agree.
        Pending = "PENDING",
        /// All agreed.
        Approved = "APPROVED",
        /// Somebody did not agree.
        Rejected = "REJECTED",
        /// It will be done.
        Scheduled = "SCHEDULED",
        /// It is being done.
        InProgress = "IN_PROGRESS",
        /// It was done.
        Completed = "COMPLETED",
        /// It did not work.
        Failed = "FAILED",
    }
}

open_enum! {
    /// How far a migration is.
    ///
    /// ```
    /// use whatsapp_cloud::api::migration::{Migration, MigrationStatus};
    ///
    /// let migration: Migration = serde_json::from_str(
    ///     r#"{"id":"1234567890","status":"REJECTED"}"#,
    /// )?;
    /// assert_eq!(migration.status, Some(MigrationStatus::Rejected));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MigrationStatus {
        /// It was wanted.
        Initiated = "INITIATED",
        /// It was agreed to.
        Accepted = "ACCEPTED",
        /// It was done.
        Completed = "COMPLETED",
        /// It was not agreed to.
        Rejected = "REJECTED",
    }
}

//! Accounts that go over to another solution or partner: intents to do so, and how they stand.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/support/migrating-customers-off-solutions-via-embedded-signup>

mod intent;
mod mobility;

pub use intent::{
    GetMigrationIntent, IntentStatus, Migration, MigrationIntent, MigrationStatus, MigrationStep,
    SetIntent, SetMigrationIntent,
};
pub use mobility::{
    CreateMobilityIntent, CreatedMobility, GetMobilityIntent, ListOnBehalfRequests, Mobility,
    MobilityIntent, MobilitySetting, MobilityStatus, MobilityStep, OnBehalfRequest, OnBehalfStatus,
    SetMobility, SetMobilityIntent,
};

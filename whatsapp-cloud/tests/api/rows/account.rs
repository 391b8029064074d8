use whatsapp_cloud::api::account::{GetAccount, ListActivities, UpdateAccount};
use whatsapp_cloud::api::migration::{
    CreateMobilityIntent, GetMigrationIntent, GetMobilityIntent, ListOnBehalfRequests,
    SetMigrationIntent, SetMobilityIntent,
};
use whatsapp_cloud::api::payment_configurations::{
    CreatePaymentConfiguration, GetPaymentConfiguration, LinkPayments, ListPaymentConfigurations,
    RemovePaymentConfiguration, UpdatePaymentConfiguration,
};
use whatsapp_cloud::api::schedules::{CreateSchedule, ListSchedules};
use whatsapp_cloud::api::users::{AssignUser, ListAssignedAccounts, ListAssignedUsers, RemoveUser};

use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row::<GetAccount>("api/account/details.rs"),
        row::<UpdateAccount>("api/account/details.rs"),
        row::<ListActivities>("api/account/details.rs"),
        row::<ListAssignedUsers>("api/account/users.rs"),
        row::<AssignUser>("api/account/users.rs"),
        row::<RemoveUser>("api/account/users.rs"),
        row::<ListAssignedAccounts>("api/account/users.rs"),
        row::<ListSchedules>("api/account/schedules.rs"),
        row::<CreateSchedule>("api/account/schedules.rs"),
        row::<SetMigrationIntent>("api/account/migration.rs"),
        row::<GetMigrationIntent>("api/account/migration.rs"),
        row::<CreateMobilityIntent>("api/account/migration.rs"),
        row::<SetMobilityIntent>("api/account/migration.rs"),
        row::<GetMobilityIntent>("api/account/migration.rs"),
        row::<ListOnBehalfRequests>("api/account/migration.rs"),
        row::<ListPaymentConfigurations>("api/account/payments.rs"),
        row::<GetPaymentConfiguration>("api/account/payments.rs"),
        row::<CreatePaymentConfiguration>("api/account/payments.rs"),
        row::<UpdatePaymentConfiguration>("api/account/payments.rs"),
        row::<LinkPayments>("api/account/payments.rs"),
        row::<RemovePaymentConfiguration>("api/account/payments.rs"),
    ]
}

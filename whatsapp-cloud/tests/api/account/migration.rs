use serde_json::{Value, json};
use whatsapp_cloud::api::account::AccountStatus;
use whatsapp_cloud::api::migration::{
    CreateMobilityIntent, CreatedMobility, GetMigrationIntent, GetMobilityIntent, IntentStatus,
    ListOnBehalfRequests, Migration, MigrationIntent, MigrationStatus, MigrationStep, Mobility,
    MobilityIntent, MobilitySetting, MobilityStatus, MobilityStep, OnBehalfRequest, OnBehalfStatus,
    SetIntent, SetMigrationIntent, SetMobility, SetMobilityIntent,
};
use whatsapp_cloud::api::solutions::SolutionStatus;
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

fn scheduled() -> MigrationIntent {
    MigrationIntent {
        solution_id: "1234567890123456".into(),
        migration_intent: MigrationStep::Schedule,
        target_solution_id: Some("2345678901234567".into()),
        scheduled_migration_time: Some("2024-12-01T10:00:00Z".into()),
        migration_reason: Some("Scheduled migration during maintenance window".into()),
        ..Default::default()
    }
}

#[test]
fn a_migration_is_wanted_as_in_metas_file() {
    let body = json!({
        "solution_id": "1234567890123456", "migration_intent": "SCHEDULE_MIGRATION",
        "target_solution_id": "2345678901234567",
        "scheduled_migration_time": "2024-12-01T10:00:00Z",
        "migration_reason": "Scheduled migration during maintenance window",
    });
    let call = SetMigrationIntent::new("1", scheduled());
    assert_sent(&call, Method::Post, "1/set_solution_migration_intent", body);
    assert!(!is_idempotent::<SetMigrationIntent>());

    let set: SetIntent = read(json!({
        "success": true, "migration_intent_id": "migration_intent_987654321",
        "status": "SCHEDULED", "estimated_completion_time": "2024-12-01T10:00:00Z",
    }));
    assert_whole!(set);
    assert_eq!((set.success, set.status), (true, Some(IntentStatus::Scheduled)));
    assert_eq!(set.migration_intent_id.as_str(), "migration_intent_987654321");
}

#[test]
fn a_migration_without_its_parts_is_refused() {
    let with = |change: fn(&mut MigrationIntent)| {
        let mut intent = scheduled();
        change(&mut intent);
        found(&SetMigrationIntent::new("1", intent))
    };
    assert_eq!(
        found(&SetMigrationIntent::new("1", MigrationIntent::default())),
        ["solution_id: an id of digits", "migration_intent: what is to happen"]
    );
    let no_time = with(|it| it.scheduled_migration_time = None);
    assert_eq!(no_time, ["scheduled_migration_time: the time it is scheduled for"]);
    let target = with(|it| it.target_solution_id = Some("x".into()));
    assert_eq!(target, ["target_solution_id: an id of digits"]);
    assert!(with(|it| it.migration_reason = Some("a".repeat(500))).is_empty());
    let long = with(|it| it.migration_reason = Some("a".repeat(501)));
    assert_eq!(long, ["migration_reason: 0 to 500 characters, found 501"]);
    let cancelled = with(|it| {
        it.migration_intent = MigrationStep::Cancel;
        it.target_solution_id = None;
        it.scheduled_migration_time = None;
    });
    assert!(cancelled.is_empty());
}

#[test]
fn a_migration_is_asked_for() {
    let mut call = GetMigrationIntent::new("7");
    call.fields = vec!["status".into()];
    assert_sent(&call, Method::Get, "7?fields=status", Value::Null);
    let migration: Migration = read(json!({"id": "3456789012345678", "status": "COMPLETED"}));
    assert_whole!(migration);
    assert_eq!(migration.status, Some(MigrationStatus::Completed));
}

fn transfer() -> MobilityIntent {
    let metadata = json!({"partner_approval_id": "approval_123456"});
    MobilityIntent {
        solution_id: "2345678901234567".into(),
        intent_type: MobilityStep::InitiateTransfer,
        target_solution_id: Some("3456789012345678".into()),
        mobility_reason: Some("Transferring account management".into()),
        scheduled_execution_time: Some("2024-12-01T10:00:00Z".into()),
        metadata: metadata.as_object().unwrap().clone(),
        ..Default::default()
    }
}

#[test]
fn a_transfer_is_wanted_as_in_metas_file() {
    let body = json!({
        "solution_id": "2345678901234567", "intent_type": "INITIATE_TRANSFER",
        "target_solution_id": "3456789012345678",
        "mobility_reason": "Transferring account management",
        "scheduled_execution_time": "2024-12-01T10:00:00Z",
        "metadata": {"partner_approval_id": "approval_123456"},
    });
    let call = CreateMobilityIntent::new("1", transfer());
    assert_sent(&call, Method::Post, "1/obo_mobility_intent", body);
    assert!(!is_idempotent::<CreateMobilityIntent>());

    let created: CreatedMobility = read(json!({
        "success": true, "mobility_intent_id": "obo_mobility_123456789", "status": "PENDING",
        "estimated_completion_time": "2024-12-01T12:00:00Z", "approval_required": true,
        "next_steps": ["Await partner approval", "Confirm transfer details"],
    }));
    assert_whole!(created);
    assert_eq!(created.status, Some(IntentStatus::Pending));
    assert_eq!((created.approval_required, created.next_steps.len()), (Some(true), 2));
    assert_eq!(created.mobility_intent_id.as_str(), "obo_mobility_123456789");
}

#[test]
fn a_transfer_without_its_parts_is_refused() {
    let with = |change: fn(&mut MobilityIntent)| {
        let mut intent = transfer();
        change(&mut intent);
        found(&CreateMobilityIntent::new("1", intent))
    };
    assert_eq!(
        found(&CreateMobilityIntent::new("1", MobilityIntent::default())),
        ["solution_id: an id of digits", "intent_type: what is to happen"]
    );
    let nowhere = with(|it| it.target_solution_id = None);
    assert_eq!(nowhere, ["target_solution_id: the solution it goes to"]);
    let target = with(|it| it.target_solution_id = Some("x".into()));
    assert_eq!(target, ["target_solution_id: an id of digits"]);
    assert!(with(|it| it.mobility_reason = Some("a".repeat(500))).is_empty());
    let long = with(|it| it.mobility_reason = Some("a".repeat(501)));
    assert_eq!(long, ["mobility_reason: 0 to 500 characters, found 501"]);
}

#[test]
fn an_account_is_connected_with_a_solution() {
    let setting = MobilitySetting {
        waba_id: "1234567890123456".into(),
        solution_id: Some("2345678901234567".into()),
        app_id: Some("3456789012345678".into()),
        actor_id: Some("4567890123456789".into()),
        client_mutation_id: Some("obo_mobility_intent_mutation_456".into()),
        ..Default::default()
    };
    let body = json!({
        "waba_id": "1234567890123456", "solution_id": "2345678901234567",
        "app_id": "3456789012345678", "actor_id": "4567890123456789",
        "client_mutation_id": "obo_mobility_intent_mutation_456",
    });
    let call = SetMobilityIntent::new("1234567890123456", setting);
    assert_sent(&call, Method::Post, "1234567890123456/set_obo_mobility_intent", body);

    let wrong = MobilitySetting {
        solution_id: Some("a".into()),
        app_id: Some("b".into()),
        actor_id: Some("c".into()),
        client_mutation_id: Some("a".repeat(256)),
        ..Default::default()
    };
    assert_eq!(
        found(&SetMobilityIntent::new("1", wrong)),
        [
            "waba_id: an id of digits",
            "solution_id: an id of digits",
            "app_id: an id of digits",
            "actor_id: an id of digits",
            "client_mutation_id: 0 to 255 characters, found 256",
        ]
    );
    let most = MobilitySetting {
        waba_id: "1".into(),
        client_mutation_id: Some("a".repeat(255)),
        ..Default::default()
    };
    assert!(SetMobilityIntent::new("1", most).request().is_ok());

    let set: SetMobility = read(json!({
        "success": true, "intent_id": "obo_intent_987654321", "client_mutation_id": "m",
        "error_msg": "Invalid solution configuration for OBO operations",
    }));
    assert_whole!(set);
    assert_eq!(set.intent_id.unwrap().as_str(), "obo_intent_987654321");
    let failed: SetMobility = read(json!({
        "success": false, "intent_id": null, "client_mutation_id": "m", "error_msg": "Invalid",
    }));
    assert_eq!((failed.success, failed.error_msg.as_deref()), (false, Some("Invalid")));
}

#[test]
fn a_transfer_is_asked_for() {
    let mut call = GetMobilityIntent::new("7");
    call.fields = vec!["waba".into(), "status".into()];
    assert_sent(&call, Method::Get, "7?fields=waba%2Cstatus", Value::Null);

    let mobility: Mobility = read(json!({
        "id": "1234567890123456",
        "waba": {"id": "1234567890123456", "name": "My Business Account", "status": "ACTIVE"},
        "solution": {
            "id": "2345678901234567", "name": "My Business Solution",
            "partner_id": "3456789012345678", "status": "ACTIVE",
        },
        "status": "ACTIVE", "created_time": "2024-01-15T10:30:00Z",
        "updated_time": "2024-01-15T14:45:00Z",
    }));
    assert_whole!(mobility);
    assert_eq!(mobility.status, Some(MobilityStatus::Active));
    assert_eq!(mobility.waba.unwrap().status, Some(AccountStatus::Active));
    let solution = mobility.solution.unwrap();
    assert_eq!(solution.status, Some(SolutionStatus::Active));
    // In this example only: no list of Meta's has it.
    assert_eq!(solution.other.keys().collect::<Vec<_>>(), ["partner_id"]);
}

#[test]
fn requests_on_behalf_of_others_are_asked_for() {
    let mut call = ListOnBehalfRequests::new("1");
    call.fields = vec!["id".into()];
    call.limit = Some(100);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "1/in_progress_onbehalf_request?fields=id&limit=100&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    call.limit = Some(101);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 101"]);

    let page: Page<OnBehalfRequest> = read(json!({
        "data": [{
            "id": "1234567890123456", "status": "IN_PROGRESS",
            "business_owned_object": "9876543210987654",
            "receiving_business": {"id": "5678901234567890", "name": "Partner Business LLC"},
            "requesting_business": {"id": "2345678901234567", "name": "My Business Inc"},
        }],
        "paging": {"cursors": {"after": "a", "before": "b"}},
    }));
    let request = &page.data[0];
    assert_whole!(
        page,
        request,
        request.receiving_business.as_ref().unwrap(),
        request.requesting_business.as_ref().unwrap(),
    );
    assert_eq!(request.status, Some(OnBehalfStatus::InProgress));
}

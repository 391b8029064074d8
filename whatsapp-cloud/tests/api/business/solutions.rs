use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use whatsapp_cloud::api::solutions::{
    AcceptDeactivation, AcceptSolution, Acceptance, AcceptedSolution, CreateSolution,
    CreatedSolution, Deactivation, DeactivationRejection, GetSolution, GetSolutionToken,
    ListAccountSolutions, ListAppSolutions, NewSolution, PartnerStatus, PendingRequest,
    RejectDeactivation, RejectSolution, RejectedSolution, Rejection, RequestDeactivation,
    RequestedDeactivation, Solution, SolutionRequest, SolutionRole, SolutionStatus, SolutionToken,
};
use whatsapp_cloud::api::users::Task;
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

const PARTNER: &str = "9876543210987654";

#[test]
fn a_solution_is_made_as_in_metas_file() {
    let target = "1/whatsapp_business_solution";
    for (solution, owner, partner) in [
        (NewSolution::owner_sends("Managed", PARTNER), json!(["MESSAGING"]), json!([])),
        (NewSolution::partner_sends("Managed", PARTNER), json!([]), json!(["MESSAGING"])),
    ] {
        let body = json!({
            "owner_permissions": owner, "partner_app_id": PARTNER,
            "partner_permissions": partner, "solution_name": "Managed",
        });
        assert_sent(&CreateSolution::new("1", solution), Method::Post, target, body);
    }
    assert!(!is_idempotent::<CreateSolution>());
    let created: CreatedSolution = read(json!({"solution_id": "1234567890123456"}));
    assert_eq!(created.solution_id.as_str(), "1234567890123456");
}

#[test]
fn one_side_of_a_solution_sends() {
    let with = |change: fn(&mut NewSolution)| {
        let mut solution = NewSolution::owner_sends("Managed", PARTNER);
        change(&mut solution);
        found(&CreateSolution::new("1", solution))
    };
    let both = with(|it| it.partner_permissions = Some(vec![Task::Messaging]));
    assert_eq!(both, [": one side with MESSAGING, found 2"]);
    let nobody = with(|it| it.owner_permissions = Some(Vec::new()));
    assert_eq!(nobody, [": one side with MESSAGING, found 0"]);
    let other = with(|it| it.partner_permissions = Some(vec![Task::Manage]));
    assert_eq!(other, ["partner_permissions: MESSAGING once or nothing"]);
    let unsaid = with(|it| it.partner_permissions = None);
    assert_eq!(unsaid, ["partner_permissions: a list, which may be empty"]);
    let no_app = with(|it| it.partner_app_id = "x".into());
    assert_eq!(no_app, ["partner_app_id: an id of digits"]);
    for (length, is_taken) in [(1, false), (2, true), (75, true), (76, false)] {
        let solution = NewSolution::owner_sends("é".repeat(length), PARTNER);
        assert_eq!(CreateSolution::new("1", solution).request().is_ok(), is_taken, "{length}");
    }
}

#[test]
fn solutions_are_asked_for() {
    let mut call = ListAppSolutions::new("1");
    call.role = Some(SolutionRole::Partner);
    call.fields = vec!["id".into()];
    call.limit = Some(100);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let rest = "fields=id&limit=100&after=a&before=b";
    let target = format!("1/whatsapp_business_solutions?role=PARTNER&{rest}");
    assert_sent(&call, Method::Get, &target, Value::Null);
    call.limit = Some(101);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 101"]);

    let mut call = ListAccountSolutions::new("1");
    call.fields = vec!["id".into()];
    call.limit = Some(100);
    call.after = Some("a".into());
    call.before = Some("b".into());
    assert_sent(&call, Method::Get, &format!("1/solutions?{rest}"), Value::Null);
    call.limit = Some(0);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 0"]);

    let mut call = GetSolution::new("2");
    call.fields = vec!["name".into()];
    assert_sent(&call, Method::Get, "2?fields=name", Value::Null);

    let page: Page<Solution> = read(json!({"data": [{
        "id": "1234567890123456", "name": "E-commerce Integration Solution", "status": "ACTIVE",
        "status_for_pending_request": "NONE",
        "owner_app": {"id": PARTNER, "name": "Solution Partner App"},
        "owner_permissions": ["MANAGE", "DEVELOP", "MANAGE_TEMPLATES", "VIEW_INSIGHTS"],
    }]}));
    let solution = &page.data[0];
    assert_whole!(page, solution, solution.owner_app.as_ref().unwrap());
    assert_eq!(solution.status, Some(SolutionStatus::Active));
    assert_eq!(solution.status_for_pending_request, Some(PendingRequest::None));
    assert_eq!(solution.owner_permissions[3], Task::ViewInsights);
}

#[test]
fn the_partners_of_a_solution_are_read() {
    let solution: Solution = read(json!({
        "name": "Social OVD with Lucky Shrub", "owner_permissions": ["MANAGE"],
        "partners": {
            "data": [{
                "id": "795033099391057", "partner_permissions": ["VIEW_COST"],
                "partner_status": "NOTIFICATION_SENT",
                "partner_app": {
                    "link": "https://www.facebook.com/games/?app_id=21202248997039",
                    "name": "Lucky Shrub", "id": "21202248997039",
                },
            }],
            "paging": {"cursors": {"before": "a", "after": "b"}},
        },
        "id": "795033096057724",
    }));
    let partner = &solution.partners.as_ref().unwrap().data[0];
    assert_whole!(solution, partner, partner.partner_app.as_ref().unwrap());
    assert_eq!(partner.partner_permissions, [Task::ViewCost]);
    assert_eq!(partner.partner_status, Some(PartnerStatus::NotificationSent));
}

#[test]
fn a_token_is_asked_for_and_not_shown() {
    let call = GetSolutionToken::new("2", "3");
    assert_sent(&call, Method::Get, "2/access_token?business_id=3", Value::Null);
    assert_eq!(found(&GetSolutionToken::new("2", "")), ["business_id: an id of digits"]);

    for expires in [json!(1_735_689_600), json!("1735689600")] {
        let json = json!({"access_token": "canary", "expires_at": expires});
        let token: SolutionToken = serde_json::from_value(json).unwrap();
        assert_eq!(token.access_token.expose_secret(), "canary");
        assert_eq!(token.expires_at, Some(1_735_689_600));
        assert!(!format!("{token:?}").contains("canary"));
    }
    for json in [json!({}), json!({"access_token": ""}), json!({"access_token": ["canary"]})] {
        let error = serde_json::from_value::<SolutionToken>(json).unwrap_err();
        assert!(!error.to_string().contains("canary"));
    }
}

#[test]
fn an_invitation_is_accepted() {
    let acceptance = Acceptance {
        partner_app_id: PARTNER.into(),
        log_session_id: Some("session_12345_accept_solution".into()),
        ..Default::default()
    };
    let body = json!({
        "partner_app_id": PARTNER, "log_session_id": "session_12345_accept_solution",
    });
    assert_sent(&AcceptSolution::new("2", acceptance), Method::Post, "2/accept", body);
    let nobody = AcceptSolution::new("2", Acceptance::default());
    assert_eq!(found(&nobody), ["partner_app_id: an id of digits"]);

    let accepted: AcceptedSolution = read(json!({
        "solution_id": "1234567890123456", "partner_status": "ACCEPTED", "success": true,
        "message": "Solution partnership accepted successfully",
        "update_time": "2024-01-15T10:30:00Z",
    }));
    assert_whole!(accepted);
    assert_eq!((accepted.success, accepted.partner_status), (true, Some(PartnerStatus::Accepted)));
}

#[test]
fn a_request_is_rejected() {
    let rejection = Rejection {
        request_type: SolutionRequest::Partnership,
        partner_app_id: Some(PARTNER.into()),
        rejection_reason: Some("Terms do not align".into()),
        ..Default::default()
    };
    let body = json!({
        "request_type": "PARTNERSHIP_REQUEST", "partner_app_id": PARTNER,
        "rejection_reason": "Terms do not align",
    });
    let call = RejectSolution::new("2", rejection.clone());
    assert_sent(&call, Method::Post, "2/reject", body);

    let with = |change: fn(&mut Rejection)| {
        let mut rejection = rejection.clone();
        change(&mut rejection);
        found(&RejectSolution::new("2", rejection))
    };
    assert!(with(|it| it.rejection_reason = Some("a".repeat(500))).is_empty());
    let long = with(|it| it.rejection_reason = Some("a".repeat(501)));
    assert_eq!(long, ["rejection_reason: 0 to 500 characters, found 501"]);
    assert_eq!(with(|it| it.partner_app_id = None), ["partner_app_id: the app that asked"]);
    let app = with(|it| it.partner_app_id = Some("x".into()));
    assert_eq!(app, ["partner_app_id: an id of digits"]);
    let deactivation = with(|it| it.request_type = SolutionRequest::Deactivation);
    assert_eq!(deactivation, ["partner_app_id: nothing, where a deactivation is refused"]);
    let nothing = with(|it| it.request_type = SolutionRequest::default());
    assert_eq!(nothing, ["request_type: what is refused"]);

    let rejected: RejectedSolution = read(json!({
        "success": true, "solution_id": "1234567890123456",
        "rejected_request_type": "DEACTIVATION_REQUEST",
        "rejection_timestamp": "2024-01-15T10:30:00Z", "partner_app_id": PARTNER,
    }));
    assert_whole!(rejected);
    assert_eq!(rejected.rejected_request_type, Some(SolutionRequest::Deactivation));
}

#[test]
fn a_deactivation_is_asked_for_accepted_or_rejected() {
    let target = "2/send_deactivation_request";
    let without = RequestDeactivation::new("2", Deactivation::default());
    assert_sent(&without, Method::Post, target, json!({}));
    for (length, is_taken) in [(500, true), (501, false)] {
        let reason = Deactivation { reason: Some("a".repeat(length)), ..Default::default() };
        assert_eq!(RequestDeactivation::new("2", reason).request().is_ok(), is_taken, "{length}");
    }
    let reason = Deactivation { reason: Some("No longer needed".into()), ..Default::default() };
    let body = json!({"reason": "No longer needed"});
    assert_sent(&RequestDeactivation::new("2", reason), Method::Post, target, body);
    assert!(!is_idempotent::<RequestDeactivation>());
    let requested: RequestedDeactivation = read(json!({
        "success": true, "message": "Deactivation request submitted successfully",
        "request_id": "deactivation_req_1234567890",
    }));
    assert_whole!(requested);
    assert_eq!(requested.request_id.as_deref(), Some("deactivation_req_1234567890"));

    let mut accept = AcceptDeactivation::new("2");
    accept.fields = vec!["id".into()];
    let target = "2/accept_deactivation_request?fields=id";
    assert_sent(&accept, Method::Post, target, Value::Null);

    let mut reject = RejectDeactivation::new("2", DeactivationRejection::yes());
    reject.fields = vec!["id".into()];
    let target = "2/reject_deactivation_request?fields=id";
    let body = json!({"reject_deactivation_request": true});
    assert_sent(&reject, Method::Post, target, body);
    let no = RejectDeactivation::new("2", DeactivationRejection::default());
    assert_eq!(found(&no), ["reject_deactivation_request: true"]);
}

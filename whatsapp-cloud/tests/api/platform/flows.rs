//! Flows, compared with Meta's examples.

use serde_json::json;
use whatsapp_cloud::api::flows::{
    CreateFlow, DeleteFlow, DeprecateFlow, FlowCategory, FlowChanges, FlowMetricName,
    FlowMigration, FlowStatus, GetFlow, GetFlowMetric, Granularity, ListFlowAssets, ListFlows,
    MigrateFlows, NewFlow, PublishFlow, UpdateFlow, UploadFlowJson,
};
use whatsapp_cloud::api::health::CanSend;
use whatsapp_cloud::endpoint::{Endpoint, Payload};

use super::{answer, form, found, go_to, json as body, text};

const ACCOUNT: &str = "102290129340398";
const FLOW: &str = "550000000000000";

fn flow() -> NewFlow {
    let categories = vec![FlowCategory::Other];
    NewFlow { name: "F".to_owned(), categories, ..NewFlow::default() }
}

fn metric() -> GetFlowMetric {
    GetFlowMetric::new(FLOW, FlowMetricName::EndpointRequestError, Granularity::Day)
}

#[test]
fn each_call_goes_where_metas_reference_says() {
    let mut list = ListFlows::new(ACCOUNT);
    list.fields = vec!["id".to_owned(), "name".to_owned()];
    list.limit = Some(5);
    list.after = Some("A".to_owned());
    let mut one = GetFlow::new(FLOW);
    one.fields = vec!["preview.invalidate(false)".to_owned()];
    one.date_format = Some("U".to_owned());
    let changes = FlowChanges { name: Some("x".to_owned()), ..FlowChanges::default() };
    let json = Payload::from(b"{}".as_slice());
    let from = FlowMigration { source_waba_id: "1".into(), ..FlowMigration::default() };

    go_to([
        (list.request(), "GET 102290129340398/flows?fields=id%2Cname&limit=5&after=A"),
        (CreateFlow::new(ACCOUNT, flow()).request(), "POST 102290129340398/flows"),
        (MigrateFlows::new(ACCOUNT, from).request(), "POST 102290129340398/migrate_flows"),
        (one.request(), "GET 550000000000000?fields=preview.invalidate%28false%29&date_format=U"),
        (UpdateFlow::new(FLOW, changes).request(), "POST 550000000000000"),
        (DeleteFlow::new(FLOW).request(), "DELETE 550000000000000"),
        (ListFlowAssets::new(FLOW).request(), "GET 550000000000000/assets"),
        (UploadFlowJson::new(FLOW, json).request(), "POST 550000000000000/assets"),
        (PublishFlow::new(FLOW).request(), "POST 550000000000000/publish"),
        (DeprecateFlow::new(FLOW).request(), "POST 550000000000000/deprecate"),
    ]);
}

#[test]
fn figures_are_asked_for_in_one_word_of_the_fields() {
    let mut call = metric();
    call.since = Some("2024-01-28".to_owned());
    call.until = Some("2024-01-30".to_owned());
    let request = call.request().unwrap();

    assert_eq!(request.path().unwrap(), FLOW);
    assert_eq!(
        request.query(),
        [(
            "fields".into(),
            "metric.name(ENDPOINT_REQUEST_ERROR).granularity(DAY)\
             .since(2024-01-28).until(2024-01-30)"
                .to_owned()
        )]
    );
}

#[test]
fn nothing_in_the_figures_can_end_their_brackets() {
    for since in ["2024-1-28", "2024-01-2)", "2024/01/28", "", "2024-01-289"] {
        let mut call = metric();
        call.since = Some(since.to_owned());
        assert_eq!(found(&call), ["since: a day as YYYY-MM-DD"], "{since}");
        call.until = call.since.take();
        assert_eq!(found(&call), ["until: a day as YYYY-MM-DD"], "{since}");
    }
    let call = GetFlowMetric::new(FLOW, "X).fields(Y".into(), "DAY)".into());
    assert_eq!(
        found(&call),
        [
            "name: a word of letters, digits and underscores",
            "granularity: a word of letters, digits and underscores",
        ]
    );
}

#[test]
fn each_body_reads_as_on_metas_page() {
    let new = NewFlow {
        name: "My first flow".to_owned(),
        categories: vec![FlowCategory::SignUp, FlowCategory::Other],
        flow_json: Some(r#"{"version":"5.0","screens":[]}"#.to_owned()),
        publish: Some(true),
        clone_flow_id: Some("1".into()),
        endpoint_uri: Some("https://example.com".to_owned()),
        ..NewFlow::default()
    };
    assert_eq!(
        body(&CreateFlow::new(ACCOUNT, new).request().unwrap()),
        json!({
            "name": "My first flow",
            "categories": ["SIGN_UP", "OTHER"],
            "flow_json": "{\"version\":\"5.0\",\"screens\":[]}",
            "publish": true,
            "clone_flow_id": "1",
            "endpoint_uri": "https://example.com",
        })
    );

    let changes = FlowChanges {
        name: Some("N".to_owned()),
        categories: vec![FlowCategory::Survey],
        endpoint_uri: Some("https://example.com".to_owned()),
        application_id: Some("634974688087057".into()),
        ..FlowChanges::default()
    };
    assert_eq!(
        body(&UpdateFlow::new(FLOW, changes).request().unwrap()),
        json!({
            "name": "N",
            "categories": ["SURVEY"],
            "endpoint_uri": "https://example.com",
            "application_id": "634974688087057",
        })
    );

    let from = FlowMigration {
        source_waba_id: "104996122399160".into(),
        source_flow_names: vec!["appointment".to_owned(), "leadgen".to_owned()],
        ..FlowMigration::default()
    };
    assert_eq!(
        body(&MigrateFlows::new(ACCOUNT, from).request().unwrap()),
        json!({
            "source_waba_id": "104996122399160",
            "source_flow_names": ["appointment", "leadgen"],
        })
    );
}

#[test]
fn the_json_of_a_flow_is_sent_as_a_form() {
    let json = Payload::from(b"{}".as_slice());
    let request = UploadFlowJson::new(FLOW, json).request().unwrap();

    let [name, kind, file] = form(&request) else { panic!("three parts") };
    assert_eq!(text(name), ("name", "flow.json"));
    assert_eq!(text(kind), ("asset_type", "FLOW_JSON"));
    assert_eq!(
        (file.name(), file.file_name(), file.mime_type(), file.data().as_bytes()),
        ("file", Some("flow.json"), Some("application/json"), Some(b"{}".as_slice()))
    );
}

#[test]
fn what_meta_would_refuse_is_refused_at_its_border() {
    let made = |flow: NewFlow| found(&CreateFlow::new(ACCOUNT, flow));

    assert_eq!(made(flow()), [""; 0]);
    assert_eq!(made(NewFlow { name: String::new(), ..flow() }), ["name: a name, found none"]);
    assert_eq!(
        made(NewFlow { categories: Vec::new(), ..flow() }),
        ["categories: 1 category or more, found 0"]
    );
    assert_eq!(
        made(NewFlow { flow_json: Some("{".to_owned()), ..flow() }),
        ["flow_json: a text that is JSON"]
    );
    assert_eq!(made(NewFlow { publish: Some(true), ..flow() }), ["publish: only with flow_json"]);
    assert_eq!(made(NewFlow { publish: Some(false), ..flow() }), [""; 0]);
    for uri in ["http://example.com", "https://", "https:///x", "https://a b"] {
        assert_eq!(
            made(NewFlow { endpoint_uri: Some(uri.to_owned()), ..flow() }),
            ["endpoint_uri: an address that begins with https://"],
            "{uri}"
        );
    }

    let nothing = UpdateFlow::new(FLOW, FlowChanges::default());
    assert_eq!(found(&nothing), [": something to change, found nothing"]);
    let unnamed = FlowChanges { name: Some(String::new()), ..FlowChanges::default() };
    assert_eq!(found(&UpdateFlow::new(FLOW, unnamed)), ["name: a name, found none"]);
    let plain = FlowChanges { endpoint_uri: Some("ftp://x".into()), ..FlowChanges::default() };
    assert!(UpdateFlow::new(FLOW, plain).request().is_err());
    let nowhere = MigrateFlows::new(ACCOUNT, FlowMigration::default());
    assert_eq!(found(&nowhere), ["source_waba_id: an id of digits"]);

    const MB: usize = 1024 * 1024;
    for (size, is_taken) in [(0, false), (1, true), (10 * MB, true), (10 * MB + 1, false)] {
        let call = UploadFlowJson::new(FLOW, Payload::from(vec![0; size]));
        assert_eq!(found(&call).is_empty(), is_taken, "{size}");
    }
}

#[test]
fn a_flow_is_read_with_all_that_metas_example_tells() {
    let flow = answer::<GetFlow>(json!({
        "id": "flow-1", "name": "my first flow", "status": "DRAFT", "categories": ["OTHER"],
        "validation_errors": [], "json_version": "2.1", "data_api_version": "3.0",
        "data_channel_uri": "https://example.com",
        "preview": {"preview_url": "https://x/preview/?token=canary", "expires_at": "2023-05-21T11:18:09+0000"},
        "application": {"id": "app-1", "link": "https://x", "name": "My Awesome App"},
        "whatsapp_business_account": {
            "business_type": "ent", "id": "waba-1", "message_template_namespace": "n",
            "name": "My Awesome WABA", "timezone_id": "54",
        },
        "health_status": {"can_send_message": "BLOCKED", "entities": [
            {"can_send_message": "AVAILABLE", "entity_type": "FLOW", "id": "flow-1"},
        ]},
    }));

    assert_eq!(flow.id.as_str(), "flow-1");
    assert_eq!(flow.status, Some(FlowStatus::Draft));
    assert_eq!(flow.categories, [FlowCategory::Other]);
    assert_eq!(flow.data_channel_uri.as_deref(), Some("https://example.com"));
    let preview = flow.preview.as_ref().unwrap();
    assert_eq!(preview.expires_at.as_deref(), Some("2023-05-21T11:18:09+0000"));
    assert_eq!(flow.application.as_ref().unwrap().id.as_str(), "app-1");
    let account = flow.whatsapp_business_account.as_ref().unwrap();
    assert_eq!(account.timezone_id.as_deref(), Some("54"));
    let health = flow.health_status.as_ref().unwrap();
    assert_eq!(health.can_send_message, Some(CanSend::Blocked));
    assert!(!format!("{flow:?} {preview:?}").contains("canary"));
}

#[test]
fn figures_are_read_whatever_they_count() {
    let flow = answer::<GetFlowMetric>(json!({"id": "flow-1", "metric": {
        "data_points": [{
            "data": [{"key": "1", "value": 328}, {"key": "10+", "value": 0.126}],
            "timestamp": "2024-01-29T08:00:00+0000",
        }],
        "granularity": "DAY", "name": "ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL",
    }}));

    let metric = flow.metric.unwrap();
    assert_eq!(metric.name, FlowMetricName::EndpointRequestLatencySecondsCeil);
    assert_eq!(metric.granularity, Some(Granularity::Day));
    let values: Vec<_> = metric.data_points[0].data.iter().map(|x| (&*x.key, x.value)).collect();
    assert_eq!(values, [("1", 328.0), ("10+", 0.126)]);
}

#[test]
fn what_is_wrong_in_the_json_is_read_with_its_place() {
    let wrong = json!([{
        "column_end": 30, "column_start": 17, "error": "INVALID_PROPERTY",
        "error_type": "JSON_SCHEMA_ERROR", "line_end": 46, "line_start": 45, "message": "m",
        "pointers": [{"path": "screens[0]", "line_start": 1}],
    }]);

    let made =
        answer::<CreateFlow>(json!({"id": "1", "success": true, "validation_errors": wrong}));
    let sent = answer::<UploadFlowJson>(json!({"success": true, "validation_errors": wrong}));
    assert_eq!(made.id.as_str(), "1");
    assert!(sent.success);
    for problems in [made.validation_errors, sent.validation_errors] {
        let problem = &problems[0];
        assert_eq!((problem.line_start, problem.line_end), (Some(45), Some(46)));
        assert_eq!((problem.column_start, problem.column_end), (Some(17), Some(30)));
        assert_eq!(problem.error, "INVALID_PROPERTY");
        assert_eq!(problem.pointers[0].path.as_deref(), Some("screens[0]"));
    }
}

#[test]
fn the_other_answers_are_read() {
    let list = answer::<ListFlows>(json!({
        "data": [{"id": "flow-3", "status": "PUBLISHED", "categories": ["CONTACT_US"]}],
        "paging": {"cursors": {"after": "QVF", "before": "QVFI"}},
    }));
    assert_eq!(list.data[0].status, Some(FlowStatus::Published));
    assert_eq!(list.data[0].categories, [FlowCategory::ContactUs]);

    let assets = answer::<ListFlowAssets>(json!({"data": [{
        "asset_type": "FLOW_JSON", "download_url": "https://x/canary", "name": "flow.json",
    }]}));
    assert_eq!(assets.data[0].asset_type.as_deref(), Some("FLOW_JSON"));
    assert!(!format!("{:?}", assets.data[0]).contains("canary"));

    let copied = answer::<MigrateFlows>(json!({
        "failed_flows": [{"error_code": "4233041", "error_message": "m", "source_name": "leadgen"}],
        "migrated_flows": [{
            "migrated_id": "dest-flow-1", "source_id": "source-flow-1", "source_name": "appointment",
        }],
    }));
    assert_eq!(copied.migrated_flows[0].migrated_id.as_str(), "dest-flow-1");
    assert_eq!(copied.failed_flows[0].error_code.as_deref(), Some("4233041"));
}

//! Comparing, waking, copying, putting aside and grouping templates.

use serde_json::{Value, json};
use whatsapp_cloud::api::templates::{
    ArchiveResult, ArchiveTemplates, BlockReason, CommaIds, CompareTemplates, Comparison,
    ComparisonMetric, CreateTemplateGroup, CreatedTemplateGroup, DeleteTemplateGroup,
    GetTemplateGroup, ListTemplateGroups, MigrateTemplates, MigratedTemplates, TemplateGroup,
    TemplateGroupInfo, TemplateGroupUpdate, TemplateIds, TemplateNumbers, UnarchiveTemplates,
    UnpauseResult, UnpauseTemplate, UpdateTemplateGroup,
};
use whatsapp_cloud::endpoint::{Endpoint, Host};
use whatsapp_cloud::wire::Page;

use super::{read, refused, sent};

#[test]
fn two_templates_are_compared() {
    let mut call = CompareTemplates::new("5289179717853347");
    call.template_ids = ["1533406637136032"].into();
    (call.start, call.end) = (Some(1_674_844_791), Some(1_675_449_591));
    assert_eq!(
        sent(&call),
        (
            "GET",
            "5289179717853347/compare?template_ids=[1533406637136032]\
             &start=1674844791&end=1675449591"
                .to_owned(),
            Value::Null
        )
    );
    for days in [7, 30, 60, 90] {
        call.end = Some(1_674_844_791 + days * 86_400);
        assert!(call.request().is_ok(), "{days}");
    }
    call.end = Some(1_674_844_791 + 8 * 86_400);
    assert_eq!(refused(&call), ["start: 7, 30, 60 or 90 days before the end, in seconds"]);
    call.end = Some(1_674_844_791 + 7 * 86_400);
    call.template_ids = ["1", "2"].into();
    assert_eq!(refused(&call), ["template_ids: one template, found 2"]);

    let page: Page<Comparison> = read(json!({"data": [
        {
            "metric": "BLOCK_RATE", "type": "RELATIVE",
            "order_by_relative_metric": ["1533406637136032", "5289179717853347"],
        },
        {
            "metric": "MESSAGE_SENDS", "type": "NUMBER_VALUES",
            "number_values": [{"key": "5289179717853347", "value": 1273}],
        },
        {
            "metric": "TOP_BLOCK_REASON", "type": "STRING_VALUES",
            "string_values": [{"key": "5289179717853347", "value": "UNKNOWN_BLOCK_REASON"}],
        },
    ]}));
    assert!(page.data.iter().all(|one| one.other.is_empty()));
    assert_eq!(page.data[0].metric, ComparisonMetric::BlockRate);
    assert_eq!(page.data[0].order_by_relative_metric[0].as_str(), "1533406637136032");
    assert_eq!(page.data[1].number_values[0].value, 1273);
    assert_eq!(page.data[2].string_values[0].value, BlockReason::NotKnown);
}

#[test]
fn a_template_is_woken() {
    let call = UnpauseTemplate::new("1");
    assert_eq!(sent(&call), ("POST", "1/unpause".to_owned(), Value::Null));

    let result: UnpauseResult = read(json!({"success": false, "reason": "x"}));
    assert_eq!((result.success, result.reason.as_deref()), (false, Some("x")));
}

#[test]
fn templates_are_copied_from_another_account() {
    let mut call = MigrateTemplates::new("104996122399160", "102290129340398");
    let target = "104996122399160/migrate_message_templates?source_waba_id=102290129340398";
    assert_eq!(sent(&call), ("POST", target.to_owned(), Value::Null));
    (call.page_number, call.count) = (Some(0), Some(200));
    call.template_ids = ["35002248699842"].into();
    assert_eq!(
        sent(&call).1,
        format!(r#"{target}&page_number=0&count=200&template_ids=["35002248699842"]"#)
    );
    for (count, is_taken) in [(0, false), (1, true), (500, true), (501, false)] {
        call.count = Some(count);
        assert_eq!(call.request().is_ok(), is_taken, "{count}");
    }
    call.count = None;
    for (count, is_taken) in [(500, true), (501, false)] {
        call.template_ids.0 = vec!["1".into(); count];
        assert_eq!(call.request().is_ok(), is_taken, "{count} templates");
    }
    assert_eq!(refused(&MigrateTemplates::new("1", "x")), ["source_waba_id: an id of digits"]);

    let result: MigratedTemplates = read(json!({
        "migrated_templates": ["1473688840035974"],
        "failed_templates": {"1019496902803242": "Incorrect category"},
    }));
    assert_eq!(result.migrated_templates[0].as_str(), "1473688840035974");
    let failed = &result.failed_templates.0[0];
    assert_eq!(failed.id.as_str(), "1019496902803242");
    assert_eq!(failed.reason.as_deref(), Some("Incorrect category"));
}

#[test]
fn templates_are_put_aside_and_taken_back_on_the_other_host() {
    let aside =
        ArchiveTemplates::new("102290129340398", TemplateIds::of(["1689556908129832", "2"]));
    let back = UnarchiveTemplates::new("102290129340398", TemplateIds::of(["1689556908129832"]));

    assert_eq!(aside.request().unwrap().host(), Host::Api);
    assert_eq!(back.request().unwrap().host(), Host::Api);
    assert_eq!(
        sent(&aside),
        (
            "POST",
            "102290129340398/message_templates/archive".to_owned(),
            json!({"hsm_ids": "1689556908129832,2"})
        )
    );
    assert_eq!(
        sent(&back),
        (
            "POST",
            "102290129340398/message_templates/unarchive".to_owned(),
            json!({"hsm_ids": "1689556908129832"})
        )
    );
    for (count, is_taken) in [(0, false), (1, true), (100, true), (101, false)] {
        let call = ArchiveTemplates::new("1", TemplateIds::of(vec!["2"; count]));
        assert_eq!(call.request().is_ok(), is_taken, "{count}");
    }
    assert_eq!(
        refused(&UnarchiveTemplates::new("me", TemplateIds::of(["x"]))),
        ["hsm_ids: an id of digits", "account_id: an id of digits",]
    );
    let listed: TemplateIds = read(json!({"hsm_ids": ["1", "2"]}));
    assert_eq!(listed.hsm_ids, CommaIds(vec!["1".into(), "2".into()]));
}

#[test]
fn what_became_of_templates_that_were_put_aside_is_read_in_both_forms() {
    let by_id: ArchiveResult = read(json!({
        "archived_templates": ["1"],
        "failed_templates": {"2": {"error": "x"}, "3": "gone"},
    }));
    assert_eq!(by_id.archived_templates[0].as_str(), "1");
    assert_eq!(by_id.failed_templates.0[0].error, "x");
    assert_eq!(by_id.failed_templates.0[1].reason.as_deref(), Some("gone"));

    let list: ArchiveResult = read(json!({
        "unarchived_templates": ["1"],
        "failed_templates": [{"id": "2", "error": {"code": 100, "message": "x"}}],
    }));
    assert_eq!(list.unarchived_templates[0].as_str(), "1");
    assert_eq!(list.failed_templates.0[0].id.as_str(), "2");
    assert_eq!(list.failed_templates.0[0].error["code"], 100);
    assert!(list.other.is_empty());
}

#[test]
fn a_group_is_created_as_on_metas_page() {
    let group = TemplateGroup {
        name: "Black Friday 2024".to_owned(),
        description: Some("US-based Black Friday sale 2024 templates.".to_owned()),
        whatsapp_business_templates: ["278077987957091", "1945418102598215"].into(),
        ..TemplateGroup::default()
    };
    assert_eq!(
        sent(&CreateTemplateGroup::new("102290129340398", group.clone())),
        (
            "POST",
            "102290129340398/template_groups".to_owned(),
            json!({
                "name": "Black Friday 2024",
                "description": "US-based Black Friday sale 2024 templates.",
                "whatsapp_business_templates": [278_077_987_957_091_u64, 1_945_418_102_598_215_u64],
            })
        )
    );
    let texts: TemplateGroup = read(json!({"name": "x", "whatsapp_business_templates": ["1"]}));
    assert_eq!(texts.whatsapp_business_templates, ["1"].into());

    let named = |length: usize| TemplateGroup { name: "n".repeat(length), ..group.clone() };
    let told =
        |length: usize| TemplateGroup { description: Some("d".repeat(length)), ..group.clone() };
    let of =
        |ids: TemplateNumbers| TemplateGroup { whatsapp_business_templates: ids, ..group.clone() };
    for (group, is_taken) in [
        (named(0), false),
        (named(256), true),
        (named(257), false),
        (told(512), true),
        (told(513), false),
        (of(TemplateNumbers::default()), false),
        (of(["x"].into()), false),
    ] {
        let call = CreateTemplateGroup::new("1", group);
        assert_eq!(call.request().is_ok(), is_taken, "{:?}", call.request().err());
    }
    let created: CreatedTemplateGroup = read(json!({"id": "9020555671393375"}));
    assert_eq!(created.id.as_str(), "9020555671393375");
}

#[test]
fn a_group_is_listed_read_changed_and_deleted() {
    let mut list = ListTemplateGroups::new("1");
    (list.limit, list.after) = (Some(5), Some("x".to_owned()));
    assert_eq!(sent(&list), ("GET", "1/template_groups?limit=5&after=x".to_owned(), Value::Null));
    let mut get = GetTemplateGroup::new("9020555671393375");
    assert_eq!(sent(&get), ("GET", "9020555671393375".to_owned(), Value::Null));
    get.fields = vec!["name".to_owned()];
    assert_eq!(sent(&get).1, "9020555671393375?fields=name");
    let update = TemplateGroupUpdate {
        add_templates: ["844006344365270", "1188657612184382"].into(),
        remove_templates: ["1035843174854974"].into(),
        ..TemplateGroupUpdate::default()
    };
    assert_eq!(
        sent(&UpdateTemplateGroup::new("9020555671393375", update.clone())),
        (
            "POST",
            "9020555671393375".to_owned(),
            json!({
                "add_templates": [844_006_344_365_270_u64, 1_188_657_612_184_382_u64],
                "remove_templates": [1_035_843_174_854_974_u64],
            })
        )
    );
    let unnamed = TemplateGroupUpdate { name: Some(String::new()), ..update };
    assert_eq!(
        refused(&UpdateTemplateGroup::new("1", unnamed)),
        ["name: 1 to 256 characters, found 0"]
    );
    let delete = DeleteTemplateGroup::new("9020555671393375");
    assert_eq!(sent(&delete), ("DELETE", "9020555671393375".to_owned(), Value::Null));

    let info: TemplateGroupInfo = read(json!({
        "name": "Black Friday 2024",
        "description": "US-based Black Friday sale 2024 templates.",
        "creation_time": "2025-01-06T23:05:12+0000",
        "update_time": "2025-01-06T23:05:12+0000",
        "whatsapp_business_account": {
            "id": "102290129340398",
            "name": "Lucky Shrub",
            "currency": "USD",
            "timezone_id": "1",
            "message_template_namespace": "ba30dd89_2ebd_41e4_b805_f2c05ae04cc9",
        },
        "whatsapp_business_templates": {
            "data": [{"name": "black_friday", "status": "APPROVED", "id": "1945418102598215"}],
            "paging": {"cursors": {"before": "a", "after": "b"}},
        },
        "id": "9020555671393375",
    }));
    assert!(info.other.is_empty());
    let account = info.whatsapp_business_account.unwrap();
    assert_eq!(
        (account.id.as_str(), account.currency.as_deref()),
        ("102290129340398", Some("USD"))
    );
    assert!(account.other.is_empty());
    let templates = info.whatsapp_business_templates.unwrap();
    assert_eq!(templates.data[0].id.as_str(), "1945418102598215");
}

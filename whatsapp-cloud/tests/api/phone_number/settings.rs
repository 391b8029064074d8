//! The settings of a number.

use serde_json::{Value, json};
use whatsapp_cloud::api::settings::{
    AudioSettings, CallHours, CallIconVisibility, CallIcons, CallingSettings, GetSettings, Holiday,
    IdentityCheck, OpenHours, PayloadEncryption, Settings, SipServer, SipSettings, Storage,
    StorageStatus, Switch, UpdateSettings, VideoSettings, Weekday,
};
use whatsapp_cloud::endpoint::Method;

use super::{NUMBER, answer, assert_sent, refusals};

fn hours(day: Weekday, open: &str, close: &str) -> OpenHours {
    OpenHours {
        day_of_week: day,
        open_time: open.to_owned(),
        close_time: close.to_owned(),
        ..OpenHours::default()
    }
}

fn holiday(date: &str, start: &str, end: &str) -> Holiday {
    Holiday {
        date: date.to_owned(),
        start_time: start.to_owned(),
        end_time: end.to_owned(),
        ..Holiday::default()
    }
}

fn call_hours(week: Vec<OpenHours>, holidays: Vec<Holiday>) -> CallHours {
    CallHours {
        status: Some(Switch::Enabled),
        timezone_id: Some("America/Manaus".to_owned()),
        weekly_operating_hours: week,
        holiday_schedule: holidays,
        ..CallHours::default()
    }
}

fn calling(calling: CallingSettings) -> UpdateSettings {
    UpdateSettings::new(NUMBER, Settings { calling: Some(calling), ..Settings::default() })
}

#[test]
fn settings_for_calls_are_sent_as_on_metas_page() {
    let server = SipServer {
        hostname: "sip.example.com".to_owned(),
        port: Some(5061),
        request_uri_user_params: [("tgrp".to_owned(), "wacall".to_owned())].into(),
        ..SipServer::default()
    };
    let call = calling(CallingSettings {
        status: Some(Switch::Enabled),
        call_icon_visibility: Some(CallIconVisibility::Default),
        call_icons: Some(CallIcons {
            restrict_to_user_countries: Some(vec!["US".to_owned(), "BR".to_owned()]),
            ..CallIcons::default()
        }),
        call_hours: Some(call_hours(
            vec![hours(Weekday::Monday, "0400", "1020"), hours(Weekday::Tuesday, "0108", "1020")],
            vec![holiday("2026-01-01", "0000", "2359")],
        )),
        callback_permission_status: Some(Switch::Enabled),
        sip: Some(SipSettings {
            status: Some(Switch::Disabled),
            servers: Some(vec![server]),
            ..SipSettings::default()
        }),
        srtp_key_exchange_protocol: Some("DTLS".to_owned()),
        audio: Some(AudioSettings {
            additional_codecs: Some(vec!["PCMA".to_owned(), "PCMU".to_owned()]),
            ..AudioSettings::default()
        }),
        video: Some(VideoSettings { status: Some(Switch::Enabled), ..VideoSettings::default() }),
        ..CallingSettings::default()
    });

    assert_sent(
        &call,
        Method::Post,
        "/settings",
        json!({"calling": {
            "status": "ENABLED",
            "call_icon_visibility": "DEFAULT",
            "call_icons": {"restrict_to_user_countries": ["US", "BR"]},
            "call_hours": {
                "status": "ENABLED",
                "timezone_id": "America/Manaus",
                "weekly_operating_hours": [
                    {"day_of_week": "MONDAY", "open_time": "0400", "close_time": "1020"},
                    {"day_of_week": "TUESDAY", "open_time": "0108", "close_time": "1020"},
                ],
                "holiday_schedule": [
                    {"date": "2026-01-01", "start_time": "0000", "end_time": "2359"},
                ],
            },
            "callback_permission_status": "ENABLED",
            "sip": {
                "status": "DISABLED",
                "servers": [{
                    "hostname": "sip.example.com", "port": 5061,
                    "request_uri_user_params": {"tgrp": "wacall"},
                }],
            },
            "srtp_key_exchange_protocol": "DTLS",
            "audio": {"additional_codecs": ["PCMA", "PCMU"]},
            "video": {"status": "ENABLED"},
        }}),
    );
}

#[test]
fn an_empty_list_takes_away_what_was_there() {
    let call = calling(CallingSettings {
        call_icons: Some(CallIcons {
            restrict_to_user_countries: Some(Vec::new()),
            ..CallIcons::default()
        }),
        sip: Some(SipSettings { servers: Some(Vec::new()), ..SipSettings::default() }),
        ..CallingSettings::default()
    });

    let body = json!({"calling": {
        "call_icons": {"restrict_to_user_countries": []}, "sip": {"servers": []},
    }});
    assert_sent(&call, Method::Post, "/settings", body);
}

#[test]
fn the_other_settings_are_sent_as_on_metas_pages() {
    let none = Settings::default;
    let identity =
        IdentityCheck { enable_identity_key_check: Some(true), ..IdentityCheck::default() };
    let storage = Storage {
        status: Some(StorageStatus::LocalEnabled),
        data_localization_region: Some("BR".to_owned()),
        ..Storage::default()
    };
    let nowhere = Storage {
        status: Some(StorageStatus::NoneEnabled),
        retention_minutes: Some(60),
        ..Storage::default()
    };
    let encryption = PayloadEncryption {
        status: Some(Switch::Enabled),
        client_encryption_key: Some("LS0t".to_owned()),
        ..PayloadEncryption::default()
    };
    for (settings, body) in [
        (
            Settings { user_identity_change: Some(identity), ..none() },
            json!({"user_identity_change": {"enable_identity_key_check": true}}),
        ),
        (
            Settings { storage_configuration: Some(storage), ..none() },
            json!({"storage_configuration": {
                "status": "IN_COUNTRY_STORAGE_ENABLED", "data_localization_region": "BR",
            }}),
        ),
        (
            Settings { storage_configuration: Some(nowhere), ..none() },
            json!({"storage_configuration": {
                "status": "NO_STORAGE_ENABLED", "retention_minutes": 60,
            }}),
        ),
        (
            Settings { payload_encryption: Some(encryption), ..none() },
            json!({"payload_encryption": {
                "status": "ENABLED", "client_encryption_key": "LS0t",
            }}),
        ),
    ] {
        assert_sent(&UpdateSettings::new(NUMBER, settings), Method::Post, "/settings", body);
    }
    answer::<UpdateSettings>(json!({"success": true}));
}

#[test]
fn settings_are_read_in_capitals_and_in_small_letters() {
    let mut call = GetSettings::new(NUMBER);
    assert_sent(&call, Method::Get, "/settings", Value::Null);
    call.include_sip_credentials = Some(true);
    assert_sent(&call, Method::Get, "/settings?include_sip_credentials=true", Value::Null);

    let json = json!({
        "calling": {
            "status": "enabled", "call_icon_visibility": "visible",
            "ip_addresses": {"default": ["157.240.0.1"]},
            "callback_permission_status": "DISABLED",
            "sip": {"status": "ENABLED", "servers": [
                {"app_id": 1, "hostname": "sip.example.com", "port": "5061",
                    "sip_user_password": "canary"},
            ]},
            "restrictions": {"restrictions_list": [{
                "type": "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
                "reason": "r", "expiration": 1_754_072_386,
            }]},
        },
        "payload_encryption": {"status": "enabled", "cloud_encryption_key": "k"},
        "storage_configuration": {
            "status": "in_country_storage_enabled", "data_localization_region": "us",
        },
    });
    let settings = answer::<GetSettings>(json.clone());
    assert_eq!(serde_json::to_value(&settings).unwrap(), json);

    let calling = settings.calling.as_ref().unwrap();
    assert_eq!(calling.status, Some(Switch::Enabled));
    assert_eq!(calling.call_icon_visibility, Some(CallIconVisibility::Visible));
    assert_eq!(calling.callback_permission_status, Some(Switch::Disabled));
    assert_eq!(calling.ip_addresses.as_ref().unwrap().default, ["157.240.0.1"]);
    let server = &calling.sip.as_ref().unwrap().servers.as_ref().unwrap()[0];
    assert_eq!(server.app_id.as_ref().unwrap().as_str(), "1");
    assert_eq!(server.port, Some(5061));
    assert_eq!(server.sip_user_password.as_deref(), Some("canary"));
    assert!(!format!("{settings:?} {server:?}").contains("canary"));
    let restriction = &calling.restrictions.as_ref().unwrap().restrictions_list[0];
    assert_eq!(restriction.expiration, Some(1_754_072_386));
    let storage = settings.storage_configuration.unwrap();
    assert_eq!(storage.status, Some(StorageStatus::LocalEnabled));
    assert_eq!(settings.payload_encryption.unwrap().cloud_encryption_key.as_deref(), Some("k"));
}

#[test]
fn hours_that_meta_would_refuse_are_not_sent() {
    const WEEK: &str = "calling.call_hours.weekly_operating_hours";
    let day = |open: &str, close: &str| hours(Weekday::Monday, open, close);
    let place = |index: usize, rule: &str| Some(format!("{WEEK}[{index}]{rule}"));
    for (week, refused) in [
        (vec![day("0400", "1020")], None),
        (vec![day("04:00", "23:59")], None),
        (vec![day("400", "1020")], None),
        (vec![day("2360", "2359")], place(0, ".open_time: a time as HHMM")),
        (vec![day("0000", "2360")], place(0, ".close_time: a time as HHMM")),
        (vec![day("0000", "")], place(0, ".close_time: a time as HHMM")),
        (vec![day("1020", "1020")], place(0, ".close_time: a time later than the beginning")),
        (vec![day("0400", "0800"), day("0800", "1000")], None),
        (
            vec![day("0400", "0801"), day("0800", "1000")],
            place(1, ": hours that do not overlap with others of the day"),
        ),
        (vec![day("0400", "0801"), hours(Weekday::Friday, "0800", "1000")], None),
        (
            vec![day("0100", "0200"), day("0300", "0400"), day("0500", "0600")],
            place(2, ": at most 2 entries for a day"),
        ),
        (
            vec![hours(Weekday::default(), "0100", "0200")],
            place(0, ".day_of_week: a day, found none"),
        ),
        (Vec::new(), Some(format!("{WEEK}: one day at least, found none"))),
    ] {
        let call = calling(CallingSettings {
            call_hours: Some(call_hours(week, Vec::new())),
            ..CallingSettings::default()
        });
        assert_eq!(refusals(&call), Vec::from_iter(refused));
    }
}

#[test]
fn holidays_that_meta_would_refuse_are_not_sent() {
    const DAYS: &str = "calling.call_hours.holiday_schedule";
    let days = |count: usize| {
        let date = |index| format!("2026-01-{:02}", index + 1);
        (0..count).map(|index| holiday(&date(index), "0000", "2359")).collect()
    };
    for (holidays, refused) in [
        (days(20), None),
        (days(21), Some(format!("{DAYS}: at most 20 days, found 21"))),
        (
            vec![holiday("01/01/2026", "0000", "2359")],
            Some(format!("{DAYS}[0].date: a day as YYYY-MM-DD")),
        ),
        (
            vec![holiday("2026-01-01", "1200", "1100")],
            Some(format!("{DAYS}[0].end_time: a time later than the beginning")),
        ),
    ] {
        let week = vec![hours(Weekday::Monday, "0000", "2359")];
        let call = calling(CallingSettings {
            call_hours: Some(call_hours(week, holidays)),
            ..CallingSettings::default()
        });
        assert_eq!(refusals(&call), Vec::from_iter(refused));
    }
}

#[test]
fn call_hours_that_are_off_need_nothing_and_those_that_are_on_a_time_zone() {
    for (status, refused) in [
        (Switch::Disabled, vec![]),
        (
            Switch::Enabled,
            vec![
                "calling.call_hours.timezone_id: a time zone, found none",
                "calling.call_hours.weekly_operating_hours: one day at least, found none",
            ],
        ),
    ] {
        let call = calling(CallingSettings {
            call_hours: Some(CallHours { status: Some(status), ..CallHours::default() }),
            ..CallingSettings::default()
        });
        assert_eq!(refusals(&call), refused);
    }
}

#[test]
fn sip_servers_keep_their_limits() {
    let server = |hostname: &str, value: usize| SipServer {
        hostname: hostname.to_owned(),
        request_uri_user_params: [("k".to_owned(), "v".repeat(value))].into(),
        ..SipServer::default()
    };
    for (servers, refused) in [
        (vec![server("a", 128)], None),
        (
            vec![server("a", 129)],
            Some("[0].request_uri_user_params: names and values of at most 128 characters"),
        ),
        (vec![server("", 1)], Some("[0].hostname: a name, found none")),
        (vec![server("a", 1), server("b", 1)], Some(": one server for each app, found 2")),
    ] {
        let sip = SipSettings { servers: Some(servers), ..SipSettings::default() };
        let call = calling(CallingSettings { sip: Some(sip), ..CallingSettings::default() });
        let refused = refused.map(|rule| format!("calling.sip.servers{rule}"));
        assert_eq!(refusals(&call), Vec::from_iter(refused));
    }
}

#[test]
fn storage_encryption_and_nothing_keep_their_rules() {
    let none = Settings::default;
    let storage = |storage| Settings { storage_configuration: Some(storage), ..none() };
    let place = |region: &str| {
        storage(Storage { data_localization_region: Some(region.to_owned()), ..Storage::default() })
    };
    let minutes =
        |minutes| storage(Storage { retention_minutes: Some(minutes), ..Storage::default() });
    let on = PayloadEncryption { status: Some(Switch::Enabled), ..PayloadEncryption::default() };
    let local = Storage { status: Some(StorageStatus::LocalEnabled), ..Storage::default() };
    for (settings, refused) in [
        (none(), Some(": a setting to change, found none")),
        (place("BR"), None),
        (
            place("B"),
            Some("storage_configuration.data_localization_region: 2 to 2 characters, found 1"),
        ),
        (
            storage(local),
            Some(
                "storage_configuration.data_localization_region: a country, to keep messages in it",
            ),
        ),
        (minutes(60), None),
        (minutes(61), Some("storage_configuration.retention_minutes: 60, found 61")),
        (
            Settings { payload_encryption: Some(on), ..none() },
            Some("payload_encryption.client_encryption_key: a key, to switch it on"),
        ),
    ] {
        assert_eq!(refusals(&UpdateSettings::new(NUMBER, settings)), Vec::from_iter(refused));
    }
}

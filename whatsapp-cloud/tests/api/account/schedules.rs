use serde_json::{Value, json};
use whatsapp_cloud::api::account::Weekday;
use whatsapp_cloud::api::schedules::{
    CreateSchedule, CreatedSchedule, Frequency, ListSchedules, NewSchedule, Recurrence, Schedule,
    ScheduleOrder, ScheduleStatus, ScheduleType,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

fn business_hours() -> NewSchedule {
    NewSchedule {
        name: "Business Hours Schedule".into(),
        schedule_type: ScheduleType::BusinessHours,
        description: Some("Standard business operating hours".into()),
        start_time: "09:00".into(),
        end_time: "17:00".into(),
        timezone: Some("America/New_York".into()),
        days_of_week: vec![Weekday::Monday, Weekday::Friday],
        is_active: Some(true),
        recurrence_pattern: Some(Recurrence {
            frequency: Some(Frequency::Weekly),
            interval: Some(1),
            end_date: Some("2024-12-31".into()),
            ..Default::default()
        }),
        ..Default::default()
    }
}

#[test]
fn a_schedule_is_made_as_in_metas_file() {
    let body = json!({
        "name": "Business Hours Schedule", "schedule_type": "BUSINESS_HOURS",
        "description": "Standard business operating hours", "start_time": "09:00",
        "end_time": "17:00", "timezone": "America/New_York", "days_of_week": ["MONDAY", "FRIDAY"],
        "is_active": true,
        "recurrence_pattern": {"frequency": "WEEKLY", "interval": 1, "end_date": "2024-12-31"},
    });
    assert_sent(&CreateSchedule::new("1", business_hours()), Method::Post, "1/schedules", body);
    let created: CreatedSchedule = read(json!({"id": "1234567890123456"}));
    assert_eq!(created.id.as_str(), "1234567890123456");
    assert!(!is_idempotent::<CreateSchedule>());
}

#[test]
fn all_that_is_wrong_with_a_schedule_is_said() {
    assert_eq!(
        found(&CreateSchedule::new("1", NewSchedule::default())),
        [
            "name: 1 to 100 characters, found 0",
            "schedule_type: a kind of schedule",
            "start_time: a time such as 09:00",
            "end_time: a time such as 09:00",
        ]
    );
    let with = |change: fn(&mut NewSchedule)| {
        let mut schedule = business_hours();
        change(&mut schedule);
        found(&CreateSchedule::new("1", schedule))
    };
    assert!(with(|it| it.name = "a".repeat(100)).is_empty());
    assert_eq!(with(|it| it.name = "a".repeat(101)), ["name: 1 to 100 characters, found 101"]);
    assert!(with(|it| it.description = Some("a".repeat(500))).is_empty());
    let long = with(|it| it.description = Some("a".repeat(501)));
    assert_eq!(long, ["description: 0 to 500 characters, found 501"]);
    let never = with(|it| it.recurrence_pattern.as_mut().unwrap().interval = Some(0));
    assert_eq!(never, ["recurrence_pattern.interval: 1 or more, found 0"]);
}

#[test]
fn a_time_of_day_is_hours_and_minutes() {
    for (time, is_taken) in [
        ("00:00", true),
        ("23:59", true),
        ("9:00", true),
        ("09:00:59", true),
        ("24:00", false),
        ("12:60", false),
        ("12:5", false),
        ("12", false),
        ("12:00:60", false),
        ("12:00:00:00", false),
        ("+9:00", false),
        ("012:00", false),
    ] {
        let schedule = NewSchedule { end_time: time.into(), ..business_hours() };
        assert_eq!(CreateSchedule::new("1", schedule).request().is_ok(), is_taken, "{time}");
    }
}

#[test]
fn schedules_are_asked_for_and_read() {
    let mut call = ListSchedules::new("1");
    call.fields = vec!["id".into()];
    call.filtering = Some("[]".into());
    call.sort = Some(ScheduleOrder::LastChangedFirst);
    call.limit = Some(25);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "1/schedules?fields=id&filtering=%5B%5D&sort=updated_time.desc&limit=25\
                  &after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    call.limit = Some(101);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 101"]);

    let page: Page<Schedule> = read(json!({"data": [{
        "id": "2345678901234567", "name": "Weekend Maintenance", "status": "INACTIVE",
        "schedule_type": "MAINTENANCE_WINDOW", "description": "System maintenance window",
        "start_time": "02:00", "end_time": "04:00", "timezone": "UTC",
        "days_of_week": ["SATURDAY", "SUNDAY"], "created_time": "2024-01-10T08:00:00Z",
        "updated_time": "2024-01-15T12:00:00Z", "is_active": false,
        "recurrence_pattern": {"frequency": "WEEKLY", "interval": 1},
    }]}));
    let schedule = &page.data[0];
    assert_whole!(page, schedule, schedule.recurrence_pattern.as_ref().unwrap());
    assert_eq!(schedule.status, Some(ScheduleStatus::Inactive));
    assert_eq!(schedule.schedule_type, Some(ScheduleType::MaintenanceWindow));
    assert_eq!(schedule.is_active, Some(false));
}

//! Schedules of an account, such as opening hours.
//!
//! Undescribed by Meta's pages; seen in Meta's OpenAPI file, and nowhere else.

use crate::api::account::Weekday;
use crate::api::call::call;
use crate::id::{AccountId, NodeId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks for the schedules of an account.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{ListSchedules, ScheduleOrder};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListSchedules::new("102290129340398");
    /// call.sort = Some("created_time.desc".into());
    /// assert_eq!(call.sort, Some(ScheduleOrder::NewestFirst));
    /// assert_eq!(call.request()?.target()?, "102290129340398/schedules?sort=created_time.desc");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListSchedules -> Page<Schedule> = "list schedules", idempotent;
    get "/{WABA-ID}/schedules" {
        /// The account.
        account: AccountId,
    }
    query {
        /// What to tell of each, as [`Schedule`] calls it.
        fields: Vec<String> = "fields",
        /// Only some: a list of `{field, operator, value}` in JSON, about `status`,
        /// `schedule_type` and `is_active`.
        filtering: Option<String> = "filtering",
        /// In which order.
        sort: Option<ScheduleOrder> = "sort",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Makes a schedule.
    ///
    /// Undescribed by Meta's pages; seen in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{CreateSchedule, NewSchedule, ScheduleType};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let schedule = NewSchedule {
    ///     name: "Business Hours Schedule".to_owned(),
    ///     schedule_type: ScheduleType::BusinessHours,
    ///     start_time: "09:00".to_owned(),
    ///     end_time: "17:00".to_owned(),
    ///     ..NewSchedule::default()
    /// };
    /// assert!(CreateSchedule::new("102290129340398", schedule).request().is_ok());
    /// assert!(CreateSchedule::new("102290129340398", NewSchedule::default()).request().is_err());
    /// ```
    pub struct CreateSchedule -> CreatedSchedule = "create schedule", once;
    post "/{WABA-ID}/schedules" {
        /// The account.
        account: AccountId,
    }
    body {
        /// The schedule.
        schedule: NewSchedule
    }
}

object! {
    /// A schedule to make.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{CreateSchedule, NewSchedule};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let hours: NewSchedule = serde_json::from_str(
    ///     r#"{"name":"Shop","schedule_type":"BUSINESS_HOURS","start_time":"09:00",
    ///         "end_time":"17:00","days_of_week":["MONDAY","TUESDAY"]}"#,
    /// )?;
    /// assert!(CreateSchedule::new("102290129340398", hours).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewSchedule {
        /// What it is called: 1 to 100 characters.
        pub name: String = "name",
        /// What it is for.
        pub schedule_type: ScheduleType = "schedule_type",
        /// About it: at most 500 characters.
        pub description: Option<String> = "description",
        /// From when: `09:00`.
        pub start_time: String = "start_time",
        /// Until when: `17:00`. May be before the beginning: then it is over night.
        pub end_time: String = "end_time",
        /// Where it is that late: an IANA name, by default `UTC`.
        pub timezone: Option<String> = "timezone",
        /// On which days.
        pub days_of_week: Vec<Weekday> = "days_of_week",
        /// Whether it counts at once; by default it does.
        pub is_active: Option<bool> = "is_active",
        /// How it comes again.
        pub recurrence_pattern: Option<Recurrence> = "recurrence_pattern",
    }
    check |schedule, found| {
        found.length("name", &schedule.name, 1, 100);
        if schedule.schedule_type.as_str().is_empty() {
            found.add("schedule_type", "a kind of schedule");
        }
        if let Some(description) = &schedule.description {
            found.length("description", description, 0, 500);
        }
        for (name, time) in [("start_time", &schedule.start_time), ("end_time", &schedule.end_time)] {
            if !is_time_of_day(time) {
                found.add(name, "a time such as 09:00");
            }
        }
    }
}

/// `9:00`, `09:00` or `09:00:00`.
fn is_time_of_day(text: &str) -> bool {
    let mut parts = text.split(':');
    let mut below = |limit: u8, least: usize| {
        parts.next().is_some_and(|part| {
            (least..=2).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && part.parse::<u8>().is_ok_and(|number| number < limit)
        })
    };
    let is_time = below(24, 1) && below(60, 2);
    let rest = text.split(':').count();
    is_time && (rest == 2 || (rest == 3 && below(60, 2)))
}

object! {
    /// A schedule that was made.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::CreatedSchedule;
    ///
    /// let created: CreatedSchedule = serde_json::from_str(r#"{"id":"1234567890"}"#)?;
    /// assert_eq!(created.id.as_str(), "1234567890");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreatedSchedule {
        /// Its id.
        pub id: NodeId = "id",
    }
}

object! {
    /// A schedule.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::Schedule;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<Schedule> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1234567890","name":"Shop","status":"PAUSED","is_active":false}]}"#,
    /// )?;
    /// assert_eq!(
    ///     (page.data[0].name.as_deref(), page.data[0].is_active),
    ///     (Some("Shop"), Some(false)),
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Schedule {
        /// Its id.
        pub id: NodeId = "id",
        /// What it is called.
        pub name: Option<String> = "name",
        /// How it stands.
        pub status: Option<ScheduleStatus> = "status",
        /// What it is for.
        pub schedule_type: Option<ScheduleType> = "schedule_type",
        /// About it.
        pub description: Option<String> = "description",
        /// From when: `09:00`.
        pub start_time: Option<String> = "start_time",
        /// Until when: `17:00`.
        pub end_time: Option<String> = "end_time",
        /// Where it is that late: an IANA name.
        pub timezone: Option<String> = "timezone",
        /// On which days.
        pub days_of_week: Vec<Weekday> = "days_of_week",
        /// When it was made: ISO 8601.
        pub created_time: Option<String> = "created_time",
        /// When it was changed: ISO 8601.
        pub updated_time: Option<String> = "updated_time",
        /// Whether it counts.
        pub is_active: Option<bool> = "is_active",
        /// How it comes again.
        pub recurrence_pattern: Option<Recurrence> = "recurrence_pattern",
    }
}

object! {
    /// How a schedule comes again.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{Frequency, Recurrence};
    ///
    /// let every_second_week = Recurrence {
    ///     frequency: Some(Frequency::Weekly),
    ///     interval: Some(2),
    ///     ..Recurrence::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&every_second_week)?,
    ///     r#"{"frequency":"WEEKLY","interval":2}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Recurrence {
        /// In steps of what.
        pub frequency: Option<Frequency> = "frequency",
        /// How many steps at a time: from 1.
        pub interval: Option<u32> = "interval",
        /// The last day: `2024-12-31`.
        pub end_date: Option<String> = "end_date",
    }
    check |recurrence, found| {
        if recurrence.interval == Some(0) {
            found.add("interval", "1 or more, found 0");
        }
    }
}

open_enum! {
    /// In which order schedules are listed.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{ListSchedules, ScheduleOrder};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListSchedules::new("102290129340398");
    /// call.sort = Some(ScheduleOrder::LastChangedFirst);
    /// assert_eq!(call.request()?.query()[0].1, "updated_time.desc");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    ScheduleOrder {
        /// Those first that were made first.
        OldestFirst = "created_time.asc",
        /// Those first that were made last.
        NewestFirst = "created_time.desc",
        /// Those last that were changed last.
        LastChangedLast = "updated_time.asc",
        /// Those first that were changed last.
        LastChangedFirst = "updated_time.desc",
    }
}

open_enum! {
    /// How a schedule stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{Schedule, ScheduleStatus};
    ///
    /// let schedule: Schedule = serde_json::from_str(
    ///     r#"{"id":"1234567890","status":"EXPIRED"}"#,
    /// )?;
    /// assert_eq!(schedule.status, Some(ScheduleStatus::Expired));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ScheduleStatus {
        /// It counts.
        Active = "ACTIVE",
        /// It does not.
        Inactive = "INACTIVE",
        /// It does not for now.
        Paused = "PAUSED",
        /// It is over.
        Expired = "EXPIRED",
        /// It is not ready.
        Draft = "DRAFT",
    }
}

open_enum! {
    /// What a schedule is for.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{Schedule, ScheduleType};
    ///
    /// let schedule: Schedule = serde_json::from_str(
    ///     r#"{"id":"1234567890","schedule_type":"MAINTENANCE_WINDOW"}"#,
    /// )?;
    /// assert_eq!(schedule.schedule_type, Some(ScheduleType::MaintenanceWindow));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ScheduleType {
        /// When the business is open.
        BusinessHours = "BUSINESS_HOURS",
        /// When answers are automatic.
        AutomatedResponse = "AUTOMATED_RESPONSE",
        /// When a campaign runs.
        MessageCampaign = "MESSAGE_CAMPAIGN",
        /// When the system is down.
        MaintenanceWindow = "MAINTENANCE_WINDOW",
        /// Something else.
        Custom = "CUSTOM",
    }
}

open_enum! {
    /// The steps of what comes again.
    ///
    /// ```
    /// use whatsapp_cloud::api::schedules::{Frequency, Recurrence};
    ///
    /// let recurrence: Recurrence = serde_json::from_str(r#"{"frequency":"YEARLY"}"#)?;
    /// assert_eq!(recurrence.frequency, Some(Frequency::Yearly));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Frequency {
        /// Days.
        Daily = "DAILY",
        /// Weeks.
        Weekly = "WEEKLY",
        /// Months.
        Monthly = "MONTHLY",
        /// Years.
        Yearly = "YEARLY",
    }
}

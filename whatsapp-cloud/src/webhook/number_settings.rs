//! The settings of a phone number: `account_settings_update`.

use crate::webhook::raw::Raw;
use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

element! {
    /// Somebody changed the settings of a phone number.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/account-settings.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AccountSettings, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    ///     "type":"phone_number_settings",
    ///     "phone_number_settings":{"phone_number_id":"106540352242922"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let AccountSettings { phone_number_settings, .. } = *settings;
    /// assert_eq!(
    ///     phone_number_settings.and_then(|of| of.phone_number_id),
    ///     Some("106540352242922".into()),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct AccountSettings<'a> {
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// What was changed: `PHONE_NUMBER_SETTINGS`, in small letters too.
        pub kind: Option<Text<'a>> = "type",
        /// The settings of a phone number.
        pub phone_number_settings: Option<Box<PhoneNumberSettings<'a>>> = "phone_number_settings",
    }
}

record! {
    /// The settings of a phone number.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, PhoneNumberSettings, SettingStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    /// "type":"phone_number_settings",
    /// "phone_number_settings":{"phone_number_id":"106540352242922",
    /// "calling":{"status":"ENABLED"}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let PhoneNumberSettings { calling, .. } =
    ///     *settings.phone_number_settings.ok_or("of which")?;
    /// assert_eq!(calling.and_then(|calling| calling.status), Some(SettingStatus::Enabled));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct PhoneNumberSettings<'a> {
        /// The phone number.
        pub phone_number_id: Option<Text<'a>> = "phone_number_id",
        /// Its settings for calls.
        pub calling: Option<Box<CallingSettings<'a>>> = "calling",
    }
}

words! {
    /// Whether something is switched on.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::SettingStatus;
    ///
    /// assert_eq!(SettingStatus::from("DISABLED"), SettingStatus::Disabled);
    /// ```
    SettingStatus {
        /// It is.
        Enabled = "ENABLED",
        /// It is not.
        Disabled = "DISABLED",
        /// Nobody has said.
        NotSet = "NOT_SET",
    }
}

words! {
    /// Where customers see a button for calls.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::CallIconVisibility;
    ///
    /// assert_eq!(CallIconVisibility::from("DISABLE_ALL"), CallIconVisibility::DisableAll);
    /// ```
    CallIconVisibility {
        /// In the chat and in the profile.
        Default = "DEFAULT",
        /// Nowhere.
        DisableAll = "DISABLE_ALL",
        /// Nobody has said.
        NotSet = "NOT_SET",
    }
}

record! {
    /// The settings of a phone number for calls.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallIconVisibility, CallingSettings, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    ///     "phone_number_settings":{"calling":{"status":"ENABLED",
    ///     "call_icon_visibility":"DEFAULT"}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling = settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let CallingSettings { call_icon_visibility, .. } = *calling;
    /// assert_eq!(call_icon_visibility, Some(CallIconVisibility::Default));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallingSettings<'a> {
        /// Whether there are calls at all.
        pub status: Option<SettingStatus> = "status",
        /// Where customers see a button for them.
        pub call_icon_visibility: Option<CallIconVisibility> = "call_icon_visibility",
        /// In which countries they see it.
        pub call_icons: Option<Box<CallIcons<'a>>> = "call_icons",
        /// Whether who calls you may be called back.
        pub callback_permission_status: Option<SettingStatus> = "callback_permission_status",
        /// When you can be called.
        pub call_hours: Option<Box<CallHours<'a>>> = "call_hours",
        /// Your telephone system.
        pub sip: Option<Box<SipSettings<'a>>> = "sip",
        /// How the keys of a call are agreed on: `DTLS`, `SDES`.
        pub srtp_key_exchange_protocol: Option<Text<'a>> = "srtp_key_exchange_protocol",
        /// What more can be heard than is usual.
        pub audio: Option<Raw<'a>> = "audio",
        /// Whether and how there is video.
        pub video: Option<Raw<'a>> = "video",
        /// Whether who does not reach you can leave a message.
        pub voicemail: Option<Raw<'a>> = "voicemail",
        /// From where calls come.
        pub ip_addresses: Option<Raw<'a>> = "ip_addresses",
        /// What you may not do with calls, and until when.
        pub restrictions: Option<Raw<'a>> = "restrictions",
    }
}

record! {
    /// Where customers see a button for calls.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallIcons, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    /// "phone_number_settings":{"calling":{"call_icons":{
    ///     "restrict_to_user_countries":["US"]}}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling =
    ///     settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let CallIcons { restrict_to_user_countries, .. } = *calling.call_icons.ok_or("where")?;
    /// assert_eq!(restrict_to_user_countries[0].as_str(), "US");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallIcons<'a> {
        /// Only in these countries, as two letters each.
        pub restrict_to_user_countries: Vec<Text<'a>> = "restrict_to_user_countries",
    }
}

record! {
    /// When you can be called.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallHours, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    ///     "phone_number_settings":{"calling":{"call_hours":{"status":"ENABLED",
    ///     "timezone_id":"America/Sao_Paulo"}}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling = settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let CallHours { timezone_id, .. } = *calling.call_hours.ok_or("when")?;
    /// assert_eq!(timezone_id, Some("America/Sao_Paulo".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallHours<'a> {
        /// Whether that is limited.
        pub status: Option<SettingStatus> = "status",
        /// The time zone, such as `America/Sao_Paulo`.
        pub timezone_id: Option<Text<'a>> = "timezone_id",
        /// The hours of each day.
        pub weekly_operating_hours: Vec<OperatingHours<'a>> = "weekly_operating_hours",
        /// Days that differ.
        pub holiday_schedule: Vec<HolidayHours<'a>> = "holiday_schedule",
    }
}

record! {
    /// When you can be called on a day of the week.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, OperatingHours, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    /// "phone_number_settings":{"calling":{"call_hours":{
    ///     "weekly_operating_hours":[{"day_of_week":"MONDAY",
    /// "open_time":"0800","close_time":"1800"}]}}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling =
    ///     settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let hours = calling.call_hours.ok_or("when")?;
    /// let OperatingHours { open_time, .. } = &hours.weekly_operating_hours[0];
    /// assert_eq!(*open_time, Some("0800".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct OperatingHours<'a> {
        /// The day: `MONDAY`, …
        pub day_of_week: Option<Text<'a>> = "day_of_week",
        /// From when: `0800`.
        pub open_time: Option<Text<'a>> = "open_time",
        /// Until when: `1800`.
        pub close_time: Option<Text<'a>> = "close_time",
    }
}

record! {
    /// When you can be called on a day of the year.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HolidayHours, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    /// "phone_number_settings":{"calling":{"call_hours":{"holiday_schedule":[{"date":"2026-12-24",
    /// "start_time":"0000","end_time":"1200"}]}}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling =
    ///     settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let hours = calling.call_hours.ok_or("when")?;
    /// let HolidayHours { date, .. } = &hours.holiday_schedule[0];
    /// assert_eq!(*date, Some("2026-12-24".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct HolidayHours<'a> {
        /// The day: `2026-01-01`.
        pub date: Option<Text<'a>> = "date",
        /// From when: `0000`.
        pub start_time: Option<Text<'a>> = "start_time",
        /// Until when: `2359`.
        pub end_time: Option<Text<'a>> = "end_time",
    }
}

record! {
    /// Your telephone system.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SettingStatus, SipSettings, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    ///     "phone_number_settings":{"calling":{"sip":{"status":"ENABLED",
    ///     "servers":[{"hostname":"sip.luckyshrub.com"}]}}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling = settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let SipSettings { status, servers, .. } = *calling.sip.ok_or("by SIP")?;
    /// assert_eq!((status, servers.len()), (Some(SettingStatus::Enabled), 1));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct SipSettings<'a> {
        /// Whether calls go there.
        pub status: Option<SettingStatus> = "status",
        /// Whether webhooks tell of its calls too.
        pub webhook_delivery: Option<Text<'a>> = "webhook_delivery",
        /// Its servers.
        pub servers: Vec<SipServer<'a>> = "servers",
    }
}

record! {
    /// A server of your telephone system.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, SipServer, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_settings_update","value":{
    ///     "phone_number_settings":{"calling":{"sip":{"servers":[{"hostname":"sip.luckyshrub.com",
    ///     "port":5061}]}}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountSettings(settings) = event.kind else { return Err("it is another") };
    /// let calling = settings.phone_number_settings.and_then(|of| of.calling).ok_or("for calls")?;
    /// let SipServer { port, .. } = &calling.sip.as_ref().ok_or("by SIP")?.servers[0];
    /// assert_eq!(*port, Some(5061));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct SipServer<'a> {
        /// Its name.
        pub hostname: Option<Text<'a>> = "hostname",
        /// Its port.
        pub port: Option<i64> = "port",
        /// What stands in the address that is called, by names of your own.
        pub request_uri_user_params: Option<Raw<'a>> = "request_uri_user_params",
    }
}

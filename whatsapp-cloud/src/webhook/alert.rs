//! What Meta draws attention to: `account_alerts`.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What an alert is about.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::AlertEntityType;
    ///
    /// assert_eq!(AlertEntityType::from("CURRENT_STATUS_ID"), AlertEntityType::BusinessProfile);
    /// ```
    AlertEntityType {
        /// A business.
        Business = "BUSINESS",
        /// A phone number.
        PhoneNumber = "PHONE_NUMBER",
        /// The business profile of a phone number.
        BusinessProfile = "CURRENT_STATUS_ID",
        /// A WhatsApp Business Account. Of old API versions.
        Waba = "WABA",
    }
}

words! {
    /// How grave an alert is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::AlertSeverity;
    ///
    /// let wakes_somebody = |severity: &AlertSeverity| *severity == AlertSeverity::Critical;
    /// assert!(wakes_somebody(&"CRITICAL".into()) && !wakes_somebody(&"WARNING".into()));
    /// ```
    AlertSeverity {
        /// Good to know.
        Informational = "INFORMATIONAL",
        /// Something will go wrong.
        Warning = "WARNING",
        /// Something goes wrong.
        Critical = "CRITICAL",
    }
}

words! {
    /// Whether an alert holds.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::AlertStatus;
    ///
    /// assert_eq!(AlertStatus::from("ACTIVE"), AlertStatus::Active);
    /// assert_eq!(AlertStatus::from("NONE"), AlertStatus::None);
    /// ```
    AlertStatus {
        /// It does.
        Active = "ACTIVE",
        /// It is told once.
        None = "NONE",
    }
}

words! {
    /// What an alert says.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::AlertType;
    ///
    /// assert_eq!(AlertType::from("OBA_APPROVED"), AlertType::OfficialAccountApproved);
    /// ```
    AlertType {
        /// The number is an official business account.
        OfficialAccountApproved = "OBA_APPROVED",
        /// The number does not become one.
        OfficialAccountRejected = "OBA_REJECTED",
        /// Whether the limits rise is decided later.
        CapabilitiesDeferred = "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
        /// The limits do not rise.
        CapabilitiesFailed = "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
        /// Meta must know more before they do.
        CapabilitiesNeedMoreInfo = "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO",
        /// The profile picture is gone.
        ProfilePictureLost = "PROFILE_PICTURE_LOST",
    }
}

element! {
    /// Meta alerts you: limits that do not rise, an official account, a lost picture.
    ///
    /// What it says stands in `alert_info`, and of old beside it: the methods look at both.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_alerts>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/account-alert.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{
    ///     AccountAlert, AlertEntityType, AlertSeverity, EventKind, Verified,
    /// };
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_alerts","value":{
    ///     "entity_type":"BUSINESS","entity_id":"506914307656634",
    ///     "alert_info":{"alert_severity":"CRITICAL","alert_type":"OBA_REJECTED"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountAlert(alert) = event.kind else { return Err("it is another") };
    /// let AccountAlert { entity_type, alert_info, .. } = *alert;
    /// assert_eq!(entity_type, Some(AlertEntityType::Business));
    /// assert_eq!(
    ///     alert_info.ok_or("it says what")?.alert_severity,
    ///     Some(AlertSeverity::Critical),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct AccountAlert<'a> {
        /// What it is about.
        pub entity_type: Option<AlertEntityType> = "entity_type",
        /// Its id.
        pub entity_id: Option<Text<'a>> = "entity_id",
        /// What it says.
        pub alert_info: Option<Box<AlertInfo<'a>>> = "alert_info",
        /// How grave it is, in the old form.
        pub alert_severity: Option<AlertSeverity> = "alert_severity",
        /// Whether it holds, in the old form.
        pub alert_status: Option<AlertStatus> = "alert_status",
        /// What it says, in the old form.
        pub alert_type: Option<AlertType> = "alert_type",
        /// The same in Meta's words, in the old form.
        pub alert_description: Option<Text<'a>> = "alert_description",
    }
}

record! {
    /// What an alert says.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AlertInfo, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_alerts","value":{
    ///     "alert_info":{"alert_status":"ACTIVE",
    ///     "alert_description":"A document is missing"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountAlert(alert) = event.kind else { return Err("it is another") };
    /// let AlertInfo { alert_description, .. } = *alert.alert_info.ok_or("it says what")?;
    /// assert_eq!(alert_description, Some("A document is missing".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct AlertInfo<'a> {
        /// How grave it is.
        pub alert_severity: Option<AlertSeverity> = "alert_severity",
        /// Whether it holds.
        pub alert_status: Option<AlertStatus> = "alert_status",
        /// What it says.
        pub alert_type: Option<AlertType> = "alert_type",
        /// The same in Meta's words. Placeholders in it may be unfilled.
        pub alert_description: Option<Text<'a>> = "alert_description",
    }
}

impl<'a> AccountAlert<'a> {
    /// How grave it is, in either form.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{AlertSeverity, AlertStatus, AlertType, EventKind, Verified};
    ///
    /// let old = br#"{"entry":[{"changes":[{"field":"account_alerts","value":{
    ///     "alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED",
    ///     "alert_description":"A document is missing"}}]}]}"#;
    /// let event = Verified::restored(old).events().next().ok_or("there is one")?;
    /// let EventKind::AccountAlert(alert) = event.kind else { return Err("it is another") };
    /// assert_eq!(alert.severity(), Some(&AlertSeverity::Critical));
    /// assert_eq!(alert.status(), Some(&AlertStatus::Active));
    /// assert_eq!(alert.kind(), Some(&AlertType::OfficialAccountRejected));
    /// assert_eq!(alert.description(), Some(&"A document is missing".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn severity(&self) -> Option<&AlertSeverity> {
        self.info(|info| info.alert_severity.as_ref()).or(self.alert_severity.as_ref())
    }

    /// Whether it holds, in either form.
    pub fn status(&self) -> Option<&AlertStatus> {
        self.info(|info| info.alert_status.as_ref()).or(self.alert_status.as_ref())
    }

    /// What it says, in either form.
    pub fn kind(&self) -> Option<&AlertType> {
        self.info(|info| info.alert_type.as_ref()).or(self.alert_type.as_ref())
    }

    /// What it says in Meta's words, in either form.
    pub fn description(&self) -> Option<&Text<'a>> {
        self.info(|info| info.alert_description.as_ref()).or(self.alert_description.as_ref())
    }

    fn info<'s, T>(
        &'s self,
        member: impl FnOnce(&'s AlertInfo<'a>) -> Option<&'s T>,
    ) -> Option<&'s T> {
        self.alert_info.as_deref().and_then(member)
    }
}

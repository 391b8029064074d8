//! What happens to message templates: their review, pauses, quality, contents and category.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What happened to a template.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateEvent, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_status_update","value":{
    ///     "event":"PAUSED","message_template_id":12345678}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateStatus(template) = event.kind else { return Err("it is another") };
    /// assert_eq!(template.event, Some(TemplateEvent::Paused), "it cannot be sent for now");
    /// # Ok::<(), &str>(())
    /// ```
    TemplateEvent {
        /// It may be sent.
        Approved = "APPROVED",
        /// It may not: [`TemplateStatus::reason`].
        Rejected = "REJECTED",
        /// It is being reviewed.
        Pending = "PENDING",
        /// It may not be sent for a while: [`TemplateStatus::other_info`].
        Paused = "PAUSED",
        /// It may never be sent again.
        Disabled = "DISABLED",
        /// It is rated low and will be disabled unless that changes.
        Flagged = "FLAGGED",
        /// It will be deleted.
        PendingDeletion = "PENDING_DELETION",
        /// It was deleted.
        Deleted = "DELETED",
        /// You have appealed against a decision.
        InAppeal = "IN_APPEAL",
        /// It may be sent again.
        Reinstated = "REINSTATED",
        /// The account has as many templates as it may have.
        LimitExceeded = "LIMIT_EXCEEDED",
        /// It cannot be changed.
        Locked = "LOCKED",
        /// It can be changed again.
        Unlocked = "UNLOCKED",
        /// It is put aside, and deleted 28 days later unless it is taken back.
        Archived = "ARCHIVED",
        /// It was taken back, and is what it was before.
        Unarchived = "UNARCHIVED",
    }
}

words! {
    /// Why a template was rejected.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateReason, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_status_update","value":{
    ///     "event":"REJECTED","reason":"PROMOTIONAL"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateStatus(template) = event.kind else { return Err("it is another") };
    /// assert_eq!(template.reason, Some(TemplateReason::Promotional));
    /// # Ok::<(), &str>(())
    /// ```
    TemplateReason {
        /// It was not.
        None = "NONE",
        /// Its content is against Meta's rules.
        AbusiveContent = "ABUSIVE_CONTENT",
        /// Authentication templates are not to be had where you are.
        CategoryNotAvailable = "CATEGORY_NOT_AVAILABLE",
        /// It is of another category than it says.
        IncorrectCategory = "INCORRECT_CATEGORY",
        /// Its form is wrong: [`TemplateStatus::rejection_info`].
        InvalidFormat = "INVALID_FORMAT",
        /// It promotes what may not be promoted.
        Promotional = "PROMOTIONAL",
        /// It is a fraud.
        Scam = "SCAM",
        /// Its content is not what its category says.
        TagContentMismatch = "TAG_CONTENT_MISMATCH",
    }
}

words! {
    /// What a template is for.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::TemplateCategoryName;
    ///
    /// assert_eq!(TemplateCategoryName::from("UTILITY"), TemplateCategoryName::Utility);
    /// ```
    TemplateCategoryName {
        /// To sell.
        Marketing = "MARKETING",
        /// To tell of something the customer has asked for.
        Utility = "UTILITY",
        /// To send a code.
        Authentication = "AUTHENTICATION",
    }
}

element! {
    /// A template was approved, rejected, paused, deleted, …
    ///
    /// Meta prints an example of `message_template_quality_update` under the name of this
    /// field. Such a value is read as a [`TemplateQuality`].
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/template-rejected.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateEvent, TemplateStatus, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_status_update","value":{
    ///     "event":"APPROVED","message_template_id":12345678,
    ///     "message_template_name":"my_message_template"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateStatus(template) = event.kind else { return Err("it is another") };
    /// let TemplateStatus { event, message_template_name, .. } = *template;
    /// assert_eq!(event, Some(TemplateEvent::Approved));
    /// assert_eq!(message_template_name, Some("my_message_template".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateStatus<'a> {
        /// What happened.
        pub event: Option<TemplateEvent> = "event",
        /// The template.
        pub message_template_id: Option<i64> = "message_template_id",
        /// Its name.
        pub message_template_name: Option<Text<'a>> = "message_template_name",
        /// Its language. Both `en-US` and `en_US` are seen.
        pub message_template_language: Option<Text<'a>> = "message_template_language",
        /// What it is for.
        pub message_template_category: Option<TemplateCategoryName> = "message_template_category",
        /// Why it was rejected. `NONE` or missing when it was not.
        pub reason: Option<TemplateReason> = "reason",
        /// Since when it is disabled.
        pub disable_info: Option<Box<TemplateDisableInfo<'a>>> = "disable_info",
        /// Why it is paused or locked, or is no longer.
        pub other_info: Option<Box<TemplateOtherInfo<'a>>> = "other_info",
        /// What is wrong with its form.
        pub rejection_info: Option<Box<TemplateRejectionInfo<'a>>> = "rejection_info",
    }
}

record! {
    /// Since when a template is disabled.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateDisableInfo, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_status_update","value":{
    /// "event":"DISABLED","disable_info":{"disable_date":"2025-01-06"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateStatus(template) = event.kind else { return Err("it is another") };
    /// let TemplateDisableInfo { disable_date, .. } =
    ///     *template.disable_info.ok_or("it says when")?;
    /// assert_eq!(disable_date, Some("2025-01-06".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateDisableInfo<'a> {
        /// When: the seconds since 1970, or of old in English words such as
        /// `January 31, 2021`. See [`TemplateDisableInfo::seconds`].
        pub disable_date: Option<Text<'a>> = "disable_date",
    }
}

impl TemplateDisableInfo<'_> {
    /// Since when, in seconds since 1970. None when Meta says it in words.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::TemplateDisableInfo;
    ///
    /// let mut info = TemplateDisableInfo::default();
    /// info.disable_date = Some("1749416383".into());
    /// assert_eq!(info.seconds(), Some(1_749_416_383));
    /// info.disable_date = Some("January 31, 2021".into());
    /// assert_eq!(info.seconds(), None);
    /// ```
    pub fn seconds(&self) -> Option<i64> {
        self.disable_date.as_ref()?.as_str().parse().ok()
    }
}

words! {
    /// Why a template is paused or locked, or is no longer.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::TemplatePause;
    ///
    /// assert_eq!(TemplatePause::from("SECOND_PAUSE"), TemplatePause::SecondPause);
    /// ```
    TemplatePause {
        /// It is paused for the first time.
        FirstPause = "FIRST_PAUSE",
        /// It is paused for the second time.
        SecondPause = "SECOND_PAUSE",
        /// It is paused because too much of it was sent.
        RateLimitingPause = "RATE_LIMITING_PAUSE",
        /// It is no longer paused.
        Unpause = "UNPAUSE",
        /// It is disabled.
        Disabled = "DISABLED",
    }
}

record! {
    /// Why a template is paused or locked, or is no longer.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateOtherInfo, TemplatePause, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_status_update","value":{
    ///     "event":"PAUSED","other_info":{"title":"FIRST_PAUSE",
    ///     "description":"Paused for 3 hours"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateStatus(template) = event.kind else { return Err("it is another") };
    /// let TemplateOtherInfo { title, .. } = *template.other_info.ok_or("it says why")?;
    /// assert_eq!(title, Some(TemplatePause::FirstPause));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateOtherInfo<'a> {
        /// Why.
        pub title: Option<TemplatePause> = "title",
        /// The same in Meta's words, with the time it ends.
        pub description: Option<Text<'a>> = "description",
    }
}

record! {
    /// What is wrong with the form of a template.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateRejectionInfo, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_status_update","value":{
    /// "event":"REJECTED","rejection_info":{"reason":"Bad format",
    /// "recommendation":"Add an example"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateStatus(template) = event.kind else { return Err("it is another") };
    /// let TemplateRejectionInfo { recommendation, .. } =
    ///     *template.rejection_info.ok_or("it says why")?;
    /// assert_eq!(recommendation, Some("Add an example".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateRejectionInfo<'a> {
        /// What is wrong, in Meta's words.
        pub reason: Option<Text<'a>> = "reason",
        /// What to do about it, in Meta's words.
        pub recommendation: Option<Text<'a>> = "recommendation",
    }
}

words! {
    /// How customers take a template.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::QualityScore;
    ///
    /// assert_eq!(
    ///     QualityScore::from("UNKNOWN"),
    ///     QualityScore::Unrated, "nobody has judged it yet",
    /// );
    /// ```
    QualityScore {
        /// Well.
        Green = "GREEN",
        /// Less well.
        Yellow = "YELLOW",
        /// Badly. A pause may follow.
        Red = "RED",
        /// Not known yet.
        Unrated = "UNKNOWN",
    }
}

element! {
    /// Customers take a template better or worse than before.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_quality_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/template-quality.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, QualityScore, TemplateQuality, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_quality_update","value":{
    ///     "previous_quality_score":"GREEN","new_quality_score":"YELLOW",
    ///     "message_template_id":12345678}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateQuality(quality) = event.kind else { return Err("it is another") };
    /// let TemplateQuality { previous_quality_score, new_quality_score, .. } = *quality;
    /// assert_eq!(previous_quality_score, Some(QualityScore::Green));
    /// assert_eq!(new_quality_score, Some(QualityScore::Yellow));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateQuality<'a> {
        /// How it was taken before.
        pub previous_quality_score: Option<QualityScore> = "previous_quality_score",
        /// How it is taken now.
        pub new_quality_score: Option<QualityScore> = "new_quality_score",
        /// The template.
        pub message_template_id: Option<i64> = "message_template_id",
        /// Its name.
        pub message_template_name: Option<Text<'a>> = "message_template_name",
        /// Its language. Both `en-US` and `en_US` are seen.
        pub message_template_language: Option<Text<'a>> = "message_template_language",
    }
}

element! {
    /// A template was changed: this is what it says now.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_components_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/template-components.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateComponents, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_components_update","value":{
    ///     "message_template_id":12345678,"message_template_element":"Hi {{1}}!"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateComponents(parts) = event.kind else { return Err("it is another") };
    /// let TemplateComponents { message_template_element, .. } = *parts;
    /// assert_eq!(message_template_element, Some("Hi {{1}}!".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateComponents<'a> {
        /// The template.
        pub message_template_id: Option<i64> = "message_template_id",
        /// Its name.
        pub message_template_name: Option<Text<'a>> = "message_template_name",
        /// Its language. Both `en-US` and `en_US` are seen.
        pub message_template_language: Option<Text<'a>> = "message_template_language",
        /// Its header, when that is a text.
        pub message_template_title: Option<Text<'a>> = "message_template_title",
        /// Its body.
        pub message_template_element: Option<Text<'a>> = "message_template_element",
        /// Its footer.
        pub message_template_footer: Option<Text<'a>> = "message_template_footer",
        /// Its buttons that lead to a website or a phone number. Meta does not tell the others.
        pub message_template_buttons: Vec<TemplateButton<'a>> = "message_template_buttons",
    }
}

words! {
    /// What a button of a template does.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::TemplateButtonKind;
    ///
    /// assert_eq!(TemplateButtonKind::from("PHONE_NUMBER"), TemplateButtonKind::PhoneNumber);
    /// ```
    TemplateButtonKind {
        /// Opens a website.
        Url = "URL",
        /// Calls a phone number.
        PhoneNumber = "PHONE_NUMBER",
    }
}

record! {
    /// A button of a template.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateButton, TemplateButtonKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"message_template_components_update","value":{
    ///     "message_template_buttons":[{"message_template_button_type":"URL",
    ///     "message_template_button_text":"Look",
    ///     "message_template_button_url":"https://www.luckyshrub.com/"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateComponents(parts) = event.kind else { return Err("it is another") };
    /// let TemplateButton { kind, text, .. } = &parts.message_template_buttons[0];
    /// assert_eq!((kind, text), (&Some(TemplateButtonKind::Url), &Some("Look".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateButton<'a> {
        /// What it does.
        pub kind: Option<TemplateButtonKind> = "message_template_button_type",
        /// What is written on it.
        pub text: Option<Text<'a>> = "message_template_button_text",
        /// The website.
        pub url: Option<Text<'a>> = "message_template_button_url",
        /// The phone number.
        pub phone_number: Option<Text<'a>> = "message_template_button_phone_number",
    }
}

element! {
    /// Meta takes a template for something else than it says: first that the category will
    /// change, about a day later that it has. See [`TemplateCategory::is_impending`].
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_category_update>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/template-category-impending.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{
    ///     EventKind, TemplateCategory, TemplateCategoryName, Verified,
    /// };
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"template_category_update","value":{
    ///     "message_template_id":12345678,"previous_category":"UTILITY",
    ///     "new_category":"MARKETING"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateCategory(change) = event.kind else { return Err("it is another") };
    /// let TemplateCategory { new_category, .. } = *change;
    /// assert_eq!(new_category, Some(TemplateCategoryName::Marketing), "it costs more now");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateCategory<'a> {
        /// The template.
        pub message_template_id: Option<i64> = "message_template_id",
        /// Its name.
        pub message_template_name: Option<Text<'a>> = "message_template_name",
        /// Its language. Both `en-US` and `en_US` are seen.
        pub message_template_language: Option<Text<'a>> = "message_template_language",
        /// What it was before the change. None while the change is only announced.
        pub previous_category: Option<TemplateCategoryName> = "previous_category",
        /// What it is today. While a change is only announced, Meta writes the category that
        /// still holds here.
        pub new_category: Option<TemplateCategoryName> = "new_category",
        /// What it will be, when a change is announced.
        pub correct_category: Option<TemplateCategoryName> = "correct_category",
        /// When it will be so, in seconds since 1970.
        pub category_update_timestamp: Option<i64> = "category_update_timestamp",
    }
}

impl TemplateCategory<'_> {
    /// Whether the change is only announced: the template is still what
    /// [`new_category`](TemplateCategory::new_category) says, and will be what
    /// [`correct_category`](TemplateCategory::correct_category) says.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{TemplateCategory, TemplateCategoryName};
    ///
    /// let mut change = TemplateCategory::default();
    /// change.new_category = Some(TemplateCategoryName::Utility);
    /// change.correct_category = Some(TemplateCategoryName::Marketing);
    /// assert!(change.is_impending(), "there is a day left to ask for another look");
    /// ```
    pub fn is_impending(&self) -> bool {
        self.correct_category.is_some() && self.previous_category.is_none()
    }
}

element! {
    /// What was sent without a template of its own is of another category than it says. What
    /// follows climbs from a warning to a ban for good.
    ///
    /// Meta lists the field and does not describe its value; what is declared here was seen.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/template_correct_category_detection>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/template-correct-category.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, TemplateCorrectCategory, Verified};
    ///
    /// let body =
    ///     br#"{"entry":[{"changes":[{"field":"template_correct_category_detection","value":{
    /// "message_template_id":12345678,"category":"UTILITY",
    /// "correct_category":"MARKETING"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::TemplateCorrectCategory(found) = event.kind else {
    ///     return Err("it is another");
    /// };
    /// let TemplateCorrectCategory { category, correct_category, .. } = *found;
    /// assert_ne!(category, correct_category);
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateCorrectCategory<'a> {
        /// The template.
        pub message_template_id: Option<i64> = "message_template_id",
        /// Its name.
        pub message_template_name: Option<Text<'a>> = "message_template_name",
        /// Its language. Both `en-US` and `en_US` are seen.
        pub message_template_language: Option<Text<'a>> = "message_template_language",
        /// What it says it is.
        pub category: Option<TemplateCategoryName> = "category",
        /// What Meta takes it for.
        pub correct_category: Option<TemplateCategoryName> = "correct_category",
    }
}

//! What happens to message templates: their review, pauses, quality, contents and category.

use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What happened to a template.
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
    pub struct TemplateDisableInfo<'a> {
        /// When: the seconds since 1970, or of old in English words such as
        /// `January 31, 2021`. See [`TemplateDisableInfo::seconds`].
        pub disable_date: Option<Text<'a>> = "disable_date",
    }
}

impl TemplateDisableInfo<'_> {
    /// Since when, in seconds since 1970. None when Meta says it in words.
    pub fn seconds(&self) -> Option<i64> {
        self.disable_date.as_ref()?.as_str().parse().ok()
    }
}

words! {
    /// Why a template is paused or locked, or is no longer.
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
    pub struct TemplateOtherInfo<'a> {
        /// Why.
        pub title: Option<TemplatePause> = "title",
        /// The same in Meta's words, with the time it ends.
        pub description: Option<Text<'a>> = "description",
    }
}

record! {
    /// What is wrong with the form of a template.
    pub struct TemplateRejectionInfo<'a> {
        /// What is wrong, in Meta's words.
        pub reason: Option<Text<'a>> = "reason",
        /// What to do about it, in Meta's words.
        pub recommendation: Option<Text<'a>> = "recommendation",
    }
}

words! {
    /// How customers take a template.
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
    TemplateButtonKind {
        /// Opens a website.
        Url = "URL",
        /// Calls a phone number.
        PhoneNumber = "PHONE_NUMBER",
    }
}

record! {
    /// A button of a template.
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

//! Templates as Meta answers them.

use crate::api::templates::{Component, ParameterFormat, TemplateCategory};
use crate::id::{NodeId, TemplateId};
use crate::wire::{object, open_enum};

object! {
    /// A template as Meta knows it. With `fields` only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{TemplateInfo, TemplateStatus};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<TemplateInfo> = serde_json::from_str(
    ///     r#"{"data":[{"id":"594425479261596","name":"seasonal_promotion","language":"en_US",
    ///     "status":"APPROVED"}]}"#,
    /// )?;
    /// let can_be_sent =
    ///     |template: &&TemplateInfo| template.status == Some(TemplateStatus::Approved);
    /// assert_eq!(page.data.iter().filter(can_be_sent).count(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplateInfo {
        /// The template.
        pub id: TemplateId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Its language.
        pub language: Option<String> = "language",
        /// Whether it can be sent.
        pub status: Option<TemplateStatus> = "status",
        /// What it is for.
        pub category: Option<TemplateCategory> = "category",
        /// What it was for before.
        pub previous_category: Option<TemplateCategory> = "previous_category",
        /// What it will be for soon, as Meta sees it.
        pub correct_category: Option<TemplateCategory> = "correct_category",
        /// What it is for within the category.
        pub sub_category: Option<String> = "sub_category",
        /// How its variables are written.
        pub parameter_format: Option<ParameterFormat> = "parameter_format",
        /// Its parts.
        pub components: Vec<Component> = "components",
        /// How customers like it.
        pub quality_score: Option<QualityScore> = "quality_score",
        /// Why it was refused.
        pub rejected_reason: Option<RejectedReason> = "rejected_reason",
        /// How long Meta tries to deliver it, in seconds.
        pub message_send_ttl_seconds: Option<i64> = "message_send_ttl_seconds",
        /// Whether clicks on its addresses are not counted.
        pub cta_url_link_tracking_opted_out: Option<bool> = "cta_url_link_tracking_opted_out",
        /// The template of Meta's library that it was made from.
        pub library_template_name: Option<String> = "library_template_name",
        /// Whether only the customer's first device shows it.
        pub is_primary_device_delivery_only: Option<bool> = "is_primary_device_delivery_only",
        /// When it was changed last.
        pub last_updated_time: Option<String> = "last_updated_time",
        /// The template group it is in. Undescribed by Meta's pages.
        pub template_group_id: Option<NodeId> = "template_group_id",
    }
}

open_enum! {
    /// Whether a template can be sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{TemplateInfo, TemplateStatus};
    ///
    /// let template: TemplateInfo = serde_json::from_str(
    ///     r#"{"id":"594425479261596","status":"PAUSED"}"#,
    /// )?;
    /// assert_eq!(template.status, Some(TemplateStatus::Paused));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case TemplateStatus {
        /// It can.
        Approved = "APPROVED",
        /// Meta looks at it.
        Pending = "PENDING",
        /// Meta refused it.
        Rejected = "REJECTED",
        /// Not for some hours: customers did not like it.
        Paused = "PAUSED",
        /// Never again: customers did not like it.
        Disabled = "DISABLED",
        /// The business asked Meta to look again.
        InAppeal = "IN_APPEAL",
        /// It can again.
        Reinstated = "REINSTATED",
        /// It is about to be disabled.
        Flagged = "FLAGGED",
        /// It cannot be changed.
        Locked = "LOCKED",
        /// It is deleted, and messages of it are still delivered.
        PendingDeletion = "PENDING_DELETION",
        /// It is deleted.
        Deleted = "DELETED",
        /// It is put aside, and deleted after 28 days.
        Archived = "ARCHIVED",
        /// It is no longer put aside.
        Unarchived = "UNARCHIVED",
        /// The account has too many.
        LimitExceeded = "LIMIT_EXCEEDED",
    }
}

open_enum! {
    /// Why Meta refused a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{RejectedReason, TemplateInfo};
    ///
    /// let template: TemplateInfo = serde_json::from_str(
    ///     r#"{"id":"594425479261596","rejected_reason":"INVALID_FORMAT"}"#,
    /// )?;
    /// assert_eq!(template.rejected_reason, Some(RejectedReason::InvalidFormat));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case RejectedReason {
        /// Not refused.
        None = "NONE",
        /// It is abusive.
        AbusiveContent = "ABUSIVE_CONTENT",
        /// It is for something else.
        IncorrectCategory = "INCORRECT_CATEGORY",
        /// It is not written as it must be.
        InvalidFormat = "INVALID_FORMAT",
        /// It is an offer.
        Promotional = "PROMOTIONAL",
        /// It deceives.
        Scam = "SCAM",
        /// It is for something else.
        TagContentMismatch = "TAG_CONTENT_MISMATCH",
    }
}

object! {
    /// How customers like a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{QualityScore, QualityScoreWord, TemplateInfo};
    ///
    /// let template: TemplateInfo = serde_json::from_str(
    ///     r#"{"id":"594425479261596","quality_score":{"score":"YELLOW"}}"#,
    /// )?;
    /// let QualityScore { score, .. } = template.quality_score.unwrap();
    /// assert_eq!(score, Some(QualityScoreWord::Yellow));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct QualityScore {
        /// How well.
        pub score: Option<QualityScoreWord> = "score",
        /// Since when, in seconds since 1970.
        pub date: Option<i64> = "date",
        /// Why. Undescribed by Meta's pages.
        pub reasons: Vec<String> = "reasons",
    }
}

open_enum! {
    /// How well customers like a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{ListTemplates, QualityScoreWord};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListTemplates::new("102290129340398");
    /// call.quality_score = vec![QualityScoreWord::Red];
    /// assert!(call.request()?.query().iter().any(|(_, value)| value == "RED"));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    in any case QualityScoreWord {
        /// Well.
        Green = "GREEN",
        /// Not so well.
        Yellow = "YELLOW",
        /// Not at all.
        Red = "RED",
        /// Not known yet.
        NotKnown = "UNKNOWN",
    }
}

object! {
    /// A template that was created.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CreatedTemplate, TemplateStatus};
    ///
    /// let created: CreatedTemplate = serde_json::from_str(
    ///     r#"{"id":"572279198452421","status":"PENDING","category":"MARKETING"}"#,
    /// )?;
    /// assert_eq!(created.status, TemplateStatus::Pending, "a webhook tells what Meta decides");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreatedTemplate {
        /// The template.
        pub id: TemplateId = "id",
        /// What has become of it: some are approved or refused at once.
        pub status: TemplateStatus = "status",
        /// What it is for, as Meta sees it.
        pub category: TemplateCategory = "category",
    }
}

//! Creating, reading, changing and deleting templates.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/>

use crate::api::Success;
use crate::api::call::call;
use crate::api::templates::{
    CreatedTemplate, QualityScoreWord, Template, TemplateCategory, TemplateEdit, TemplateInfo,
    TemplateStatus, Words,
};
use crate::id::{AccountId, TemplateId};
use crate::wire::{Page, object};

/// How many templates can be deleted at once.
const MOST_DELETED: usize = 100;

call! {
    /// Creates a template, of parts or from Meta's library. It can be sent once it is approved.
    ///
    /// 100 an hour for an account. Meta may choose another category: see the answer.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates#create>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Body, CreateTemplate, Template, TemplateCategory};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let body = Body { text: Some("Your order is on its way.".to_owned()), ..Body::default() };
    /// let template = Template {
    ///     name: "order_shipped".to_owned(),
    ///     language: "en_US".to_owned(),
    ///     category: TemplateCategory::Utility,
    ///     components: vec![body.into()],
    ///     ..Template::default()
    /// };
    /// let call = CreateTemplate::new("102290129340398", template);
    /// assert_eq!(call.request()?.target()?, "102290129340398/message_templates");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateTemplate -> CreatedTemplate = "create template", once;
    post "/{WABA-ID}/message_templates" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// The template.
        template: Template
    }
}

call! {
    /// Asks for a template.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-hsm/>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::GetTemplate;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetTemplate::new("920070352646140");
    /// call.fields = vec!["name".to_owned(), "quality_score".to_owned()];
    /// assert_eq!(call.request()?.target()?, "920070352646140?fields=name%2Cquality_score");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetTemplate -> TemplateInfo = "get template", idempotent;
    get "/{TEMPLATE_ID}" {
        /// The template.
        template_id: TemplateId,
    }
    query {
        /// What to tell of it; Meta's choice without.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Changes a template that is approved, refused or paused: its category, parts or time to
    /// live. Its parts are replaced all at once.
    ///
    /// An approved one can be changed once in 24 hours and 10 times in 30 days.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates#edit>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{EditTemplate, TemplateCategory, TemplateEdit};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let category = Some(TemplateCategory::Marketing);
    /// let edit = TemplateEdit { category, ..TemplateEdit::default() };
    /// let call = EditTemplate::new("1252715608684590", edit);
    /// assert_eq!(call.request()?.target()?, "1252715608684590");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct EditTemplate -> Success = "edit template", once;
    post "/{TEMPLATE_ID}" {
        /// The template.
        template_id: TemplateId,
    }
    body {
        /// What is to be changed.
        edit: TemplateEdit
    }
}

call! {
    /// Asks for the templates of an account, page by page.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates#get>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{ListTemplates, TemplateStatus};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListTemplates::new("102290129340398");
    /// call.status = vec![TemplateStatus::Approved];
    /// call.limit = Some(5);
    /// let target = call.request()?.target()?;
    /// assert_eq!(target, "102290129340398/message_templates?status=APPROVED&limit=5");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListTemplates -> Page<TemplateInfo> = "list templates", idempotent;
    get "/{WABA-ID}/message_templates" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// What to tell of each; Meta's choice without.
        fields: Vec<String> = "fields",
        /// Those of that name.
        name: Option<String> = "name",
        /// Those with that in their text.
        content: Option<String> = "content",
        /// Those with that in their name or text.
        name_or_content: Option<String> = "name_or_content",
        /// Those in these states.
        status: Vec<TemplateStatus> = "status",
        /// Those of these categories.
        category: Vec<TemplateCategory> = "category",
        /// Those in these languages.
        language: Vec<String> = "language",
        /// Those that customers like as much.
        quality_score: Vec<QualityScoreWord> = "quality_score",
    }
    paged {}
}

call! {
    /// Deletes the templates of a name in **all** languages, or the one with `hsm_id`.
    ///
    /// One that is disabled cannot be deleted. The name of one that was approved can be used
    /// again after 30 days.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates#delete>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::DeleteTemplate;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = DeleteTemplate::new("102290129340398", "order_shipped");
    /// call.hsm_id = Some("1407680676729941".into());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/message_templates?name=order_shipped&hsm_id=1407680676729941"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct DeleteTemplate -> Success = "delete template", idempotent;
    delete "/{WABA-ID}/message_templates" {
        /// The account.
        account_id: AccountId,
    }
    needs {
        /// The name.
        name: String = "name",
    }
    query {
        /// The one of them to delete.
        hsm_id: Option<TemplateId> = "hsm_id",
    }
}

call! {
    /// Deletes many templates: all of them, or none.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates#delete>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::DeleteTemplates;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = DeleteTemplates::new("102290129340398");
    /// assert!(call.request().is_err());
    /// call.hsm_ids = ["1407680676729941", "1407680676729942"].into();
    /// assert_eq!(call.request()?.query()[0].1, r#"["1407680676729941","1407680676729942"]"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct DeleteTemplates -> DeletedTemplates = "delete templates", idempotent;
    delete "/{waba-id}/message_templates" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// The templates: 1 to 100.
        hsm_ids: Words<TemplateId> = "hsm_ids",
    }
    check |call, found| {
        let count = call.hsm_ids.0.len();
        if count == 0 || count > MOST_DELETED {
            found.add("hsm_ids", format!("1 to {MOST_DELETED} templates, found {count}"));
        }
        for id in &call.hsm_ids.0 {
            found.numeric_id("hsm_ids", id.as_str());
        }
    }
}

object! {
    /// What became of templates that were to be deleted.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::DeletedTemplates;
    ///
    /// let deleted: DeletedTemplates = serde_json::from_str(r#"{"success":true}"#)?;
    /// assert!(deleted.success);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct DeletedTemplates {
        /// Whether they are deleted.
        pub success: bool = "success",
    }
}

call! {
    /// Says whether marketing templates can be sent with the Cloud API, or with the marketing
    /// messages API only (131063).
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CloudApiMarketing, SetCloudApiMarketing};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let off = CloudApiMarketing {
    ///     disable_marketing_messages_on_cloud_api: Some(true),
    ///     ..CloudApiMarketing::default()
    /// };
    /// let call = SetCloudApiMarketing::new("102290129340398", off);
    /// assert_eq!(call.request()?.target()?, "102290129340398");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SetCloudApiMarketing -> Success = "set cloud api marketing", idempotent;
    post "/{waba-id}" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// Whether they can.
        setting: CloudApiMarketing
    }
}

object! {
    /// Whether marketing templates can be sent with the Cloud API.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CloudApiMarketing, SetCloudApiMarketing};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let never = CloudApiMarketing {
    ///     disable_marketing_messages_on_cloud_api: Some(true),
    ///     ..CloudApiMarketing::default()
    /// };
    /// assert!(SetCloudApiMarketing::new("102290129340398", never).request().is_ok());
    /// ```
    pub struct CloudApiMarketing {
        /// Whether they cannot.
        pub disable_marketing_messages_on_cloud_api: Option<bool> =
            "disable_marketing_messages_on_cloud_api",
    }
    check |setting, found| {
        if setting.disable_marketing_messages_on_cloud_api.is_none() {
            found.add("disable_marketing_messages_on_cloud_api", "true or false, found none");
        }
    }
}

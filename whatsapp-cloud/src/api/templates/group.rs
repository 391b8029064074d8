//! Templates whose figures are counted together.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-groups>

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::api::Success;
use crate::api::call::call;
use crate::api::templates::TemplateInfo;
use crate::id::{AccountId, NodeId, TemplateId};
use crate::violation::Violations;
use crate::wire::member::{Member, Read};
use crate::wire::{Page, object};

/// How long a name and a description may be, in characters.
const MOST_NAME: usize = 256;
const MOST_DESCRIPTION: usize = 512;

call! {
    /// Creates a group of templates. A template is in one group at a time.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-groups>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CreateTemplateGroup, TemplateGroup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let group = TemplateGroup {
    ///     name: "Black Friday 2024".to_owned(),
    ///     whatsapp_business_templates: ["278077987957091"].into(),
    ///     ..TemplateGroup::default()
    /// };
    /// let call = CreateTemplateGroup::new("102290129340398", group);
    /// assert_eq!(call.request()?.target()?, "102290129340398/template_groups");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateTemplateGroup -> CreatedTemplateGroup = "create template group", once;
    post "/{waba-id}/template_groups" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// The group.
        group: TemplateGroup
    }
}

call! {
    /// Asks for the groups of templates of an account. Undescribed by Meta's pages; its SDKs
    /// have it.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/template_groups/>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::ListTemplateGroups;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListTemplateGroups::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/template_groups");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListTemplateGroups -> Page<TemplateGroupInfo> = "list template groups", idempotent;
    get "/{waba-id}/template_groups" {
        /// The account.
        account_id: AccountId,
    }
    query {
        /// What to tell of each; Meta's choice without.
        fields: Vec<String> = "fields",
    }
    paged {}
}

call! {
    /// Asks for a group of templates, and the templates in it.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-groups>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::GetTemplateGroup;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetTemplateGroup::new("9020555671393375");
    /// assert_eq!(call.request()?.target()?, "9020555671393375");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetTemplateGroup -> TemplateGroupInfo = "get template group", idempotent;
    get "/{template-group-id}" {
        /// The group.
        group_id: NodeId,
    }
    query {
        /// What to tell of it; Meta's choice without.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Changes a group of templates. What a template that leaves it was counted stays.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-groups>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{TemplateGroupUpdate, UpdateTemplateGroup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let update = TemplateGroupUpdate {
    ///     add_templates: ["844006344365270"].into(),
    ///     ..TemplateGroupUpdate::default()
    /// };
    /// let call = UpdateTemplateGroup::new("9020555671393375", update);
    /// assert_eq!(call.request()?.target()?, "9020555671393375");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateTemplateGroup -> Success = "update template group", idempotent;
    post "/{template-group-id}" {
        /// The group.
        group_id: NodeId,
    }
    body {
        /// What is to be changed.
        update: TemplateGroupUpdate
    }
}

call! {
    /// Deletes a group of templates; the templates stay.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-groups>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::DeleteTemplateGroup;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = DeleteTemplateGroup::new("9020555671393375");
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeleteTemplateGroup -> Success = "delete template group", idempotent;
    delete "/{template-group-id}" {
        /// The group.
        group_id: NodeId,
    }
}

object! {
    /// A group of templates as it is created.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CreateTemplateGroup, TemplateGroup, TemplateNumbers};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let group = TemplateGroup {
    ///     name: "Summer".to_owned(),
    ///     whatsapp_business_templates: TemplateNumbers(vec!["594425479261596".into()]),
    ///     ..TemplateGroup::default()
    /// };
    /// assert!(CreateTemplateGroup::new("102290129340398", group).request().is_ok());
    /// ```
    pub struct TemplateGroup {
        /// Its name, which no other has: 256 characters at most.
        pub name: String = "name",
        /// What it is: 512 characters at most.
        pub description: Option<String> = "description",
        /// The templates in it.
        pub whatsapp_business_templates: TemplateNumbers = "whatsapp_business_templates",
    }
    check |group, found| {
        found.length("name", &group.name, 1, MOST_NAME);
        check_description(group.description.as_deref(), found);
        if group.whatsapp_business_templates.0.is_empty() {
            found.add("whatsapp_business_templates", "a template or more, found none");
        }
    }
}

object! {
    /// What is to be changed in a group of templates.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{
    ///     TemplateGroupUpdate, TemplateNumbers, UpdateTemplateGroup,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let update = TemplateGroupUpdate {
    ///     add_templates: TemplateNumbers(vec!["594425479261596".into()]),
    ///     ..TemplateGroupUpdate::default()
    /// };
    /// assert!(UpdateTemplateGroup::new("1044106240855852", update).request().is_ok());
    /// ```
    pub struct TemplateGroupUpdate {
        /// Another name.
        pub name: Option<String> = "name",
        /// Another description.
        pub description: Option<String> = "description",
        /// The templates that come in.
        pub add_templates: TemplateNumbers = "add_templates",
        /// The templates that leave.
        pub remove_templates: TemplateNumbers = "remove_templates",
    }
    check |update, found| {
        if let Some(name) = &update.name {
            found.length("name", name, 1, MOST_NAME);
        }
        check_description(update.description.as_deref(), found);
    }
}

fn check_description(description: Option<&str>, found: &mut Violations) {
    if let Some(description) = description {
        found.length("description", description, 0, MOST_DESCRIPTION);
    }
}

object! {
    /// A group of templates that was created.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CreatedTemplateGroup, GetTemplateGroup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let created: CreatedTemplateGroup = serde_json::from_str(r#"{"id":"1044106240855852"}"#)?;
    /// assert_eq!(GetTemplateGroup::new(created.id).request()?.target()?, "1044106240855852");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreatedTemplateGroup {
        /// The group.
        pub id: NodeId = "id",
    }
}

object! {
    /// A group of templates as Meta knows it.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::TemplateGroupInfo;
    ///
    /// let group: TemplateGroupInfo = serde_json::from_str(
    ///     r#"{"id":"1044106240855852","name":"Summer",
    ///         "whatsapp_business_templates":{"data":[{"id":"594425479261596"}]}}"#,
    /// )?;
    /// assert_eq!(group.whatsapp_business_templates.unwrap().data.len(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplateGroupInfo {
        /// The group.
        pub id: NodeId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// What it is.
        pub description: Option<String> = "description",
        /// When it was created: `2025-01-06T23:05:12+0000`.
        pub creation_time: Option<String> = "creation_time",
        /// When it was changed last.
        pub update_time: Option<String> = "update_time",
        /// Whose it is.
        pub whatsapp_business_account: Option<GroupAccount> = "whatsapp_business_account",
        /// The templates in it.
        pub whatsapp_business_templates: Option<Page<TemplateInfo>> =
            "whatsapp_business_templates",
    }
}

object! {
    /// The account a group of templates belongs to.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{GroupAccount, TemplateGroupInfo};
    ///
    /// let group: TemplateGroupInfo = serde_json::from_str(
    ///     r#"{"id":"1044106240855852","whatsapp_business_account":{"id":"102290129340398",
    ///         "currency":"USD"}}"#,
    /// )?;
    /// let GroupAccount { currency, .. } = group.whatsapp_business_account.unwrap();
    /// assert_eq!(currency.as_deref(), Some("USD"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupAccount {
        /// The account.
        pub id: AccountId = "id",
        /// Its name.
        pub name: Option<String> = "name",
        /// Its currency.
        pub currency: Option<String> = "currency",
        /// Its time zone, as Meta numbers them.
        pub timezone_id: Option<String> = "timezone_id",
        /// Where its templates' names are looked up.
        pub message_template_namespace: Option<String> = "message_template_namespace",
    }
}

/// Templates by their ids, which Meta wants as numbers here.
///
/// ```
/// use whatsapp_cloud::api::templates::TemplateNumbers;
///
/// let templates = TemplateNumbers(vec!["594425479261596".into()]);
/// assert_eq!(serde_json::to_string(&templates)?, r#"[594425479261596]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateNumbers(
    /// The templates.
    pub Vec<TemplateId>,
);

impl<const N: usize> From<[&str; N]> for TemplateNumbers {
    fn from(ids: [&str; N]) -> Self {
        Self(ids.into_iter().map(TemplateId::from).collect())
    }
}

impl Serialize for TemplateNumbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for id in &self.0 {
            match id.as_str().parse::<u64>() {
                Ok(number) => list.serialize_element(&number)?,
                Err(_) => list.serialize_element(id)?,
            }
        }
        list.end()
    }
}

impl Member for TemplateNumbers {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        let ids = Self(Vec::read(value.clone())?.value);
        let is_written =
            !ids.is_absent() && serde_json::to_value(&ids).ok().as_ref() == Some(&value);
        if is_written { Read::usual(ids) } else { Read::odd(ids, value) }
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    fn check(&self, found: &mut Violations) {
        for (index, id) in self.0.iter().enumerate() {
            let id = id.as_str();
            if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
                found.within_element(index, |found| found.say("an id of digits"));
            }
        }
    }
}

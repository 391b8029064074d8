//! What can be done with templates that are there: compare, wake, copy, put aside.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::api::call::call;
use crate::api::templates::{Ids, Words};
use crate::id::{AccountId, TemplateId};
use crate::wire::member::{Member, Read};
use crate::wire::{Page, object, open_enum};

/// How many templates are copied, and put aside, at once.
const MOST_MIGRATED: usize = 500;
const MOST_ARCHIVED: usize = 100;

/// How far a comparison looks back, in seconds: 7, 30, 60 and 90 days.
const WINDOWS: [u64; 4] = [604_800, 2_592_000, 5_184_000, 7_776_000];

call! {
    /// Compares two templates of an account, each sent 1,000 times at least.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-comparison>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::CompareTemplates;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = CompareTemplates::new("5289179717853347");
    /// call.template_ids = ["1533406637136032"].into();
    /// (call.start, call.end) = (Some(1_674_844_791), Some(1_675_449_591));
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "5289179717853347/compare?template_ids=%5B1533406637136032%5D\
    ///      &start=1674844791&end=1675449591"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CompareTemplates -> Page<Comparison> = "compare templates", idempotent;
    get "/{template-id}/compare" {
        /// The template.
        template_id: TemplateId,
    }
    query {
        /// The other one.
        template_ids: Ids<TemplateId> = "template_ids",
        /// From when on, in seconds since 1970: 7, 30, 60 or 90 days before the end.
        start: Option<u64> = "start",
        /// Until when: now.
        end: Option<u64> = "end",
    }
    check |call, found| {
        let count = call.template_ids.0.len();
        if count != 1 {
            found.add("template_ids", format!("one template, found {count}"));
        }
        for id in &call.template_ids.0 {
            found.numeric_id("template_ids", id.as_str());
        }
        let (start, end) = (call.start.unwrap_or_default(), call.end.unwrap_or_default());
        if !WINDOWS.contains(&end.saturating_sub(start)) {
            found.add("start", "7, 30, 60 or 90 days before the end, in seconds");
        }
    }
}

object! {
    /// How templates compare.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::Comparison;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<Comparison> = serde_json::from_str(
    ///     r#"{"data":[{"metric":"MESSAGE_SENDS","type":"NUMBER_VALUES",
    ///         "number_values":[{"key":"5289179717853347","value":1273},{"key":"1533406637136032",
    ///         "value":1042}]}]}"#,
    /// )?;
    /// let most = page.data[0].number_values.iter().max_by_key(|number| number.value).unwrap();
    /// assert_eq!(most.key.as_str(), "5289179717853347");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Comparison {
        /// In what.
        pub metric: ComparisonMetric = "metric",
        /// How it is told: `RELATIVE`, `NUMBER_VALUES` or `STRING_VALUES`.
        pub kind: Option<String> = "type",
        /// The templates, the least blocked first.
        pub order_by_relative_metric: Vec<TemplateId> = "order_by_relative_metric",
        /// How often each was sent.
        pub number_values: Vec<ComparedNumber> = "number_values",
        /// Why each was blocked most.
        pub string_values: Vec<ComparedText> = "string_values",
    }
}

open_enum! {
    /// In what templates are compared.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Comparison, ComparisonMetric};
    ///
    /// let comparison: Comparison = serde_json::from_str(
    ///     r#"{"metric":"BLOCK_RATE","order_by_relative_metric":["1533406637136032"]}"#,
    /// )?;
    /// assert_eq!(comparison.metric, ComparisonMetric::BlockRate);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case ComparisonMetric {
        /// How often customers blocked the business for it.
        BlockRate = "BLOCK_RATE",
        /// How often it was sent.
        MessageSends = "MESSAGE_SENDS",
        /// Why customers blocked the business for it.
        TopBlockReason = "TOP_BLOCK_REASON",
    }
}

object! {
    /// How often a template was sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::ComparedNumber;
    ///
    /// let sent: ComparedNumber = serde_json::from_str(
    ///     r#"{"key":"5289179717853347","value":1273}"#,
    /// )?;
    /// assert_eq!((sent.key.as_str(), sent.value), ("5289179717853347", 1273));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ComparedNumber {
        /// The template.
        pub key: TemplateId = "key",
        /// How often.
        pub value: i64 = "value",
    }
}

object! {
    /// Why customers blocked the business for a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{BlockReason, ComparedText};
    ///
    /// let why: ComparedText = serde_json::from_str(
    ///     r#"{"key":"5289179717853347","value":"NO_SIGN_UP"}"#,
    /// )?;
    /// assert_eq!(why.value, BlockReason::NoSignUp);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ComparedText {
        /// The template.
        pub key: TemplateId = "key",
        /// Why.
        pub value: BlockReason = "value",
    }
}

open_enum! {
    /// Why a customer blocked the business.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::BlockReason;
    ///
    /// assert_eq!(BlockReason::from("UNKNOWN_BLOCK_REASON"), BlockReason::NotKnown);
    /// assert!(!BlockReason::from("A new one").is_known());
    /// ```
    in any case BlockReason {
        /// Not needed any more.
        NoLongerNeeded = "NO_LONGER_NEEDED",
        /// No reason.
        NoReason = "NO_REASON",
        /// No reason was told.
        NoReasonGiven = "NO_REASON_GIVEN",
        /// Never signed up.
        NoSignUp = "NO_SIGN_UP",
        /// Offensive.
        OffensiveMessages = "OFFENSIVE_MESSAGES",
        /// Another reason.
        Other = "OTHER",
        /// Asked for no one-time code.
        OtpDidNotRequest = "OTP_DID_NOT_REQUEST",
        /// Too much of it.
        Spam = "SPAM",
        /// Meta does not know.
        NotKnown = "UNKNOWN_BLOCK_REASON",
    }
}

call! {
    /// Wakes a template that Meta paused to watch how customers like it; at the earliest 5
    /// minutes later. Not one that was paused because they did not. Undescribed by Meta's
    /// current pages; seen in libraries.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/message-templates/guidelines>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::UnpauseTemplate;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = UnpauseTemplate::new("920070352646140");
    /// assert_eq!(call.request()?.target()?, "920070352646140/unpause");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UnpauseTemplate -> UnpauseResult = "unpause template", idempotent;
    post "/{template-id}/unpause" {
        /// The template.
        template_id: TemplateId,
    }
}

object! {
    /// Whether a template woke.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::UnpauseResult;
    ///
    /// let result: UnpauseResult = serde_json::from_str(
    ///     r#"{"success":false,"reason":"Template not paused"}"#,
    /// )?;
    /// assert!(!result.success && result.reason.is_some());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct UnpauseResult {
        /// Whether it did.
        pub success: bool = "success",
        /// Why it did not.
        pub reason: Option<String> = "reason",
    }
}

call! {
    /// Copies templates of another account of the same business: those that are approved, with
    /// a quality that is green or not known.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/template-migration>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::MigrateTemplates;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = MigrateTemplates::new("104996122399160", "102290129340398");
    /// call.page_number = Some(0);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "104996122399160/migrate_message_templates\
    ///      ?source_waba_id=102290129340398&page_number=0"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct MigrateTemplates -> MigratedTemplates = "migrate templates", once;
    post "/{dest-waba-id}/migrate_message_templates" {
        /// The account they are copied to.
        account_id: AccountId,
    }
    needs {
        /// The account they are copied from.
        source_waba_id: AccountId = "source_waba_id",
    }
    query {
        /// Which 500 of them, from 0.
        page_number: Option<u32> = "page_number",
        /// How many at once: 500 at most. Fewer when Meta takes longer than 30 seconds.
        count: Option<u32> = "count",
        /// Those and no others: 500 at most.
        template_ids: Words<TemplateId> = "template_ids",
    }
    check |call, found| {
        let count = call.template_ids.0.len();
        if count > MOST_MIGRATED {
            let rule = format!("{MOST_MIGRATED} templates at most, found {count}");
            found.add("template_ids", rule);
        }
        for id in &call.template_ids.0 {
            found.numeric_id("template_ids", id.as_str());
        }
        if let Some(count) = call.count
            && !(1..=500).contains(&count)
        {
            found.add("count", format!("1 to {MOST_MIGRATED}, found {count}"));
        }
    }
}

object! {
    /// What became of templates that were to be copied.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::MigratedTemplates;
    ///
    /// let copied: MigratedTemplates = serde_json::from_str(
    ///     r#"{"migrated_templates":["1473688840035974"],
    ///         "failed_templates":{"1019496902803242":"Incorrect category"}}"#,
    /// )?;
    /// let failed = &copied.failed_templates.0[0];
    /// assert_eq!(failed.reason.as_deref(), Some("Incorrect category"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct MigratedTemplates {
        /// Those that were.
        pub migrated_templates: Vec<TemplateId> = "migrated_templates",
        /// Those that were not.
        pub failed_templates: FailedTemplates = "failed_templates",
    }
}

call! {
    /// Puts templates aside: Meta deletes them after 28 days. Approved and refused ones can be.
    ///
    /// It goes to `api.facebook.com`. Seen in libraries; Meta's page was not at hand.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{ArchiveTemplates, TemplateIds};
    /// use whatsapp_cloud::endpoint::{Endpoint, Host};
    ///
    /// let call = ArchiveTemplates::new("102290129340398", TemplateIds::of(["1689556908129832"]));
    /// let request = call.request()?;
    /// assert_eq!(request.host(), Host::Api);
    /// assert_eq!(request.target()?, "102290129340398/message_templates/archive");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ArchiveTemplates -> ArchiveResult = "archive templates", idempotent;
    post "/{waba-id}/message_templates/archive" on Api {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// The templates.
        templates: TemplateIds
    }
}

call! {
    /// Takes templates back that were put aside.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{TemplateIds, UnarchiveTemplates};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let aside = TemplateIds::of(["1689556908129832"]);
    /// let target = UnarchiveTemplates::new("102290129340398", aside).request()?.target()?;
    /// assert_eq!(target, "102290129340398/message_templates/unarchive");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UnarchiveTemplates -> ArchiveResult = "unarchive templates", idempotent;
    post "/{waba-id}/message_templates/unarchive" on Api {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// The templates.
        templates: TemplateIds
    }
}

object! {
    /// Templates to put aside or take back.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::TemplateIds;
    ///
    /// assert_eq!(
    ///     serde_json::to_string(&TemplateIds::of(["1689556908129832", "1689556908129833"]))?,
    ///     r#"{"hsm_ids":"1689556908129832,1689556908129833"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplateIds {
        /// The templates: 1 to 100.
        pub hsm_ids: CommaIds = "hsm_ids",
    }
    check |templates, found| {
        let count = templates.hsm_ids.0.len();
        if count == 0 || count > MOST_ARCHIVED {
            found.add("hsm_ids", format!("1 to {MOST_ARCHIVED} templates, found {count}"));
        }
        for id in &templates.hsm_ids.0 {
            found.numeric_id("hsm_ids", id.as_str());
        }
    }
}

impl TemplateIds {
    /// Those of these ids.
    pub fn of<I: Into<TemplateId>>(ids: impl IntoIterator<Item = I>) -> Self {
        Self { hsm_ids: CommaIds(ids.into_iter().map(Into::into).collect()), ..Self::default() }
    }
}

object! {
    /// What became of templates that were to be put aside or taken back.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::ArchiveResult;
    ///
    /// let result: ArchiveResult = serde_json::from_str(
    ///     r#"{"archived_templates":["1689556908129832"],"failed_templates":[]}"#,
    /// )?;
    /// assert_eq!((result.archived_templates.len(), result.failed_templates.0.len()), (1, 0));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ArchiveResult {
        /// Those that are put aside.
        pub archived_templates: Vec<TemplateId> = "archived_templates",
        /// Those that are taken back.
        pub unarchived_templates: Vec<TemplateId> = "unarchived_templates",
        /// Those for which it did not work.
        pub failed_templates: FailedTemplates = "failed_templates",
    }
}

object! {
    /// A template for which it did not work.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{ArchiveResult, FailedTemplate};
    ///
    /// let result: ArchiveResult = serde_json::from_str(
    ///     r#"{"failed_templates":[{"id":"1689556908129832","reason":"Not found"}]}"#,
    /// )?;
    /// let FailedTemplate { id, reason, .. } = &result.failed_templates.0[0];
    /// assert_eq!((id.as_str(), reason.as_deref()), ("1689556908129832", Some("Not found")));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct FailedTemplate {
        /// The template.
        pub id: TemplateId = "id",
        /// Why.
        pub reason: Option<String> = "reason",
        /// Why, as an error of Meta's or as a text.
        pub error: Value = "error",
    }
}

/// Templates for which it did not work. Meta writes them as a list in one place, and by their
/// ids in another.
///
/// ```
/// use whatsapp_cloud::api::templates::{ArchiveResult, FailedTemplates};
///
/// let list: ArchiveResult = serde_json::from_str(
///     r#"{"failed_templates":[{"id":"1","reason":"Not found"}]}"#,
/// )?;
/// let by_id: ArchiveResult = serde_json::from_str(
///     r#"{"failed_templates":{"1":"Not found"}}"#,
/// )?;
/// let FailedTemplates(failed) = list.failed_templates;
/// assert_eq!(failed, by_id.failed_templates.0);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct FailedTemplates(
    /// The templates.
    pub Vec<FailedTemplate>,
);

impl Serialize for FailedTemplates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Member for FailedTemplates {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        let Value::Object(by_id) = value else {
            return Ok(Vec::read(value)?.map(Self));
        };
        let failed = by_id.iter().map(|(id, why)| failed(id, why)).collect();
        Read::odd(Self(failed), Value::Object(by_id))
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

/// What is told of a template below its id.
fn failed(id: &str, why: &Value) -> FailedTemplate {
    let mut members = match why {
        Value::String(reason) => Map::from_iter([("reason".to_owned(), reason.as_str().into())]),
        Value::Object(members) => members.clone(),
        other => Map::from_iter([("error".to_owned(), other.clone())]),
    };
    members.insert("id".to_owned(), id.into());
    FailedTemplate::read(Value::Object(members))
        .map_or_else(|_| FailedTemplate::default(), |read| read.value)
}

/// Shows how many there are.
impl fmt::Debug for FailedTemplates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FailedTemplates({})", self.0.len())
    }
}

/// Templates by their ids, as a text with commas between them. A list is read too.
///
/// ```
/// use whatsapp_cloud::api::templates::{CommaIds, TemplateIds};
///
/// let ids: TemplateIds = serde_json::from_str(
///     r#"{"hsm_ids":"1689556908129832,1689556908129833"}"#,
/// )?;
/// let CommaIds(templates) = ids.hsm_ids;
/// assert_eq!(templates.len(), 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommaIds(
    /// The templates.
    pub Vec<TemplateId>,
);

impl Serialize for CommaIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ids: Vec<_> = self.0.iter().map(TemplateId::as_str).collect();
        serializer.serialize_str(&ids.join(","))
    }
}

impl Member for CommaIds {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match value {
            Value::String(ids) if ids.is_empty() => Read::odd(Self::default(), Value::String(ids)),
            Value::String(ids) => Read::usual(Self(ids.split(',').map(TemplateId::from).collect())),
            list => {
                let ids = Vec::read(list.clone())?.value;
                Read::odd(Self(ids), list)
            }
        }
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

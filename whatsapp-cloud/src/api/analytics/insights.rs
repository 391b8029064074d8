//! The figures of templates, groups of templates, and WhatsApp groups.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics>

use crate::api::analytics::AnalyticsTime;
use crate::api::call::call;
use crate::api::templates::{Ids, Words};
use crate::id::{AccountId, GroupId, NodeId, TemplateId};
use crate::violation::Violations;
use crate::wire::{Page, object, open_enum};

/// How many templates, or groups of templates, can be asked for at once.
const MOST_IDS: usize = 10;

call! {
    /// Asks how often templates were sent, delivered, read and clicked, and what they cost: day
    /// by day, 90 days back at most.
    ///
    /// [`EnableInsights`](super::EnableInsights) comes first, once. Not for accounts of the
    /// European Union, the United Kingdom or Japan.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#template-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetTemplateAnalytics, TemplateMetric};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetTemplateAnalytics::new("109259195336416", 1718064000, 1718122745);
    /// call.template_ids = ["1421988012088524"].into();
    /// call.metric_types = vec![TemplateMetric::Sent, TemplateMetric::Read];
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "109259195336416/template_analytics?start=1718064000&end=1718122745\
    ///      &granularity=DAILY&metric_types=SENT%2CREAD&template_ids=%5B1421988012088524%5D"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetTemplateAnalytics -> Page<TemplateAnalytics> = "get template analytics", idempotent;
    get "/{waba-id}/template_analytics" {
        /// The account.
        account_id: AccountId,
    }
    needs {
        /// From when on.
        start: AnalyticsTime = "start",
        /// Until when.
        end: AnalyticsTime = "end",
    }
    always { "granularity" = "DAILY" }
    query {
        /// Those figures; all without.
        metric_types: Vec<TemplateMetric> = "metric_types",
        /// The templates: 1 to 10.
        template_ids: Ids<TemplateId> = "template_ids",
        /// How they were sent; with the Cloud API without it.
        product_type: Option<AnalyticsProduct> = "product_type",
        /// Whether days begin where the account is: both ends must be days then.
        use_waba_timezone: Option<bool> = "use_waba_timezone",
    }
    paged {}
    check |call, found| {
        check_days(call.use_waba_timezone, &call.start, &call.end, found);
        let ids = &call.template_ids.0;
        check_ids("template_ids", ids.iter().map(TemplateId::as_str), found);
    }
}

call! {
    /// Asks for the same of groups of templates.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#template-group-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::GetTemplateGroupAnalytics;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetTemplateGroupAnalytics::new("102290129340398", 1738465116, 1739559516);
    /// call.template_group_ids = ["1044106240855852"].into();
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "102290129340398/template_group_analytics?start=1738465116&end=1739559516\
    ///      &granularity=daily&template_group_ids=%5B1044106240855852%5D"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetTemplateGroupAnalytics -> Page<TemplateAnalytics> =
        "get template group analytics", idempotent;
    get "/{waba-id}/template_group_analytics" {
        /// The account.
        account_id: AccountId,
    }
    needs {
        /// From when on.
        start: AnalyticsTime = "start",
        /// Until when.
        end: AnalyticsTime = "end",
    }
    always { "granularity" = "daily" }
    query {
        /// Those figures; all without.
        metric_types: Vec<TemplateGroupMetric> = "metric_types",
        /// The groups of templates: 1 to 10.
        template_group_ids: Ids<NodeId> = "template_group_ids",
        /// Whether days begin where the account is: both ends must be days then.
        use_waba_timezone: Option<bool> = "use_waba_timezone",
    }
    paged {}
    check |call, found| {
        check_days(call.use_waba_timezone, &call.start, &call.end, found);
        let ids = &call.template_group_ids.0;
        check_ids("template_group_ids", ids.iter().map(NodeId::as_str), found);
    }
}

call! {
    /// Asks how often messages to a WhatsApp group were sent, delivered and read, and who came
    /// and left: day by day, 90 days back at most.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#group-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetGroupAnalytics, GroupMetric};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetGroupAnalytics::new("102290129340398", 1764662400, 1764921600);
    /// call.group_ids = ["Y2FwaV9ncm91cDox"].into();
    /// call.metric_types = [GroupMetric::Sent, GroupMetric::Read].into();
    /// assert_eq!(call.request()?.query()[3].1, r#"["SENT","READ"]"#);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct GetGroupAnalytics -> Page<GroupAnalytics> = "get group analytics", idempotent;
    get "/{waba-id}/group_analytics" {
        /// The account.
        account_id: AccountId,
    }
    needs {
        /// From when on.
        start: AnalyticsTime = "start",
        /// Until when.
        end: AnalyticsTime = "end",
    }
    always { "granularity" = "DAILY" }
    query {
        /// Those figures: one or more.
        metric_types: Words<GroupMetric> = "metric_types",
        /// The group: exactly one.
        group_ids: Words<GroupId> = "group_ids",
    }
    paged {}
    check |call, found| {
        let count = call.group_ids.0.len();
        if count != 1 || call.group_ids.0[0].as_str().is_empty() {
            found.add("group_ids", format!("one group, found {count}"));
        }
        if call.metric_types.0.is_empty() {
            found.add("metric_types", "a figure or more, found none");
        }
    }
}

fn check_days(
    use_waba_timezone: Option<bool>,
    start: &AnalyticsTime,
    end: &AnalyticsTime,
    found: &mut Violations,
) {
    if use_waba_timezone == Some(true) && !(start.is_day() && end.is_day()) {
        found.add("use_waba_timezone", "start and end as days such as 2025-01-06");
    }
}

fn check_ids<'i>(
    member: &str,
    ids: impl ExactSizeIterator<Item = &'i str>,
    found: &mut Violations,
) {
    let count = ids.len();
    if count == 0 || count > MOST_IDS {
        found.add(member, format!("1 to {MOST_IDS} ids, found {count}"));
    }
    for id in ids {
        found.numeric_id(member, id);
    }
}

open_enum! {
    /// A figure of templates. Those of apps and websites are for the marketing messages API.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetTemplateAnalytics, TemplateMetric};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// assert_eq!(TemplateMetric::from("sent"), TemplateMetric::Sent);
    /// let mut call = GetTemplateAnalytics::new("102290129340398", 1718064000, 1718122745);
    /// call.template_ids = ["1421988012088524"].into();
    /// call.metric_types = vec![TemplateMetric::Clicked, TemplateMetric::Cost];
    /// assert!(call.request()?.query().iter().any(|(_, value)| value == "CLICKED,COST"));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    in any case TemplateMetric {
        /// What they cost. Not for those whom a partner bills.
        Cost = "COST",
        /// How often their buttons were pressed.
        Clicked = "CLICKED",
        /// How often they were delivered.
        Delivered = "DELIVERED",
        /// How often they were read.
        Read = "READ",
        /// How often they were sent.
        Sent = "SENT",
        /// How often the app was opened.
        AppActivations = "APP_ACTIVATIONS",
        /// How often something was put in a cart in the app.
        AppAddToCart = "APP_ADD_TO_CART",
        /// How often paying began in the app.
        AppCheckoutsInitiated = "APP_CHECKOUTS_INITIATED",
        /// How often something was bought in the app.
        AppPurchases = "APP_PURCHASES",
        /// What was bought in the app.
        AppPurchasesConversionValue = "APP_PURCHASES_CONVERSION_VALUE",
        /// How often something was put in a cart on the website.
        WebsiteAddToCart = "WEBSITE_ADD_TO_CART",
        /// How often paying began on the website.
        WebsiteCheckoutsInitiated = "WEBSITE_CHECKOUTS_INITIATED",
        /// How often something was bought on the website.
        WebsitePurchases = "WEBSITE_PURCHASES",
        /// What was bought on the website.
        WebsitePurchasesConversionValue = "WEBSITE_PURCHASES_CONVERSION_VALUE",
    }
}

open_enum! {
    /// A figure of groups of templates.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetTemplateGroupAnalytics, TemplateGroupMetric};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetTemplateGroupAnalytics::new("102290129340398", 1738465116, 1739559516);
    /// call.template_group_ids = ["1044106240855852"].into();
    /// call.metric_types = vec![TemplateGroupMetric::Delivered];
    /// // Here Meta wants small letters.
    /// assert!(call.request()?.query().iter().any(|(_, value)| value == "delivered"));
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    in any case TemplateGroupMetric {
        /// What they cost. Not for those whom a partner bills.
        Cost = "cost",
        /// How often their buttons were pressed.
        Clicked = "clicked",
        /// How often they were delivered.
        Delivered = "delivered",
        /// How often they were read.
        Read = "read",
        /// How often they were sent.
        Sent = "sent",
    }
}

open_enum! {
    /// A figure of a WhatsApp group.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{GetGroupAnalytics, GroupMetric};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetGroupAnalytics::new("102290129340398", 1764662400, 1764921600);
    /// call.group_ids = ["Y2FwaV9ncm91cDox"].into();
    /// assert!(call.request().is_err(), "Meta tells nothing unless it is asked for a figure");
    /// call.metric_types = [GroupMetric::ParticipantsLeft].into();
    /// assert!(call.request().is_ok());
    /// ```
    in any case GroupMetric {
        /// How many messages the business sent.
        Sent = "SENT",
        /// How often they were delivered to somebody.
        Delivered = "DELIVERED",
        /// How often somebody read them.
        Read = "READ",
        /// How often somebody came.
        ParticipantsJoined = "PARTICIPANTS_JOINED",
        /// How often somebody left.
        ParticipantsLeft = "PARTICIPANTS_LEFT",
    }
}

open_enum! {
    /// How templates were sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{AnalyticsProduct, TemplateAnalytics};
    ///
    /// let figures: TemplateAnalytics = serde_json::from_str(r#"{"product_type":"cloud_api"}"#)?;
    /// assert_eq!(figures.product_type, Some(AnalyticsProduct::CloudApi));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case AnalyticsProduct {
        /// With the Cloud API.
        CloudApi = "CLOUD_API",
        /// With the marketing messages API.
        MarketingMessagesApi = "MARKETING_MESSAGES_API_FOR_WHATSAPP",
    }
}

object! {
    /// Figures of templates, or of groups of templates.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::TemplateAnalytics;
    ///
    /// let figures: TemplateAnalytics = serde_json::from_str(
    ///     r#"{"granularity":"DAILY","data_points":[{"template_id":"1421988012088524",
    ///         "sent":100},{"template_id":"1421988012088524","sent":50}]}"#,
    /// )?;
    /// assert_eq!(figures.data_points.iter().filter_map(|day| day.sent).sum::<u64>(), 150);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplateAnalytics {
        /// How fine they are.
        pub granularity: Option<String> = "granularity",
        /// How the templates were sent.
        pub product_type: Option<AnalyticsProduct> = "product_type",
        /// Where days begin, when it was asked for.
        pub waba_timezone: Option<String> = "waba_timezone",
        /// Day by day. Not there when there is nothing.
        pub data_points: Vec<TemplatePoint> = "data_points",
    }
}

object! {
    /// The figures of a day. What was not asked for is not there.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::TemplatePoint;
    ///
    /// let day: TemplatePoint = serde_json::from_str(
    ///     r#"{"template_id":"1421988012088524","start":1718064000,"end":1718150400,
    ///         "delivered":200,"read":150}"#,
    /// )?;
    /// assert_eq!((day.delivered, day.read), (Some(200), Some(150)));
    /// assert_eq!(day.sent, None, "it was not asked for");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct TemplatePoint {
        /// The template.
        pub template_id: Option<TemplateId> = "template_id",
        /// The group of templates.
        pub template_group_id: Option<NodeId> = "template_group_id",
        /// From when on.
        pub start: AnalyticsTime = "start",
        /// Until when.
        pub end: AnalyticsTime = "end",
        /// How often it was sent.
        pub sent: Option<u64> = "sent",
        /// How often it was delivered.
        pub delivered: Option<u64> = "delivered",
        /// How often it was read, within 7 days.
        pub read: Option<u64> = "read",
        /// How often it was answered. Undescribed by Meta's page; seen in answers.
        pub replied: Option<u64> = "replied",
        /// How often its buttons were pressed, within 7 days.
        pub clicked: Vec<Click> = "clicked",
        /// What it cost.
        pub cost: Vec<Cost> = "cost",
        /// How often the app was opened.
        pub app_activations: Option<u64> = "app_activations",
        /// How often something was put in a cart in the app.
        pub app_add_to_cart: Option<u64> = "app_add_to_cart",
        /// How often paying began in the app.
        pub app_checkouts_initiated: Option<u64> = "app_checkouts_initiated",
        /// How often something was bought in the app.
        pub app_purchases: Option<u64> = "app_purchases",
        /// What was bought in the app.
        pub app_purchases_conversion_value: Option<f64> = "app_purchases_conversion_value",
        /// How often something was put in a cart on the website.
        pub website_add_to_cart: Option<u64> = "website_add_to_cart",
        /// How often paying began on the website.
        pub website_checkouts_initiated: Option<u64> = "website_checkouts_initiated",
        /// How often something was bought on the website.
        pub website_purchases: Option<u64> = "website_purchases",
        /// What was bought on the website.
        pub website_purchases_conversion_value: Option<f64> = "website_purchases_conversion_value",
    }
}

object! {
    /// How often a button was pressed.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{Click, TemplatePoint};
    ///
    /// let day: TemplatePoint = serde_json::from_str(
    ///     r#"{"clicked":[{"type":"quick_reply_button","button_content":"Tell me more",
    ///         "count":3}]}"#,
    /// )?;
    /// let Click { button_content, count, .. } = &day.clicked[0];
    /// assert_eq!((button_content.as_deref(), *count), (Some("Tell me more"), Some(3)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Click {
        /// How it is counted: `quick_reply_button`, `url_button`, or `unique_url_button` for
        /// how many pressed it.
        pub kind: Option<String> = "type",
        /// The button's label.
        pub button_content: Option<String> = "button_content",
        /// How often.
        pub count: Option<u64> = "count",
    }
}

object! {
    /// What a template cost.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::{Cost, TemplatePoint};
    ///
    /// let day: TemplatePoint = serde_json::from_str(
    ///     r#"{"cost":[{"type":"amount_spent","value":1.5},{"type":"cost_per_delivered"}]}"#,
    /// )?;
    /// let spent = |cost: &&Cost| cost.kind.as_deref() == Some("amount_spent");
    /// assert_eq!(day.cost.iter().find(spent).unwrap().value, Some(1.5));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Cost {
        /// What is told: `amount_spent`, `cost_per_delivered`, `cost_per_url_button_click`.
        pub kind: Option<String> = "type",
        /// How much, in the account's currency. Not there for nothing.
        pub value: Option<f64> = "value",
    }
}

object! {
    /// Figures of a WhatsApp group.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::GroupAnalytics;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<GroupAnalytics> = serde_json::from_str(
    ///     r#"{"data":[{"granularity":"DAILY","data_points":[{"sent":4,"read":31}]}]}"#,
    /// )?;
    /// assert_eq!(page.data[0].data_points[0].read, Some(31));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupAnalytics {
        /// How fine they are.
        pub granularity: Option<String> = "granularity",
        /// Day by day.
        pub data_points: Vec<GroupPoint> = "data_points",
    }
}

object! {
    /// The figures of a day.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::GroupPoint;
    ///
    /// let day: GroupPoint = serde_json::from_str(
    ///     r#"{"group_id":"Y2FwaV9ncm91cDox","start":1764662400,"end":1764748800,"joined":3,
    ///         "left":1}"#,
    /// )?;
    /// assert_eq!(day.joined.unwrap() - day.left.unwrap(), 2, "more people than the day before");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GroupPoint {
        /// The group.
        pub group_id: Option<GroupId> = "group_id",
        /// From when on.
        pub start: AnalyticsTime = "start",
        /// Until when.
        pub end: AnalyticsTime = "end",
        /// How many messages the business sent.
        pub sent: Option<u64> = "sent",
        /// How often they were delivered to somebody.
        pub delivered: Option<u64> = "delivered",
        /// How often somebody read them.
        pub read: Option<u64> = "read",
        /// How often somebody came.
        pub joined: Option<u64> = "joined",
        /// How often somebody left.
        pub left: Option<u64> = "left",
    }
}

//! Figures.

use serde_json::{Value, json};
use whatsapp_cloud::api::analytics::{
    AnalyticsProduct, AnalyticsTime, CallAnalyticsAnswer, CallDimension, CallDirection, CallMetric,
    ConversationAnalyticsAnswer, ConversationCategory, ConversationDimension,
    ConversationDirection, ConversationMetric, ConversationType, EnableInsights, GetCallAnalytics,
    GetConversationAnalytics, GetGroupAnalytics, GetMessageAnalytics, GetPricingAnalytics,
    GetTemplateAnalytics, GetTemplateGroupAnalytics, Granularity, GroupAnalytics, GroupMetric,
    InsightsEnabled, MessageAnalyticsAnswer, MessageGranularity, PricingAnalyticsAnswer,
    PricingCategory, PricingDimension, PricingMetric, PricingType, ProductType, SetClickTracking,
    TemplateAnalytics, TemplateGroupMetric, TemplateMetric,
};
use whatsapp_cloud::api::templates::TemplateCategory;
use whatsapp_cloud::endpoint::Endpoint;
use whatsapp_cloud::wire::Page;

use super::{read, refused, sent};

#[test]
fn messages_are_asked_for_by_every_filter() {
    let mut call = GetMessageAnalytics::new("1", 10, 20, MessageGranularity::HalfHour);
    assert_eq!(
        sent(&call),
        (
            "GET",
            "1?fields=analytics.start(10).end(20).granularity(HALF_HOUR)".to_owned(),
            Value::Null
        )
    );
    call.phone_numbers = vec!["19195552584".to_owned(), "15550783881".to_owned()];
    call.product_types = vec![ProductType::Notification, ProductType::CustomerSupport];
    call.country_codes = vec!["US".to_owned(), "BR".to_owned()];
    call.granularity = MessageGranularity::Day;
    assert_eq!(
        sent(&call).1,
        r#"1?fields=analytics.start(10).end(20).granularity(DAY).phone_numbers(["19195552584","15550783881"]).product_types([0,2]).country_codes(["US","BR"])"#
    );

    let answer: MessageAnalyticsAnswer = read(json!({
        "analytics": {
            "phone_numbers": ["16505550111"],
            "country_codes": ["US", "BR"],
            "granularity": "DAY",
            "data_points": [
                {"start": 1_543_543_200, "end": 1_543_629_600, "sent": 196_093, "delivered": 179_715},
            ],
        },
        "id": "102290129340398",
    }));
    let analytics = answer.analytics.unwrap();
    assert!(analytics.other.is_empty() && analytics.data_points[0].other.is_empty());
    assert_eq!(analytics.granularity, Some(MessageGranularity::Day));
    assert_eq!(analytics.data_points[0].start.seconds(), Some(1_543_543_200));
    assert_eq!(analytics.data_points[0].delivered, Some(179_715));
}

#[test]
fn a_filter_cannot_be_left() {
    let mut call = GetMessageAnalytics::new("me", 20, 20, MessageGranularity::from("DAY).x("));
    call.country_codes = vec!["US\"]).x([\"".to_owned()];
    assert_eq!(
        refused(&call),
        [
            "start: before the end",
            "granularity: words of letters, digits and underscores",
            "country_codes: words of letters, digits and underscores",
            "account_id: an id of digits",
        ]
    );
}

#[test]
fn conversations_are_asked_for_by_every_filter() {
    let mut call = GetConversationAnalytics::new("1", 10, 20, Granularity::Monthly);
    call.phone_numbers = vec!["1".to_owned()];
    call.country_codes = vec!["US".to_owned()];
    call.metric_types = vec![ConversationMetric::Cost, ConversationMetric::Conversation];
    call.conversation_categories = vec![ConversationCategory::Marketing];
    call.conversation_types = vec![ConversationType::FreeEntry];
    call.conversation_directions = vec![ConversationDirection::UserInitiated];
    call.dimensions = vec![ConversationDimension::Category, ConversationDimension::Phone];
    assert_eq!(
        sent(&call).1,
        r#"1?fields=conversation_analytics.start(10).end(20).granularity(MONTHLY).phone_numbers(["1"]).country_codes(["US"]).metric_types(["COST","CONVERSATION"]).conversation_categories(["MARKETING"]).conversation_types(["FREE_ENTRY"]).conversation_directions(["USER_INITIATED"]).dimensions(["CONVERSATION_CATEGORY","PHONE"])"#
    );

    let answer: ConversationAnalyticsAnswer = read(json!({
        "conversation_analytics": {"data": [{"data_points": [{
            "start": 1_685_602_800, "end": 1_688_194_800, "conversation": 1558,
            "phone_number": "15550458206", "country": "US", "conversation_type": "REGULAR",
            "conversation_direction": "UNKNOWN", "conversation_category": "AUTHENTICATION",
            "cost": 15.58,
        }]}]},
        "id": "102290129340398",
    }));
    let point = &answer.conversation_analytics.unwrap().data[0].data_points[0];
    assert!(point.other.is_empty());
    assert_eq!((point.conversation, point.cost), (Some(1558), Some(15.58)));
    assert_eq!(point.conversation_direction, Some(ConversationDirection::NotKnown));
    assert_eq!(point.conversation_type, Some(ConversationType::Regular));

    let bare: ConversationAnalyticsAnswer =
        read(json!({"data": [{"data_points": [{"start": 1, "conversation": 8500}]}]}));
    assert_eq!(bare.data[0].data_points[0].conversation, Some(8500));
}

#[test]
fn prices_are_asked_for_by_every_filter() {
    let mut call = GetPricingAnalytics::new(
        "161311403722088",
        1_748_761_200,
        1_749_687_703,
        Granularity::Daily,
    );
    call.phone_numbers = vec!["1".to_owned()];
    call.country_codes = vec!["US".to_owned(), "IN".to_owned()];
    call.metric_types = vec![PricingMetric::Volume];
    call.pricing_types = vec![PricingType::FreeCustomerService];
    call.pricing_categories = vec![PricingCategory::AuthenticationInternational];
    call.dimensions = vec![PricingDimension::PricingCategory, PricingDimension::Tier];
    assert_eq!(
        sent(&call).1,
        r#"161311403722088?fields=pricing_analytics.start(1748761200).end(1749687703).granularity(DAILY).phone_numbers(["1"]).country_codes(["US","IN"]).metric_types(["VOLUME"]).pricing_types(["FREE_CUSTOMER_SERVICE"]).pricing_categories(["AUTHENTICATION_INTERNATIONAL"]).dimensions(["PRICING_CATEGORY","TIER"])"#
    );

    let answer: PricingAnalyticsAnswer = read(json!({
        "pricing_analytics": {"data": [{"data_points": [
            {
                "start": 1_749_106_800, "end": 1_749_193_200, "country": "IN",
                "tier": "0:750000", "pricing_type": "REGULAR",
                "pricing_category": "AUTHENTICATION_INTERNATIONAL", "volume": 2, "cost": 4.6,
            },
            {
                "start": 1_748_847_600, "end": 1_748_934_000, "country": "US",
                "pricing_type": "FREE_ENTRY_POINT", "pricing_category": "SERVICE",
                "volume": 6, "cost": 0,
            },
        ]}]},
        "id": "161311403722088",
    }));
    let points = &answer.pricing_analytics.unwrap().data[0].data_points;
    assert_eq!(points[0].tier.as_deref(), Some("0:750000"));
    assert_eq!((points[0].volume, points[0].cost), (Some(2), Some(4.6)));
    assert_eq!(points[1].pricing_type, Some(PricingType::FreeEntryPoint));
    assert_eq!(points[1].cost, Some(0.0));
}

#[test]
fn calls_are_asked_for_by_every_filter() {
    let mut call = GetCallAnalytics::new("1", 10, 20, Granularity::HalfHour);
    call.phone_numbers = vec!["1".to_owned()];
    call.country_codes = vec!["US".to_owned()];
    call.directions = vec![CallDirection::UserInitiated, CallDirection::BusinessInitiated];
    call.dimensions = vec![CallDimension::Direction];
    call.metric_types = vec![CallMetric::AverageDuration];
    assert_eq!(
        sent(&call).1,
        r#"1?fields=call_analytics.start(10).end(20).granularity(HALF_HOUR).phone_numbers(["1"]).country_codes(["US"]).directions(["USER_INITIATED","BUSINESS_INITIATED"]).dimensions(["direction"]).metric_types(["AVERAGE_DURATION"])"#
    );

    let answer: CallAnalyticsAnswer = read(json!({
        "call_analytics": {
            "granularity": "DAILY",
            "directions": "USER_INITIATED",
            "data_points": [{
                "start": 1_765_958_400, "end": 1_766_044_800, "cost": 0.47795, "count": 35,
                "average_duration": 106,
            }],
        },
        "id": "102290129340398",
    }));
    let analytics = answer.call_analytics.unwrap();
    assert_eq!(analytics.granularity, Some(Granularity::Daily));
    assert_eq!(analytics.directions, ["USER_INITIATED"].into());
    let point = &analytics.data_points[0];
    assert_eq!((point.count, point.cost), (Some(35), Some(0.477_95)));
    assert_eq!(point.average_duration, Some(106.0));
}

#[test]
fn templates_are_asked_for_day_by_day() {
    let mut call = GetTemplateAnalytics::new("109259195336416", 1_718_064_000, 1_718_122_745);
    call.template_ids = ["1421988012088524", "2632273056924580"].into();
    call.metric_types = vec![TemplateMetric::Cost, TemplateMetric::Clicked];
    call.product_type = Some(AnalyticsProduct::MarketingMessagesApi);
    (call.limit, call.after) = (Some(25), Some("MjQZD".to_owned()));
    assert_eq!(
        sent(&call),
        (
            "GET",
            "109259195336416/template_analytics?start=1718064000&end=1718122745\
             &granularity=DAILY&metric_types=COST,CLICKED\
             &template_ids=[1421988012088524,2632273056924580]\
             &product_type=MARKETING_MESSAGES_API_FOR_WHATSAPP&limit=25&after=MjQZD"
                .to_owned(),
            Value::Null
        )
    );
    for (count, is_taken) in [(0, false), (1, true), (10, true), (11, false)] {
        call.template_ids.0 = vec!["1".into(); count];
        assert_eq!(call.request().is_ok(), is_taken, "{count}");
    }
    call.template_ids = ["1"].into();
    call.use_waba_timezone = Some(true);
    assert_eq!(refused(&call), ["use_waba_timezone: start and end as days such as 2025-01-06"]);
    (call.start, call.end) = ("2025-01-06".into(), "2025-01-07".into());
    assert!(sent(&call).1.contains("?start=2025-01-06&end=2025-01-07&"));
    call.start = AnalyticsTime::from("yesterday");
    assert!(
        refused(&call)
            .contains(&"start: seconds since 1970, or a day such as 2025-01-06".to_owned())
    );

    let page: Page<TemplateAnalytics> = read(json!({
        "data": [{
            "granularity": "DAILY",
            "product_type": "cloud_api",
            "data_points": [{
                "template_id": "2632273056924580",
                "start": 1_718_064_000, "end": 1_718_150_400,
                "sent": 1, "delivered": 1, "read": 0, "replied": 0,
                "clicked": [
                    {"type": "unique_url_button", "button_content": "Tell me more", "count": 16},
                ],
                "cost": [{"type": "amount_spent", "value": 0.03}, {"type": "cost_per_delivered"}],
            }],
        }],
        "paging": {"cursors": {"before": "MAZDZD", "after": "MjQZD"}},
    }));
    let analytics = &page.data[0];
    assert_eq!(analytics.product_type, Some(AnalyticsProduct::CloudApi));
    let point = &analytics.data_points[0];
    assert!(point.other.is_empty());
    assert_eq!((point.sent, point.read), (Some(1), Some(0)));
    assert_eq!((point.clicked[0].count, point.cost[0].value), (Some(16), Some(0.03)));
    assert_eq!(point.cost[1].value, None);
    let days: Page<TemplateAnalytics> = read(json!({"data": [{
        "waba_timezone": "America/Los_Angeles",
        "data_points": [{"start": "2025-01-06", "end": "2025-01-07"}],
    }]}));
    assert!(days.data[0].data_points[0].start.is_day());
}

#[test]
fn groups_of_templates_are_asked_for_in_lower_case() {
    let mut call = GetTemplateGroupAnalytics::new("102290129340398", 1_738_465_116, 1_739_559_516);
    call.metric_types =
        vec![TemplateGroupMetric::Sent, TemplateGroupMetric::Delivered, TemplateGroupMetric::Read];
    call.template_group_ids = ["1044106240855852"].into();
    assert_eq!(
        sent(&call).1,
        "102290129340398/template_group_analytics?start=1738465116&end=1739559516\
         &granularity=daily&metric_types=sent,delivered,read\
         &template_group_ids=[1044106240855852]"
    );
    for (count, is_taken) in [(0, false), (10, true), (11, false)] {
        call.template_group_ids.0 = vec!["1".into(); count];
        assert_eq!(call.request().is_ok(), is_taken, "{count}");
    }

    let page: Page<TemplateAnalytics> = read(json!({"data": [{
        "granularity": "DAILY",
        "data_points": [{
            "template_group_id": "1044106240855852", "start": 1_739_491_200,
            "end": 1_739_577_600, "sent": 1460, "delivered": 1460, "read": 1399,
        }],
    }]}));
    let point = &page.data[0].data_points[0];
    assert_eq!(point.template_group_id.as_ref().unwrap().as_str(), "1044106240855852");
    assert_eq!(point.read, Some(1399));
}

#[test]
fn a_whatsapp_group_is_asked_for_alone() {
    let mut call = GetGroupAnalytics::new("102290129340398", 1_764_662_400, 1_764_921_600);
    call.group_ids = ["GROUP_ID"].into();
    call.metric_types = [GroupMetric::Sent, GroupMetric::ParticipantsLeft].into();
    assert_eq!(
        sent(&call).1,
        "102290129340398/group_analytics?start=1764662400&end=1764921600&granularity=DAILY\
         &metric_types=[\"SENT\",\"PARTICIPANTS_LEFT\"]&group_ids=[\"GROUP_ID\"]"
    );
    call.group_ids = ["a", "b"].into();
    call.metric_types.0.clear();
    assert_eq!(
        refused(&call),
        ["group_ids: one group, found 2", "metric_types: a figure or more, found none"]
    );

    let page: Page<GroupAnalytics> = read(json!({"data": [{
        "granularity": "DAILY",
        "data_points": [{
            "group_id": "GROUP_ID", "start": 1_685_548_801, "end": 1_685_635_200, "sent": 100,
            "delivered": 250, "read": 200, "joined": 3, "left": 1,
        }],
    }]}));
    let point = &page.data[0].data_points[0];
    assert!(point.other.is_empty());
    assert_eq!((point.delivered, point.joined, point.left), (Some(250), Some(3), Some(1)));
}

#[test]
fn counting_is_switched_on() {
    let call = EnableInsights::new("102290129340398");
    let target = "102290129340398?is_enabled_for_insights=true";
    assert_eq!(sent(&call), ("POST", target.to_owned(), Value::Null));

    let answer: InsightsEnabled = read(json!({"id": 102_290_129_340_398_u64}));
    assert_eq!(answer.id.as_str(), "102290129340398");
}

#[test]
fn clicks_are_counted_or_not() {
    let mut call = SetClickTracking::new("245435364965041", TemplateCategory::Marketing);
    assert_eq!(refused(&call), ["cta_url_link_tracking_opted_out: true or false, found none"]);
    call.cta_url_link_tracking_opted_out = Some(false);
    assert_eq!(
        sent(&call).1,
        "245435364965041?category=MARKETING&cta_url_link_tracking_opted_out=false"
    );
    call.category = TemplateCategory::default();
    assert_eq!(refused(&call), ["category: a category, found none"]);
}

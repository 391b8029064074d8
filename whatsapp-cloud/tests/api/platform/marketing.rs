//! Marketing messages: who may send them, and what became of them.

use serde_json::json;
use whatsapp_cloud::api::account::MarketingEligibility;
use whatsapp_cloud::api::marketing::{
    GetMarketingEligibility, GetMarketingInsights, GetMarketingTerms, InsightsLevel,
};
use whatsapp_cloud::endpoint::Endpoint;

use super::{answer, found, go_to};

fn insights(id: &str) -> GetMarketingInsights {
    let mut call = GetMarketingInsights::new(id);
    call.fields = vec!["marketing_messages_sent".to_owned(), "marketing_messages_read".to_owned()];
    call
}

#[test]
fn each_call_goes_where_metas_pages_say() {
    let mut all = insights("120229306178900226");
    all.time_range = Some(r#"{"since":"2025-05-11","until":"2025-06-09"}"#.to_owned());
    all.time_increment = Some("1".to_owned());
    all.level = Some(InsightsLevel::AdSet);
    all.limit = Some(5);
    all.after = Some("MAZDZD".to_owned());
    let mut preset = insights("act_1");
    preset.date_preset = Some("last_30d".to_owned());

    go_to([
        (
            GetMarketingEligibility::new("25002526842541").request(),
            "GET 25002526842541?fields=marketing_messages_onboarding_status",
        ),
        (
            GetMarketingTerms::new("52002526842524351").request(),
            "GET 52002526842524351?fields=marketing_messages_onboarding_status",
        ),
        (
            all.request(),
            "GET 120229306178900226/insights\
             ?fields=marketing_messages_sent%2Cmarketing_messages_read\
             &time_range=%7B%22since%22%3A%222025-05-11%22%2C%22until%22%3A%222025-06-09%22%7D\
             &time_increment=1&level=adset&limit=5&after=MAZDZD",
        ),
        (
            preset.request(),
            "GET act_1/insights\
             ?fields=marketing_messages_sent%2Cmarketing_messages_read&date_preset=last_30d",
        ),
    ]);
}

#[test]
fn what_meta_would_refuse_is_refused() {
    let nothing = GetMarketingInsights::new("1");
    assert_eq!(found(&nothing), ["fields: 1 field or more, found 0"]);

    let mut twice = insights("1");
    twice.date_preset = Some("yesterday".to_owned());
    twice.time_range = Some("{}".to_owned());
    assert_eq!(found(&twice), ["date_preset: either this or time_range, found both"]);

    for id in ["act_", "me", "act_x", "1/2"] {
        assert_eq!(found(&insights(id))[0], "ad_id: an id of digits", "{id}");
    }
}

#[test]
fn the_answers_of_metas_pages_are_read() {
    let status =
        json!({"marketing_messages_onboarding_status": "ELIGIBLE", "id": "25002526842541"});
    let account = answer::<GetMarketingEligibility>(status.clone());
    assert_eq!(serde_json::to_value(&account).unwrap(), status);
    let onboarding = account.marketing_messages_onboarding_status.unwrap();
    assert_eq!(onboarding.status, MarketingEligibility::Eligible);
    assert_eq!(account.id.as_str(), "25002526842541");

    let business = answer::<GetMarketingTerms>(json!({"marketing_messages_onboarding_status": {
        "status": "TERM_OF_SERVICE_SIGNED", "time": "2025-10-07",
    }}));
    let onboarding = business.onboarding.unwrap();
    assert_eq!(onboarding.status, MarketingEligibility::TermsSigned);
    assert_eq!(onboarding.time.as_deref(), Some("2025-10-07"));
}

#[test]
fn figures_are_read_from_texts() {
    let rows = answer::<GetMarketingInsights>(json!({"data": [{
        "date_start": "2025-05-11",
        "date_stop": "2025-06-09",
        "marketing_messages_sent": 300,
        "marketing_messages_delivered": "280",
        "marketing_messages_read": "265",
        "marketing_messages_read_rate": "481.818182",
        "marketing_messages_read_rate_benchmark": "70.27",
        "marketing_messages_link_btn_click": "59",
        "marketing_messages_link_btn_click_rate": "107.272727",
        "marketing_messages_click_rate_benchmark": "18.74",
        "marketing_messages_delivery_rate": "93.3",
        "marketing_messages_spend": "12.5",
        "marketing_messages_cost_per_delivered": "0.04",
        "marketing_messages_cost_per_link_btn_click": "0.2",
        "marketing_messages_website_add_to_cart": "1",
        "marketing_messages_website_initiate_checkout": "2",
        "marketing_messages_website_purchase": "3",
        "marketing_messages_website_purchase_values": "4.5",
        "marketing_messages_app_add_to_cart": "5",
        "marketing_messages_app_initiate_checkout": "6",
        "marketing_messages_app_purchase": "7",
        "marketing_messages_app_purchase_values": "8.5",
    }]}));

    let row = &rows.data[0];
    assert_eq!((row.sent, row.delivered, row.read), (Some(300), Some(280), Some(265)));
    assert_eq!(
        (row.date_start.as_deref(), row.date_stop.as_deref()),
        (Some("2025-05-11"), Some("2025-06-09"))
    );
    assert_eq!((row.read_rate, row.read_rate_benchmark), (Some(481.818_182), Some(70.27)));
    assert_eq!((row.link_clicks, row.link_click_rate), (Some(59), Some(107.272_727)));
    assert_eq!((row.click_rate_benchmark, row.delivery_rate), (Some(18.74), Some(93.3)));
    assert_eq!((row.spend, row.cost_per_delivered), (Some(12.5), Some(0.04)));
    assert_eq!(row.cost_per_link_click, Some(0.2));
    let website = (row.website_add_to_cart, row.website_initiate_checkout, row.website_purchase);
    assert_eq!(website, (Some(1), Some(2), Some(3)));
    let app = (row.app_add_to_cart, row.app_initiate_checkout, row.app_purchase);
    assert_eq!(app, (Some(5), Some(6), Some(7)));
    assert_eq!((row.website_purchase_values, row.app_purchase_values), (Some(4.5), Some(8.5)));
}

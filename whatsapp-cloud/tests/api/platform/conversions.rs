//! Conversions, compared with Meta's examples.

use serde_json::json;
use whatsapp_cloud::api::conversions::{
    ActionSource, Conversion, ConversionName, ConversionOutcome, ConversionUser, ConversionValue,
    Conversions, CreateDataset, MessagingChannel, SendConversions,
};
use whatsapp_cloud::endpoint::Endpoint;

use super::{answer, found, go_to, json as body};

fn lead() -> Conversion {
    Conversion {
        event_name: ConversionName::LeadSubmitted,
        event_time: 1_749_069_089,
        action_source: ActionSource::BusinessMessaging,
        messaging_channel: Some(MessagingChannel::WhatsApp),
        user_data: Some(ConversionUser {
            ctwa_clid: Some("Afc3nYt4".to_owned()),
            ..ConversionUser::default()
        }),
        ..Conversion::default()
    }
}

fn told(event: Conversion) -> SendConversions {
    let events = Conversions { data: vec![event], ..Conversions::default() };
    SendConversions::new("1234567890", events)
}

fn worth(currency: Option<&str>, value: Option<f64>) -> Option<ConversionValue> {
    let currency = currency.map(str::to_owned);
    Some(ConversionValue { currency, value, ..ConversionValue::default() })
}

#[test]
fn each_call_goes_where_metas_pages_say() {
    go_to([
        (CreateDataset::new("102290129340398").request(), "POST 102290129340398/dataset"),
        (told(lead()).request(), "POST 1234567890/events"),
    ]);
    const { assert!(!SendConversions::IDEMPOTENT && CreateDataset::IDEMPOTENT) }
}

#[test]
fn a_purchase_reads_as_on_metas_page() {
    let outcome_type = "automatic_events".to_owned();
    let purchase = Conversion {
        event_name: ConversionName::Purchase,
        event_id: Some("order-1".to_owned()),
        custom_data: worth(Some("USD"), Some(25_000.5)),
        messaging_outcome_data: Some(ConversionOutcome {
            outcome_type,
            ..ConversionOutcome::default()
        }),
        user_data: Some(ConversionUser {
            whatsapp_business_account_id: Some("102290129340398".into()),
            ..lead().user_data.unwrap()
        }),
        ..lead()
    };
    let mut call = told(purchase);
    call.events.partner_agent = Some("Us".to_owned());
    call.events.test_event_code = Some("TEST1".to_owned());

    assert_eq!(
        body(&call.request().unwrap()),
        json!({
            "data": [{
                "event_name": "Purchase",
                "event_time": 1_749_069_089,
                "event_id": "order-1",
                "action_source": "business_messaging",
                "messaging_channel": "whatsapp",
                "user_data": {
                    "ctwa_clid": "Afc3nYt4",
                    "whatsapp_business_account_id": "102290129340398",
                },
                "custom_data": {"currency": "USD", "value": 25_000.5},
                "messaging_outcome_data": {"outcome_type": "automatic_events"},
            }],
            "partner_agent": "Us",
            "test_event_code": "TEST1",
        })
    );
}

#[test]
fn what_meta_would_refuse_is_refused_at_its_border() {
    for (count, is_taken) in [(0, false), (1, true), (1_000, true), (1_001, false)] {
        let events = Conversions { data: vec![lead(); count], ..Conversions::default() };
        let call = SendConversions::new("1", events);
        assert_eq!(found(&call).is_empty(), is_taken, "{count}");
    }
    assert_eq!(
        found(&told(Conversion::default())),
        [
            "data[0].event_name: a name, found none",
            "data[0].event_time: a time in unix seconds",
            "data[0].action_source: a word, found none",
        ]
    );
    assert_eq!(
        found(&told(Conversion { messaging_channel: None, ..lead() })),
        ["data[0].messaging_channel: a word, found none"]
    );
    let user = Some(ConversionUser::default());
    for user_data in [None, user] {
        assert_eq!(
            found(&told(Conversion { user_data, ..lead() })),
            ["data[0].user_data.ctwa_clid: the click of the ad, found none"]
        );
    }
    let elsewhere = Some(MessagingChannel::Messenger);
    let call = Conversion { messaging_channel: elsewhere, user_data: None, ..lead() };
    assert_eq!(found(&told(call)), [""; 0]);
}

#[test]
fn a_purchase_has_a_currency_and_a_value() {
    let purchase =
        |custom_data| Conversion { event_name: ConversionName::Purchase, custom_data, ..lead() };
    assert_eq!(found(&told(purchase(worth(Some("BRL"), Some(0.5))))), [""; 0]);
    for custom_data in [None, worth(Some("BRL"), None), worth(None, Some(1.0))] {
        let rule = "data[0].custom_data: currency and value of a purchase";
        assert_eq!(found(&told(purchase(custom_data))), [rule]);
    }
    for currency in ["BR", "BRLS", "R$!"] {
        let found = found(&told(purchase(worth(Some(currency), Some(1.0)))));
        assert_eq!(found, ["data[0].custom_data.currency: 3 letters"]);
    }
}

#[test]
fn the_answers_are_read() {
    let taken = answer::<SendConversions>(
        json!({"events_received": 1, "messages": ["m"], "fbtrace_id": "A"}),
    );
    assert_eq!((taken.events_received, taken.messages.len()), (1, 1));
    assert_eq!(taken.fbtrace_id.as_deref(), Some("A"));
    assert_eq!(answer::<CreateDataset>(json!({"id": "1234567890"})).id.as_str(), "1234567890");
}

#[test]
fn no_click_is_shown() {
    let shown = format!("{:?} {:?} {:?}", told(lead()), lead(), lead().user_data);
    assert!(!shown.contains("Afc3nYt4"));
}

use serde_json::{Value, json};
use whatsapp_cloud::api::payment_configurations::{
    ConfigurationName, CreatePaymentConfiguration, GetPaymentConfiguration, LinkPayments,
    LinkRequest, ListPaymentConfigurations, NewPaymentConfiguration, PaymentConfiguration,
    PaymentConfigurationStatus, PaymentConfigurations, PaymentEndpoint, PaymentLink,
    PaymentProvider, RemovePaymentConfiguration, UpdatePaymentConfiguration,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

const NAME: &str = "test-payment-configuration";

fn configuration() -> Value {
    json!({
        "configuration_name": NAME,
        "merchant_category_code": {"code": "0000", "description": "Test MCC Code"},
        "purpose_code": {"code": "00", "description": "Test Purpose Code"},
        "status": "Active", "provider_mid": "test-payment-gateway-mid",
        "provider_name": "razorpay", "merchant_vpa": "a@b", "data_endpoint_url": "https://x",
        "created_timestamp": 1_720_203_204, "updated_timestamp": 1_721_088_316,
    })
}

#[test]
fn configurations_are_listed_in_a_list_of_their_own() {
    let call = ListPaymentConfigurations::new("1");
    assert_sent(&call, Method::Get, "1/payment_configurations", Value::Null);
    let page: Page<PaymentConfigurations> =
        read(json!({"data": [{"payment_configurations": [configuration()]}]}));
    let shop = &page.data[0].payment_configurations[0];
    assert_whole!(
        page,
        page.data[0],
        shop,
        shop.purpose_code.as_ref().unwrap(),
        shop.merchant_category_code.as_ref().unwrap(),
    );
}

#[test]
fn a_configuration_is_asked_for_by_name() {
    let call = GetPaymentConfiguration::new("1", NAME);
    let target = "1/payment_configuration/test-payment-configuration";
    assert_sent(&call, Method::Get, target, Value::Null);
    let page: Page<PaymentConfiguration> = read(json!({"data": [configuration()]}));
    let shop = &page.data[0];
    assert_eq!(shop.status, Some(PaymentConfigurationStatus::Active));
    assert_eq!(shop.created_timestamp, Some(1_720_203_204));

    // Meta's example writes the word otherwise than its table.
    let mut json = configuration();
    json["provider_name"] = json!("RazorPay");
    let shop: PaymentConfiguration = read(json);
    assert_eq!(shop.provider_name, Some(PaymentProvider::RazorPay));

    for name in ["", "..", "a b"] {
        assert_eq!(found(&GetPaymentConfiguration::new("1", name)), ["name: an id"]);
    }
}

fn upi(name: &str) -> NewPaymentConfiguration {
    NewPaymentConfiguration {
        configuration_name: name.into(),
        provider_name: PaymentProvider::UpiVpa,
        merchant_vpa: Some("test-upi-merchant-vpa@test".into()),
        ..Default::default()
    }
}

#[test]
fn a_configuration_is_made_as_on_metas_page() {
    let shop = NewPaymentConfiguration {
        purpose_code: Some("00".into()),
        merchant_category_code: Some("0000".into()),
        redirect_url: Some("https://example.com/r".into()),
        data_endpoint_url: Some("https://example.com/d".into()),
        ..upi(NAME)
    };
    let body = json!({
        "configuration_name": NAME, "purpose_code": "00", "merchant_category_code": "0000",
        "provider_name": "upi_vpa", "merchant_vpa": "test-upi-merchant-vpa@test",
        "redirect_url": "https://example.com/r", "data_endpoint_url": "https://example.com/d",
    });
    let call = CreatePaymentConfiguration::new("1", shop);
    assert_sent(&call, Method::Post, "1/payment_configuration", body);
    assert!(!is_idempotent::<CreatePaymentConfiguration>());

    let link: PaymentLink = read(json!({
        "oauth_url": "https://www.facebook.com/payment/onboarding/init/",
        "expiration": 1_721_687_287, "success": true,
    }));
    assert_whole!(link);
    assert_eq!((link.expiration, link.success), (Some(1_721_687_287), Some(true)));
}

#[test]
fn a_configuration_needs_a_name_and_someone_who_takes_the_money() {
    for (length, is_taken) in [(0, false), (1, true), (60, true), (61, false)] {
        let name = "a".repeat(length);
        let create = CreatePaymentConfiguration::new("1", upi(&name));
        let link = LinkRequest { configuration_name: name.clone(), ..Default::default() };
        let remove = ConfigurationName { configuration_name: name, ..Default::default() };
        for result in [
            create.request(),
            LinkPayments::new("1", link).request(),
            RemovePaymentConfiguration::new("1", remove).request(),
        ] {
            assert_eq!(result.is_ok(), is_taken, "{length}");
        }
    }
    let create = |change: fn(&mut NewPaymentConfiguration)| {
        let mut shop = upi("a");
        change(&mut shop);
        found(&CreatePaymentConfiguration::new("1", shop))
    };
    assert_eq!(create(|it| it.merchant_vpa = None), ["merchant_vpa: a UPI handle"]);
    let nobody = create(|it| it.provider_name = PaymentProvider::default());
    assert_eq!(nobody, ["provider_name: who takes the money"]);
    let gateway = create(|it| {
        it.provider_name = PaymentProvider::PayU;
        it.merchant_vpa = None;
    });
    assert!(gateway.is_empty());
}

#[test]
fn a_configuration_is_changed_linked_and_removed() {
    let endpoint = PaymentEndpoint {
        data_endpoint_url: "https://test-data-endpoint-url.com".into(),
        ..Default::default()
    };
    let target = "1/payment_configuration/test-payment-configuration";
    let body = json!({"data_endpoint_url": "https://test-data-endpoint-url.com"});
    let update = UpdatePaymentConfiguration::new("1", NAME, endpoint);
    assert_sent(&update, Method::Post, target, body);
    let nowhere = UpdatePaymentConfiguration::new("1", NAME, PaymentEndpoint::default());
    assert_eq!(found(&nowhere), ["data_endpoint_url: an address"]);

    let link = LinkRequest {
        configuration_name: NAME.into(),
        redirect_url: Some("https://example.com/r".into()),
        ..Default::default()
    };
    let body = json!({"configuration_name": NAME, "redirect_url": "https://example.com/r"});
    let target = "1/generate_payment_configuration_oauth_link";
    assert_sent(&LinkPayments::new("1", link), Method::Post, target, body);

    let name = ConfigurationName { configuration_name: NAME.into(), ..Default::default() };
    let remove = RemovePaymentConfiguration::new("1", name);
    let body = json!({"configuration_name": NAME});
    assert_sent(&remove, Method::Delete, "1/payment_configuration", body);
}

//! Orders, templates and direct sends: just allowed, and just refused.

use whatsapp_cloud::api::messages::{
    ActionButton, Amount, Button, Buttons, Category, Component, DirectSend, Expiration, Fee,
    GoodsKind, MediaSource, Message, Order, OrderDetails, OrderItem, OrderState, OrderStatus,
    Parameter, ParameterKind, PaymentSetting, PaymentSettingKind, PixKeyKind, ProductSection,
    Template,
};

use super::{PHONE, body, borders, press, violations};

#[test]
fn an_order_adds_up_and_holds_its_limits() {
    let of = |change: fn(&mut OrderDetails)| {
        let mut order = Order::of([OrderItem::new("1", "Café", 2_500, 2)]);
        order.tax = Some(Fee::new(100));
        order.shipping = Some(Fee::new(900));
        order.discount = Some(Fee::new(1_000));
        let pix = PaymentSetting::pix("0002", "Loja", "39580525000189", PixKeyKind::Cnpj);
        let mut details = OrderDetails::brazil("o-17_a.b", order, [pix]);
        assert_eq!(details.total_amount, Some(Amount::new(5_000)));
        change(&mut details);
        Message::order(PHONE, "b", details)
    };
    fn order(details: &mut OrderDetails) -> &mut Order {
        details.order.as_mut().unwrap()
    }
    let right = || of(|_| ());
    let at = |path: &str| format!("interactive.action.parameters{path}");
    for (path, allowed, refused) in [
        (".total_amount.value", right(), of(|it| it.total_amount = Some(Amount::new(5_001)))),
        (".total_amount", right(), of(|it| it.total_amount = None)),
        (
            ".total_amount.offset",
            right(),
            of(|it| it.total_amount.as_mut().unwrap().offset = Some(10)),
        ),
        (
            ".order.subtotal.value",
            right(),
            of(|it| {
                order(it).subtotal = Some(Amount::new(4_999));
                it.total_amount = Some(Amount::new(4_999));
            }),
        ),
        (".order.subtotal", right(), of(|it| order(it).subtotal = None)),
        (
            ".reference_id",
            of(|it| it.reference_id = "a".repeat(60)),
            of(|it| it.reference_id = "a".repeat(61)),
        ),
        (".reference_id", right(), of(|it| it.reference_id = "a b".to_owned())),
        (".reference_id", right(), of(|it| it.reference_id.clear())),
        (".currency", right(), of(|it| it.currency = "USD".to_owned())),
        (".type", right(), of(|it| it.kind = GoodsKind::from(""))),
        (
            ".order",
            of(|it| it.order = None),
            of(|it| {
                it.order = None;
                it.payment_type = Some("upi".to_owned());
            }),
        ),
        (
            ".order.items[0].name",
            of(|it| order(it).items[0].name = "á".repeat(60)),
            of(|it| order(it).items[0].name = "á".repeat(61)),
        ),
        (".order.items[0].quantity", right(), of(|it| order(it).items[0].quantity = None)),
        (".order.items[0].amount", right(), of(|it| order(it).items[0].amount = None)),
        (
            ".order.tax.description",
            of(|it| order(it).tax.as_mut().unwrap().description = Some("a".repeat(60))),
            of(|it| order(it).tax.as_mut().unwrap().description = Some("a".repeat(61))),
        ),
        (
            ".order.expiration.timestamp",
            of(|it| {
                order(it).expiration = Some(Expiration {
                    timestamp: "1785000000".to_owned(),
                    ..Expiration::default()
                });
            }),
            of(|it| order(it).expiration = Some(Expiration::default())),
        ),
        (
            ".payment_settings[0].pix_dynamic_code.key",
            right(),
            of(|it| it.payment_settings[0].pix_dynamic_code.as_mut().unwrap().key.clear()),
        ),
        (
            ".payment_settings[0]",
            of(|it| it.payment_settings = vec![PaymentSetting::boleto("0339")]),
            of(|it| it.payment_settings[0].kind = PaymentSettingKind::Boleto),
        ),
        (
            ".payment_settings[0].payment_link.uri",
            of(|it| it.payment_settings = vec![PaymentSetting::link("https://a.b")]),
            of(|it| it.payment_settings = vec![PaymentSetting::link("a.b")]),
        ),
    ] {
        borders(vec![(&at(path), allowed, refused)]);
    }
    // A price that was reduced counts; the full one is taken, too.
    body(of(|it| order(it).items[0].sale_amount = Some(Amount::new(2_000))));
    let status = |status: OrderStatus| Message::order_status(PHONE, "b", status);
    borders(vec![(
        "interactive.action.parameters",
        status(OrderStatus::new("1", OrderState::Shipped)),
        status(OrderStatus { order: None, ..OrderStatus::new("1", OrderState::Shipped) }),
    )]);
}

#[test]
fn a_template_holds_its_limits() {
    let of = |component: Component| {
        Message::template(PHONE, Template::new("a", "pt_BR").component(component))
    };
    let button = |button: Button| of(button.into());
    let value = |parameter: Parameter| of(Component::body([parameter]));
    let offer = |moment| of(Component::limited_time_offer(moment));
    let card = |index: u32| {
        let mut carousel =
            Component::carousel([[Component::body(["x"])], [Component::body(["x"])]]);
        carousel.cards[1].card_index = Some(index);
        of(carousel)
    };
    let cards = |count: usize| of(Component::carousel(vec![[Component::body(["x"])]; count]));
    let wrong_kind = Parameter { kind: ParameterKind::Image, ..Parameter::text("x") };
    let at = "template.components[0]";
    for (path, allowed, refused) in [
        (
            ".parameters[0].coupon_code",
            button(Button::copy_code(0, "a".repeat(20))),
            button(Button::copy_code(0, "a".repeat(21))),
        ),
        (".index", button(Button::url(9, "x")), button(Button::url(10, "x"))),
        (
            ".index",
            button(Button::voice_call(1, "x")),
            of(Component { index: None, ..Button::url(0, "x").into() }),
        ),
        (
            ".sub_type",
            button(Button::url(0, "x")),
            of(Component { sub_type: None, ..Button::url(0, "x").into() }),
        ),
        (
            ".parameters[0].ttl_minutes",
            button(Button::voice_call(43_200, "x")),
            button(Button::voice_call(43_201, "x")),
        ),
        (".parameters[0]", value(Parameter::text("x")), value(wrong_kind)),
        (
            ".parameters[0].currency.code",
            value(Parameter::currency("R$ 1", "BRL", 1_000)),
            value(Parameter::currency("R$ 1", "R$", 1_000)),
        ),
        (
            ".parameters[0].currency.fallback_value",
            value(Parameter::currency("R$ 1", "BRL", 0)),
            value(Parameter::currency("", "BRL", 0)),
        ),
        (
            ".parameters[0].date_time.fallback_value",
            value(Parameter::date_time("hoje")),
            value(Parameter::date_time("")),
        ),
        (".parameters[0].limited_time_offer.expiration_time_ms", offer(1), offer(0)),
        (
            ".parameters[0].tap_target_configuration[0].url",
            of(Component::tap_target("https://a.b", "x")),
            of(Component::tap_target("a.b", "x")),
        ),
        (
            ".parameters[0].tap_target_configuration[0].title",
            of(Component::tap_target("https://a.b", "x")),
            of(Component::tap_target("https://a.b", "")),
        ),
        (".cards", card(1), card(3)),
        (".cards", cards(10), cards(11)),
        (".cards", cards(2), cards(1)),
        (
            ".parameters[0].action.sections",
            button(Button::products(0, "p", [ProductSection::new("s", vec!["p"; 30])])),
            button(Button::products(0, "p", [ProductSection::new("s", vec!["p"; 31])])),
        ),
        (".type", value(Parameter::text("x")), of(Component::default())),
    ] {
        borders(vec![(&format!("{at}{path}"), allowed, refused)]);
    }
    let no_language = Template { language: None, ..Template::new("a", "pt_BR") };
    assert_eq!(
        violations(Message::template(PHONE, no_language)),
        ["template.language: a language, found none"]
    );
}

#[test]
fn a_direct_send_holds_its_limits() {
    let text = |length: usize| {
        Message::text(PHONE, "á".repeat(length)).sent_directly(DirectSend::utility())
    };
    let living =
        |how: DirectSend, seconds| Message::text(PHONE, "oi").sent_directly(how.living(seconds));
    let named = |how: DirectSend, name: &str| {
        Message::text(PHONE, "oi").sent_directly(how.with_template(name))
    };
    let code_to = |to: &str| Message::text(to, "1").sent_directly(DirectSend::authentication());
    let mixed = |links: usize, replies: usize| {
        let links = (0..links).map(|_| ActionButton::link("Ver", "https://a.b"));
        let replies =
            (0..replies).map(|index| ActionButton::reply(format!("{index}"), format!("t{index}")));
        Buttons { buttons: links.chain(replies).collect(), ..Buttons::default() }
    };
    let directly = |buttons: Buttons| press(buttons).sent_directly(DirectSend::utility());
    let mut backwards = mixed(1, 1);
    backwards.buttons.reverse();
    borders(vec![
        ("text.body", text(1024), text(1025)),
        ("ttl_seconds", living(DirectSend::utility(), 30), living(DirectSend::utility(), 29)),
        (
            "ttl_seconds",
            living(DirectSend::utility(), 43_200),
            living(DirectSend::utility(), 43_201),
        ),
        (
            "ttl_seconds",
            living(DirectSend::authentication(), 900),
            living(DirectSend::authentication(), 901),
        ),
        (
            "direct_send_config.template_name",
            named(DirectSend::utility(), "order_left"),
            named(DirectSend::utility(), "Order"),
        ),
        ("direct_send_config", named(DirectSend::authentication(), "a"), {
            let mut how = DirectSend::utility();
            how.category = Category::Service;
            named(how, "a")
        }),
        ("recipient", code_to(PHONE), code_to("BR.1")),
        (
            "category",
            text(1),
            Message::sticker(PHONE, MediaSource::id("1")).sent_directly(DirectSend::utility()),
        ),
        ("interactive.action.buttons", directly(mixed(2, 8)), directly(mixed(2, 9))),
        ("interactive.action.buttons", directly(mixed(2, 1)), directly(mixed(3, 1))),
        ("interactive.action.buttons", directly(mixed(1, 1)), directly(backwards)),
        ("interactive.action.buttons", directly(mixed(1, 1)), press(mixed(1, 1))),
        (
            "recipient_identity_key_hash",
            Message::text(PHONE, "oi").to_identity("DF2="),
            Message::text(PHONE, "oi").to_identity(""),
        ),
    ]);
}

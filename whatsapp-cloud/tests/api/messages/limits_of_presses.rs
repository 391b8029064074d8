//! What can be pressed, places, pins and cards: just allowed, and just refused.

use whatsapp_cloud::api::Recipient;
use whatsapp_cloud::api::messages::{
    ActionButton, AddressRequest, Buttons, Card, Carousel, ContactCard, Content, FlowCall, Header,
    HeaderKind, Interactive, Link, List, ListRow, Location, MediaSource, Message, Pin, Product,
    ProductList, VoiceCallButton,
};

use super::{PHONE, WAMID, body, borders, press, violations};

#[test]
fn a_place_a_pin_and_cards_hold_their_limits() {
    let place = |north: f64, east: f64| Message::location(PHONE, Location::new(north, east));
    let pin = |days| Message::pin("Y2Fw", Pin::for_days(WAMID, days));
    let cards = |count| Message::contacts(PHONE, vec![ContactCard::new("Ana Lima", "Ana"); count]);
    let card = |change: fn(&mut ContactCard)| {
        let mut card = ContactCard::new("Ana Lima", "Ana");
        change(&mut card);
        Message::contacts(PHONE, [card])
    };
    borders(vec![
        ("location.latitude", place(-90.0, 180.0), place(-90.1, 180.0)),
        ("location.longitude", place(90.0, -180.0), place(90.0, 180.1)),
        ("pin.expiration_days", pin(1), pin(0)),
        ("pin.expiration_days", pin(30), pin(31)),
        (
            "pin.message_id",
            Message::pin("Y2Fw", Pin::unpin("a")),
            Message::pin("Y2Fw", Pin::unpin("")),
        ),
        ("type", pin(1), Message::new(PHONE, Content::Pin(Pin::for_days(WAMID, 1)))),
        ("contacts", cards(1), cards(0)),
        ("contacts", cards(257), cards(258)),
        ("contacts[0].name", cards(1), card(|card| card.name = None)),
        (
            "contacts[0].name",
            card(|card| card.name.as_mut().unwrap().prefix = Some("Dra.".to_owned())),
            card(|card| card.name.as_mut().unwrap().first_name = None),
        ),
        (
            "contacts[0].name.formatted_name",
            cards(1),
            card(|card| card.name.as_mut().unwrap().formatted_name.clear()),
        ),
        (
            "contacts[0].birthday",
            card(|card| card.birthday = Some("1999-01-23".to_owned())),
            card(|card| card.birthday = Some("23/01/1999".to_owned())),
        ),
    ]);
}

#[test]
fn buttons_hold_their_limits() {
    let text = |length: usize| "á".repeat(length);
    let buttons = |count: usize| {
        press(Buttons::replies((0..count).map(|index| (format!("i{index}"), format!("t{index}")))))
    };
    let one = |id: usize, title: usize| press(Buttons::replies([(text(id), text(title))]));
    let two = |id: &'static str, title: &'static str| {
        press(Buttons::replies([("1", "Sim"), (id, title)]))
    };
    let around = |body: usize, header: usize, footer: usize| {
        let buttons = Buttons::replies([("1", "Sim")]);
        let interactive = Interactive::new(text(body), buttons)
            .with_header(Header::text(text(header)))
            .with_footer(text(footer));
        Message::interactive(PHONE, interactive)
    };
    let header = |header: Header| {
        let buttons = Buttons::replies([("1", "Sim")]);
        Message::interactive(PHONE, Interactive::new("b", buttons).with_header(header))
    };
    let without_a_text =
        Message::interactive(PHONE, Interactive::without_body(Buttons::replies([("1", "Sim")])));
    borders(vec![
        ("interactive.action.buttons", buttons(1), buttons(0)),
        ("interactive.action.buttons", buttons(3), buttons(4)),
        ("interactive.action.buttons[0].reply.id", one(256, 1), one(257, 1)),
        ("interactive.action.buttons[0].reply.id", one(1, 1), one(0, 1)),
        ("interactive.action.buttons[0].reply.title", one(1, 20), one(1, 21)),
        ("interactive.action.buttons[0].reply.title", one(1, 1), one(1, 0)),
        ("interactive.action.buttons", two("2", "Não"), two("1", "Não")),
        ("interactive.action.buttons", two("2", "Não"), two("2", "Sim")),
        ("interactive.body.text", around(1024, 1, 1), around(1025, 1, 1)),
        ("interactive.body.text", around(1, 1, 1), around(0, 1, 1)),
        ("interactive.header.text", around(1, 60, 1), around(1, 61, 1)),
        ("interactive.footer.text", around(1, 1, 60), around(1, 1, 61)),
        ("interactive.body", buttons(1), without_a_text),
        (
            "interactive.header.image.link",
            header(Header::image(MediaSource::link("https://a.b/c"))),
            header(Header::image(MediaSource::link("a.b/c"))),
        ),
        (
            "interactive.header",
            header(Header::document(MediaSource::id("1"), "a.pdf")),
            header(Header { kind: HeaderKind::Video, ..Header::image(MediaSource::id("1")) }),
        ),
        ("type", buttons(1), Message::buttons(Recipient::group("Y2Fw"), "b", [("1", "Sim")])),
    ]);
}

#[test]
fn a_list_holds_its_limits() {
    let text = |length: usize| "á".repeat(length);
    let rows = |count: usize| (0..count).map(|index| ListRow::new(format!("r{index}"), "t"));
    let of_rows =
        |count: usize| Message::list(PHONE, "b", List::new("Ver").section("", rows(count)));
    let of_sections = |count: usize| {
        let list = (0..count).fold(List::new("Ver"), |list, index| {
            list.section("s", [ListRow::new(format!("r{index}"), "t")])
        });
        Message::list(PHONE, "b", list)
    };
    let of = |button: usize, title: usize, row: ListRow| {
        Message::list(PHONE, "b", List::new(text(button)).section(text(title), [row]))
    };
    let row = || ListRow::new("1", "t");
    let second = |title: &str, id: &str| {
        let list = List::new("Ver").section("s", [row()]).section(title, [ListRow::new(id, "t")]);
        Message::list(PHONE, "b", list)
    };
    let with_header = |header| {
        let list = List::new("Ver").section("", [row()]);
        Message::interactive(PHONE, Interactive::new("b", list).with_header(header))
    };
    let body_of =
        |length| Message::list(PHONE, text(length), List::new("Ver").section("", [row()]));
    borders(vec![
        ("interactive.body.text", body_of(4096), body_of(4097)),
        ("interactive.action.button", of(20, 1, row()), of(21, 1, row())),
        ("interactive.action.button", of(1, 1, row()), of(0, 1, row())),
        ("interactive.action.sections[0].title", of(1, 24, row()), of(1, 25, row())),
        (
            "interactive.action.sections[0].rows[0].id",
            of(1, 1, ListRow::new(text(200), "t")),
            of(1, 1, ListRow::new(text(201), "t")),
        ),
        (
            "interactive.action.sections[0].rows[0].title",
            of(1, 1, ListRow::new("1", text(24))),
            of(1, 1, ListRow::new("1", text(25))),
        ),
        (
            "interactive.action.sections[0].rows[0].description",
            of(1, 1, row().described(text(72))),
            of(1, 1, row().described(text(73))),
        ),
        ("interactive.action.sections", of_rows(10), of_rows(11)),
        ("interactive.action.sections[0].rows", of_rows(1), of_rows(0)),
        ("interactive.action.sections", of_sections(1), of_sections(0)),
        ("interactive.action.sections", second("u", "2"), second("", "2")),
        ("interactive.action.sections", second("u", "2"), second("u", "1")),
        (
            "interactive.header",
            with_header(Header::text("h")),
            with_header(Header::image(MediaSource::id("1"))),
        ),
    ]);
    // Eleven sections are eleven rows, too.
    assert_eq!(violations(of_sections(11)).len(), 2);
    body(of_sections(10));
}

#[test]
fn links_products_and_flows_hold_their_limits() {
    let text = |length: usize| "á".repeat(length);
    let link = |title: usize, url: &str| Message::link(PHONE, "b", text(title), url);
    let url = "https://example.com";
    let products = |count: usize| {
        let items = (0..count).map(|index| format!("p{index}"));
        Message::products(PHONE, "h", "b", ProductList::new("1").section("", items))
    };
    let sections = |count: usize| {
        let list = (0..count).fold(ProductList::new("1"), |list, _| list.section("s", ["p"]));
        Message::products(PHONE, "h", "b", list)
    };
    let title = |length| {
        Message::products(PHONE, "h", "b", ProductList::new("1").section(text(length), ["p"]))
    };
    let flow = |change: fn(&mut FlowCall)| {
        let mut flow = FlowCall::new("1", "Abrir");
        change(&mut flow);
        Message::flow(PHONE, "b", flow)
    };
    let payload =
        |data| Message::flow(PHONE, "b", FlowCall::new("1", "Abrir").on_screen("A", data));
    let call = |change: fn(&mut VoiceCallButton)| {
        let mut button = VoiceCallButton::new("Ligar");
        change(&mut button);
        press(button)
    };
    borders(vec![
        ("interactive.action.parameters.display_text", link(20, url), link(21, url)),
        ("interactive.action.parameters.display_text", link(1, url), link(0, url)),
        ("interactive.action.parameters.url", link(1, "http://a"), link(1, "a")),
        (
            "interactive.action.catalog_id",
            Message::product(PHONE, Product::new("1", "p")),
            Message::product(PHONE, Product::new("", "p")),
        ),
        (
            "interactive.action.product_retailer_id",
            Message::product(PHONE, Product::new("1", "p")),
            Message::product(PHONE, Product::new("1", "")),
        ),
        ("interactive.action.sections", products(30), products(31)),
        ("interactive.action.sections[0].product_items", products(1), products(0)),
        ("interactive.action.sections", sections(10), sections(11)),
        ("interactive.action.sections", sections(1), sections(0)),
        ("interactive.action.sections[0].title", title(24), title(25)),
        ("interactive.header", products(1), press(ProductList::new("1").section("", ["p"]))),
        ("interactive.action.parameters", flow(|_| ()), flow(|flow| flow.flow_id = None)),
        (
            "interactive.action.parameters",
            flow(|_| ()),
            flow(|flow| flow.flow_name = Some("a".into())),
        ),
        (
            "interactive.action.parameters.flow_id",
            flow(|_| ()),
            flow(|flow| flow.flow_id = Some("a".into())),
        ),
        (
            "interactive.action.parameters.flow_cta",
            flow(|_| ()),
            flow(|flow| flow.flow_cta.clear()),
        ),
        (
            "interactive.action.parameters.flow_message_version",
            flow(|_| ()),
            flow(|flow| flow.flow_message_version.clear()),
        ),
        (
            "interactive.action.parameters.flow_action_payload.data",
            payload(serde_json::json!({"a": 1})),
            payload(serde_json::json!({})),
        ),
        (
            "interactive.action.parameters.ttl_minutes",
            call(|it| it.ttl_minutes = Some(43_200)),
            call(|it| it.ttl_minutes = Some(43_201)),
        ),
        (
            "interactive.action.parameters.ttl_minutes",
            call(|it| it.ttl_minutes = Some(1)),
            call(|it| it.ttl_minutes = Some(0)),
        ),
        (
            "interactive.action.parameters.display_text",
            call(|it| it.display_text = Some("a".repeat(20))),
            call(|it| it.display_text = Some("a".repeat(21))),
        ),
        (
            "interactive.action.parameters.payload",
            call(|it| it.payload = Some("a".repeat(512))),
            call(|it| it.payload = Some("a".repeat(513))),
        ),
        (
            "interactive.action.parameters.country",
            press(AddressRequest::new("IN")),
            press(AddressRequest::new("India")),
        ),
    ]);
}

#[test]
fn a_carousel_holds_its_limits() {
    let link = || Link::new("Ver", "https://example.com");
    let picture = || MediaSource::link("https://example.com/a.png");
    let card = |body: &str| Card::image_link(picture(), body, link());
    let cards = |count: usize| press(Carousel::new(vec![card("c"); count]));
    let with = |other: Card| press(Carousel::new([card("c"), other]));
    let replies = |count: usize| {
        let buttons = (0..count)
            .map(|index| ActionButton::quick_reply(format!("{index}"), format!("t{index}")));
        Card::image_replies(picture(), "c", buttons)
    };
    let indices = |second: u32| {
        let mut carousel = Carousel::new([card("c"), card("c")]);
        carousel.cards[1].card_index = Some(second);
        press(carousel)
    };
    let path = "interactive.action.cards";
    borders(vec![
        (path, cards(2), cards(1)),
        (path, cards(10), cards(11)),
        (path, indices(1), indices(0)),
        (path, indices(1), indices(2)),
        (
            "interactive.action.cards[1].body.text",
            with(card(&"á".repeat(160))),
            with(card(&"á".repeat(161))),
        ),
        ("interactive.action.cards[1].body.text", with(card("a\nb\nc")), with(card("a\nb\nc\nd"))),
        (
            "interactive.action.cards[1].header",
            with(card("c").with_video(picture())),
            with(Card { header: None, ..card("c") }),
        ),
        (
            path,
            press(Carousel::new([replies(2), replies(2)])),
            press(Carousel::new([replies(2), replies(1)])),
        ),
        (
            path,
            press(Carousel::new([Card::product("1", "a"), Card::product("1", "b")])),
            with(Card::product("1", "b")),
        ),
        (
            "interactive.action.cards[1].action",
            with(card("c")),
            with(Card { action: None, ..card("c") }),
        ),
    ]);
    let interactive = Interactive::new("b", Carousel::new([card("c"), card("c")]));
    let around = interactive.with_header(Header::text("h")).with_footer("f");
    assert_eq!(
        violations(Message::interactive(PHONE, around)),
        [
            "interactive.footer: not with a carousel",
            "interactive.header: not with a product or a carousel"
        ]
    );
}

//! Every kind of message, built as a caller would, and Meta's own examples.

use serde_json::json;
use whatsapp_cloud::api::messages::{
    Action, AddressRequest, Button, Buttons, Card, Carousel, Catalog, Component, ContactCard,
    ContactPhone, FlowCall, Header, Interactive, Link, List, ListRow, Location, MarkAsRead,
    MarketingMessage, MediaSource, Message, Order, OrderDetails, OrderItem, OrderState,
    OrderStatus, Parameter, PaymentSetting, Pin, PixKeyKind, Product, ProductList, ProductSection,
    SendEncryptedMessage, SendMarketingMessage, SendMessage, ShowTyping, Template, VoiceCallButton,
};

use crate::case::{Case, Failure, of_examples};
use crate::operations::ID;

const TO: &str = "16505551234";
const WAMID: &str = "wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQ5QTVGMzVCQzcwMEY4MTY3Rjk5MgA=";
/// The one answer of Meta's file that is not to a message.
const RECEIPT: &str = "Send typing indicator and read receipt";
const GROUP: &str = "Y2FwaV9ncm91cDoxMjM0NTYZD";

pub(crate) fn cases() -> Result<Vec<Case>, Failure> {
    let send = |message| SendMessage { from: ID.into(), message };
    let marketing = |message: MarketingMessage| SendMarketingMessage { from: ID.into(), message };
    let built = plain().into_iter().chain(pressed()).chain(templates());
    let mut cases: Vec<_> =
        built.map(|(name, message)| Case::of(send(message)).named(name)).collect();
    let examples = of_examples(send)?;
    for case in examples.into_iter().filter(|case| !case.name.ends_with(RECEIPT)) {
        let name = format!("Meta's {}", case.name.trim_start_matches("SendMessage: "));
        cases.push(case.named(&name));
    }
    cases = cases.into_iter().map(|case| case.hearing(|answer| answer != RECEIPT)).collect();
    let read = MarkAsRead { from: ID.into(), message_id: WAMID.into() };
    let typing = ShowTyping { from: ID.into(), message_id: WAMID.into() };
    cases.push(Case::of(read).hearing(|answer| answer == RECEIPT));
    cases.push(Case::of(typing).hearing(|answer| answer == RECEIPT));
    let offer = Template::new("offer", "en_US").body(["25OFF"]);
    let offer = MarketingMessage::new(TO, offer).with_activity_sharing(true);
    cases.push(Case::of(marketing(offer)).named("built"));
    cases.extend(of_examples(marketing)?);
    cases.extend(of_examples(|body| SendEncryptedMessage::new(ID, body))?);
    Ok(cases)
}

fn link(name: &str) -> MediaSource {
    MediaSource::link(format!("https://example.com/{name}"))
}

/// What is looked at.
fn plain() -> Vec<(&'static str, Message)> {
    let mut card = ContactCard::new("Ana Lima", "Ana");
    card.phones = vec![ContactPhone::new("+16505551234")];
    let place = Location::new(37.483307, -122.148981).named("HQ", "1 Hacker Way");
    vec![
        ("text", Message::text(TO, "Olá!").with_preview_url(true)),
        ("text, a reply", Message::text(TO, "Olá!").reply_to(WAMID)),
        ("text, followed", Message::text(TO, "Olá!").with_opaque_data("order 17")),
        ("text, to an identity", Message::text(TO, "Olá!").to_identity("DF2lS5v2W6x=")),
        ("text, to a user id", Message::text("BR.24817305912873645029", "Olá!")),
        ("text, to a group", Message::text(whatsapp_cloud::GroupId::new(GROUP), "Olá!")),
        ("image by id", Message::image(TO, MediaSource::id("1")).with_caption("c")),
        ("image by link", Message::image(TO, link("a.png")).with_caption("c")),
        ("video", Message::video(TO, link("a.mp4")).with_caption("c")),
        ("audio", Message::audio(TO, link("a.mp3"))),
        ("voice", Message::audio(TO, MediaSource::id("1")).as_voice_note()),
        ("document", {
            Message::document(TO, link("a.pdf")).with_caption("c").with_filename("a.pdf")
        }),
        ("sticker", Message::sticker(TO, MediaSource::id("1"))),
        ("location", Message::location(TO, place)),
        ("contacts", Message::contacts(TO, [card])),
        ("reaction", Message::reaction(TO, WAMID, "👍")),
        ("reaction, taken back", Message::remove_reaction(TO, WAMID)),
        ("pin", Message::pin(GROUP, Pin::for_days(WAMID, 7))),
    ]
}

/// What has something to press.
fn pressed() -> Vec<(&'static str, Message)> {
    let press = |interactive: Interactive| Message::interactive(TO, interactive);
    let shop = || Link::new("Shop", "https://example.com/shop");
    let rows = [ListRow::new("am", "Morning").described("8 to 12"), ListRow::new("pm", "Noon")];
    let list = || List::new("See").section("When", rows.clone());
    let replies = || Buttons::replies([("yes", "Yes"), ("no", "No")]);
    let cards = || [1, 2].map(|n| Card::image_link(link(&format!("{n}.png")), "An offer", shop()));
    let flow = FlowCall::new("1", "Book").with_token("t").on_screen("FIRST", json!({"k": "v"}));
    let code = "00020101021226700014br.gov.bcb.pix2548pix.example.com5204000053039865802BR";
    let pix = PaymentSetting::pix(code, "Loja", "39580525000189", PixKeyKind::Cnpj);
    let boleto = PaymentSetting::boleto("03399026944140000002628346101018898510000008848");
    let order = || Order::of([OrderItem::new("1", "Café", 50_000, 1)]);
    let products = ProductList::new("1").section("A", ["s1", "s2"]);
    let status = OrderStatus::new("pix-1", OrderState::Processing).described("Soon");
    vec![
        ("buttons", press(Interactive::new("b", replies()).with_footer("f"))),
        ("buttons below a text", {
            press(Interactive::new("b", replies()).with_header(Header::text("H")))
        }),
        ("buttons below an image", {
            press(Interactive::new("b", replies()).with_header(Header::image(link("a.png"))))
        }),
        ("buttons below a video", {
            press(Interactive::new("b", replies()).with_header(Header::video(link("a.mp4"))))
        }),
        ("buttons below a document", {
            let header = Header::document(MediaSource::id("9"), "a.pdf");
            press(Interactive::new("b", replies()).with_header(header))
        }),
        ("list", press(Interactive::new("b", list()).with_header(Header::text("H")))),
        ("list in one section", Message::list(TO, "b", List::new("See").section("", rows.clone()))),
        ("link", press(Interactive::new("b", shop()).with_footer("f"))),
        ("flow", press(Interactive::new("b", flow).with_header(Header::text("H")))),
        ("product", Message::product(TO, Product::new("1", "s1"))),
        ("products", Message::products(TO, "H", "b", products)),
        ("catalog", press(Interactive::new("b", Catalog::with_thumbnail("s1")))),
        ("carousel", press(Interactive::new("b", Carousel::new(cards())))),
        ("location request", press(Interactive::new("Where?", Action::LocationRequest))),
        ("contact request", press(Interactive::new("Who?", Action::ContactRequest))),
        ("address", press(Interactive::new("Where?", AddressRequest::new("IN")))),
        ("call permission", press(Interactive::new("May we?", Action::CallPermissionRequest))),
        ("voice call", press(Interactive::new("Call", VoiceCallButton::new("Call")))),
        ("order, Pix", Message::order(TO, "b", OrderDetails::brazil("pix-1", order(), [pix]))),
        ("order, boleto", Message::order(TO, "b", OrderDetails::brazil("b-1", order(), [boleto]))),
        ("order status", Message::order_status(TO, "b", status)),
    ]
}

/// Templates, filled in.
fn templates() -> Vec<(&'static str, Message)> {
    let template = || Template::new("offer", "en_US");
    let send = |template: Template| Message::template(TO, template);
    let section = ProductSection::new("A", ["s1"]);
    let card = |n: u8| {
        let picture = Parameter::image(link(&format!("{n}.png")));
        [Component::header([picture]), Button::quick_reply(0, format!("p{n}")).into()]
    };
    let details = OrderDetails::brazil(
        "pix-1",
        Order::of([OrderItem::new("1", "Café", 50_000, 1)]),
        [PaymentSetting::boleto("03399026944140000002628346101018898510000008848")],
    );
    let place = Location::new(37.483307, -122.148981).named("HQ", "1 Hacker Way");
    let status = OrderStatus::new("pix-1", OrderState::Shipped);
    let data = serde_json::Map::from_iter([("k".to_owned(), json!("v"))]);
    vec![
        ("template", send(template())),
        ("template, body", send(template().body(["a", "b"]))),
        ("template, named body", send(template().body_named([("code", "25OFF")]))),
        ("template, currency and date", {
            let price = Parameter::currency("$1.00", "USD", 1_000);
            send(template().body([price, Parameter::date_time("July 1")]))
        }),
        ("template, image", send(template().header(Parameter::image(link("a.png"))))),
        ("template, video", send(template().header(Parameter::video(link("a.mp4"))))),
        ("template, document", {
            send(template().header(Parameter::document(link("a.pdf"), "a.pdf")))
        }),
        ("template, location", send(template().header(Parameter::location(place)))),
        ("template, product", {
            send(template().header(Parameter::product(Product::new("1", "s1"))))
        }),
        ("template, group", send(template().body([Parameter::group(GROUP)]))),
        ("template, quick replies", {
            let replies = template().button(Button::quick_reply(0, "a"));
            send(replies.button(Button::quick_reply(1, "b")))
        }),
        ("template, url", send(template().button(Button::url(0, "suffix")))),
        ("template, code", send(template().button(Button::copy_code(0, "25OFF")))),
        ("template, flow", send(template().button(Button::flow(0, "t", data)))),
        ("template, catalog", send(template().button(Button::catalog(0, "s1")))),
        ("template, products", send(template().button(Button::products(0, "s1", [section])))),
        ("template, order", send(template().button(Button::order_details(0, details)))),
        ("template, voice call", send(template().button(Button::voice_call(60, "p")))),
        ("template, offer that ends", {
            send(template().component(Component::limited_time_offer(1_785_000_000_000)))
        }),
        ("template, order status", send(template().component(Component::order_status(status)))),
        ("template, tap target", {
            send(template().component(Component::tap_target("https://example.com/", "Offer")))
        }),
        ("template, carousel", {
            send(template().component(Component::carousel([card(0), card(1)])))
        }),
    ]
}

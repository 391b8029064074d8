//! The corpus of calls, built call by call with what a caller would write.

use serde_json::{Value, json};
use whatsapp_cloud::api::messages::{
    Action, AddressRequest, AddressValues, Button, Buttons, Card, Carousel, Catalog, Component,
    ContactCard, ContactPhone, Fee, FlowCall, GoodsKind, Header, Interactive, Link, List, ListRow,
    Location, MarkAsRead, MediaSource, Message, Order, OrderDetails, OrderItem, OrderState,
    OrderStatus, Parameter, PaymentSetting, Pin, PixKeyKind, Product, ProductList, ProductSection,
    SavedAddress, ShowTyping, Template, VoiceCallButton,
};
use whatsapp_cloud::endpoint::Endpoint;
use whatsapp_cloud::{MessageId, PhoneNumberId};

use super::{body, corpus_calls, corpus_folder, json_of};

/// The calls of the corpus that this version can build, each built with it.
fn corpus() -> Vec<(&'static str, Message)> {
    let to = "16505551234";
    let file = || MediaSource::link("https://www.luckyshrub.com/media/file");
    let lookaside = |query: &str| {
        MediaSource::link(format!(
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?{query}"
        ))
    };
    vec![
        ("audio--constructed-01", Message::audio(to, MediaSource::link("https://example.com/a.ogg")).as_voice_note()),
        ("audio--metadocs-01", Message::audio(to, MediaSource::id("1013859600285441")).as_voice_note()),
        ("audio--metaspec-01", Message::audio(to, file())),
        ("audio--metaspec-02", Message::audio(to, file()).reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQwNkFBMUM0NzAxRjZGNUFDMUI4OQA=")),
        ("document--constructed-01", Message::document(to, MediaSource::id("3")).with_filename("nota fiscal ção.pdf").with_caption("NF")),
        ("document--ignacio-chiazzo-01", Message::document("13437000074", lookaside("mid=1753306975419607&ext=1728915089&hash=ATvwReL_PLDHz6DWxvpaf6bNc1FGIwvIBTvDdxlnyn_ZXw")).with_caption("Test Person Profile").with_filename("custom_name")),
        ("document--ignacio-chiazzo-02", Message::document("13437000074", MediaSource::id("1753306975419607")).with_caption("Test Person Profile").with_filename("custom_name")),
        ("document--metaspec-01", Message::document(to, file()).with_caption("Document-caption-text")),
        ("document--metaspec-02", Message::document(to, file()).with_caption("Document caption text").reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBRENERDMjJDODFDOTA1NzJBOTkxOAA=")),
        ("image--bindambc-01", Message::image("121212000058", MediaSource::id("75457812459735784")).with_caption("See the image")),
        ("image--constructed-01", Message::image(to, MediaSource::id("1003383421387256")).with_caption("legenda")),
        ("image--ignacio-chiazzo-01", Message::image("13437000074", MediaSource::id("1761991787669262")).with_caption("Test Person Profile")),
        ("image--ignacio-chiazzo-02", Message::image("13437000074", MediaSource::id("1761991787669262")).with_caption("")),
        ("image--metaspec-01", Message::image(to, file())),
        ("image--metaspec-02", Message::image(to, file()).reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQxQzgyNTAxRkY0N0ZENUU2RjUxMAA=")),
        ("reaction--bindambc-01", Message::reaction("121212000058", "wamid.HBgNNTUyNzk5NzAwMDA1NxUCABIYFDNBRjE2OTUyOTNCNTlCM0IzRDQ0AA==", "\\uD83D\\uDC4D")),
        ("reaction--constructed-01", Message::reaction(to, "wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQ2RDA3MEJCRkNCOTZGRUJGRTdBMQA=", "❤️")),
        ("sticker--constructed-01", Message::sticker(to, MediaSource::id("4"))),
        ("sticker--ignacio-chiazzo-01", Message::sticker("13437000074", lookaside("mid=503335829198997&ext=1728915786&hash=ATtVD-s23cG7a-A68fi7ZOjufIMjge89SIvw9wv9cvjIOg"))),
        ("sticker--metaspec-01", Message::sticker(to, file()).reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBRDRTg1QkU0MzAwMDA4OUY2MUY2OAA=")),
        ("template--constructed-01", Message::template(to, Template::new("promo", "en_US"))),
        ("template--ericvera-01", Message::template("1234567890", Template::new("hello_world", "en_US"))),
        ("template--ericvera-02", Message::template("1234567890", Template::new("hello_world", "en_US")).with_opaque_data("tracking-456")),
        ("template-body--constructed-01", Message::template(to, Template::new("inv", "en").body([Parameter::group("Y2FwaV9ncm91cDoxMjM0NTYZD")]))),
        ("template-body--ignacio-chiazzo-01", Message::template("13437000074", Template::new("sample_shipping_confirmation", "en_US").body(["2 hours"]))),
        ("template-body-catalog--metaspec-01", Message::template(to, Template::new("intro_catalog_offer", "en_US").body(["100", "400", "3"]).button(Button::catalog(0, "2lc20305pt")))),
        ("template-body-header--ericvera-01", Message::template("1234567890", Template::new("location_template", "en_US").header(Parameter::location(Location::new(37.483307, 122.148981).named("Tech Company HQ", "1 Hacker Way, Menlo Park, CA 94025"))).body_named([("customer_name", "John"), ("order_id", "9128312831")]))),
        ("template-body-header--metadocs-01", Message::template(to, Template::new("spm_template_named_params", "en_US").header(Parameter::product(Product::new("194836987003835", "nqryix03ez"))).body_named([("code", "25OFF"), ("percent", "25%")]))),
        ("template-body-header--metadocs-02", Message::template(to, Template::new("reservation_confirmation", "en_US").header(Parameter::image(MediaSource::id("2871834006348767"))).body_named([("number_of_guests", "4"), ("day", "Saturday"), ("date", "August 30th, 2025"), ("time", "7:30 pm")]))),
        ("template-body-header-quick-reply--metaspec-01", Message::template(to, Template::new("template-name", "language-and-locale-code").header(Parameter::image(file())).body([Parameter::text("text-string"), Parameter::currency("$100.99", "USD", 100_990), Parameter::date_time("February 25, 1977")]).button(Button::quick_reply(0, "aGlzIHRoaXMgaXMgY29v")).button(Button::quick_reply(1, "9rwnB8RbYmPF5t2Mn09x4h")))),
        ("template-body-quick-reply--bindambc-01", Message::template("121212000058", Template::new("schedule_confirmation3", "pt_BR").body([Parameter::text("Mauricio"), Parameter::date_time("25/03/2023"), Parameter::date_time("14:34")]).button(Button::quick_reply(0, "OP_YES_48547")).button(Button::quick_reply(1, "OP_NO_48548")).button(Button::quick_reply(2, "OP_CH_48549")))),
        ("template-body-url--constructed-01", Message::template(to, Template::new("otp", "en_US").body(["J$FpnYnP"]).button(Button::url(0, "J$FpnYnP")))),
        ("template-copy-code-limited-time-offer--constructed-01", Message::template(to, Template::new("lto", "en_US").component(Component::limited_time_offer(1_785_000_000_000)).button(Button::copy_code(0, "CARIBE25")))),
        ("template-mpm--constructed-01", Message::template(to, Template::new("mpm", "en_US").button(Button::products(0, "s1", [ProductSection::new("A", ["s1"])])))),
        ("text--constructed-01", Message::text(to, "re").reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBRDNzc5MTJCOUM5MjVEQjk2OEY2NQA=")),
        ("text--constructed-02", Message::text("+1 (650) 555-1234", "hi")),
        ("text--constructed-03", Message::text("5541988887777", "oi")),
        ("text--constructed-04", Message::text(to, "hi").with_opaque_data("{\"order\":\"A-1\",\"n\":2}")),
        ("text--ericvera-01", Message::text("1234567890", "Check https://example.com").with_preview_url(true)),
        ("text--ericvera-02", Message::text("1234567890", "Hello World").with_opaque_data("tracking-123")),
        ("text--ericvera-03", Message::text("1234567890", "Hello from TypeScript! 👋")),
        ("text--ignacio-chiazzo-01", Message::text("13437000074", "hola")),
        ("text--metadocs-01", Message::text("16505555555", "Here's the info you requested! https://www.meta.com/quest/quest-3/").with_preview_url(true)),
        ("text--metadocs-02", Message::text(to, "You're welcome, Pablo!").reply_to("wamid.HBgLMTY0NjcwMDAwOTkVAgASGBQzQTdCNTg5RjY1MEMyRjlGMjRGNgA=")),
        ("text--metadocs-03", Message::text(to, "As requested, here's the link to our latest product: https://www.meta.com/quest/quest-3/").with_preview_url(true)),
        ("text--metaspec-01", Message::text(to, "Text msg content").with_preview_url(false).reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQ5QTVGMzVCQzcwMEY4MTY3Rjk5MgA=")),
        ("text--metaspec-02", Message::text(to, "Please visit https://youtu.be/hpltvTEiRrY.").with_preview_url(true)),
        ("video--bindambc-01", Message::video("121212000058", MediaSource::id("78795489879879554")).with_caption("See the video")),
        ("video--constructed-01", Message::video(to, MediaSource::id("1")).with_caption("v")),
        ("video--ignacio-chiazzo-01", Message::video("13437000074", lookaside("mid=535689082735659&ext=1728914425&hash=ATsJzdzBhUZo3p6_XWI6MH2zzIyaatYIMQrySbaG-93Z3g")).with_caption("Juan Roman")),
        ("video--metaspec-01", Message::video(to, file()).with_caption("Video caption text").reply_to("wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzMzZBN0ZBNzk1NEQ0RjU3NEM0MgA=")),
        ("video--metaspec-02", Message::video(to, MediaSource::id("9754405570522947")).with_caption("Video caption text")),
    ]
}

/// Those of the corpus with something to press, and the kinds of 2025 and after.
fn newer() -> Vec<(&'static str, Message)> {
    let to = "16505551234";
    let picture = |index: u8| MediaSource::link(format!("https://example.com/{index}.png"));
    let quick = |payload: &str| Button::quick_reply(0, payload).into();
    let card = |index: u8| {
        [Component::header([Parameter::image(picture(index))]), quick(&format!("p{index}"))]
    };
    let offer = |body: &str, picture: &str, link: &str| {
        let (picture, link) = (MediaSource::link(picture), Link::new("Shop now", link));
        Card::image_link(picture, body, link)
    };
    let press = |interactive: Interactive| Message::interactive(to, interactive);
    let pix_code = "00020101021226700014br.gov.bcb.pix2548pix.example.com5204000053039865802BR";
    let pix = PaymentSetting::pix(pix_code, "Loja", "39580525000189", PixKeyKind::Cnpj);
    let mut coffee = Order::of([OrderItem::new("1", "Café", 50_000, 1)]);
    coffee.tax = Some(Fee { description: Some("-".to_owned()), ..Fee::new(0) });
    let boleto = PaymentSetting::boleto("03399026944140000002628346101018898510000008848");
    let goods = Order::of([OrderItem::new("1", "x", 1_000, 1)]);
    let goods = OrderDetails {
        kind: GoodsKind::Physical,
        ..OrderDetails::brazil("bol-1", goods, [boleto])
    };
    let mut phone = ContactPhone::new("+16505551234");
    phone.kind = Some("WORK".to_owned());
    let values = |values: Value| serde_json::from_value::<AddressValues>(values).unwrap();
    let mut address = AddressRequest::new("IN");
    address.values = Some(values(json!({"name": "Jane", "phone_number": "+919900000000"})));
    let saved = values(json!({"name": "Jane", "in_pin_code": "400063", "city": "Mumbai"}));
    address.saved_addresses = vec![SavedAddress {
        id: "address1".to_owned(),
        value: Some(saved),
        ..SavedAddress::default()
    }];
    vec![
        ("contacts--constructed-01", Message::contacts(to, [ContactCard { phones: vec![phone], ..ContactCard::new("A B", "A") }])),
        ("image--ericvera-01", Message::image("1234567890", MediaSource::id("media_123")).with_opaque_data("tracking-123")),
        ("interactive-address-message--constructed-01", press(Interactive::new("Delivery address?", address))),
        ("interactive-button--bindambc-01", Message::interactive("121212000058", Interactive::new("Do you like this video?", Buttons::replies([("1278454", "YES"), ("1278455", "NO")])).with_header(Header::video(MediaSource::link("https://joy1.videvo.net/videvo_files/video/free/2014-04/large_watermarked/Lonely_tree_at_Sunset_slow_motion_CCBY_NatureClip_preview.mp4"))).with_footer("Choose an option:"))),
        ("interactive-button--constructed-01", press(Interactive::new("b", Buttons::replies([("b0", "Opção 0")])).with_header(Header::document(MediaSource::id("9"), "x.pdf")))),
        ("interactive-button--ericvera-02", Message::buttons("1234567890", "Click the button to continue.", [("continue", "Continue")])),
        ("interactive-button--ericvera-03", Message::interactive("1234567890", Interactive::new("Please select an option from the buttons below.", Buttons::replies([("btn_1", "Option 1"), ("btn_2", "Option 2"), ("btn_3", "Option 3")])).with_header(Header::text("Choose an option")).with_footer("Powered by WhatsApp"))),
        ("interactive-button--ignacio-chiazzo-01", Message::interactive("13437000074", Interactive::new("I am the body!", Buttons::replies([("button_1", "This is button 1!"), ("button_2", "This is button 2!")])).with_header(Header::text("I am the header!")).with_footer("I am the footer!"))),
        ("interactive-call-permission-request--constructed-01", press(Interactive::new("May we call you?", Action::CallPermissionRequest))),
        ("interactive-carousel--metadocs-01", Message::interactive("16505554659", Interactive::new("Check out our latest offers!", Carousel::new([offer("Exclusive deal #1", "https://example.com/image1.png", "https://shop.example.com/deal1"), offer("Exclusive deal #2", "https://example.com/image2.png", "https://shop.example.com/deal2")])))),
        ("interactive-catalog-message--constructed-01", press(Interactive::new("b", Catalog::with_thumbnail("s1")))),
        ("interactive-cta-url--constructed-01", press(Interactive::new("b", Link::new("Abrir", "https://example.com/?a=1&b=2")).with_header(Header::image(MediaSource::link("https://example.com/a.png"))).with_footer("f"))),
        ("interactive-cta-url--ericvera-02", Message::link("1234567890", "Visit our website for more information.", "Visit", "https://example.com").with_opaque_data("tracking-123")),
        ("interactive-flow--constructed-01", press(Interactive::new("b", FlowCall::new("1", "Agendar").with_token("tok").on_screen("FIRST", json!({"k": "v"}))).with_header(Header::text("H")).with_footer("f"))),
        ("interactive-list--constructed-01", press(Interactive::new("b", List::new("Ver opções").section("S1", [ListRow::new("1", "t").described("d")]).section("S2", [ListRow::new("2", "u")])).with_header(Header::text("H")).with_footer("f"))),
        ("interactive-list--ericvera-01", Message::list("1234567890", "Choose one:", List::new("Select").section("", [ListRow::new("opt1", "Option 1"), ListRow::new("opt2", "Option 2")]))),
        ("interactive-location-request-message--constructed-01", Message::interactive("BR.24817305912873645029", Interactive::new("Where?", Action::LocationRequest))),
        ("interactive-order-details--constructed-01", Message::order(to, "Seu pedido", OrderDetails::brazil("pix-1", coffee, [pix]))),
        ("interactive-order-details--constructed-02", Message::order(to, "Boleto", goods)),
        ("interactive-order-status--metaspec-01", Message::order_status(to, "your-text-body-content", OrderStatus::new("unique-reference-id-from-order-details-msg", OrderState::Processing).described("optional-text"))),
        ("interactive-product--constructed-01", Message::product(to, Product::new("1", "sku2"))),
        ("interactive-product--metaspec-01", press(Interactive::new("Optional body text", Product::new("367025965434465", "Id test item 1")).with_footer("Optional footer text"))),
        ("interactive-product-list--constructed-01", Message::products(to, "H", "b", ProductList::new("1").section("A", ["s1", "s2"]))),
        ("interactive-request-contact-info--constructed-01", press(Interactive::new("Share your number?", Action::ContactRequest))),
        ("interactive-voice-call--constructed-01", press(Interactive::new("Ligue", VoiceCallButton::new("Ligar")))),
        ("location--metadocs-01", Message::location(to, Location { latitude: "37.44216251868683".to_owned(), longitude: "-122.16153582049394".to_owned(), ..Location::new(0.0, 0.0).named("Philz Coffee", "101 Forest Ave, Palo Alto, CA 94301") })),
        ("pin--constructed-01", Message::pin("Y2FwaV9ncm91cDoxMjM0NTYZD", Pin::unpin("wamid.HBgrGROUP=="))),
        ("template-body-copy-code-header-limited-time-offer-url--metadocs-01", Message::template("16505555555", Template::new("limited_time_offer_caribbean_pkg_2023", "en_US").header(Parameter::image(MediaSource::id("1602186516975000"))).body(["Pablo", "CARIBE25"]).component(Component::limited_time_offer(1_209_600_000)).button(Button::copy_code(0, "CARIBE25")).button(Button::url(1, "n3mtql")))),
        ("template-body-header-tap-target-configuration--metadocs-01", Message::template("1233000034", Template::new("august_promotion", "en").header(Parameter::image(MediaSource::link("https://www.luckyshrubs.com"))).body(["Hello Andy..."]).component(Component::tap_target("https://www.luckyshrubs.com/", "Offer Details")))),
        ("template-carousel--constructed-01", Message::template(to, Template::new("car", "en_US").component(Component::carousel([card(0), card(1)])))),
        ("text--constructed-05", Message::text(to, "hi").to_identity("DF2lS5v2W6x=")),
    ]
}

/// The corpus's calls that are not built here, and why. All are read in `corpus`.
const LEFT_OUT: &[(&str, &str)] = &[
    ("contacts--bindambc-01", "more members of the same kind"),
    ("contacts--metadocs-01", "more members of the same kind"),
    ("contacts--metaspec-01", "more members of the same kind"),
    ("interactive-button--bindambc-02", "as bindambc-01"),
    ("interactive-button--ericvera-01", "as bindambc-01"),
    ("interactive-carousel--constructed-01", "as metadocs-01"),
    ("interactive-cta-url--ericvera-01", "as ericvera-02"),
    ("interactive-cta-url--ericvera-03", "as ericvera-02"),
    ("interactive-cta-url--ericvera-04", "as constructed-01"),
    ("interactive-list--bindambc-01", "as constructed-01"),
    ("interactive-list--ignacio-chiazzo-01", "as constructed-01"),
    ("interactive-location-request-message--metadocs-01", "as constructed-01"),
    ("interactive-order-details--metaspec-01", "an order of India, read in corpus"),
    ("location--bindambc-01", "as metadocs-01"),
    ("location--constructed-01", "numbers in the place of texts"),
    ("location--ignacio-chiazzo-01", "numbers in the place of texts"),
    ("template-body-header-quick-reply--bindambc-01", "as metaspec-01"),
    ("text--constructed-06", "`ttl`, where this version writes `ttl_seconds`"),
];

/// What two ways of writing the same call may differ in.
fn normal(mut call: Value) -> Value {
    let members = call.as_object_mut().unwrap();
    members.entry("recipient_type").or_insert("individual".into());
    members.entry("type").or_insert("text".into());
    // A number or a string, with or without `+` and what people put in between.
    match members.get_mut("to") {
        Some(Value::String(to)) if !to.contains(char::is_alphabetic) => {
            to.retain(|char| char.is_ascii_digit());
        }
        Some(to @ Value::Number(_)) => *to = to.to_string().into(),
        _ => {}
    }
    if let Some(Value::String(kind)) = call.pointer_mut("/interactive/type") {
        // Meta takes capitals, too.
        kind.make_ascii_lowercase();
    }
    if let Some(language) = call.pointer_mut("/template/language") {
        // Deprecated, with one possible value.
        language.as_object_mut().unwrap().remove("policy");
    }
    if let Some(Value::Array(components)) = call.pointer_mut("/template/components") {
        for component in components {
            if let Some(Value::Number(index)) = component.get("index") {
                component["index"] = index.to_string().into();
            }
            let Some(Value::Array(parameters)) = component.get_mut("parameters") else {
                continue;
            };
            for parameter in parameters {
                if parameter["type"] == "TEXT" {
                    parameter["type"] = "text".into();
                }
                if let Some(Value::Object(date_time)) = parameter.get_mut("date_time") {
                    // Cloud API shows the fallback; the rest is of the on-premises API.
                    date_time.retain(|name, _| name == "fallback_value");
                }
            }
        }
    }
    call
}

#[test]
fn the_corpus_is_built_call_by_call() {
    let Some(folder) = corpus_folder() else {
        return;
    };
    let mut built = corpus();
    built.extend(newer());
    let mut left = Vec::new();
    for (name, call) in corpus_calls(folder, "post--messages--") {
        // Sends like any other, there for their answers; receipts are built below.
        if name.contains("error-") || name.starts_with("read") {
            continue;
        }
        match built.iter().position(|(built, _)| *built == name) {
            Some(index) => {
                let (_, message) = built.swap_remove(index);
                assert_eq!(normal(body(message)), normal(call["body"].clone()), "{name}");
            }
            None => left.push(name),
        }
    }
    assert!(built.is_empty(), "not in the corpus: {:?}", built[0].0);
    let left_out: Vec<_> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
    assert_eq!(left, left_out);
}

#[test]
fn receipts_of_the_corpus_are_built() {
    let Some(folder) = corpus_folder() else {
        return;
    };
    let from = || PhoneNumberId::new("106540352242922");
    for (name, call) in corpus_calls(folder, "post--messages--read") {
        let message_id = MessageId::new(call["body"]["message_id"].as_str().unwrap());
        let request = if call["body"].get("typing_indicator").is_some() {
            ShowTyping { from: from(), message_id }.request()
        } else {
            MarkAsRead { from: from(), message_id }.request()
        };
        assert_eq!(json_of(&request.unwrap()), call["body"], "{name}");
    }
}

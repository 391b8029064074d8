//! What customers meet at a number: QR codes, prompts and commands, the username.

use serde_json::{Value, json};
use whatsapp_cloud::api::automation::{
    Automation, Command, ConfigureAutomation, GetAutomation, GetBot,
};
use whatsapp_cloud::api::contact_book::{DeleteContact, GetParentAccount};
use whatsapp_cloud::api::phone_number::{PhoneNumberUpdate, UpdatePhoneNumber};
use whatsapp_cloud::api::qr_codes::{
    CreateQrCode, DeleteQrCode, GetQrCode, ListQrCodes, NewQrCode, QrCodeUpdate, QrImage,
    UpdateQrCode,
};
use whatsapp_cloud::api::usernames::{
    DeleteUsername, GetUsername, ListUsernameSuggestions, NewUsername, SetUsername, TransferAction,
    UsernameState,
};
use whatsapp_cloud::endpoint::{Endpoint, Host, Method};

use super::{NUMBER, answer, assert_sent, refusals};

const CODE: &str = "4O4YGZEG3RIVE1";

fn new_code(text: &str) -> NewQrCode {
    NewQrCode {
        prefilled_message: text.to_owned(),
        generate_qr_image: Some(QrImage::Svg),
        ..NewQrCode::default()
    }
}

fn update(code: &str, text: &str) -> UpdateQrCode {
    let update = QrCodeUpdate {
        code: code.to_owned(),
        prefilled_message: text.to_owned(),
        ..QrCodeUpdate::default()
    };
    UpdateQrCode::new(NUMBER, update)
}

#[test]
fn qr_codes_are_made_changed_and_deleted_as_on_metas_page() {
    let call = CreateQrCode::new(NUMBER, new_code("Cyber Monday"));
    let body = json!({"prefilled_message": "Cyber Monday", "generate_qr_image": "SVG"});
    assert_sent(&call, Method::Post, "/message_qrdls", body);
    let body = json!({"code": CODE, "prefilled_message": "Cyber Tuesday"});
    assert_sent(&update(CODE, "Cyber Tuesday"), Method::Post, "/message_qrdls", body);
    let call = DeleteQrCode::new(NUMBER, CODE);
    assert_sent(&call, Method::Delete, "/message_qrdls/4O4YGZEG3RIVE1", Value::Null);
    answer::<DeleteQrCode>(json!({"success": true}));

    let made = json!({
        "code": CODE, "prefilled_message": "Cyber Monday 1", "qr_image_url": "https://scontent",
        "deep_link_url": "https://wa.me/message/4O4YGZEG3RIVE1",
    });
    for code in [answer::<CreateQrCode>(made.clone()), answer::<UpdateQrCode>(made)] {
        assert_eq!(code.code.as_deref(), Some(CODE));
        assert_eq!(code.prefilled_message.as_deref(), Some("Cyber Monday 1"));
        assert_eq!(code.deep_link_url.as_deref(), Some("https://wa.me/message/4O4YGZEG3RIVE1"));
        assert_eq!(code.qr_image_url.as_deref(), Some("https://scontent"));
    }
}

#[test]
fn qr_codes_are_asked_for() {
    let mut call = ListQrCodes::new(NUMBER);
    call.fields = vec!["code".to_owned(), "qr_image_url.format(SVG)".to_owned()];
    call.code = Some(CODE.to_owned());
    call.limit = Some(25);
    call.after = Some("a".to_owned());
    call.before = Some("b".to_owned());
    let target = "/message_qrdls?fields=code%2Cqr_image_url.format%28SVG%29\
        &code=4O4YGZEG3RIVE1&limit=25&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    let mut call = GetQrCode::new(NUMBER, CODE);
    call.fields = vec!["code".to_owned()];
    assert_sent(&call, Method::Get, "/message_qrdls/4O4YGZEG3RIVE1?fields=code", Value::Null);

    let page = json!({"data": [{"code": CODE, "creation_time": 1_700_000_000}]});
    assert_eq!(answer::<ListQrCodes>(page.clone()).data[0].creation_time, Some(1_700_000_000));
    assert_eq!(answer::<GetQrCode>(page).data[0].code.as_deref(), Some(CODE));
}

#[test]
fn qr_codes_keep_their_limits() {
    for (length, is_taken) in [(0, false), (1, true), (140, true), (141, false)] {
        let text = "é".repeat(length);
        let call = CreateQrCode::new("1", new_code(&text));
        assert_eq!(call.request().is_ok(), is_taken, "{length}");
        assert_eq!(update(CODE, &text).request().is_ok(), is_taken, "{length}");
    }
    for (code, is_taken) in [
        (CODE, true),
        ("4O4YGZEG3RIVE", false),
        ("4O4YGZEG3RIVE12", false),
        ("4O4YGZEG3RIVE/", false),
    ] {
        let mut list = ListQrCodes::new("1");
        list.code = Some(code.to_owned());
        assert_eq!(list.request().is_ok(), is_taken, "{code}");
        assert_eq!(GetQrCode::new("1", code).request().is_ok(), is_taken, "{code}");
        assert_eq!(DeleteQrCode::new("1", code).request().is_ok(), is_taken, "{code}");
        assert_eq!(update(code, "t").request().is_ok(), is_taken, "{code}");
    }
    for (limit, is_taken) in [(0, false), (1, true), (25, true), (26, false)] {
        let mut list = ListQrCodes::new("1");
        list.limit = Some(limit);
        assert_eq!(list.request().is_ok(), is_taken, "{limit}");
    }
}

fn command(name: &str, description: &str) -> Command {
    Command {
        command_name: name.to_owned(),
        command_description: description.to_owned(),
        ..Command::default()
    }
}

#[test]
fn prompts_and_commands_are_told_and_asked_as_on_metas_page() {
    let automation = Automation {
        enable_welcome_message: Some(true),
        prompts: Some(vec!["How can I help you today?".to_owned()]),
        commands: Some(vec![command("help", "Get help with your order")]),
        ..Automation::default()
    };
    let body = json!({
        "enable_welcome_message": true, "prompts": ["How can I help you today?"],
        "commands": [{
            "command_name": "help", "command_description": "Get help with your order",
        }],
    });
    let call = ConfigureAutomation::new(NUMBER, automation.clone());
    assert_sent(&call, Method::Post, "/conversational_automation", body.clone());
    let nothing = Automation {
        prompts: Some(Vec::new()),
        commands: Some(Vec::new()),
        ..Automation::default()
    };
    let call = ConfigureAutomation::new(NUMBER, nothing);
    let body_of_nothing = json!({"prompts": [], "commands": []});
    assert_sent(&call, Method::Post, "/conversational_automation", body_of_nothing);
    answer::<ConfigureAutomation>(json!({"success": true}));

    let call = GetAutomation::new(NUMBER);
    assert_sent(&call, Method::Get, "?fields=conversational_automation", Value::Null);
    let found = answer::<GetAutomation>(json!({"conversational_automation": body, "id": NUMBER}));
    assert_eq!(found.id.unwrap().as_str(), NUMBER);
    assert_eq!(found.conversational_automation, Some(automation));

    let mut call = GetBot::new(NUMBER);
    call.fields = vec!["prompts".to_owned()];
    assert_sent(&call, Method::Get, "?fields=prompts", Value::Null);
    let bot = answer::<GetBot>(json!({
        "id": "7", "prompts": ["p"], "enable_welcome_message": false,
        "commands": [{"command_name": "help", "command_description": "d"}],
    }));
    assert_eq!(bot.id.unwrap().as_str(), "7");
    assert_eq!(bot.prompts.unwrap(), ["p"]);
    assert_eq!(bot.commands.unwrap()[0].command_name, "help");
    assert_eq!(bot.enable_welcome_message, Some(false));
}

#[test]
fn prompts_and_commands_keep_their_limits() {
    let prompts = |count, length| Automation {
        prompts: Some(vec!["p".repeat(length); count]),
        ..Automation::default()
    };
    let commands = |commands| Automation { commands: Some(commands), ..Automation::default() };
    let many =
        |count: u32| commands((0..count).map(|index| command(&format!("c{index}"), "d")).collect());
    for (automation, refused) in [
        (prompts(4, 80), None),
        (prompts(5, 80), Some("prompts: at most 4 prompts, found 5")),
        (prompts(1, 81), Some("prompts[0]: 1 to 80 characters, found 81")),
        (prompts(1, 0), Some("prompts[0]: 1 to 80 characters, found 0")),
        (many(30), None),
        (many(31), Some("commands: at most 30 commands, found 31")),
        (
            commands(vec![command("help", "a"), command("help", "b")]),
            Some("commands: commands with different names"),
        ),
        (commands(vec![command(&"n".repeat(32), &"d".repeat(256))]), None),
        (
            commands(vec![command(&"n".repeat(33), "d")]),
            Some("commands[0].command_name: 1 to 32 characters, found 33"),
        ),
        (
            commands(vec![command("n", &"d".repeat(257))]),
            Some("commands[0].command_description: 1 to 256 characters, found 257"),
        ),
    ] {
        assert_eq!(refusals(&ConfigureAutomation::new("1", automation)), Vec::from_iter(refused));
    }
}

#[test]
fn a_username_is_asked_for_set_and_taken_away() {
    assert_sent(&GetUsername::new(NUMBER), Method::Get, "/username", Value::Null);
    let name = NewUsername {
        username: "lucky.shrub".to_owned(),
        transfer_action: Some(TransferAction::Force),
        ..NewUsername::default()
    };
    let body = json!({"username": "lucky.shrub", "transfer_action": "force_transfer"});
    assert_sent(&SetUsername::new(NUMBER, name), Method::Post, "/username", body);
    assert_sent(&DeleteUsername::new(NUMBER), Method::Delete, "/username", Value::Null);
    let call = ListUsernameSuggestions::new(NUMBER);
    assert_sent(&call, Method::Get, "/username_suggestions", Value::Null);

    let found = answer::<GetUsername>(json!({"username": "lucky.shrub", "status": "approved"}));
    assert_eq!(found.username.as_deref(), Some("lucky.shrub"));
    assert_eq!(found.status, Some(UsernameState::Approved));
    let set = answer::<SetUsername>(json!({"status": "reserved"}));
    assert_eq!((set.username, set.status), (None, Some(UsernameState::Reserved)));
    assert!(!answer::<DeleteUsername>(json!({"success": false})).success);
    let page = answer::<ListUsernameSuggestions>(json!({
        "data": [{"username_suggestions": ["lucky.shrub1", "the.lucky.shrub"]}],
    }));
    assert_eq!(page.data[0].username_suggestions, ["lucky.shrub1", "the.lucky.shrub"]);
}

#[test]
fn usernames_keep_their_form() {
    let long = "n".repeat(35);
    let too_long = "n".repeat(36);
    for (name, refused) in [
        ("abc", None),
        ("ab", Some("3 to 35 characters, found 2")),
        (long.as_str(), None),
        (too_long.as_str(), Some("3 to 35 characters, found 36")),
        ("Lucky_Shrub.1", None),
        ("lúcky", Some("letters without accents, digits, \".\" and \"_\"")),
        ("lucky-shrub", Some("letters without accents, digits, \".\" and \"_\"")),
        ("123", Some("one letter at least")),
        (".abc", Some("no \".\" at the beginning, at the end, or beside another")),
        ("abc.", Some("no \".\" at the beginning, at the end, or beside another")),
        ("a..c", Some("no \".\" at the beginning, at the end, or beside another")),
        ("WWWshrub", Some("nothing that looks like a web address")),
        ("shrub.com", Some("nothing that looks like a web address")),
        ("shrubcom", None),
    ] {
        let refused: Vec<_> = refused.iter().map(|rule| format!("username: {rule}")).collect();
        let set = NewUsername { username: name.to_owned(), ..NewUsername::default() };
        assert_eq!(refusals(&SetUsername::new("1", set)), refused, "{name}");
        let update =
            PhoneNumberUpdate { username: Some(name.to_owned()), ..PhoneNumberUpdate::default() };
        assert_eq!(refusals(&UpdatePhoneNumber::new("1", update)), refused, "{name}");
    }
}

#[test]
fn a_contact_is_deleted_by_a_user_id_that_is_no_parent_id() {
    let call = DeleteContact::new(NUMBER, "US.13491208655302741918");
    let target = "/contact_book?bsuid=US.13491208655302741918&messaging_product=whatsapp";
    assert_sent(&call, Method::Delete, target, Value::Null);
    let parent = DeleteContact::new(NUMBER, "US.ENT.11815799212886844830");
    assert_eq!(refusals(&parent), ["bsuid: a user id that is no parent id"]);
    assert_eq!(refusals(&DeleteContact::new(NUMBER, "")), ["bsuid: an id"]);

    let deleted = answer::<DeleteContact>(json!({"success": true, "deleted": false}));
    assert_eq!((deleted.success, deleted.deleted), (true, Some(false)));
}

#[test]
fn a_parent_account_is_asked_for_on_the_other_host() {
    let call = GetParentAccount::new(NUMBER);
    assert_sent(&call, Method::Get, "/parent-bsuid-accounts", Value::Null);
    assert_eq!(call.request().unwrap().host(), Host::Api);
    assert_eq!(GetUsername::new(NUMBER).request().unwrap().host(), Host::Graph);

    let account = answer::<GetParentAccount>(json!({
        "parent_bsuid_account_id": "7", "enrolled_business_portfolios": ["1", "2"],
    }));
    assert_eq!(account.parent_bsuid_account_id.unwrap().as_str(), "7");
    assert_eq!(account.enrolled_business_portfolios[1].as_str(), "2");
}

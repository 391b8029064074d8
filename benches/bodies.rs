//! The bodies that are measured: shapes of Meta's documentation, compact and in Meta's order.
//!
//! Made by text and not by `serde_json::json!`, which sorts names: Meta writes `field` after
//! `value`, and a reader may not profit from another order.

use std::fmt::Write as _;

use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The app secret with which every delivery is signed.
pub const SECRET: &str = "bench secret";

/// The account that everything is about.
pub const ACCOUNT: &str = "102290129340398";

/// The number that everything came to.
pub const PHONE_NUMBER: &str = "106540352242922";

/// A body with its signature, and what it tells.
#[derive(Clone)]
pub struct Delivery {
    /// What it is called in tables and lines.
    pub case: &'static str,
    /// The bytes as Meta would post them.
    pub body: Bytes,
    /// The header `X-Hub-Signature-256`.
    pub signature: String,
    /// The MAC in it.
    pub mac: [u8; 32],
    /// How many messages there are.
    pub messages: usize,
    /// How many statuses there are.
    pub statuses: usize,
}

impl Delivery {
    fn new(case: &'static str, body: String, messages: usize, statuses: usize) -> Self {
        let keyed = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
        let mac = keyed.chain_update(&body).finalize().into_bytes().into();
        Self { case, body: Bytes::from(body), signature: header(mac), mac, messages, statuses }
    }

    /// How many messages and statuses there are.
    pub fn items(&self) -> usize {
        self.messages + self.statuses
    }

    /// The same body with a signature that does not fit.
    pub fn forged(&self) -> Self {
        let mac = [1; 32];
        Self { signature: header(mac), mac, ..self.clone() }
    }
}

fn header(mac: [u8; 32]) -> String {
    let digits: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={digits}")
}

/// What `verify_and_parse` reads.
pub fn all() -> Vec<Delivery> {
    vec![text(), statuses("100 statuses", 100), updates("1,000 updates", 1_000), escaped()]
}

/// One short text message.
pub fn text() -> Delivery {
    let value = format!(r#"{},"messages":[{}]"#, contact(0), message(0, "Oi, vocês têm azul? 🌵"));
    Delivery::new("text", body(&entry(&change(&value))), 1, 0)
}

/// So many statuses in one change.
pub fn statuses(case: &'static str, count: usize) -> Delivery {
    let statuses: Vec<_> = (0..count).map(|number| status(number, "")).collect();
    let value = format!(r#""statuses":[{}]"#, statuses.join(","));
    Delivery::new(case, body(&entry(&change(&value))), 0, count)
}

/// So many changes, a hundred to an entry: by turns a longer text and a status, 1.3 KB each
/// on average.
pub fn updates(case: &'static str, count: usize) -> Delivery {
    Delivery::new(case, updates_json(count), count.div_ceil(2), count / 2)
}

/// The 1,000 updates written as Meta writes them: `\uXXXX` for what is not ASCII, and `\/`.
fn escaped() -> Delivery {
    let mut body = String::new();
    for unit in updates_json(1_000).encode_utf16() {
        match u8::try_from(unit) {
            Ok(b'/') => body.push_str("\\/"),
            Ok(ascii @ 0..=0x7f) => body.push(ascii.into()),
            Ok(_) | Err(_) => {
                write!(body, "\\u{unit:04x}").expect("a string takes what is written");
            }
        }
    }
    Delivery::new("1,000 updates, escaped", body, 500, 500)
}

fn updates_json(count: usize) -> String {
    let changes: Vec<_> = (0..count)
        .map(|number| {
            let list = if number % 2 == 0 {
                format!(r#""messages":[{}]"#, message(number, &prose(number, 1_175)))
            } else {
                let note = "Y2xpZW50ZT0x".repeat(22);
                let more = format!(r#","biz_opaque_callback_data":"{note}""#);
                format!(r#""statuses":[{}]"#, status(number, &more))
            };
            change(&format!("{},{list}", contact(number)))
        })
        .collect();
    let entries: Vec<_> = changes.chunks(100).map(|changes| entry(&changes.join(","))).collect();
    body(&entries.join(","))
}

/// Text of about `length` bytes as a customer writes it: accents, an emoji, new lines.
fn prose(number: usize, length: usize) -> String {
    const SENTENCES: [&str; 6] = [
        "Bom dia! Comprei uma máquina de lavar há três semanas e a entrega não chegou até agora.",
        "O número do pedido está no e-mail que recebi, mas o link de rastreio não abre.",
        "Já falei com a transportadora, e lá disseram que o endereço está incompleto.",
        "É a Rua São João, 1.250, apartamento 43, no bairro da Consolação, em São Paulo.",
        "Vocês conseguem confirmar se a previsão ainda é de entrega até sexta-feira? 🙏",
        "Se não for possível, prefiro cancelar a compra e receber o dinheiro de volta.",
    ];
    let mut prose = String::new();
    for turn in 0.. {
        prose.push_str(SENTENCES[(number + turn) % SENTENCES.len()]);
        if prose.len() >= length {
            break;
        }
        prose.push(if turn % 3 == 2 { '\n' } else { ' ' });
    }
    prose
}

fn body(entries: &str) -> String {
    format!(r#"{{"object":"whatsapp_business_account","entry":[{entries}]}}"#)
}

fn entry(changes: &str) -> String {
    format!(r#"{{"id":"{ACCOUNT}","changes":[{changes}]}}"#)
}

fn change(lists: &str) -> String {
    format!(
        concat!(
            r#"{{"value":{{"messaging_product":"whatsapp","metadata":{{"#,
            r#""display_phone_number":"551140000001","phone_number_id":"{}"}},{}}},"#,
            r#""field":"messages"}}"#
        ),
        PHONE_NUMBER, lists
    )
}

fn contact(number: usize) -> String {
    let phone = phone(number);
    format!(
        r#""contacts":[{{"profile":{{"name":"Mônica Araújo"}},"wa_id":"{phone}","user_id":"{}"}}]"#,
        user(number)
    )
}

fn message(number: usize, text: &str) -> String {
    let text = text.replace('\n', "\\n");
    format!(
        concat!(
            r#"{{"from":"{}","from_user_id":"{}","id":"{}","timestamp":"{}","#,
            r#""text":{{"body":"{}"}},"type":"text"}}"#
        ),
        phone(number),
        user(number),
        wamid(number),
        1_749_416_383 + number,
        text
    )
}

fn status(number: usize, more: &str) -> String {
    let (word, expires) = match number % 3 {
        0 => ("sent", format!(r#""expiration_timestamp":"{}","#, 1_749_502_800 + number)),
        1 => ("delivered", String::new()),
        _ => ("read", String::new()),
    };
    format!(
        concat!(
            r#"{{"id":"{}","status":"{}","timestamp":"{}","recipient_id":"{}"{},"#,
            r#""conversation":{{"id":"{:032x}",{}"origin":{{"type":"utility"}}}},"#,
            r#""pricing":{{"billable":true,"pricing_model":"PMP","category":"utility","#,
            r#""type":"regular"}}}}"#
        ),
        wamid(number),
        word,
        1_749_416_383 + number,
        phone(number),
        more,
        number,
        expires
    )
}

fn phone(number: usize) -> String {
    format!("55119{:08}", 99_990_000 + number % 10_000)
}

fn user(number: usize) -> String {
    format!("BR.{}", 13_491_208_655_302_741_918_u64 - number as u64)
}

fn wamid(number: usize) -> String {
    format!("wamid.HBgNNTUxMTk5OTk5MDAwMRUCABIYFjNFQjBDQj{number:08X}A5NkQxAA==")
}

//! Files: uploaded by the business or sent by a customer.

use serde_json::{Value, json};

use crate::client::sha256;
use crate::endpoint::Method;
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::world::state::{DAY, SECOND};
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, Reply, World};
use crate::simulator::{Access, Permission};

/// How long an address stays valid, in seconds.
const ADDRESS_LIVES: i64 = 300;

/// How long a file is kept that was uploaded, and one that a customer sent.
const UPLOADED_LIVES: Millis = 30 * DAY;
const RECEIVED_LIVES: Millis = 7 * DAY;

const KB: usize = 1024;
const MB: usize = 1024 * KB;

/// A file that is kept.
pub(super) struct File {
    account: AccountId,
    /// Where it was uploaded, and to whom it was sent.
    number: PhoneNumberId,
    bytes: Vec<u8>,
    mime_type: String,
    until: Millis,
}

/// What a file may be sent as, by its type: the most bytes of it.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types>
const TYPES: &[(&str, &[&str], usize)] = &[
    (
        "audio",
        &[
            "audio/aac",
            "audio/amr",
            "audio/mp4",
            "audio/mpeg",
            "audio/ogg",
            // Seen to be taken, though Meta's list lacks it.
            "audio/opus",
        ],
        16 * MB,
    ),
    ("image", &["image/jpeg", "image/png"], 5 * MB),
    ("sticker", &["image/webp"], 500 * KB),
    ("video", &["video/3gpp", "video/mp4"], 16 * MB),
];

/// Any type may be sent as a document.
const MOST_DOCUMENT: usize = 100 * MB;

/// The types that Meta takes as documents beside plain text.
const DOCUMENTS: &[&str] = &[
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
];

/// The type without its parameters: `audio/ogg` of `audio/ogg; codecs=opus`.
fn essence(mime_type: &str) -> String {
    mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What a file of this type is first of all: the kind and the most bytes.
fn kind_of(mime_type: &str) -> Option<(&'static str, usize)> {
    let essence = essence(mime_type);
    let listed = TYPES.iter().find(|(_, types, _)| types.contains(&essence.as_str()));
    match listed {
        Some((kind, _, most)) => Some((kind, *most)),
        None => DOCUMENTS.contains(&essence.as_str()).then_some(("document", MOST_DOCUMENT)),
    }
}

impl World {
    pub(super) fn upload(
        &mut self,
        number: &PhoneNumberId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let product = asked
            .part("messaging_product")
            .ok_or(Refusal::new(100, "The parameter messaging_product is required."))?;
        if product.bytes != b"whatsapp" {
            return Err(Refusal::new(100, "Param messaging_product must be one of {whatsapp}"));
        }
        let file = asked
            .part("file")
            .ok_or(Refusal::new(100, "(#100) The parameter file is required."))?;
        if file.file_name.as_ref().is_none_or(String::is_empty) {
            return Err(Refusal::new(100, "Param file must be a file: it has no name"));
        }
        let said = asked.part("type").and_then(|part| String::from_utf8(part.bytes.clone()).ok());
        // The example of Meta's has the type of the part, its table a member of its own.
        let sent = file.mime_type.clone().filter(|sent| sent != "application/octet-stream");
        let mime_type =
            sent.or(said).ok_or(Refusal::new(100, "The parameter type is required."))?;
        let Some((kind, most)) = kind_of(&mime_type) else {
            return Err(Refusal::new(
                100,
                format!(
                    "Param file must be a file with one of the following types: {}. Received \
                     file of type '{}'.",
                    TYPES
                        .iter()
                        .flat_map(|(_, types, _)| types.iter())
                        .chain(DOCUMENTS)
                        .copied()
                        .collect::<Vec<_>>()
                        .join(", "),
                    essence(&mime_type),
                ),
            ));
        };
        if file.bytes.is_empty() {
            return Err(Refusal::new(100, "Param file must not be empty"));
        }
        if file.bytes.len() > most {
            let details = format!("A file for {kind} has at most {most} bytes");
            return Err(Refusal::too_large().with_details(details));
        }
        let bytes = file.bytes.clone();
        let id = self.keep(number, bytes, mime_type, now + UPLOADED_LIVES);
        Ok(Outcome::json(json!({"id": id})))
    }

    /// A call about a file.
    pub(super) fn on_file(
        &mut self,
        id: &str,
        rest: &[&str],
        asked: &Asked,
        access: &Access,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        access.may(Permission::Messaging)?;
        let file = self.live_file(id, now).filter(|file| access.opens(&file.account));
        let file = file.ok_or_else(Refusal::unknown_object)?;
        if asked.query("phone_number_id").is_some_and(|scope| scope != file.number.as_str()) {
            return Err(Refusal::unknown_object());
        }
        match (asked.method, rest) {
            (Method::Get, []) => Ok(Outcome::json(json!({
                "messaging_product": "whatsapp",
                "url": self.address(id, now),
                "mime_type": file.mime_type,
                "sha256": sha256(&file.bytes).hex(),
                "file_size": file.bytes.len(),
                "id": id,
            }))),
            (Method::Delete, []) => {
                self.files.remove(id);
                Ok(Outcome::success())
            }
            _ => Err(Refusal::unsupported(asked)),
        }
    }

    fn live_file(&self, id: &str, now: Millis) -> Option<&File> {
        self.files.get(id).filter(|file| now < file.until)
    }

    /// The bytes, for who has the address and, as with Meta, the token too.
    pub(super) fn download(&self, id: &str, asked: &Asked, now: Millis) -> Outcome {
        let until = asked.query("ext").and_then(|until| until.parse::<i64>().ok()).unwrap_or(0);
        let genuine = asked.query("hash") == Some(self.key(id, until).as_str());
        match self.live_file(id, now) {
            Some(file) if genuine && now / SECOND <= until => Outcome {
                reply: Reply::File { bytes: file.bytes.clone(), mime_type: file.mime_type.clone() },
                news: Vec::new(),
            },
            _ => Outcome::empty(404),
        }
    }

    /// Whether a message of `kind` may carry this file, and why not.
    ///
    /// Meta looks at it after the message was taken: it fails by webhook.
    pub(super) fn fits(&self, kind: &str, id: &str, now: Millis) -> Result<(), Refusal> {
        let Some(file) = self.live_file(id, now) else {
            return Err(Refusal::new(131_053, "The media id does not exist or has expired"));
        };
        let found = kind_of(&file.mime_type).map(|(found, _)| found);
        if kind == "document" || found == Some(kind) {
            return Ok(());
        }
        let details = format!("A file of type {} cannot be sent as {kind}", file.mime_type);
        Err(Refusal::new(131_053, details))
    }

    /// Whether the account has such a file.
    pub(super) fn has_file(&self, id: &str, account: &AccountId) -> bool {
        self.files.get(id).is_some_and(|file| file.account == *account)
    }

    /// Keeps a file and says its id.
    fn keep(
        &mut self,
        number: &PhoneNumberId,
        bytes: Vec<u8>,
        mime_type: String,
        until: Millis,
    ) -> String {
        let id = self.next_number();
        let account = match self.numbers.get(number) {
            Some(number) => number.account.clone(),
            None => AccountId::new(""),
        };
        let file = File { account, number: number.clone(), bytes, mime_type, until };
        self.files.insert(id.clone(), file);
        id
    }

    /// A file as a customer sends it: the object that stands in the webhook.
    pub(in crate::simulator) fn file_of_customer(
        &mut self,
        number: &PhoneNumberId,
        bytes: Vec<u8>,
        mime_type: &str,
        now: Millis,
    ) -> Value {
        // Hexadecimal in answers, base64 here: that is Meta's way.
        let hash = sha256(&bytes).base64();
        let id = self.keep(number, bytes, mime_type.to_owned(), now + RECEIVED_LIVES);
        let url = self.address(&id, now);
        json!({"id": id, "mime_type": mime_type, "sha256": hash, "url": url})
    }

    fn address(&self, id: &str, now: Millis) -> String {
        let until = now / SECOND + ADDRESS_LIVES;
        let key = self.key(id, until);
        format!("{}/media-file/{id}?ext={until}&hash={key}", self.setup.base_url)
    }

    fn key(&self, id: &str, until: i64) -> String {
        let started = self.setup.started;
        sha256(format!("{started}:{id}:{until}").as_bytes()).hex()[..20].to_owned()
    }
}

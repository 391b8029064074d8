//! Files: uploaded by the business or sent by a customer.

use serde_json::{Value, json};

use crate::client::sha256;
use crate::simulator::world::{Asked, AskedBody, Outcome, Refusal, Reply, World};

/// How long an address stays valid, in seconds.
const ADDRESS_LIVES: i64 = 300;

/// A file that is kept.
pub(super) struct File {
    bytes: Vec<u8>,
    mime_type: String,
}

/// One part of an upload's form.
pub(in crate::simulator) struct Upload {
    pub(in crate::simulator) name: String,
    pub(in crate::simulator) file_name: Option<String>,
    pub(in crate::simulator) mime_type: Option<String>,
    pub(in crate::simulator) bytes: Vec<u8>,
}

impl World {
    pub(super) fn upload(&mut self, asked: &Asked) -> Result<Outcome, Refusal> {
        let AskedBody::Form(parts) = &asked.body else {
            return Err(Refusal::missing("file"));
        };
        let part = |name: &str| parts.iter().find(|part| part.name == name);
        let product = part("messaging_product").ok_or(Refusal::missing("messaging_product"))?;
        if product.bytes != b"whatsapp" {
            return Err(Refusal::invalid("messaging_product"));
        }
        let file = part("file").ok_or(Refusal::missing("file"))?;
        if file.file_name.as_ref().is_none_or(String::is_empty) {
            return Err(Refusal::missing("file (a file name)"));
        }
        let stated = part("type").and_then(|part| String::from_utf8(part.bytes.clone()).ok());
        let mime_type =
            stated.or_else(|| file.mime_type.clone()).ok_or(Refusal::missing("type"))?;
        if file.bytes.is_empty() {
            return Err(Refusal::invalid("file"));
        }
        let id = self.keep(file.bytes.clone(), mime_type);
        Ok(Outcome::json(json!({"id": id})))
    }

    pub(super) fn get_file(&self, id: &str, asked: &Asked, now: i64) -> Result<Outcome, Refusal> {
        let file = self.scoped_file(id, asked)?;
        Ok(Outcome::json(json!({
            "messaging_product": "whatsapp",
            "url": self.address(id, now),
            "mime_type": file.mime_type,
            "sha256": sha256(&file.bytes).hex(),
            "file_size": file.bytes.len(),
            "id": id,
        })))
    }

    pub(super) fn delete_file(&mut self, id: &str, asked: &Asked) -> Result<Outcome, Refusal> {
        self.scoped_file(id, asked)?;
        self.files.remove(id);
        Ok(Outcome::json(json!({"success": true})))
    }

    fn scoped_file(&self, id: &str, asked: &Asked) -> Result<&File, Refusal> {
        match asked.query("phone_number_id") {
            Some(scope) if scope != self.setup.phone_number_id.as_str() => {
                Err(Refusal::unknown_object())
            }
            _ => self.files.get(id).ok_or(Refusal::unknown_object()),
        }
    }

    /// The bytes, for who has the address and, as with Meta, the token too.
    pub(super) fn download(&self, id: &str, asked: &Asked, now: i64) -> Outcome {
        let until = asked.query("ext").and_then(|until| until.parse::<i64>().ok()).unwrap_or(0);
        let genuine = asked.query("hash") == Some(self.key(id, until).as_str());
        match self.files.get(id) {
            Some(file) if genuine && now <= until => Outcome {
                reply: Reply::File { bytes: file.bytes.clone(), mime_type: file.mime_type.clone() },
                webhooks: Vec::new(),
            },
            _ => Outcome { reply: Reply::Empty { status: 404 }, webhooks: Vec::new() },
        }
    }

    /// Keeps a file and says its id.
    fn keep(&mut self, bytes: Vec<u8>, mime_type: String) -> String {
        let id = self.next_number();
        self.files.insert(id.clone(), File { bytes, mime_type });
        id
    }

    /// A file as a customer sends it: the object that stands in the webhook.
    pub(in crate::simulator) fn file_of_customer(
        &mut self,
        bytes: Vec<u8>,
        mime_type: &str,
        now: i64,
    ) -> Value {
        // Hexadecimal in answers, base64 here: that is Meta's way.
        let hash = sha256(&bytes).base64();
        let id = self.keep(bytes, mime_type.to_owned());
        let url = self.address(&id, now);
        json!({"id": id, "mime_type": mime_type, "sha256": hash, "url": url})
    }

    fn address(&self, id: &str, now: i64) -> String {
        let until = now + ADDRESS_LIVES;
        let key = self.key(id, until);
        format!("{}/media-file/{id}?ext={until}&hash={key}", self.setup.base_url)
    }

    fn key(&self, id: &str, until: i64) -> String {
        let started = self.setup.started;
        sha256(format!("{started}:{id}:{until}").as_bytes()).hex()[..20].to_owned()
    }
}

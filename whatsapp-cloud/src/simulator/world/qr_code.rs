//! QR codes and short links that begin a conversation: `message_qrdls`.

use serde_json::{Map, Value, json};

use crate::client::sha256;
use crate::id::PhoneNumberId;
use crate::simulator::world::content::text;
use crate::simulator::world::registration::{at_most, required};
use crate::simulator::world::{Asked, Outcome, Refusal, World};

const LONGEST_TEXT: usize = 140;
const MOST_CODES: usize = 2_000;

/// One of a number's codes.
pub(super) struct QrCode {
    code: String,
    message: String,
}

impl QrCode {
    fn written(&self, format: Option<&str>, base_url: &str) -> Value {
        let mut written = json!({
            "code": self.code,
            "prefilled_message": self.message,
            "deep_link_url": format!("https://wa.me/message/{}", self.code),
        });
        if let Some(format) = format {
            let url = format!("{base_url}/qr-image/{}.{}", self.code, format.to_lowercase());
            written["qr_image_url"] = url.into();
        }
        written
    }
}

impl World {
    pub(super) fn list_qr_codes(
        &mut self,
        id: &PhoneNumberId,
        code: Option<&str>,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let base_url = self.setup.base_url.clone();
        let fields = asked.query("fields").unwrap_or_default();
        let is_svg = fields.contains("format(SVG)");
        let image = fields.contains("qr_image_url").then_some(if is_svg { "SVG" } else { "PNG" });
        let wanted = code.or(asked.query("code"));
        let codes = &self.number(id)?.qr_codes;
        let found = codes.iter().filter(|found| wanted.is_none_or(|code| found.code == code));
        asked.page(found.map(|found| found.written(image, &base_url)).collect())
    }

    pub(super) fn set_qr_code(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        let message = at_most(&body, "prefilled_message", LONGEST_TEXT)?;
        let message = message.filter(|message| !message.is_empty());
        let message = message.ok_or_else(|| required("prefilled_message"))?.to_owned();
        let image = image(&body)?;
        let base_url = self.setup.base_url.clone();
        let made = sha256(self.next_id().as_bytes()).hex()[..14].to_uppercase();
        let codes = &mut self.number(id)?.qr_codes;
        let place = match text(&body, "code") {
            Some(code) => codes.iter().position(|found| found.code == code),
            None if codes.len() >= MOST_CODES => {
                return Err(Refusal::new(100, "The number has 2,000 codes already"));
            }
            None => {
                codes.push(QrCode { code: made, message: String::new() });
                codes.len().checked_sub(1)
            }
        };
        let found = place.and_then(|place| codes.get_mut(place));
        let found = found.ok_or_else(|| Refusal::new(100, "The code is not one of the number"))?;
        found.message = message;
        Ok(Outcome::json(found.written(image, &base_url)))
    }

    pub(super) fn delete_qr_code(
        &mut self,
        id: &PhoneNumberId,
        code: &str,
    ) -> Result<Outcome, Refusal> {
        let codes = &mut self.number(id)?.qr_codes;
        let before = codes.len();
        codes.retain(|found| found.code != code);
        match codes.len() < before {
            true => Ok(Outcome::success()),
            false => Err(Refusal::new(100, "The code is not one of the number")),
        }
    }
}

fn image(body: &Map<String, Value>) -> Result<Option<&'static str>, Refusal> {
    match body.get("generate_qr_image").map(Value::as_str) {
        None => Ok(None),
        Some(Some("SVG")) => Ok(Some("SVG")),
        Some(Some("PNG")) => Ok(Some("PNG")),
        Some(_) => Err(Refusal::new(100, "Param generate_qr_image must be one of SVG, PNG")),
    }
}

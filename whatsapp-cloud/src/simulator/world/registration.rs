//! Whether a number may send: verified by a code, registered with a PIN.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use crate::id::PhoneNumberId;
use crate::simulator::world::content::text;
use crate::simulator::world::number::Number;
use crate::simulator::world::state::{DAY, digits_of};
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};

/// So many registrations and their opposites within [`SPAN`].
const MOST: usize = 10;
const SPAN: Millis = 3 * DAY;

/// How far a number has come.
pub(super) struct Registration {
    pub(super) stage: Stage,
    pub(super) is_verified: bool,
    /// The code that was sent to it last.
    code: Option<String>,
    /// Of the two-step verification, once it is on.
    pin: Option<String>,
    /// When it was registered or the opposite was asked for.
    asked: VecDeque<Millis>,
}

/// Whether it is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Pending,
    Connected,
    Disconnected,
}

impl Stage {
    /// Meta's word.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Connected => "CONNECTED",
            Self::Disconnected => "DISCONNECTED",
        }
    }
}

impl Registration {
    pub(super) fn new(stage: Stage, is_verified: bool) -> Self {
        Self { stage, is_verified, code: None, pin: None, asked: VecDeque::new() }
    }

    pub(super) fn has_pin(&self) -> bool {
        self.pin.is_some()
    }

    /// Counts one more, or refuses it; a refused one does not count.
    fn count(&mut self, now: Millis) -> Result<(), Refusal> {
        while self.asked.front().is_some_and(|first| first + SPAN <= now) {
            self.asked.pop_front();
        }
        if self.asked.len() >= MOST {
            return Err(Refusal::new(
                133_016,
                "The number was registered and deregistered too often in 72 hours",
            ));
        }
        self.asked.push_back(now);
        Ok(())
    }
}

impl World {
    /// A number that is not registered sends nothing.
    pub(super) fn is_registered(&self, id: &PhoneNumberId) -> Result<(), Refusal> {
        match self.numbers.get(id).map(|number| number.registration.stage) {
            Some(Stage::Connected) => Ok(()),
            Some(_) => Err(Refusal::new(133_010, "The number is not registered")),
            None => Err(Refusal::unknown_object()),
        }
    }

    /// The code that verifies a number, once it was asked for.
    pub(in crate::simulator) fn verification_code(&self, id: &PhoneNumberId) -> Option<String> {
        self.numbers.get(id)?.registration.code.clone()
    }

    pub(super) fn register(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        of_whatsapp(&body)?;
        let pin = six_digits(body.get("pin").ok_or_else(|| required("pin"))?)?;
        let registration = &mut self.number(id)?.registration;
        if !registration.is_verified {
            return Err(Refusal::new(133_006, "The number must be verified first"));
        }
        registration.count(now)?;
        if registration.pin.as_ref().is_some_and(|known| *known != pin) {
            return Err(Refusal::new(133_005, "The PIN is not that of the number"));
        }
        registration.pin = Some(pin);
        registration.stage = Stage::Connected;
        Ok(Outcome::success())
    }

    pub(super) fn deregister(
        &mut self,
        id: &PhoneNumberId,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        self.is_registered(id)?;
        let registration = &mut self.number(id)?.registration;
        registration.count(now)?;
        registration.stage = Stage::Disconnected;
        Ok(Outcome::success())
    }

    pub(super) fn request_code(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        match text(&body, "code_method").ok_or_else(|| required("code_method"))? {
            "SMS" | "VOICE" => {}
            _ => return Err(Refusal::new(100, "Param code_method must be one of SMS, VOICE")),
        }
        text(&body, "language").ok_or_else(|| required("language"))?;
        let code = digits_of(&self.next_id(), 6);
        let registration = &mut self.number(id)?.registration;
        if registration.is_verified {
            return Err(Refusal::new(136_024, "The number is verified already"));
        }
        registration.code = Some(code);
        Ok(Outcome::success())
    }

    pub(super) fn verify_code(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        let code = text(&body, "code").ok_or_else(|| required("code"))?;
        let registration = &mut self.number(id)?.registration;
        if registration.code.as_deref() != Some(code) {
            return Err(Refusal::new(136_025, "")
                .with_subcode(2_388_093)
                .told("Code Couldn't Be Verified", "The code you entered is incorrect."));
        }
        registration.is_verified = true;
        registration.code = None;
        Ok(Outcome::success())
    }

    /// Sets the PIN of the two-step verification.
    pub(super) fn set_pin(&mut self, id: &PhoneNumberId, pin: &Value) -> Result<(), Refusal> {
        let pin = six_digits(pin)?;
        self.number(id)?.registration.pin = Some(pin);
        Ok(())
    }

    pub(super) fn number(&mut self, id: &PhoneNumberId) -> Result<&mut Number, Refusal> {
        self.numbers.get_mut(id).ok_or_else(Refusal::unknown_object)
    }
}

/// What Graph says where a parameter is missing that is none of a message.
pub(super) fn required(parameter: &str) -> Refusal {
    Refusal::new(100, format!("The parameter {parameter} is required."))
}

/// Most calls must say so.
pub(super) fn of_whatsapp(body: &Map<String, Value>) -> Result<(), Refusal> {
    match body.get("messaging_product").map(Value::as_str) {
        Some(Some("whatsapp")) => Ok(()),
        Some(_) => Err(Refusal::new(100, "Param messaging_product must be one of whatsapp")),
        None => Err(required("messaging_product")),
    }
}

/// A text of at most so many characters, if it is there.
pub(super) fn at_most<'b>(
    body: &'b Map<String, Value>,
    name: &str,
    most: usize,
) -> Result<Option<&'b str>, Refusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= most => Ok(Some(text)),
        Some(Value::String(_)) => Err(Refusal::too_long(name, most)),
        Some(_) => Err(Refusal::new(100, format!("Param {name} must be a string"))),
    }
}

fn six_digits(pin: &Value) -> Result<String, Refusal> {
    let pin = match pin {
        Value::String(pin) => pin.clone(),
        Value::Number(pin) => pin.to_string(),
        _ => String::new(),
    };
    match pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(pin),
        false => Err(Refusal::new(100, "Param pin must be 6 digits")),
    }
}

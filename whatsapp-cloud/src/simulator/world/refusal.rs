//! Meta's errors.

use serde_json::{Value, json};

use crate::simulator::world::{Outcome, Reply};

/// Why a call is refused.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Refusal {
    code: i64,
    subcode: Option<i64>,
    details: String,
}

impl Refusal {
    pub(in crate::simulator) fn new(code: i64, details: impl Into<String>) -> Self {
        Self { code, subcode: None, details: details.into() }
    }

    /// The object does not exist, or the token may not see it.
    pub(super) fn unknown_object() -> Self {
        Self { code: 100, subcode: Some(33), details: String::new() }
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::new(131_008, format!("Parameter {parameter} is missing"))
    }

    pub(super) fn invalid(parameter: &str) -> Self {
        Self::new(131_009, format!("Parameter {parameter} is not valid"))
    }

    pub(super) fn too_long(parameter: &str, most: usize) -> Self {
        Self::new(100, format!("Param {parameter} must be at most {most} characters long."))
    }

    /// As the entry of a `failed` status.
    pub(super) fn in_status(&self) -> Value {
        json!({
            "code": self.code,
            "title": self.title(),
            "message": self.title(),
            "error_data": {"details": self.details},
        })
    }

    /// As an answer.
    pub(in crate::simulator) fn into_outcome(self) -> Outcome {
        let (kind, message) = if self.subcode == Some(33) {
            let message = "Unsupported request. Object does not exist, cannot be loaded due to \
                           missing permissions, or does not support this operation."
                .to_owned();
            ("GraphMethodException", message)
        } else {
            ("OAuthException", format!("(#{}) {}", self.code, self.title()))
        };
        let mut error = json!({
            "message": message,
            "type": kind,
            "code": self.code,
            "fbtrace_id": "AsImUlAtEdTrAcE0123456_",
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        if !self.details.is_empty() {
            error["error_data"] = json!({"messaging_product": "whatsapp", "details": self.details});
        }
        let reply = Reply::Json { status: self.status(), value: json!({"error": error}) };
        Outcome { reply, webhooks: Vec::new() }
    }

    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/>
    fn title(&self) -> &'static str {
        match self.code {
            100 => "Invalid parameter",
            190 => "Invalid OAuth access token",
            130_429 => "Rate limit hit",
            131_000 => "Something went wrong",
            131_008 => "Required parameter is missing",
            131_009 => "Parameter value is not valid",
            131_016 => "Service unavailable",
            131_021 => "Recipient cannot be sender",
            131_026 => "Message undeliverable",
            131_041 => "Group is not known",
            131_047 => "Re-engagement message",
            131_051 => "Unsupported message type",
            131_056 => "(Business Account, Consumer Account) pair rate limit hit",
            132_000 => "Number of parameters does not match the expected number of params",
            132_001 => "Template name does not exist in the translation",
            _ => "An error of this code",
        }
    }

    /// Throttles are 400 for the most part: the status says little.
    fn status(&self) -> u16 {
        match self.code {
            0 | 190 => 401,
            10 | 200..=299 | 368 | 130_497 | 131_005 | 131_031 => 403,
            132_001 => 404,
            131_208 | 138_002 | 138_005 => 429,
            3 | 131_000 | 131_016 | 131_045 | 131_057 | 133_000 => 500,
            2 | 133_004 => 503,
            _ => 400,
        }
    }
}

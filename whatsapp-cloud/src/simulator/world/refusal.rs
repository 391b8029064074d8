//! Meta's errors.

use serde_json::{Value, json};

use crate::error::catalogue;
use crate::simulator::world::{Outcome, Reply};

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::simulator) struct Refusal {
    code: i64,
    subcode: Option<i64>,
    details: String,
    /// What Meta tells a person, and only some errors have: title and sentence.
    told: Option<(&'static str, &'static str)>,
}

impl Refusal {
    pub(in crate::simulator) fn new(code: i64, details: impl Into<String>) -> Self {
        Self { code, subcode: None, details: details.into(), told: None }
    }

    pub(in crate::simulator) fn with_subcode(mut self, subcode: i64) -> Self {
        self.subcode = Some(subcode);
        self
    }

    pub(super) fn with_details(mut self, details: String) -> Self {
        self.details = details;
        self
    }

    pub(super) fn told(mut self, title: &'static str, sentence: &'static str) -> Self {
        self.told = Some((title, sentence));
        self
    }

    #[cfg(test)]
    pub(super) fn code(&self) -> (i64, Option<i64>) {
        (self.code, self.subcode)
    }

    /// The object does not exist, or the token may not see it.
    pub(super) fn unknown_object() -> Self {
        Self::new(100, "").with_subcode(33)
    }

    pub(super) fn missing(parameter: &str) -> Self {
        Self::new(131_008, format!("Parameter {parameter} is missing"))
    }

    pub(super) fn invalid(parameter: &str) -> Self {
        Self::new(131_009, format!("Parameter {parameter} is not valid"))
    }

    pub(super) fn unexpected(key: &str, parameter: &str) -> Self {
        let place =
            if parameter.is_empty() { String::new() } else { format!(" on param {parameter}") };
        Self::new(100, format!("Unexpected key {key}{place}."))
    }

    pub(super) fn too_long(parameter: &str, most: usize) -> Self {
        Self::new(100, format!("Param {parameter} must be at most {most} characters long."))
    }

    /// A file, or whatever else was sent, that is longer than anything may be.
    pub(in crate::simulator) fn too_large() -> Self {
        Self::new(100, "").told("File Too Large", "The file you uploaded is too large.")
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

    /// As the member `error` of an answer.
    pub(super) fn in_answer(&self) -> Value {
        let (kind, message) = if (self.code, self.subcode) == (100, Some(33)) {
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
        if let Some((title, sentence)) = self.told {
            error["error_user_title"] = title.into();
            error["error_user_msg"] = sentence.into();
        }
        if !self.details.is_empty() {
            error["error_data"] = json!({"messaging_product": "whatsapp", "details": self.details});
        }
        error
    }

    /// As an answer.
    pub(in crate::simulator) fn into_outcome(self) -> Outcome {
        let value = json!({"error": self.in_answer()});
        Outcome { reply: Reply::Json { status: self.status(), value }, news: Vec::new() }
    }

    /// Meta's title, or what the code means where Meta's is not known.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/>
    fn title(&self) -> &'static str {
        match self.code {
            1 => "An unknown error occurred",
            3 => "Application does not have the capability to make this API call.",
            4 => "Application request limit reached",
            10 => "Application does not have permission for this action",
            15 => "Method requires the app's own token",
            100 => "Invalid parameter",
            101 => "Error validating application",
            190 => match self.subcode {
                Some(463) => "Error validating access token: Session has expired",
                Some(467) => "Error validating access token: The session is invalid",
                _ => "Invalid OAuth access token",
            },
            200 => "You do not have the necessary permissions for this operation",
            80_008 => "There have been too many calls to this WhatsApp Business account",
            130_429 => "Rate limit hit",
            131_000 => "Something went wrong",
            131_008 => "Required parameter is missing",
            131_009 => "Parameter value is not valid",
            131_016 => "Service unavailable",
            131_020 => "Group has only one member",
            131_021 => "Recipient cannot be sender",
            131_026 => "Message undeliverable",
            131_031 => "Account has been locked",
            131_041 => "Group is not known",
            131_042 => "Business eligibility payment issue",
            131_045 => "Incorrect certificate",
            131_047 => "Re-engagement message",
            131_048 => "Spam rate limit hit",
            131_049 => "This message was not delivered to maintain healthy ecosystem engagement.",
            131_050 => "User has stopped marketing messages",
            131_051 => "Unsupported message type",
            131_052 => "Media download error",
            131_053 => "Media upload error",
            131_056 => "(Business Account, Consumer Account) pair rate limit hit",
            131_057 => "Account in maintenance mode",
            131_062 => "Business-scoped user id is not supported for this message",
            131_202 => "Duplicate participant",
            131_204 => "Too many participants",
            131_212 => "Not a participant of the group",
            132_000 => "Number of parameters does not match the expected number of params",
            132_001 => "Template name does not exist in the translation",
            132_005 => "Translated text too long",
            132_007 => "Template content policy violated",
            132_012 => "Parameter format does not match format in the created template",
            132_015 => "Template is paused",
            132_016 => "Template is disabled",
            133_005 => "Two step verification PIN mismatch",
            133_006 => "Phone number must be verified before it is registered",
            133_010 => "Phone number is not registered",
            133_015 => "Please wait a few minutes before attempting to register this phone number",
            133_016 => "Account register/deregister rate limit exceeded",
            136_024 => "Request code error",
            136_025 => "Verify code error",
            139_100 => "Some users could not be blocked or unblocked",
            139_101 => "Block list is full",
            2_200 => "Callback verification failed",
            code => catalogue::find(code, self.subcode)
                .map_or("An error that is not known", |entry| entry.advice.meaning),
        }
    }

    /// Throttles are 400 for the most part: the status says little.
    fn status(&self) -> u16 {
        match self.code {
            131_201 => 206,
            // Those of calling come with a token that is good.
            0 | 190 | 138_000 | 138_006 => 401,
            10 | 200..=299 | 368 | 130_497 | 131_005 | 131_031 | 131_207 | 2_494_191 => 403,
            132_001 => 404,
            131_208 | 138_002 | 138_005 => 429,
            3 | 131_000 | 131_016 | 131_045 | 131_057 | 133_000 | 134_102 | 138_004 | 138_007 => {
                500
            }
            2 | 133_004 => 503,
            _ => 400,
        }
    }
}

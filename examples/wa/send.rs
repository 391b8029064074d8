//! `wa send`: sends the body of a message, once it is sure that Meta would not refuse it.

use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};
use whatsapp_cloud::api::messages::{
    MarkAsRead, Receipt, SendEncryptedMessage, SendMarketingMessage, SendMessage, ShowTyping,
};
use whatsapp_cloud::catalogue::Retry;
use whatsapp_cloud::client::ApiVersion;
use whatsapp_cloud::{Client, Error, PhoneNumberId};

use crate::lint::{Body, Line, Wrong};
use crate::{FINE, Failure, NOT_VALID, Options, print, secret};

pub(crate) const OPTIONS: [&str; 4] = ["--token-env", "--from", "--base-url", "--api-version"];

/// Sends the body of the only file. What is wrong with it is said as by `wa lint`.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    let token_env = options.value("--token-env")?.to_str().ok_or("--token-env is no UTF-8")?;
    options.value("--from")?;
    let from = PhoneNumberId::new(options.text("--from")?.unwrap_or_default());
    let token = secret(token_env)?;
    let body = options.body()?;
    let mut client = Client::builder(token);
    if let Some(url) = options.text("--base-url")? {
        client = client.base_url(url);
    }
    if let Some(version) = options.text("--api-version")? {
        client = client.api_version(ApiVersion::new(version));
    }
    let client = client.build().map_err(|error| sentence(&error))?;

    let file = options.files().next().unwrap_or_default().to_string_lossy().into_owned();
    let body = match Body::read(&body) {
        Ok(body) => body,
        Err(wrong) => return refuse(&file, vec![wrong], out),
    };
    let wrong = body.wrong();
    if !wrong.is_empty() {
        return refuse(&file, wrong, out);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(send(&client, from, body))? {
        Ok(answer) => {
            print(&answer, out)?;
            Ok(FINE)
        }
        Err(error) => {
            print(&Refused::of(&file, &error), out)?;
            Ok(NOT_VALID)
        }
    }
}

fn refuse(file: &str, wrong: Vec<Wrong>, out: &mut impl Write) -> Result<u8, Failure> {
    print(&Line::wrong(file, wrong), out)?;
    Ok(NOT_VALID)
}

/// What Meta answers. The outer error says that there is nothing to send.
async fn send(
    client: &Client,
    from: PhoneNumberId,
    body: Body,
) -> Result<Result<Value, Error>, Failure> {
    Ok(match body {
        Body::Message(message) => {
            answer(client.execute(&SendMessage { from, message: *message }).await)
        }
        Body::Marketing(message) => {
            answer(client.execute(&SendMarketingMessage { from, message: *message }).await)
        }
        Body::Encrypted(message) => {
            answer(client.execute(&SendEncryptedMessage::new(from, message)).await)
        }
        Body::Receipt(Receipt { message_id, typing_indicator: None, .. }) => {
            done(client.execute(&MarkAsRead { from, message_id }).await)
        }
        Body::Receipt(Receipt { message_id, .. }) => {
            done(client.execute(&ShowTyping { from, message_id }).await)
        }
        Body::Template(_) | Body::Edit(_) | Body::Languages(_) => {
            return Err("a template is not sent: it is created".into());
        }
    })
}

fn answer<T: Serialize>(answer: Result<T, Error>) -> Result<Value, Error> {
    // An answer is an object that was read from JSON.
    answer.map(|answer| serde_json::to_value(answer).unwrap_or_default())
}

fn done<T>(answer: Result<T, Error>) -> Result<Value, Error> {
    answer.map(|_| json!({"success": true}))
}

/// What became of a message that Meta did not take, and what to do about it. Meta's own text
/// is not in it, since it may quote a phone number.
#[derive(Serialize)]
struct Refused<'e> {
    file: &'e str,
    ok: bool,
    kind: String,
    code: Option<i64>,
    subcode: Option<i64>,
    status: Option<u16>,
    fbtrace_id: Option<&'e str>,
    meaning: &'static str,
    advice: Advised,
    may_have_been_sent: bool,
}

#[derive(Serialize)]
struct Advised {
    retry: &'static str,
    /// For how many seconds, at least.
    wait: Option<u64>,
    fault: String,
    action: &'static str,
}

impl<'e> Refused<'e> {
    fn of(file: &'e str, error: &'e Error) -> Self {
        let advice = error.advice();
        let (retry, wait) = match advice.retry {
            Retry::Never => ("never", None),
            Retry::AfterChange => ("after_change", None),
            Retry::AfterWait { least } => ("after_wait", Some(least.as_secs())),
            Retry::Growing { first } => ("growing", Some(first.as_secs())),
            Retry::PowersOfFour => ("powers_of_four", Some(1)),
            _ => ("unknown", None),
        };
        let wait = error.retry_after().map(|told| told.as_secs()).max(wait);
        Self {
            file,
            ok: false,
            kind: word(&format!("{:?}", error.kind())),
            code: error.code(),
            subcode: error.subcode(),
            status: error.status(),
            fbtrace_id: error.trace_id(),
            meaning: advice.meaning,
            advice: Advised {
                retry,
                wait,
                fault: word(&format!("{:?}", advice.fault)),
                action: advice.action,
            },
            may_have_been_sent: error.may_have_been_sent(),
        }
    }
}

/// `RateLimited` as `rate_limited`.
fn word(name: &str) -> String {
    let mut word = String::with_capacity(name.len() + 4);
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

/// What is wrong with the set-up, and why.
pub(crate) fn sentence(error: &Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

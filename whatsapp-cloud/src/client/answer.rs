//! What an answer means. Pure, so that every case is a test without a server.

use std::sync::LazyLock;
use std::time::Duration;

use memchr::memchr;
use memchr::memmem::Finder;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::client::HttpResponse;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Result};
use crate::wire::GraphError;

/// Which call an answer belongs to.
#[derive(Clone, Copy)]
pub(super) struct Call {
    pub(super) operation: &'static str,
    pub(super) idempotent: bool,
}

impl Call {
    pub(super) fn of<E: Endpoint>() -> Self {
        Self { operation: E::OPERATION, idempotent: E::IDEMPOTENT }
    }

    /// An error of this call.
    pub(super) fn error(self, kind: ErrorKind) -> Error {
        Error::new(self.operation, kind).of_idempotent_call(self.idempotent)
    }

    /// The answer's JSON as `T`, or what went wrong.
    pub(super) fn read<T: DeserializeOwned>(self, response: &HttpResponse) -> Result<T> {
        let names = Names::of(&response.body);
        self.refusal_where(names.error, response)?;
        if names.success && says_failure(&response.body) {
            return Err(self
                .error(ErrorKind::Unknown)
                .with_status(response.status)
                .with_source(Failure));
        }
        serde_json::from_slice(&response.body).map_err(|error| {
            // Meta took the call, and what it did cannot be read.
            self.error(ErrorKind::MaybeSent)
                .with_status(response.status)
                .with_source(Unreadable::from(&error))
        })
    }

    /// Nothing when Meta took the call.
    pub(super) fn refusal(self, response: &HttpResponse) -> Result<()> {
        self.refusal_where(Names::of(&response.body).error, response)
    }

    /// The same, where it is known whether there may be an error of Meta's.
    fn refusal_where(self, may_be: bool, response: &HttpResponse) -> Result<()> {
        let status = response.status;
        let graph = if may_be { graph_error(&response.body) } else { None };
        let error = if let Some(graph) = graph {
            Error::from_graph(self.operation, graph).of_idempotent_call(self.idempotent)
        } else if (200..300).contains(&status) {
            return Ok(());
        } else {
            self.error(kind_of_status(status))
        };
        Err(error.with_status(status).with_retry_after(retry_after(response)))
    }
}

/// For answers without an error of Meta's, which come from something in between.
fn kind_of_status(status: u16) -> ErrorKind {
    match status {
        400 | 405 | 411 | 413 | 414 | 415 | 422 | 431 => ErrorKind::InvalidRequest,
        401 => ErrorKind::Authentication,
        403 => ErrorKind::Permission,
        404 | 410 => ErrorKind::NotFound,
        429 => ErrorKind::RateLimited,
        // A gateway that gave up, or a redirect that leads on: what lies behind it may have
        // seen the call.
        408 | 500.. | ..400 => ErrorKind::MaybeSent,
        _ => ErrorKind::Unknown,
    }
}

fn graph_error(body: &[u8]) -> Option<GraphError> {
    #[derive(Deserialize)]
    struct Refusal {
        error: GraphError,
    }

    if !is_object(body) {
        return None;
    }
    serde_json::from_slice::<Refusal>(body).ok().map(|refusal| refusal.error)
}

/// A list would be read as the members of an object, in their order.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'{')
}

/// Which names there may be: a look that is quicker than reading, and never wrong when it finds
/// none. With an escape in the body, a name may be written in many ways.
struct Names {
    error: bool,
    success: bool,
}

impl Names {
    fn of(body: &[u8]) -> Self {
        static ERROR: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(r#""error""#));
        static SUCCESS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(r#""success""#));

        let any = memchr(b'\\', body).is_some();
        let error = any || ERROR.find(body).is_some();
        Self { error, success: any || SUCCESS.find(body).is_some() }
    }
}

fn says_failure(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flag {
        Bool(bool),
        Word(String),
        Other(IgnoredAny),
    }

    #[derive(Deserialize)]
    struct Answer {
        success: Flag,
    }

    if !is_object(body) {
        return false;
    }
    match serde_json::from_slice::<Answer>(body) {
        Ok(Answer { success: Flag::Bool(success) }) => !success,
        Ok(Answer { success: Flag::Word(word) }) => word == "false",
        Ok(Answer { success: Flag::Other(IgnoredAny) }) | Err(_) => false,
    }
}

/// Seconds only: a date would need a clock, and Meta sends none.
fn retry_after(response: &HttpResponse) -> Option<Duration> {
    response.header("retry-after")?.trim().parse().ok().map(Duration::from_secs)
}

/// Meta answered 200 and said that it did nothing.
#[derive(Debug, thiserror::Error)]
#[error("meta answered that it did not succeed")]
struct Failure;

/// Where an answer stops making sense; never what stands there, since answers repeat the
/// customer's number.
#[derive(Debug, thiserror::Error)]
#[error("the answer is no {expected} (line {line}, column {column}, of JSON)")]
struct Unreadable {
    expected: &'static str,
    line: usize,
    column: usize,
}

impl From<&serde_json::Error> for Unreadable {
    fn from(error: &serde_json::Error) -> Self {
        let expected = match error.classify() {
            Category::Data => "answer to this call",
            Category::Syntax => "JSON",
            Category::Eof | Category::Io => "whole JSON",
        };
        Self { expected, line: error.line(), column: error.column() }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    const SEND: Call = Call { operation: "send message", idempotent: false };
    const READ: Call = Call { operation: "get media", idempotent: true };

    fn answer(call: Call, status: u16, body: &str) -> Result<serde_json::Value> {
        call.read(&HttpResponse::new(status, body.to_owned()))
    }

    #[test]
    fn a_list_is_no_refusal() {
        let call = Call { operation: "ask", idempotent: true };
        for body in [r#"[{"code":200}]"#, "[false]", r#" [{"code":4}]"#] {
            let response = HttpResponse::new(200, body);
            let read: Result<serde_json::Value> = call.read(&response);
            assert_eq!(read.unwrap(), serde_json::from_str::<serde_json::Value>(body).unwrap());
        }
    }

    #[test]
    fn an_error_of_metas_is_known_by_its_code_whatever_the_status() {
        for status in [200, 206, 400, 429, 500] {
            let error = answer(SEND, status, r#"{"error":{"code":131056}}"#).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::RateLimited);
            assert_eq!(error.status(), Some(status));
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let refused = r#"{"x":1, "\u0065rror" :{"code":131056}}"#;
        assert_eq!(answer(SEND, 200, refused).unwrap_err().kind(), ErrorKind::RateLimited);
        let failed = r#"{"x":1, "succes\u0073" : false}"#;
        assert_eq!(answer(SEND, 200, failed).unwrap_err().kind(), ErrorKind::Unknown);
    }

    #[test]
    fn a_failure_that_comes_with_200_is_a_failure() {
        for body in [r#"{"success":false}"#, r#"{"success":"false"}"#] {
            let error = answer(SEND, 200, body).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unknown);
        }
        assert!(answer(SEND, 200, r#"{"success":true}"#).is_ok());
        assert!(answer(SEND, 200, r#"{"success":{"x":1}}"#).is_ok());
    }

    #[test]
    fn what_lies_behind_a_broken_gateway_may_have_seen_the_call() {
        for (status, body) in [(502, "<html>"), (503, ""), (302, ""), (200, "<html>"), (408, "")] {
            let send = answer(SEND, status, body).unwrap_err();
            let read = answer(READ, status, body).unwrap_err();

            assert_eq!(send.kind(), ErrorKind::MaybeSent, "{status}");
            assert!(!send.is_retryable() && read.is_retryable(), "{status}");
        }
    }

    #[test]
    fn a_refusal_without_an_error_of_metas_is_known_by_its_status() {
        for (status, kind) in [
            (400, ErrorKind::InvalidRequest),
            (401, ErrorKind::Authentication),
            (403, ErrorKind::Permission),
            (404, ErrorKind::NotFound),
            (418, ErrorKind::Unknown),
            (429, ErrorKind::RateLimited),
        ] {
            let error = answer(SEND, status, r#"{"error":"something odd"}"#).unwrap_err();
            assert_eq!(error.kind(), kind, "{status}");
        }
    }

    #[test]
    fn the_wait_that_is_asked_for_is_kept() {
        let mut response = HttpResponse::new(429, "");
        response.headers.push(("Retry-After".to_owned(), "7".to_owned()));
        let error = SEND.read::<serde_json::Value>(&response).unwrap_err();

        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    }

    #[test]
    fn an_unreadable_answer_is_not_quoted() {
        let response =
            HttpResponse::new(200, r#"{"contacts":"5511999887766","messages":"5511999887766"}"#);
        let error = SEND.read::<crate::api::messages::SentMessage>(&response).unwrap_err();
        let source = error.source().unwrap();

        assert!(!format!("{error} {error:?} {source}").contains("5511999887766"));
    }
}

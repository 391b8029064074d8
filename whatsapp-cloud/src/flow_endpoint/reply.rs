//! What is answered over HTTP.

use std::fmt;

use crate::flow_endpoint::request::FlowErrorNotice;
use crate::webhook::SignatureError;

/// What to answer over HTTP.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::Reply;
/// use whatsapp_cloud::webhook::SignatureError;
///
/// let reply = Reply::from(SignatureError::Mismatch);
/// assert_eq!((reply.status(), reply.body()), (432, ""));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use = "a reply is to be sent"]
pub struct Reply {
    status: u16,
    /// The encrypted answer; empty in refusals.
    body: String,
    refusal: Option<FlowRefusal>,
    notice: Option<FlowErrorNotice>,
}

impl Reply {
    pub(super) fn sealed(status: u16, body: String) -> Self {
        Self { status, body, refusal: None, notice: None }
    }

    pub(super) fn with_notice(self, notice: FlowErrorNotice) -> Self {
        Self { notice: Some(notice), ..self }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers, with names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.content_type().map(|value| ("content-type", value)).into_iter()
    }

    /// What the body is: a text, unless it is empty.
    pub fn content_type(&self) -> Option<&'static str> {
        (!self.body.is_empty()).then_some("text/plain")
    }

    /// The body: the encrypted answer, or nothing.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The body, to be sent without a copy.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::Reply;
    ///
    /// /// Passes the answer on to whatever server there is.
    /// fn response(reply: Reply) -> String {
    ///     let mut response = format!("HTTP/1.1 {}\r\n", reply.status());
    ///     for (name, value) in reply.headers() {
    ///         response += &format!("{name}: {value}\r\n");
    ///     }
    ///     response + "\r\n" + &reply.into_body()
    /// }
    /// ```
    pub fn into_body(self) -> String {
        self.body
    }

    /// Why the request was refused, if it was. For logs: there is nothing personal in it.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::{FlowRefusal, Reply};
    /// use whatsapp_cloud::webhook::SignatureError;
    ///
    /// let reply = Reply::from(SignatureError::Mismatch);
    /// assert_eq!(reply.refusal(), Some(FlowRefusal::Signature(SignatureError::Mismatch)));
    /// ```
    pub fn refusal(&self) -> Option<FlowRefusal> {
        self.refusal
    }

    /// What went wrong on the customer's device, if that is what was acknowledged.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::Reply;
    ///
    /// /// What is worth a line in the log: the customer saw an error instead of your screen.
    /// fn note(reply: &Reply) -> Option<String> {
    ///     reply.error_notice().map(|notice| format!("a screen was refused: {}", notice.error))
    /// }
    /// ```
    pub fn error_notice(&self) -> Option<&FlowErrorNotice> {
        self.notice.as_ref()
    }
}

/// Shows no more of the body than its length.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("refusal", &self.refusal)
            .field("error_notice", &self.notice)
            .finish()
    }
}

impl From<FlowRefusal> for Reply {
    fn from(refusal: FlowRefusal) -> Self {
        Self { status: refusal.status(), body: String::new(), refusal: Some(refusal), notice: None }
    }
}

impl From<SignatureError> for Reply {
    fn from(error: SignatureError) -> Self {
        FlowRefusal::from(error).into()
    }
}

/// Why a request is refused.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::{FlowRefusal, Unopened};
/// use whatsapp_cloud::webhook::SignatureError;
///
/// assert_eq!(FlowRefusal::from(SignatureError::Missing).status(), 432);
/// assert_eq!(FlowRefusal::from(Unopened::Key).status(), 421);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum FlowRefusal {
    /// It is not Meta's: 432.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// It cannot be decrypted: 421. WhatsApp fetches the public key anew, and asks again.
    #[error(transparent)]
    Unopened(#[from] Unopened),
}

impl FlowRefusal {
    /// The HTTP status to answer with.
    pub fn status(self) -> u16 {
        match self {
            Self::Signature(_) => 432,
            Self::Unopened(_) => 421,
        }
    }
}

/// Where the decryption of a request ended.
///
/// For logs only: whoever asks is told 421, whichever it is.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::Unopened;
///
/// assert_eq!(Unopened::Key.to_string(), "no private key fits the request");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unopened {
    /// It is not the JSON that Meta sends.
    #[error("the body is not an encrypted request")]
    Envelope,
    /// No key of ours fits: Meta has the public half of another.
    #[error("no private key fits the request")]
    Key,
    /// The data were changed on their way.
    #[error("the data of the request do not fit its key")]
    Data,
    /// What was decrypted is no JSON object.
    #[error("the decrypted request cannot be read")]
    Request,
}

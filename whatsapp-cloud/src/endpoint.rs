//! A call as a value: what to send, and what comes back. Sending is `client`'s work.

use std::borrow::Cow;
use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::id::{AccountId, PhoneNumberId};

mod payload;

pub use payload::Payload;
#[cfg(feature = "client")]
pub use payload::{Pieces, Source};

/// A call to Meta, as a plain value.
///
/// - The same value gives the same [`Request`], byte for byte.
/// - What Meta would refuse, or drop without a word, is refused by [`Endpoint::request`].
///
/// A call that this crate lacks is a struct of your own:
///
/// ```
/// use whatsapp_cloud::endpoint::{Endpoint, Request};
///
/// struct GetVerifiedName {
///     number: String,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct VerifiedName {
///     verified_name: String,
/// }
///
/// impl Endpoint for GetVerifiedName {
///     type Response = VerifiedName;
///     const OPERATION: &'static str = "get verified name";
///     const IDEMPOTENT: bool = true;
///
///     fn request(&self) -> whatsapp_cloud::Result<Request> {
///         Ok(Request::get([self.number.as_str()]).with_query("fields", "verified_name"))
///     }
/// }
///
/// let call = GetVerifiedName { number: "106540352242922".to_owned() };
/// assert_eq!(call.request()?.target()?, "106540352242922?fields=verified_name");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Endpoint {
    /// What Meta answers.
    type Response: DeserializeOwned + Send;

    /// What is being done, as it reads in an error: "send message".
    const OPERATION: &'static str;

    /// Whether doing it twice is the same as doing it once.
    const IDEMPOTENT: bool;

    /// The request that says it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when Meta would refuse
    /// the call; the source lists every reason.
    fn request(&self) -> Result<Request>;

    /// Which of Meta's limits it counts against, for a client that keeps to them; none when
    /// nothing is said, and then the call waits for nothing.
    fn paced(&self) -> Option<Paced<'_>> {
        None
    }
}

/// Which of Meta's limits a call counts against. `Debug` shows no recipient.
///
/// ```
/// use whatsapp_cloud::api::messages::{Message, SendMessage};
/// use whatsapp_cloud::endpoint::{Endpoint, Paced};
///
/// let message = Message::text("5511999990001", "Olá!");
/// let call = SendMessage { from: "106540352242922".into(), message };
/// assert_eq!(call.paced(), Some(Paced::Message { from: &call.from, to: "5511999990001" }));
/// assert!(!format!("{:?}", call.paced()).contains("5511999990001"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paced<'c> {
    /// A message: against those of the number, and of the number to this recipient.
    Message {
        /// The number it is sent from.
        from: &'c PhoneNumberId,
        /// What names the recipient: digits of a phone number, or the id of a user or group.
        to: &'c str,
    },
    /// A management call: against those of the account.
    Account(&'c AccountId),
}

impl fmt::Debug for Paced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message { from, .. } => {
                f.debug_struct("Message").field("from", from).finish_non_exhaustive()
            }
            Self::Account(account) => f.debug_tuple("Account").field(account).finish(),
        }
    }
}

/// A request without host, version and token: those belong to the client.
///
/// `Debug` shows neither path, values nor body: they lead to persons.
///
/// ```
/// use whatsapp_cloud::endpoint::{Host, Method, Request};
///
/// let request = Request::get(["106540352242922", "media"]).with_query("limit", "5");
/// assert_eq!(request.target()?, "106540352242922/media?limit=5");
/// assert_eq!((request.method(), request.host()), (Method::Get, Host::Graph));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    method: Method,
    host: Host,
    /// Segments, encoded and joined; nothing where one of them would lead elsewhere.
    path: Option<String>,
    query: Vec<(Cow<'static, str>, String)>,
    headers: Vec<(&'static str, String)>,
    token: Token,
    body: Body,
}

/// Which of Meta's hosts a request goes to. A base URL of your own stands for both.
///
/// ```
/// use whatsapp_cloud::endpoint::{Host, Request};
///
/// // Most is asked of the Graph, a little of the other host.
/// assert_eq!(Request::get(["1"]).host(), Host::Graph);
/// assert_eq!(Request::get(["1"]).with_host(Host::Api).host(), Host::Api);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Host {
    /// `graph.facebook.com`, where paths begin with a version.
    #[default]
    Graph,
    /// `api.facebook.com`, where they do not.
    Api,
}

/// What a request is authorised with.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::endpoint::{Request, Token};
///
/// let token = Token::Other(SecretString::from("EAAJB…"));
/// let request = Request::get(["me"]).with_token(token);
/// assert!(matches!(request.token(), Token::Other(_)));
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Token {
    /// The client's own token.
    #[default]
    Own,
    /// Another one, for this call.
    Other(SecretString),
    /// None: what is sent along says who asks.
    Nothing,
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Own, Self::Own) | (Self::Nothing, Self::Nothing) => true,
            (Self::Other(one), Self::Other(other)) => one.expose_secret() == other.expose_secret(),
            (Self::Own | Self::Other(_) | Self::Nothing, _) => false,
        }
    }
}

impl Eq for Token {}

impl Request {
    /// Asks for what is at `path`, given as segments.
    pub fn get<I: IntoIterator<Item: AsRef<str>>>(path: I) -> Self {
        Self::new(Method::Get, path)
    }

    /// Posts to `path`, given as segments.
    pub fn post<I: IntoIterator<Item: AsRef<str>>>(path: I) -> Self {
        Self::new(Method::Post, path)
    }

    /// Deletes what is at `path`, given as segments.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::{Method, Request};
    ///
    /// let request = Request::delete(["1037543291543636"]);
    /// assert_eq!(request.method(), Method::Delete);
    /// assert_eq!(request.path()?, "1037543291543636");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn delete<I: IntoIterator<Item: AsRef<str>>>(path: I) -> Self {
        Self::new(Method::Delete, path)
    }

    fn new<I: IntoIterator<Item: AsRef<str>>>(method: Method, path: I) -> Self {
        Self {
            method,
            host: Host::Graph,
            path: joined(path),
            query: Vec::new(),
            headers: Vec::new(),
            token: Token::Own,
            body: Body::Empty,
        }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn with_query(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Has no query parameter of that name.
    #[cfg(feature = "client")]
    pub(crate) fn without_query(mut self, name: &str) -> Self {
        self.query.retain(|(found, _)| found != name);
        self
    }

    /// Has that query parameter, and no other of its name.
    #[cfg(feature = "client")]
    pub(crate) fn with_query_instead(self, name: &'static str, value: &str) -> Self {
        self.without_query(name).with_query(name, value)
    }

    /// Goes to another of Meta's hosts.
    #[must_use]
    pub fn with_host(mut self, host: Host) -> Self {
        self.host = host;
        self
    }

    /// Is authorised with another token than the client's.
    #[must_use]
    pub fn with_token(mut self, token: Token) -> Self {
        self.token = token;
        self
    }

    /// Adds a header. Not for tokens, which no request shows.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends bytes as they are.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::{Body, Payload, Request};
    ///
    /// // A part of a file, from byte 5 on.
    /// let request = Request::post(["upload:MTphd="])
    ///     .with_header("file_offset", "5")
    ///     .with_bytes(Payload::from(b"ture".as_slice()));
    /// assert_eq!(request.headers(), [("file_offset", "5".to_owned())]);
    /// assert!(matches!(request.into_body(), Body::Bytes(bytes) if bytes.length() == 4));
    /// ```
    #[must_use]
    pub fn with_bytes(mut self, bytes: Payload) -> Self {
        self.body = Body::Bytes(bytes);
        self
    }

    /// Sends `value` as JSON.
    ///
    /// # Errors
    ///
    /// When `value` has no JSON form, which no type of this crate lacks.
    pub fn with_json<T: Serialize>(mut self, value: &T) -> Result<Self, serde_json::Error> {
        // Room for most of them at once, and not so much that an allocator does more for it.
        let mut json = Vec::with_capacity(960);
        serde_json::to_writer(&mut json, value)?;
        self.body = Body::Json(json);
        Ok(self)
    }

    /// Sends `parts` as `multipart/form-data`.
    #[must_use]
    pub fn with_form(mut self, parts: Vec<Part>) -> Self {
        self.body = Body::Form(parts);
        self
    }

    /// How it is asked.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Where it goes.
    pub fn host(&self) -> Host {
        self.host
    }

    /// What it is authorised with.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// The headers it has of its own.
    pub fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }

    /// The path as it stands in a URL, without a leading slash: its segments, encoded as
    /// [`Request::target`] says.
    ///
    /// # Errors
    ///
    /// As [`Request::target`].
    pub fn path(&self) -> Result<&str, InvalidPath> {
        self.path.as_deref().ok_or(InvalidPath)
    }

    /// The query's names and values, not encoded.
    pub fn query(&self) -> &[(Cow<'static, str>, String)] {
        &self.query
    }

    /// What is sent along.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The request in two: what is sent along can then be moved.
    pub fn into_body(self) -> Body {
        self.body
    }

    /// Path and query as they stand in a URL, without a leading slash.
    ///
    /// A segment stays a segment: what is not a letter, digit, `-`, `.`, `_` or `~` is
    /// percent-encoded, but for `:` and `=`, which have no meaning there and stand in ids of
    /// Meta's such as `upload:MTphd…=`. In the query they are encoded too.
    ///
    /// # Errors
    ///
    /// When a segment is empty, `.` or `..`: encoded or not, these lead to another path.
    pub fn target(&self) -> Result<String, InvalidPath> {
        let mut target = String::new();
        self.write_target(&mut target)?;
        Ok(target)
    }

    /// Writes the target behind what is there already.
    pub(crate) fn write_target(&self, into: &mut String) -> Result<(), InvalidPath> {
        into.push_str(self.path()?);
        for (index, (name, value)) in self.query.iter().enumerate() {
            into.push(if index == 0 { '?' } else { '&' });
            percent_encode(name, into);
            into.push('=');
            percent_encode(value, into);
        }
        Ok(())
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("query", &self.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A path segment that would lead elsewhere.
///
/// ```
/// use whatsapp_cloud::endpoint::{InvalidPath, Request};
///
/// let InvalidPath = Request::get(["..", "messages"]).target().unwrap_err();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a path segment is empty, \".\" or \"..\"")]
pub struct InvalidPath;

/// How a request is made.
///
/// ```
/// use whatsapp_cloud::endpoint::Method;
///
/// assert_eq!(Method::Delete.as_str(), "DELETE");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// Reads.
    Get,
    /// Does or creates.
    Post,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What a request sends along. `Debug` shows kind and size only.
///
/// ```
/// use whatsapp_cloud::endpoint::{Body, Request};
///
/// let request = Request::post(["1", "messages"]).with_json(&serde_json::json!({"to": "+1"}))?;
/// assert_eq!(*request.body(), Body::Json(br#"{"to":"+1"}"#.to_vec()));
/// assert_eq!(*Request::get(["1"]).body(), Body::Empty);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// JSON.
    Json(Vec<u8>),
    /// `multipart/form-data`.
    Form(Vec<Part>),
    /// Bytes as they are.
    Bytes(Payload),
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(bytes) => write!(f, "Json({} bytes)", bytes.len()),
            Self::Form(parts) => write!(f, "Form({} parts)", parts.len()),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.length()),
        }
    }
}

/// One part of a form.
///
/// ```
/// use whatsapp_cloud::endpoint::{Body, Part, Payload, Request};
///
/// let file = Part::file("file", Payload::from(b"a picture".as_slice()), "a.jpg", "image/jpeg");
/// let form = vec![Part::text("messaging_product", "whatsapp"), file];
/// assert_eq!(form[1].file_name(), Some("a.jpg"));
/// let request = Request::post(["1", "media"]).with_form(form);
/// assert!(matches!(request.body(), Body::Form(parts) if parts.len() == 2));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    name: &'static str,
    data: Payload,
    file: Option<FileOf>,
}

#[derive(Clone, PartialEq, Eq)]
struct FileOf {
    name: String,
    mime_type: String,
}

impl Part {
    /// A value.
    pub fn text(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, data: Payload::from(value.into().into_bytes()), file: None }
    }

    /// A file.
    pub fn file(
        name: &'static str,
        data: Payload,
        file_name: impl Into<String>,
        mime_type: impl Into<String>,
    ) -> Self {
        let file = FileOf { name: file_name.into(), mime_type: mime_type.into() };
        Self { name, data, file: Some(file) }
    }

    /// What the form calls it.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its bytes.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::{Part, Payload};
    ///
    /// let picture = Payload::from(b"a picture".as_slice());
    /// let file = Part::file("file", picture, "a.jpg", "image/jpeg");
    /// assert_eq!((file.name(), file.mime_type()), ("file", Some("image/jpeg")));
    /// assert_eq!(file.data().as_bytes(), Some(b"a picture".as_slice()));
    /// // A value is no file.
    /// assert_eq!(Part::text("type", "image/jpeg").mime_type(), None);
    /// ```
    pub fn data(&self) -> &Payload {
        &self.data
    }

    /// What the file is called, for a file.
    pub fn file_name(&self) -> Option<&str> {
        self.file.as_ref().map(|file| file.name.as_str())
    }

    /// What kind of file it is, for a file.
    pub fn mime_type(&self) -> Option<&str> {
        self.file.as_ref().map(|file| file.mime_type.as_str())
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.name)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// Segments as a path, unless one of them would lead elsewhere.
fn joined<I: IntoIterator<Item: AsRef<str>>>(segments: I) -> Option<String> {
    // As long as most of them.
    let mut path = String::with_capacity(32);
    for (index, segment) in segments.into_iter().enumerate() {
        let segment = segment.as_ref();
        if matches!(segment, "" | "." | "..") {
            return None;
        }
        if index > 0 {
            path.push('/');
        }
        encode(segment, b":=", &mut path);
    }
    Some(path)
}

/// Writes `text` so that it stays one segment, name or value.
pub(crate) fn percent_encode(text: &str, into: &mut String) {
    encode(text, b"", into);
}

/// The same, with some more bytes that stand for themselves.
fn encode(text: &str, plain: &[u8], into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        into.push_str(text);
        return;
    }
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if is_plain || plain.contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(char::from(HEX[usize::from(byte >> 4)]));
            into.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_and_a_value_cannot_leave_their_place() {
        let request = Request::get(["1/../2", "a?b#c"]).with_query("q", "x&y=z á");

        assert_eq!(request.target().unwrap(), "1%2F..%2F2/a%3Fb%23c?q=x%26y%3Dz%20%C3%A1");
    }

    #[test]
    fn a_colon_and_an_equals_sign_stay_in_a_segment_only() {
        let request = Request::get(["upload:MTphd=", "a&b"]).with_query("q", "x:y=z");

        assert_eq!(request.target().unwrap(), "upload:MTphd=/a%26b?q=x%3Ay%3Dz");
    }

    #[test]
    fn a_segment_that_leads_elsewhere_is_refused() {
        for segment in ["", ".", ".."] {
            assert_eq!(Request::get(["1", segment]).target(), Err(InvalidPath));
        }
    }

    #[test]
    fn debug_shows_sizes_and_names_only() {
        let request = Request::post(["5511999887766"])
            .with_query("bsuid", "BR.canary")
            .with_json(&"canary")
            .unwrap();
        let form = Request::post(["x"]).with_form(vec![Part::file(
            "file",
            Payload::from(b"canary".as_slice()),
            "canary.pdf",
            "application/pdf",
        )]);
        let shown = format!("{request:?} {form:?} {:?}", form.body());

        assert!(!shown.contains("canary") && !shown.contains("5511999887766"), "{shown}");
        assert!(shown.contains("Json(8 bytes)") && shown.contains("bsuid"), "{shown}");
    }
}

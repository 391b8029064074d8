//! What leaves this machine, what is made of what comes back, and what never shows.
#![cfg(feature = "client")]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "functions beside the tests are tests too"
)]

use std::error::Error as _;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;
use whatsapp_cloud::api::media::MediaInfo;
use whatsapp_cloud::api::messages::Message;
use whatsapp_cloud::client::{ApiVersion, HttpResponse};
use whatsapp_cloud::endpoint::{Endpoint, Request};
use whatsapp_cloud::{Client, Error, ErrorKind, MessageId};

#[path = "client/server.rs"]
mod server;
mod support;

use server::{Act, Server, answer, ok, read_request};
use support::{SENT, Scripted, TOKEN};

const NUMBER: &str = "106540352242922";
const PHONE: &str = "5511999887766";

fn message() -> Message {
    Message::text(PHONE, "canary text").with_opaque_data("canary data")
}

async fn send(client: &Client) -> Result<MessageId, Error> {
    Ok(client.phone_number(NUMBER).send(message()).await?.id().clone())
}

fn info(value: serde_json::Value) -> MediaInfo {
    serde_json::from_value(value).unwrap()
}

/// The error and all its causes, in both ways of showing them.
fn everything_shown(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    shown
}

fn shows_nothing(shown: &str) {
    for secret in ["canary", "EAA", "11999887766", "wamid", "Bearer"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn a_send_is_one_request_with_the_token_in_one_header_only() {
    let server = Server::new([ok(SENT)]);
    let sent = server.client().phone_number(NUMBER).send(message()).await.unwrap();

    assert_eq!(sent.id().as_str(), "wamid.x");
    let [request] = server.seen().try_into().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v25.0/106540352242922/messages HTTP/1.1\r\n"), "{head}");
    let head = head.to_ascii_lowercase();
    assert!(head.contains("\r\ncontent-type: application/json"), "{head}");
    assert!(head.contains("\r\nuser-agent: whatsapp-cloud/"), "{head}");
    assert!(head.contains(&format!("\r\nauthorization: bearer {}", TOKEN.to_lowercase())));
    assert_eq!(request.matches(TOKEN).count(), 1);
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["to"], "+5511999887766");
    assert_eq!(body["text"]["body"], "canary text");
}

#[tokio::test]
async fn an_upload_is_a_form_with_name_and_type() {
    let server = Server::new([ok(r#"{"id":"4490709327384033"}"#)]);
    let client = server.client();
    let uploaded = client
        .phone_number(NUMBER)
        .upload_media(b"ogg".to_vec(), "audio/ogg; codecs=opus", "voz \"ção\".ogg")
        .await
        .unwrap();

    assert_eq!(uploaded.id.as_str(), "4490709327384033");
    let [request] = server.seen().try_into().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v25.0/106540352242922/media HTTP/1.1\r\n"), "{head}");
    assert!(head.to_lowercase().contains("\r\ncontent-length: "), "{head}");
    let parts: Vec<&str> = body.split("\r\n--").collect();
    assert!(parts[0].ends_with("name=\"messaging_product\"\r\n\r\nwhatsapp"), "{body}");
    assert!(parts[1].ends_with("name=\"type\"\r\n\r\naudio/ogg; codecs=opus"), "{body}");
    assert!(
        parts[2].ends_with(
            "name=\"file\"; filename=\"voz \\\"ção\\\".ogg\"\r\n\
             Content-Type: audio/ogg; codecs=opus\r\n\r\nogg"
        ),
        "{body}"
    );
}

#[tokio::test]
async fn a_refused_connection_is_certainly_not_sent() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder(SecretString::from(TOKEN))
        .base_url(format!("http://{address}"))
        .build()
        .unwrap();
    let error = send(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert!(error.is_retryable() && !error.may_have_been_sent());
    shows_nothing(&everything_shown(&error));
}

/// A client for a server whose TLS handshake goes as `handshake` says, unless this system
/// trusts no certificates at all.
fn tls_client(handshake: fn(TcpStream)) -> Option<Client> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || handshake(listener.accept().unwrap().0));
    let client = Client::builder(SecretString::from(TOKEN))
        .base_url(url)
        .connect_timeout(Duration::from_millis(300))
        .build();
    match client {
        Ok(client) => Some(client),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Configuration);
            println!("skipped: this system trusts no certificates");
            None
        }
    }
}

#[tokio::test]
async fn a_failed_tls_handshake_is_certainly_not_sent() {
    let handshake = |mut stream: TcpStream| {
        let _ = stream.read(&mut [0; 1024]);
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    };
    let Some(client) = tls_client(handshake) else {
        return;
    };
    let error = send(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotSent, "{error:?}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_connection_that_takes_too_long_is_certainly_not_sent() {
    let handshake =
        |mut stream: TcpStream| while stream.read(&mut [0; 1024]).is_ok_and(|n| n > 0) {};
    let Some(client) = tls_client(handshake) else {
        return;
    };
    let error = send(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotSent, "{error:?}");
}

#[tokio::test]
async fn a_lost_answer_may_have_been_sent_and_is_not_asked_for_again() {
    let cut = Act::Cut(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\"");
    for act in [Act::Close, cut] {
        let server = Server::new([act]);
        let client = server.client();
        let error = send(&client).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::MaybeSent, "{error:?}");
        assert!(!error.is_retryable() && error.may_have_been_sent());
        assert_eq!(server.seen().len(), 1);
        shows_nothing(&everything_shown(&error));
    }
}

#[tokio::test]
async fn a_silent_server_may_have_been_told() {
    let server = Server::new([Act::Silence]);
    let client = Client::builder(SecretString::from(TOKEN))
        .base_url(server.url.as_str())
        .timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let error = send(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::MaybeSent);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_kept_connection_that_breaks_does_not_repeat_the_send() {
    let server = Server::new([ok(SENT), Act::Close, ok(SENT), ok(SENT)]);
    let client = server.client();
    send(&client).await.unwrap();
    let error = send(&client).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::MaybeSent);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_call_that_may_be_repeated_says_so_when_its_answer_is_lost() {
    let server = Server::new([Act::Close, Act::Close, Act::Close]);
    let client = server.client();

    let get = client.media("1").get().await.unwrap_err();
    let id = MessageId::new("wamid.x");
    let read = client.phone_number(NUMBER).mark_as_read(&id).await.unwrap_err();
    let typing = client.phone_number(NUMBER).show_typing(&id).await.unwrap_err();

    assert_eq!(get.kind(), ErrorKind::MaybeSent);
    assert!(get.is_retryable() && read.is_retryable());
    assert!(!typing.is_retryable());
}

#[tokio::test]
async fn each_answer_of_metas_becomes_its_kind() {
    let graph = |code: i64| {
        format!(r#"{{"error":{{"message":"to +5511999887766","code":{code},"fbtrace_id":"Az8"}}}}"#)
    };
    for (status, body, kind) in [
        ("401 Unauthorized", graph(190), ErrorKind::Authentication),
        ("403 Forbidden", graph(10), ErrorKind::Permission),
        ("400 Bad Request", graph(100), ErrorKind::InvalidRequest),
        ("400 Bad Request", graph(33), ErrorKind::NotFound),
        ("400 Bad Request", graph(130_429), ErrorKind::RateLimited),
        ("400 Bad Request", graph(131_056), ErrorKind::RateLimited),
        ("400 Bad Request", graph(131_047), ErrorKind::WindowClosed),
        ("400 Bad Request", graph(131_026), ErrorKind::Recipient),
        ("404 Not Found", graph(132_001), ErrorKind::Template),
        ("400 Bad Request", graph(131_053), ErrorKind::Media),
        ("403 Forbidden", graph(368), ErrorKind::Policy),
        ("400 Bad Request", graph(131_042), ErrorKind::Account),
        ("500 Internal Server Error", graph(131_000), ErrorKind::Unavailable),
        ("400 Bad Request", graph(999_999), ErrorKind::Unknown),
        ("502 Bad Gateway", "<html>+5511999887766</html>".to_owned(), ErrorKind::MaybeSent),
        ("200 OK", "<html>+5511999887766</html>".to_owned(), ErrorKind::MaybeSent),
        ("200 OK", r#"{"messages":[{"id":5511999887766}]}"#.to_owned(), ErrorKind::MaybeSent),
        ("200 OK", r#"{"messages":"+5511999887766"}"#.to_owned(), ErrorKind::MaybeSent),
        ("200 OK", r#"{"success":false}"#.to_owned(), ErrorKind::Unknown),
        ("429 Too Many Requests", String::new(), ErrorKind::RateLimited),
    ] {
        let server = Server::new([answer(status, "Retry-After: 7\r\n", &body)]);
        let error = send(&server.client()).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.operation(), "send message");
        assert_eq!(error.status(), status[..3].parse().ok(), "{body}");
        if error.graph().is_some() || status.starts_with("429") {
            assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{body}");
        }
        if error.graph().is_some() {
            assert_eq!(error.trace_id(), Some("Az8"));
        }
        shows_nothing(&everything_shown(&error));
    }
}

#[tokio::test]
async fn a_receipt_that_meta_did_not_take_is_an_error() {
    let server = Server::new([ok(r#"{"success":false}"#), ok(r#"{"success":true}"#)]);
    let client = server.client();
    let id = MessageId::new("wamid.x");

    let error = client.phone_number(NUMBER).mark_as_read(&id).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unknown);
    client.phone_number(NUMBER).mark_as_read(&id).await.unwrap();
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_not_read() {
    let long = "x".repeat(2 * 1024 * 1024);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n",
        long.len()
    );
    for act in [answer("200 OK", "", &long), Act::Answer(chunked.into_bytes())] {
        // The caller leaves in the middle, so the server's write may fail.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            read_request(&mut stream).unwrap();
            let Act::Answer(bytes) = act else { return };
            let _ = stream.write_all(&bytes);
        });
        let client = Client::builder(SecretString::from(TOKEN)).base_url(url).build().unwrap();
        let error = send(&client).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::MaybeSent);
        assert_eq!(error.source().unwrap().to_string(), "the answer is longer than allowed");
        server.join().unwrap();
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for status in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect"]
    {
        let other = Server::new([ok(SENT)]);
        let location = format!("Location: {}/v25.0/x\r\n", other.url);
        let server = Server::new([
            answer(status, &location, ""),
            answer(status, &location, ""),
            answer(status, &location, ""),
        ]);
        let client = server.client();

        assert_eq!(send(&client).await.unwrap_err().kind(), ErrorKind::MaybeSent);
        assert_eq!(client.media("1").get().await.unwrap_err().kind(), ErrorKind::MaybeSent);
        let file = info(json!({"id": "1", "url": format!("{}/file", server.url)}));
        assert_eq!(client.download(&file).await.unwrap_err().kind(), ErrorKind::Media);

        assert_eq!(server.seen().len(), 3);
        assert!(other.seen().is_empty());
    }
}

#[tokio::test]
async fn a_download_takes_the_token_along_and_is_checked() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let abc64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    for (told, whole) in [(abc, true), (abc64, true), (&abc[1..], false), ("", false)] {
        let server = Server::new([answer("200 OK", "Content-Type: image/png\r\n", "abc")]);
        let url = format!("{}/file?mid=1", server.url);
        let file = info(json!({"id": "1", "url": url, "sha256": told, "file_size": 3}));
        let downloaded = server.client().download(&file).await;

        match downloaded {
            Ok(bytes) => assert!(whole && bytes == "abc", "{told}"),
            Err(error) => {
                assert!(!whole, "{told}");
                assert_eq!(error.kind(), ErrorKind::Media);
            }
        }
        let [request] = server.seen().try_into().unwrap();
        assert!(request.starts_with("GET /file?mid=1 HTTP/1.1\r\n"));
        assert_eq!(request.matches(TOKEN).count(), 1);
    }
}

#[tokio::test]
async fn a_file_that_looks_like_an_error_is_a_file() {
    let body = r#"{"error":{"code":190},"success":false}"#;
    let server = Server::new([ok(body)]);
    let file = info(json!({"id": "1", "url": format!("{}/file", server.url)}));

    assert_eq!(server.client().download(&file).await.unwrap(), body);
}

#[tokio::test]
async fn a_refused_download_is_known_by_its_status() {
    for (status, kind) in [
        ("401 Unauthorized", ErrorKind::Authentication),
        ("404 Not Found", ErrorKind::NotFound),
        ("204 No Content", ErrorKind::Media),
        ("500 Internal Server Error", ErrorKind::MaybeSent),
    ] {
        let server = Server::new([Act::Answer(
            format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").into_bytes(),
        )]);
        let file = info(json!({"id": "1", "url": format!("{}/canary", server.url)}));
        let error = server.client().download(&file).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{status}");
        shows_nothing(&everything_shown(&error));
    }
}

#[tokio::test]
async fn the_token_goes_to_no_other_host() {
    let other = Server::new([ok("abc")]);
    let server = Server::new([]);
    let client = server.client();
    let port = other.url.rsplit(':').next().unwrap();
    for url in [
        format!("{}/canary", other.url),
        format!("http://localhost:{port}/canary"),
        format!("{}@127.0.0.1:{port}/canary", server.url),
        format!("{}\\@127.0.0.1:{port}/canary", server.url),
        "http://lookaside.fbsbx.com/canary".to_owned(),
        "https://lookaside.fbsbx.com.evil.example/canary".to_owned(),
        "file:///canary".to_owned(),
        String::new(),
    ] {
        let error = client.download(&info(json!({"id": "1", "url": url}))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{url}");
        shows_nothing(&everything_shown(&error));
    }
    assert!(server.seen().is_empty() && other.seen().is_empty());
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_not_taken() {
    let server = Server::new([ok("abcd")]);
    let client = Client::builder(SecretString::from(TOKEN))
        .base_url(server.url.as_str())
        .max_media_size(3)
        .build()
        .unwrap();
    let url = format!("{}/file", server.url);

    let told = info(json!({"id": "1", "url": url, "file_size": "4"}));
    assert_eq!(client.download(&told).await.unwrap_err().kind(), ErrorKind::Media);
    assert!(server.seen().is_empty());

    let untold = info(json!({"id": "1", "url": url}));
    assert_eq!(client.download(&untold).await.unwrap_err().kind(), ErrorKind::Media);
}

#[test]
fn what_cannot_work_is_said_when_the_client_is_set_up() {
    let build = |token: &str, url: &str, version: &str| {
        Client::builder(SecretString::from(token))
            .base_url(url)
            .api_version(ApiVersion::new(version))
            .build()
    };
    let url = "http://127.0.0.1:1";
    for (token, url, version, sentence) in [
        ("", url, "v25.0", "token is empty"),
        ("canary\n", url, "v25.0", "character no token has"),
        ("canary token", url, "v25.0", "character no token has"),
        ("canáry", url, "v25.0", "character no token has"),
        (TOKEN, "graph.facebook.com", "v25.0", "does not begin with https://"),
        (TOKEN, "", "v25.0", "does not begin with https://"),
        (TOKEN, "ftp://graph.facebook.com", "v25.0", "does not begin with https://"),
        (TOKEN, "http://127.0.0.1:1?canary=1", "v25.0", "query or a fragment"),
        (TOKEN, "http://127.0.0.1:1#canary", "v25.0", "query or a fragment"),
        (TOKEN, "https://canary:x@graph.facebook.com", "v25.0", "a plain host"),
        (TOKEN, "http://", "v25.0", "a plain host"),
        (TOKEN, "http://canary/ x", "v25.0", "a plain host"),
        (TOKEN, "http://graph.facebook.com", "v25.0", "unencrypted"),
        (TOKEN, "http://127.0.0.1.example.com", "v25.0", "unencrypted"),
        (TOKEN, url, "25.0", "version"),
        (TOKEN, url, "v25", "version"),
        (TOKEN, url, "v25.0/..", "version"),
    ] {
        let error = build(token, url, version).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        let source = error.source().unwrap().to_string();
        assert!(source.contains(sentence), "{url} {version}: {source}");
        shows_nothing(&everything_shown(&error));
    }
    build(TOKEN, url, "v25.0").unwrap();
    build(TOKEN, "http://localhost:1/prefix/", "v99.9").unwrap();
}

fn recorded(act: support::Act) -> (Arc<Scripted>, Client) {
    let recorder = Scripted::always(act);
    let client = recorder
        .builder()
        .base_url("https://example.com/prefix/")
        .api_version(ApiVersion::V24_0)
        .timeout(Duration::from_secs(5))
        .transfer_timeout(Duration::from_secs(50))
        .build()
        .unwrap();
    (recorder, client)
}

#[tokio::test]
async fn a_transport_of_ones_own_gets_everything_it_needs() {
    let (recorder, client) = recorded(support::sent());
    send(&client).await.unwrap();
    let upload = client.phone_number(NUMBER).upload_media(b"x".to_vec(), "text/plain", "x").await;
    // The recorder's answer is not one to an upload.
    assert_eq!(upload.unwrap_err().kind(), ErrorKind::MaybeSent);

    let requests = recorder.requests();
    assert_eq!(requests[0].url, "https://example.com/prefix/v24.0/106540352242922/messages");
    assert_eq!(requests[0].timeout, Duration::from_secs(5));
    assert_eq!(requests[0].max_answer, 1024 * 1024);
    assert!(requests[0].bearer.is_some());
    assert_eq!(requests[1].timeout, Duration::from_secs(50));
    shows_nothing(&format!("{requests:?}"));
}

#[tokio::test]
async fn what_a_transport_says_decides_what_is_known() {
    for (act, kind) in [
        (support::Act::NotSent, ErrorKind::NotSent),
        (support::Act::MaybeSent, ErrorKind::MaybeSent),
        (support::Act::TooLong, ErrorKind::MaybeSent),
    ] {
        let (_, client) = recorded(act);
        assert_eq!(send(&client).await.unwrap_err().kind(), kind);
    }
}

#[tokio::test]
async fn what_is_invalid_never_reaches_the_transport() {
    let (recorder, client) = recorded(support::sent());
    let number = client.phone_number(NUMBER);

    let error = number.send(Message::text("canary", "")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    shows_nothing(&everything_shown(&error));
    assert!(number.upload_media(Vec::new(), "text/plain", "x").await.is_err());
    assert!(client.media("..").delete().await.is_err());

    struct Elsewhere;
    impl Endpoint for Elsewhere {
        type Response = serde_json::Value;
        const OPERATION: &'static str = "go elsewhere";
        const IDEMPOTENT: bool = true;
        fn request(&self) -> whatsapp_cloud::Result<Request> {
            Ok(Request::get(["..", "x"]))
        }
    }
    assert_eq!(client.execute(&Elsewhere).await.unwrap_err().kind(), ErrorKind::InvalidInput);
    assert_eq!(recorder.count(), 0);
}

#[tokio::test]
async fn nothing_that_is_shown_holds_a_secret_or_a_person() {
    let (recorder, client) = recorded(support::sent());
    let builder = Client::builder(SecretString::from(TOKEN)).base_url("https://canary:x@y");
    let number = client.phone_number(NUMBER);
    let sent = number.send(message()).await.unwrap();
    let file = info(json!({"id": "1", "url": "https://lookaside.fbsbx.com/canary"}));
    let response = HttpResponse::new(200, SENT);
    let request = recorder.last();
    let media = client.media("1");

    shows_nothing(&format!(
        "{client:?} {builder:?} {number:?} {sent:?} {file:?} {response:?} {request:?} {media:?} {:?}",
        message()
    ));
}

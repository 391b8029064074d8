//! Files that pass through without being in memory as a whole.
#![allow(missing_docs, clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use whatsapp_cloud::api::media::{MediaInfo, UploadMedia};
use whatsapp_cloud::api::uploads::StartUpload;
use whatsapp_cloud::client::RetryPolicy;
use whatsapp_cloud::endpoint::{Body, Method, Payload, Pieces, Source};
use whatsapp_cloud::{Client, ErrorKind, PhoneNumberId};

mod support;

use support::{Act, Scripted, answer};

const PIECE: usize = 64 * 1024;

fn info(url: &str, sha256: Option<&str>) -> MediaInfo {
    let info = serde_json::json!({"id": "1", "url": url, "sha256": sha256});
    serde_json::from_value(info).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Gives a file piece by piece, and tells how far it was asked for it.
fn host(
    pieces: &[Result<&'static [u8], &'static str>],
    length: Option<&'static str>,
    most: u64,
) -> (Client, Arc<AtomicU64>) {
    let pieces = pieces.iter().map(|piece| piece.map(Bytes::from_static)).collect();
    let host = Scripted::always(Act::Pieces(pieces, length));
    let client = host.builder().max_media_size(most).build().unwrap();
    (client, Arc::clone(&host.given))
}

const URL: &str = "https://lookaside.fbsbx.com/x";

#[tokio::test]
async fn a_file_comes_piece_by_piece_and_is_the_one_meta_told_of_at_its_end() {
    for (sha256, is_the_one) in
        [(Some(hex(b"abc")), true), (None, true), (Some(hex(b"abd")), false)]
    {
        let (client, given) = host(&[Ok(b"a"), Ok(b"b"), Ok(b"c")], Some("3"), 100);
        let mut download = client.open_download(&info(URL, sha256.as_deref())).await.unwrap();
        assert_eq!((download.length(), given.load(Ordering::Relaxed)), (Some(3), 0));
        for (count, piece) in (1..).zip([b"a", b"b", b"c"]) {
            assert_eq!(download.next().await.unwrap().unwrap(), &piece[..]);
            assert_eq!(given.load(Ordering::Relaxed), count);
        }
        match download.next().await {
            Ok(None) => assert!(is_the_one),
            Ok(Some(_)) => panic!("there is no more"),
            Err(error) => assert!(!is_the_one && error.kind() == ErrorKind::Media),
        }
        assert!(download.next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_or_is_too_large_is_an_error() {
    let (client, _) = host(&[Ok(b"abc"), Err("cut")], None, 100);
    let mut download = client.open_download(&info(URL, None)).await.unwrap();
    download.next().await.unwrap();
    assert_eq!(download.next().await.unwrap_err().kind(), ErrorKind::MaybeSent);
    assert!(download.next().await.unwrap().is_none());

    // By what came, and by what was announced.
    let (client, _) = host(&[Ok(b"abc"), Ok(b"d")], None, 3);
    let mut download = client.open_download(&info(URL, None)).await.unwrap();
    download.next().await.unwrap();
    assert_eq!(download.next().await.unwrap_err().kind(), ErrorKind::Media);
    let (client, given) = host(&[Ok(b"abc")], Some("4"), 3);
    let refused = client.open_download(&info(URL, None)).await.unwrap_err();
    assert_eq!((refused.kind(), given.load(Ordering::Relaxed)), (ErrorKind::Media, 0));
}

#[tokio::test]
async fn a_whole_file_is_put_together() {
    for length in [None, Some("3"), Some("6")] {
        let (client, _) = host(&[Ok(b"abc"), Ok(b"def")], length, 100);
        let file = client.download(&info(URL, Some(&hex(b"abcdef")))).await;
        if length == Some("3") {
            // The host is done when it gave what it announced.
            assert_eq!(file.unwrap_err().kind(), ErrorKind::Media);
        } else {
            assert_eq!(file.unwrap(), &b"abcdef"[..]);
        }
    }
}

/// A file made while it is sent.
struct Made {
    length: u64,
    fails: bool,
    /// How much of it the server has read.
    read: Arc<AtomicU64>,
    /// The most that was made and not yet read.
    under_way: Arc<AtomicU64>,
}

impl Made {
    fn new(length: u64, fails: bool) -> Self {
        Self { length, fails, read: Arc::default(), under_way: Arc::default() }
    }
}

impl Source for Made {
    fn length(&self) -> u64 {
        self.length
    }

    fn open(&self) -> Pieces {
        let (read, under_way) = (Arc::clone(&self.read), Arc::clone(&self.under_way));
        let fails = self.fails;
        let count = self.length.div_ceil(PIECE as u64);
        Box::pin(stream::iter(1..=count).map(move |number| {
            if fails && number == 2 {
                return Err(std::io::Error::other("the disk is gone"));
            }
            let made = number * PIECE as u64;
            let unread = made.saturating_sub(read.load(Ordering::Relaxed));
            under_way.fetch_max(unread, Ordering::Relaxed);
            Ok(Bytes::from(vec![b'x'; PIECE]))
        }))
    }
}

/// Takes one upload, and tells its length and how many `x` were in it.
fn server(read: Arc<AtomicU64>) -> (String, thread::JoinHandle<(u64, u64)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let handle = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (head, begun) = read_head(&mut stream);
        let length = head
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()
            })
            .expect("a file has a length");
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'x').count() as u64;
        let (mut taken, mut found) = (begun.len() as u64, count(&begun));
        let mut buffer = vec![0; PIECE];
        while taken < length {
            match stream.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(more) => {
                    taken += more as u64;
                    found += count(&buffer[..more]);
                    read.store(taken, Ordering::Relaxed);
                }
            }
        }
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"id\":\"7\"}");
        (length, found)
    });
    (url, handle)
}

fn read_head(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..read]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return (String::from_utf8(bytes).unwrap(), rest);
        }
    }
}

fn upload(file: Payload) -> UploadMedia {
    UploadMedia {
        from: PhoneNumberId::new("1"),
        file,
        mime_type: "application/pdf".to_owned(),
        filename: "nota.pdf".to_owned(),
    }
}

#[tokio::test]
async fn a_file_is_read_while_it_is_sent() {
    const LENGTH: u64 = 64 * 1024 * 1024;

    let file = Made::new(LENGTH, false);
    let under_way = Arc::clone(&file.under_way);
    let (url, server) = server(Arc::clone(&file.read));
    let client = Client::builder(SecretString::from("t")).base_url(url).build().unwrap();
    let uploaded = client.execute(&upload(Payload::streamed(file))).await.unwrap();

    assert_eq!(uploaded.id.as_str(), "7");
    let (length, found) = server.join().unwrap();
    assert_eq!(found, LENGTH);
    assert!(length > LENGTH, "the form stands around the file");
    // What was made and not yet read fits the buffers of the connection.
    let under_way = under_way.load(Ordering::Relaxed);
    assert!(under_way < LENGTH / 2, "{under_way} bytes were under way at once");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_to_its_end_is_an_error() {
    let file = Made::new(4 * PIECE as u64, true);
    let (url, _server) = server(Arc::clone(&file.read));
    let client = Client::builder(SecretString::from("t")).base_url(url).build().unwrap();
    let error = client.execute(&upload(Payload::streamed(file))).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::MaybeSent);
}

/// Gives these pieces, whatever it says of its length.
struct Said(u64, Vec<&'static [u8]>);

impl Source for Said {
    fn length(&self) -> u64 {
        self.0
    }

    fn open(&self) -> Pieces {
        let pieces: Vec<_> = self.1.iter().map(|piece| Ok(Bytes::from_static(piece))).collect();
        Box::pin(stream::iter(pieces))
    }
}

/// What comes of a file, and whether it fails.
async fn read(file: &Payload) -> (Vec<u8>, bool) {
    let mut pieces = file.pieces();
    let (mut bytes, mut fails) = (Vec::new(), false);
    while let Some(piece) = pieces.next().await {
        match piece {
            Ok(piece) => bytes.extend_from_slice(&piece),
            Err(_) => fails = true,
        }
    }
    (bytes, fails)
}

#[tokio::test]
async fn a_file_has_as_many_bytes_as_it_says_or_fails_before_the_last_of_them() {
    let file = |length, pieces: &[&'static [u8]]| Payload::streamed(Said(length, pieces.to_vec()));
    for pieces in [&[b"abcd".as_slice()][..], &[b"ab", b"", b"cd", b""], &[b"", b"abcd"]] {
        assert_eq!(read(&file(4, pieces)).await, (b"abcd".to_vec(), false));
        for length in [1, 3, 5, 9] {
            let (bytes, fails) = read(&file(length, pieces)).await;
            assert!(fails, "{length}");
            assert!(length > 4 || (bytes.len() as u64) < length, "the server must not have all");
        }
    }
    assert_eq!(read(&file(0, &[])).await, (Vec::new(), false));
    assert!(read(&file(0, &[b"a"])).await.1);
}

#[tokio::test]
async fn a_file_that_is_longer_than_it_says_is_an_error() {
    for pieces in [vec![b"abc".as_slice(), b"d"], vec![b"abcd"]] {
        let (url, _server) = server(Arc::default());
        let client = Client::builder(SecretString::from("t")).base_url(url).build().unwrap();
        let file = Payload::streamed(Said(3, pieces));
        let error = client.execute(&upload(file)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MaybeSent);
    }
}

#[tokio::test]
async fn the_rest_of_a_file_is_what_comes_behind_so_many_bytes() {
    let kept = Payload::from(b"abcdef".as_slice());
    let streamed = Payload::streamed(Said(6, vec![b"ab", b"cde", b"f"]));
    for file in [&kept, &streamed] {
        for offset in 0..8_u64 {
            let rest = file.rest(offset);
            let expected = b"abcdef".get(offset.min(6) as usize..).unwrap();
            assert_eq!(rest.length(), expected.len() as u64);
            assert_eq!(read(&rest).await, (expected.to_vec(), false), "{offset}");
            assert_eq!(rest.rest(1).length(), 5_u64.saturating_sub(offset));
        }
        assert_eq!(file.rest(2), file.rest(1).rest(1));
        assert_ne!(file.rest(2), file.rest(1));
    }
    assert_eq!(kept.rest(4).as_bytes(), Some(b"ef".as_slice()));
    // Both are shared with the whole.
    assert_eq!(kept.rest(2), Payload::from(b"cdef".as_slice()));
}

#[tokio::test]
async fn a_file_without_a_hash_is_as_long_as_meta_told() {
    for (announced, told, outcome) in [
        (Some("3"), Some(3), Ok(())),
        (None, Some(3), Ok(())),
        (None, None, Ok(())),
        // It broke off, and may come whole the next time.
        (Some("5"), None, Err(ErrorKind::MaybeSent)),
        (Some("5"), Some(5), Err(ErrorKind::MaybeSent)),
        (None, Some(4), Err(ErrorKind::MaybeSent)),
        // It is another file.
        (Some("3"), Some(9), Err(ErrorKind::Media)),
        (None, Some(2), Err(ErrorKind::Media)),
    ] {
        let info: MediaInfo =
            serde_json::from_value(serde_json::json!({"id": "1", "url": URL, "file_size": told}))
                .unwrap();
        let (client, _) = host(&[Ok(b"ab"), Ok(b"c")], announced, 100);
        let whole = client.download(&info).await.map(|_| ()).map_err(|error| error.kind());
        assert_eq!(whole, outcome, "{announced:?} {told:?}");
        let (client, _) = host(&[Ok(b"abc")], announced, 100);
        let whole = client.download(&info).await.map(|_| ()).map_err(|error| error.kind());
        assert_eq!(whole, outcome, "{announced:?} {told:?}, in one piece");
    }
}

fn start() -> StartUpload {
    let mut start = StartUpload::new("1384519862354");
    start.file_type = Some("image/png".to_owned());
    start
}

fn begun() -> Act {
    answer(200, r#"{"id":"upload:MTphdA==?sig=x"}"#)
}

fn came(offset: u64) -> Act {
    answer(200, format!(r#"{{"id":"upload:MTphdA==?sig=x","file_offset":{offset}}}"#))
}

fn handle() -> Act {
    answer(200, r#"{"h":"4::x"}"#)
}

/// What was asked: how, and of a file from where and how much.
async fn asked(meta: &Scripted) -> Vec<String> {
    let mut told = Vec::new();
    for request in meta.requests() {
        told.push(match &request.body {
            Body::Bytes(file) => {
                let bytes = String::from_utf8(read(file).await.0).unwrap();
                format!("{} {bytes}", request.headers[0].1)
            }
            _ if request.method == Method::Get => "how far?".to_owned(),
            _ => "begin".to_owned(),
        });
    }
    told
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_broke_off_goes_on_from_where_meta_has_it() {
    let file = || Payload::streamed(Said(6, vec![b"abc", b"def"]));
    for (acts, expected) in [
        (vec![begun(), handle()], vec!["begin", "0 abcdef"]),
        (vec![Act::MaybeSent, begun(), handle()], vec!["begin", "begin", "0 abcdef"]),
        (
            vec![begun(), Act::MaybeSent, came(4), handle()],
            vec!["begin", "0 abcdef", "how far?", "4 ef"],
        ),
        (
            vec![begun(), Act::MaybeSent, Act::NotSent, came(0), Act::MaybeSent, came(1), handle()],
            vec!["begin", "0 abcdef", "how far?", "how far?", "0 abcdef", "how far?", "1 bcdef"],
        ),
        // Only the handle was lost.
        (
            vec![begun(), answer(502, ""), came(6), begun(), handle()],
            vec!["begin", "0 abcdef", "how far?", "begin", "0 abcdef"],
        ),
        (
            vec![begun(), Act::MaybeSent, code(404, 100, 33), begun(), handle()],
            vec!["begin", "0 abcdef", "how far?", "begin", "0 abcdef"],
        ),
    ] {
        let meta = Scripted::new(acts);
        let client = meta.builder().retry(RetryPolicy::default()).build().unwrap();
        let uploaded = client.upload_file(start(), file()).await.unwrap();
        assert_eq!(uploaded.handle, "4::x");
        assert_eq!(asked(&meta).await, expected);
        assert!(meta.queries()[0].contains("file_length=6"));
    }
}

fn code(status: u16, code: i64, subcode: i64) -> Act {
    let error = serde_json::json!({"error": {"code": code, "error_subcode": subcode}});
    answer(status, error.to_string())
}

#[tokio::test(start_paused = true)]
async fn an_upload_is_tried_as_often_as_the_policy_says() {
    let file = || Payload::from(b"abcdef".as_slice());
    let meta = Scripted::made([begun()], Some(Act::MaybeSent), Duration::ZERO);
    let error = meta.client().upload_file(start(), file()).await.unwrap_err();
    assert_eq!((error.kind(), meta.count()), (ErrorKind::MaybeSent, 2));

    let meta = Scripted::made([begun()], Some(Act::MaybeSent), Duration::ZERO);
    let client = meta.builder().retry(RetryPolicy::default().attempts(3)).build().unwrap();
    let error = client.upload_file(start(), file()).await.unwrap_err();
    assert_eq!((error.kind(), meta.count()), (ErrorKind::MaybeSent, 4));

    // What is refused is not repeated.
    let meta = Scripted::new([begun(), code(400, 100, 0)]);
    let client = meta.builder().retry(RetryPolicy::default()).build().unwrap();
    assert_eq!(client.upload_file(start(), file()).await.unwrap_err().code(), Some(100));
    let meta = Scripted::new([]);
    let empty = meta.client().upload_file(start(), Vec::new()).await.unwrap_err();
    assert_eq!(empty.kind(), ErrorKind::InvalidInput);
}

#[cfg(feature = "simulator")]
#[tokio::test]
async fn an_upload_survives_what_happens_to_it_on_the_way() {
    use whatsapp_cloud::simulator::{Fault, Simulator};

    /// Has this happen to the request that it is first read for.
    struct Struck(Simulator, Fault, AtomicU64);

    impl Source for Struck {
        fn length(&self) -> u64 {
            6
        }

        fn open(&self) -> Pieces {
            if self.2.fetch_add(1, Ordering::Relaxed) == 0 {
                self.0.fail_next(self.1);
            }
            Box::pin(stream::iter([b"abc", b"def"].map(|piece| Ok(Bytes::from_static(piece)))))
        }
    }

    for (fault, reads) in [
        (Fault::DropBeforeEffect, 2),
        (Fault::DropAnswerAfterEffect, 2),
        (Fault::CutAnswer, 2),
        (Fault::Status(503), 2),
        (Fault::StatusAfterEffect(502), 2),
        (Fault::Graph(2), 2),
        (Fault::Slow(Duration::from_millis(1)), 1),
    ] {
        let token = SecretString::from("t");
        let simulator = Simulator::builder().token(token.clone()).start().await.unwrap();
        let policy = RetryPolicy::default().waits(Duration::ZERO, Duration::ZERO);
        let client = Client::builder(token).base_url(simulator.base_url()).retry(policy);
        let client = client.build().unwrap();
        let file = Arc::new(Struck(simulator, fault, AtomicU64::new(0)));
        let uploaded = client.upload_file(start(), Payload::streamed(Of(Arc::clone(&file))));
        assert!(uploaded.await.unwrap().handle.starts_with("4::"), "{fault:?}");
        assert_eq!(file.2.load(Ordering::Relaxed), reads, "{fault:?}");
    }

    /// The same file, kept to be looked at.
    struct Of(Arc<Struck>);

    impl Source for Of {
        fn length(&self) -> u64 {
            self.0.length()
        }

        fn open(&self) -> Pieces {
            self.0.open()
        }
    }
}

//! Files that pass through without being in memory as a whole.
#![allow(missing_docs, clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use whatsapp_cloud::api::media::{MediaInfo, UploadMedia};
use whatsapp_cloud::endpoint::{Payload, Pieces, Source};
use whatsapp_cloud::{Client, ErrorKind, PhoneNumberId};

mod support;

use support::{Act, Scripted};

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

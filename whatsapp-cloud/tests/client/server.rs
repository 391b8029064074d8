//! A server of raw sockets, which breaks off where it is told to.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use secrecy::SecretString;
use whatsapp_cloud::Client;

use crate::support::TOKEN;

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Answers, and keeps the connection.
    Answer(Vec<u8>),
    /// Answers in part, and closes.
    Cut(&'static [u8]),
    /// Reads the request and closes.
    Close,
    /// Reads the request and says nothing until the caller leaves.
    Silence,
}

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Act {
    let length = body.len();
    Act::Answer(
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
            .into_bytes(),
    )
}

pub(crate) fn ok(body: &str) -> Act {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

/// A server of raw sockets that does one act per request and remembers the requests.
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let acts: Vec<Act> = acts.into_iter().collect();
        thread::spawn({
            let seen = seen.clone();
            move || {
                let mut acts = acts.into_iter();
                'connections: for stream in listener.incoming() {
                    let mut stream = stream.unwrap();
                    while let Some(request) = read_request(&mut stream) {
                        seen.lock().unwrap().push(request);
                        match acts.next() {
                            Some(Act::Answer(bytes)) => stream.write_all(&bytes).unwrap(),
                            Some(Act::Silence) => {
                                let _ = stream.read(&mut [0]);
                            }
                            Some(Act::Cut(bytes)) => {
                                stream.write_all(bytes).unwrap();
                                continue 'connections;
                            }
                            Some(Act::Close) => continue 'connections,
                            None => return,
                        }
                    }
                }
            }
        });
        Self { url, seen }
    }

    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn client(&self) -> Client {
        Client::builder(SecretString::from(TOKEN)).base_url(self.url.as_str()).build().unwrap()
    }
}

/// Head and body of the next request, as text.
pub(crate) fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, length)| length.parse::<usize>().unwrap());
        if body.len() >= length {
            return Some(text);
        }
    }
}

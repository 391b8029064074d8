//! `wa simulate` is a Cloud API for programs in any language.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use whatsapp_cloud::Client;
use whatsapp_cloud::api::messages::Message;

use super::{Done, wa};

/// Nothing here takes as long, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Fails a test that waits for what does not come, which would never end otherwise.
fn patiently(test: impl FnOnce() + Send + 'static) {
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        test();
        ended.send(()).unwrap();
    });
    end.recv_timeout(PATIENCE).expect("the test has failed or waits for what does not come");
}

/// Stops it, whatever becomes of the test.
struct Running {
    process: Child,
    lines: BufReader<ChildStdout>,
}

impl Running {
    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn start(arguments: &[&str]) -> (Running, Value) {
    let mut command = wa();
    command.arg("simulate").args(arguments).env("TOKEN", "of-mine");
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap());
    let mut running = Running { process, lines };
    let started = running.line();
    (running, started)
}

#[tokio::test]
async fn it_says_where_it_is_and_keeps_the_limits_it_is_given() {
    let (_running, started) = start(&["--token-env", "TOKEN", "--throughput", "2"]);
    let base = started["base_url"].as_str().unwrap();
    let client = Client::builder(SecretString::from("of-mine")).base_url(base).build().unwrap();
    let number = client.phone_number(started["phone_number_id"].as_str().unwrap());
    let host = base.strip_prefix("http://").unwrap();
    let body = json!({"text": "oi"}).to_string();
    let request = format!(
        "POST /simulator/customers/5511999990001/messages HTTP/1.1\r\nHost: {host}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let stream = &mut std::net::TcpStream::connect(host).unwrap();
    std::io::Write::write_all(stream, request.as_bytes()).unwrap();
    assert!(std::io::read_to_string(stream).unwrap().starts_with("HTTP/1.1 200"));

    // The customer's message counts, too; 10 more at once are too many for any second.
    let sends = (0..10).map(|_| number.send(Message::text("5511999990001", "oi")));
    let mut refused = 0;
    for sent in sends {
        match sent.await {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error.code(), Some(130_429));
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
}

#[test]
fn as_many_updates_go_into_a_webhook_as_it_is_told() {
    patiently(|| {
        for (most, changes) in [("1", 1), ("1000", 3)] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let callback = format!("http://{}/", listener.local_addr().unwrap());
            let (mut running, started) = start(&["--callback", &callback, "--batch", most]);
            let (mut asked, line) = accept(&listener);
            let challenge = line.split_once("hub.challenge=").unwrap().1.split('&').next().unwrap();
            answer(&mut asked, challenge);
            // Before it has taken the answer in, there is nowhere to post news to.
            assert_eq!(running.line(), json!({"callback": callback}));
            let base = started["base_url"].as_str().unwrap().strip_prefix("http://").unwrap();
            let write = || {
                let body = r#"{"text":"oi"}"#;
                let head = "Content-Type: application/json\r\nConnection: close\r\n";
                let stream = &mut std::net::TcpStream::connect(base).unwrap();
                let request = format!(
                    "POST /simulator/customers/1/messages HTTP/1.1\r\nHost: {base}\r\n{head}\
                 Content-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                std::io::Write::write_all(stream, request.as_bytes()).unwrap();
                assert!(std::io::read_to_string(stream).unwrap().starts_with("HTTP/1.1 200"));
            };

            // While the first is under way, three more wait.
            write();
            let (mut first, _) = accept(&listener);
            (0..3).for_each(|_| write());
            answer(&mut first, "");
            let (_, second) = accept(&listener);
            assert_eq!(second.matches("\"field\"").count(), changes, "{most}: {second}");
        }
    });
}

/// A request with its body, as text.
fn accept(listener: &TcpListener) -> (std::net::TcpStream, String) {
    let (mut stream, _) = listener.accept().unwrap();
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let read = std::io::Read::read(&mut stream, &mut buffer).unwrap();
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        assert!(read > 0, "the request ends early: {text}");
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
        });
        if body.len() >= length.unwrap_or(0) {
            return (stream, text);
        }
    }
}

fn answer(stream: &mut std::net::TcpStream, body: &str) {
    let length = body.len();
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    std::io::Write::write_all(stream, answer.as_bytes()).unwrap();
}

#[test]
fn a_callback_may_come_later() {
    patiently(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let callback = format!("http://{}/hook", listener.local_addr().unwrap());
        let (_running, _) = start(&["--callback", &callback]);

        // Asked once: no answer. Asked again.
        for _ in 0..2 {
            let (stream, _) = listener.accept().unwrap();
            let mut line = String::new();
            BufReader::new(stream).read_line(&mut line).unwrap();
            assert!(line.starts_with("GET /hook?hub.mode=subscribe&hub.challenge="), "{line}");
            assert!(line.contains("hub.verify_token=simulator-verify-token"), "{line}");
        }
    });
}

/// A call by a raw socket: its status and JSON.
fn call(started: &Value, line: &str, body: &Value) -> (u16, Value) {
    let host = started["base_url"].as_str().unwrap().strip_prefix("http://").unwrap();
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Authorization: Bearer simulator-token\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let stream = &mut std::net::TcpStream::connect(host).unwrap();
    std::io::Write::write_all(stream, request.as_bytes()).unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

#[test]
fn it_is_as_it_is_told() {
    patiently(|| {
        let ids = ["--app-id", "1", "--account-id", "2", "--phone-number-id", "3"];
        let more = ["--phone-number", "5511888880001", "--review", "3600", "--no-auto-read"];
        let (_running, started) = start(&[ids.as_slice(), &more].concat());
        assert_eq!(started["app_id"], "1");
        assert_eq!(started["account_id"], "2");
        assert_eq!(started["phone_number_id"], "3");
        assert_eq!(started["phone_number"], "5511888880001");

        let body = json!({"type": "BODY", "text": "Oi"});
        let template = json!({
            "name": "a", "language": "pt_BR", "category": "UTILITY", "components": [body],
        });
        assert_eq!(call(&started, "POST /2/message_templates", &template).1["status"], "PENDING");
        let listed = || {
            let (_, listed) = call(&started, "GET /2/message_templates", &Value::Null);
            listed["data"][0]["status"].clone()
        };
        assert_eq!(listed(), "PENDING");
        call(&started, "POST /simulator/clock", &json!({"seconds": 3_601}));
        assert_eq!(listed(), "APPROVED");

        let said = json!({"text": "oi"});
        call(&started, "POST /simulator/customers/5511999990001/messages", &said);
        let answer = json!({
            "messaging_product": "whatsapp", "to": "+5511999990001", "text": {"body": "oi"},
        });
        assert_eq!(call(&started, "POST /3/messages", &answer).0, 200);
        let reads = "POST /simulator/customers/5511999990001/reads";
        assert_eq!(call(&started, reads, &Value::Null).1["read"], 1, "not by itself");
    });
}

#[test]
fn an_app_may_have_to_vouch_for_its_tokens() {
    patiently(|| {
        for (arguments, status) in [(&["--require-proof"][..], 400), (&[], 200)] {
            let (_running, started) = start(arguments);
            let line = format!("GET /{}", started["phone_number_id"].as_str().unwrap());
            assert_eq!(call(&started, &line, &Value::Null).0, status, "{arguments:?}");
        }
    });
}

#[test]
fn it_posts_again_as_soon_as_it_is_told() {
    patiently(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let callback = format!("http://{}/", listener.local_addr().unwrap());
        let (mut running, started) = start(&["--callback", &callback, "--retry-first", "1"]);
        let (mut asked, line) = accept(&listener);
        let challenge = line.split_once("hub.challenge=").unwrap().1.split('&').next().unwrap();
        answer(&mut asked, challenge);
        running.line();
        call(&started, "POST /simulator/customers/1/messages", &json!({"text": "oi"}));
        // Twelve attempts end after 2 seconds when the first wait is 1 ms, and after more than
        // the test's patience when it is a second.
        for _ in 0..12 {
            drop(accept(&listener));
        }
    });
}

#[test]
fn what_it_cannot_do_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (name, value) in [
        ("--port", "http"),
        ("--port", port.as_str()),
        ("--throughput", "-1"),
        ("--throughput", "0"),
        ("--batch", "few"),
        ("--batch", "0"),
        ("--review", "soon"),
        ("--review", "-1"),
        ("--review", "inf"),
        ("--retry-first", "1.5"),
        ("--retry-first", "0"),
        ("--account-id", "mine"),
        ("--phone-number", ""),
        ("--require-proof", "--require-proof"),
        ("--no-auto-read", "yes"),
        ("--token-env", "NO_SUCH_VARIABLE"),
        ("--secret-env", "EMPTY"),
    ] {
        let done = Done::of(wa().args(["simulate", name, value]).output().unwrap());
        assert_eq!(done.code, 2, "{name} {value}");
        assert!(done.lines.is_empty() && !done.complaint.is_empty(), "{name} {value}");
    }
}

//! What the webhook examples have in common: settings, and a test of themselves over HTTP.

use std::error::Error;
use std::net::SocketAddr;

use secrecy::SecretString;
use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use whatsapp_cloud::webhook::receive::Counters;
use whatsapp_cloud::webhook::{Handshake, Verifier};

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

const BODY: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398",
"changes":[{"field":"messages","value":{"messaging_product":"whatsapp","messages":[{
"from":"16505551234","id":"wamid.A","timestamp":"1749416383","type":"text",
"text":{"body":"Hi!"}}]}}]}]}"#;

pub(crate) struct Options {
    /// Test itself, and end.
    pub(crate) once: bool,
    port: u16,
    secret: String,
    token: String,
}

impl Options {
    /// With `--once` everything is made up; otherwise the secrets come from the environment.
    pub(crate) fn read() -> Result<Self, Failure> {
        let mut options = Self {
            once: false,
            port: 0,
            secret: "the app secret of an example".to_owned(),
            token: "the-verify-token-of-an-example".to_owned(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--once" => options.once = true,
                "--port" => {
                    let port = arguments.next().and_then(|port| port.parse().ok());
                    options.port = port.ok_or("--port needs a number from 0 to 65535")?;
                }
                _ => {
                    return Err("usage: [--once] [--port N], and without --once \
                     APP_SECRET and VERIFY_TOKEN in the environment"
                        .into());
                }
            }
        }
        if !options.once {
            let variable =
                |name: &str| std::env::var(name).map_err(|_| format!("{name} is not set"));
            options.secret = variable("APP_SECRET")?;
            options.token = variable("VERIFY_TOKEN")?;
        }
        Ok(options)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    pub(crate) fn handshake(&self) -> Result<Handshake, Failure> {
        Ok(Handshake::new(SecretString::from(self.token.as_str()))?)
    }

    pub(crate) fn verifier(&self) -> Result<Verifier, Failure> {
        Ok(Verifier::new([SecretString::from(self.secret.as_str())])?)
    }

    /// Does what Meta does, and what somebody else might: the statuses of the answers.
    pub(crate) async fn knock(&self, address: SocketAddr) -> Result<Observed, Failure> {
        let post = |signature: &str| {
            format!(
                "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\
                 X-Hub-Signature-256: {signature}\r\nConnection: close\r\n\r\n{BODY}",
                BODY.len()
            )
        };
        let get = |token: &str| {
            format!(
                "GET /webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token} \
                 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
        };
        let signed = ask(address, &post(&self.verifier()?.sign(BODY.as_bytes()))).await?.0;
        let forger = Verifier::new([SecretString::from("a guess")])?;
        let forged = ask(address, &post(&forger.sign(BODY.as_bytes()))).await?.0;
        let (handshake, challenge) = ask(address, &get(&self.token)).await?;
        let wrong_token = ask(address, &get("a-guess")).await?.0;
        let challenge = challenge == "1158201444";
        Ok(Observed { signed, forged, handshake, challenge, wrong_token })
    }
}

/// What was answered.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Observed {
    signed: u16,
    forged: u16,
    handshake: u16,
    /// Whether the challenge came back.
    challenge: bool,
    wrong_token: u16,
}

impl Observed {
    /// Prints what was observed as a line of JSON; whether all of it is as it must be.
    pub(crate) fn report(self, counters: Counters, stored: usize) -> Result<bool, Failure> {
        let wanted =
            Self { signed: 200, forged: 401, handshake: 200, challenge: true, wrong_token: 403 };
        let ok = self == wanted
            && stored == 1
            && (counters.accepted, counters.signature_mismatch) == (1, 1)
            && (counters.handshakes_accepted, counters.handshakes_refused) == (1, 1)
            && counters.bytes_in_flight == 0;
        let line = serde_json::json!({ "ok": ok, "answered": self, "stored": stored, "counters": counters });
        println!("{line}");
        Ok(ok)
    }
}

/// The status and the body of the answer to a request.
async fn ask(address: SocketAddr, request: &str) -> Result<(u16, String), Failure> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("the answer has no head")?;
    let status = head.split(' ').nth(1).ok_or("the answer has no status")?.parse()?;
    Ok((status, body.to_owned()))
}

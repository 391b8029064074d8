//! Whoever sends messages, put in one form: ours, its peers, and a bare POST of the same bytes.
//!
//! Each builds the message from the same texts, sends it, and reads the id in the answer.

use std::env;
use std::net::SocketAddr;

use bytes::Bytes;
use secrecy::SecretString;
use whatsapp_cloud::Client;
use whatsapp_cloud::api::messages::{List, ListRow, Message, SendMessage, Template};
use whatsapp_cloud::endpoint::{Body, Endpoint as _};

/// The variable that says where the server is, to programs that are started to send to it.
pub const SERVER: &str = "OUTBOUND_SERVER";
/// The variable that says over what they send.
pub const WIRE: &str = "OUTBOUND_WIRE";

/// A token as long as Meta's.
const TOKEN: &str = concat!(
    "EAAGm0PX4ZCpsBAKZCexampleexampleexampleexampleexampleexampleexample",
    "exampleexampleexampleexampleexampleexampleexampleexampleexampleexample",
    "exampleexampleexampleexampleexampleexampleexampleexampleexampleZD",
);
const FROM: &str = "106540352242922";
const TO: &str = "+5511999990001";

const TEXT: &str = "Olá, Ana! Seu pedido 1042 saiu para entrega e chega até as 18h de hoje.";
const NAME: &str = "order_update";
const LANGUAGE: &str = "pt_BR";
const TITLE: &str = "1042";
const VALUES: [&str; 4] = ["Ana", "1042", "R$ 189,90", "sexta-feira, 27 de novembro"];
const QUESTION: &str = "Quando podemos entregar o seu pedido?";
const BUTTON: &str = "Ver horários";
const SECTIONS: [&str; 2] = ["Sexta-feira", "Sábado"];
const ROWS: [(&str, &str, &str); 5] = [
    ("slot-08", "8h às 10h", "Grátis, com aviso por mensagem"),
    ("slot-10", "10h às 12h", "Grátis, com aviso por mensagem"),
    ("slot-12", "12h às 14h", "R$ 5,00, com aviso por mensagem"),
    ("slot-14", "14h às 16h", "Grátis, com aviso por mensagem"),
    ("slot-16", "16h às 18h", "R$ 9,00, com aviso por mensagem"),
];

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// A text of 71 characters.
    Text,
    /// A template with five values.
    Template,
    /// A list of ten rows in two sections.
    List,
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Text, Self::Template, Self::List];

    /// What it is called in tables and lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Template => "template",
            Self::List => "list",
        }
    }

    /// The message as ours has it.
    pub fn message(self) -> Message {
        match self {
            Self::Text => Message::text(TO, TEXT),
            Self::Template => {
                let template = Template::new(NAME, LANGUAGE).header(TITLE).body(VALUES);
                Message::template(TO, template)
            }
            Self::List => {
                let list = SECTIONS.into_iter().enumerate().fold(
                    List::new(BUTTON),
                    |list, (number, section)| {
                        let rows = ROWS.map(|(id, title, description)| {
                            ListRow::new(format!("{number}-{id}"), title).described(description)
                        });
                        list.section(section, rows)
                    },
                );
                Message::list(TO, QUESTION, list)
            }
        }
    }

    /// The call as ours makes it.
    pub fn call(self) -> SendMessage {
        SendMessage { from: FROM.into(), message: self.message() }
    }

    /// The bytes that ours sends.
    ///
    /// # Panics
    ///
    /// When ours would not send it.
    pub fn bytes(self) -> Bytes {
        let request = self.call().request().expect("the message is as Meta wants it");
        match request.into_body() {
            Body::Json(json) => json.into(),
            other => panic!("a message is sent as JSON: {other:?}"),
        }
    }
}

/// Over what a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Plain HTTP to this machine.
    Http,
    /// HTTPS to `graph.facebook.com`, by a proxy on this machine.
    Https,
}

impl Wire {
    /// What it is called in tables and lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// The wire that [`WIRE`] names; none in a program that nobody started to send.
    pub fn named() -> Option<Self> {
        let name = env::var(WIRE).ok()?;
        [Self::Http, Self::Https].into_iter().find(|wire| wire.name() == name)
    }

    /// The variables for a program that sends over it to the server there.
    ///
    /// The peers' base URLs are fixed, or those of a variable; so HTTPS goes by a proxy.
    pub fn variables(self, server: SocketAddr) -> Vec<(&'static str, String)> {
        let url = format!("http://{server}");
        let mut variables = vec![(WIRE, self.name().to_owned()), (SERVER, server.to_string())];
        match self {
            Self::Http => variables.push(("API_BASE_URL_FOR_TESTING", url)),
            Self::Https => {
                let trusted = concat!(env!("CARGO_MANIFEST_DIR"), "/tls/authority.pem");
                variables.push(("HTTPS_PROXY", url));
                variables.push(("SSL_CERT_FILE", trusted.to_owned()));
            }
        }
        variables
    }
}

/// One that sends.
pub struct Sender {
    /// What it is called in tables and lines.
    pub name: &'static str,
    how: How,
}

enum How {
    Ours(Client),
    Bare {
        http: reqwest::Client,
        url: String,
        bodies: [Bytes; 3],
    },
    #[cfg(feature = "peers")]
    Whatsapp(whatsapp::WhatsappClient),
    #[cfg(feature = "peers")]
    Transcribed {
        http: reqwest::Client,
        version: String,
    },
    #[cfg(feature = "peers")]
    Business(whatsapp_business_rs::Client),
}

/// The address of the server that [`SERVER`] names.
///
/// # Panics
///
/// When it names none.
pub fn server() -> SocketAddr {
    let address = env::var(SERVER).ok().and_then(|address| address.parse().ok());
    address.expect("started by `outbound`, which says where its server is")
}

/// Everybody who can send over this wire, ours first.
pub fn all(wire: Wire) -> Vec<Sender> {
    let mut all = vec![ours(wire), bare(wire)];
    all.extend(peers::all(wire));
    all
}

fn base(wire: Wire) -> String {
    match wire {
        Wire::Http => format!("http://{}", server()),
        Wire::Https => "https://graph.facebook.com".to_owned(),
    }
}

fn ours(wire: Wire) -> Sender {
    let client = Client::builder(SecretString::from(TOKEN)).base_url(base(wire)).build();
    Sender { name: "whatsapp-cloud", how: How::Ours(client.expect("the base URL is one")) }
}

/// No message, no reading of the answer, no time-out: bytes out and bytes in, by the same library.
fn bare(wire: Wire) -> Sender {
    let http = reqwest::Client::new();
    let url = format!("{}/v25.0/{FROM}/messages", base(wire));
    let how = How::Bare { http, url, bodies: Case::ALL.map(Case::bytes) };
    Sender { name: "bare reqwest", how }
}

impl Sender {
    /// Whether it has such messages.
    pub fn can_send(&self, case: Case) -> bool {
        match &self.how {
            How::Ours(_) | How::Bare { .. } => Case::ALL.contains(&case),
            #[cfg(feature = "peers")]
            How::Whatsapp(_) | How::Transcribed { .. } => Case::ALL.contains(&case),
            #[cfg(feature = "peers")]
            How::Business(_) => case != Case::Template,
        }
    }

    /// Sends one message, and says how long the id of the answer is.
    ///
    /// # Panics
    ///
    /// When it is not sent.
    pub async fn send(&self, case: Case) -> usize {
        match &self.how {
            How::Ours(client) => {
                let sent = client.phone_number(FROM).send(case.message()).await;
                sent.expect("the server takes everything").id().as_str().len()
            }
            How::Bare { http, url, bodies } => {
                let request = http
                    .post(url)
                    .bearer_auth(TOKEN)
                    .header(reqwest::header::CONTENT_TYPE, "application/json")
                    .body(bodies[case as usize].clone());
                let response = request.send().await.expect("the server takes everything");
                response.bytes().await.expect("the server answers").len()
            }
            #[cfg(feature = "peers")]
            How::Whatsapp(client) => {
                let sent = client.send_message(&peers::whatsapp_message(case)).await;
                sent.expect("the server takes everything").messages[0].id.len()
            }
            #[cfg(feature = "peers")]
            How::Transcribed { http, version } => {
                let message = peers::whatsapp_message(case);
                let url = peers::whatsapp_url(&base(Wire::Http), version);
                peers::whatsapp_post(http, &url, &message).await.messages[0].id.len()
            }
            #[cfg(feature = "peers")]
            How::Business(client) => {
                let manager = client.message(whatsapp_business_rs::IdentityRef::business(FROM));
                let to = whatsapp_business_rs::IdentityRef::user(TO);
                let sent = match case {
                    Case::Text => manager.send(to, TEXT).await,
                    Case::List => manager.send(to, peers::business_list()).await,
                    Case::Template => panic!("it has no templates"),
                };
                sent.expect("the server takes everything").message_id().len()
            }
        }
    }
}

#[cfg(not(feature = "peers"))]
mod peers {
    use super::{Sender, Wire};

    pub(super) fn all(_: Wire) -> Vec<Sender> {
        Vec::new()
    }
}

#[cfg(feature = "peers")]
mod peers {
    use whatsapp::models::{
        Component, ComponentType, Interactive, InteractiveActionSection,
        InteractiveActionSectionRow, Message, MessageResponse, Parameter, Template, Text,
    };
    use whatsapp_business_rs::message::{InteractiveMessage, OptionButton, OptionList, Section};

    use super::{
        BUTTON, Case, FROM, How, LANGUAGE, NAME, QUESTION, ROWS, SECTIONS, Sender, TEXT, TITLE, TO,
        TOKEN, VALUES, Wire,
    };

    pub(super) fn all(wire: Wire) -> Vec<Sender> {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let connect = whatsapp_business_rs::Client::new(TOKEN);
        let connected = runtime.expect("a runtime without I/O asks for nothing").block_on(connect);
        let business = How::Business(connected.expect("the token is one"));
        let client = whatsapp::WhatsappClient::new(TOKEN, FROM);
        let whatsapp = match wire {
            // Its base URL is fixed.
            Wire::Http => Sender {
                name: "whatsapp (its send, transcribed)",
                how: How::Transcribed {
                    http: reqwest::Client::new(),
                    version: client.version().to_owned(),
                },
            },
            Wire::Https => Sender { name: "whatsapp", how: How::Whatsapp(client) },
        };
        vec![whatsapp, Sender { name: "whatsapp-business-rs", how: business }]
    }

    pub(super) fn whatsapp_message(case: Case) -> Message {
        match case {
            Case::Text => Message::from_text(TO, Text::new(TEXT), None),
            Case::Template => {
                let header = vec![Parameter::from_text(TITLE)];
                let body = VALUES.iter().copied().map(Parameter::from_text).collect();
                let components = vec![
                    Component::with_parameters(ComponentType::Header, header),
                    Component::with_parameters(ComponentType::Body, body),
                ];
                let template = Template::with_components(NAME, LANGUAGE, components);
                Message::from_template(TO, template, None)
            }
            Case::List => {
                let section = |(number, section): (usize, &&str)| {
                    let rows = ROWS.iter().map(|(id, title, description)| {
                        let id = format!("{number}-{id}");
                        InteractiveActionSectionRow::with_description(&id, title, description)
                    });
                    InteractiveActionSection::with_title(rows.collect(), section)
                };
                let sections = SECTIONS.iter().enumerate().map(section).collect();
                Message::from_interactive(
                    TO,
                    Interactive::for_list(BUTTON, sections, QUESTION),
                    None,
                )
            }
        }
    }

    /// What `WhatsappClient::messages_api_url` makes anew for each send, in as many steps.
    pub(super) fn whatsapp_url(base: &str, version: &str) -> String {
        let base = format!("{base}/{version}");
        format!("{base}/{FROM}/messages")
    }

    /// What `WhatsappClient::send_message` does, but for its base URL.
    pub(super) async fn whatsapp_post(
        http: &reqwest::Client,
        url: &str,
        message: &Message,
    ) -> MessageResponse {
        let sent = http.post(url).bearer_auth(TOKEN).json(&message).send().await;
        let response = sent.expect("the server takes everything");
        assert_eq!(response.status(), reqwest::StatusCode::OK);
        response.json().await.expect("the server answers as Meta does")
    }

    pub(super) fn business_list() -> InteractiveMessage {
        let section = |(number, section): (usize, &str)| {
            let rows = ROWS.map(|(id, title, description)| {
                OptionButton::new(description, title, format!("{number}-{id}"))
            });
            Section::new(section, rows)
        };
        let sections = SECTIONS.into_iter().enumerate().map(section);
        InteractiveMessage::new(OptionList::new_sections(sections, BUTTON), QUESTION)
    }
}

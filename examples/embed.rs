//! A desk in an axum service that was there before: its routes and its state stay, and beside them
//! come the webhook and what agents do.
//!
//! `cargo run --release --example embed` plays a story and ends: a customer writes, an agent of the
//! service lists what is theirs and replies over HTTP, and the service's own route still answers.
//! `-- desk.toml` reads another configuration than the one beside this file.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use atendimento_core::Desk;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::configuration::Configuration;
use atendimento_core::domain::routing::Level;
use atendimento_core::domain::{AgentProfile, Event, Presence};
use atendimento_core::engine::{ActError, Hint, Reply};
use atendimento_core::id::{ConversationId, QueueId, SystemRandomness};
use atendimento_core::store::Listing;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::vault::{FileKeys, Vault};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use whatsapp_cloud::simulator::Simulator;
use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes, route};
use whatsapp_cloud::webhook::{Handshake, Verifier};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const CUSTOMER: &str = "5511999990001";

/// What the service had, and the desk.
#[derive(Clone)]
struct Service {
    orders: Arc<BTreeMap<u32, &'static str>>,
    desk: Desk,
}

/// The routes that were there.
fn orders() -> Router<Service> {
    let order = async |State(service): State<Service>, Path(id): Path<u32>| {
        service.orders.get(&id).copied().ok_or(StatusCode::NOT_FOUND)
    };
    Router::new().route("/orders/{id}", get(order))
}

/// What agents do, as whom the service knows them.
fn agents() -> Router<Service> {
    Router::new()
        .route("/conversations", get(list))
        .route("/conversations/{id}/replies", post(reply))
}

async fn list(State(service): State<Service>, Me(me): Me) -> Result<Json<Value>, Refused> {
    let theirs = service.desk.list(&me, &Listing::default(), 50).await?;
    let lines = theirs.iter().map(|it| {
        json!({ "id": it.id.to_string(), "status": it.status(), "assignment": it.assignment() })
    });
    Ok(Json(lines.collect()))
}

async fn reply(
    State(service): State<Service>,
    Me(me): Me,
    Path(id): Path<String>,
    Json(said): Json<Value>,
) -> Result<Json<Value>, Refused> {
    let id: ConversationId = id.parse().map_err(|_| ActError::NotFound)?;
    let assignment = serde_json::from_value(said["assignment"].clone());
    let assignment = assignment.map_err(|_| ActError::NotFound)?;
    let (key, text) = (said["key"].as_str(), said["text"].as_str());
    let reply = Reply::text(key.unwrap_or_default(), assignment, text.unwrap_or_default());
    let message = service.desk.reply(&me, id, reply).await?;
    Ok(Json(json!({ "message": message.to_string() })))
}

/// Who is signed in. A service of yours takes this from its session, and never from a header.
struct Me(Actor);

impl FromRequestParts<Service> for Me {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, StatusCode> {
        let name = parts.headers.get("x-agent").and_then(|name| name.to_str().ok());
        let name = name.ok_or(StatusCode::UNAUTHORIZED)?;
        Ok(Self(Actor::new(name, "default", Role::AGENT)))
    }
}

/// What a desk refuses, as a status: the sentence names no customer.
struct Refused(ActError);

impl From<ActError> for Refused {
    fn from(error: ActError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            ActError::Denied(_) => StatusCode::FORBIDDEN,
            ActError::NotFound => StatusCode::NOT_FOUND,
            ActError::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::CONFLICT,
        };
        (status, self.0.to_string()).into_response()
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/configuration/desk.toml"));
    let path = std::env::args().nth(1).map_or_else(beside, PathBuf::from);
    let configuration = Configuration::from_toml(&std::fs::read_to_string(path)?)?;

    // Meta, played on this machine.
    let (secret, token) = (|| SecretString::from("app secret"), || SecretString::from("token"));
    let simulator = Simulator::builder().app_secret(secret()).verify_token(token()).start().await?;

    // The desk, and the service with it.
    let data = tempfile::tempdir()?;
    let keys = FileKeys::open_or_create(data.path().join("keys.json"), &SystemRandomness)?;
    let vault = Vault::new(Arc::new(keys), Arc::new(SystemRandomness))?;
    let store = SqliteStore::open(data.path().join("desk.db"))?;
    let desk = Desk::builder(store, vault, WhatsApp::new(simulator.client()?))
        .account(simulator.phone_number_id().as_str(), "service")
        .configuration(configuration)
        .build()?;
    let running = desk.run();
    let receiver = desk.clone();
    let receive = move |delivery: VerifiedBytes| {
        let desk = receiver.clone();
        async move { Answer::from(desk.receive(WhatsApp::authentic(&delivery.verified())).await) }
    };
    let webhook = route(Verifier::new([secret()])?, Handshake::new(token())?, receive);
    let service = Service { orders: Arc::new([(7, "shipped")].into()), desk: desk.clone() };
    let app = orders().merge(agents()).with_state(service).nest("/webhook", webhook);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(axum::serve(listener, app).into_future());
    simulator.set_callback(&format!("http://{address}/webhook")).await?;

    // Bia knows what is asked for, and is there; Ana writes.
    let admin = Actor::new("admin", "default", Role::ADMINISTRATOR);
    let bia = Actor::new("bia", "default", Role::AGENT);
    let held = desk.configuration(&admin).await?;
    let asked = held.document();
    let mut profile = AgentProfile::chats(asked.queues.keys().map(QueueId::as_str), 3);
    profile.skills.extend(asked.skills.iter().map(|skill| (skill.clone(), Level::BEST)));
    desk.enroll(&admin, &bia.id, &profile).await?;
    desk.set_presence(&bia, &bia.id, Presence::Available).await?;
    let mut feed = desk.feed(&bia)?;
    let ana = simulator.customer(CUSTOMER);
    ana.says("Olá!").await;
    while let Some(hint) = feed.next().await {
        match hint {
            Hint::Fact(fact) => match fact.event {
                Event::Offered { fence, .. } => {
                    desk.accept(&bia, fact.conversation, fence).await?;
                }
                Event::Assigned { .. } => break,
                _ => {}
            },
            Hint::Missed => return Err("some facts were missed".into()),
        }
    }

    // Over HTTP, as an agent's screen does it.
    let mine: Value = serde_json::from_str(&ask(address, "GET /conversations", "bia", "").await?)?;
    println!("bia has    {mine}");
    let said = json!({ "key": "1", "assignment": mine[0]["assignment"], "text": "Oi, Ana!" });
    let path =
        format!("POST /conversations/{}/replies", mine[0]["id"].as_str().unwrap_or_default());
    println!("caio       {}", ask(address, &path, "caio", &said.to_string()).await?);
    println!("bia        {}", ask(address, &path, "bia", &said.to_string()).await?);
    while let Some(Hint::Fact(fact)) = feed.next().await {
        if matches!(fact.event, Event::DeliveryAdvanced { .. }) {
            break;
        }
    }
    println!("ana got    {} message", ana.inbox().len());
    println!("order 7    {}", ask(address, "GET /orders/7", "bia", "").await?);

    simulator.shutdown().await;
    server.abort();
    running.shutdown().await;
    Ok(())
}

/// The body of what the service answers.
async fn ask(address: SocketAddr, what: &str, who: &str, body: &str) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "{what} HTTP/1.1\r\nHost: localhost\r\nX-Agent: {who}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or("the answer has no head")?;
    Ok(body.to_owned())
}

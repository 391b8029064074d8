//! The main job on this machine alone: a customer writes, an agent answers, it is read.
//!
//! `cargo run --release --example desk` tells the story as it happens and stays up;
//! `-- --once` ends after the story and says in JSON what it observed;
//! `-- --port 8080` serves the webhook on a port of your choice.
//!
//! Everything is real but Meta: the webhook, the signatures, SQLite, the queue, the sending.
//! Meta is played by the simulator of `whatsapp-cloud`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use atendimento_core::Desk;
use atendimento_core::channel::whatsapp::WhatsApp;
use atendimento_core::crm::LogCrm;
use atendimento_core::domain::access::{Actor, Role};
use atendimento_core::domain::{AgentProfile, Content, Delivery, Direction, Event, Presence};
use atendimento_core::engine::{ActError, Hint, Reply};
use atendimento_core::id::{ConversationId, SystemRandomness};
use atendimento_core::store::Journaled;
use atendimento_core::store::sqlite::SqliteStore;
use atendimento_core::vault::{FileKeys, Vault};
use axum::Router;
use secrecy::SecretString;
use serde::Serialize;
use tokio::net::TcpListener;
use whatsapp_cloud::simulator::Simulator;
use whatsapp_cloud::webhook::axum::{Answer, VerifiedBytes, route};
use whatsapp_cloud::webhook::{Handshake, Verifier};

type Failure = Box<dyn std::error::Error>;

const APP_SECRET: &str = "the app secret of the simulated app";
const VERIFY_TOKEN: &str = "the verify token of the simulated app";
const CUSTOMER: &str = "5511999990001";
/// How long a request that was begun may take to end when the desk stops.
const DEADLINE: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    match run(&options).await {
        Ok(code) => code,
        Err(error) => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            eprintln!("{error}{cause}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<ExitCode, Failure> {
    // What can be wrong is found out before anything starts.
    let listener = TcpListener::bind(("127.0.0.1", options.port))
        .await
        .map_err(|error| format!("cannot listen on port {}: {}", options.port, error.kind()))?;
    let data = tempfile::tempdir()?;
    let at = |name: &str| data.path().join(name);

    // Meta, played on this machine.
    let simulator = Simulator::builder()
        .app_secret(SecretString::from(APP_SECRET))
        .verify_token(SecretString::from(VERIFY_TOKEN))
        .start()
        .await?;

    // The desk: where it keeps things, how it seals them, where customers are, whom it tells.
    let keys = FileKeys::open_or_create(at("keys.json"), &SystemRandomness)?;
    let vault = Vault::new(Arc::new(keys), Arc::new(SystemRandomness))?;
    let store = SqliteStore::open(at("desk.db"))?;
    let desk = Desk::builder(store, vault, WhatsApp::new(simulator.client()?))
        .crm(LogCrm::open(at("crm.jsonl"))?)
        .account(simulator.phone_number_id().as_str(), "service")
        .build()?;
    let mut feed = desk.feed(&Actor::new("screen", "default", Role::AUDITOR))?;
    let running = desk.run();

    // The webhook: 200 only after the delivery is durable.
    let webhook = format!("http://{}/webhook", listener.local_addr()?);
    let verifier = Verifier::new([SecretString::from(APP_SECRET)])?;
    let handshake = Handshake::new(SecretString::from(VERIFY_TOKEN))?;
    let receiver = desk.clone();
    let receive = move |delivery: VerifiedBytes| {
        let desk = receiver.clone();
        async move { Answer::from(desk.receive(WhatsApp::authentic(&delivery.verified())).await) }
    };
    let app = Router::new().nest("/webhook", route(verifier, handshake, receive));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    let server = tokio::spawn(server.into_future());
    simulator.set_callback(&webhook).await?;
    println!("webhook    {webhook}  (data in {})", data.path().display());

    // One agent, who is there.
    let admin = actor("admin", Role::ADMINISTRATOR);
    let bia = actor("bia", Role::AGENT);
    desk.enroll(&admin, &bia.id, &AgentProfile::chats(["service"], 3)).await?;
    desk.set_presence(&bia, &bia.id, Presence::Available).await?;

    // The story.
    let mut seen = Seen::default();
    let ana = simulator.customer(CUSTOMER).named("Ana");
    println!("customer   Ana writes: Olá, onde está o meu pedido?");
    ana.says("Olá, onde está o meu pedido?").await;
    let story = async {
        while !seen.told() {
            match feed.next().await {
                Some(Hint::Fact(fact)) => tell(&desk, &bia, &fact, &mut seen).await?,
                Some(Hint::Missed) => println!("desk       (some lines were missed)"),
                None => break,
            }
        }
        Ok::<_, Failure>(())
    };
    let outcome = match tokio::time::timeout(PATIENCE, story).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("the story did not end within {PATIENCE:?}").into()),
    };
    if let Err(error) = outcome {
        eprintln!("{error}");
    }
    seen.received = simulator.deliveries().iter().any(|delivery| delivery.status() == Some(200));
    seen.replied &= ana.inbox().len() == 1;

    if !options.once {
        println!("\nWrite to the desk as a customer (Ctrl-C ends):\n");
        println!(
            "  curl -X POST {}/simulator/customers/{CUSTOMER}/messages \\\n       \
             -H 'Content-Type: application/json' -d '{{\"text\": \"Oi!\"}}'\n",
            simulator.base_url()
        );
        let stories = async {
            while let Some(hint) = feed.next().await {
                match hint {
                    Hint::Fact(fact) => tell(&desk, &bia, &fact, &mut seen).await?,
                    Hint::Missed => println!("desk       (some lines were missed)"),
                }
            }
            Ok::<_, Failure>(())
        };
        tokio::select! {
            outcome = stories => outcome?,
            signal = tokio::signal::ctrl_c() => signal?,
        }
    }

    // In order: no new deliveries, those that were begun, then the work. Ctrl-C again ends it now.
    tokio::spawn(async {
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(130);
        }
    });
    let _ = stop.send(());
    simulator.shutdown().await;
    if let Ok(ended) = tokio::time::timeout(DEADLINE, server).await {
        ended??;
    }
    running.shutdown().await;
    if options.once {
        println!("{}", serde_json::to_string(&seen)?);
    }
    Ok(if seen.all() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Tells a fact in a line; when the customer's message is theirs, the agent answers it.
async fn tell(desk: &Desk, bia: &Actor, fact: &Journaled, seen: &mut Seen) -> Result<(), Failure> {
    match &fact.event {
        Event::Opened { .. } => println!("desk       conversation {} opened", fact.conversation),
        Event::MessageReceived { message, .. } => {
            seen.stored |= desk.store().message(*message).await?.is_some();
            println!("desk       message {message} stored");
            answer(desk, bia, fact.conversation).await?;
        }
        Event::Queued { ticket } => println!("desk       waiting in queue {}", ticket.queue),
        Event::Assigned { agent, .. } => {
            seen.assigned = true;
            println!("desk       assigned to {agent}");
            answer(desk, bia, fact.conversation).await?;
        }
        Event::ReplyQueued { message, by, .. } => println!("{by}        replies: {message}"),
        Event::DeliveryAdvanced { message, delivery } => {
            seen.replied |= matches!(delivery, Delivery::Accepted);
            seen.delivered |= matches!(delivery, Delivery::Delivered);
            seen.read |= matches!(delivery, Delivery::Read);
            println!("whatsapp   message {message} is {delivery:?}");
        }
        Event::RecordedInCrm { message } => {
            seen.crm = true;
            println!("crm        knows message {message} and its customer");
        }
        other => println!("desk       {other:?}"),
    }
    Ok(())
}

/// Answers the customer's last message, once.
async fn answer(desk: &Desk, bia: &Actor, conversation: ConversationId) -> Result<(), Failure> {
    let Ok(view) = desk.read(bia, conversation).await else {
        return Ok(()); // not hers (yet)
    };
    let (Some(fence), Some(last)) = (view.conversation.assignment(), view.messages.last()) else {
        return Ok(());
    };
    if last.direction == Direction::Outbound {
        return Ok(());
    }
    if let Content::Received(received) = &last.content {
        println!("bia        reads: {}", received.text.as_deref().unwrap_or("(no text)"));
    }
    let name = view.profile.name.as_deref().unwrap_or("cliente");
    // The key is the same for the same message: answering twice is answering once.
    let mut reply = Reply::text(last.id.to_string(), fence, format!("Oi, {name}! Já estou vendo."));
    reply.in_reply_to = Some(last.id);
    match desk.reply(bia, conversation, reply).await {
        Ok(_) => {}
        // Somebody else has it by now, or it is older than a day: said, and nothing is lost.
        Err(error @ (ActError::Denied(_) | ActError::Rejected(_))) => {
            println!("bia        cannot reply: {error}");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn actor(id: &str, role: Role) -> Actor {
    Actor::new(id, "default", role)
}

/// What was observed of the story.
#[derive(Default, Serialize)]
struct Seen {
    received: bool,
    stored: bool,
    crm: bool,
    assigned: bool,
    replied: bool,
    delivered: bool,
    read: bool,
}

impl Seen {
    /// Whether the desk has told the whole story.
    fn told(&self) -> bool {
        self.stored && self.crm && self.assigned && self.replied && self.delivered && self.read
    }

    /// Whether Meta's side has seen it too.
    fn all(&self) -> bool {
        self.received && self.told()
    }
}

struct Options {
    once: bool,
    port: u16,
}

impl Options {
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { once: false, port: 0 };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--once" => options.once = true,
                "--port" => {
                    options.port = arguments
                        .next()
                        .and_then(|port| port.parse().ok())
                        .ok_or("--port needs a number from 0 to 65535")?;
                }
                _ => return Err(format!("unknown argument {argument}: --once or --port N")),
            }
        }
        Ok(options)
    }
}

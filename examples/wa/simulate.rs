//! `wa simulate`: a Cloud API on this machine, for programs in any language.

use std::io::Write;
use std::time::Duration;

use serde::Serialize;
use whatsapp_cloud::simulator::Simulator;

use crate::send::sentence;
use crate::{FINE, Failure, Options, complain, print, secret};

pub(crate) const OPTIONS: [&str; 7] = [
    "--port",
    "--callback",
    "--token-env",
    "--secret-env",
    "--verify-token-env",
    "--throughput",
    "--batch",
];

/// How often a callback is asked that does not answer yet.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// Where it is and what it is called, printed once it listens.
#[derive(Serialize)]
struct Started<'s> {
    base_url: &'s str,
    app_id: String,
    account_id: &'s str,
    phone_number_id: &'s str,
    phone_number: String,
}

/// The callback has answered: from now on webhooks are posted there.
#[derive(Serialize)]
struct Subscribed<'s> {
    callback: &'s str,
}

/// Runs until Ctrl-C.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> Result<u8, Failure> {
    if !options.files.is_empty() {
        return Err("simulate takes no files".into());
    }
    let mut builder = Simulator::builder();
    if let Some(port) = options.text("--port")? {
        builder = builder.port(port.parse().map_err(|_| "--port is no port")?);
    }
    if let Some(messages) = options.text("--throughput")? {
        let messages = messages.parse().map_err(|_| "--throughput is a number of messages")?;
        builder = builder.throughput(messages);
    }
    if let Some(updates) = options.text("--batch")? {
        let updates = updates.parse().map_err(|_| "--batch is a number of updates")?;
        builder = builder.batch(updates);
    }
    if let Some(variable) = options.text("--token-env")? {
        builder = builder.token(secret(variable)?);
    }
    if let Some(variable) = options.text("--secret-env")? {
        builder = builder.app_secret(secret(variable)?);
    }
    if let Some(variable) = options.text("--verify-token-env")? {
        builder = builder.verify_token(secret(variable)?);
    }
    let callback = options.text("--callback")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let simulator = builder.start().await.map_err(|error| sentence(&error))?;
        let started = Started {
            base_url: simulator.base_url(),
            app_id: simulator.app_id().to_string(),
            account_id: simulator.account_id().as_str(),
            phone_number_id: simulator.phone_number_id().as_str(),
            phone_number: simulator.phone_number(),
        };
        print(&started, out)?;
        out.flush()?;
        tokio::select! {
            () = subscribe(&simulator, callback, out) => {}
            stopped = tokio::signal::ctrl_c() => {
                stopped?;
                simulator.shutdown().await;
            }
        }
        Ok(FINE)
    })
}

/// Asks the callback until it answers the handshake, says so, and leaves it at that.
async fn subscribe(simulator: &Simulator, callback: Option<&str>, out: &mut impl Write) {
    if let Some(callback) = callback {
        let mut complained = false;
        while let Err(error) = simulator.set_callback(callback).await {
            if !complained {
                complain(&format!("{}; asking again", sentence(&error)));
                complained = true;
            }
            tokio::time::sleep(ASK_AGAIN).await;
        }
        // Whoever reads no further than where it is still wants it to run.
        let _ = print(&Subscribed { callback }, out).and_then(|()| Ok(out.flush()?));
    }
    std::future::pending().await
}

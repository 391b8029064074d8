//! `wa simulate`: a Cloud API on this machine, for programs in any language.

use std::io::Write;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use serde::Serialize;
use whatsapp_cloud::simulator::Simulator;

use crate::send::sentence;
use crate::{FINE, Failure, Options, complain, print, secret};

pub(crate) const OPTIONS: [&str; 13] = [
    "--port",
    "--callback",
    "--token-env",
    "--secret-env",
    "--verify-token-env",
    "--throughput",
    "--batch",
    "--review",
    "--retry-first",
    "--app-id",
    "--account-id",
    "--phone-number-id",
    "--phone-number",
];

/// Those that stand alone.
pub(crate) const FLAGS: [&str; 2] = ["--require-proof", "--no-auto-read"];

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
        let messages: NonZeroU32 =
            messages.parse().map_err(|_| "--throughput is a number of messages")?;
        builder = builder.throughput(messages.get());
    }
    if let Some(updates) = options.text("--batch")? {
        let updates: NonZeroUsize =
            updates.parse().map_err(|_| "--batch is a number of updates")?;
        builder = builder.batch(updates.get());
    }
    if let Some(seconds) = options.text("--review")? {
        let seconds = seconds.parse().ok().and_then(|wait| Duration::try_from_secs_f64(wait).ok());
        builder = builder.review(seconds.ok_or("--review is a number of seconds")?);
    }
    if let Some(wait) = options.text("--retry-first")? {
        let wait: NonZeroU32 =
            wait.parse().map_err(|_| "--retry-first is a number of milliseconds")?;
        builder = builder.retry_first(Duration::from_millis(wait.get().into()));
    }
    if let Some(id) = options.text("--app-id")? {
        builder = builder.app_id(digits("--app-id", id)?);
    }
    if let Some(id) = options.text("--account-id")? {
        builder = builder.account_id(digits("--account-id", id)?);
    }
    if let Some(id) = options.text("--phone-number-id")? {
        builder = builder.phone_number_id(digits("--phone-number-id", id)?);
    }
    if let Some(number) = options.text("--phone-number")? {
        builder = builder.phone_number(digits("--phone-number", number)?);
    }
    if options.has("--require-proof") {
        builder = builder.require_proof(true);
    }
    if options.has("--no-auto-read") {
        builder = builder.auto_read(false);
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

fn digits<'o>(option: &str, text: &'o str) -> Result<&'o str, Failure> {
    match !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text),
        false => Err(format!("{option} has digits only").into()),
    }
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
    std::future::pending::<()>().await;
}

//! A server that waits for nobody for ever.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How patient [`serve`] is.
///
/// ```
/// use std::time::Duration;
///
/// use whatsapp_cloud::webhook::axum::Serving;
///
/// let patient = Serving { grace: Duration::from_secs(30), ..Serving::default() };
/// assert_eq!(patient.header_timeout, Duration::from_secs(5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serving {
    /// How long the head of a request may take to come, from when the connection is open or
    /// the request before it is answered: 5 seconds. So long an unused connection is kept.
    pub header_timeout: Duration,
    /// How long requests that were begun may take when the server stops: 10 seconds. What
    /// is not answered by then is cut off; Meta sends it again.
    pub grace: Duration,
}

impl Default for Serving {
    fn default() -> Self {
        Self { header_timeout: Duration::from_secs(5), grace: Duration::from_secs(10) }
    }
}

/// Serves `app` over HTTP/1, until `stop` is ready and the open requests are answered.
///
/// Like `axum::serve`, and besides:
///
/// - A connection whose request head does not come in time is closed.
/// - After `stop`, no connection is accepted, and those without a request are closed at once.
///   One that has sent a part of a head is closed after what is left of its time.
/// - After `grace`, whatever is still open is closed.
///
/// ```
/// use axum::Router;
/// use tokio::net::TcpListener;
/// use whatsapp_cloud::webhook::axum::{Serving, serve};
///
/// # async fn run(app: Router, stop: impl Future<Output = ()>) -> std::io::Result<()> {
/// let listener = TcpListener::bind("127.0.0.1:8080").await?;
/// // `stop` is what the process waits for, say `tokio::signal::ctrl_c()`.
/// serve(listener, app, Serving::default(), stop).await;
/// # Ok(()) }
/// ```
pub async fn serve<L: Listener>(
    mut listener: L,
    app: Router,
    serving: Serving,
    stop: impl Future<Output = ()>,
) {
    // Of one protocol only: waiting to see which one it is would have no time limit.
    let mut server = Builder::new(TokioExecutor::new()).http1_only();
    server.http1().timer(TokioTimer::new()).header_read_timeout(serving.header_timeout);
    let (stopping, stops) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            (stream, _) = listener.accept() => {
                connections.spawn(attend::<L>(stream, server.clone(), app.clone(), stops.clone()));
            }
            // What has ended is forgotten.
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    drop(stopping);
    let ending = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(serving.grace, ending).await.is_err() {
        tracing::warn!(open = connections.len(), "cut off connections that did not end in time");
        connections.shutdown().await;
    }
}

/// Answers what comes by one connection, until it ends or all are to.
async fn attend<L: Listener>(
    stream: L::Io,
    server: Builder<TokioExecutor>,
    app: Router,
    mut stops: watch::Receiver<()>,
) {
    let service = TowerToHyperService::new(app);
    let mut connection = pin!(server.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // What fails is between the two ends, and the other one knows.
        _ = connection.as_mut() => return,
        // An error: nothing is ever sent, the sender is dropped.
        _ = stops.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

//! Reading a body, as far as it may be kept.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, HttpBody as _};
use bytes::Bytes;

use crate::webhook::receive::{Intake, Reply};

/// Why a body was not read to its end.
pub(super) enum Stopped {
    /// It must not be kept.
    Refused(Reply),
    /// There is no more of it.
    BrokenOff,
}

/// Reads a body to its end. One that comes in one piece is not copied, and one whose length
/// is known gets its memory once.
pub(super) async fn collect(intake: &mut Intake, mut body: Body) -> Result<Bytes, Stopped> {
    let Some(first) = next(intake, &mut body).await? else { return Ok(Bytes::new()) };
    if body.is_end_stream() {
        return Ok(first);
    }
    let Some(second) = next(intake, &mut body).await? else { return Ok(first) };
    let mut whole = Vec::with_capacity(intake.announced().unwrap_or(first.len() + second.len()));
    whole.extend_from_slice(&first);
    whole.extend_from_slice(&second);
    // Small pieces may hold large buffers.
    drop((first, second));
    while let Some(piece) = next(intake, &mut body).await? {
        whole.extend_from_slice(&piece);
    }
    Ok(Bytes::from(whole))
}

/// The next piece, which may be kept.
async fn next(intake: &mut Intake, body: &mut Body) -> Result<Option<Bytes>, Stopped> {
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Stopped::BrokenOff)?;
        // What is no data are trailers: nothing that is signed.
        if let Ok(piece) = frame.into_data() {
            intake.take(piece.len()).map_err(Stopped::Refused)?;
            return Ok(Some(piece));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use secrecy::SecretString;

    use super::*;
    use crate::webhook::handshake::Handshake;
    use crate::webhook::receive::Receiver;
    use crate::webhook::signature::Verifier;

    fn intake(length: Option<usize>) -> Intake {
        let verifier = Verifier::new([SecretString::from("app-secret")]).unwrap();
        let handshake = Handshake::new(SecretString::from("verify-token")).unwrap();
        let signature = verifier.sign(b"");
        let length = length.map(|length| length.to_string());
        let signed = [("x-hub-signature-256", signature.as_bytes())];
        let announced = length.as_ref().map(|length| ("content-length", length.as_bytes()));
        let headers = signed.into_iter().chain(announced);
        Receiver::new(verifier, handshake).begin("POST", "", headers).unwrap()
    }

    async fn collected(length: Option<usize>, body: Body) -> Bytes {
        collect(&mut intake(length), body).await.ok().unwrap()
    }

    fn in_pieces(pieces: &[Bytes]) -> Body {
        let pieces: Vec<std::io::Result<Bytes>> = pieces.iter().cloned().map(Ok).collect();
        Body::from_stream(stream::iter(pieces))
    }

    #[tokio::test]
    async fn one_piece_is_not_copied() {
        let piece = Bytes::from(vec![b' '; 600]);
        for length in [None, Some(600)] {
            let whole = collected(length, Body::from(piece.clone())).await;
            assert_eq!(whole.as_ptr(), piece.as_ptr());
            // Whose end is known only when there is no more.
            let whole = collected(length, in_pieces(std::slice::from_ref(&piece))).await;
            assert_eq!(whole.as_ptr(), piece.as_ptr());
        }
    }

    #[tokio::test]
    async fn a_known_length_is_memory_once() {
        let pieces = [Bytes::from("one "), Bytes::from("two "), Bytes::from("three")];
        for length in [None, Some(13), Some(1_000)] {
            let whole = collected(length, in_pieces(&pieces)).await;
            assert_eq!(whole, "one two three");
            if let Some(length) = length {
                assert_eq!(Vec::from(whole).capacity(), length);
            }
        }
    }

    #[tokio::test]
    async fn nothing_is_a_body_too() {
        assert_eq!(collected(Some(0), Body::empty()).await, "");
        assert_eq!(collected(None, in_pieces(&[])).await, "");
    }
}

//! The bytes of a file that is sent: in memory, or read while it is sent.

use std::fmt;
use std::sync::Arc;

/// The bytes of a file: shared rather than copied, and never shown.
///
/// ```
/// use whatsapp_cloud::endpoint::Payload;
///
/// let payload = Payload::from(b"a picture".as_slice());
/// assert_eq!((payload.length(), payload.as_bytes()), (9, Some(b"a picture".as_slice())));
/// assert!(!format!("{payload:?}").contains("picture"));
/// ```
#[derive(Clone)]
pub struct Payload {
    contents: Contents,
    /// Where it begins in them, at most at their end.
    from: u64,
}

#[derive(Clone)]
enum Contents {
    Kept(Arc<Vec<u8>>),
    #[cfg(feature = "client")]
    Streamed(Arc<dyn Source>),
}

/// A file that is read while it is sent, so that it is never in memory as a whole.
///
/// ```
/// use std::sync::Arc;
///
/// use bytes::Bytes;
/// use futures_util::stream;
/// use whatsapp_cloud::endpoint::{Payload, Pieces, Source};
///
/// /// A file that is cut into pieces wherever it comes from.
/// struct Cut(Arc<[Bytes]>);
///
/// impl Source for Cut {
///     fn length(&self) -> u64 {
///         self.0.iter().map(|page| page.len() as u64).sum()
///     }
///
///     fn open(&self) -> Pieces {
///         let pages = Arc::clone(&self.0);
///         Box::pin(stream::iter((0..pages.len()).map(move |page| Ok(pages[page].clone()))))
///     }
/// }
///
/// let file = Cut(Arc::from([Bytes::from_static(b"a pic"), Bytes::from_static(b"ture")]));
/// assert_eq!(Payload::streamed(file).length(), 9);
/// ```
#[cfg(feature = "client")]
pub trait Source: Send + Sync {
    /// How many bytes it has: exactly as many must come, or the call fails.
    fn length(&self) -> u64;

    /// Its bytes from the beginning. Asked for again when a call is repeated.
    fn open(&self) -> Pieces;

    /// Its bytes from this one on, for an upload that goes on where it broke off. Reads over
    /// what comes before, where nothing better is said.
    fn open_at(&self, offset: u64) -> Pieces {
        skipped(self.open(), offset)
    }
}

/// What comes behind the first so many bytes.
#[cfg(feature = "client")]
fn skipped(pieces: Pieces, offset: u64) -> Pieces {
    use futures_util::{StreamExt as _, future};

    if offset == 0 {
        return pieces;
    }
    let mut left = offset;
    Box::pin(pieces.filter_map(move |piece| {
        future::ready(match piece {
            Ok(mut piece) => {
                let over = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
                left -= over as u64;
                let rest = piece.split_off(over);
                (!rest.is_empty()).then_some(Ok(rest))
            }
            Err(error) => Some(Err(error)),
        })
    }))
}

/// The same pieces, as long as they are `length` bytes together: fewer or more are an error. The
/// last piece is kept back until it is known that nothing follows, since whoever announced a
/// length reads no further.
#[cfg(feature = "client")]
fn exactly(mut pieces: Pieces, length: u64) -> Pieces {
    use std::io::Error;
    use std::task::{Poll, ready};

    let (mut left, mut last, mut is_over) = (length, None, false);
    Box::pin(futures_util::stream::poll_fn(move |context| {
        while !is_over {
            let piece = match ready!(pieces.as_mut().poll_next(context)) {
                Some(Ok(piece)) => piece,
                Some(Err(error)) => {
                    is_over = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None if left == 0 => break,
                None => {
                    is_over = true;
                    let error = Error::other("the file is shorter than it was said to be");
                    return Poll::Ready(Some(Err(error)));
                }
            };
            match left.checked_sub(piece.len() as u64) {
                Some(_) if piece.is_empty() => {}
                Some(0) => (left, last) = (0, Some(piece)),
                Some(rest) => {
                    left = rest;
                    return Poll::Ready(Some(Ok(piece)));
                }
                None => {
                    (is_over, last) = (true, None);
                    let error = Error::other("the file is longer than it was said to be");
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        is_over = true;
        Poll::Ready(last.take().map(Ok))
    }))
}

/// The bytes of a file, piece by piece.
#[cfg(feature = "client")]
pub type Pieces =
    std::pin::Pin<Box<dyn futures_util::Stream<Item = std::io::Result<bytes::Bytes>> + Send>>;

impl Payload {
    /// A file that is read while it is sent.
    ///
    /// ```
    /// use futures_util::stream;
    /// use whatsapp_cloud::endpoint::{Payload, Pieces, Source};
    ///
    /// /// Zeroes, made as they are wanted.
    /// struct Zeroes(u64);
    ///
    /// impl Source for Zeroes {
    ///     fn length(&self) -> u64 {
    ///         self.0
    ///     }
    ///
    ///     fn open(&self) -> Pieces {
    ///         let piece = bytes::Bytes::from_static(&[0; 1_000]);
    ///         let pieces = (0..self.0 / 1_000).map(move |_| Ok(piece.clone()));
    ///         Box::pin(stream::iter(pieces))
    ///     }
    /// }
    ///
    /// assert_eq!(Payload::streamed(Zeroes(5_000)).length(), 5_000);
    /// ```
    #[cfg(feature = "client")]
    pub fn streamed(source: impl Source + 'static) -> Self {
        Self { contents: Contents::Streamed(Arc::new(source)), from: 0 }
    }

    /// What is left of it behind the first so many bytes; nothing when it is no longer than
    /// that. What is in memory is shared.
    ///
    /// ```
    /// use whatsapp_cloud::endpoint::Payload;
    ///
    /// let file = Payload::from(b"a picture".as_slice());
    /// assert_eq!(file.rest(2).as_bytes(), Some(b"picture".as_slice()));
    /// assert_eq!(file.rest(2).rest(7).length(), 0);
    /// ```
    #[must_use]
    pub fn rest(&self, offset: u64) -> Self {
        let offset = offset.min(self.length());
        Self { contents: self.contents.clone(), from: self.from + offset }
    }

    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        let whole = match &self.contents {
            Contents::Kept(bytes) => bytes.len() as u64,
            #[cfg(feature = "client")]
            Contents::Streamed(source) => source.length(),
        };
        whole.saturating_sub(self.from)
    }

    /// Its bytes, when they are in memory.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.contents {
            Contents::Kept(bytes) => bytes.get(usize::try_from(self.from).ok()?..),
            #[cfg(feature = "client")]
            Contents::Streamed(_) => None,
        }
    }

    /// Its bytes from the beginning: as many as [`Payload::length`] says, or an error.
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    /// use whatsapp_cloud::endpoint::Payload;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let file = Payload::from(b"a picture".as_slice());
    /// let pieces: Vec<_> = file.pieces().try_collect().await?;
    /// assert_eq!(pieces.concat(), b"a picture");
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "client")]
    pub fn pieces(&self) -> Pieces {
        match &self.contents {
            Contents::Kept(bytes) => {
                let mut whole = bytes::Bytes::from_owner(Shared(Arc::clone(bytes)));
                let from = usize::try_from(self.from).unwrap_or(usize::MAX).min(whole.len());
                let rest = whole.split_off(from);
                Box::pin(futures_util::stream::iter([Ok(rest)]))
            }
            Contents::Streamed(source) => {
                let pieces = if self.from == 0 { source.open() } else { source.open_at(self.from) };
                exactly(pieces, self.length())
            }
        }
    }
}

/// Bytes that are borrowed by what is sent, and not copied.
#[cfg(feature = "client")]
struct Shared(Arc<Vec<u8>>);

#[cfg(feature = "client")]
impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Files in memory are equal when their bytes are; a streamed one only to itself.
impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.contents, &other.contents) {
            (Contents::Kept(_), Contents::Kept(_)) => self.as_bytes() == other.as_bytes(),
            #[cfg(feature = "client")]
            (Contents::Streamed(one), Contents::Streamed(whole)) => {
                Arc::ptr_eq(one, whole) && self.from == other.from
            }
            #[cfg(feature = "client")]
            (Contents::Kept(_), Contents::Streamed(_))
            | (Contents::Streamed(_), Contents::Kept(_)) => false,
        }
    }
}

impl Eq for Payload {}

impl From<Vec<u8>> for Payload {
    fn from(bytes: Vec<u8>) -> Self {
        Self { contents: Contents::Kept(Arc::new(bytes)), from: 0 }
    }
}

impl From<&[u8]> for Payload {
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} bytes)", self.length())
    }
}

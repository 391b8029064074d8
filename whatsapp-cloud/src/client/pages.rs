//! Going through a list page by page.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};

use futures_util::stream::{self, Stream};
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::endpoint::{Endpoint, Paced, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::{Further, Page};

/// The pages of a list, one after the other; see [`Client::pages`].
///
/// ```no_run
/// use whatsapp_cloud::Client;
/// use whatsapp_cloud::api::groups::{GroupSummary, ListGroups};
/// use whatsapp_cloud::client::Pages;
///
/// # async fn example(client: Client) -> whatsapp_cloud::Result<()> {
/// let mut pages: Pages<'_, ListGroups> = client.pages(ListGroups::new("106540352242922"));
/// let mut groups: Vec<GroupSummary> = Vec::new();
/// while let Some(page) = pages.next().await? {
///     groups.extend(page.data);
/// }
/// # Ok(()) }
/// ```
#[must_use = "nothing is asked before a page is"]
pub struct Pages<'c, E> {
    client: &'c Client,
    call: From<E>,
    /// A keyed hash of each place that was led to: eight bytes a page.
    seen: HashSet<u64>,
    key: RandomState,
    is_over: bool,
}

/// The call, from where the last page ended.
struct From<E> {
    call: E,
    after: Option<String>,
}

impl<E: Endpoint> Endpoint for From<E> {
    type Response = E::Response;
    const OPERATION: &'static str = E::OPERATION;
    const IDEMPOTENT: bool = E::IDEMPOTENT;

    fn request(&self) -> Result<Request> {
        let request = self.call.request()?;
        Ok(match &self.after {
            // A page before another one is meant for the first only.
            Some(after) => request.without_query("before").with_query_instead("after", after),
            None => request,
        })
    }

    fn paced(&self) -> Option<Paced<'_>> {
        self.call.paced()
    }
}

impl Client {
    /// Goes through a list: each page is asked for when it is wanted.
    ///
    /// ```no_run
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::api::block_list::ListBlockedUsers;
    ///
    /// # async fn example(client: Client) -> whatsapp_cloud::Result<()> {
    /// let mut pages = client.pages(ListBlockedUsers::new("106540352242922"));
    /// while let Some(page) = pages.next().await? {
    ///     println!("{} users", page.data.len());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn pages<T, E: Endpoint<Response = Page<T>>>(&self, call: E) -> Pages<'_, E> {
        Pages {
            client: self,
            call: From { call, after: None },
            seen: HashSet::new(),
            key: RandomState::new(),
            is_over: false,
        }
    }
}

impl<'c, T, E> Pages<'c, E>
where
    T: DeserializeOwned + Send + 'c,
    E: Endpoint<Response = Page<T>> + Sync + 'c,
{
    /// The next page; `None` behind the last one.
    ///
    /// After an error it may be asked for again.
    ///
    /// # Errors
    ///
    /// As [`Client::execute`]; [`ErrorKind::Unknown`] when Meta leads back to a page that was
    /// read before, which would never end, or says that there is a further page and not where.
    pub async fn next(&mut self) -> Result<Option<Page<T>>> {
        if self.is_over {
            return Ok(None);
        }
        let page = self.client.execute(&self.call).await?;
        match page.further() {
            Further::After(after) => {
                if !self.seen.insert(self.key.hash_one(&after)) {
                    return Err(self.broken("the next page is one that was read before"));
                }
                self.call.after = Some(after);
            }
            Further::Last => self.is_over = true,
            Further::Untold => {
                return Err(self.broken("there is a next page, and nothing says where it begins"));
            }
        }
        Ok(Some(page))
    }

    fn broken(&mut self, why: &'static str) -> Error {
        self.is_over = true;
        Error::new(E::OPERATION, ErrorKind::Unknown)
            .of_idempotent_call(E::IDEMPOTENT)
            .with_source(why)
    }

    /// The rows of all pages, one after the other. Ends with the first error.
    ///
    /// ```no_run
    /// use std::pin::pin;
    ///
    /// use futures_util::TryStreamExt as _;
    /// use whatsapp_cloud::Client;
    /// use whatsapp_cloud::api::block_list::ListBlockedUsers;
    ///
    /// # async fn example(client: Client) -> whatsapp_cloud::Result<()> {
    /// let users = client.pages(ListBlockedUsers::new("106540352242922")).rows();
    /// let mut users = pin!(users);
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{user:?}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn rows(self) -> impl Stream<Item = Result<T>> + Send + 'c
    where
        E: Send,
    {
        stream::try_unfold((self, VecDeque::new()), |(mut pages, mut rows)| async move {
            loop {
                if let Some(row) = rows.pop_front() {
                    return Ok(Some((row, (pages, rows))));
                }
                match pages.next().await? {
                    Some(page) => rows = VecDeque::from(page.data),
                    None => return Ok(None),
                }
            }
        })
    }
}

/// Shows which call it is.
impl<E: Endpoint> fmt::Debug for Pages<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &E::OPERATION)
            .field("is_over", &self.is_over)
            .finish_non_exhaustive()
    }
}

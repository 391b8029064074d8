//! Lists, page by page.
#![allow(missing_docs, clippy::unwrap_used)]

use std::pin::pin;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures_util::{StreamExt as _, TryStreamExt as _};
use secrecy::SecretString;
use whatsapp_cloud::client::{HttpRequest, HttpResponse, Transport, TransportError};
use whatsapp_cloud::endpoint::{Endpoint, Request};
use whatsapp_cloud::wire::Page;
use whatsapp_cloud::{Client, ErrorKind};

/// Answers with the pages it has, one after the other, and remembers what was asked.
struct Book {
    pages: Mutex<Vec<(u16, &'static str)>>,
    asked: Mutex<Vec<String>>,
}

impl Book {
    fn of(pages: &[(u16, &'static str)]) -> Arc<Self> {
        let pages = pages.iter().rev().copied().collect();
        Arc::new(Self { pages: Mutex::new(pages), asked: Mutex::default() })
    }

    fn client(self: &Arc<Self>) -> Client {
        let transport: Arc<dyn Transport> = Arc::clone(self) as _;
        Client::builder(SecretString::from("t")).transport(transport).build().unwrap()
    }

    /// The queries that were asked.
    fn asked(&self) -> Vec<String> {
        let query = |url: &String| url.split_once('?').map_or("", |(_, query)| query).to_owned();
        self.asked.lock().unwrap().iter().map(query).collect()
    }
}

#[async_trait]
impl Transport for Book {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.asked.lock().unwrap().push(request.url);
        let (status, page) = self.pages.lock().unwrap().pop().unwrap();
        Ok(HttpResponse::new(status, page))
    }
}

struct List;

impl Endpoint for List {
    type Response = Page<u32>;
    const OPERATION: &'static str = "list";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> whatsapp_cloud::Result<Request> {
        Ok(Request::get(["1", "list"]).with_query("limit", "2").with_query("before", "z"))
    }
}

const FIRST: (u16, &str) =
    (200, r#"{"data":[1,2],"paging":{"cursors":{"before":"a","after":"b/="},"next":"https://x"}}"#);
const SECOND: (u16, &str) =
    (200, r#"{"data":[3],"paging":{"cursors":{"before":"c","after":"d"},"next":"https://x"}}"#);
const LAST: (u16, &str) = (200, r#"{"data":[4],"paging":{"cursors":{"after":"e"}}}"#);
const FAILED: (u16, &str) = (500, r#"{"error":{"code":2,"message":"x"}}"#);

#[tokio::test]
async fn each_page_begins_where_the_last_one_ended() {
    let book = Book::of(&[FIRST, SECOND, LAST]);
    let client = book.client();
    let mut pages = client.pages(List);
    let mut rows = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        rows.push(page.data);
    }

    assert_eq!(rows, [vec![1, 2], vec![3], vec![4]]);
    assert_eq!(book.asked(), ["limit=2&before=z", "limit=2&after=b%2F%3D", "limit=2&after=d"]);
    // Behind the last one nothing is asked.
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(book.asked().len(), 3);
}

#[tokio::test]
async fn after_an_error_the_same_page_may_be_asked_for_again() {
    let book = Book::of(&[FIRST, FAILED, SECOND, (200, "{}")]);
    let client = book.client();
    let mut pages = client.pages(List);
    pages.next().await.unwrap();
    assert!(pages.next().await.is_err());
    assert_eq!(pages.next().await.unwrap().unwrap().data, [3]);
    assert_eq!(pages.next().await.unwrap().unwrap().data, [0; 0]);

    let asked = book.asked();
    assert_eq!(asked[1], asked[2]);
}

#[tokio::test]
async fn a_list_that_leads_back_to_itself_ends() {
    let book = Book::of(&[FIRST, FIRST, FIRST]);
    let client = book.client();
    let mut pages = client.pages(List);
    pages.next().await.unwrap();

    assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::Unknown);
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(book.asked().len(), 2);
}

#[tokio::test]
async fn the_rows_of_all_pages_are_one_stream_and_are_asked_for_when_wanted() {
    let book = Book::of(&[FIRST, SECOND, LAST]);
    let client = book.client();
    let rows: Vec<u32> = client.pages(List).rows().try_collect().await.unwrap();
    assert_eq!(rows, [1, 2, 3, 4]);

    let book = Book::of(&[FIRST, FAILED]);
    let client = book.client();
    let mut rows = pin!(client.pages(List).rows());
    assert_eq!(rows.next().await.unwrap().unwrap(), 1);
    assert_eq!(rows.next().await.unwrap().unwrap(), 2);
    assert_eq!(book.asked().len(), 1);
    assert!(rows.next().await.unwrap().is_err());
    assert!(rows.next().await.is_none());
}

//! Lists, page by page.
#![allow(missing_docs, clippy::unwrap_used)]

use std::pin::pin;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _};
use whatsapp_cloud::ErrorKind;
use whatsapp_cloud::endpoint::{Endpoint, Request};
use whatsapp_cloud::wire::Page;

mod support;

use support::{Scripted, answer};

/// Answers with these pages, one after the other.
fn meta<const N: usize>(pages: [(u16, &'static str); N]) -> Arc<Scripted> {
    Scripted::new(pages.map(|(status, page)| answer(status, page)))
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
    let book = meta([FIRST, SECOND, LAST]);
    let client = book.client();
    let mut pages = client.pages(List);
    let mut rows = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        rows.push(page.data);
    }

    assert_eq!(rows, [vec![1, 2], vec![3], vec![4]]);
    assert_eq!(book.queries(), ["limit=2&before=z", "limit=2&after=b%2F%3D", "limit=2&after=d"]);
    // Behind the last one nothing is asked.
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(book.queries().len(), 3);
}

#[tokio::test]
async fn after_an_error_the_same_page_may_be_asked_for_again() {
    let book = meta([FIRST, FAILED, SECOND, (200, "{}")]);
    let client = book.client();
    let mut pages = client.pages(List);
    pages.next().await.unwrap();
    assert!(pages.next().await.is_err());
    assert_eq!(pages.next().await.unwrap().unwrap().data, [3]);
    assert_eq!(pages.next().await.unwrap().unwrap().data, [0; 0]);

    let asked = book.queries();
    assert_eq!(asked[1], asked[2]);
}

#[tokio::test]
async fn a_list_that_leads_back_to_itself_ends() {
    let book = meta([FIRST, FIRST, FIRST]);
    let client = book.client();
    let mut pages = client.pages(List);
    pages.next().await.unwrap();

    assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::Unknown);
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(book.queries().len(), 2);
}

#[tokio::test]
async fn the_rows_of_all_pages_are_one_stream_and_are_asked_for_when_wanted() {
    let book = meta([FIRST, SECOND, LAST]);
    let client = book.client();
    let rows: Vec<u32> = client.pages(List).rows().try_collect().await.unwrap();
    assert_eq!(rows, [1, 2, 3, 4]);

    let book = meta([FIRST, FAILED]);
    let client = book.client();
    let mut rows = pin!(client.pages(List).rows());
    assert_eq!(rows.next().await.unwrap().unwrap(), 1);
    assert_eq!(rows.next().await.unwrap().unwrap(), 2);
    assert_eq!(book.queries().len(), 1);
    assert!(rows.next().await.unwrap().is_err());
    assert!(rows.next().await.is_none());
}

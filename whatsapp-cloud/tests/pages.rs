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

#[tokio::test]
async fn a_list_that_leads_in_a_circle_ends_however_large_the_circle() {
    let page = |after: &str| {
        let page = serde_json::json!({
            "data": [1],
            "paging": {"cursors": {"after": after}, "next": "https://x"},
        });
        answer(200, page.to_string())
    };
    for length in [1, 2, 3, 50] {
        // Three pages lead into the circle.
        let cursors = (0..3).map(|at| format!("in-{at}"));
        let circle = (0..3 * length).map(|at| format!("{}", at % length));
        let book = Scripted::new(cursors.chain(circle).map(|after| page(&after)));
        let client = book.client();
        let rows: Vec<_> = client.pages(List).rows().collect().await;

        assert_eq!(rows.last().unwrap().as_ref().unwrap_err().kind(), ErrorKind::Unknown);
        assert_eq!(book.count(), 3 + length + 1, "nothing is read twice");
    }
}

#[tokio::test]
async fn where_there_is_no_cursor_the_address_says_how_to_go_on_or_it_is_an_error() {
    let page = |paging: &'static str| -> (u16, &'static str) { (200, paging) };
    let book = meta([
        page(r#"{"data":[1],"paging":{"next":"https://x/1/list?limit=2&after=b%2F%3D&z=1"}}"#),
        page(r#"{"data":[2],"paging":{"cursors":{"after":""},"next":"https://x?after=c"}}"#),
        page(r#"{"data":[3],"paging":{"cursors":{"after":"d"}}}"#),
    ]);
    let client = book.client();
    let rows: Vec<u32> = client.pages(List).rows().try_collect().await.unwrap();
    assert_eq!(rows, [1, 2, 3]);
    assert_eq!(book.queries()[1..], ["limit=2&after=b%2F%3D", "limit=2&after=c"]);

    for nowhere in ["https://x?offset=25", "", "https://x?after=%zz", "https://x?after="] {
        let page = serde_json::json!({"data": [1], "paging": {"next": nowhere}}).to_string();
        let book = Scripted::new([answer(200, page)]);
        let client = book.client();
        let mut pages = client.pages(List);
        assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::Unknown, "{nowhere}");
        assert!(pages.next().await.unwrap().is_none());
    }
}

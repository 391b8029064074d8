//! Files: what Meta takes as what, and uploads that go on where they broke off.

use std::time::Duration;

use serde_json::json;
use whatsapp_cloud::api::messages::{MediaSource, Message};
use whatsapp_cloud::api::uploads::{GetUpload, SendUpload, StartUpload};
use whatsapp_cloud::endpoint::Payload;
use whatsapp_cloud::simulator::Simulator;

use super::support::{ANA, Callback, ask, builder, refused};

const MB: usize = 1024 * 1024;

#[tokio::test]
async fn a_file_has_a_type_that_whatsapp_knows_and_is_not_too_large_for_it() {
    let simulator = builder().start().await.unwrap();
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    for (mime_type, most) in
        [("image/png", 5 * MB), ("image/webp", 500 * 1024), ("audio/ogg; codecs=opus", 16 * MB)]
    {
        number.upload_media(vec![0; most], mime_type, "x").await.unwrap();
        // Our own checks know this, too: the simulator is asked without them.
        let form = |bytes: usize| {
            let mut body = format!(
                "--b\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\n\
                 whatsapp\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; \
                 filename=\"x\"\r\nContent-Type: {mime_type}\r\n\r\n"
            )
            .into_bytes();
            body.resize(body.len() + bytes, 0);
            body.extend_from_slice(b"\r\n--b--\r\n");
            body
        };
        let head =
            format!("{}Content-Type: multipart/form-data; boundary=b\r\n", super::support::BEARER);
        let line = format!("POST /{}/media", simulator.phone_number_id());
        let ok = super::support::request(&simulator, &line, &head, &form(most)).await;
        assert_eq!(ok.0, 200, "{mime_type}");
        let large = super::support::request(&simulator, &line, &head, &form(most + 1)).await;
        assert_eq!(refused(&large), (100, None), "{mime_type}");
        assert_eq!(large.1["error"]["error_user_title"], "File Too Large", "{mime_type}");
        let empty = super::support::request(&simulator, &line, &head, &form(0)).await;
        assert_eq!(refused(&empty), (100, None), "{mime_type}");
    }
    for mime_type in ["image/gif", "application/zip", "text/html"] {
        let refused = number.upload_media(b"x".to_vec(), mime_type, "x").await.unwrap_err();
        assert_eq!(refused.code(), Some(100), "{mime_type}");
    }
}

#[tokio::test]
async fn what_is_sent_as_something_else_is_taken_and_fails() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    let ana = simulator.customer(ANA);
    ana.says("oi").await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let picture = number.upload_media(b"x".to_vec(), "image/png", "x").await.unwrap().id;
    let picture = || MediaSource::id(picture.clone());

    number.send(Message::audio(ANA, picture())).await.unwrap();
    number.send(Message::document(ANA, picture())).await.unwrap();
    simulator.idle().await;

    assert_eq!(ana.inbox().len(), 1);
    assert_eq!(
        callback.told().concat(),
        ["message oi", "status failed", "status sent", "status delivered", "status read"]
    );
    let bodies = String::from_utf8(callback.bodies().concat()).unwrap();
    assert!(bodies.contains("\"code\":131053"), "{bodies}");
}

#[tokio::test]
async fn files_are_kept_for_30_days_and_those_of_customers_for_7() {
    let simulator = builder().start().await.unwrap();
    simulator.customer(ANA).sends_file("image", b"x".to_vec(), "image/png").await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let own = number.upload_media(b"x".to_vec(), "image/png", "x").await.unwrap().id;
    const DAY: u64 = 24 * 60 * 60;

    simulator.advance(Duration::from_secs(30 * DAY - 1));
    client.media(own.clone()).get().await.unwrap();
    simulator.advance(Duration::from_secs(1));
    assert_eq!(client.media(own.clone()).get().await.unwrap_err().code(), Some(100));
    // A message with it is refused, or fails.
    simulator.customer(ANA).says("oi").await;
    number.send(Message::image(ANA, MediaSource::id(own))).await.unwrap();
    assert!(simulator.customer(ANA).inbox().is_empty());
}

#[tokio::test]
async fn a_customers_file_is_kept_for_7_days() {
    let callback = Callback::listen().await;
    let simulator = builder().callback(callback.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).sends_file("image", b"x".to_vec(), "image/png").await;
    simulator.idle().await;
    let body: serde_json::Value = serde_json::from_slice(&callback.bodies()[0]).unwrap();
    let id = body["entry"][0]["changes"][0]["value"]["messages"][0]["image"]["id"].clone();
    let line = format!("GET /{}", id.as_str().unwrap());
    const DAY: u64 = 24 * 60 * 60;

    simulator.advance(Duration::from_secs(7 * DAY - 1));
    assert_eq!(ask(&simulator, &line, &json!({})).await.0, 200);
    simulator.advance(Duration::from_secs(1));
    assert_eq!(refused(&ask(&simulator, &line, &json!({})).await), (100, Some(33)));
}

async fn start(simulator: &Simulator, length: u64) -> String {
    let mut call = StartUpload::new("1384519862354");
    call.file_length = Some(length);
    call.file_type = Some("image/png".to_owned());
    let started = simulator.client().unwrap().execute(&call).await.unwrap();
    started.id.as_str().to_owned()
}

#[tokio::test]
async fn an_upload_goes_on_where_it_broke_off() {
    let simulator = builder().start().await.unwrap();
    let client = simulator.client().unwrap();
    let id = start(&simulator, 10).await;
    let part = |offset: u64, bytes: &'static [u8]| {
        let mut call = SendUpload::new(id.as_str(), Payload::from(bytes));
        call.file_offset = offset;
        call
    };

    assert_eq!(client.execute(&part(0, b"0123")).await.unwrap().handle, "", "not yet whole");
    let came = client.execute(&GetUpload::new(id.as_str())).await.unwrap();
    assert_eq!(came.file_offset, 4);
    for (offset, bytes) in [(3, b"3456789".as_slice()), (4, b"4567890"), (5, b"5")] {
        let refused = client.execute(&part(offset, bytes)).await.unwrap_err();
        assert_eq!(refused.code(), Some(100), "{offset}");
    }
    let done = client.execute(&part(4, b"456789")).await.unwrap();
    assert!(done.handle.starts_with("4::"));
    assert_eq!(client.execute(&GetUpload::new(id.as_str())).await.unwrap_err().code(), Some(100));
    let forged = id.replace("sig=", "sig=1");
    assert_eq!(client.execute(&GetUpload::new(forged)).await.unwrap_err().code(), Some(100));
}

/// As Meta's page shows it: curl says of the file that it is a form.
#[tokio::test]
async fn a_part_is_taken_as_it_is_whatever_its_type_is_said_to_be() {
    let simulator = builder().start().await.unwrap();
    for (bytes, kind) in [
        (b"a=b&c=\xff\0".as_slice(), "application/x-www-form-urlencoded"),
        (b"a=b&c=d", "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ] {
        let id = start(&simulator, bytes.len() as u64).await;
        let head = format!(
            "Authorization: OAuth simulator-token\r\nfile_offset: 0\r\nContent-Type: {kind}\r\n"
        );
        let line = format!("POST /{id}");
        let (status, answer) = super::support::request(&simulator, &line, &head, bytes).await;

        assert_eq!(status, 200, "{kind}: {answer}");
        assert!(answer["h"].as_str().unwrap().starts_with("4::"), "{answer}");
    }
}

#[tokio::test]
async fn what_is_longer_than_any_file_is_read_to_its_end_and_refused_as_too_large() {
    let simulator = builder().start().await.unwrap();
    let bytes = vec![b'x'; 102 * MB];
    for kind in ["application/json", "multipart/form-data; boundary=b"] {
        let head = format!("{}Content-Type: {kind}\r\n", super::support::BEARER);
        let line = format!("POST /{}/media", simulator.phone_number_id());
        let answer = super::support::request(&simulator, &line, &head, &bytes).await;

        assert_eq!((answer.0, refused(&answer)), (400, (100, None)));
        assert_eq!(answer.1["error"]["error_user_title"], "File Too Large");
    }
}

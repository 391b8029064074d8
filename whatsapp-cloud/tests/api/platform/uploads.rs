//! Resumable uploads, on the wire.

use serde_json::json;
use whatsapp_cloud::UploadId;
use whatsapp_cloud::api::uploads::{GetUpload, SendUpload, StartUpload};
use whatsapp_cloud::endpoint::{Body, Endpoint, Payload};

use super::{answer, found, go_to};

/// As Meta's page shows one.
const UPLOAD: &str = "upload:MTphdHRhY2htZW50Ojlk2mJiZxUwLWV6MDUtNDIwMy05yTA3LWQ4ZDPmZGFkNTM0NT8=\
                      ?sig=ARZqkGCA_uQMxC8nHKI";

fn start(length: Option<u64>, kind: Option<&str>) -> StartUpload {
    let mut call = StartUpload::new("634974688087057");
    call.file_length = length;
    call.file_type = kind.map(str::to_owned);
    call
}

fn send(id: &str) -> SendUpload {
    SendUpload::new(id, Payload::from(b"rest".as_slice()))
}

#[test]
fn each_call_goes_where_metas_page_says() {
    let mut start = start(Some(109_010), Some("image/jpeg"));
    start.file_name = Some("header.jpg".to_owned());

    go_to([
        (
            start.request(),
            "POST 634974688087057/uploads\
             ?file_name=header.jpg&file_length=109010&file_type=image%2Fjpeg",
        ),
        (send(UPLOAD).request(), &format!("POST {UPLOAD}")),
        (GetUpload::new(UPLOAD).request(), &format!("GET {UPLOAD}")),
        (GetUpload::new("upload:MTph").request(), "GET upload:MTph"),
        (GetUpload::new("upload:a?x=1&sig=b").request(), "GET upload:a?x=1&sig=b"),
    ]);
}

#[test]
fn the_rest_of_a_file_is_sent_as_it_is_from_where_it_stopped() {
    let mut call = send(UPLOAD);
    call.file_offset = 65_536;
    let request = call.request().unwrap();

    let offset = ("file_offset", "65536".to_owned());
    let kind = ("content-type", "application/octet-stream".to_owned());
    assert_eq!(request.headers(), [offset, kind]);
    let Body::Bytes(bytes) = request.body() else { panic!("bytes") };
    assert_eq!(bytes.as_bytes(), Some(b"rest".as_slice()));
    const { assert!(!SendUpload::IDEMPOTENT) }
}

#[test]
fn an_id_that_leads_elsewhere_is_refused_and_never_shown() {
    for id in [
        "",
        "upload:",
        "canary",
        "upload:a/../b",
        "upload:a/b",
        "upload:a?sig",
        "upload:a?=b",
        "upload:a?sig=b#c",
        "upload:a?sig=b c",
        "upload:a%2Fb",
        "upload:a?sig=%26x",
    ] {
        let rule = "upload_id: an id such as upload:…?sig=…";
        assert_eq!(found(&GetUpload::new(id))[0], rule, "{id}");
        assert_eq!(found(&send(id))[0], rule, "{id}");
    }
    let shown = format!("{:?} {:?}", send("upload:canary"), GetUpload::new("upload:canary"));
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn what_meta_would_refuse_is_refused_at_its_border() {
    for kind in ["application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"] {
        assert_eq!(found(&start(Some(1), Some(kind))), [""; 0]);
    }
    let kinds = "file_type: one of application/pdf, image/jpeg, image/jpg, image/png, video/mp4";
    assert_eq!(found(&start(Some(1), Some("image/webp"))), [kinds]);
    assert_eq!(found(&start(Some(1), None)), [kinds]);
    for length in [None, Some(0)] {
        let rule = "file_length: 1 byte or more, found none";
        assert_eq!(found(&start(length, Some("video/mp4"))), [rule]);
    }
    let mut named = start(Some(1), Some("video/mp4"));
    named.file_name = Some("a\nb".to_owned());
    assert_eq!(found(&named), ["file_name: a name without control characters"]);
    let nothing = SendUpload::new(UPLOAD, Payload::from(Vec::new()));
    assert_eq!(found(&nothing), ["data: 1 byte or more, found 0"]);
}

#[test]
fn the_answers_are_read_and_ids_and_handles_are_not_shown() {
    let begun = answer::<StartUpload>(json!({"id": UPLOAD}));
    assert_eq!(begun.id, UploadId::new(UPLOAD));
    assert_eq!(format!("{:?}", begun.id), "UploadId(…)");

    let sent = answer::<SendUpload>(json!({"h": "4::aW1hZ2UvanBlZw==:ARc\n4::b"}));
    assert_eq!(sent.handle, "4::aW1hZ2UvanBlZw==:ARc\n4::b");
    assert!(!format!("{sent:?}").contains("ARc"));

    let progress = answer::<GetUpload>(json!({"id": "upload:MTph", "file_offset": 65_536}));
    assert_eq!((progress.id.as_str(), progress.file_offset), ("upload:MTph", 65_536));
}

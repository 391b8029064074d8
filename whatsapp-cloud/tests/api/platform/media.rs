//! Files, on the wire.

use serde_json::json;
use whatsapp_cloud::MediaId;
use whatsapp_cloud::api::Operation;
use whatsapp_cloud::api::media::{DeleteMedia, GetMedia, UploadMedia};
use whatsapp_cloud::endpoint::{Endpoint, Method, Payload};

use super::{answer, form, go_to, text};

fn upload() -> UploadMedia {
    UploadMedia {
        from: "106540352242922".into(),
        file: Payload::from(b"bytes".as_slice()),
        mime_type: "audio/ogg; codecs=opus".to_owned(),
        filename: "voz.ogg".to_owned(),
    }
}

#[test]
fn each_call_goes_where_metas_reference_says() {
    let id = MediaId::new("1037543291543636");
    let from = Some("106540352242922".into());
    go_to([
        (upload().request(), "POST 106540352242922/media"),
        (GetMedia { id: id.clone(), from: None }.request(), "GET 1037543291543636"),
        (
            GetMedia { id: id.clone(), from: from.clone() }.request(),
            "GET 1037543291543636?phone_number_id=106540352242922",
        ),
        (
            DeleteMedia { id, from }.request(),
            "DELETE 1037543291543636?phone_number_id=106540352242922",
        ),
    ]);
}

#[test]
fn their_places_in_metas_reference_are_those_they_go_to() {
    assert_eq!(
        [
            (UploadMedia::METHOD, UploadMedia::PATH),
            (GetMedia::METHOD, GetMedia::PATH),
            (DeleteMedia::METHOD, DeleteMedia::PATH),
        ],
        [
            (Method::Post, "/{Phone-Number-ID}/media"),
            (Method::Get, "/{Media-ID}"),
            (Method::Delete, "/{Media-ID}"),
        ]
    );
}

#[test]
fn a_file_is_sent_as_a_form() {
    let request = upload().request().unwrap();

    let [product, kind, file] = form(&request) else { panic!("three parts") };
    assert_eq!(text(product), ("messaging_product", "whatsapp"));
    assert_eq!(text(kind), ("type", "audio/ogg; codecs=opus"));
    assert_eq!(
        (file.name(), file.file_name(), file.mime_type(), file.data().as_bytes()),
        ("file", Some("voz.ogg"), Some("audio/ogg; codecs=opus"), Some(b"bytes".as_slice()))
    );
}

#[test]
fn the_answers_are_read() {
    assert_eq!(
        answer::<UploadMedia>(json!({"id": "4490709327384033"})).id.as_str(),
        "4490709327384033"
    );
    let info = answer::<GetMedia>(json!({
        "messaging_product": "whatsapp", "url": "https://x", "mime_type": "image/jpeg",
        "sha256": "ab", "file_size": "303833", "id": "2621233374848975",
    }));
    assert_eq!((info.url.as_str(), info.file_size), ("https://x", Some(303_833)));
    answer::<DeleteMedia>(json!({"success": true}));
}

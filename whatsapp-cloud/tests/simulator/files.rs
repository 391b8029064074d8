//! Files: looked up, fetched by addresses that end, and deleted.

use secrecy::SecretString;
use std::time::Duration;
use whatsapp_cloud::api::media::GetMedia;
use whatsapp_cloud::webhook::{Content, EventKind, Verifier};
use whatsapp_cloud::{ErrorKind, MediaId};

use super::business::*;

#[tokio::test]
async fn a_file_is_uploaded_found_fetched_and_deleted() {
    let simulator = start().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let id =
        number.upload_media(bytes.clone(), "audio/ogg; codecs=opus", "voz.ogg").await.unwrap().id;

    let file = client.media(id.clone()).download().await.unwrap();
    assert_eq!(file.bytes, bytes);
    assert_eq!(file.info.id, id);
    assert_eq!(file.info.mime_type.as_deref(), Some("audio/ogg; codecs=opus"));
    assert_eq!(file.info.file_size, Some(300_000));
    assert_eq!(file.info.sha256.as_ref().map(String::len), Some(64));
    assert!(file.info.url.starts_with(simulator.base_url()));

    let scoped = |number: &str| GetMedia { id: id.clone(), from: Some(number.into()) };
    client.execute(&scoped(simulator.phone_number_id().as_str())).await.unwrap();
    let foreign = client.execute(&scoped("1")).await.unwrap_err();
    assert_eq!(foreign.kind(), ErrorKind::NotFound);

    client.media(id.clone()).delete().await.unwrap();
    assert_eq!(client.media(id.clone()).get().await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(client.media(id).delete().await.unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(client.download(&file.info).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_files_address_needs_the_token_and_lives_5_minutes() {
    let simulator = start_with_clock().await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let id = number.upload_media(b"x".to_vec(), "text/plain", "x").await.unwrap().id;
    let info = client.media(id).get().await.unwrap();
    let target = info.url.strip_prefix(simulator.base_url()).unwrap();

    assert_eq!(request(&simulator, &format!("GET {target}"), "", "").await.0, 401);
    let token = "Authorization: Bearer simulator-token\r\n";
    let forged = target.replace("ext=17494", "ext=27494");
    assert_ne!(forged, target);
    assert_eq!(request(&simulator, &format!("GET {forged}"), token, "").await.0, 404);
    simulator.advance(Duration::from_secs(300));
    assert_eq!(client.download(&info).await.unwrap(), "x");
    simulator.advance(Duration::from_secs(1));
    assert_eq!(client.download(&info).await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_customers_file_can_be_fetched() {
    let business = Business::answering([]);
    let simulator = builder().callback(business.url.as_str()).start().await.unwrap();
    simulator.customer(ANA).sends_file("image", b"png".to_vec(), "image/png").await;
    simulator.idle().await;

    let [body] = business.posted().try_into().unwrap();
    let verifier = Verifier::new([SecretString::from(SECRET)]).unwrap();
    let verified = verifier.verify(verifier.sign(&body), &body).unwrap();
    let [event] = verified.events().collect::<Vec<_>>().try_into().unwrap();
    let EventKind::Message(message) = event.kind else { panic!("a message was expected") };
    let Content::Image(image) = message.content else { panic!("a picture was expected") };
    let id = MediaId::new(image.id.unwrap().as_str());
    let file = simulator.client().unwrap().media(id).download().await.unwrap();

    assert_eq!(file.bytes, "png");
    // Base64 here, hexadecimal in the answer.
    assert_eq!(image.sha256.unwrap().as_str().len(), 44);
}

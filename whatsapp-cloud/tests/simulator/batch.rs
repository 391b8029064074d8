//! Many calls in one request: each has its own effect and its own answer.

use serde_json::json;
use whatsapp_cloud::api::media::GetMedia;
use whatsapp_cloud::api::messages::{Message, SendMessage};

use super::support::{ANA, ask, builder, refused, request};

#[tokio::test]
async fn each_call_of_a_batch_is_answered_where_it_stands() {
    let simulator = builder().start().await.unwrap();
    simulator.customer(ANA).says("oi").await;
    let client = simulator.client().unwrap();
    let number = client.phone_number(simulator.phone_number_id().clone());
    let file = number.upload_media(b"x".to_vec(), "text/plain", "x").await.unwrap().id;
    let get = |id: &str| GetMedia { id: id.into(), from: None };

    let calls = [get(file.as_str()), get("1"), get(file.as_str())];
    let answers = client.execute_all(&calls).await;
    assert_eq!(answers[0].as_ref().unwrap().id, file);
    assert_eq!(answers[1].as_ref().unwrap_err().code(), Some(100));
    assert_eq!(answers[2].as_ref().unwrap().id, file);

    let from = simulator.phone_number_id().clone();
    let send =
        |to: &str, text: &str| SendMessage { from: from.clone(), message: Message::text(to, text) };
    let calls = [send(ANA, "1 & 2 ção"), send("5511999990002", "nobody asked"), send(ANA, "3")];
    let answers = client.execute_all(&calls).await;
    assert_eq!(answers[1].as_ref().unwrap_err().code(), Some(131_047));
    let texts: Vec<_> =
        simulator.sent().iter().map(|sent| sent.text().unwrap().to_owned()).collect();
    assert_eq!(texts, ["1 & 2 ção", "3"]);
    assert_eq!(simulator.sent()[1].id(), answers[2].as_ref().unwrap().id());
}

#[tokio::test]
async fn a_batch_has_at_most_50_calls() {
    let simulator = builder().start().await.unwrap();
    let call = json!({"method": "GET", "relative_url": "v25.0/1"});
    let of = |count: usize| json!({"batch": vec![call.clone(); count]});

    let (status, answers) = ask(&simulator, "POST /v25.0/", &of(50)).await;
    assert_eq!((status, answers.as_array().unwrap().len()), (200, 50));
    assert_eq!(answers[49]["code"], 400);
    assert_eq!(refused(&ask(&simulator, "POST /", &of(51)).await), (100, None));
    assert_eq!(refused(&ask(&simulator, "POST /", &json!({})).await), (100, None));
    let strange = json!({"batch": [{"method": "PATCH", "relative_url": "1"}, {"method": "GET"}]});
    let (_, answers) = ask(&simulator, "POST /", &strange).await;
    assert!(answers[0]["body"].as_str().unwrap().contains("Param method"));
    assert!(answers[1]["body"].as_str().unwrap().contains("relative_url"));
}

#[tokio::test]
async fn a_batch_is_no_part_of_a_batch() {
    let simulator = builder().start().await.unwrap();
    let inner = format!("batch={}", json!([{"method": "GET", "relative_url": "1"}]));
    for url in ["", "/", "v25.0", "v25.0/?x=1"] {
        let batch = json!({"batch": [{"method": "POST", "relative_url": url, "body": inner}]});
        let (_, answers) = ask(&simulator, "POST /", &batch).await;

        assert_eq!(answers[0]["code"], 400, "{url}");
        assert!(answers[0]["body"].as_str().unwrap().contains("part of a batch"), "{url}");
    }
}

#[tokio::test]
async fn a_token_may_stand_among_what_is_sent_and_that_of_an_entry_comes_first() {
    let simulator = builder().start().await.unwrap();
    let id = simulator.phone_number_id().as_str().to_owned();
    let call = |url: String| json!([{"method": "GET", "relative_url": url}]).to_string();
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    for (token, url, code) in [
        ("simulator-token", id.clone(), 200),
        ("simulator-token", format!("{id}?access_token=another"), 401),
    ] {
        let body = format!("access_token={token}&batch={}", call(url.clone()));
        let (_, answers) = request(&simulator, "POST /", form, body.as_bytes()).await;
        assert_eq!(answers[0]["code"], code, "{url}");
    }
    let parts = format!(
        "--x\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\nsimulator-token\r\n\
         --x\r\nContent-Disposition: form-data; name=\"batch\"\r\n\r\n{}\r\n--x--\r\n",
        call(id.clone())
    );
    let head = "Content-Type: multipart/form-data; boundary=x\r\n";
    let (_, answers) = request(&simulator, "POST /", head, parts.as_bytes()).await;
    assert_eq!(answers[0]["code"], 200);

    simulator.customer(ANA).says("oi").await;
    let body = json!({
        "access_token": "simulator-token", "messaging_product": "whatsapp", "to": ANA,
        "type": "text", "text": {"body": "oi"},
    });
    let head = "Content-Type: application/json\r\n";
    let line = format!("POST /{id}/messages");
    let sent = request(&simulator, &line, head, body.to_string().as_bytes()).await;
    assert_eq!(sent.0, 200);
    assert!(simulator.sent()[0].raw().get("access_token").is_none());
}

#[tokio::test]
async fn a_batch_whose_answer_grows_too_long_is_broken_off_and_says_so_by_null() {
    let simulator = builder().start().await.unwrap();
    let id = simulator.phone_number_id().as_str();
    // Each is refused with its own path in the answer.
    let url = format!("{id}/{}", "x".repeat(3 * 1024 * 1024));
    let mut batch = vec![json!({"method": "GET", "relative_url": url}); 4];
    batch.push(json!({"method": "GET", "relative_url": id}));
    let before = simulator.calls().len();
    let (status, answers) = ask(&simulator, "POST /", &json!({"batch": batch})).await;

    assert_eq!(status, 200);
    let codes: Vec<_> =
        answers.as_array().unwrap().iter().map(|one| one["code"].as_i64()).collect();
    assert_eq!(codes, [Some(400), Some(400), Some(400), None, None]);
    assert!(answers[3].is_null());
    // What was not answered was not done either: three, and the batch after them.
    assert_eq!(simulator.calls().len() - before, 4);
}

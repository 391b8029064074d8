use serde_json::{Value, json};
use whatsapp_cloud::api::certification::{
    Certification, CertificationResult, CertificationStatus, CertifyBusiness, Document,
    ListCertifications, RejectionReason,
};
use whatsapp_cloud::endpoint::{Body, Endpoint, Method, Payload};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

fn document(filename: &str) -> Document {
    Document {
        file: Payload::from(b"%PDF".as_slice()),
        filename: filename.into(),
        mime_type: "application/pdf".into(),
    }
}

#[test]
fn documents_are_sent_as_a_form() {
    let mut call = CertifyBusiness::new("1", "2", vec![document("a.pdf"), document("b.pdf")]);
    call.legal_name = Some("Lucky Shrub Ltd".into());
    call.website = Some("https://example.com".into());
    call.vertical = Some("GROCERY_AND_CONVENIENCE_STORE".into());
    let request = call.request().unwrap();

    assert_eq!(request.method(), Method::Post);
    assert_eq!(request.target().unwrap(), "1/self_certify_whatsapp_business");
    let Body::Form(parts) = request.body() else { panic!("a form") };
    let names: Vec<_> = parts.iter().map(|part| (part.name(), part.file_name())).collect();
    assert_eq!(
        names,
        [
            ("end_business_id", None),
            ("end_business_legal_name", None),
            ("end_business_website", None),
            ("business_vertical", None),
            ("business_documents[]", Some("a.pdf")),
            ("business_documents[]", Some("b.pdf")),
        ]
    );
    assert_eq!(parts[0].data(), &Payload::from(b"2".as_slice()));
    assert_eq!(parts[5].data(), &Payload::from(b"%PDF".as_slice()));
    assert_eq!(parts[5].mime_type(), Some("application/pdf"));
    assert!(!is_idempotent::<CertifyBusiness>());
    let shown = format!("{call:?} {:?}", call.documents[0]);
    assert!(!shown.contains("Lucky") && !shown.contains("a.pdf"), "{shown}");
}

#[test]
fn what_is_no_document_is_refused() {
    assert_eq!(
        found(&CertifyBusiness::new("x", "", Vec::new())),
        [
            "business: an id of digits",
            "end_business_id: an id of digits",
            "business_documents: a document, found none",
        ]
    );
    let wrong = Document {
        file: Payload::from(Vec::new()),
        filename: "a\n".into(),
        mime_type: "pdf".into(),
    };
    assert_eq!(
        found(&CertifyBusiness::new("1", "2", vec![document("a.pdf"), wrong])),
        [
            "business_documents[1].type: a kind of file such as application/pdf",
            "business_documents[1].filename: a name without control characters",
            "business_documents[1].file: a file that is not empty",
        ]
    );
}

#[test]
fn what_became_of_documents_is_read() {
    let mut call = ListCertifications::new("1");
    call.client = Some("2".into());
    call.fields = vec!["id".into()];
    call.limit = Some(3);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "1/self_certified_whatsapp_business_submissions?end_business_id=2&fields=id\
                  &limit=3&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);

    let taken: Certification = read(json!({
        "success": true, "message": "Your request has been received", "verification_attempts": 2,
    }));
    assert_whole!(taken);
    assert_eq!(taken.verification_attempts, Some(2));

    let page: Page<CertificationStatus> = read(json!({"data": [{
        "id": "1", "client_business_id": "2", "verification_status": "FAILED",
        "rejection_reasons": ["LEGAL_NAME_NOT_FOUND_IN_DOCUMENTS"],
        "submitted_info": {"website": "https://example.com"},
        "submitted_time": "2024-11-05T10:00:00+0000", "update_time": "2024-11-05T10:05:00+0000",
    }]}));
    let status = &page.data[0];
    assert_whole!(page, status);
    assert_eq!(status.verification_status, Some(CertificationResult::Failed));
    assert_eq!(status.rejection_reasons, [RejectionReason::LegalNameNotFound]);
}

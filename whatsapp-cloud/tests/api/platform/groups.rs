//! Groups, compared with Meta's page on them.

use serde_json::json;
use whatsapp_cloud::api::groups::{
    AddParticipants, ApproveJoinRequests, CreateGroup, DeleteGroup, DeleteInviteLink, GetGroup,
    GetInviteLink, GroupSettings, InviteLink, JoinApprovalMode, JoinRequestIds, ListGroups,
    ListJoinRequests, NewGroup, Participant, Participants, RejectJoinRequests, RemoveParticipants,
    ResetInviteLink, SetGroupPicture, UpdateGroup,
};
use whatsapp_cloud::endpoint::{Endpoint, Payload};

use super::{answer, form, found, go_to, json as body, text};

const NUMBER: &str = "12784358810";
const GROUP: &str = "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD";

fn group(subject: &str) -> NewGroup {
    NewGroup { subject: subject.to_owned(), ..NewGroup::default() }
}

fn ids(ids: &[&str]) -> JoinRequestIds {
    let join_requests = ids.iter().map(|id| (*id).to_owned()).collect();
    JoinRequestIds { join_requests, ..JoinRequestIds::default() }
}

fn people(count: usize) -> Participants {
    let one = Participant { user: "+17865347866".to_owned(), ..Participant::default() };
    Participants { participants: vec![one; count], ..Participants::default() }
}

#[test]
fn each_call_goes_where_metas_page_says() {
    let settings = GroupSettings { subject: Some("x".to_owned()), ..GroupSettings::default() };
    let picture = Payload::from(vec![1]);
    let mut list = ListGroups::new(NUMBER);
    list.limit = Some(1024);
    list.after = Some("MTAx=".to_owned());
    list.before = Some("b".to_owned());
    let mut one = GetGroup::new("G");
    one.fields = vec!["subject".to_owned(), "participants".to_owned()];
    let mut asked = ListJoinRequests::new("G");
    asked.limit = Some(2);

    go_to([
        (CreateGroup::new(NUMBER, group("x")).request(), "POST 12784358810/groups"),
        (list.request(), "GET 12784358810/groups?limit=1024&after=MTAx%3D&before=b"),
        (one.request(), "GET G?fields=subject%2Cparticipants"),
        (UpdateGroup::new("G", settings).request(), "POST G"),
        (SetGroupPicture::new("G", picture).request(), "POST G"),
        (DeleteGroup::new("G").request(), "DELETE G"),
        (GetInviteLink::new("G").request(), "GET G/invite_link"),
        (ResetInviteLink::new("G", InviteLink::default()).request(), "POST G/invite_link"),
        (DeleteInviteLink::new("G", InviteLink::default()).request(), "DELETE G/invite_link"),
        (asked.request(), "GET G/join_requests?limit=2"),
        (ApproveJoinRequests::new("G", ids(&["a"])).request(), "POST G/join_requests"),
        (RejectJoinRequests::new("G", ids(&["a"])).request(), "DELETE G/join_requests"),
        (AddParticipants::new("G", people(1)).request(), "POST G/participants"),
        (RemoveParticipants::new("G", people(1)).request(), "DELETE G/participants"),
    ]);
}

#[test]
fn each_body_reads_as_on_metas_page() {
    let mut new = group("New Purchase Inquiry");
    new.description = Some("Jim would like to learn about new cars.".to_owned());
    new.join_approval_mode = Some(JoinApprovalMode::ApprovalRequired);
    assert_eq!(
        body(&CreateGroup::new(NUMBER, new).request().unwrap()),
        json!({
            "messaging_product": "whatsapp",
            "subject": "New Purchase Inquiry",
            "description": "Jim would like to learn about new cars.",
            "join_approval_mode": "approval_required",
        })
    );

    let settings = GroupSettings {
        subject: Some("Watch Enthusiasts".to_owned()),
        description: Some("Join our community".to_owned()),
        ..GroupSettings::default()
    };
    assert_eq!(
        body(&UpdateGroup::new(GROUP, settings).request().unwrap()),
        json!({
            "messaging_product": "whatsapp",
            "subject": "Watch Enthusiasts",
            "description": "Join our community",
        })
    );

    let link = InviteLink::default();
    for request in [
        ResetInviteLink::new(GROUP, link.clone()).request(),
        DeleteInviteLink::new(GROUP, link).request(),
    ] {
        assert_eq!(body(&request.unwrap()), json!({"messaging_product": "whatsapp"}));
    }
    for request in [
        ApproveJoinRequests::new(GROUP, ids(&["MTY0Njcw", "b"])).request(),
        RejectJoinRequests::new(GROUP, ids(&["MTY0Njcw", "b"])).request(),
    ] {
        let said = json!({"messaging_product": "whatsapp", "join_requests": ["MTY0Njcw", "b"]});
        assert_eq!(body(&request.unwrap()), said);
    }
    for request in [
        AddParticipants::new(GROUP, people(1)).request(),
        RemoveParticipants::new(GROUP, people(1)).request(),
    ] {
        let people = json!([{"user": "+17865347866"}]);
        let said = json!({"messaging_product": "whatsapp", "participants": people});
        assert_eq!(body(&request.unwrap()), said);
    }
}

#[test]
fn people_are_named_by_international_numbers_or_user_ids() {
    let sent = |user: &str| {
        let one = Participant { user: user.to_owned(), ..Participant::default() };
        let people = Participants { participants: vec![one], ..Participants::default() };
        let request = AddParticipants::new(GROUP, people).request().ok()?;
        Some(body(&request)["participants"][0]["user"].clone())
    };
    assert_eq!(sent("17865347866"), Some(json!("+17865347866")));
    assert_eq!(sent("+1 (786) 534-7866"), Some(json!("+17865347866")));
    assert_eq!(sent("US.13491208655302741918"), Some(json!("US.13491208655302741918")));
    for nobody in ["(11) 99999-0001", "011999990001", "Ana", "BR."] {
        assert_eq!(sent(nobody), None, "{nobody}");
    }
}

#[test]
fn a_picture_is_sent_as_a_form() {
    let request = SetGroupPicture::new(GROUP, Payload::from(vec![1, 2])).request().unwrap();

    let [product, file] = form(&request) else { panic!("two parts") };
    assert_eq!(text(product), ("messaging_product", "whatsapp"));
    assert_eq!(
        (file.name(), file.file_name(), file.mime_type(), file.data().as_bytes()),
        ("file", Some("picture.jpg"), Some("image/jpeg"), Some([1, 2].as_slice()))
    );
}

#[test]
fn what_meta_would_refuse_is_refused_at_its_border() {
    let described = |length: usize| {
        let description = Some("é".repeat(length));
        CreateGroup::new(NUMBER, NewGroup { description, ..group("x") })
    };
    let named = |length: usize| CreateGroup::new(NUMBER, group(&"é".repeat(length)));
    let listed = |limit: u32| {
        let mut call = ListGroups::new(NUMBER);
        call.limit = Some(limit);
        call
    };
    let pictured = |size: usize| SetGroupPicture::new(GROUP, Payload::from(vec![0; size]));
    const MB: usize = 1024 * 1024;

    for taken in [found(&named(1)), found(&named(128)), found(&described(2048))] {
        assert_eq!(taken, [""; 0]);
    }
    assert_eq!(found(&named(129)), ["subject: 1 to 128 characters, found 129"]);
    assert_eq!(
        found(&CreateGroup::new(NUMBER, group("  "))),
        ["subject: 1 to 128 characters, found 0"]
    );
    let padded = format!("  {}  ", "é".repeat(128));
    assert_eq!(found(&CreateGroup::new(NUMBER, group(&padded))), [""; 0]);
    assert_eq!(found(&described(2049)), ["description: 0 to 2048 characters, found 2049"]);
    for (limit, is_taken) in [(0, false), (1, true), (1024, true), (1025, false)] {
        assert_eq!(found(&listed(limit)).is_empty(), is_taken, "{limit}");
    }
    for (count, is_taken) in [(0, false), (1, true), (8, true), (9, false)] {
        assert_eq!(found(&AddParticipants::new(GROUP, people(count))).is_empty(), is_taken);
        assert_eq!(found(&RemoveParticipants::new(GROUP, people(count))).is_empty(), is_taken);
    }
    for (size, is_taken) in [(0, false), (1, true), (5 * MB, true), (5 * MB + 1, false)] {
        assert_eq!(found(&pictured(size)).is_empty(), is_taken, "{size}");
    }
    assert_eq!(
        found(&ApproveJoinRequests::new(GROUP, ids(&[]))),
        ["join_requests: 1 id or more, found 0"]
    );
    assert_eq!(
        found(&RejectJoinRequests::new(GROUP, ids(&["a", ""]))),
        ["join_requests[1]: an id, found none"]
    );
    let nobody = Participants { participants: vec![Participant::default()], ..people(0) };
    assert_eq!(
        found(&AddParticipants::new(GROUP, nobody)),
        ["participants[0].user: a phone number or a user id, found none"]
    );
}

#[test]
fn a_change_of_nothing_and_a_picture_in_json_are_refused() {
    let nothing = UpdateGroup::new(GROUP, GroupSettings::default());
    assert_eq!(found(&nothing), [": a subject or a description, found neither"]);

    let profile_picture_file = Some("/local/path/file.jpg".to_owned());
    let settings = GroupSettings { profile_picture_file, ..GroupSettings::default() };
    let found = found(&UpdateGroup::new(GROUP, settings));
    assert_eq!(found, ["profile_picture_file: nothing: a picture is sent as a form"]);
}

#[test]
fn nobody_can_say_what_a_link_is() {
    let link = InviteLink { invite_link: Some("https://x".to_owned()), ..InviteLink::default() };
    assert!(ResetInviteLink::new(GROUP, link.clone()).request().is_err());
    assert!(DeleteInviteLink::new(GROUP, link).request().is_err());
}

#[test]
fn a_page_of_groups_is_read_though_its_rows_lie_deeper() {
    let page = answer::<ListGroups>(json!({
        "data": {"groups": [{"id": "G", "subject": "S", "created_at": "1755548877"}]},
        "paging": {"cursors": {"after": "MTAx=", "before": "NDMy"}, "next": "https://x?after=MTAx"},
    }));

    let [group] = page.data.as_slice() else { panic!("one group") };
    assert_eq!((group.id.as_str(), group.created_at), ("G", Some(1_755_548_877)));
    assert_eq!(page.next(), Some("MTAx="));

    let cursors = json!({"paging": {"cursors": {"after": "MTAx="}}});
    assert_eq!(answer::<ListGroups>(cursors).next(), None, "the last page");
    assert_eq!(answer::<ListGroups>(json!({})).data.len(), 0);
}

#[test]
fn the_answers_of_metas_page_are_read() {
    let group = answer::<GetGroup>(json!({
        "messaging_product": "whatsapp", "id": "G", "subject": "S", "description": "D",
        "creation_timestamp": 683_731_200, "suspended": false, "total_participant_count": 6,
        "participants": [{"wa_id": "2228675309"}, {"wa_id": "7693349922"}],
        "join_approval_mode": "auto_approve",
    }));
    assert_eq!(group.total_participant_count, Some(6));
    assert_eq!(group.creation_timestamp, Some(683_731_200));
    assert_eq!(group.suspended, Some(false));
    assert_eq!(group.participants[1].wa_id.as_deref(), Some("7693349922"));
    assert_eq!(group.join_approval_mode, Some(JoinApprovalMode::AutoApprove));
    assert!(group.other.is_empty());

    let asked = answer::<ListJoinRequests>(json!({"data": [{
        "join_request_id": "MTY0", "wa_id": "16505551234", "creation_timestamp": 1_755_548_877,
    }]}));
    assert_eq!(asked.data[0].join_request_id, "MTY0");
    assert_eq!(asked.data[0].creation_timestamp, Some(1_755_548_877));

    let decided = answer::<ApproveJoinRequests>(json!({
        "messaging_product": "whatsapp",
        "approved_join_requests": ["a"],
        "failed_join_requests": [{
            "join_request_id": "b",
            "errors": [{"code": "131203", "title": "Unable to add participant to group"}],
        }],
        "errors": [{"code": 131_201, "message": "m"}],
    }));
    assert_eq!(decided.approved_join_requests, ["a"]);
    assert_eq!(decided.failed_join_requests[0].errors[0].code, 131_203);
    assert_eq!(decided.errors[0].code, 131_201);
    let rejected = answer::<RejectJoinRequests>(json!({"rejected_join_requests": ["c"]}));
    assert_eq!(rejected.rejected_join_requests, ["c"]);

    let link = answer::<GetInviteLink>(json!({"invite_link": "https://chat.whatsapp.com/X"}));
    assert_eq!(link.invite_link.as_deref(), Some("https://chat.whatsapp.com/X"));
    assert!(!format!("{link:?}").contains("chat"), "whoever has it can come in");

    let created = answer::<CreateGroup>(json!({"request_id": "106540352242922"}));
    assert_eq!(created.request_id.as_deref(), Some("106540352242922"));
    assert_eq!(answer::<DeleteInviteLink>(json!({"success": "true"})).success, Some(true));
}

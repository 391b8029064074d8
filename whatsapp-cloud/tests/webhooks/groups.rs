//! Groups: every event with each of its members, and forms that are not as usual.

use serde_json::json;
use whatsapp_cloud::webhook::{
    EventKind, GroupEvent, GroupInitiator, GroupReason, GroupUpdate, JoinApprovalMode,
};

use crate::records::{picked, text, told, told_of};

const GROUP: &str = "Y2FwaV9ncm91cDoxMjM0NTY3ODkw";

fn group(file: &str) -> GroupUpdate<'static> {
    let mut groups = picked!(told(file), Group);
    assert_eq!(groups.len(), 1, "{file}");
    assert_eq!(groups[0].group_id, text(GROUP), "{file}");
    assert_eq!(groups[0].timestamp, Some(1_750_030_073), "{file}");
    groups.remove(0)
}

#[test]
fn a_new_group_tells_how_to_come_in() {
    let group = group("group-create.json");

    assert_eq!(group.kind, Some(GroupEvent::Create));
    assert_eq!(group.request_id, text("req-1"));
    assert_eq!(group.subject, text("Bordados de maio"));
    assert_eq!(group.description, text("Para quem encomendou"));
    assert_eq!(group.invite_link, text("https://chat.whatsapp.com/AbCdEf123"));
    assert_eq!(group.join_approval_mode, Some(JoinApprovalMode::AutoApprove));
    assert!(JoinApprovalMode::from("approval_required").is_known());
}

#[test]
fn a_group_that_could_not_be_made_tells_why() {
    let group = group("group-create-failed.json");

    assert_eq!(group.kind, Some(GroupEvent::Create));
    assert_eq!(group.errors[0].code, 131_215);
    assert_eq!(group.errors[0].details(), Some("This number may not have groups"));
}

#[test]
fn a_deleted_group_names_the_call_that_asked_for_it() {
    let group = group("group-delete.json");

    assert_eq!(group.kind, Some(GroupEvent::Delete));
    assert_eq!(group.request_id, text("req-3"));
}

#[test]
fn who_came_in_is_named_by_phone_or_by_user_id() {
    let group = group("group-participants-add.json");

    assert_eq!(group.kind, Some(GroupEvent::ParticipantsAdd));
    assert_eq!(group.reason, Some(GroupReason::InviteLink));
    let [ana, lena] = &*group.added_participants else { panic!("{group:#?}") };
    assert_eq!(ana.wa_id, text("5511999990001"));
    assert_eq!(lena.user_id, text("DE.1112223334445"));
    assert_eq!(lena.parent_user_id, text("DE.ENT.998877"));
    assert_eq!(lena.username, text("lenav"));
    assert_eq!(lena.country_code, text("DE"));
}

#[test]
fn who_was_put_out_is_told_apart_from_with_whom_it_did_not_work() {
    let group = group("group-participants-remove.json");

    assert_eq!(group.kind, Some(GroupEvent::ParticipantsRemove));
    assert_eq!(group.initiated_by, Some(GroupInitiator::Business));
    assert_eq!(group.removed_participants.len(), 1);
    assert_eq!(group.removed_participants[0].input, text("5511999990001"));
    assert_eq!(group.failed_participants[0].input, text("DE.1112223334445"));
    assert_eq!(group.failed_participants[0].errors[0].code, 131_201);
    // Meta's pages write a code as a string here.
    assert_eq!(group.errors[0].code, 131_204);
}

#[test]
fn who_left_by_himself_is_named_as_himself() {
    let group = group("group-participant-left.json");

    assert_eq!(group.initiated_by, Some(GroupInitiator::Participant));
    assert_eq!(group.removed_participants[0].wa_id, text("5511999990001"));
    assert_eq!(group.removed_participants[0].user_id, text("BR.5"));
}

#[test]
fn coming_and_going_are_told_apart_however_they_are_written() {
    let groups = picked!(told("group-participants-by-other-names.json"), Group);
    let [added, removed] = &*groups else { panic!("{groups:#?}") };

    assert_eq!(added.kind, Some(GroupEvent::AddParticipants));
    assert_eq!(removed.kind, Some(GroupEvent::RemoveParticipants));
    for (word, is_addition, is_removal) in [
        ("group_participants_add", true, false),
        ("group_add_participants", true, false),
        ("group_participants_remove", false, true),
        ("group_remove_participants", false, true),
        ("group_create", false, false),
    ] {
        let event = GroupEvent::from(word);
        assert_eq!((event.is_addition(), event.is_removal()), (is_addition, is_removal), "{word}");
    }
}

#[test]
fn a_group_is_read_under_another_name_of_the_field() {
    let group = group("group-participants-of-another-field.json");

    assert_eq!(group.kind, Some(GroupEvent::ParticipantsAdd));
    assert_eq!(group.added_participants[0].input, text("5511999990001"));
}

#[test]
fn a_request_to_come_in_names_who_asks() {
    let group = group("group-join-request-created.json");

    assert_eq!(group.kind, Some(GroupEvent::JoinRequestCreated));
    assert_eq!(group.join_request_id, text("JR-1"));
    assert_eq!(group.wa_id, text("5511999990001"));
    assert_eq!(group.user_id, text("BR.5"));
    assert_eq!(group.parent_user_id, text("BR.ENT.5"));
    assert_eq!(group.username, text("anas"));
    assert_eq!(group.country_code, text("BR"));
}

#[test]
fn a_request_that_was_taken_back_has_the_same_id() {
    let group = group("group-join-request-revoked.json");

    assert_eq!(group.kind, Some(GroupEvent::JoinRequestRevoked));
    assert_eq!(group.join_request_id, text("JR-1"));
}

#[test]
fn each_setting_has_an_outcome_of_its_own() {
    let group = group("group-settings-update.json");

    assert_eq!(group.kind, Some(GroupEvent::SettingsUpdate));
    let subject = group.group_subject.unwrap();
    assert_eq!(subject.text, text("Bordados de junho"));
    assert_eq!(subject.update_successful, Some(true));
    let description = group.group_description.unwrap();
    assert_eq!(description.text, text("Para quem encomendou"));
    assert_eq!(description.update_successful, Some(false));
    assert_eq!(description.errors[0].code, 131_204);
    let picture = group.profile_picture.unwrap();
    assert_eq!(picture.mime_type, text("image/jpeg"));
    assert!(picture.sha256.is_some());
    assert_eq!(picture.update_successful, Some(false));
    assert_eq!(picture.errors[0].code, 131_205);
    assert_eq!(group.errors[0].code, 131_203);
}

#[test]
fn a_suspension_and_its_end_are_told_apart() {
    assert_eq!(group("group-suspend.json").kind, Some(GroupEvent::Suspend));
    assert_eq!(group("group-suspend-cleared.json").kind, Some(GroupEvent::SuspendCleared));
}

#[test]
fn a_phone_number_is_read_from_a_number_and_written_as_one() {
    let group = group("group-numbers-as-wa-ids.json");

    assert_eq!(group.added_participants[0].input, text("5511999990001"));
    assert_eq!(group.added_participants[0].wa_id, text("5511999990001"));
    let written = serde_json::to_value(&group).unwrap();
    assert_eq!(written["added_participants"][0]["wa_id"], json!(5_511_999_990_001_i64));
    assert_eq!(written["timestamp"], json!(1_750_030_073));
}

#[test]
fn a_bad_group_costs_only_itself() {
    let events = told("group-bad-one-among-good-ones.json");

    assert!(events[0].is_known());
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    // A name that is no text is not read, and not lost.
    let EventKind::Group(group) = &events[2].kind else { panic!("{events:#?}") };
    assert_eq!((&group.kind, &group.subject), (&Some(GroupEvent::Delete), &None));
    assert!(!events[2].is_known());
    assert_eq!(serde_json::to_value(group).unwrap()["subject"], json!(["Bordados"]));
}

#[test]
fn a_bad_participant_costs_only_himself_and_is_not_lost() {
    let own = json!({
        "group_id": GROUP, "type": "group_renamed", "reason": "by_chance", "initiated_by": 3,
        "added_participants": [{"wa_id": "1"}, "2", null, {"wa_id": ["3"], "badge": "gold"}],
        "removed_participants": {"wa_id": "4"},
        "group_subject": {"text": "x", "update_successful": "true"},
        "profile_picture": null,
    });
    let events = told_of("group_participants_update", &json!({ "groups": [own] }));
    let EventKind::Group(group) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(group.kind, Some(GroupEvent::Unknown("group_renamed".to_owned())));
    assert_eq!(group.reason, Some(GroupReason::Unknown("by_chance".to_owned())));
    assert_eq!(group.added_participants[0].wa_id, text("1"));
    assert!(group.removed_participants.is_empty());
    assert_eq!(group.group_subject.as_ref().unwrap().update_successful, Some(true));
    assert_eq!(serde_json::to_value(group).unwrap(), own);
}

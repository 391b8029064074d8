use serde_json::{Value, json};
use whatsapp_cloud::api::account::AccountStatus;
use whatsapp_cloud::api::phone_number::PhoneNumberStatus;
use whatsapp_cloud::api::users::{
    AssignUser, AssignedAccount, AssignedUser, Assignment, ListAssignedAccounts, ListAssignedUsers,
    Removal, RemoveUser, Task, UserType,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, read};

#[test]
fn users_are_asked_for_with_their_portfolio() {
    let mut call = ListAssignedUsers::new("1", "2");
    call.fields = vec!["id".into(), "tasks".into()];
    call.limit = Some(1);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "1/assigned_users?business=2&fields=id%2Ctasks&limit=1&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    assert_eq!(found(&ListAssignedUsers::new("1", "")), ["business: an id of digits"]);
    call.limit = Some(101);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 101"]);

    let users: Page<AssignedUser> = read(json!({
        "data": [
            {
                "id": "1234567890123456", "name": "John Smith",
                "business": {"id": "9876543210987654", "name": "Example Business Inc"},
                "user_type": "BUSINESS_USER",
            },
            {"id": "1972385232742142", "name": "Anna Flex", "tasks": ["MANAGE"]},
        ],
        "paging": {"cursors": {"after": "QVFI", "before": "QVFJ"}, "next": "https://x"},
        "summary": {"total_count": 15},
    }));
    assert_whole!(users, users.data[0], users.data[0].business.as_ref().unwrap(), users.data[1]);
    assert_eq!(users.data[0].user_type, Some(UserType::BusinessUser));
    assert_eq!(users.data[1].tasks, [Task::Manage]);
    assert_eq!(users.next(), Some("QVFI"));
    assert_eq!(users.summary.unwrap().total_count, Some(15));

    let last = json!({"data": [], "paging": {"cursors": {"after": "QVFI"}}});
    assert_eq!(read::<Page<AssignedUser>>(last).next(), None);
}

#[test]
fn a_user_is_assigned_with_tasks() {
    let assignment = Assignment {
        user: "3456789012345678".into(),
        tasks: vec![Task::Develop, Task::ManageTemplates, Task::ViewTemplates],
        ..Default::default()
    };
    let body = json!({
        "user": "3456789012345678", "tasks": ["DEVELOP", "MANAGE_TEMPLATES", "VIEW_TEMPLATES"],
    });
    assert_sent(&AssignUser::new("1", assignment), Method::Post, "1/assigned_users", body);

    for (count, is_taken) in [(0, false), (1, true), (16, true), (17, false)] {
        let tasks = vec![Task::Manage; count];
        let assignment = Assignment { user: "3".into(), tasks, ..Default::default() };
        assert_eq!(AssignUser::new("1", assignment).request().is_ok(), is_taken, "{count}");
    }
    let nobody = Assignment { tasks: vec![Task::Manage], ..Default::default() };
    assert_eq!(found(&AssignUser::new("1", nobody)), ["user: an id of digits"]);
}

#[test]
fn a_user_is_removed() {
    let removal = Removal { user: "2345678901234567".into(), ..Default::default() };
    let body = json!({"user": "2345678901234567"});
    assert_sent(&RemoveUser::new("1", removal), Method::Delete, "1/assigned_users", body);
    let nobody = RemoveUser::new("1", Removal::default());
    assert_eq!(found(&nobody), ["user: an id of digits"]);
}

#[test]
fn the_accounts_of_a_user_are_asked_for_and_read() {
    let mut call = ListAssignedAccounts::new("9");
    call.fields = vec!["id".into()];
    call.limit = Some(2);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "9/assigned_whatsapp_business_accounts?fields=id&limit=2&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    call.limit = Some(0);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 0"]);

    let page: Page<AssignedAccount> = read(json!({"data": [{
        "id": "1234567890123456", "name": "Primary Business Account", "status": "ACTIVE",
        "assignment_date": "2023-10-15T14:30:00Z",
        "permissions": ["MANAGE", "DEVELOP", "FULL_CONTROL"], "business_id": "9876543210987654",
        "phone_numbers": {"data": [{
            "id": "1234567890", "display_phone_number": "+1 (555) 123-4567",
            "verified_name": "Primary Business", "status": "CONNECTED",
        }]},
    }]}));
    let account = &page.data[0];
    let numbers = account.phone_numbers.as_ref().unwrap();
    assert_whole!(page, account, numbers.data[0]);
    assert_eq!(account.status, Some(AccountStatus::Active));
    assert_eq!(account.permissions, [Task::Manage, Task::Develop, Task::FullControl]);
    assert_eq!(numbers.data[0].status, Some(PhoneNumberStatus::Connected));
}

#[test]
fn the_tasks_are_those_of_metas_list() {
    for word in [
        "MANAGE",
        "DEVELOP",
        "MANAGE_TEMPLATES",
        "MANAGE_PHONE",
        "VIEW_COST",
        "MANAGE_EXTENSIONS",
        "VIEW_PHONE_ASSETS",
        "MANAGE_PHONE_ASSETS",
        "VIEW_TEMPLATES",
        "VIEW_INSIGHTS",
        "RECEIVE_INCOMING_MESSAGES",
        "MANAGE_BILLING",
        "MANAGE_USERS",
        "MESSAGING",
        "FULL_CONTROL",
    ] {
        assert!(Task::from(word).is_known(), "{word}");
    }
}

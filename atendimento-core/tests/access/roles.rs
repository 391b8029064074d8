//! Roles of a company's own: read, refused, and written again.

use std::collections::BTreeMap;

use atendimento_core::domain::access::{
    Action, Role, RoleDocument, RoleFaultReason, Roles, Scope, Scopes,
};

#[test]
fn each_fault_of_a_role_is_refused_with_where_it_is_and_why() {
    use RoleFaultReason::{
        InvalidName, NameTaken, NoAction, NoScope, ScopeNotPossible, UnknownAction, UnknownScope,
    };
    let faults = [
        (r#"{"lead": {"fly": "own"}}"#, "lead.fly", UnknownAction),
        (r#"{"lead": {"Reply": "own"}}"#, "lead.Reply", UnknownAction),
        (r#"{"lead": {"reply": "all"}}"#, "lead.reply", UnknownScope { word: "all".into() }),
        (r#"{"lead": {"reply": ["own", ""]}}"#, "lead.reply", UnknownScope { word: "".into() }),
        (
            r#"{"lead": {"erase": "team"}}"#,
            "lead.erase",
            ScopeNotPossible { action: Action::Erase, scope: Scope::Team },
        ),
        (
            r#"{"lead": {"set_presence": ["own", "queue"]}}"#,
            "lead.set_presence",
            ScopeNotPossible { action: Action::SetPresence, scope: Scope::Queue },
        ),
        (r#"{"lead": {"reply": []}}"#, "lead.reply", NoScope),
        (r#"{"lead": {}}"#, "lead", NoAction),
        (r#"{"agent": {"reply": "tenant"}}"#, "agent", NameTaken),
        (r#"{"Administrator": {"reply": "own"}}"#, "Administrator", NameTaken),
        (r#"{"": {"reply": "own"}}"#, "", InvalidName),
        (r#"{" agent": {"reply": "own"}}"#, " agent", InvalidName),
        (r#"{"a\nb": {"reply": "own"}}"#, "a\nb", InvalidName),
    ];
    for (written, path, reason) in faults {
        let invalid = Roles::new(&serde_json::from_str(written).unwrap()).unwrap_err();
        let found: Vec<_> =
            invalid.faults.iter().map(|it| (it.path.as_str(), &it.reason)).collect();
        assert_eq!(found, [(path, &reason)], "{written}");
    }
    let long = "x".repeat(65);
    let document = Role::AGENT.document();
    assert_eq!(Role::custom(&long, &document).unwrap_err().faults[0].reason, InvalidName);
    assert!(Role::custom(&long[1..], &document).is_ok());
}

#[test]
fn all_faults_are_told_at_once_and_none_of_the_roles_is_taken() {
    let written =
        r#"{"agent": {"fly": "own"}, "good": {"reply": "own"}, "lead": {"erase": "own"}}"#;
    let invalid = Roles::new(&serde_json::from_str(written).unwrap()).unwrap_err();
    assert_eq!(
        invalid.to_string(),
        "agent: there is a built-in role of this name; choose another; \
         agent.fly: there is no such action; \
         lead.erase: it cannot be allowed in the scope own, only in tenant"
    );
}

#[test]
fn a_scope_that_is_no_text_is_refused_when_it_is_read() {
    for written in [r#"{"reply": true}"#, r#"{"reply": {"own": true}}"#, r#"["reply"]"#] {
        assert!(serde_json::from_str::<RoleDocument>(written).is_err(), "{written}");
    }
}

#[test]
fn a_company_has_its_own_roles_beside_the_built_in_ones() {
    let written = r#"{"lead": {"pull": ["team", "queue"], "reply": "own"}}"#;
    let documents: BTreeMap<String, RoleDocument> = serde_json::from_str(written).unwrap();
    let roles = Roles::new(&documents).unwrap();

    let names: Vec<_> = roles.iter().map(Role::name).collect();
    assert_eq!(names, ["administrator", "agent", "auditor", "integration", "lead", "supervisor"]);
    assert_eq!(roles.role("lead").unwrap().scopes(Action::Reply), Scopes::OWN);
    assert_eq!(roles.role("stranger"), None);
    assert_eq!(roles.documents(), documents);
    assert_eq!(
        serde_json::to_string(&roles.documents()).unwrap(),
        written.replace(": ", ":").replace(", ", ",")
    );
    assert_eq!(Roles::default().documents(), BTreeMap::new());
}

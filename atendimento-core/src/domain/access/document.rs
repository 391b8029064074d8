//! Roles of the company's own, as they are written in a configuration.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::access::{Action, Role, Scope, Scopes};
use crate::domain::once::each_once;

/// How long the name of a role can be.
const LONGEST_NAME: usize = 64;

/// What a role of the company's own permits, as it is written: action → scope.
///
/// ```
/// use atendimento_core::domain::access::{Action, Role, RoleDocument, Scopes};
///
/// let document: RoleDocument = serde_json::from_str(
///     r#"{"read_conversation": "tenant", "reply": "own", "pull": ["team", "queue"]}"#,
/// )?;
/// let lead = Role::custom("night lead", &document)?;
/// assert_eq!(lead.scopes(Action::Pull), Scopes::TEAM.and(Scopes::QUEUE));
/// assert_eq!(lead.scopes(Action::Close), Scopes::NONE);
/// assert_eq!(lead.document(), document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoleDocument(#[serde(deserialize_with = "each_once")] pub BTreeMap<String, ScopeWords>);

/// One scope, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a scope is text, and several are a list of texts")]
pub enum ScopeWords {
    /// `"own"`
    One(String),
    /// `["team", "queue"]`
    Several(Vec<String>),
}

impl ScopeWords {
    fn words(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Several(words) => words,
        }
    }
}

impl From<Scopes> for ScopeWords {
    fn from(scopes: Scopes) -> Self {
        let mut words: Vec<_> = scopes.widest().map(|scope| scope.name().to_owned()).collect();
        match words.len() {
            1 => Self::One(words.remove(0)),
            _ => Self::Several(words),
        }
    }
}

/// All roles of a company: those that are always there, and its own.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use atendimento_core::domain::access::{Role, Roles};
///
/// let roles = Roles::new(&serde_json::from_str(r#"{"trainee": {"read_messages": "team"}}"#)?)?;
/// assert_eq!(roles.role("trainee").map(Role::name), Some("trainee"));
/// assert_eq!(roles.role("agent"), Some(&Role::AGENT));
///
/// let invalid = Roles::new(&serde_json::from_str(r#"{"trainee": {"erase": "own"}}"#)?);
/// assert_eq!(
///     invalid.unwrap_err().to_string(),
///     "trainee.erase: it cannot be allowed in the scope own, only in tenant",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    by_name: BTreeMap<String, Role>,
}

impl Default for Roles {
    /// Those that are always there.
    fn default() -> Self {
        let by_name = Role::BUILT_IN.map(|role| (role.name().to_owned(), role)).into();
        Self { by_name }
    }
}

impl Roles {
    /// Those that are always there, and those of `documents`, by name.
    ///
    /// # Errors
    ///
    /// Every fault that there is in `documents`, in their order.
    pub fn new(documents: &BTreeMap<String, RoleDocument>) -> Result<Self, InvalidRoles> {
        let mut roles = Self::default();
        let mut faults = Vec::new();
        for (name, document) in documents {
            match Role::custom(name, document) {
                Ok(role) => {
                    roles.by_name.insert(name.clone(), role);
                }
                Err(invalid) => faults.extend(invalid.faults),
            }
        }
        if faults.is_empty() { Ok(roles) } else { Err(InvalidRoles { faults }) }
    }

    /// The role of this name.
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.by_name.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.by_name.values()
    }

    /// The company's own, as they are written.
    pub fn documents(&self) -> BTreeMap<String, RoleDocument> {
        let own = self.iter().filter(|role| !role.is_built_in());
        own.map(|role| (role.name().to_owned(), role.document())).collect()
    }
}

impl Role {
    /// A role of the company's own. What `document` does not name is not permitted.
    ///
    /// # Errors
    ///
    /// Every fault that there is in the name and in `document`, with where it is.
    pub fn custom(name: &str, document: &RoleDocument) -> Result<Self, InvalidRoles> {
        let mut faults = Vec::new();
        if let Some(reason) = fault_of_name(name) {
            faults.push(RoleFault { path: name.to_owned(), reason });
        }
        if document.0.is_empty() {
            faults.push(RoleFault { path: name.to_owned(), reason: RoleFaultReason::NoAction });
        }
        let mut permissions = [Scopes::NONE; Action::COUNT];
        for (written, words) in &document.0 {
            let path = format!("{name}.{written}");
            let read = action(written).and_then(|action| Ok((action, scopes(action, words)?)));
            match read {
                Ok((action, scopes)) => permissions[action.index()] = scopes,
                Err(reason) => faults.push(RoleFault { path, reason }),
            }
        }
        if faults.is_empty() {
            Ok(Self::made(name, permissions))
        } else {
            Err(InvalidRoles { faults })
        }
    }

    /// What it permits, as it is written: also a start for another role.
    pub fn document(&self) -> RoleDocument {
        let permitted = Action::ALL.iter().filter(|action| !self.scopes(**action).is_empty());
        let written = |action: &Action| (action.name().to_owned(), self.scopes(*action).into());
        RoleDocument(permitted.map(written).collect())
    }
}

fn fault_of_name(name: &str) -> Option<RoleFaultReason> {
    let lower = name.to_lowercase();
    let is_of_a_length = (1..=LONGEST_NAME).contains(&name.chars().count());
    if !is_of_a_length || name.trim() != name || name.contains(char::is_control) {
        Some(RoleFaultReason::InvalidName)
    } else if Role::BUILT_IN.iter().any(|role| role.name() == lower) {
        Some(RoleFaultReason::NameTaken)
    } else {
        None
    }
}

fn action(written: &str) -> Result<Action, RoleFaultReason> {
    let found = Action::ALL.iter().find(|action| action.name() == written);
    found.copied().ok_or(RoleFaultReason::UnknownAction)
}

fn scopes(action: Action, words: &ScopeWords) -> Result<Scopes, RoleFaultReason> {
    let mut scopes = Scopes::NONE;
    for word in words.words() {
        let scope = Scope::ALL.into_iter().find(|scope| scope.name() == word);
        let scope = scope.ok_or_else(|| RoleFaultReason::UnknownScope { word: word.clone() })?;
        if !action.scopes().contains(scope) {
            return Err(RoleFaultReason::ScopeNotPossible { action, scope });
        }
        scopes = scopes.and(Scopes::of(scope));
    }
    if scopes.is_empty() { Err(RoleFaultReason::NoScope) } else { Ok(scopes) }
}

/// What is wrong with roles as they are written. None of them is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct InvalidRoles {
    /// Each fault; at least one.
    pub faults: Vec<RoleFault>,
}

impl fmt::Display for InvalidRoles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for fault in &self.faults {
            write!(f, "{separator}{fault}")?;
            separator = "; ";
        }
        Ok(())
    }
}

/// What is wrong in one place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct RoleFault {
    /// Where: the role, or the role and the action with a dot between them.
    pub path: String,
    /// What is wrong.
    pub reason: RoleFaultReason,
}

/// What is wrong with a role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RoleFaultReason {
    /// The name is empty, too long, begins or ends with a space, or has control characters.
    #[error("a role has a name of 1 to 64 characters, without spaces around it")]
    InvalidName,
    /// The name is that of a role that is always there, however it is capitalised.
    #[error("there is a built-in role of this name; choose another")]
    NameTaken,
    /// The role permits nothing.
    #[error("the role permits nothing; name an action with its scope")]
    NoAction,
    /// There is no such action.
    #[error("there is no such action")]
    UnknownAction,
    /// No scope is named.
    #[error("no scope is named; leave the action out to forbid it")]
    NoScope,
    /// There is no such scope.
    #[error("there is no scope {word:?}; there are own, team, queue and tenant")]
    UnknownScope {
        /// What is written.
        word: String,
    },
    /// The action means nothing in this scope.
    #[error("it cannot be allowed in the scope {scope}, only in {}", possible(*action))]
    ScopeNotPossible {
        /// The action.
        action: Action,
        /// The scope that is written.
        scope: Scope,
    },
}

fn possible(action: Action) -> String {
    let scopes = Scope::ALL.into_iter().filter(|scope| action.scopes().contains(*scope));
    scopes.map(Scope::name).collect::<Vec<_>>().join(", ")
}

//! The permission that is missing, in words.

use std::fmt;

use crate::domain::access::{Action, Scope, Scopes};

/// The permission that is missing. Says nothing of what it is missing for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Denied {
    /// The name of the role in which they acted.
    pub role: String,
    /// What they wanted to do.
    pub action: Action,
    /// In which scopes they may; none when they may not at all.
    pub held: Scopes,
    /// The scope in which they would have to be allowed to. `None` when they may not at all, or
    /// when no scope helps: nobody acts on what is another company's.
    pub needed: Option<Scope>,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.role.as_str() {
            role @ ("agent" | "auditor" | "administrator" | "integration") => {
                write!(f, "an {role} may")?;
            }
            role @ "supervisor" => write!(f, "a {role} may")?,
            role => write!(f, "the role {role:?} may")?,
        }
        let (verb, noun) = self.action.words();
        if self.held.is_empty() {
            return write!(f, " not {verb} {noun}");
        }
        write!(f, " {verb}")?;
        let mut and = "";
        for scope in self.held.widest() {
            let whose = match scope {
                Scope::Own => "their own",
                Scope::Team => "their team's",
                Scope::Queue => "their queues'",
                Scope::Tenant => "their company's",
            };
            write!(f, "{and} {whose}")?;
            and = " and";
        }
        write!(f, " {noun} only")?;
        match self.needed {
            Some(scope) => write!(f, "; this needs the scope {scope}"),
            None => Ok(()),
        }
    }
}

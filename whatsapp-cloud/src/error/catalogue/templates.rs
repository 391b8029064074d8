//! Templates: sending, writing and deleting them.

use crate::error::catalogue::{CHANGE, Entry, HOUR, NEVER, PAGE, entries, wait};

pub(super) const ENTRIES: &[&[Entry]] = &[TEMPLATES];

/// Those above two million mostly come as subcodes of 100.
const TEMPLATES: &[Entry] = entries! {
    PAGE;
    132_000: Template, Caller, CHANGE, None;
        "the template has another number of parameters",
        "Give as many parameters as the template has.";
    132_001: Template, Caller, CHANGE, None;
        "there is no such template in this language, or it is not approved",
        "Check name and language, and that the template is approved.";
    132_005: Template, Caller, CHANGE, None;
        "the text is too long once its parameters are in", "Shorten the parameters.";
    132_007: Template, Quality, NEVER, None;
        "the template's content breaks a policy", "Write another template, after Meta's policy.";
    132_008: Template, Caller, CHANGE, None;
        "a parameter has a value that is not allowed",
        "Change the parameter that the details name.";
    132_012: Template, Caller, CHANGE, None;
        "a parameter has the wrong form", "Give each parameter the form that the template wants.";
    132_015: Template, Quality, CHANGE, None;
        "the template is paused for bad quality",
        "Use another template until it is active again, or improve it.";
    132_016: Template, Quality, NEVER, None;
        "the template was paused too often and is disabled for good", "Write another template.";
    132_018: Template, Caller, CHANGE, None;
        "something is wrong with the template's parameters",
        "Compare the parameters with the template.";
    132_068: Template, Account, CHANGE, None;
        "the template's Flow is blocked", "Correct the Flow.";
    132_069: Template, Quality, wait(HOUR), None;
        "the template's Flow is throttled to ten messages an hour",
        "Wait for an hour, and correct the Flow.";
    200_005..=200_007: Template, Caller, CHANGE, None;
        "template insights are not there, not enabled, or cannot be disabled",
        "Enable template insights first.";
    2_388_019: Template, Account, CHANGE, None;
        "the account has as many templates as it may have",
        "Delete templates, or verify the business.";
    2_388_039..=2_388_040: Template, Caller, CHANGE, None;
        "placeholders or lengths of the template are not allowed",
        "Change the template as the text for people says.";
    2_388_047: Template, Caller, CHANGE, None;
        "the header's form is not allowed", "Change the header as the text for people says.";
    2_388_072: Template, Caller, CHANGE, None;
        "the body's form is not allowed", "Change the body as the text for people says.";
    2_388_073: Template, Caller, CHANGE, None;
        "the footer's form is not allowed", "Change the footer as the text for people says.";
    2_388_293: Template, Caller, CHANGE, None;
        "too many placeholders for so short a text", "Write more text, or use fewer placeholders.";
    2_388_299: Template, Caller, CHANGE, None;
        "the text begins or ends with a placeholder", "Put words before and after the placeholder.";
    2_388_318: Template, Caller, NEVER, None;
        "a template that Meta made cannot be edited", "Write a template of your own.";
    2_388_330: Template, Caller, NEVER, None;
        "a template that Meta made cannot be deleted", "Leave it; it does no harm.";
    100 / 2_593_002: NotFound, Caller, NEVER, None;
        "there is no such template to delete",
        "Check name and id of the template; it may be deleted already.";
};

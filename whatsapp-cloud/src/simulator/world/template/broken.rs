//! What is wrong with a template, in Meta's words.
//!
//! Meta's pages list numbers such as 2388040 as codes; they come as subcodes of 100, with
//! text for a person.

use serde_json::Value;

use crate::api::Violation;
use crate::api::templates::{Component, Template};
use crate::simulator::world::Refusal;
use crate::simulator::world::content::find;
use crate::wire::member::Member;

/// The languages that templates can be in.
///
/// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/supported-languages>
const LANGUAGES: &str = "af ar ar_AE ar_EG ar_LB ar_MA ar_QA az be_BY bg bn bn_IN ca cs da de \
    de_AT de_CH el en en_AE en_AU en_CA en_GB en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG \
    en_UG en_US en_ZA es es_AR es_CL es_CO es_CR es_DO es_EC es_ES es_HN es_MX es_PA es_PE \
    es_UY et fa fi fil fr fr_BE fr_CA fr_CH fr_CI fr_MA ga gu ha he hi hr hu id it ja ka kk kn \
    ko ky_KG lo lt lv mk ml mr ms nb nl nl_BE pa pl prs_AF ps_AF pt_BR pt_PT ro ru rw_RW si_LK \
    sk sl sq sr sv sw ta te th tr uk ur uz vi zh_CN zh_HK zh_TW zu";

/// Refuses a template, or a change of one, that is not well formed. `body` is what was sent.
pub(super) fn check<T: Member>(handed_in: &T, body: &Value) -> Result<(), Refusal> {
    let mut found = crate::api::Violations::strict();
    handed_in.check(&mut found);
    match found.as_slice().first() {
        Some(broken) => Err(refused(broken, body)),
        None => Ok(()),
    }
}

/// Refuses what a new template may not be, beyond its form.
pub(super) fn check_words(template: &Template) -> Result<(), Refusal> {
    if !LANGUAGES.split_whitespace().any(|language| language == template.language) {
        return Err(Refusal::new(100, "Param language must be a supported language"));
    }
    check_ratio(&template.components)
}

/// Refuses a text that is mostly variables.
///
/// Meta tells the rule nowhere; senders have found three words for each variable, the
/// variables among them, and one more.
pub(super) fn check_ratio(components: &[Component]) -> Result<(), Refusal> {
    for part in components {
        let Component::Body(body) = part else { continue };
        let text = body.text.as_deref().unwrap_or_default();
        let variables = super::fill::names(text).len();
        if variables > 0 && words(text) < 2 * variables + 1 {
            return Err(of(2_388_293, "The body has too many variables for its length"));
        }
    }
    Ok(())
}

/// How many words there are beside the variables. Scripts without spaces have one a letter.
fn words(text: &str) -> usize {
    let mut count = 0;
    for (index, piece) in text.split("{{").enumerate() {
        let piece = if index == 0 { piece } else { piece.split_once("}}").map_or("", |p| p.1) };
        let is_written_together = |char: &char| matches!(char, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
        count += piece.chars().filter(is_written_together).count();
        let is_word = |word: &&str| {
            word.chars().any(|char| char.is_alphanumeric() && !is_written_together(&char))
        };
        count += piece.split_whitespace().filter(is_word).count();
    }
    count
}

/// A refusal with what Meta tells a person.
pub(super) fn of(subcode: i64, details: impl Into<String>) -> Refusal {
    let (title, sentence) = match subcode {
        2_388_019 => (
            "Message template limit exceeded",
            "The account has as many message templates as it may have. Delete some first.",
        ),
        2_388_023 => (
            "Message template language is being deleted",
            "This name cannot be used again in this language for 4 weeks. Use another name.",
        ),
        2_388_024 => (
            "Content in This Language Already Exists",
            "There is already content in this language for this template.",
        ),
        2_388_039 => (
            "Message template placeholders are wrong",
            "Variables are written as {{1}}, numbered from 1 without gaps, or by their names.",
        ),
        2_388_040 => ("Character limit exceeded", "A text of the template is too long."),
        2_388_043 => (
            "Message template \"components\" param is missing expected field(s)",
            "A part of the template lacks an example or another member.",
        ),
        2_388_047 => ("Message header format is incorrect", "The header is not well formed."),
        2_388_072 => ("Message body format is incorrect", "The body is not well formed."),
        2_388_073 => ("Message footer format is incorrect", "The footer is not well formed."),
        2_388_293 => (
            "Parameters words ratio exceeds limit",
            "This template has too many variables for its length. Use fewer, or more words.",
        ),
        2_388_299 => (
            "Leading or trailing params are not allowed",
            "Variables can't be at the start or end of the template.",
        ),
        2_593_002 => ("Message template not found", "There is no such message template."),
        _ => ("Invalid parameter", "The template cannot be taken so."),
    };
    Refusal::new(100, details).with_subcode(subcode).told(title, sentence)
}

fn refused(broken: &Violation, body: &Value) -> Refusal {
    let (path, rule) = (broken.path(), broken.rule());
    let details = format!("Param {path}: {rule}");
    if !path.starts_with("components") {
        return Refusal::new(100, details);
    }
    if path.contains(".example") {
        return of(2_388_043, details);
    }
    if rule.starts_with("a variable stands neither") {
        return of(2_388_299, details);
    }
    let is_too_long = rule.contains(" characters, found ") && broken.found() != Some("0");
    if is_too_long {
        return of(2_388_040, details);
    }
    let kind = kind_of_part(path, body).unwrap_or_default();
    let is_about_variables = rule.contains("variable") || rule.starts_with("braces");
    match kind.as_str() {
        "FOOTER" => of(2_388_073, details),
        "HEADER" if is_about_variables && !rule.starts_with("one variable") => {
            of(2_388_039, details)
        }
        "BODY" if is_about_variables => of(2_388_039, details),
        "HEADER" => of(2_388_047, details),
        "BODY" => of(2_388_072, details),
        _ => Refusal::new(100, details),
    }
}

/// The type of the innermost part that a path such as
/// `components[1].cards[0].components[0].text` leads into.
fn kind_of_part(path: &str, body: &Value) -> Option<String> {
    let start = path.rfind("components[")?;
    let end = start + path[start..].find(']')? + 1;
    let kind = find(body, &path[..end])?.get("type")?.as_str()?;
    Some(kind.to_ascii_uppercase())
}

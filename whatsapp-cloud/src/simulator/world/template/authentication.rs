//! Authentication templates: their words are Meta's.

use crate::api::templates::{
    BodyExample, Button, Component, Template, TemplateCategory, UrlButton,
};

/// How Meta answers the address of the button that takes the code.
const CODE: &str = "https://www.whatsapp.com/otp/code/?otp_type=";

/// Puts Meta's words into an authentication template: as Meta answers it, and sends it.
pub(super) fn in_metas_words(template: &mut Template) {
    if template.category != TemplateCategory::Authentication {
        return;
    }
    let is_portuguese = template.language.starts_with("pt");
    for part in &mut template.components {
        match part {
            Component::Body(body) => {
                let is_careful = body.add_security_recommendation == Some(true);
                let text = match (is_portuguese, is_careful) {
                    (true, true) => {
                        "Seu código de verificação é *{{1}}*. Para sua segurança, não o \
                         compartilhe."
                    }
                    (true, false) => "Seu código de verificação é *{{1}}*.",
                    (false, true) => {
                        "*{{1}}* is your verification code. For your security, do not share \
                         this code."
                    }
                    (false, false) => "*{{1}}* is your verification code.",
                };
                body.text = Some(text.to_owned());
                let body_text = ["123456"].into();
                body.example = Some(BodyExample { body_text, ..BodyExample::default() });
            }
            Component::Footer(footer) => {
                if let Some(minutes) = footer.code_expiration_minutes {
                    footer.text = Some(match is_portuguese {
                        true => format!("Este código expira em {minutes} minutos."),
                        false => format!("This code expires in {minutes} minutes."),
                    });
                }
            }
            Component::Buttons(buttons) => {
                for button in &mut buttons.buttons {
                    if let Button::Otp(otp) = button {
                        let label = if is_portuguese { "Copiar código" } else { "Copy code" };
                        let before = format!("{CODE}{}&code=otp", otp.otp_type.as_str());
                        *button = Button::Url(UrlButton {
                            text: otp.text.clone().unwrap_or_else(|| label.to_owned()),
                            url: format!("{before}{{{{1}}}}"),
                            example: [format!("{before}123456")].into(),
                            ..UrlButton::default()
                        });
                    }
                }
            }
            Component::Header(_)
            | Component::Carousel(_)
            | Component::LimitedTimeOffer(_)
            | Component::CallPermissionRequest(_)
            | Component::Other(_) => {}
        }
    }
}

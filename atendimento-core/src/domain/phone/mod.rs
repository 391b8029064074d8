//! What a phone number says of who somebody is.
//!
//! The same person's number is written in many ways; this makes them one [`key`](Phone::key).
//! For Brazil the rules are exact and our own, since the ninth digit cannot be added or dropped
//! by rule alone (see `brazil`); other countries' numbers are read by a phone library, and
//! none of Brazil's rules touches them.
//!
//! A key is for finding people. A message goes to the address that the channel observed, which
//! is not computable from a number.

use std::fmt;

use phonenumber::country::Id as Country;

mod brazil;

pub use brazil::AREA_CODES;

/// A phone number, read. `Debug` shows no digit.
///
/// ```
/// use atendimento_core::domain::phone::{Home, Phone, PhoneKind};
///
/// let home = Home::brazil();
/// let phone = Phone::read("(11) 9 9988-7766", &home)?;
/// assert_eq!((phone.key(), phone.kind()), ("5511999887766", PhoneKind::Mobile));
/// // The same, as WhatsApp knows many that are older than the ninth digit.
/// assert_eq!(Phone::of_wa_id("551199887766")?.key(), phone.key());
/// // With an 8 in the place of the 9 it is somebody's landline, and nobody's alias.
/// assert_eq!(Phone::read("+55 11 3123-4567", &home)?.alias(), None);
/// # Ok::<(), atendimento_core::domain::phone::InvalidPhone>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    key: String,
    alias: Option<NumberAlias>,
    kind: PhoneKind,
    is_assumed: bool,
}

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PhoneKind {
    /// A mobile in Brazil.
    Mobile,
    /// A landline in Brazil.
    Landline,
    /// Eight local digits from 7 on: a mobile before the ninth digit, or one that never got
    /// it.
    Ambiguous,
    /// A number of another country.
    Foreign,
}

/// Another way in which the same number may be known. `Debug` shows no digit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NumberAlias {
    /// Its digits, with the country code.
    pub digits: String,
    /// How sure it is.
    pub strength: Strength,
}

/// How sure it is that two numbers are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Nobody else can have it.
    Strong,
    /// Somebody else may have it: a candidate, until something else says the same.
    Weak,
}

/// Where a number is at home that is written without its country.
///
/// ```
/// use atendimento_core::domain::phone::{Home, Phone};
///
/// let home = Home::brazil().with_area_code("11");
/// let phone = Phone::read("99988-7766", &home)?;
/// assert_eq!(phone.key(), "5511999887766");
/// assert!(phone.is_assumed());
/// # Ok::<(), atendimento_core::domain::phone::InvalidPhone>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    country: Country,
    area_code: Option<String>,
}

/// Why a text is no phone number. It may be kept as text, and never tells who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPhone {
    /// It holds something else than digits and what is written between them.
    #[error("not a phone number")]
    NoNumber,
    /// The area code is none of Brazil's.
    #[error("no such area code")]
    AreaCode,
    /// The local part is too short, too long, or begins with a digit that none begins with.
    #[error("no such local number")]
    Local,
    /// It has no area code, and none is assumed.
    #[error("the area code is missing")]
    AreaCodeMissing,
    /// No number of its country is written so.
    #[error("no number of its country")]
    Foreign,
    /// There is no such country.
    #[error("no such country")]
    Country,
}

impl Home {
    /// Brazil.
    pub fn brazil() -> Self {
        Self { country: Country::BR, area_code: None }
    }

    /// Another country, by its two letters (ISO 3166): a number without a country code is
    /// read as one there.
    ///
    /// # Errors
    ///
    /// [`InvalidPhone::Country`] when there is no such country.
    pub fn country(letters: &str) -> Result<Self, InvalidPhone> {
        let country = letters.parse().map_err(|_| InvalidPhone::Country)?;
        Ok(Self { country, area_code: None })
    }

    /// The area code of numbers that are written without one, in Brazil.
    #[must_use]
    pub fn with_area_code(mut self, code: impl Into<String>) -> Self {
        self.area_code = Some(code.into());
        self
    }
}

impl Phone {
    /// Reads a number as a person or a CRM writes it.
    ///
    /// Behind a `+` or `00` stands a country code. Without one the number is at `home`: in
    /// Brazil with or without country code, trunk zero, carrier and area code.
    ///
    /// # Errors
    ///
    /// [`InvalidPhone`], which says why.
    pub fn read(written: &str, home: &Home) -> Result<Self, InvalidPhone> {
        let written = written.trim();
        let (digits, has_plus) = digits_of(written)?;
        if let Some(international) =
            if has_plus { Some(digits.as_str()) } else { digits.strip_prefix("00") }
        {
            return match international.strip_prefix("550") {
                // No area code begins with zero: it is what one dials within the country.
                Some(national) => brazil::classify(national),
                None => Self::international(international),
            };
        }
        if home.country != Country::BR {
            return Self::foreign(written, Some(home.country));
        }
        let (national, is_assumed) = brazil::national(&digits, home.area_code.as_deref())?;
        Ok(Self { is_assumed, ..brazil::classify(&national)? })
    }

    /// Reads what WhatsApp calls a user: digits with the country code, always.
    ///
    /// # Errors
    ///
    /// [`InvalidPhone`], which says why.
    pub fn of_wa_id(wa_id: &str) -> Result<Self, InvalidPhone> {
        if wa_id.is_empty() || !wa_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidPhone::NoNumber);
        }
        Self::international(wa_id)
    }

    fn international(digits: &str) -> Result<Self, InvalidPhone> {
        match digits.strip_prefix("55") {
            Some(national) => brazil::classify(national),
            None => Self::foreign(&format!("+{digits}"), None),
        }
    }

    fn foreign(written: &str, home: Option<Country>) -> Result<Self, InvalidPhone> {
        let number = phonenumber::parse(home, written).map_err(|_| InvalidPhone::Foreign)?;
        if !number.is_valid() {
            return Err(InvalidPhone::Foreign);
        }
        let written = number.format().mode(phonenumber::Mode::E164).to_string();
        let key: String = written.chars().filter(char::is_ascii_digit).collect();
        // A number of Brazil's is read by Brazil's rules, wherever it is dialled from.
        match key.strip_prefix("55") {
            Some(national) if number.code().value() == 55 => brazil::classify(national),
            _ => Ok(Self { key, alias: None, kind: PhoneKind::Foreign, is_assumed: false }),
        }
    }

    /// What it is found by: its digits in canonical form, with the country code.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The other way in which it may be known, if there is one.
    pub fn alias(&self) -> Option<&NumberAlias> {
        self.alias.as_ref()
    }

    /// The forms in which it surely is this number: the key, and the strong alias.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &str> {
        let strong = self.alias.iter().filter(|alias| alias.strength == Strength::Strong);
        std::iter::once(self.key.as_str()).chain(strong.map(|alias| alias.digits.as_str()))
    }

    /// What kind of number it is.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// Whether the area code was not written, but assumed.
    pub fn is_assumed(&self) -> bool {
        self.is_assumed
    }

    /// Whether `written` is this number, as a person or a CRM writes it: compared by
    /// [`key`](Phone::key). What a search returned counts only when this says so, since many a
    /// search answers with whatever contains the digits.
    ///
    /// ```
    /// use atendimento_core::domain::phone::{Home, Phone};
    ///
    /// let home = Home::brazil();
    /// let mobile = Phone::read("+55 11 98888-7777", &home)?;
    /// assert!(mobile.is_written("(11) 8888-7777", &home));
    /// // It contains the digits, and is somebody's landline.
    /// let landline = Phone::read("+55 11 3123-4567", &home)?;
    /// assert!(!landline.is_written("5511931234567", &home));
    /// # Ok::<(), atendimento_core::domain::phone::InvalidPhone>(())
    /// ```
    pub fn is_written(&self, written: &str, home: &Home) -> bool {
        Self::read(written, home).is_ok_and(|other| other.key == self.key)
    }

    /// How the number may stand in a CRM, the most likely first: ask for each of them, and
    /// take of what comes back only what [is the number](Phone::is_written).
    ///
    /// ```
    /// use atendimento_core::domain::phone::{Home, Phone};
    ///
    /// let forms = Phone::read("+5511999887766", &Home::brazil())?.search_forms();
    /// for form in ["+5511999887766", "11999887766", "(11) 99988-7766", "551199887766"] {
    ///     assert!(forms.contains(&form.to_owned()), "{form}");
    /// }
    /// # Ok::<(), atendimento_core::domain::phone::InvalidPhone>(())
    /// ```
    pub fn search_forms(&self) -> Vec<String> {
        let mut forms = Vec::new();
        for digits in self.forms() {
            forms.push(format!("+{digits}"));
            forms.push(digits.to_owned());
            if self.kind != PhoneKind::Foreign {
                forms.extend(brazil::written(&digits[2..]));
            }
        }
        forms
    }
}

/// The digits of what is written, and whether a plus stands before them.
fn digits_of(written: &str) -> Result<(String, bool), InvalidPhone> {
    // Some write (+55) 11.
    let (rest, has_plus) = match written.strip_prefix("(+").or_else(|| written.strip_prefix('+')) {
        Some(rest) => (rest, true),
        None => (written, false),
    };
    let is_between = |char: char| matches!(char, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}');
    if !rest.chars().all(|char| char.is_ascii_digit() || is_between(char)) {
        return Err(InvalidPhone::NoNumber);
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { Err(InvalidPhone::NoNumber) } else { Ok((digits, has_plus)) }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phone").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for NumberAlias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NumberAlias").field("strength", &self.strength).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Result<Phone, InvalidPhone> {
        Phone::read(written, &Home::brazil())
    }

    fn alias(digits: &str, strength: Strength) -> Option<NumberAlias> {
        Some(NumberAlias { digits: digits.to_owned(), strength })
    }

    #[test]
    fn the_same_mobile_has_one_key_however_it_is_written() {
        for written in [
            "+55 11 99988-7766",
            "551199887766",
            "(11) 9 9988-7766",
            "11 9988-7766",
            "011 99988-7766",
            "0 15 11 99988-7766",
            "0055 11 99988-7766",
            " +55 (11) 99988.7766 ",
            "(+55) 11 99988-7766",
            "+55 (0) 11 99988-7766",
            "0055 011 99988-7766",
        ] {
            let phone = read(written).unwrap();
            assert_eq!((phone.key(), phone.kind()), ("5511999887766", PhoneKind::Mobile));
            assert_eq!(phone.alias, alias("551199887766", Strength::Strong), "{written}");
            assert!(!phone.is_assumed(), "{written}");
        }
    }

    #[test]
    fn a_landline_is_nobodys_mobile() {
        for written in ["+55 11 3123-4567", "551131234567", "(11) 3123-4567", "011 3123-4567"] {
            let phone = read(written).unwrap();
            assert_eq!((phone.key(), phone.kind()), ("551131234567", PhoneKind::Landline));
            assert_eq!(phone.alias, None, "{written}");
        }
        let mobile = Phone::of_wa_id("5511931234567").unwrap();
        assert_eq!((mobile.key(), mobile.kind()), ("5511931234567", PhoneKind::Mobile));
        assert_eq!(mobile.alias, None, "without its 9 it would be the landline above");
    }

    #[test]
    fn santa_maria_has_the_area_code_that_looks_like_the_countrys() {
        for written in ["5599887766", "55999887766", "555599887766", "5555999887766"] {
            assert_eq!(read(written).unwrap().key(), "5555999887766", "{written}");
        }
        for wa_id in ["555599887766", "5555999887766"] {
            assert_eq!(Phone::of_wa_id(wa_id).unwrap().key(), "5555999887766", "{wa_id}");
        }
    }

    #[test]
    fn from_7_on_nobody_can_tell() {
        let short = read("551177881234").unwrap();
        assert_eq!((short.key(), short.kind()), ("551177881234", PhoneKind::Ambiguous));
        assert_eq!(short.alias, alias("5511977881234", Strength::Weak));
        let long = read("5511977881234").unwrap();
        assert_eq!((long.key(), long.kind()), ("5511977881234", PhoneKind::Mobile));
        assert_eq!(long.alias, alias("551177881234", Strength::Weak));
    }

    #[test]
    fn a_mobile_without_its_9_gets_it() {
        assert_eq!(read("553188888888").unwrap().key(), "5531988888888");
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (written, why) in [
            ("5510999887766", InvalidPhone::AreaCode),
            ("+55 20 99988-7766", InvalidPhone::AreaCode),
            ("55119998877", InvalidPhone::Local),
            ("11 1234-5678", InvalidPhone::Local),
            ("11 0234-5678", InvalidPhone::Local),
            ("11 89988-7766", InvalidPhone::Local),
            ("+55 11 99988-77661", InvalidPhone::Local),
            ("+55 1", InvalidPhone::Local),
            ("0800 123 4567", InvalidPhone::AreaCode),
            ("99988-7766", InvalidPhone::AreaCodeMissing),
            ("190", InvalidPhone::Local),
            ("4415512345678", InvalidPhone::Local),
            ("", InvalidPhone::NoNumber),
            ("+", InvalidPhone::NoNumber),
            ("ana", InvalidPhone::NoNumber),
            ("11 99988-7766 ramal 3", InvalidPhone::NoNumber),
            ("٥٥١١٩٩٩٨٨٧٧٦٦", InvalidPhone::NoNumber),
            ("+999 123", InvalidPhone::Foreign),
            ("+1 415", InvalidPhone::Foreign),
        ] {
            assert_eq!(read(written).unwrap_err(), why, "{written}");
        }
        assert_eq!(Phone::of_wa_id("+5511999887766").unwrap_err(), InvalidPhone::NoNumber);
        assert_eq!(Home::country("ZZ").unwrap_err(), InvalidPhone::Country);
    }

    #[test]
    fn another_countrys_number_is_read_by_its_own_rules() {
        for (written, key) in [
            ("+1 415 555 2671", "14155552671"),
            ("001 415 555 2671", "14155552671"),
            ("+351 912 345 678", "351912345678"),
            ("+54 9 11 2345-6789", "5491123456789"),
            ("+52 55 1234 5678", "525512345678"),
        ] {
            let phone = read(written).unwrap();
            assert_eq!((phone.key(), phone.kind()), (key, PhoneKind::Foreign), "{written}");
            assert_eq!(phone.alias, None);
        }
        assert_eq!(Phone::of_wa_id("14155552671").unwrap().key(), "14155552671");
        let portugal = Home::country("PT").unwrap();
        assert_eq!(Phone::read("912 345 678", &portugal).unwrap().key(), "351912345678");
        let brazil = Phone::read("+55 11 9988-7766", &portugal).unwrap();
        assert_eq!(brazil.key(), "5511999887766");
    }

    #[test]
    fn an_area_code_is_assumed_only_where_one_was_told() {
        let home = Home::brazil().with_area_code("11");
        for (written, key) in [("9988-7766", "5511999887766"), ("3123-4567", "551131234567")] {
            let phone = Phone::read(written, &home).unwrap();
            assert_eq!((phone.key(), phone.is_assumed()), (key, true), "{written}");
        }
        assert!(!Phone::read("21 99988-7766", &home).unwrap().is_assumed());
        let wrong = Home::brazil().with_area_code("10");
        assert_eq!(Phone::read("99988-7766", &wrong).unwrap_err(), InvalidPhone::AreaCode);
    }

    #[test]
    fn what_a_crm_may_hold_leads_back_to_the_same_key() {
        for written in ["+5511999887766", "+551131234567", "+551177881234", "+14155552671"] {
            let phone = read(written).unwrap();
            let home = Home::brazil().with_area_code("11");
            let forms = phone.search_forms();
            assert!(forms.len() >= 2);
            for form in forms {
                // Ten digits of another country are ten digits of Brazil's without a plus.
                if phone.kind() == PhoneKind::Foreign && !form.starts_with('+') {
                    assert_eq!(Phone::of_wa_id(&form).unwrap().key(), phone.key());
                    continue;
                }
                assert_eq!(Phone::read(&form, &home).unwrap().key(), phone.key(), "{form}");
            }
        }
    }

    #[test]
    fn debug_shows_no_digit() {
        let phone = read("+5511999887766").unwrap();
        let shown = format!("{phone:?} {:?}", phone.alias());
        assert!(!shown.contains("99"), "{shown}");
    }
}

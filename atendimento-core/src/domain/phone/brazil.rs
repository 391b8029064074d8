//! Brazil's numbers: 67 area codes, and a ninth digit that mobiles got from 2012 to 2016.
//!
//! Landlines begin with 2 to 5 and mobiles began with 6 to 9; the 9 was put before the latter
//! only, and not before the trunked radios that also began with 7. So a number of eight local
//! digits from 6, 8 or 9 on is surely a mobile without its 9; from 7 on it is one or the other;
//! and a mobile whose 9 is followed by 0 to 5 was never written without it.
//!
//! Source: Anatel, Resolução nº 553/2010 and nº 749/2022 (numbering plan).

use crate::domain::phone::{InvalidPhone, NumberAlias, Phone, PhoneKind, Strength};

/// The area codes (DDD), in order.
pub const AREA_CODES: [u8; 67] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69, 71, 73, 74, 75, 77,
    79, 81, 82, 83, 84, 85, 86, 87, 88, 89, 91, 92, 93, 94, 95, 96, 97, 98, 99,
];

/// Area code and local number of what is dialled within Brazil, and whether the area code had
/// to be assumed.
pub(super) fn national(
    digits: &str,
    area_code: Option<&str>,
) -> Result<(String, bool), InvalidPhone> {
    let told = |national: &str| Ok((national.to_owned(), false));
    match (digits.strip_prefix('0'), digits.len()) {
        // 0 11 99988-7766, and with a carrier 0 15 11 99988-7766.
        (Some(national), 11 | 12) => told(national),
        (Some(rest), 13 | 14) => told(&rest[2..]),
        (Some(_), _) => Err(InvalidPhone::Local),
        (None, 12 | 13) => match digits.strip_prefix("55") {
            Some(national) => told(national),
            None => Err(InvalidPhone::Local),
        },
        // Here 55 is Santa Maria's area code, and not the country's.
        (None, 10 | 11) => told(digits),
        (None, 8 | 9) => match area_code {
            Some(area_code) => Ok((format!("{area_code}{digits}"), true)),
            None => Err(InvalidPhone::AreaCodeMissing),
        },
        (None, _) => Err(InvalidPhone::Local),
    }
}

/// What kind of number area code and local number are, in canonical form.
pub(super) fn classify(national: &str) -> Result<Phone, InvalidPhone> {
    let area = national.get(..2).and_then(|area| area.parse().ok()).ok_or(InvalidPhone::Local)?;
    if !AREA_CODES.contains(&area) {
        return Err(InvalidPhone::AreaCode);
    }
    let local = &national[2..];
    let with = |local: &str| format!("55{area}{local}");
    let alias = |local: &str, strength| Some(NumberAlias { digits: with(local), strength });
    let phone =
        |local: &str, kind, alias| Phone { key: with(local), alias, kind, is_assumed: false };
    match local.as_bytes() {
        [b'9', second, rest @ ..] if rest.len() == 7 => {
            let short = &local[1..];
            let alias = match second {
                b'6' | b'8' | b'9' => alias(short, Strength::Strong),
                b'7' => alias(short, Strength::Weak),
                // Without its 9 it would be somebody's landline, or nothing.
                _ => None,
            };
            Ok(phone(local, PhoneKind::Mobile, alias))
        }
        [first, rest @ ..] if rest.len() == 7 => {
            let long = format!("9{local}");
            match first {
                b'2'..=b'5' => Ok(phone(local, PhoneKind::Landline, None)),
                b'6' | b'8' | b'9' => {
                    Ok(phone(&long, PhoneKind::Mobile, alias(local, Strength::Strong)))
                }
                b'7' => Ok(phone(local, PhoneKind::Ambiguous, alias(&long, Strength::Weak))),
                _ => Err(InvalidPhone::Local),
            }
        }
        _ => Err(InvalidPhone::Local),
    }
}

/// How area code and local number are written.
pub(super) fn written(national: &str) -> [String; 3] {
    let (area, local) = national.split_at(2);
    let (begin, end) = local.split_at(local.len() - 4);
    [national.to_owned(), local.to_owned(), format!("({area}) {begin}-{end}")]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::phone::Home;

    /// Eight local digits from `first` on.
    fn locals(first: u8) -> impl Iterator<Item = String> {
        (0..50).map(move |number| format!("{first}{:07}", number * 199_999))
    }

    #[test]
    fn there_are_67_area_codes() {
        // The second digit by the first, as the numbering plan has them.
        let plan = |area: u8| match area / 10 {
            1 | 4 | 6 | 8 | 9 => !area.is_multiple_of(10),
            2 => [1, 2, 4, 7, 8].contains(&(area % 10)),
            3 => [1, 2, 3, 4, 5, 7, 8].contains(&(area % 10)),
            5 => [1, 3, 4, 5].contains(&(area % 10)),
            7 => [1, 3, 4, 5, 7, 9].contains(&(area % 10)),
            _ => false,
        };
        let planned: Vec<u8> = (0..=99).filter(|area| plan(*area)).collect();
        assert_eq!(planned, AREA_CODES);
    }

    #[test]
    fn with_and_without_its_9_a_mobile_is_one_in_every_area() {
        for area in AREA_CODES {
            for first in [6, 8, 9] {
                for local in locals(first) {
                    let short = classify(&format!("{area}{local}")).unwrap();
                    let long = classify(&format!("{area}9{local}")).unwrap();
                    assert_eq!(short, long, "{area} {local}");
                    assert_eq!(short.alias().unwrap().digits, format!("55{area}{local}"));
                }
            }
        }
    }

    #[test]
    fn no_two_persons_share_a_key_or_a_strong_alias() {
        for area in AREA_CODES {
            let mut owners: BTreeMap<String, String> = BTreeMap::new();
            // What two people can have at the same time: landlines, mobiles with their 9, and
            // the radios that have none.
            let mobiles = (0..=9).flat_map(locals).map(|local| format!("9{local}"));
            let others = (2..=5).chain([7]).flat_map(locals);
            for local in mobiles.chain(others) {
                let phone = classify(&format!("{area}{local}")).unwrap();
                let strong = phone.alias().filter(|alias| alias.strength == Strength::Strong);
                let digits = strong.map(|alias| alias.digits.clone());
                for name in std::iter::once(phone.key().to_owned()).chain(digits) {
                    let before = owners.insert(name, local.clone());
                    assert!(before.is_none(), "{area}: {before:?} and {local}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(area in 0_usize..67, local in "[0-9]{8,9}") {
            let national = format!("{}{local}", AREA_CODES[area]);
            if let Ok(phone) = classify(&national) {
                let again = Phone::of_wa_id(phone.key()).unwrap();
                prop_assert_eq!(&again, &phone);
                for written in [format!("+{}", phone.key()), phone.key()[2..].to_owned()] {
                    let read = Phone::read(&written, &Home::brazil()).unwrap();
                    prop_assert_eq!(read.key(), phone.key());
                }
            }
        }

        #[test]
        fn whatever_is_written_is_read_or_refused(written in "\\PC{0,24}|[0-9 +()-]{0,20}") {
            if let Ok(phone) = Phone::read(&written, &Home::brazil()) {
                prop_assert!(phone.key().bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
    }
}

//! The label of a DOT record: `tuple|'value0'|<item>` is a tuple with two slots, and an arrow
//! may start in the second.

use super::picture::Slot;

/// The label of the object and its slots, or what is wrong with them.
pub(super) fn read(label: &str) -> Result<(String, Vec<Slot>), String> {
    let mut fields = label.split('|').map(str::trim);
    let name = fields.next().unwrap_or_default().to_owned();
    let slots: Vec<Slot> = fields.map(slot).collect::<Result<_, String>>()?;
    if slots.is_empty() {
        return Err("no slot".to_owned());
    }
    let names: Vec<&String> = slots.iter().filter_map(|slot| slot.name.as_ref()).collect();
    let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    match twice {
        Some((_, name)) => Err(format!("two slots <{name}>")),
        None => Ok((name, slots)),
    }
}

fn slot(field: &str) -> Result<Slot, String> {
    let Some(named) = field.strip_prefix('<') else {
        return match field {
            "" => Err("a slot that holds nothing".to_owned()),
            text => Ok(Slot { name: None, text: text.to_owned() }),
        };
    };
    match named.split_once('>') {
        Some((name, text)) if !name.trim().is_empty() => {
            Ok(Slot { name: Some(name.trim().to_owned()), text: text.trim().to_owned() })
        }
        _ => Err(format!("`{field}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_a_label_and_slots() {
        let slot = |name: Option<&str>, text: &str| Slot {
            name: name.map(str::to_owned),
            text: text.to_owned(),
        };
        let read_ = read("tuple|'value0' | <item>|<x> key").unwrap();
        let slots = vec![slot(None, "'value0'"), slot(Some("item"), ""), slot(Some("x"), "key")];
        assert_eq!(read_, ("tuple".to_owned(), slots));
        for bad in ["", "tuple", "tuple|", "tuple|<a>|<a>", "tuple|<a", "tuple|<> b"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}

//! What every engine asks of a batch before it takes it, so that all refuse the same ones in the same words.

use std::collections::HashSet;

use crate::port::{AppendError, NewEvent};

/// Most events in one batch.
pub const MOST_EVENTS: usize = 1_000;

/// Most bytes of metadata and data in one batch.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Longest type name in clear, in bytes.
pub const LONGEST_TYPE: usize = 120;

/// Checks a batch that is about to be appended: at least one event, not too many nor too large, no id twice, type names that are
/// names, and either no command at all or one command whose slots count up from 0.
///
/// # Errors
/// [`AppendError::Invalid`], with what to do instead.
pub fn check(batch: &[NewEvent]) -> Result<(), AppendError> {
    let Some(first) = batch.first() else {
        return invalid("it holds no event; append nothing instead");
    };
    if batch.len() > MOST_EVENTS {
        return invalid(format!("it holds {} events; append at most {MOST_EVENTS} at a time", batch.len()));
    }
    let bytes = size(batch);
    if bytes > MOST_BYTES {
        return invalid(format!("it holds {bytes} bytes; append at most {MOST_BYTES} (16 MiB) at a time"));
    }
    let mut ids = HashSet::with_capacity(batch.len());
    if let Some(twice) = batch.iter().find(|event| !ids.insert(event.id)) {
        return invalid(format!("it holds event {} twice; each event needs an id of its own", twice.id));
    }
    if !batch.iter().all(|event| is_type_name(&event.outer_type)) {
        return invalid(format!("a type name needs 1 to {LONGEST_TYPE} ASCII letters, digits or underscores"));
    }
    let command = first.command.map(|slot| slot.id);
    let counts_up = batch.iter().zip(0..).all(|(event, index)| match (event.command, command) {
        (None, None) => true,
        (Some(slot), Some(command)) => slot.id == command && slot.index == index,
        _ => false,
    });
    if !counts_up {
        return invalid("the events of one batch carry one command, with slots that count up from 0");
    }
    Ok(())
}

/// Bytes of metadata and data in a batch.
#[must_use]
pub fn size(batch: &[NewEvent]) -> usize {
    batch.iter().map(|event| event.metadata.len().saturating_add(event.data.len())).fold(0, usize::saturating_add)
}

fn is_type_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_TYPE
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn invalid(what: impl Into<String>) -> Result<(), AppendError> {
    Err(AppendError::Invalid(what.into()))
}

#[cfg(test)]
mod tests {
    use domain::ids::{CommandId, EventId};
    use uuid::Uuid;

    use super::*;
    use crate::port::CommandSlot;

    fn event(n: u128) -> NewEvent {
        NewEvent {
            id: EventId::from_uuid(Uuid::from_u128(n)),
            outer_type: "SomethingHappened".to_owned(),
            version: 1,
            metadata: vec![],
            data: vec![],
            command: None,
        }
    }

    fn with_slot(n: u128, command: u128, index: u32) -> NewEvent {
        let id = CommandId::from_uuid(Uuid::from_u128(command));
        NewEvent { command: Some(CommandSlot { id, index }), ..event(n) }
    }

    fn refusal(batch: &[NewEvent]) -> String {
        check(batch).unwrap_err().to_string()
    }

    #[test]
    fn a_plain_batch_passes() {
        check(&[event(1), event(2)]).unwrap();
        check(&[with_slot(1, 9, 0), with_slot(2, 9, 1)]).unwrap();
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        assert!(refusal(&[]).contains("append nothing instead"));
        assert!(refusal(&(0..1_001).map(event).collect::<Vec<_>>()).contains("at most 1000"));
        assert!(refusal(&[NewEvent { data: vec![0; MOST_BYTES + 1], ..event(1) }]).contains("16 MiB"));
        assert!(refusal(&[event(1), event(1)]).contains("an id of its own"));
        assert!(refusal(&[NewEvent { outer_type: "a b".to_owned(), ..event(1) }]).contains("type name"));
        assert!(refusal(&[NewEvent { outer_type: String::new(), ..event(1) }]).contains("type name"));
    }

    #[test]
    fn slots_belong_to_one_command_and_count_up() {
        assert!(refusal(&[with_slot(1, 9, 1)]).contains("count up from 0"));
        assert!(refusal(&[with_slot(1, 9, 0), with_slot(2, 9, 2)]).contains("count up from 0"));
        assert!(refusal(&[with_slot(1, 9, 0), with_slot(2, 8, 1)]).contains("count up from 0"));
        assert!(refusal(&[with_slot(1, 9, 0), event(2)]).contains("count up from 0"));
    }
}

//! What of a history was recorded elsewhere and taken in here. Such events keep their own time, so over the whole file time may run
//! back at them; the notes in the `store` table say where.

use rusqlite::{Connection, Statement};

use crate::port::Position;

const BEGINS: &str = "import-begins-after/";
const ENDS: &str = "import-ends-at/";

/// Stretches of the history, in order: after which position each begins, and at which it ends. The last one may still be open.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Imports(Vec<(u64, Option<u64>)>);

impl Imports {
    /// As the file notes them; `None` when its notes contradict each other.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Option<Self>> {
        let mut statement = connection.prepare("SELECT key FROM store WHERE key LIKE 'import-%'")?;
        let keys: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Self::of(&keys))
    }

    fn of(keys: &[String]) -> Option<Self> {
        let mut notes = Vec::new();
        for key in keys {
            let (begins, position) = match key.strip_prefix(BEGINS) {
                Some(position) => (true, position),
                None => (false, key.strip_prefix(ENDS)?),
            };
            notes.push((position.parse::<u64>().ok()?, begins));
        }
        notes.sort_unstable();
        let mut stretches: Vec<(u64, Option<u64>)> = Vec::new();
        for (position, begins) in notes {
            match stretches.last_mut() {
                Some((_, end @ None)) if !begins => *end = Some(position),
                None | Some((_, Some(_))) if begins => stretches.push((position, None)),
                _ => return None,
            }
        }
        Some(Self(stretches))
    }

    /// Whether the event at a position was recorded elsewhere.
    pub(super) fn hold(&self, position: Position) -> bool {
        let position = position.token();
        self.0.iter().any(|&(begin, end)| begin < position && end.is_none_or(|end| position <= end))
    }

    /// After which position everything was recorded elsewhere, if the history ends so.
    pub(super) fn open_since(&self) -> Option<Position> {
        self.0.last().filter(|(_, end)| end.is_none()).map(|&(begin, _)| Position::from_token(begin))
    }
}

/// Notes where a stretch begins or ends: after the last event there is now.
pub(super) fn note(insert: &mut Statement<'_>, begins: bool, last: Position) -> rusqlite::Result<()> {
    let key = format!("{}{last}", if begins { BEGINS } else { ENDS });
    insert.execute([&key, ""]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(keys: &[&str]) -> Option<Imports> {
        Imports::of(&keys.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn stretches_hold_what_stands_in_them() {
        let imports = imports(&["import-ends-at/9", "import-begins-after/0", "import-begins-after/12"]).unwrap();
        let held: Vec<u64> = (0..15).filter(|position| imports.hold(Position::from_token(*position))).collect();
        assert_eq!(held, [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14]);
        assert_eq!(imports.open_since(), Some(Position::from_token(12)));
        assert_eq!(Imports::default().open_since(), None);
    }

    #[test]
    fn notes_that_contradict_each_other_are_none() {
        for bad in [
            &["import-ends-at/9"][..],
            &["import-begins-after/0", "import-begins-after/3"],
            &["import-begins-after/0", "import-ends-at/3", "import-ends-at/4"],
            &["import-begins-after/x"],
            &["import-of"],
        ] {
            assert_eq!(imports(bad), None, "{bad:?}");
        }
    }
}

//! How far a follower has read, and of what. A checkpoint belongs to (name, version, source, filter, policy); it is never moved to another.

use domain::time::CivilDay;
use eventstore::follow::Identity;
use eventstore::port::Position;

/// How far was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// Of what.
    pub identity: Identity,
    /// Everything up to and including this position was applied.
    pub position: Position,
    /// The civil day the rows speak of.
    pub day: CivilDay,
}

/// Why a checkpoint may not be followed from. What it stands for is built anew.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CheckpointRefused {
    /// Of another projection, version, history, filter or policy.
    #[error("the checkpoint belongs to another {what} (`{found}`, wanted `{wanted}`): the lists are built anew")]
    Foreign {
        /// What differs: `name`, `version`, `source`, `filter` or `policy`.
        what: &'static str,
        /// As stored.
        found: String,
        /// As needed.
        wanted: String,
    },
    /// Further than the history goes: an older history was restored.
    #[error(
        "the checkpoint ({checkpoint}) lies beyond the end of the history ({head}): an older history was restored; the lists are built anew"
    )]
    BeyondHead {
        /// The checkpoint.
        checkpoint: Position,
        /// The head of the history.
        head: Position,
    },
    /// Its rows speak of a day that has not come: the clock was set back, or stood wrong.
    #[error("the rows speak of {day}, which has not come yet: the lists are built anew")]
    OfLaterDay {
        /// The day of the rows.
        day: CivilDay,
    },
}

impl Checkpoint {
    /// Whether a follower may go on from here.
    ///
    /// # Errors
    /// [`CheckpointRefused`] when it belongs to something else, lies beyond the head, or speaks of a later day than today.
    pub fn check(&self, wanted: &Identity, head: Position, today: CivilDay) -> Result<(), CheckpointRefused> {
        let Identity { name, version, source, filter, policy } = &self.identity;
        let (version, wanted_version) = (version.to_string(), wanted.version.to_string());
        let parts = [
            ("name", name, &wanted.name),
            ("version", &version, &wanted_version),
            ("source", source, &wanted.source),
            ("filter", filter, &wanted.filter),
            ("policy", policy, &wanted.policy),
        ];
        if let Some((what, found, wanted)) = parts.into_iter().find(|(_, found, wanted)| found != wanted) {
            return Err(CheckpointRefused::Foreign { what, found: found.clone(), wanted: wanted.clone() });
        }
        if self.position > head {
            return Err(CheckpointRefused::BeyondHead { checkpoint: self.position, head });
        }
        if self.day > today {
            return Err(CheckpointRefused::OfLaterDay { day: self.day });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use eventstore::port::Filter;

    use super::*;

    fn identity(filter: &Filter) -> Identity {
        Identity::new("lists", 1, "history-a", filter)
    }

    fn checkpoint(position: u64) -> Checkpoint {
        Checkpoint {
            identity: identity(&Filter::categories(["case"])),
            position: Position::from_token(position),
            day: today(),
        }
    }

    fn today() -> CivilDay {
        "2026-11-16".parse().unwrap()
    }

    #[test]
    fn rows_of_a_day_that_has_not_come_are_not_used() {
        let (wanted, yesterday) = (identity(&Filter::categories(["case"])), today().minus_days(1));
        let refused = checkpoint(7).check(&wanted, Position::from_token(7), yesterday);
        assert_eq!(refused, Err(CheckpointRefused::OfLaterDay { day: today() }));
    }

    #[test]
    fn its_own_history_up_to_the_head_is_followed() {
        let wanted = identity(&Filter::categories(["case"]));
        assert_eq!(checkpoint(7).check(&wanted, Position::from_token(7), today()), Ok(()));
    }

    #[test]
    fn a_changed_filter_version_source_or_name_invalidates_it() {
        let case = Filter::categories(["case"]);
        let others = [
            ("filter", identity(&Filter::categories(["case", "signal"]))),
            ("filter", identity(&Filter::all())),
            ("version", Identity::new("lists", 2, "history-a", &case)),
            ("source", Identity::new("lists", 1, "history-b", &case)),
            ("name", Identity::new("others", 1, "history-a", &case)),
            ("policy", identity(&case).under("other terms".to_owned())),
        ];
        for (expected, other) in others {
            let refused = checkpoint(7).check(&other, Position::from_token(9), today());
            assert!(
                matches!(&refused, Err(CheckpointRefused::Foreign { what, .. }) if *what == expected),
                "{expected}: {refused:?}"
            );
        }
    }

    #[test]
    fn one_beyond_the_head_is_refused() {
        let (checkpoint, head) = (checkpoint(8), Position::from_token(7));
        let refused = checkpoint.check(&identity(&Filter::categories(["case"])), head, today());
        assert_eq!(refused, Err(CheckpointRefused::BeyondHead { checkpoint: checkpoint.position, head }));
    }
}

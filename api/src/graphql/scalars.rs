//! Days and moments on the wire.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::time::{CivilDay, Timestamp};

/// A day in the Netherlands, as YYYY-MM-DD, from 1900 to 2199.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day(pub CivilDay);

/// A day in the Netherlands, as YYYY-MM-DD, from 1900 to 2199. Leave out an end that is not known.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Day {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        CivilDay::given(text).map(Self).map_err(InputValueError::custom)
    }

    // So that it is refused before anything runs.
    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment, in UTC, as RFC 3339 (2026-11-16T08:00:00Z).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment(pub Timestamp);

/// A moment, in UTC, as RFC 3339 (2026-11-16T08:00:00Z), from 1900 to 2199.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for Moment {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        Timestamp::given(text).map(Self).map_err(InputValueError::custom)
    }

    // So that it is refused before anything runs.
    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<CivilDay> for Day {
    fn from(day: CivilDay) -> Self {
        Self(day)
    }
}

impl From<Timestamp> for Moment {
    fn from(moment: Timestamp) -> Self {
        Self(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_so_far_off_that_nothing_can_follow_it_is_refused_before_anything_runs() {
        for text in ["9999-12-31", "1899-12-31", "2200-01-01"] {
            assert!(!Day::is_valid(&Value::from(text)), "{text}");
            assert!(!Moment::is_valid(&Value::from(format!("{text}T12:00:00Z"))), "{text}");
        }
        assert!(Day::is_valid(&Value::from("2026-11-16")) && Moment::is_valid(&Value::from("2026-11-16T08:00:00Z")));
    }
}

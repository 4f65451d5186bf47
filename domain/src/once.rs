//! Lists in which something was named more than once.

use crate::conflict::catalogue::PERSON_NAMED_TWICE;
use crate::ids::PersonId;
use crate::rejection::{Detail, Rejection};

/// Each of these once, in order.
pub(crate) fn each_once<T: Copy + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort_unstable();
    list.dedup();
    list
}

/// Each once, in the order given.
pub(crate) fn each_once_in_order<T: Copy + PartialEq>(list: &[T]) -> Vec<T> {
    let mut once = Vec::new();
    for one in list {
        if !once.contains(one) {
            once.push(*one);
        }
    }
    once
}

/// Refuses a person who is named twice where each has something of their own.
///
/// # Errors
/// `PERSON_NAMED_TWICE`.
pub(crate) fn check_once(persons: &[PersonId]) -> Result<(), Rejection> {
    let earlier = |place: usize, person: &PersonId| persons.iter().take(place).any(|one| one == person);
    match persons.iter().enumerate().find(|(place, person)| earlier(*place, person)) {
        Some((_, person)) => Err(Rejection::new(PERSON_NAMED_TWICE).with("person", Detail::id(*person))),
        None => Ok(()),
    }
}

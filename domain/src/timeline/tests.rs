use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn fact(number: u128) -> EventId {
    EventId::from_uuid(Uuid::from_u128(number))
}

fn day(number: u64) -> CivilDay {
    CivilDay::from_ymd(2026, 1, 1).expect("a day").plus_days(number)
}

/// (from, until, value) of each entry.
fn periods(timeline: &Timeline<char>) -> Vec<(CivilDay, Option<CivilDay>, char)> {
    timeline.entries().iter().map(|entry| (entry.from, entry.until, entry.value)).collect()
}

#[test]
fn nothing_holds_before_the_first_day_and_the_first_day_counts() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(10), 'a', fact(1));
    assert_eq!(timeline.at(day(9)), None);
    assert_eq!(timeline.at(day(10)), Some(&'a'));
    assert_eq!(timeline.entry_at(day(400)).map(|entry| entry.fact), Some(fact(1)));
}

#[test]
fn a_later_start_ends_what_held() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(0), 'a', fact(1));
    timeline.set_from(day(10), 'b', fact(2));
    assert_eq!(periods(&timeline), [(day(0), Some(day(9)), 'a'), (day(10), None, 'b')]);
}

#[test]
fn what_is_told_late_holds_until_what_already_stood() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(0), 'a', fact(1));
    timeline.set_from(day(20), 'c', fact(2));
    timeline.set_from(day(10), 'b', fact(3));
    let expected = [(day(0), Some(day(9)), 'a'), (day(10), Some(day(19)), 'b'), (day(20), None, 'c')];
    assert_eq!(periods(&timeline), expected);
}

#[test]
fn the_last_day_counts_and_after_it_is_a_gap() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(0), 'a', fact(1));
    timeline.end(day(5), fact(2));
    timeline.set_from(day(8), 'b', fact(3));
    assert_eq!(timeline.at(day(5)), Some(&'a'));
    assert_eq!(timeline.at(day(6)), None);
    assert_eq!(timeline.at(day(8)), Some(&'b'));
    assert_eq!(timeline.entries()[0].ended_by, Some(fact(2)));
}

#[test]
fn a_late_report_of_an_end_leaves_the_successor_alone() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(0), 'a', fact(1));
    timeline.set_from(day(10), 'b', fact(2));
    let before = timeline.clone();
    timeline.end(day(9), fact(3));
    assert_eq!(timeline, before);
    timeline.end(day(4), fact(4));
    assert_eq!(periods(&timeline), [(day(0), Some(day(4)), 'a'), (day(10), None, 'b')]);
}

#[test]
fn a_successor_who_comes_earlier_does_not_leave_on_the_predecessors_date() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(0), 'a', fact(1));
    timeline.end(day(30), fact(2));
    timeline.set_from(day(20), 'b', fact(3));
    assert_eq!(periods(&timeline), [(day(0), Some(day(19)), 'a'), (day(20), None, 'b')]);
}

#[test]
fn an_end_never_prolongs_and_ending_nothing_does_nothing() {
    let mut timeline = Timeline::new();
    timeline.end(day(3), fact(1));
    assert_eq!(timeline, Timeline::default());
    timeline.set_between(day(5), day(9), 'a', fact(2));
    let before = timeline.clone();
    timeline.end(day(12), fact(3));
    timeline.end(day(9), fact(4));
    timeline.end(day(2), fact(5));
    assert_eq!(timeline, before);
}

#[test]
fn a_known_end_stands_unless_the_next_entry_comes_first() {
    let mut timeline = Timeline::new();
    timeline.set_from(day(20), 'c', fact(1));
    timeline.set_between(day(0), day(9), 'a', fact(2));
    timeline.set_between(day(12), day(90), 'b', fact(3));
    let expected = [(day(0), Some(day(9)), 'a'), (day(12), Some(day(19)), 'b'), (day(20), None, 'c')];
    assert_eq!(periods(&timeline), expected);
    let before = timeline.clone();
    timeline.set_between(day(5), day(4), 'x', fact(4));
    assert_eq!(timeline, before);
}

#[test]
fn the_same_day_again_replaces_and_one_day_can_be_all() {
    let mut timeline = Timeline::new();
    timeline.set_between(day(3), day(8), 'a', fact(1));
    timeline.set_from(day(4), 'c', fact(2));
    timeline.set_from(day(3), 'b', fact(3));
    assert_eq!(periods(&timeline), [(day(3), Some(day(3)), 'b'), (day(4), None, 'c')]);
}

/// Something told about a dated fact.
#[derive(Clone, Debug)]
enum Told {
    From(u64),
    Between(u64, u64),
    End(u64),
}

const DAYS: u64 = 40;

fn any_told() -> impl Strategy<Value = Told> {
    prop_oneof![
        (0..DAYS).prop_map(Told::From),
        (0..DAYS, 0..DAYS).prop_map(|(from, until)| Told::Between(from, until)),
        (0..DAYS).prop_map(Told::End),
    ]
}

/// The value is the number of the fact that set it.
fn tell(timeline: &mut Timeline<u128>, number: u128, told: &Told) {
    match *told {
        Told::From(from) => timeline.set_from(day(from), number, fact(number)),
        Told::Between(from, until) => timeline.set_between(day(from), day(until), number, fact(number)),
        Told::End(last) => timeline.end(day(last), fact(number)),
    }
}

fn fold(told: &[Told]) -> Timeline<u128> {
    let mut timeline = Timeline::new();
    for (number, told) in (0_u128..).zip(told) {
        tell(&mut timeline, number, told);
    }
    timeline
}

/// The same rules, said day by day: what holds, and on which days something started.
#[derive(Default)]
struct DayByDay {
    starts: std::collections::BTreeSet<u64>,
    holds: std::collections::BTreeMap<u64, u128>,
}

impl DayByDay {
    fn set(&mut self, from: u64, until: u64, value: u128) {
        let next_start = self.starts.range(from + 1..).next().copied().unwrap_or(2 * DAYS);
        self.starts.insert(from);
        for day in from..next_start {
            self.holds.remove(&day);
            if day <= until {
                self.holds.insert(day, value);
            }
        }
    }

    fn end(&mut self, last: u64) {
        let Some(value) = self.holds.get(&last).copied() else {
            return;
        };
        self.holds.retain(|day, held| *day <= last || *held != value);
    }
}

proptest! {
    #[test]
    fn it_agrees_with_a_count_day_by_day(told in prop::collection::vec(any_told(), 0..14)) {
        let mut expected = DayByDay::default();
        for (number, told) in (0_u128..).zip(&told) {
            match *told {
                Told::From(from) => expected.set(from, u64::MAX, number),
                Told::Between(from, until) if from <= until => expected.set(from, until, number),
                Told::Between(..) => {}
                Told::End(last) => expected.end(last),
            }
        }
        let timeline = fold(&told);
        for number in 0..2 * DAYS {
            prop_assert_eq!(timeline.at(day(number)), expected.holds.get(&number), "day {}", number);
        }
    }

    #[test]
    fn at_most_one_value_holds_on_a_day_and_entries_are_in_order(told in prop::collection::vec(any_told(), 0..14)) {
        let timeline = fold(&told);
        for entry in timeline.entries() {
            prop_assert!(entry.until.is_none_or(|until| entry.from <= until), "an entry of no day");
        }
        for pair in timeline.entries().windows(2) {
            prop_assert!(pair[0].until.is_some_and(|until| until < pair[1].from));
        }
        for number in 0..2 * DAYS {
            let holding = timeline.entries().iter().filter(|entry| entry.holds_on(day(number))).count();
            prop_assert!(holding <= 1);
        }
    }

    #[test]
    fn the_order_in_which_starts_are_told_does_not_matter(
        order in prop::sample::subsequence((0..DAYS).collect::<Vec<_>>(), 0..12).prop_shuffle(),
    ) {
        let told = |starts: &[u64]| {
            let mut timeline = Timeline::new();
            for start in starts {
                timeline.set_from(day(*start), *start, fact(u128::from(*start)));
            }
            timeline
        };
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(told(&order), told(&sorted));
    }

    #[test]
    fn the_order_in_which_separate_periods_are_told_does_not_matter(
        order in prop::sample::subsequence((0..DAYS / 4).collect::<Vec<_>>(), 0..8).prop_shuffle(), open in any::<bool>(),
    ) {
        // Each period has its own four days and ends on its second, by an event or at the start.
        let told = |periods: &[u64]| {
            let mut timeline = Timeline::new();
            for period in periods {
                let (from, until, fact) = (day(period * 4), day(period * 4 + 1), fact(u128::from(*period)));
                if open {
                    timeline.set_from(from, *period, fact);
                    timeline.end(until, fact);
                } else {
                    timeline.set_between(from, until, *period, fact);
                }
            }
            timeline
        };
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(told(&order), told(&sorted));
    }

    #[test]
    fn a_replay_gives_the_same(told in prop::collection::vec(any_told(), 0..14), cut in 0_usize..14) {
        let whole = fold(&told);
        prop_assert_eq!(&fold(&told), &whole);
        // Going on from a kept state is the same as starting over.
        let cut = cut.min(told.len());
        let mut resumed = fold(&told[..cut]);
        for (number, told) in (0_u128..).zip(&told).skip(cut) {
            tell(&mut resumed, number, told);
        }
        prop_assert_eq!(resumed, whole);
    }
}

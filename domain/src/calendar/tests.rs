use proptest::prelude::*;

use super::*;

fn day(text: &str) -> CivilDay {
    text.parse().expect("a day")
}

fn calendar(equated: &[&str], extra: &[&str], removed: &[&str]) -> Result<Calendar, CalendarError> {
    let days = |texts: &[&str]| texts.iter().map(|text| day(text)).collect();
    CalendarData { equated_days: days(equated), extra_free_days: days(extra), removed_free_days: days(removed) }
        .try_into()
}

fn by_law() -> Calendar {
    Calendar::default()
}

fn policy(term: &str, cause: &str) -> CivilDay {
    last_day(term, cause, Convention::Policy)
}

fn last_day(term: &str, cause: &str, convention: Convention) -> CivilDay {
    term.parse::<Term>().expect("a term").last_day(day(cause), &by_law(), convention)
}

#[test]
fn easter_falls_where_the_tables_say() {
    let table = [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2031-04-13",
        "2032-03-28",
        "2033-04-17",
        "2034-04-09",
        "2035-03-25",
        "2036-04-13",
        "2037-04-05",
        "2038-04-25",
        "2039-04-10",
        "2040-04-01",
        // The exceptions of the lunar tables, and both ends of the range.
        "1954-04-18",
        "1981-04-19",
        "2049-04-18",
        "2076-04-19",
        "1818-03-22",
        "1943-04-25",
    ];
    for text in table {
        let expected = day(text);
        assert_eq!(easter(expected.date().year()), Some(expected), "Easter of {text}");
    }
}

#[test]
fn the_free_days_of_2026_are_those_of_the_law() {
    let free: Vec<String> = (0..365)
        .map(|n| day("2026-01-01").plus_days(n))
        .filter(|day| !by_law().is_working_day(*day) && !is_weekend(*day))
        .map(|day| day.to_string())
        .collect();
    let expected = [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-04-27",
        "2026-05-05",
        "2026-05-14",
        "2026-05-25",
        "2026-12-25",
    ];
    assert_eq!(free, expected);
    assert!(is_feast_day(day("2026-12-26")), "the second Christmas day, a Saturday");
}

#[test]
fn kings_day_moves_to_saturday_when_the_27th_is_a_sunday() {
    assert!(is_feast_day(day("2025-04-26")));
    assert!(!is_feast_day(day("2025-04-27")));
    assert!(!is_feast_day(day("2026-04-26")));
    assert!(is_feast_day(day("2026-04-27")));
}

#[test]
fn liberation_day_is_free_every_year() {
    for year in 2024..=2040 {
        let fifth = CivilDay::from_ymd(year, 5, 5).expect("a day");
        assert!(!by_law().is_working_day(fifth));
    }
}

#[test]
fn case_05_a_gap_alerts_after_five_working_days() {
    let cause = day("2026-03-02");
    assert_eq!(policy("5 working days", "2026-03-02"), day("2026-03-09"));
    let alert = Term::WorkingDays(5).follows_at(cause, &by_law(), Convention::Policy);
    assert_eq!(alert, day("2026-03-10").at(8, 0));
}

#[test]
fn case_05_a_specialist_is_overdue_the_working_day_after_the_expected_end() {
    assert_eq!(by_law().follows_at(day("2026-10-01")), day("2026-10-02").at(8, 0));
}

#[test]
fn case_05_the_next_evaluation_is_three_months_on() {
    assert_eq!(policy("3 months", "2026-08-24"), day("2026-11-24"));
}

#[test]
fn case_08_a_crisis_plan_goes_stale_after_six_months() {
    assert_eq!(policy("6 months", "2025-12-01"), day("2026-06-01"));
    assert_eq!(by_law().follows_at(day("2026-06-01")), day("2026-06-02").at(8, 0));
}

#[test]
fn case_08_an_emergency_is_reviewed_in_two_working_days() {
    assert_eq!(policy("2 working days", "2026-08-19"), day("2026-08-21"));
}

#[test]
fn case_03_a_birthday_is_announced_thirty_days_before() {
    assert_eq!(by_law().announced_at(day("2026-04-03"), 30), day("2026-03-04").at(8, 0));
}

#[test]
fn case_02_a_closed_file_is_listed_the_working_day_after_twenty_years() {
    for convention in [Convention::Policy, Convention::Statutory] {
        let last = last_day("240 months", "2026-10-01", convention);
        assert_eq!(last, day("2046-10-01"));
        assert_eq!(by_law().follows_at(last), day("2046-10-02").at(8, 0));
    }
    assert!(by_law().is_working_day(day("2046-10-02")), "a Tuesday");
}

#[test]
fn case_01_a_term_over_easter_skips_good_friday_and_easter_monday() {
    // Advised on Tuesday 24 March: days 1-7 end on 2 April, day 8 is Tuesday 7 April.
    assert_eq!(policy("10 working days", "2026-03-24"), day("2026-04-09"));
    // Asked on Friday 13 March: advice within ten working days, acceptance within five.
    assert_eq!(policy("10 working days", "2026-03-13"), day("2026-03-27"));
    assert_eq!(policy("5 working days", "2026-03-13"), day("2026-03-20"));
}

#[test]
fn a_term_starts_the_working_day_after_a_free_cause() {
    assert_eq!(policy("1 working day", "2026-03-07"), day("2026-03-09"));
    assert_eq!(policy("5 working days", "2026-03-07"), day("2026-03-13"));
    assert_eq!(policy("2 working days", "2026-12-24"), day("2026-12-29"));
}

#[test]
fn a_policy_term_may_end_on_a_free_day_and_what_follows_waits() {
    assert_eq!(policy("6 weeks", "2026-03-22"), day("2026-05-03"));
    // 4 May is a Monday, 5 May is free.
    assert_eq!(by_law().follows_at(day("2026-05-03")), day("2026-05-04").at(8, 0));
    assert_eq!(by_law().follows_at(day("2026-05-04")), day("2026-05-06").at(8, 0));
}

#[test]
fn months_end_on_the_last_day_of_a_shorter_month() {
    assert_eq!(policy("6 months", "2026-08-31"), day("2027-02-28"));
    assert_eq!(policy("6 months", "2027-08-31"), day("2028-02-29"));
    assert_eq!(policy("12 months", "2028-02-29"), day("2029-02-28"));
    assert_eq!(policy("1 month", "2026-02-28"), day("2026-03-28"));
}

#[test]
fn eight_in_the_morning_is_amsterdam_time_in_summer_and_winter() {
    // Summer time starts on Sunday 29 March and ends on Sunday 25 October 2026.
    assert_eq!(by_law().follows_at(day("2026-03-26")).to_string(), "2026-03-27T07:00:00.000000Z");
    assert_eq!(by_law().follows_at(day("2026-03-27")).to_string(), "2026-03-30T06:00:00.000000Z");
    assert_eq!(by_law().follows_at(day("2026-10-23")).to_string(), "2026-10-26T07:00:00.000000Z");
}

#[test]
fn an_announcement_on_a_free_day_comes_the_working_day_before() {
    // 30 days before 5 May is Easter Sunday; Good Friday before it is free as well.
    assert_eq!(by_law().announced_at(day("2026-05-05"), 30), day("2026-04-02").at(8, 0));
    assert_eq!(by_law().announced_at(day("2026-05-05"), 0), day("2026-05-04").at(8, 0));
}

#[test]
fn a_statutory_term_is_extended_past_free_days() {
    // 14 days after 20 March is Good Friday: on to Tuesday after Easter.
    assert_eq!(policy("14 days", "2026-03-20"), day("2026-04-03"));
    assert_eq!(last_day("14 days", "2026-03-20", Convention::Statutory), day("2026-04-07"));
    // Six weeks after Saturday 14 March is a Saturday, and Monday is King's Day.
    assert_eq!(last_day("6 weeks", "2026-03-14", Convention::Statutory), day("2026-04-28"));
    assert_eq!(last_day("2 days", "2026-03-05", Convention::Statutory), day("2026-03-09"));
}

#[test]
fn a_statutory_term_of_three_days_holds_two_working_days() {
    // Thursday 2 April: Friday to Monday are free; Tuesday and Wednesday are the two.
    assert_eq!(last_day("3 days", "2026-04-02", Convention::Statutory), day("2026-04-08"));
    assert_eq!(last_day("2 days", "2026-04-02", Convention::Statutory), day("2026-04-07"));
    assert_eq!(last_day("3 days", "2026-03-09", Convention::Statutory), day("2026-03-12"));
}

#[test]
fn long_statutory_terms_are_not_extended() {
    // Sunday 31 May 2026 and other free days; limits of Algemene termijnenwet 4.
    assert_eq!(last_day("3 months", "2026-02-15", Convention::Statutory), day("2026-05-15"));
    assert_eq!(last_day("3 months", "2026-02-16", Convention::Statutory), day("2026-05-18"));
    assert_eq!(last_day("4 months", "2026-02-15", Convention::Statutory), day("2026-06-15"));
    assert_eq!(last_day("4 months", "2026-02-14", Convention::Statutory), day("2026-06-14"));
    assert_eq!(last_day("90 days", "2026-02-22", Convention::Statutory), day("2026-05-26"));
    assert_eq!(last_day("91 days", "2026-02-21", Convention::Statutory), day("2026-05-23"));
    assert_eq!(last_day("12 weeks", "2026-02-22", Convention::Statutory), day("2026-05-18"));
    assert_eq!(last_day("13 weeks", "2026-02-22", Convention::Statutory), day("2026-05-24"));
}

#[test]
fn a_european_month_ends_on_the_same_date_or_the_next_working_day() {
    assert_eq!(last_day("1 month", "2026-03-05", Convention::European), day("2026-04-07"));
    assert_eq!(last_day("1 month", "2026-08-31", Convention::European), day("2026-09-30"));
    assert_eq!(last_day("4 months", "2026-02-14", Convention::European), day("2026-06-15"));
    assert_eq!(last_day("2 days", "2026-04-02", Convention::European), day("2026-04-08"));
    assert_eq!(last_day("1 day", "2026-04-02", Convention::European), day("2026-04-07"));
    assert_eq!(last_day("5 working days", "2026-03-30", Convention::European), day("2026-04-08"));
}

#[test]
fn a_municipality_adds_and_removes_days_for_its_policy_only() {
    // The day after Ascension is equated by decree; carnival Monday is the town's own; the town works on 5 May.
    let town = calendar(&["2026-05-15"], &["2026-02-16"], &["2026-05-05"]).expect("a calendar");
    assert!(!town.is_working_day(day("2026-05-15")));
    assert!(!town.is_working_day(day("2026-02-16")));
    assert!(town.is_working_day(day("2026-05-05")));
    assert!(!town.is_working_day(day("2027-05-05")), "a removed day is one date, not a rule");

    assert!(town.is_free_by_law(day("2026-05-15")));
    assert!(!town.is_free_by_law(day("2026-02-16")));
    assert!(town.is_free_by_law(day("2026-05-05")));
    assert_eq!(Term::Days(4).last_day(day("2026-02-12"), &town, Convention::Statutory), day("2026-02-16"));
    assert_eq!(Term::WorkingDays(2).last_day(day("2026-02-12"), &town, Convention::Policy), day("2026-02-17"));
    assert_eq!(Term::WorkingDays(2).last_day(day("2026-02-12"), &town, Convention::European), day("2026-02-16"));
}

#[test]
fn calendar_data_that_make_no_sense_are_refused() {
    assert_eq!(calendar(&[], &["2026-02-16", "2026-02-16"], &[]), Err(CalendarError::Twice(day("2026-02-16"))));
    assert_eq!(calendar(&[], &["2026-12-25"], &[]), Err(CalendarError::AlreadyFree(day("2026-12-25"))));
    assert_eq!(calendar(&["2026-05-16"], &[], &[]), Err(CalendarError::AlreadyFree(day("2026-05-16"))));
    assert_eq!(calendar(&["2026-05-15"], &["2026-05-15"], &[]), Err(CalendarError::AlreadyFree(day("2026-05-15"))));
    assert_eq!(calendar(&[], &[], &["2026-05-06"]), Err(CalendarError::NothingToRemove(day("2026-05-06"))));
    assert_eq!(calendar(&[], &[], &["2026-12-26"]), Err(CalendarError::NothingToRemove(day("2026-12-26"))));
    assert_eq!(calendar(&[], &["2026-02-16"], &["2026-02-16"]), Err(CalendarError::NothingToRemove(day("2026-02-16"))));
}

#[test]
fn a_term_is_read_and_written_as_people_say_it() {
    for (text, term) in [
        ("5 working days", Term::WorkingDays(5)),
        ("1 working day", Term::WorkingDays(1)),
        ("14 days", Term::Days(14)),
        ("6 weeks", Term::Weeks(6)),
        ("1 month", Term::Months(1)),
    ] {
        assert_eq!(text.parse(), Ok(term));
        assert_eq!(term.to_string(), text);
    }
    for text in ["", "5", "0 days", "-1 days", "five days", "5 years", "5  days", "70000 days", "5 Days"] {
        assert!(text.parse::<Term>().is_err(), "`{text}` is no term");
    }
}

#[test]
fn the_end_of_the_computers_calendar_is_no_trap() {
    let last = CivilDay::from_ymd(262_142, 12, 31).expect("the last day");
    let first = day("2026-01-01").minus_days(u64::from(u32::MAX));
    assert_eq!(by_law().next_working_day(last), last);
    assert_eq!(by_law().working_day_on_or_before(first), first);
    assert_eq!(Term::Weeks(u16::MAX).last_day(last, &by_law(), Convention::Statutory), last);
    assert_eq!(Term::WorkingDays(u16::MAX).last_day(last, &by_law(), Convention::European), last);
}

/// A specialist "until 9999-12-31" was looked at again on a day that could be written and never read again.
#[test]
fn what_follows_the_last_day_of_9999_can_be_read_back() {
    let at = by_law().follows_at(day("9999-12-31"));
    assert_eq!(at.to_string(), "+10000-01-03T07:00:00.000000Z");
    assert_eq!(at.to_string().parse(), Ok(at));
}

fn any_day() -> impl Strategy<Value = CivilDay> {
    (0_u64..80 * 365).prop_map(|n| day("1990-01-01").plus_days(n))
}

fn any_term() -> impl Strategy<Value = Term> {
    prop_oneof![
        (1_u16..60).prop_map(Term::WorkingDays),
        (1_u16..120).prop_map(Term::Days),
        (1_u16..20).prop_map(Term::Weeks),
        (1_u16..30).prop_map(Term::Months),
    ]
}

/// A town with an equated day, own free days and days on which it works.
fn town() -> Calendar {
    let equated = ["2026-01-02", "2026-05-15", "2027-05-07"];
    calendar(&equated, &["2026-02-16", "2026-02-17"], &["2026-04-03", "2027-05-07"]).expect("a calendar")
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    prop_oneof![Just(by_law()), Just(town())]
}

/// Days around the town's own days come up as often as all others.
fn interesting_day() -> impl Strategy<Value = CivilDay> {
    prop_oneof![any_day(), (0_u64..550).prop_map(|n| day("2025-12-01").plus_days(n))]
}

proptest! {
    #[test]
    fn working_days_never_end_on_a_free_day_and_are_counted_back(
        calendar in any_calendar(), cause in interesting_day(), n in 1_u16..120,
    ) {
        let last = calendar.add_working_days(cause, n);
        prop_assert!(calendar.is_working_day(last));
        prop_assert_eq!(count_days(cause, last, |day| calendar.is_working_day(day)), u64::from(n));
    }

    #[test]
    fn working_days_are_monotone_in_cause_and_number(
        calendar in any_calendar(), cause in interesting_day(), later in 0_u64..30, n in 0_u16..60,
    ) {
        let last = calendar.add_working_days(cause, n);
        prop_assert!(calendar.add_working_days(cause.plus_days(later), n) >= last);
        prop_assert!(calendar.add_working_days(cause, n + 1) > last);
    }

    #[test]
    fn working_days_before_and_after_a_day_enclose_only_free_days(calendar in any_calendar(), on in interesting_day()) {
        let (before, after) = (calendar.working_day_on_or_before(on.minus_days(1)), calendar.next_working_day(on));
        prop_assert!(before < on && on < after);
        prop_assert!(calendar.is_working_day(before) && calendar.is_working_day(after));
        let between = count_days(before, after, |day| calendar.is_working_day(day));
        prop_assert_eq!(between, 1 + u64::from(calendar.is_working_day(on)));
    }

    #[test]
    fn an_announcement_is_at_eight_on_a_working_day_and_never_late(
        calendar in any_calendar(), on in interesting_day(), ahead in 0_u16..60,
    ) {
        let at = calendar.announced_at(on, ahead);
        prop_assert!(at <= on.minus_days(ahead.into()).at(8, 0));
        prop_assert!(calendar.is_working_day(at.day()));
        prop_assert_eq!(at, at.day().at(8, 0));
    }

    #[test]
    fn what_follows_a_term_never_happens_while_it_runs(
        calendar in any_calendar(), cause in interesting_day(), term in any_term(),
    ) {
        for convention in [Convention::Policy, Convention::Statutory, Convention::European] {
            let last = term.last_day(cause, &calendar, convention);
            let at = term.follows_at(cause, &calendar, convention);
            prop_assert!(last > cause);
            prop_assert!(at > last.end());
            prop_assert!(calendar.is_working_day(at.day()));
        }
    }

    #[test]
    fn law_never_shortens_a_term_and_a_european_one_ends_on_a_working_day(
        calendar in any_calendar(), cause in interesting_day(), term in any_term(),
    ) {
        let statutory = term.last_day(cause, &calendar, Convention::Statutory);
        let european = term.last_day(cause, &calendar, Convention::European);
        prop_assert!(european >= statutory);
        prop_assert!(!calendar.is_free_by_law(european));
        if !matches!(term, Term::WorkingDays(_)) {
            prop_assert!(statutory >= term.last_day(cause, &calendar, Convention::Policy));
        }
        if !matches!(term, Term::WorkingDays(1) | Term::Days(1)) {
            let works = |day| !calendar.is_free_by_law(day);
            prop_assert!(count_days(cause, european, works) >= 2);
        }
    }

    #[test]
    fn easter_is_a_sunday_between_its_bounds(year in -4000_i32..9999) {
        let easter = easter(year).expect("Easter");
        prop_assert_eq!(easter.date().weekday(), Weekday::Sun);
        let month_and_day = (easter.date().month(), easter.date().day());
        prop_assert!(((3, 22)..=(4, 25)).contains(&month_and_day));
    }
}

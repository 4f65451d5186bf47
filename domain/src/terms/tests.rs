use super::*;
use crate::divorce::episode::Feature;

fn day(text: &str) -> CivilDay {
    text.parse().expect("a day")
}

fn book() -> TermsBook {
    TermsBook::nl_default().expect("the product's own terms")
}

/// The first `[[terms]]` table of the product's own file, as a version of another name and date.
fn version(name: &str, valid_from: &str) -> String {
    changed("nl-default-1", name).replacen("2015-01-01", valid_from, 1)
}

/// The product's own file with one thing changed.
fn changed(from: &str, to: &str) -> String {
    assert!(NL_DEFAULT.contains(from), "`{from}` is in the file");
    NL_DEFAULT.replacen(from, to, 1)
}

fn refusal(text: &str) -> String {
    TermsBook::parse(text).expect_err("a refusal").to_string()
}

#[test]
fn the_products_own_terms_are_those_of_the_design() {
    let book = book();
    let terms = book.terms_on(day("2026-03-02"));
    assert_eq!(terms.version.as_str(), "nl-default-1");
    assert_eq!(terms.gap, Term::WorkingDays(5));
    assert_eq!(terms.next_step, Term::WorkingDays(5));
    assert_eq!(terms.specialist_warning, Term::Months(6));
    assert_eq!(terms.deputy_max, Term::Weeks(6));
    assert_eq!(terms.family_told_of_deputy, Term::WorkingDays(2));
    assert_eq!(terms.deputy_ending_notice, Term::Days(7));
    assert_eq!(terms.rest_of_fact, Term::WorkingDays(5));
    assert_eq!(terms.incomplete_consent, Term::Weeks(6));
    assert_eq!(terms.withdrawn_help, Term::WorkingDays(5));
    assert_eq!(terms.sat_access, Term::Weeks(6));
    assert_eq!(terms.announced_ahead_days, 30);
    assert_eq!(terms.emergency_access_hours, 24);
    assert_eq!(terms.emergency_review, Term::WorkingDays(2));
    assert_eq!(terms.crisis_card, Term::Months(6));
    assert_eq!(terms.plan_evaluation, Term::Months(3));
    assert_eq!(terms.own_plan, Term::Weeks(8));
    assert_eq!((terms.help_plan_written, terms.help_plan_fixed), (Term::Days(14), Term::Weeks(6)));
    assert_eq!(terms.call_back, Term::WorkingDays(2));
    assert_eq!((terms.reflection, terms.school_question), (Term::Months(6), Term::WorkingDays(5)));
    assert_eq!(
        (terms.crisis_plan, terms.conference_resume, terms.ret_asked),
        (Term::Months(6), Term::Days(7), Term::Days(7))
    );
    assert_eq!((terms.decision, terms.objection), (Term::Weeks(8), Term::Weeks(6)));
    assert_eq!((terms.sat_acceptance, terms.sat_advice), (Term::WorkingDays(5), Term::WorkingDays(10)));
    let usual = crate::divorce::DonsConversationKind::ALL.map(|kind| terms.dons.usual(kind));
    assert_eq!(usual.map(|usual| (usual.least(), usual.most())), [(1, 1), (2, 2), (1, 2), (0, 12)]);
    assert_eq!(terms.dons.hours, 40);
    assert_eq!(terms.divorce_triage, Term::WorkingDays(10));
    let recognition = &terms.recognition;
    assert_eq!((recognition.must.as_slice(), recognition.besides), ([Feature::KeepsFlaring].as_slice(), 1));
    assert_eq!(recognition.professionals, 2);
    let ages = terms.consent_ages;
    assert_eq!((ages.help_together(), ages.help_alone(), ages.sharing(), ages.adult()), (12, 16, 12, 18));
    assert_eq!(ages.birthdays().into_iter().collect::<Vec<_>>(), [12, 16, 18]);
    assert!(!terms.calendar.is_working_day(day("2026-05-15")), "equated by decree");
}

/// CC-H1: set-valued, overlapping, and each with its source. A municipality may have none.
#[test]
fn what_fits_at_a_stage_is_a_set_with_its_source() {
    let book = book();
    let terms = book.terms_on(day("2026-03-02"));
    let fitting = |stage: u8| {
        let stage = GlaslStage::new(stage).expect("a stage");
        terms
            .fitting_at(stage)
            .map(|found| found.en.split(' ').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let expected: [&[&str]; 9] = [
        &["moderation"],
        &["moderation"],
        &["moderation", "process"],
        &["process", "socio-therapeutic"],
        &["process", "socio-therapeutic", "mediation"],
        &["socio-therapeutic", "mediation", "a"],
        &["mediation", "a", "power"],
        &["a", "power"],
        &["power"],
    ];
    for (stage, words) in (1..).zip(expected) {
        assert_eq!(fitting(stage), words, "stage {stage}");
    }
    assert!(terms.interventions.iter().all(|found| found.source == "streitvermittler-mediator.de"));
    let (kept, _) = NL_DEFAULT.split_once("[[terms.interventions]]").expect("interventions");
    let none = TermsBook::parse(kept).expect("terms that name none");
    assert_eq!(none.terms_on(day("2026-03-02")).interventions, []);
}

#[test]
fn the_cases_reach_their_days_with_the_products_own_terms() {
    let book = book();
    let terms = book.terms_on(day("2026-03-02"));
    // Case 05: the gap of 2 March. Case 03: Sacha turns twelve on 3 April.
    assert_eq!(terms.last_day(terms.gap, day("2026-03-02")), day("2026-03-09"));
    assert_eq!(terms.follows_at(terms.gap, day("2026-03-02")), day("2026-03-10").at(8, 0));
    assert_eq!(terms.calendar.announced_at(day("2026-04-03"), terms.announced_ahead_days), day("2026-03-04").at(8, 0));
    assert_eq!(terms.last_day(terms.incomplete_consent, day("2026-04-03")), day("2026-05-15"));
}

#[test]
fn an_old_decision_is_judged_by_the_policy_of_its_day() {
    let stricter = version("town-2", "2026-07-01").replacen("gap = \"5 working days\"", "gap = \"3 working days\"", 1);
    let book = TermsBook::parse(&format!("{}\n{stricter}", version("town-1", "2020-01-01"))).expect("two versions");
    assert_eq!(book.terms_on(day("2026-06-30")).gap, Term::WorkingDays(5));
    assert_eq!(book.terms_on(day("2026-07-01")).gap, Term::WorkingDays(3));
    assert_eq!(book.terms_on(day("2040-01-01")).version.as_str(), "town-2");
    // A day before all versions is judged by the oldest known.
    assert_eq!(book.terms_on(day("2019-12-31")).version.as_str(), "town-1");
    let named = "town-1".parse().expect("a version");
    assert_eq!(book.by_version(&named).map(|terms| terms.gap), Some(Term::WorkingDays(5)));
    assert_eq!(book.by_version(&"town-3".parse().expect("a version")), None);
    assert_eq!(book.versions().count(), 2);
}

#[test]
fn versions_are_in_order_of_date_and_have_their_own_names() {
    let two = |one: String, other: String| TermsBook::parse(&format!("{one}\n{other}"));
    let out_of_order = |later: &str, from: &str| {
        Err(TermsError::OutOfOrder { later: later.parse().expect("a version"), from: day(from) })
    };
    assert_eq!(two(version("a", "2026-01-01"), version("b", "2025-01-01")), out_of_order("b", "2025-01-01"));
    assert_eq!(two(version("a", "2026-01-01"), version("b", "2026-01-01")), out_of_order("b", "2026-01-01"));
    let same = TermsError::SameName("a".parse().expect("a version"));
    assert_eq!(two(version("a", "2025-01-01"), version("a", "2026-01-01")), Err(same));
    assert_eq!(TermsBook::parse(""), Err(TermsError::Empty));
}

#[test]
fn what_is_unknown_missing_or_impossible_is_refused_with_the_reason() {
    for (from, to, reason) in [
        ("gap =", "gapp =", "unknown field `gapp`"),
        ("gap = \"5 working days\"\n", "", "missing field `gap`"),
        ("\n[[terms]]", "\ncolour = \"red\"\n[[terms]]", "unknown field `colour`"),
        ("sharing = 12", "sharing = 12\nmarriage = 18", "unknown field `marriage`"),
        ("extra_free_days", "extra_days", "unknown field `extra_days`"),
        ("\"6 months\"", "\"half a year\"", "`half a year` is not a term"),
        ("\"6 months\"", "\"0 months\"", "`0 months` is not a term"),
        ("\"6 months\"", "6", "invalid type"),
        ("\"2015-01-01\"", "\"2015-02-30\"", "line 7"),
        ("\"2015-01-01\"", "\"9999-12-31\"", "2199-12-31"),
        ("extra_free_days = []", "extra_free_days = [\"9999-12-31\"]", "2199-12-31"),
        ("nl-default-1", "Gooise Meren", "`Gooise Meren` cannot name a version"),
        ("nl-default-1", "", "`` cannot name a version"),
        ("help_together = 12", "help_together = 16", "consent ages must be ordered"),
        ("help_together = 12", "help_together = 0", "consent ages must be ordered"),
        ("help_alone = 16", "help_alone = 19", "consent ages must be ordered"),
        ("\nsharing = 12", "\nsharing = 19", "consent ages must be ordered"),
        ("sharing = 12", "sharing = -1", "invalid value"),
        ("announced_ahead_days = 30", "announced_ahead_days = 0", "at least 1"),
        ("emergency_access_hours = 24", "emergency_access_hours = 0", "from 1 to 72"),
        ("emergency_access_hours = 24", "emergency_access_hours = 73", "hours, not days"),
        ("from = 3\nto = 5", "from = 6\nto = 5", "named `procesbegeleiding`"),
        ("from = 3\nto = 5", "from = 0\nto = 5", "a number from 1 to 9"),
        ("en = \"mediation\"", "en = \" \"", "named `bemiddeling (mediation)`"),
        ("extra_free_days = []", "extra_free_days = [\"2026-12-25\"]", "2026-12-25 is a free day already"),
        ("removed_free_days = []", "removed_free_days = [\"2026-05-06\"]", "2026-05-06 is not a feast day"),
    ] {
        let message = refusal(&changed(from, to));
        assert!(message.contains(reason), "`{to}` should be refused with `{reason}`, got: {message}");
    }
}

#[test]
fn a_version_reads_from_an_event_as_it_was_written() {
    let version: TermsVersion = "nl-default-1".parse().expect("a version");
    let written = serde_json::to_string(&version).expect("text");
    assert_eq!(written, "\"nl-default-1\"");
    assert_eq!(serde_json::from_str::<TermsVersion>(&written).expect("a version"), version);
    assert!(serde_json::from_str::<TermsVersion>("\"with a space\"").is_err());
}

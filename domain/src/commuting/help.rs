//! Help that runs, what was weighed and asked, conditions.

use super::{By, Meeting, Pair};
use crate::application::ApplicationKind;
use crate::case::{Case, CaseCommand};
use crate::divorce::tests::{ANJA, ILSE, MORRIS, ROBERT, directed, strike};
use crate::fact::Role;
use crate::life::LegalFramework;
use crate::testing::Given;
use crate::trajectory::tests::{ask, asked, end, refuse, running};
use crate::{application, framework, referral, weighing};

fn by_anja(command: impl Into<CaseCommand>) -> By {
    (ANJA, Role::CaseDirector, command.into())
}

fn pair(
    name: &'static str,
    meeting: Meeting,
    given: Given<Case>,
    one: impl Into<CaseCommand>,
    other: impl Into<CaseCommand>,
) -> Pair {
    Pair { name, meeting, given, on: "2026-10-19", one: by_anja(one), other: by_anja(other) }
}

pub(super) fn pairs() -> Vec<Pair> {
    let mut pairs = of_trajectories();
    pairs.extend(of_the_rest());
    pairs
}

fn on_4_may(
    name: &'static str,
    meeting: Meeting,
    given: Given<Case>,
    one: impl Into<CaseCommand>,
    other: impl Into<CaseCommand>,
) -> Pair {
    Pair { on: "2026-05-04", ..pair(name, meeting, given, one, other) }
}

fn of_trajectories() -> Vec<Pair> {
    use Meeting::{Bars, Rivals};
    let (_, trajectory, _) = running();
    let (waits, extension) = asked();
    let asked_in = waits.state().trajectories.all()[0].id;
    let struck = strike(&waits, "ExtensionAsked");
    vec![
        pair("a trajectory ends twice", Rivals, running().0, end(trajectory, None), end(trajectory, None)),
        pair(
            "two extensions of one trajectory are asked",
            Rivals,
            running().0,
            ask(trajectory, "2027-04-21"),
            ask(trajectory, "2027-05-21"),
        ),
        pair(
            "help ends while its extension is asked",
            Bars,
            running().0,
            end(trajectory, None),
            ask(trajectory, "2027-04-21"),
        ),
        pair("an extension is decided twice", Rivals, asked().0, refuse(extension), refuse(extension)),
        pair("an extension is struck out while it is decided", Rivals, asked().0, struck, refuse(extension)),
        pair(
            "an extension is decided while the help ends",
            Meeting::Commute,
            asked().0,
            refuse(extension),
            end(asked_in, None),
        ),
    ]
}

/// A deliberate wait, a decision that was asked, a condition.
fn open() -> Given<Case> {
    let given = directed().when(weighing::tests::wait(&[MORRIS], "2026-05-04")).accepted();
    let given = given.when(application::tests::make(ApplicationKind::Decision)).accepted();
    given.when(framework::tests::set()).accepted()
}

fn of_the_rest() -> Vec<Pair> {
    use Meeting::{Bars, Commute, Rivals};
    let given = open();
    let waiting = given.state().weighings.all()[0].id;
    let application = given.state().applications.all()[0].id;
    let condition = given.state().conditions.all()[0].id;
    let look = || weighing::tests::look(waiting, None);
    let answer = || application::tests::answer(application);
    let compulsory = || framework::tests::becomes(LegalFramework::Compulsory, None);
    vec![
        on_4_may("a deliberate wait ends twice", Rivals, open(), look(), look()),
        on_4_may("an application is answered twice", Rivals, open(), answer(), answer()),
        on_4_may(
            "an application is answered while it takes longer",
            Bars,
            open(),
            answer(),
            application::tests::delay(application, None),
        ),
        on_4_may(
            "a condition ends while somebody answers it",
            Bars,
            open(),
            framework::tests::over(condition),
            framework::tests::says(condition, MORRIS, true),
        ),
        on_4_may("a measure comes while a condition is set", Bars, open(), compulsory(), framework::tests::set()),
        on_4_may("a measure comes twice", Rivals, open(), compulsory(), compulsory()),
        on_4_may(
            "a direct referral is recorded while a decision is asked",
            Commute,
            open(),
            referral::tests::record(&[ILSE, ROBERT]),
            application::tests::make(ApplicationKind::Decision),
        ),
    ]
}

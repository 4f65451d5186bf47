//! What happens in one case: a list of steps, each at a moment. What is ordered then is worked out from the case as it stands, because
//! the ids of people, consents and offers come from there. A story is made anew whenever it is needed, so that nobody keeps it.

use domain::calendar::Calendar;
use domain::case::{Case, CaseCommand, CaseState};
use domain::conflict::ParentingForm;
use domain::decider::{History, Order};
use domain::fact::{Actor, Role};
use domain::ids::{CommandId, HouseholdId, PersonId, WorkerId};
use domain::life::Phase;
use domain::regie::Directorship;
use domain::terms::Terms;
use domain::text::{Line, Text};
use domain::time::{CivilDay, Timestamp};
use uuid::Uuid;

use super::chapters;
use super::dice::Dice;
use super::family::Family;
use super::hours;
use super::region::{Municipality, Region};
use super::shares;
use crate::demo::staff::StaffMember;

/// Ids of cases and commands are made under this namespace.
const NAMES: Uuid = Uuid::from_u128(0x0c41_9e5b_7a0d_4f2e_9d53_1b6f_88a2_40c7);

/// How a case goes: the long tail of facts comes from the last two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Going {
    Brief,
    Usual,
    Heavy,
    Extreme,
}

/// Everything that happens in one case.
pub(super) struct Story<'r> {
    seed: u64,
    case: u32,
    steps: Vec<Step<'r>>,
}

/// Works out what is ordered; nothing when there is no reason for it any more.
type Tell<'r> = Box<dyn Fn(&Scene<'_>) -> Option<Given> + Send + Sync + 'r>;

struct Step<'r> {
    at: Timestamp,
    what: &'static str,
    tell: Tell<'r>,
}

/// An order, and who gives it.
pub(super) struct Given {
    pub(super) by: Actor,
    pub(super) order: Order<CaseCommand>,
}

/// A case as it stands at a step.
pub(super) struct Scene<'a> {
    pub(super) history: &'a History<Case>,
    pub(super) state: &'a CaseState,
    pub(super) day: CivilDay,
    pub(super) terms: &'a Terms,
}

/// The stream of a case of a region.
pub(super) fn case_id(seed: u64, case: u32) -> Uuid {
    Uuid::new_v5(&NAMES, format!("{seed}/{case}").as_bytes())
}

impl<'r> Story<'r> {
    /// The story of this case.
    pub(super) fn of(region: &'r Region, case: u32) -> Self {
        let mut steps = Plot::of(region, case).map(Plot::told).unwrap_or_default();
        // Stable: what was planned first comes first.
        steps.sort_by_key(|step| step.at);
        steps.truncate(region.steps);
        Self { seed: region.seed, case, steps }
    }

    /// The first step that is not before this moment, and when it is.
    pub(super) fn first_from(&self, moment: Timestamp) -> Option<(usize, Timestamp)> {
        let place = self.steps.partition_point(|step| step.at < moment);
        self.when(place).map(|at| (place, at))
    }

    /// When a step is.
    pub(super) fn when(&self, step: usize) -> Option<Timestamp> {
        self.steps.get(step).map(|step| step.at)
    }

    /// What a step is about, in one word.
    pub(super) fn what(&self, step: usize) -> &'static str {
        self.steps.get(step).map_or("", |step| step.what)
    }

    /// How many steps it has.
    pub(super) fn length(&self) -> usize {
        self.steps.len()
    }

    /// The command of a step: the same in every run, so that a run that was broken off repeats nothing.
    pub(super) fn command(&self, step: usize) -> CommandId {
        CommandId::from_uuid(Uuid::new_v5(&NAMES, format!("{}/{}/{step}", self.seed, self.case).as_bytes()))
    }

    /// What is ordered at a step, in the case as it stands.
    pub(super) fn tell(&self, step: usize, history: &History<Case>, day: CivilDay, terms: &Terms) -> Option<Given> {
        let scene = Scene { history, state: history.state(), day, terms };
        self.steps.get(step).and_then(|step| (step.tell)(&scene))
    }
}

/// A story in the making. A chapter adds its steps to the time in which the case is open.
pub(super) struct Plot<'r> {
    seed: u64,
    case: u32,
    pub(super) family: Family,
    pub(super) home: &'r Municipality,
    pub(super) going: Going,
    /// Who is meant to direct first.
    pub(super) director: &'r StaffMember,
    /// From here on the case is open: for the first time, or again.
    pub(super) opens: Timestamp,
    /// From here on it is being closed; nothing else happens then.
    pub(super) closes: Timestamp,
    /// 0 the first time, 1 when it was opened again.
    pub(super) round: u32,
    calendar: &'r Calendar,
    steps: Vec<Step<'r>>,
}

impl<'r> Plot<'r> {
    fn of(region: &'r Region, case: u32) -> Option<Self> {
        let mut dice = Dice::about(region.seed, case, "case");
        let (beginning, end) = (hours::beginning(), hours::end());
        let calendar = &region.terms.terms_on(beginning.day()).calendar;
        let day = beginning.day().plus_days(dice.between(0..=hours::days_between(beginning, end) - 3));
        let opens = hours::on(day, calendar, &mut dice);
        let going = match dice.weighted(shares::GOING.of) {
            0 => Going::Brief,
            1 => Going::Usual,
            2 => Going::Heavy,
            _ => Going::Extreme,
        };
        let home = region.home_of(&mut dice)?;
        let mut plot = Self {
            seed: region.seed,
            case,
            family: Family::invent(opens.day(), &mut dice),
            home,
            going,
            director: home.directors.get(dice.place(home.directors.len()))?,
            opens,
            closes: opens,
            round: 0,
            calendar,
            steps: Vec::new(),
        };
        plot.closes = plot.later(opens, plot.lasts(&mut dice), &mut dice);
        Some(plot)
    }

    fn lasts(&self, dice: &mut Dice) -> u64 {
        match self.going {
            Going::Brief => 10 + dice.days(shares::BRIEF),
            Going::Usual => 30 + dice.days(shares::OPEN),
            // What is heavy takes longer.
            Going::Heavy | Going::Extreme => 120 + dice.days(shares::OPEN) * 3 / 2,
        }
    }

    fn told(mut self) -> Vec<Step<'r>> {
        for chapter in chapters::ONCE {
            chapter(&mut self);
        }
        for chapter in chapters::EACH_TIME {
            chapter(&mut self);
        }
        let mut dice = self.dice("again");
        if dice.falls(shares::REOPENED) {
            let days = 14 + dice.days(shares::UNTIL_REOPENED);
            self.round = 1;
            self.opens = self.later(self.closes, days, &mut dice);
            self.closes = self.later(self.opens, self.lasts(&mut dice), &mut dice);
            chapters::reopening(&mut self);
            for chapter in chapters::EACH_TIME {
                chapter(&mut self);
            }
        }
        self.steps
    }

    /// Dice about this subject, in this time that the case is open.
    pub(super) fn dice(&self, subject: &str) -> Dice {
        Dice::about(self.seed, self.case, &format!("{}/{subject}", self.round))
    }

    /// Some moment so many days after the case opened.
    pub(super) fn days_in(&self, days: u64, dice: &mut Dice) -> Timestamp {
        self.later(self.opens, days.max(1), dice)
    }

    /// Some moment while the case is open.
    pub(super) fn some_time(&self, dice: &mut Dice) -> Timestamp {
        let days = hours::days_between(self.opens, self.closes.min(hours::end())).max(2);
        self.days_in(dice.between(1..=days - 1), dice)
    }

    /// So many days later; ten minutes for none.
    pub(super) fn later(&self, than: Timestamp, days: u64, dice: &mut Dice) -> Timestamp {
        hours::later(than, days, self.calendar, dice)
    }

    /// Something happens while the case is open. What would come after is left out.
    pub(super) fn at(
        &mut self,
        at: Timestamp,
        what: &'static str,
        tell: impl Fn(&Scene<'_>) -> Option<Given> + Send + Sync + 'r,
    ) {
        if at < self.closes {
            self.whenever(at, what, tell);
        }
    }

    /// Something happens, also when the case is being closed. What would come after the region's end is left out.
    pub(super) fn whenever(
        &mut self,
        at: Timestamp,
        what: &'static str,
        tell: impl Fn(&Scene<'_>) -> Option<Given> + Send + Sync + 'r,
    ) {
        if at < hours::end() {
            self.steps.push(Step { at, what, tell: Box::new(tell) });
        }
    }

    /// Whether more happens in this case than in most.
    pub(super) fn is_heavy(&self) -> bool {
        matches!(self.going, Going::Heavy | Going::Extreme)
    }

    /// How the parents are parents beside each other, of parents who live apart: the same each time that the case is open.
    pub(super) fn parenting(&self) -> Option<ParentingForm> {
        let forms = [ParentingForm::Cooperative, ParentingForm::Parallel, ParentingForm::Conflict];
        let mut dice = Dice::about(self.seed, self.case, "parenting");
        forms.get(dice.weighted(shares::PARENTING.of)).copied().filter(|_| self.family.apart)
    }

    /// Another director than the one meant, when there is one.
    pub(super) fn another_director(&self, dice: &mut Dice) -> Option<&'r StaffMember> {
        let others: Vec<_> = self.home.directors.iter().filter(|one| one.key != self.director.key).collect();
        others.get(dice.place(others.len())).copied()
    }

    /// Some professionals, each once.
    pub(super) fn supporters(&self, count: usize, dice: &mut Dice) -> Vec<&'r (StaffMember, &'static str)> {
        let mut all: Vec<_> = self.home.supporters.iter().collect();
        let mut picked = Vec::new();
        while picked.len() < count && !all.is_empty() {
            picked.push(all.swap_remove(dice.place(all.len())));
        }
        picked
    }
}

impl Given {
    /// An order about now.
    pub(super) fn by(actor: Actor, command: impl Into<CaseCommand>) -> Self {
        Self { by: actor, order: Order::now(command.into()) }
    }
}

impl Scene<'_> {
    /// Goes on when the case is open: acts need that.
    pub(super) const fn open(&self) -> Option<()> {
        match self.state.life.phase {
            Phase::Open(_) => Some(()),
            Phase::Absent | Phase::Closed(_) => None,
        }
    }

    /// Somebody of the family, by place.
    pub(super) fn person(&self, place: usize) -> Option<PersonId> {
        self.state.people.iter().nth(place).map(|person| person.id)
    }

    /// How old somebody of the family is today.
    pub(super) fn age(&self, place: usize) -> Option<u32> {
        self.state.people.age_on(self.person(place)?, self.day)
    }

    /// A household, by place.
    pub(super) fn household(&self, place: usize) -> Option<HouseholdId> {
        self.state.households.iter().nth(place).map(|household| household.id)
    }

    /// Who directs today.
    pub(super) fn director(&self) -> Option<&Directorship> {
        self.state.regie.director_on(self.day)
    }

    /// Who directs today, to act.
    pub(super) fn as_director(&self) -> Option<Actor> {
        self.director().map(|director| as_director(director.worker, director.organisation.clone()))
    }

    /// The director, or else the access worker.
    pub(super) fn in_charge(&self, access: &StaffMember) -> Actor {
        self.as_director().unwrap_or_else(|| access.actor())
    }

    /// Whether this worker may get a role.
    pub(super) fn may_take_part(&self, member: &StaffMember) -> Option<()> {
        (!self.state.exclusions.is_excluded(member.worker())).then_some(())
    }
}

/// A director, to act.
pub(super) const fn as_director(worker: WorkerId, organisation: domain::fact::Organisation) -> Actor {
    Actor { worker, role: Role::CaseDirector, organisation, on_behalf_of: None }
}

/// Words as free text.
pub(super) fn text(words: &str) -> Option<Text> {
    Text::new(words).ok()
}

/// Words as a line.
pub(super) fn line(words: &str) -> Option<Line> {
    Line::new(words).ok()
}

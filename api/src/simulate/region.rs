//! Where the families live and who works there: the municipalities and staff of the demo first, invented ones as the region grows.

use std::collections::HashSet;

use domain::fact::{Organisation, Role};
use domain::terms::TermsBook;
use domain::text::Name;

use super::dice::Dice;
use super::shares::{CASELOAD, OPEN_AT_THE_END};
use super::words::{FAMILIES, HERE, MEN, PLACES, WOMEN, WORK};
use super::{Asked, SimulateError};
use crate::demo::staff::{Staff, StaffMember};

/// Directors of one municipality at most: beyond that there is another.
const DIRECTORS: usize = 20;

/// Supporters of a municipality, besides one and a half for each director.
const SUPPORTERS: usize = 6;

/// A region, for so many cases.
pub(super) struct Region {
    pub(super) seed: u64,
    pub(super) cases: u32,
    /// Where a story breaks off.
    pub(super) steps: usize,
    pub(super) terms: TermsBook,
    municipalities: Vec<Municipality>,
    weights: Vec<u32>,
}

/// A municipality, with everyone who works for its families.
#[derive(Debug)]
pub(super) struct Municipality {
    /// Whose cases they are.
    pub(super) holder: Organisation,
    pub(super) access: StaffMember,
    pub(super) lead: StaffMember,
    pub(super) sat: StaffMember,
    /// Never none.
    pub(super) directors: Vec<StaffMember>,
    /// Each with what they know about.
    pub(super) supporters: Vec<(StaffMember, &'static str)>,
}

impl Region {
    /// The region of so many cases.
    ///
    /// # Errors
    /// When the staff of the demo or the terms cannot be read, which tests exclude.
    pub(super) fn of(asked: Asked, staff: &Staff) -> Result<Self, SimulateError> {
        let Asked { cases, seed, steps } = asked;
        let steps = steps.and_then(|steps| usize::try_from(steps).ok()).unwrap_or(usize::MAX);
        let open = u64::from(cases) * u64::from(OPEN_AT_THE_END) / 100;
        let directors = usize::try_from(open.div_ceil(u64::from(CASELOAD))).unwrap_or(usize::MAX).max(1);
        let municipalities = municipalities(directors, staff)?;
        let weights = municipalities.iter().map(|one| u32::try_from(one.directors.len()).unwrap_or(1)).collect();
        Ok(Self { seed, cases, steps, terms: TermsBook::nl_default()?, municipalities, weights })
    }

    /// Where this family lives.
    pub(super) fn home_of(&self, dice: &mut Dice) -> Option<&Municipality> {
        self.municipalities.get(dice.weighted(&self.weights))
    }

    /// Everyone, each once.
    pub(super) fn staff(&self) -> Vec<&StaffMember> {
        let mut met = HashSet::new();
        let all = self.municipalities.iter().flat_map(|one| {
            let supporters = one.supporters.iter().map(|(member, _)| member);
            [&one.access, &one.lead, &one.sat].into_iter().chain(&one.directors).chain(supporters)
        });
        all.filter(|member| met.insert(member.key.as_str())).collect()
    }
}

/// The demo's municipalities: of whose access workers it has one. Each with the organisation of its case directors.
const KNOWN: [(&str, &str); 5] = [
    ("noor", "jeugd-en-gezin-gooi"),
    ("marit", "wijkteam-hilversum"),
    ("ilona", "jeugdteam-amersfoort"),
    ("sjef", "jonge-ouders-heerlen"),
    ("femke", "jeugdteam-almere"),
];

fn municipalities(directors: usize, staff: &Staff) -> Result<Vec<Municipality>, SimulateError> {
    let known: Vec<_> = KNOWN.iter().filter_map(|(access, team)| Some((staff.get(access)?, *team))).collect();
    let of_the_demo =
        |team: &'static str| staff.iter().filter(move |member| directs(member, team)).cloned().collect::<Vec<_>>();
    // The directors of the demo come first; who comes after them is spread evenly.
    let named: usize = known.iter().map(|(_, team)| of_the_demo(team).len()).sum();
    let count = if directors <= named { known.len() } else { known.len().max(directors.div_ceil(DIRECTORS)) };
    let mut all = Vec::new();
    let (mut left, mut more) = (directors, directors.saturating_sub(named));
    for number in 0..count {
        let share = more.div_ceil(count - number);
        more -= share;
        let home = match known.get(number) {
            Some((access, team)) => {
                let there: Vec<_> = of_the_demo(team).into_iter().take(left).collect();
                left -= there.len();
                of_demo(number, access, team, there, share, staff)?
            }
            None => invented(number, share)?,
        };
        if !home.directors.is_empty() {
            all.push(home);
        }
    }
    Ok(all)
}

fn directs(member: &StaffMember, team: &str) -> bool {
    member.roles.contains(&Role::CaseDirector) && member.organisation.as_str() == team
}

fn of_demo(
    number: usize,
    access: &StaffMember,
    team: &str,
    mut directors: Vec<StaffMember>,
    more: usize,
    staff: &Staff,
) -> Result<Municipality, SimulateError> {
    let place = access.organisation.as_str().trim_start_matches("gemeente-").to_owned();
    directors.extend(invent_directors(number, team, more)?);
    let mut supporters = invent_supporters(number, &place, directors.len())?;
    if number == 0 {
        let there = staff.iter().filter(|member| member.roles == [Role::Supporter]);
        supporters.extend(there.map(|member| (member.clone(), "Opvoeding en omgang na een scheiding")));
    }
    let of_the_demo = |role| {
        let serves = |member: &&StaffMember| member.organisation == access.organisation && member.roles.contains(&role);
        staff.iter().find(serves).cloned()
    };
    let lead = match of_the_demo(Role::TeamLead) {
        Some(lead) => lead,
        None => invent("lead", number, 0, access.organisation.as_str(), &[Role::TeamLead])?,
    };
    let sat = match staff.iter().find(|member| number == 0 && member.roles.contains(&Role::SatAdvisor)) {
        Some(sat) => sat.clone(),
        None => invent_sat(number, &place)?,
    };
    Ok(Municipality { holder: access.organisation.clone(), access: access.clone(), lead, sat, directors, supporters })
}

fn invented(number: usize, directors: usize) -> Result<Municipality, SimulateError> {
    let place = place(number);
    let holder = format!("gemeente-{place}");
    let directors = invent_directors(number, &format!("wijkteam-{place}"), directors)?;
    Ok(Municipality {
        holder: Organisation::new(&holder)?,
        access: invent("access", number, 0, &holder, &[Role::AccessWorker])?,
        lead: invent("lead", number, 0, &holder, &[Role::TeamLead])?,
        sat: invent_sat(number, &place)?,
        supporters: invent_supporters(number, &place, directors.len())?,
        directors,
    })
}

fn invent_directors(number: usize, team: &str, count: usize) -> Result<Vec<StaffMember>, SimulateError> {
    let roles = [Role::CaseDirector, Role::Supporter];
    (0..count).map(|which| invent("director", number, which, team, &roles)).collect()
}

fn invent_supporters(
    number: usize,
    place: &str,
    directors: usize,
) -> Result<Vec<(StaffMember, &'static str)>, SimulateError> {
    let invent = |which: usize| {
        let (work, expertise) = WORK.get(which % WORK.len()).copied().unwrap_or_default();
        let member = invent("supporter", number, which, &format!("{work}-{place}"), &[Role::Supporter])?;
        Ok((member, expertise))
    };
    (0..SUPPORTERS + directors * 3 / 2).map(invent).collect()
}

fn invent_sat(number: usize, place: &str) -> Result<StaffMember, SimulateError> {
    invent("sat", number, 0, &format!("scheidingsadviesteam-{place}"), &[Role::SatAdvisor])
}

/// Somebody who works there. The key says what and where, and the name follows from it: the same in every region.
fn invent(
    what: &str,
    municipality: usize,
    which: usize,
    organisation: &str,
    roles: &[Role],
) -> Result<StaffMember, SimulateError> {
    let key = format!("{what}-{municipality}-{which}");
    let mut dice = Dice::about(0, 0, &key);
    let names = if dice.between(0..=3) < 3 { WOMEN } else { MEN };
    let name = format!("{} {}", dice.word(names), dice.word(FAMILIES));
    let (name, organisation) = (Name::new(&name)?, Organisation::new(organisation)?);
    Ok(StaffMember { key, name, organisation, roles: roles.to_vec() })
}

/// The name of an invented municipality.
fn place(number: usize) -> String {
    let (first, last) = (HERE.get(number % HERE.len()), PLACES.get(number / HERE.len() % PLACES.len()));
    let name = format!("{}{}", first.copied().unwrap_or_default(), last.copied().unwrap_or_default()).to_lowercase();
    // Another round of the same names is told apart by a number.
    match number / (HERE.len() * PLACES.len()) {
        0 => name,
        round => format!("{name}-{}", round + 1),
    }
}

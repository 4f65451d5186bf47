//! How often something happens and how long it takes, each with who says so: lines of a source (`004:6077`), or `PD` for a product
//! decision where they are silent. Nothing else of the simulation holds a share or a length.

/// So many of a hundred.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) of_hundred: u32,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the table; a test reads it too"))]
    pub(super) source: &'static str,
}

/// So many days: the median, and how widely it varies (the standard deviation of its logarithm, in hundredths).
#[derive(Clone, Copy, Debug)]
pub(super) struct Length {
    pub(super) median_days: u32,
    pub(super) spread: u32,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the table; a test reads it too"))]
    pub(super) source: &'static str,
}

/// Weights of alternatives, in the order that whoever throws them says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    pub(super) of: &'static [u32],
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the table; a test reads it too"))]
    pub(super) source: &'static str,
}

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident = $kind:ident { $($field:ident: $value:expr),* } from $source:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: $kind = $kind { $($field: $value,)* source: $source };)*

        /// Where each number comes from, for the test that none is without.
        #[cfg(test)]
        pub(super) const SOURCES: &[(&str, &str)] = &[$((stringify!($name), $name.source)),*];
    };
}

table! {
    // Families.
    /// Children of a family: 1, 2, 3, 4.
    CHILDREN = Weights { of: &[54, 33, 10, 3] } from "PD";
    /// Two parents are known.
    TWO_PARENTS = Share { of_hundred: 88 } from "PD";
    /// Of those, the parents live apart: the product is above all for divorces (004:5873).
    APART = Share { of_hundred: 78 } from "PD";
    /// Both parents are women, or men.
    SAME_SEX = Share { of_hundred: 4 } from "PD";
    /// Authority over the children of two parents: joint, one parent, joint with another, undetermined, under investigation, temporarily none.
    AUTHORITY_OF_TWO = Weights { of: &[80, 14, 2, 2, 1, 1] } from "PD";
    /// Of one known parent: that parent, guardianship, undetermined.
    AUTHORITY_OF_ONE = Weights { of: &[92, 5, 3] } from "PD";
    /// Somebody of the network is in the case from the start.
    NETWORK = Share { of_hundred: 12 } from "PD";
    /// A parent's recognition of the first child is recorded (001:115-119: apart from authority).
    RECOGNISED = Share { of_hundred: 10 } from "PD";
    /// How a case goes: brief, usual, heavy, extreme (the long tail).
    GOING = Weights { of: &[18, 72, 8, 2] } from "PD";

    // The life of a case.
    /// A measure binds the family.
    COMPULSORY = Share { of_hundred: 5 } from "PD";
    /// Opened on a decision under the meldcode.
    MELDCODE = Share { of_hundred: 4 } from "PD";
    /// How long a case is open. A divorce comes to rest in one or two years (004:6321); a case need not last as long.
    OPEN = Length { median_days: 220, spread: 65 } from "PD";
    /// How long a brief case is open: no help needed, or reassured (003:3253).
    BRIEF = Length { median_days: 28, spread: 40 } from "PD";
    /// Outcomes: good enough, no help needed, reassured, moved, ended by the family.
    OUTCOMES = Weights { of: &[68, 6, 8, 8, 10] } from "PD";
    /// Outcomes of a brief case: no help needed, reassured.
    BRIEF_OUTCOMES = Weights { of: &[55, 45] } from "PD";
    /// A closed case is opened again.
    REOPENED = Share { of_hundred: 6 } from "PD";
    /// After how long.
    UNTIL_REOPENED = Length { median_days: 90, spread: 60 } from "PD";

    // Regie.
    /// A director is assigned within.
    DIRECTOR = Length { median_days: 4, spread: 60 } from "PD";
    /// It takes long: a gap.
    LATE_DIRECTOR = Share { of_hundred: 9 } from "PD";
    /// How long that is.
    LATE = Length { median_days: 32, spread: 40 } from "PD";
    /// A brief case gets a director all the same.
    BRIEF_DIRECTOR = Share { of_hundred: 35 } from "PD";
    /// The directorship is handed over.
    HANDOVER = Share { of_hundred: 9 } from "PD";
    /// Somebody of the family does not agree with the successor.
    SUCCESSOR_REFUSED = Share { of_hundred: 8 } from "PD";
    /// The director is away, and somebody stands in.
    DEPUTY = Share { of_hundred: 12 } from "PD";
    /// The director is back sooner.
    BACK_SOONER = Share { of_hundred: 25 } from "PD";
    /// The director stops without a successor.
    DIRECTOR_STOPS = Share { of_hundred: 4 } from "PD";

    // Help.
    /// Professionals who join: 0 to 5 (five supporters: 004:2264, 003:2291).
    PARTIES = Weights { of: &[36, 32, 17, 9, 4, 2] } from "PD";
    /// More of them in a heavy case: 1 to 5 (an outlier of 20 daunts a family, 004:7660).
    MORE_PARTIES = Weights { of: &[30, 30, 20, 12, 8] } from "PD";
    /// Consent to join is given for one professional only.
    NAMED_CONSENT = Share { of_hundred: 45 } from "PD";
    /// Somebody asked for consent to join says no.
    JOINING_REFUSED = Share { of_hundred: 6 } from "PD";
    /// A professional came all the same, and it is reported (rule 0).
    JOINED_ANYWAY = Share { of_hundred: 30 } from "PD";
    /// A specialist (rule 3).
    SPECIALIST = Share { of_hundred: 18 } from "PD";
    /// Says what can and cannot be offered (rule 12).
    CONTRIBUTION = Share { of_hundred: 45 } from "PD";
    /// How long a specialist expects to be there: mostly half a year at most.
    SPECIALIST_STAYS = Length { median_days: 130, spread: 25 } from "002:972-974";
    /// The expected end of the work changes.
    END_CHANGED = Share { of_hundred: 15 } from "PD";
    /// How long a professional stays.
    STAY = Length { median_days: 150, spread: 60 } from "PD";
    /// Between two times that something is said anew in a heavy case.
    SAID_ANEW = Length { median_days: 60, spread: 40 } from "PD";

    // The plan.
    /// There comes a plan, where somebody directs and the case is not brief.
    PLAN = Share { of_hundred: 52 } from "PD";
    /// Between the opening and the first goal, beside two weeks.
    UNTIL_PLAN = Length { median_days: 18, spread: 60 } from "PD";
    /// Goals of a plan: 1, 2, 3.
    GOALS = Weights { of: &[50, 40, 10] } from "PD";
    /// Actions of a plan: 1 to 4.
    ACTIONS = Weights { of: &[32, 42, 20, 6] } from "PD";
    /// Who does an action: a parent, a professional, nobody yet.
    OWNERS = Weights { of: &[45, 37, 18] } from "PD";
    /// What somebody says of a plan: yes, yes with a reservation, no, no answer.
    ANSWERS = Weights { of: &[82, 9, 6, 3] } from "PD";
    /// How an action ends: done, did not work out, not needed any more.
    ACTION_ENDS = Weights { of: &[76, 12, 12] } from "PD";
    /// An action has ended before the case has.
    ACTION_ENDED = Share { of_hundred: 62 } from "PD";
    /// The day of an action is moved.
    ACTION_MOVED = Share { of_hundred: 15 } from "PD";
    /// A goal is reached before the case ends, as the family says.
    GOAL_REACHED = Share { of_hundred: 50 } from "PD";
    /// A goal is said in other words.
    GOAL_REWORDED = Share { of_hundred: 8 } from "PD";
    /// Between evaluations with the family: within their term, and now and then late.
    EVALUATED = Length { median_days: 82, spread: 18 } from "PD";
    /// What comes out of an evaluation: it goes on, the plan is adjusted.
    EVALUATIONS = Weights { of: &[72, 28] } from "PD";
    /// Between times that those around the family reflect: every half year.
    REFLECTED = Length { median_days: 180, spread: 12 } from "004:8716";
    /// It is reflected at all.
    REFLECTS = Share { of_hundred: 35 } from "PD";

    // Contacts.
    /// Contact moments that are written down: 0 to 6.
    CONTACTS = Weights { of: &[32, 28, 20, 11, 5, 3, 1] } from "PD";
    /// Between contacts in a heavy case.
    CONTACT_AGAIN = Length { median_days: 40, spread: 50 } from "PD";
    /// With whom: a parent, the other one, a child, somebody outside.
    CONTACT_WITH = Weights { of: &[52, 27, 6, 15] } from "PD";
    /// Somebody is called back (rule of the question desk: 004:1640-1643, without a number).
    CALL_BACK = Share { of_hundred: 30 } from "PD";
    /// How that goes: kept within the term, kept late, no longer needed, not settled.
    CALLED_BACK = Weights { of: &[80, 10, 5, 5] } from "PD";

    // Consent.
    /// The other holder of authority consents at the opening.
    BOTH_AT_OPENING = Share { of_hundred: 55 } from "PD";
    /// A child from 12 on consents at the opening too (Jeugdwet 7.3.4).
    CHILD_AT_OPENING = Share { of_hundred: 75 } from "PD";
    /// Consent to joining is given at the opening.
    JOINING_AT_OPENING = Share { of_hundred: 40 } from "PD";
    /// Asked later, somebody consents to help, refuses, or leaves it open.
    ASKED_LATER = Weights { of: &[68, 17, 15] } from "PD";
    /// A consent to help is withdrawn.
    HELP_WITHDRAWN = Share { of_hundred: 5 } from "PD";
    /// And given again.
    GIVEN_AGAIN = Share { of_hundred: 40 } from "PD";
    /// Consent to sharing is asked.
    SHARING_ASKED = Share { of_hundred: 20 } from "PD";
    /// And refused.
    SHARING_REFUSED = Share { of_hundred: 15 } from "PD";
    /// Something is shared with somebody outside.
    SHARED = Share { of_hundred: 60 } from "PD";
    /// And withdrawn.
    SHARE_WITHDRAWN = Share { of_hundred: 12 } from "PD";

    // Homes and people.
    /// Households are recorded, of parents who live apart.
    HOMES_APART = Share { of_hundred: 40 } from "PD";
    /// The household of a family that lives together.
    HOME = Share { of_hundred: 10 } from "PD";
    /// Children live in both households.
    BOTH_HOMES = Share { of_hundred: 60 } from "PD";
    /// The address of a household is recorded.
    ADDRESS = Share { of_hundred: 50 } from "PD";
    /// A child goes to live elsewhere.
    CHILD_MOVES = Share { of_hundred: 5 } from "PD";
    /// A parent has a new partner, who takes part.
    NEW_PARTNER = Share { of_hundred: 7 } from "PD";
    /// Somebody gets another name.
    RENAMED = Share { of_hundred: 1 } from "PD";
    /// Authority changes by a court.
    AUTHORITY_CHANGED = Share { of_hundred: 4 } from "PD";

    // Divorce, of parents who live apart.
    /// A `DOnS` trajectory.
    DONS = Share { of_hundred: 25 } from "PD";
    /// How long one runs: just over 40 hours (004:5971) of 4 to 17 conversations (004:5973-5976).
    DONS_RUNS = Length { median_days: 190, spread: 35 } from "PD";
    /// One that ends early: a limited part (004:6113).
    DONS_EARLY = Share { of_hundred: 8 } from "PD";
    /// The SAT is consulted, of `DOnS` trajectories.
    SAT_ASKED = Share { of_hundred: 25 } from "004:6077-6078";
    /// The SAT has contact itself, of those that consult it: one in ten of all trajectories (004:6078-6079).
    SAT_NAMED = Share { of_hundred: 40 } from "004:6078-6079";
    /// The plans go apart, where both households are recorded: conflict parenthood is 20 to 23 of a hundred, and there one plan does not hold.
    SPLIT = Share { of_hundred: 21 } from "004:6240";
    /// On what ground: recognition, both wish it, safety.
    SPLIT_GROUNDS = Weights { of: &[45, 40, 15] } from "PD";
    /// The plan of a household gets a coordinator.
    COORDINATOR = Share { of_hundred: 80 } from "PD";

    // Conflict, of parents who live apart.
    /// How they are parents beside each other: cooperative (20 to 30 of a hundred), parallel (half), conflict (20 to 23).
    PARENTING = Weights { of: &[27, 50, 23] } from "004:6240, 6343-6353, 7193-7213";
    /// Somebody assesses that form and writes it down.
    FORM_ASSESSED = Share { of_hundred: 35 } from "PD";
    /// Parallel parents have a conflict that is named.
    PARALLEL_CONFLICT = Share { of_hundred: 18 } from "PD";
    /// Cooperative parents have.
    COOPERATIVE_CONFLICT = Share { of_hundred: 4 } from "PD";
    /// Between assessments.
    ASSESSED_ANEW = Length { median_days: 95, spread: 35 } from "PD";
    /// It flares up between two assessments.
    FLARE_UP = Share { of_hundred: 30 } from "PD";
    /// Somebody says how much energy it takes.
    ENERGY_TOLD = Share { of_hundred: 30 } from "PD";
    /// How much that is at first: all, or nine tenths.
    ENERGY = Share { of_hundred: 90 } from "004:7066";
    /// Somebody says that it was calm.
    CALM_TOLD = Share { of_hundred: 28 } from "PD";
    /// A divorce comes to rest in one or two years.
    RESTS = Length { median_days: 545, spread: 25 } from "004:6321";

    // Rulings, trajectories, talks.
    /// A ruling about contact or residence is recorded, of parents who live apart.
    RULING = Share { of_hundred: 14 } from "PD";
    /// About what: contact, residence, who is told what.
    RULING_KINDS = Weights { of: &[60, 28, 12] } from "PD";
    /// The supervision order behind a measure is recorded.
    ORDER = Share { of_hundred: 85 } from "PD";
    /// It becomes final, and somebody says so.
    FINAL = Share { of_hundred: 55 } from "PD";
    /// A ruling ends before its last day, or without one.
    RULING_ENDED = Share { of_hundred: 25 } from "PD";
    /// Help of a provider runs.
    TRAJECTORY = Share { of_hundred: 28 } from "PD";
    /// It begins so long after the plan could, in days from the opening.
    UNTIL_HELP = Length { median_days: 55, spread: 45 } from "PD";
    /// How long it is agreed for.
    HELP_RUNS = Length { median_days: 150, spread: 35 } from "PD";
    /// The step on the ladder of help is recorded beside it.
    STEP_TAKEN = Share { of_hundred: 60 } from "PD";
    /// The provider asks to extend it.
    EXTENSION = Share { of_hundred: 22 } from "PD";
    /// The college grants that.
    GRANTED = Share { of_hundred: 75 } from "PD";
    /// How it ends: enough, lighter help, other help, by the family, by the provider.
    HELP_ENDS = Weights { of: &[46, 24, 12, 14, 4] } from "PD";
    /// Those around the family sit together.
    CONFERENCE = Share { of_hundred: 13 } from "PD";
    /// A talk of parents in conflict is stopped.
    STOPPED = Share { of_hundred: 30 } from "PD";
    /// After a quarrel it goes on in a week.
    RESUMED = Length { median_days: 7, spread: 1 } from "004:7085-7098";
    /// What a child said is written down as its own words.
    VOICE = Share { of_hundred: 18 } from "PD";
    /// A signal about how a child fares is kept.
    CHILD_SIGNAL = Share { of_hundred: 9 } from "PD";
    /// Informal support is matched.
    INFORMAL = Share { of_hundred: 6 } from "PD";
    /// How long a support family is there: two years.
    SUPPORT_FAMILY = Length { median_days: 730, spread: 15 } from "003:1042-1049";
    /// How long a buddy is: a year.
    BUDDY = Length { median_days: 365, spread: 15 } from "003:5035-5039";
    /// How long a volunteer comes by at home: some months, a year at most.
    HOME_VISITS = Length { median_days: 210, spread: 25 } from "003:4582-4600";
    /// They stay in touch after it ended: 35 to 40 of a hundred.
    IN_TOUCH = Share { of_hundred: 37 } from "003:1157-1179";

    // Safety, and what goes otherwise.
    /// Somebody's locating data are protected.
    PROTECTED = Share { of_hundred: 3 } from "PD";
    /// The protection is lifted.
    LIFTED = Share { of_hundred: 40 } from "PD";
    /// A crisis card is written.
    CRISIS_CARD = Share { of_hundred: 3 } from "PD";
    /// A worker is kept out.
    EXCLUDED = Share { of_hundred: 1 } from "PD";
    /// Somebody represents a parent.
    REPRESENTED = Share { of_hundred: 2 } from "PD";
    /// A fact is corrected.
    CORRECTED = Share { of_hundred: 6 } from "PD";
    /// Something went otherwise than a rule says, and is reported.
    DEPARTED = Share { of_hundred: 3 } from "PD";
}

/// From this age a child is heard in its own words: a child takes part from eight (003:3431-3433).
pub(super) const HEARD_FROM: u32 = 8;

/// From this age there is a buddy (003:4987); before it a volunteer comes by at home (003:4582-4586).
pub(super) const BUDDY_FROM: u32 = 6;

/// Open cases of a director at the end of the region (PD: about 25 to 35).
pub(super) const CASELOAD: u32 = 30;

/// Of a hundred cases, those open at the end of the region: follows from the lengths above, and a test keeps it right.
pub(super) const OPEN_AT_THE_END: u32 = 28;

//! Assessments, references to registers elsewhere, informal support.

use async_graphql::Enum;

/// With what was assessed.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::assessment::InstrumentKind")]
pub enum AssessmentInstrument {
    /// Joint assessment of care needs (GIZ).
    Giz,
    /// Explanatory analysis (verklarende analyse).
    ExplanatoryAnalysis,
    /// Genogram.
    Genogram,
    /// Lifeworld portrait (leefwereldportret).
    LifeworldPortrait,
    /// Resilience scale (RS-NL).
    Resilience,
    /// Future plan (toekomstplan).
    FuturePlan,
}

/// In which depth a joint assessment (GIZ) was used.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::assessment::GizVariant")]
pub enum AssessmentVariant {
    /// To signal (signalering).
    Signalling,
    /// In full (uitgebreid).
    Extended,
    /// With several disciplines (multidisciplinair).
    Multidisciplinary,
}

/// What a theme is to who brings it up.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::assessment::ThemeKind")]
pub enum AssessmentThemeKind {
    /// A strength (kracht).
    Strength,
    /// A concern (zorg).
    Concern,
    /// A need (behoefte).
    Need,
}

/// How much something weighs for who says it.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::assessment::Weight")]
pub enum AssessmentWeight {
    /// A little.
    Little,
    /// Some.
    Some,
    /// Much.
    Much,
}

/// What a factor does to what is hard.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::assessment::Effect")]
pub enum AssessmentEffect {
    /// It brings it about.
    Causes,
    /// It keeps it going.
    Keeps,
    /// It makes it worse.
    Worsens,
    /// It makes it less.
    Reduces,
}

/// How two people in a genogram are related, as the family tells it.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::assessment::RelationKind")]
pub enum AssessmentRelationKind {
    /// The first is a parent of the second.
    ParentOf,
    /// The first is a step-parent of the second.
    StepParentOf,
    /// The first is a grandparent of the second.
    GrandparentOf,
    /// Brother or sister.
    SiblingOf,
    /// Partners.
    PartnerOf,
    /// Former partners.
    FormerPartnerOf,
    /// Close, and not family.
    CloseTo,
    /// Another relation, said in words.
    Other,
}

/// Which kind of register or file elsewhere.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::reference::Register")]
pub enum ExternalRegister {
    /// The referral index for young people at risk (verwijsindex).
    ReferralIndex,
    /// The digital file of youth health care (JGZ).
    YouthHealth,
    /// A file of a school.
    School,
    /// A file of a provider of youth care.
    Provider,
    /// A file of a general practice.
    GeneralPractice,
    /// A file of the municipality elsewhere.
    Municipality,
    /// A file of a certified institution (GI).
    Gi,
    /// A file of Veilig Thuis.
    VeiligThuis,
    /// A number at a court.
    Court,
    /// Another; its keeper says which.
    Other,
}

/// Which kind of informal support.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::informal::SupportKind", name = "InformalSupportKind")]
pub enum SupportKind {
    /// A support family (steungezin).
    SupportFamily,
    /// A buddy of a child or young person (maatje).
    Buddy,
    /// A volunteer who comes by at home.
    HomeVisitor,
    /// A parent who informs and listens to another.
    ParentToParent,
    /// Another kind, said in the question.
    Other,
}

/// What came of a trial or a look together.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::informal::SupportOutcome", name = "InformalSupportOutcome")]
pub enum SupportOutcome {
    /// It goes on.
    GoesOn,
    /// It goes on otherwise.
    Adjusted,
    /// It stops.
    Stops,
}

/// When was measured.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::informal::MeasuredAt", name = "InformalSupportMoment")]
pub enum SupportMoment {
    /// At the start (nulmeting).
    Baseline,
    /// In between.
    Interim,
    /// At the end (eindmeting).
    End,
}

/// Who ended informal support.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "domain::informal::EndedBy", name = "InformalSupportEndedBy")]
pub enum SupportEndedBy {
    /// Together.
    Together,
    /// The family.
    Family,
    /// The volunteer.
    Volunteer,
    /// The organisation of the volunteer.
    Organisation,
    /// Its term was over.
    TermOver,
}

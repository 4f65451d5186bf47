//! The ladder of Glasl: nine stages, usually read as three phases (public knowledge, 004b 5.4), and the energy somebody gives a conflict.

use serde::{Deserialize, Serialize};

/// The ladder that assessments are made by, and its version.
pub const GLASL: &str = "glasl-9/1";

/// A number that does not fit its scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a number from {lowest} to {highest} fits here")]
pub struct OutOfRange {
    /// The lowest that fits.
    pub lowest: u8,
    /// The highest that fits.
    pub highest: u8,
}

/// How far a conflict has gone for whoever experiences it so: 1 to 9.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct GlaslStage(u8);

/// Three stages that are read together. The words for families: *samen*, *met hulp van buiten*, *eerst veiligheid en rust*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GlaslPhase {
    /// 1 to 3: together.
    Together,
    /// 4 to 6: with help from outside.
    HelpFromOutside,
    /// 7 to 9: safety and rest first.
    SafetyFirst,
}

impl GlaslStage {
    /// The lowest stage.
    pub const LOWEST: u8 = 1;
    /// The highest stage.
    pub const HIGHEST: u8 = 9;

    /// A stage by its number.
    ///
    /// # Errors
    /// When the number is anything but 1 to 9.
    pub const fn new(number: u8) -> Result<Self, OutOfRange> {
        if number < Self::LOWEST || number > Self::HIGHEST {
            return Err(OutOfRange { lowest: Self::LOWEST, highest: Self::HIGHEST });
        }
        Ok(Self(number))
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The phase it belongs to.
    #[must_use]
    pub const fn phase(self) -> GlaslPhase {
        match self.0 {
            ..=3 => GlaslPhase::Together,
            4..=6 => GlaslPhase::HelpFromOutside,
            7.. => GlaslPhase::SafetyFirst,
        }
    }
}

/// A way to intervene that a source finds fitting at some stages (standards H). Ranges of several overlap, and sources disagree: advice
/// that a municipality may change with its terms, shown with its source and never a gate.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FittingIntervention {
    /// What, in Dutch.
    pub nl: String,
    /// What, in English.
    pub en: String,
    /// The lowest stage at which it fits.
    pub from: GlaslStage,
    /// The highest stage at which it fits.
    pub to: GlaslStage,
    /// Who says so.
    pub source: String,
}

impl FittingIntervention {
    /// Whether it fits at this stage.
    #[must_use]
    pub fn fits(&self, stage: GlaslStage) -> bool {
        (self.from..=self.to).contains(&stage)
    }

    /// Whether it is whole: in both languages, with a source, and of at least one stage.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.from <= self.to && [&self.nl, &self.en, &self.source].iter().all(|text| !text.trim().is_empty())
    }
}

impl TryFrom<u8> for GlaslStage {
    type Error = OutOfRange;

    fn try_from(number: u8) -> Result<Self, OutOfRange> {
        Self::new(number)
    }
}

impl From<GlaslStage> for u8 {
    fn from(stage: GlaslStage) -> Self {
        stage.0
    }
}

/// How much of their energy somebody says a conflict takes: 0 to 100 percent (004b L7064-7068).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct EnergyPercent(u8);

impl EnergyPercent {
    /// All of it.
    pub const MOST: u8 = 100;

    /// A share of a hundred.
    ///
    /// # Errors
    /// When the number is more than a hundred.
    pub const fn new(number: u8) -> Result<Self, OutOfRange> {
        if number > Self::MOST {
            return Err(OutOfRange { lowest: 0, highest: Self::MOST });
        }
        Ok(Self(number))
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for EnergyPercent {
    type Error = OutOfRange;

    fn try_from(number: u8) -> Result<Self, OutOfRange> {
        Self::new(number)
    }
}

impl From<EnergyPercent> for u8 {
    fn from(percent: EnergyPercent) -> Self {
        percent.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_nine_stages_in_three_phases() {
        let phases: Vec<_> = (0..=10).map(|number| GlaslStage::new(number).ok().map(GlaslStage::phase)).collect();
        let [one, two, three] = [GlaslPhase::Together, GlaslPhase::HelpFromOutside, GlaslPhase::SafetyFirst].map(Some);
        assert_eq!(phases, [None, one, one, one, two, two, two, three, three, three, None]);
    }

    #[test]
    fn what_is_stored_is_a_number_within_its_bounds() {
        assert_eq!(serde_json::to_string(&GlaslStage::new(5).expect("a stage")).expect("json"), "5");
        assert!(serde_json::from_str::<GlaslStage>("10").is_err());
        assert!(serde_json::from_str::<EnergyPercent>("101").is_err());
        assert_eq!(serde_json::from_str::<EnergyPercent>("0").expect("none").number(), 0);
    }
}

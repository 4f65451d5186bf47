//! Days and rows in words.

use chrono::Datelike as _;
use domain::rejection::Detail;
use domain::time::CivilDay;

use super::{Course, Picture, Row};
use crate::drawing::scale::{Says, Tick};
use crate::locale::Locale;

/// How much of one row is told in words: whoever listens to it has to remember it.
const MOST_TOLD: usize = 40;

/// Says things in one language.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) locale: Locale,
}

impl Words {
    pub(super) fn label(self, key: &str) -> String {
        self.locale.label(key)
    }

    /// A sentence that counts.
    pub(super) fn counted(self, key: &str, count: usize) -> String {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.of_days(key, count)
    }

    /// A sentence that counts days.
    pub(super) fn of_days(self, key: &str, days: i64) -> String {
        self.locale.sentence(key, &[("count", Detail::Number(days.unsigned_abs()))])
    }

    /// A sentence about a day.
    pub(super) fn on(self, key: &str, day: CivilDay) -> String {
        self.locale.sentence(key, &[("day", Detail::Day(day))])
    }

    /// Day and month: the year stands under the axis.
    pub(super) fn day(self, day: CivilDay) -> String {
        format!("{} {}", day.date().day(), self.month(day))
    }

    pub(super) fn whole_day(self, day: CivilDay) -> String {
        format!("{} {}", self.day(day), day.date().year())
    }

    pub(super) fn tick(self, tick: Tick) -> String {
        match tick.says {
            Says::Day => self.day(tick.day),
            Says::Month => format!("{} {}", self.month(tick.day), tick.day.date().year()),
            Says::Year => tick.day.date().year().to_string(),
        }
    }

    fn month(self, day: CivilDay) -> String {
        let months = self.label("drawing-months");
        let month = usize::try_from(day.date().month0()).unwrap_or_default();
        months.split_whitespace().nth(month).unwrap_or_default().to_owned()
    }

    /// The whole picture, row by row.
    pub(super) fn description(self, picture: &Picture) -> String {
        let apart = picture.apart.map(|day| format!("{}: {}.", self.whole_day(day), self.label("drawing-apart")));
        let head = [self.on("drawing-as-of", picture.day)].into_iter().chain(apart);
        let rows: Vec<String> = if picture.rows.is_empty() {
            vec![self.label("drawing-empty")]
        } else {
            picture.rows.iter().map(|row| self.row(row)).collect()
        };
        head.chain(rows).collect::<Vec<_>>().join("\n")
    }

    fn row(self, row: &Row) -> String {
        let all = self.told(&row.course);
        let more = all.len().saturating_sub(MOST_TOLD);
        let told = all.into_iter().take(MOST_TOLD);
        let more = (more > 0).then(|| self.counted("drawing-more", more));
        let now = row.now.iter().cloned();
        format!("{}. {}.", row.name, told.chain(more).chain(now).collect::<Vec<_>>().join("; "))
    }

    fn told(self, course: &Course) -> Vec<String> {
        let level = |key: &str, (day, level): &(CivilDay, Option<i32>)| {
            let level =
                level.map_or_else(|| self.label("drawing-unknown"), |level| format!("{} {level}", self.label(key)));
            format!("{}: {level}", self.whole_day(*day))
        };
        match course {
            Course::Conflict(steps) => steps.iter().map(|step| level("drawing-stage", step)).collect(),
            Course::Help(steps) => steps.iter().map(|step| level("drawing-level", step)).collect(),
            Course::Energy(said) => {
                said.iter().map(|(day, percent)| format!("{}: {percent}%", self.whole_day(*day))).collect()
            }
            Course::Calm(periods) => periods.iter().map(|period| self.period(*period)).collect(),
            Course::Phases(phases) => {
                phases.iter().map(|(day, word)| format!("{}: {word}", self.whole_day(*day))).collect()
            }
            Course::Marks(marks) => {
                marks.iter().map(|mark| format!("{}: {}", self.whole_day(mark.day), mark.words)).collect()
            }
        }
    }

    /// A period of calm; one without an end goes on.
    pub(super) fn period(self, (from, until): (CivilDay, Option<CivilDay>)) -> String {
        let until = until.map_or_else(|| self.label("drawing-still"), |until| self.whole_day(until));
        format!("{} – {until}: {}", self.whole_day(from), self.label("drawing-calm"))
    }
}

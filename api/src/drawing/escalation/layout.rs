//! Where everything stands. Rows lie under each other with a name to the left and how it stands now to the right; a label that finds no
//! room is left out, its mark never: what it says shows under a pointer, and in the description.

use domain::time::CivilDay;

use super::words::Words;
use super::{Course, Mark, Picture, Row};
use crate::drawing::scale::Days;
use crate::drawing::shape::{HALF, Shape};
use crate::drawing::svg::{Anchor, CALM, CLEAR, DOTS, FAINT, Font, HATCH, INK, Svg, shortened, width};
use crate::locale::Locale;

const WIDTH: i32 = 1200;
const MARGIN: i32 = 24;
/// Where days begin and end.
const LEFT: i32 = 210;
const RIGHT: i32 = 950;
/// Room for a mark on the first and the last day.
const INSET: i32 = 10;
/// Where it is said how a row stands now.
const NOW: i32 = 968;
/// Where the rows begin.
const TOP: i32 = 118;
/// Room for the name of a row.
const NAME: i32 = 20;
/// Room between rows.
const GAP: i32 = 12;
/// Lines of words under marks.
const LINES: usize = 2;
const LINE: i32 = 14;
/// Marks closer than this are drawn as one.
const NEAR: i32 = 2 * HALF + 3;
/// A number stands at a mark with this much room on both sides.
const LONELY: i32 = 26;
/// A picture with more rows is no picture any more.
const MOST_ROWS: usize = 60;
/// How many things one mark names under a pointer.
const MOST_NAMED: usize = 8;

/// The picture as SVG, in this language.
#[must_use]
pub fn draw(picture: &Picture, locale: Locale) -> String {
    let words = Words { locale };
    let mut canvas =
        Canvas { svg: Svg::new(), words, days: days_of(picture), day: picture.day, y: TOP, used: Vec::new() };
    canvas.head(picture);
    if picture.rows.is_empty() {
        canvas.svg.text((MARGIN, TOP), &words.label("drawing-empty"), Font::NAME, Anchor::Start);
        canvas.y = TOP + GAP;
    } else {
        canvas.body(picture);
    }
    let size = (WIDTH, canvas.y + GAP);
    canvas.svg.finish(size, locale.tag(), (&words.label("drawing-title"), &words.description(picture)))
}

fn days_of(picture: &Picture) -> Days {
    let first = picture.rows.iter().filter_map(|row| row.course.first_day()).chain(picture.apart).min();
    Days::between(first.unwrap_or(picture.day), picture.day, LEFT + INSET, RIGHT - LEFT - 2 * INSET)
}

/// A picture under way, filled from above.
struct Canvas {
    svg: Svg,
    words: Words,
    days: Days,
    day: CivilDay,
    y: i32,
    /// The marks that the legend explains.
    used: Vec<Shape>,
}

impl Canvas {
    fn head(&mut self, picture: &Picture) {
        let words = self.words;
        self.svg.text((MARGIN, 36), &words.label("drawing-title"), Font::TITLE, Anchor::Start);
        self.svg.text((MARGIN, 58), &words.on("drawing-as-of", picture.day), Font::SMALL, Anchor::Start);
    }

    fn body(&mut self, picture: &Picture) {
        let shown = picture.rows.iter().take(MOST_ROWS);
        let bottom = TOP + shown.clone().map(|row| height(&row.course) + NAME + GAP).sum::<i32>();
        self.axis(bottom);
        if let Some(day) = picture.apart {
            self.apart(day, bottom);
        }
        for row in shown {
            self.row(row);
        }
        self.y += 4 * LINE;
        let more = picture.rows.len().saturating_sub(MOST_ROWS);
        if more > 0 {
            let more = self.words.counted("drawing-more-rows", more);
            self.svg.text((MARGIN, self.y), &more, Font::SMALL, Anchor::Start);
            self.y += 2 * LINE;
        }
        self.legend(picture);
    }

    fn axis(&mut self, bottom: i32) {
        for tick in self.days.ticks() {
            let said = self.words.tick(tick);
            self.svg.line((tick.x, TOP - 8), (tick.x, bottom), FAINT);
            for y in [TOP - 14, bottom + 16] {
                self.svg.text((tick.x, y), &said, Font::SMALL, Anchor::Middle);
            }
        }
        self.svg.line((LEFT, TOP - 8), (RIGHT, TOP - 8), INK);
        self.svg.line((LEFT, bottom), (RIGHT, bottom), INK);
    }

    /// Through all rows: that one plan became a plan per household.
    fn apart(&mut self, day: CivilDay, bottom: i32) {
        let (x, words) = (self.days.x(day), self.words);
        let said = format!("{}: {}", words.day(day), words.label("drawing-apart"));
        let half = width(&said, Font::SMALL) / 2;
        let title = format!("{}: {}", words.whole_day(day), words.label("drawing-apart"));
        self.svg.group(&title, |svg| {
            svg.dashed((x, TOP - 28), (x, bottom));
            svg.text((x.clamp(LEFT + half, RIGHT - half), TOP - 32), &said, Font::SMALL, Anchor::Middle);
        });
    }

    fn row(&mut self, row: &Row) {
        let name = shortened(&row.name, 90);
        self.svg.text((MARGIN, self.y + 13), &name, Font::NAME, Anchor::Start);
        let top = self.y + NAME;
        let below = top + height(&row.course);
        self.svg.line((MARGIN, below + GAP / 2), (WIDTH - MARGIN, below + GAP / 2), FAINT);
        for (line, said) in (0..).zip(&row.now) {
            self.svg.text((NOW, top + 12 + line * LINE), &shortened(said, 34), Font::SMALL, Anchor::Start);
        }
        match &row.course {
            Course::Conflict(steps) => self.conflict(steps, top),
            Course::Help(steps) => self.help(steps, top),
            Course::Energy(said) => self.energy(said, top),
            Course::Calm(periods) => self.calm(periods, top),
            Course::Phases(phases) => self.phases(phases, top),
            Course::Marks(marks) => self.marks(marks, top),
        }
        self.y = below + GAP;
    }

    /// Nine stages in three phases, the highest above, each phase with a pattern and the words for families.
    fn conflict(&mut self, steps: &[(CivilDay, Option<i32>)], top: i32) {
        let phases = [
            ("7–9", "phase-safety-first", HATCH),
            ("4–6", "phase-help-from-outside", DOTS),
            ("1–3", "phase-together", CLEAR),
        ];
        for (place, (stages, key, pattern)) in (0..).zip(phases) {
            let y = top + 8 + place * 3 * CONFLICT_STEP;
            self.svg.rect((LEFT, y), (RIGHT - LEFT, 3 * CONFLICT_STEP), (pattern, FAINT));
            let said = format!("{} {stages}", self.words.label(key));
            self.svg.text((LEFT - 8, y + 2 * CONFLICT_STEP), &said, Font::SMALL, Anchor::End);
        }
        self.steps(steps, |stage| top + 8 + (9 - stage) * CONFLICT_STEP + CONFLICT_STEP / 2, "drawing-stage");
    }

    /// Ten levels, the heaviest above.
    fn help(&mut self, steps: &[(CivilDay, Option<i32>)], top: i32) {
        self.svg.rect((LEFT, top + 8), (RIGHT - LEFT, 10 * HELP_STEP), (CLEAR, FAINT));
        for (level, y) in [("10", top + 18), ("1", top + 8 + 10 * HELP_STEP)] {
            self.svg.text((LEFT - 8, y), level, Font::SMALL, Anchor::End);
        }
        self.steps(steps, |level| top + 8 + (10 - level) * HELP_STEP + HELP_STEP / 2, "drawing-level");
    }

    /// A line of steps with a mark at each: up, down or as before. What could not be said breaks the line.
    fn steps(&mut self, steps: &[(CivilDay, Option<i32>)], y: impl Fn(i32) -> i32, key: &str) {
        let drawn = last_of_each(steps, |(day, _)| self.days.x(*day));
        let mut path = String::new();
        let mut before: Option<(i32, i32)> = None;
        for (x, (_, level)) in &drawn {
            match (before, level) {
                (Some((_, last)), Some(level)) => path.extend([format!("L{x} {}L{x} {}", y(last), y(*level))]),
                (None, Some(level)) => path.extend([format!("M{x} {}", y(*level))]),
                (Some((_, last)), None) => path.extend([format!("L{x} {}", y(last))]),
                (None, None) => {}
            }
            before = level.map(|level| (*x, level));
        }
        if !path.is_empty() {
            self.svg.path(&path, "none", "2");
        }
        if let Some((x, level)) = before {
            self.svg.dashed((x, y(level)), (RIGHT, y(level)));
        }
        self.steps_marked(&drawn, y, key);
    }

    /// The marks, and then the numbers of those with room around them: of the last always.
    fn steps_marked(&mut self, drawn: &[(i32, (CivilDay, Option<i32>))], y: impl Fn(i32) -> i32, key: &str) {
        let (mut before, mut numbers) = (None, Vec::new());
        for (place, (x, (day, level))) in drawn.iter().enumerate() {
            let shape = match (before, level) {
                (_, None) => Shape::Ring,
                (Some(before), Some(level)) if before < *level => Shape::Up,
                (Some(before), Some(level)) if before > *level => Shape::Down,
                _ => Shape::Dot,
            };
            let at = (*x, y(level.or(before).unwrap_or(5)));
            let said = level.map_or_else(|| "?".to_owned(), |level| level.to_string());
            let what = level
                .map_or_else(|| self.words.label("drawing-unknown"), |_| format!("{} {said}", self.words.label(key)));
            self.mark(shape, at, &format!("{}: {what}", self.words.whole_day(*day)));
            if has_room(drawn, place) {
                let down = if shape == Shape::Down { 20 } else { -10 };
                numbers.push(((at.0, at.1 + down), said));
            }
            before = level.or(before);
        }
        for (at, said) in numbers {
            self.svg.text(at, &said, Font::NAME, Anchor::Middle);
        }
    }

    fn mark(&mut self, shape: Shape, place: (i32, i32), title: &str) {
        self.used.push(shape);
        self.svg.group(title, |svg| shape.draw(svg, place));
    }

    /// How much energy a conflict takes: a stick for each time it was said.
    fn energy(&mut self, said: &[(CivilDay, i32)], top: i32) {
        let base = top + height(&Course::Energy(Vec::new())) - 4;
        self.svg.line((LEFT, base), (RIGHT, base), FAINT);
        let drawn = last_of_each(said, |(day, _)| self.days.x(*day));
        for (place, (x, (day, percent))) in drawn.iter().copied().enumerate() {
            let y = base - percent.clamp(0, 100) * 30 / 100;
            let label = format!("{percent}%");
            self.svg.group(&format!("{}: {label}", self.words.whole_day(day)), |svg| {
                svg.line((x, base), (x, y), INK);
                svg.rect((x - 3, y - 3), (6, 6), (INK, INK));
            });
            if has_room(&drawn, place) {
                self.svg.text((x, y - 6), &label, Font::SMALL, Anchor::Middle);
            }
        }
    }

    /// Periods of calm: a bar of waves as long as they lasted.
    fn calm(&mut self, periods: &[(CivilDay, Option<CivilDay>)], top: i32) {
        let mut labels = Labels::new(1);
        for (from, until) in periods.iter().copied() {
            let last = until.unwrap_or(self.day);
            let (x, end) = (self.days.x(from), self.days.x(last));
            let days = self.words.of_days("drawing-days", last.days_since(from) + 1);
            self.svg.group(&self.words.period((from, until)), |svg| {
                svg.rect((x, top), ((end - x).max(4), 16), (CALM, INK));
            });
            if let Some((place, _)) = labels.place(i32::midpoint(x, end), width(&days, Font::SMALL)) {
                self.svg.text((place, top + 16 + LINE - 2), &days, Font::SMALL, Anchor::Middle);
            }
        }
    }

    /// How it was, from each of these days to the next.
    fn phases(&mut self, phases: &[(CivilDay, String)], top: i32) {
        let drawn = last_of_each(phases, |(day, _)| self.days.x(*day));
        let ends = drawn.iter().skip(1).map(|(x, _)| *x).chain([RIGHT]);
        for ((x, (day, word)), end) in drawn.iter().zip(ends) {
            let title = format!("{}: {word}", self.words.whole_day(*day));
            let fits = width(word, Font::SMALL) + 8 <= end - x;
            self.svg.group(&title, |svg| {
                svg.rect((*x, top), ((end - x).max(2), 18), (CLEAR, INK));
                if fits {
                    svg.text((x + 5, top + 13), word, Font::SMALL, Anchor::Start);
                }
            });
        }
    }

    /// What happened, each with its day and words as far as there is room. Marks that stand too close are one pile.
    fn marks(&mut self, marks: &[Mark], top: i32) {
        self.svg.line((LEFT, top + 10), (RIGHT, top + 10), FAINT);
        let mut labels = Labels::new(LINES);
        for (x, pile) in piles(marks, |mark| self.days.x(mark.day)) {
            let (shape, said) = self.pile(&pile);
            let named =
                pile.iter().take(MOST_NAMED).map(|mark| format!("{}: {}", self.words.whole_day(mark.day), mark.words));
            let more = pile.len().saturating_sub(MOST_NAMED);
            let more = (more > 0).then(|| self.words.counted("drawing-more", more));
            self.mark(shape, (x, top + 10), &named.chain(more).collect::<Vec<_>>().join("; "));
            let placed = said.iter().find_map(|said| Some((labels.place(x, width(said, Font::SMALL))?, said)));
            if let Some(((place, line), said)) = placed {
                self.svg.text((place, top + 32 + line * LINE), said, Font::SMALL, Anchor::Middle);
            }
        }
    }

    /// As what marks that stand together are drawn, and what is said of them: the first of these for which there is room.
    fn pile(&self, pile: &[&Mark]) -> (Shape, Vec<String>) {
        let [first, rest @ ..] = pile else { return (Shape::Several, Vec::new()) };
        let shape = if rest.iter().all(|mark| mark.shape == first.shape) { first.shape } else { Shape::Several };
        let day = self.words.day(first.day);
        let said = match rest {
            [] => vec![format!("{day} {}", shortened(&first.words, 28)), day],
            _ => vec![format!("{day} {} +{}", shortened(&first.words, 24), rest.len()), format!("{}×", pile.len())],
        };
        (shape, said)
    }

    /// What each mark in this picture means.
    fn legend(&mut self, picture: &Picture) {
        self.used.sort_unstable();
        self.used.dedup();
        let mut x = MARGIN;
        let items = std::mem::take(&mut self.used);
        for shape in items {
            let said = self.words.label(shape.key());
            x = self.legend_place(x, &said);
            shape.draw(&mut self.svg, (x + 8, self.y - 4));
            self.svg.text((x + 22, self.y), &said, Font::SMALL, Anchor::Start);
            x += legend_width(&said);
        }
        if picture.rows.iter().any(|row| matches!(row.course, Course::Calm(_))) {
            let said = self.words.label("drawing-calm");
            x = self.legend_place(x, &said);
            self.svg.rect((x, self.y - 11), (18, 12), (CALM, INK));
            self.svg.text((x + 24, self.y), &said, Font::SMALL, Anchor::Start);
        }
    }

    fn legend_place(&mut self, x: i32, said: &str) -> i32 {
        if x + legend_width(said) <= WIDTH - MARGIN {
            return x;
        }
        self.y += 2 * LINE - 4;
        MARGIN
    }
}

fn legend_width(said: &str) -> i32 {
    width(said, Font::SMALL) + 42
}

const CONFLICT_STEP: i32 = 10;
const HELP_STEP: i32 = 7;

fn height(course: &Course) -> i32 {
    match course {
        Course::Conflict(_) => 9 * CONFLICT_STEP + 22,
        Course::Help(_) => 10 * HELP_STEP + 22,
        Course::Energy(_) => 52,
        Course::Calm(_) => 16 + LINE,
        Course::Phases(_) => 22,
        Course::Marks(_) => 24 + LINE * i32::try_from(LINES).unwrap_or(1),
    }
}

/// Of things in order of the day the last of those that stand at one place: a place is a pixel, so there are never too many.
fn last_of_each<T: Clone>(things: &[T], x: impl Fn(&T) -> i32) -> Vec<(i32, T)> {
    let mut drawn: Vec<(i32, T)> = Vec::new();
    for thing in things {
        let x = x(thing);
        if drawn.last().is_some_and(|(last, _)| *last == x) {
            drawn.pop();
        }
        drawn.push((x, thing.clone()));
    }
    drawn
}

/// Whether there is room for words at one of these: no other is near. At the last there always is.
fn has_room<T>(drawn: &[(i32, T)], place: usize) -> bool {
    let x = |place: usize| drawn.get(place).map(|(x, _)| *x);
    let apart = |one: Option<i32>, other: Option<i32>| one.zip(other).is_none_or(|(one, other)| other - one >= LONELY);
    let last = place + 1 == drawn.len();
    last || apart(x(place), x(place + 1)) && (place == 0 || apart(x(place - 1), x(place)))
}

/// Marks in order of the day, those that stand too close together.
fn piles(marks: &[Mark], x: impl Fn(&Mark) -> i32) -> Vec<(i32, Vec<&Mark>)> {
    let mut piles: Vec<(i32, Vec<&Mark>)> = Vec::new();
    for mark in marks {
        let x = x(mark);
        match piles.last_mut() {
            Some((first, pile)) if x - *first < NEAR => pile.push(mark),
            _ => piles.push((x, vec![mark])),
        }
    }
    piles
}

/// Lines of words that do not overlap.
struct Labels {
    /// Up to where each line is taken.
    free: Vec<i32>,
}

impl Labels {
    fn new(lines: usize) -> Self {
        Self { free: vec![i32::MIN; lines] }
    }

    /// Where words of this width around this place stand, and on which line; nothing when there is no room. Asked in order of place.
    fn place(&mut self, around: i32, width: i32) -> Option<(i32, i32)> {
        let half = width / 2 + 3;
        let middle = around.clamp(LEFT + half, (RIGHT - half).max(LEFT + half));
        let (line, free) = (0..).zip(&mut self.free).find(|(_, free)| **free <= middle - half)?;
        *free = middle + half;
        Some((middle, line))
    }
}

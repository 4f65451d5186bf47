//! Marks that are told apart by their shape alone.

use super::svg::{EMPTY, INK, Svg};

/// A mark.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shape {
    /// It stands there, no higher and no lower: a dot.
    Dot,
    /// Higher, heavier, worse: a triangle that points up.
    Up,
    /// Lower, lighter, better: a triangle that points down. As large as its counterpart.
    Down,
    /// It could not be said: a ring.
    Ring,
    /// A flare-up: a star.
    Star,
    /// It came to rest: two waves.
    Waves,
    /// Something began that is open: an open circle with a dot in it.
    Opened,
    /// It is over: a square.
    Closed,
    /// A question was put: an open diamond.
    Asked,
    /// It was taken on: a filled diamond.
    Accepted,
    /// Advice: a flag.
    Advice,
    /// Somebody came in: an arrow to the right.
    In,
    /// Somebody went out: an arrow to the left.
    Out,
    /// Several marks that stand too close to draw apart: a pile.
    Several,
}

/// Half the width of a mark, in pixels.
pub(super) const HALF: i32 = 6;

impl Shape {
    /// Draws it around a point.
    pub(super) fn draw(self, svg: &mut Svg, (x, y): (i32, i32)) {
        let at = |path: &str| format!("M{x} {y}{path}");
        match self {
            Self::Dot => svg.circle((x, y), 4, INK),
            Self::Ring => svg.circle((x, y), 5, EMPTY),
            Self::Up => svg.path(&at("m-6 5l6 -11l6 11z"), INK, "1"),
            Self::Down => svg.path(&at("m-6 -5l6 11l6 -11z"), INK, "1"),
            Self::Star => svg.path(
                &at("m0 -8l2 5l5 -3l-3 5l5 2l-5 2l3 5l-5 -3l-2 5l-2 -5l-5 3l3 -5l-5 -2l5 -2l-3 -5l5 3z"),
                EMPTY,
                "1.5",
            ),
            Self::Waves => {
                svg.path(&at("m-8 -2q4 -5 8 0t8 0"), "none", "2");
                svg.path(&at("m-8 4q4 -5 8 0t8 0"), "none", "2");
            }
            Self::Opened => {
                svg.circle((x, y), 6, EMPTY);
                svg.circle((x, y), 2, INK);
            }
            Self::Closed => svg.path(&at("m-5 -5h10v10h-10z"), INK, "1"),
            Self::Asked => svg.path(&at("m0 -7l7 7l-7 7l-7 -7z"), EMPTY, "1.5"),
            Self::Accepted => svg.path(&at("m0 -7l7 7l-7 7l-7 -7z"), INK, "1.5"),
            Self::Advice => svg.path(&at("m-4 8v-16h10l-3 4l3 4h-10"), EMPTY, "1.5"),
            Self::In => svg.path(&at("m-7 0h9m-4 -5l6 5l-6 5"), "none", "2"),
            Self::Out => svg.path(&at("m7 0h-9m4 -5l-6 5l6 5"), "none", "2"),
            Self::Several => svg.path(&at("m-6 -3h9v9h-9zm3 0v-3h9v9h-3"), EMPTY, "1.5"),
        }
    }

    /// The key of its words in the locale files.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Dot => "drawing-shape-dot",
            Self::Up => "drawing-shape-up",
            Self::Down => "drawing-shape-down",
            Self::Ring => "drawing-shape-ring",
            Self::Star => "drawing-shape-star",
            Self::Waves => "drawing-shape-waves",
            Self::Opened => "drawing-shape-opened",
            Self::Closed => "drawing-shape-closed",
            Self::Asked => "drawing-shape-asked",
            Self::Accepted => "drawing-shape-accepted",
            Self::Advice => "drawing-shape-advice",
            Self::In => "drawing-shape-in",
            Self::Out => "drawing-shape-out",
            Self::Several => "drawing-shape-several",
        }
    }
}

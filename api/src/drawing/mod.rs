//! Pictures, written by hand as SVG: read without colour, told to screen readers, with nothing in them that runs or is fetched. What may
//! be in one was judged before it comes here: a picture is drawn from an answer.

pub mod escalation;
mod scale;
mod shape;
mod svg;

#[cfg(test)]
mod tests;

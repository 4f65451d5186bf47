//! Which events a filtered reader of `$all` wants.

use regex::Regex;
use tonic::Status;

use super::log::LoggedEvent;
use super::wire::streams::read_req::options::FilterOptions;
use super::wire::streams::read_req::options::filter_options::{Expression, Filter as Asked, Window};

/// Events looked at in one hop when the reader sets no window.
const WINDOW: u32 = 32;

enum Rule {
    Prefixes(Vec<String>),
    Pattern(Regex),
}

/// A filter as the server understands it.
pub(super) struct Filter {
    on_stream: bool,
    rule: Rule,
    /// Events looked at in one hop, whether they match or not.
    pub window: u32,
    /// Events looked at between two checkpoints.
    pub checkpoint_every: u32,
}

impl Filter {
    pub fn new(asked: FilterOptions) -> Result<Self, Status> {
        let (on_stream, expression) = match asked.filter {
            Some(Asked::StreamIdentifier(expression)) => (true, expression),
            Some(Asked::EventType(expression)) => (false, expression),
            None => return Err(Status::invalid_argument("a filter needs an expression")),
        };
        let window = match asked.window {
            Some(Window::Max(max)) => max.max(1),
            Some(Window::Count(_)) => WINDOW,
            None => return Err(Status::invalid_argument("a filter needs a window")),
        };
        let checkpoint_every = window.saturating_mul(asked.checkpoint_interval_multiplier.max(1)).max(1);
        Ok(Self { on_stream, rule: rule(expression)?, window, checkpoint_every })
    }

    pub fn wants(&self, event: &LoggedEvent) -> bool {
        let text = if self.on_stream { &event.stream } else { &event.event_type };
        match &self.rule {
            Rule::Prefixes(prefixes) => prefixes.iter().any(|prefix| text.starts_with(prefix)),
            Rule::Pattern(pattern) => pattern.is_match(text),
        }
    }
}

fn rule(expression: Expression) -> Result<Rule, Status> {
    if expression.regex.is_empty() {
        return Ok(Rule::Prefixes(expression.prefix));
    }
    let pattern = Regex::new(&expression.regex).map_err(|_| Status::invalid_argument("no regular expression"))?;
    Ok(Rule::Pattern(pattern))
}

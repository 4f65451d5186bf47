//! What a request would cost before anything walks it. The library reads values without a bound on their nesting, and follows each
//! spread of a fragment anew: a few hundred brackets end the process, thirty fragments keep a core busy for hours. So the text is looked
//! at before it is read, and what was read before it is checked.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Request};

/// Deepest nesting of brackets of any kind in the text. The reader's own bound on fields is 64; nothing else needs half of that.
const DEEPEST: usize = 64;

/// Most fields, fragments and directives, with each fragment counted at each place that it is spread. Everything of a case is some 300.
const MOST_SELECTIONS: usize = 10_000;

/// The same within what is asked of the schema. `GraphiQL` asks some 300; each may be answered for each field of each type.
const MOST_OF_SCHEMA: usize = 500;

/// Lists of the schema that lead from one type to the next. Within each other they would grow without end.
const LEADS_ON: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// Why a request is not looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unread {
    /// It would cost too much.
    TooMuch,
    /// A text within it has no end. The library would look for another reading of it.
    Endless,
    /// It is no request; whoever reads it anew says why.
    NoRequest,
}

/// What a request asks, read once and kept in it.
///
/// # Errors
/// [`Unread`].
pub fn read(request: &mut Request) -> Result<&ExecutableDocument, Unread> {
    match nesting(&request.query) {
        None => return Err(Unread::Endless),
        Some(depth) if depth > DEEPEST => return Err(Unread::TooMuch),
        Some(_) => {}
    }
    let document = request.parsed_query().map_err(|_| Unread::NoRequest)?;
    if Scale::of(document).is_too_much() { Err(Unread::TooMuch) } else { Ok(document) }
}

/// How deep brackets of any kind stand within each other, texts and comments left out. Nothing when a text between three quotation marks
/// does not end.
fn nesting(text: &str) -> Option<usize> {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = match first {
            b'#' => after_line(after),
            b'"' => after_text(after)?,
            _ => after,
        };
        match first {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    Some(deepest)
}

fn after_line(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    end.and_then(|end| rest.get(end..)).unwrap_or_default()
}

/// What follows a text, whose opening quotation mark was just passed.
fn after_text(rest: &[u8]) -> Option<&[u8]> {
    match rest.strip_prefix(b"\"\"") {
        Some(block) => after_block(block),
        None => Some(after_string(rest)),
    }
}

fn after_block(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        if let Some(ended) = rest.strip_prefix(b"\"\"\"") {
            return Some(ended);
        }
        rest = match rest.strip_prefix(b"\\\"\"\"") {
            Some(escaped) => escaped,
            None => rest.get(1..)?,
        };
    }
}

fn after_string(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            // It ends with its line at the latest: then this is no request.
            [] | [b'\n' | b'\r', ..] => return rest,
            [b'"', after @ ..] => return after,
            [b'\\', _, after @ ..] | [_, after @ ..] => after,
        };
    }
}

/// What is counted of a document, or of a part of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Weight {
    selections: usize,
    of_schema: usize,
    /// How many lists of the schema stand within each other.
    leads: usize,
}

impl Weight {
    /// A cycle: there is no end to it.
    const ENDLESS: Self = Self { selections: usize::MAX, of_schema: 0, leads: 0 };

    fn beside(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            of_schema: self.of_schema.saturating_add(other.of_schema),
            leads: self.leads.max(other.leads),
        }
    }

    fn and(self, more: usize) -> Self {
        Self { selections: self.selections.saturating_add(more), ..self }
    }

    const fn is_too_much(self) -> bool {
        self.selections > MOST_SELECTIONS || self.of_schema > MOST_OF_SCHEMA
    }
}

/// Weighs a document; each fragment once.
struct Scale<'d> {
    document: &'d ExecutableDocument,
    /// Nothing stands here for a fragment that is being weighed: it leads back to itself.
    fragments: HashMap<&'d Name, Option<Weight>>,
    /// How deep the selections stand that are being weighed.
    depth: usize,
}

impl<'d> Scale<'d> {
    fn of(document: &'d ExecutableDocument) -> Weight {
        let mut scale = Self { document, fragments: HashMap::new(), depth: 0 };
        let mut weight = Weight::default();
        for (_, operation) in document.operations.iter() {
            weight = weight.beside(scale.set(&operation.node.selection_set.node)).and(operation.node.directives.len());
        }
        // Also those that nothing spreads: rules walk them.
        for name in document.fragments.keys() {
            weight = weight.beside(scale.fragment(name));
        }
        weight
    }

    fn set(&mut self, set: &'d SelectionSet) -> Weight {
        // Also through fragments, of which each may stand at the end of thousands.
        if self.depth == DEEPEST {
            return Weight::ENDLESS;
        }
        self.depth += 1;
        let weight = set.items.iter().fold(Weight::default(), |weight, item| weight.beside(self.selection(&item.node)));
        self.depth -= 1;
        weight
    }

    fn selection(&mut self, selection: &'d Selection) -> Weight {
        let inner = match selection {
            Selection::Field(field) => self.field(&field.node),
            Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node),
        };
        inner.and(1 + selection.directives().len())
    }

    fn field(&mut self, field: &'d Field) -> Weight {
        let inner = self.set(&field.selection_set.node);
        let name = field.name.node.as_str();
        if name == "__schema" || name == "__type" {
            let endless = if inner.leads > 1 { usize::MAX } else { 1 };
            return Weight { of_schema: inner.selections.saturating_add(endless), ..inner };
        }
        let leads = inner.leads + usize::from(LEADS_ON.contains(&name) && !field.selection_set.node.items.is_empty());
        Weight { leads, ..inner }
    }

    fn fragment(&mut self, name: &'d Name) -> Weight {
        match self.fragments.get(name) {
            Some(Some(weight)) => return *weight,
            Some(None) => return Weight::ENDLESS,
            None => {}
        }
        // One that is not there is a fault of the request, and weighs nothing.
        let Some(fragment) = self.document.fragments.get(name) else { return Weight::default() };
        self.fragments.insert(name, None);
        let weight = self.set(&fragment.node.selection_set.node).and(fragment.node.directives.len());
        self.fragments.insert(name, Some(weight));
        weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeat(many: usize, part: impl Fn(usize) -> String) -> String {
        (0..many).map(part).collect()
    }

    fn asked(text: &str) -> Result<(), Unread> {
        read(&mut Request::new(text)).map(|_| ())
    }

    #[test]
    fn brackets_count_and_those_in_texts_and_comments_do_not() {
        for (text, depth) in [
            ("", 0),
            ("{ a(b: [1, {c: 2}]) { d } }", 4),
            ("{ a(b: \"[[[ \\\" {{{\") }", 2),
            ("{ a(b: \"\"\"[[[ \\\"\"\" \"\" {{{\"\"\") }", 2),
            ("{ a # [[[ \"\n [ # ]]]\r [", 3),
            ("\"[[\n[", 1),
            ("]]]] {", 1),
            ("\"\" {", 1),
            ("\"\\", 0),
        ] {
            assert_eq!(nesting(text), Some(depth), "{text}");
        }
        assert_eq!(nesting("{ a(b: \"\"\"\" [[[[ ) }"), None, "four quotation marks begin a text without an end");
    }

    #[test]
    fn what_is_nested_without_end_is_never_read() {
        let deep = |open: &str, close: &str, levels: usize| {
            format!("{{ a(b: {}1{}) }}", open.repeat(levels), close.repeat(levels))
        };
        for levels in [64, 400, 100_000] {
            assert_eq!(asked(&deep("[", "]", levels)), Err(Unread::TooMuch));
            assert_eq!(asked(&deep("{a:", "}", levels)), Err(Unread::TooMuch));
            // Two empty texts for a reader that looks for another way when the longer kind does not end.
            assert_eq!(asked(&deep("[", "]", levels).replace("b:", "b: \"\"\"\" c:")), Err(Unread::Endless));
        }
        assert_eq!(asked(&deep("[", "]", 60)), Ok(()));
        assert_eq!(asked("{"), Err(Unread::NoRequest));
    }

    #[test]
    fn fragments_count_at_each_place_and_cycles_have_no_end() {
        let chain = |links: usize| {
            let links = repeat(links, |n| format!("fragment f{n} on Q {{ ...f{} ...f{} }} ", n + 1, n + 1));
            format!("{{ ...f0 }} {links}")
        };
        assert_eq!(asked(&chain(8)), Ok(()));
        assert_eq!(asked(&chain(30)), Err(Unread::TooMuch));
        assert_eq!(asked(&chain(2_000)), Err(Unread::TooMuch));
        for cycle in ["...f", "a { ...f }", "... { ...f }", "...g } fragment g on Q { ...f"] {
            assert_eq!(asked(&format!("{{ a }} fragment f on Q {{ {cycle} }}")), Err(Unread::TooMuch), "{cycle}");
        }
        let aliases = |many: usize| format!("{{ {} }}", repeat(many, |n| format!("a{n}: b ")));
        assert_eq!((asked(&aliases(9_000)), asked(&aliases(10_001))), (Ok(()), Err(Unread::TooMuch)));
        let marked = |many: usize| format!("{{ a {} }}", "@include(if: true)".repeat(many));
        assert_eq!((asked(&marked(9_000)), asked(&marked(10_001))), (Ok(()), Err(Unread::TooMuch)));
    }

    #[test]
    fn the_schema_can_be_asked_for_and_not_without_end() {
        let usual = "{ __schema { types { ...T } } } fragment T on __Type { name fields { name args { type { ...R } } \
            type { ...R } } inputFields { type { ...R } } interfaces { ...R } possibleTypes { ...R } } \
            fragment R on __Type { kind ofType { kind ofType { kind ofType { kind } } } }";
        assert_eq!(asked(usual), Ok(()));
        assert_eq!(asked("{ fields { fields { fields { name } } } }"), Ok(()), "fields of ours may be called so");
        for endless in [
            "{ __schema { types { fields { type { fields { name } } } } } }",
            "{ __type(name: \"Case\") { ...T } } fragment T on __Type { interfaces { possibleTypes { name } } }",
        ] {
            assert_eq!(asked(endless), Err(Unread::TooMuch), "{endless}");
        }
        let often = repeat(300, |n| format!("a{n}: __schema {{ types {{ name }} }} "));
        assert_eq!(asked(&format!("{{ {often} }}")), Err(Unread::TooMuch));
    }
}

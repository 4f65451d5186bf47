use std::collections::BTreeSet;
use std::path::Path;

use domain::time::CivilDay;
use serde_json::{Value, json};

use super::escalation::{Course, Mark, Picture, Row, Shape, draw, read};
use crate::locale::Locale;

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn row(name: &str, course: Course) -> Row {
    Row { name: name.to_owned(), now: Vec::new(), course }
}

fn mark(on: &str, shape: Shape, words: &str) -> Mark {
    Mark { day: day(on), shape, words: words.to_owned() }
}

/// Invented: what a director might see after nine months.
fn nine_months() -> Picture {
    let stages = |steps: [(&str, Option<i32>); 4]| Course::Conflict(steps.map(|(on, stage)| (day(on), stage)).to_vec());
    let now = |words: &[&str]| words.iter().map(|words| (*words).to_owned()).collect();
    let rows = vec![
        Row {
            now: now(&["trap 2", "samen", "10 dagen"]),
            ..row(
                "Robert: spanning, trap 1 tot 9",
                stages([
                    ("2026-02-10", Some(3)),
                    ("2026-03-03", Some(5)),
                    ("2026-09-01", Some(3)),
                    ("2026-11-02", Some(2)),
                ]),
            )
        },
        row(
            "Robert: energie die het kost, van 100",
            Course::Energy(
                [("2026-03-03", 90), ("2026-06-01", 60), ("2026-09-01", 35), ("2026-11-02", 30)]
                    .map(|(on, percent)| (day(on), percent))
                    .to_vec(),
            ),
        ),
        row(
            "Ilse: spanning, trap 1 tot 9",
            stages([("2026-02-10", Some(3)), ("2026-03-03", None), ("2026-09-01", Some(7)), ("2026-11-02", Some(2))]),
        ),
        Row {
            now: now(&["89 dagen geen opvlamming"]),
            ..row(
                "Ilse – Robert: opvlamming en rust",
                Course::Marks(vec![
                    mark("2026-02-27", Shape::Star, "opvlamming: app"),
                    mark("2026-08-15", Shape::Star, "opvlamming: bij de overdracht"),
                    mark("2026-10-20", Shape::Waves, "tot rust gekomen"),
                ]),
            )
        },
        row(
            "Ilse: rustige perioden",
            Course::Calm(vec![(day("2026-04-01"), Some(day("2026-06-15"))), (day("2026-09-20"), None)]),
        ),
        row(
            "Morris: hulp, gezin en omgeving",
            Course::Help(vec![
                (day("2026-03-20"), Some(4)),
                (day("2026-05-10"), Some(6)),
                (day("2026-10-01"), Some(3)),
            ]),
        ),
        row(
            "Advies en instanties",
            Course::Marks(vec![
                mark("2026-03-05", Shape::Asked, "SAT gevraagd"),
                mark("2026-03-09", Shape::Accepted, "SAT opgepakt"),
                mark("2026-03-30", Shape::Advice, "SAT: advies gegeven"),
                mark("2026-05-01", Shape::In, "RET erbij"),
                mark("2026-07-15", Shape::Out, "RET weg"),
                mark("2026-09-01", Shape::In, "SAT: interventie begonnen, tot en met 31 dec 2026"),
            ]),
        ),
        row(
            "Morris: signalen",
            Course::Marks(vec![
                mark("2026-03-12", Shape::Opened, "slapen: begonnen"),
                mark("2026-04-12", Shape::Up, "slapen: slechter"),
                mark("2026-06-12", Shape::Down, "slapen: beter"),
                mark("2026-08-01", Shape::Closed, "slapen: voorbij"),
            ]),
        ),
        row(
            "Robert: ouderschap",
            Course::Phases(vec![
                (day("2026-02-10"), "conflictouderschap".to_owned()),
                (day("2026-08-01"), "naast elkaar".to_owned()),
            ]),
        ),
    ];
    Picture { day: day("2026-11-12"), rows, apart: Some(day("2026-04-21")) }
}

fn empty() -> Picture {
    Picture { day: day("2026-11-12"), rows: Vec::new(), apart: None }
}

/// Two hundred things in every kind of row.
fn dense() -> Picture {
    let days: Vec<CivilDay> = (0_u64..200).map(|number| day("2026-01-01").plus_days(number * number % 311)).collect();
    let mut days = days;
    days.sort_unstable();
    let level = |number: usize, of: usize| i32::try_from(number % of).unwrap() + 1;
    let numbered = || days.iter().copied().enumerate();
    let shapes = [Shape::Star, Shape::Waves, Shape::Opened, Shape::Closed, Shape::Advice];
    let marks = numbered().map(|(number, day)| Mark {
        day,
        shape: shapes[number % 5],
        words: format!("iets met veel woorden nummer {number}"),
    });
    let rows = vec![
        row(
            "Een: spanning",
            Course::Conflict(
                numbered().map(|(number, day)| (day, (number % 7 > 0).then(|| level(number, 9)))).collect(),
            ),
        ),
        row("Een: energie", Course::Energy(numbered().map(|(number, day)| (day, level(number, 100))).collect())),
        row("Twee: hulp", Course::Help(numbered().map(|(number, day)| (day, Some(level(number, 10)))).collect())),
        row("Een: rust", Course::Calm(numbered().map(|(_, day)| (day, Some(day.plus_days(3)))).collect())),
        row("Alles", Course::Marks(marks.collect())),
        row("Een: ouderschap", Course::Phases(numbered().map(|(_, day)| (day, "naast elkaar".to_owned())).collect())),
    ];
    Picture { day: day("2026-11-12"), rows, apart: None }
}

/// A picture as it was looked at and found good. `RUSTPUNT_WRITE=1` writes it anew: look at it again then.
fn check_snapshot(name: &str, drawn: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/drawing/escalation/snapshots").join(name);
    if std::env::var_os("RUSTPUNT_WRITE").is_some() {
        std::fs::write(&file, drawn).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(known == drawn, "{name} is drawn otherwise than it was: write it with RUSTPUNT_WRITE=1 and look at it");
}

#[test]
fn a_picture_is_drawn_as_it_was_found_good() {
    check_snapshot("nine-months.nl.svg", &draw(&nine_months(), Locale::Dutch));
    check_snapshot("nine-months.en.svg", &draw(&nine_months(), Locale::English));
    check_snapshot("empty.nl.svg", &draw(&empty(), Locale::Dutch));
    check_snapshot("dense.nl.svg", &draw(&dense(), Locale::Dutch));
}

/// What stands in a picture: place, size, anchor and words of every text.
fn texts(drawn: &str) -> Vec<(i32, i32, i32, String, String)> {
    let attribute = |element: &str, name: &str| {
        let (_, rest) = element.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name} in {element}"));
        rest.split_once('"').unwrap().0.to_owned()
    };
    let number = |element: &str, name: &str| attribute(element, name).parse::<i32>().unwrap();
    let read = |element: &str| {
        let words = element.split_once('>').unwrap().1.split_once('<').unwrap().0.to_owned();
        (
            number(element, "x"),
            number(element, "y"),
            number(element, "font-size"),
            attribute(element, "text-anchor"),
            words,
        )
    };
    drawn.split("<text").skip(1).map(read).collect()
}

/// Every two texts, by a measure wider than any usual font.
fn overlapping(drawn: &str) -> Vec<(String, String)> {
    let boxes: Vec<_> = texts(drawn)
        .into_iter()
        .map(|(x, y, size, anchor, words)| {
            let wide = i32::try_from(words.chars().count()).unwrap() * size * 55 / 100;
            let left = match anchor.as_str() {
                "start" => x,
                "middle" => x - wide / 2,
                _ => x - wide,
            };
            (left, left + wide, y - size * 3 / 4, y, words)
        })
        .collect();
    let meet = |one: &(i32, i32, i32, i32, String), other: &(i32, i32, i32, i32, String)| {
        one.0 < other.1 && other.0 < one.1 && one.2 < other.3 && other.2 < one.3
    };
    let mut found = Vec::new();
    for (place, one) in boxes.iter().enumerate() {
        found.extend(
            boxes.iter().skip(place + 1).filter(|other| meet(one, other)).map(|other| (one.4.clone(), other.4.clone())),
        );
    }
    found
}

#[test]
fn no_words_lie_over_others_however_much_there_is() {
    for picture in [nine_months(), dense(), empty()] {
        for locale in Locale::ALL {
            let drawn = draw(&picture, locale);
            assert_eq!(overlapping(&drawn), [], "{locale:?}");
            assert!(texts(&drawn).iter().all(|(x, ..)| (0..1200).contains(x)));
        }
    }
}

#[test]
fn two_hundred_events_make_no_picture_without_end() {
    let drawn = draw(&dense(), Locale::Dutch);
    assert!(drawn.len() < 200_000, "{} bytes", drawn.len());
    let rows = (0..500)
        .map(|number| row(&format!("Rij {number}"), Course::Marks(vec![mark("2026-03-01", Shape::Star, "app")])));
    let many = Picture { rows: rows.collect(), ..empty() };
    let drawn = draw(&many, Locale::Dutch);
    assert!(drawn.len() < 200_000 && drawn.contains("440"), "{} bytes", drawn.len());
}

/// A name is whatever somebody typed.
#[test]
fn names_and_words_never_become_markup() {
    let bad = "</text><script>x</script>\"'&\u{202e}";
    let mut picture = nine_months();
    for row in &mut picture.rows {
        row.name = format!("{bad}{}", row.name);
        row.now.push(bad.to_owned());
        if let Course::Marks(marks) = &mut row.course {
            marks[0].words = bad.to_owned();
        }
        if let Course::Phases(phases) = &mut row.course {
            phases[0].1 = bad.to_owned();
        }
    }
    let drawn = draw(&picture, Locale::Dutch);
    assert!(!drawn.contains("<script") && !drawn.contains('\u{202e}'), "{drawn}");
    assert!(drawn.contains("&lt;/text&gt;&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;"));
    let elements = |text: &str| text.matches("<text").count() == text.matches("</text>").count();
    assert!(elements(&drawn));
}

/// Whoever cannot see it hears its name, the day, and every row; whoever sees no colour sees shapes and patterns.
#[test]
fn a_picture_says_what_it_shows_and_needs_no_colour() {
    let drawn = draw(&nine_months(), Locale::English);
    assert!(drawn.starts_with("<svg ") && drawn.contains("role=\"img\" aria-labelledby=\"title desc\""));
    let description = drawn.split_once("<desc id=\"desc\">").unwrap().1.split_once("</desc>").unwrap().0;
    for row in &nine_months().rows {
        assert!(description.contains(&row.name), "{}", row.name);
    }
    let colours: Vec<&str> = drawn.split("=\"#").skip(1).filter_map(|rest| rest.get(..6)).collect();
    let grey = |colour: &&str| colour[..2] == colour[2..4] && colour[2..4] == colour[4..6];
    assert!(colours.iter().all(grey) && !colours.is_empty(), "ink and paper only");
    assert!(drawn.contains("url(#calm)") && drawn.contains("url(#hatch)") && drawn.contains("url(#dots)"));
}

/// Going down is drawn as large as going up.
#[test]
fn calming_weighs_as_much_as_rising() {
    let risen = Picture {
        rows: vec![row("A", Course::Conflict(vec![(day("2026-02-01"), Some(2)), (day("2026-05-01"), Some(6))]))],
        ..empty()
    };
    let fallen = Picture {
        rows: vec![row("A", Course::Conflict(vec![(day("2026-02-01"), Some(6)), (day("2026-05-01"), Some(2))]))],
        ..empty()
    };
    let marks = |picture: &Picture| draw(picture, Locale::Dutch).matches("<path").count();
    assert_eq!(marks(&risen), marks(&fallen));
    let (up, down) = (draw(&risen, Locale::Dutch), draw(&fallen, Locale::Dutch));
    assert!(up.contains("m-6 5l6 -11l6 11z") && down.contains("m-6 -5l6 11l6 -11z"));
}

/// Somebody whom the viewer may not know has no name, and is not told apart from others of whom the same holds.
#[test]
fn an_answer_becomes_rows_by_whom_the_viewer_knows() {
    let robert = json!({"id": "r", "name": "Robert"});
    let point = |kind: &str, on: &str, more: serde_json::Value| {
        let mut point = json!({"kind": kind, "on": on, "conflictId": null, "person": null});
        point.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        point
    };
    let answer = json!({"case": {"asOf": {"asOfDay": "2026-06-01", "escalation": {
    "conflicts": [{"id": "c", "between": [robert], "daysSinceFlareUp": 12, "sides": [
        {"person": {"id": "r"}, "stageNow": 5, "daysInStage": 90, "wordsForFamily": "met hulp van buiten"}]}],
    "axis": [
        point("STAGE", "2026-03-03", json!({"conflictId": "c", "person": robert, "stage": 5})),
        point("CALM", "2026-04-01", json!({})),
        point("FLARE_UP", "2026-05-20", json!({"conflictId": "c", "medium": "APP"})),
        point("SERVICE_STEP", "2026-05-21", json!({"person": robert, "level": 3, "environment": "FAMILY"})),
        point("CHILD_SIGNAL_OPENED", "2026-05-22", json!({"childSignal": "SLEEPING"})),
        point("CHILD_SIGNAL_CHANGED", "2026-05-23", json!({"childSignal": "SLEEPING", "signalChange": "BETTER"})),
        point("SAT_ENDED", "2026-05-24", json!({"satEnd": "NOT_ME"})),
        point("PLANS_APART", "2026-05-25", json!({})),
    ]}}}});
    let picture = read(&answer, Locale::English).unwrap();
    let names: Vec<&str> = picture.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Robert: tension, stage 1 to 9",
            "Robert: flare-ups and rest",
            "somebody: calm periods",
            "Robert: help, level 1 to 10, family and surroundings",
            "Advice and bodies",
            "somebody: signals",
        ]
    );
    assert_eq!((picture.day, picture.apart), (day("2026-06-01"), Some(day("2026-05-25"))));
    assert_eq!(picture.rows[0].now, ["stage 5", "met hulp van buiten", "90 days"]);
    assert_eq!(picture.rows[1].now, ["12 days without a flare-up"]);
    assert_eq!(picture.rows[2].now, ["calm for 62 days"]);
    assert_eq!(
        picture.rows[5].course,
        Course::Marks(vec![
            mark("2026-05-22", Shape::Opened, "sleeping: began"),
            mark("2026-05-23", Shape::Down, "sleeping: better")
        ])
    );
    assert_eq!(read(&json!({"case": null}), Locale::Dutch), None);
}

/// One of each thing that can stand on the axis as a mark or a phase.
fn one_of_each() -> Vec<Value> {
    let bodies = ["RET", "VEILIG_THUIS", "RAAD", "GI"];
    let media = ["APP", "MAIL", "TELEPHONE", "FACE_TO_FACE", "MEETING", "THROUGH_CHILDREN", "LEGAL", "OTHER"];
    let fares = ["EATING", "SLEEPING", "BEHAVIOUR", "MOOD", "FEAR", "PHYSICAL", "EXHAUSTION"];
    let each = |kind: &'static str, field: &'static str, values: &[&str]| {
        let one = |value: &&str| json!({"kind": kind, "on": "2026-05-20", "conflictId": "c", field: value});
        values.iter().map(one).collect::<Vec<Value>>()
    };
    let mut points = each("FLARE_UP", "medium", &media);
    points.extend(["BODY_JOINED", "BODY_LEFT"].into_iter().flat_map(|kind| each(kind, "body", &bodies)));
    points.extend(each("CHILD_SIGNAL_OPENED", "childSignal", &fares));
    points.extend(each("CHILD_SIGNAL_CLOSED", "childSignal", &fares));
    for change in ["WORSE", "SAME", "BETTER"] {
        let changed = each("CHILD_SIGNAL_CHANGED", "childSignal", &fares).into_iter();
        points.extend(changed.map(|mut point| {
            point["signalChange"] = json!(change);
            point
        }));
    }
    let alone = ["REST", "ADVICE", "SAT_REQUESTED", "SAT_ACCEPTED", "SAT_ADVISED"];
    points.extend(alone.into_iter().flat_map(|kind| each(kind, "medium", &["OTHER"])));
    let answered = |follows: bool| json!({"kind": "SAT_ANSWERED", "on": "2026-05-20", "satFollowed": follows});
    points.extend([true, false].map(answered));
    points.extend(each("SAT_MODE_BEGUN", "satMode", &["DIRECT_CONTACT", "INTERVENTION"]));
    points.extend(each("SAT_MODE_ENDED", "satMode", &["DIRECT_CONTACT", "INTERVENTION"]));
    points.extend(each("SAT_ENDED", "satEnd", &["ANSWERED", "NOT_NEEDED", "NOT_ME"]));
    points.extend(each("PARENTING_FORM", "form", &["COOPERATIVE", "PARALLEL", "CONFLICT"]));
    points.extend(each("NETWORK_EFFECT", "networkEffect", &["FEEDS", "CALMS", "UNKNOWN"]));
    points
}

/// Whoever hears the picture knows what every shape says: begun and over, came and went, better and worse are never the same words.
#[test]
fn no_two_things_share_their_words_so_that_none_is_told_by_its_shape_alone() {
    let points = one_of_each();
    let conflicts = json!([{"id": "c", "between": [], "daysSinceFlareUp": null, "sides": []}]);
    let escalation = json!({"conflicts": conflicts, "axis": points});
    let answer = json!({"case": {"asOfDay": "2026-06-01", "escalation": escalation}});
    for locale in Locale::ALL {
        let picture = read(&answer, locale).unwrap();
        let of_row = |row: &Row| match &row.course {
            Course::Marks(marks) => marks.iter().map(|mark| mark.words.clone()).collect::<Vec<_>>(),
            Course::Phases(phases) => phases.iter().map(|(_, words)| words.clone()).collect(),
            _ => Vec::new(),
        };
        let said: Vec<String> = picture.rows.iter().flat_map(of_row).collect();
        let different: BTreeSet<&String> = said.iter().collect();
        assert_eq!((said.len(), different.len()), (points.len(), points.len()), "{locale:?}: {said:?}");
        assert!(said.iter().all(|words| !words.trim().is_empty() && !words.contains("drawing-")), "{said:?}");
    }
}

/// How long the advice team steps in is said where it begins, and that it ended where it did.
#[test]
fn what_the_advice_team_did_is_told_with_its_days() {
    let point = |kind: &str, on: &str, more: Value| {
        let mut point = json!({"kind": kind, "on": on});
        point.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        point
    };
    let axis = [
        point("SAT_ADVISED", "2026-03-24", json!({})),
        point("SAT_ANSWERED", "2026-03-25", json!({"satFollowed": false})),
        point("SAT_MODE_BEGUN", "2026-09-01", json!({"satMode": "INTERVENTION", "until": "2026-12-31"})),
        point("SAT_MODE_ENDED", "2026-12-31", json!({"satMode": "INTERVENTION"})),
    ];
    let answer = json!({"case": {"asOfDay": "2027-01-04", "escalation": {"conflicts": [], "axis": axis}}});
    let picture = read(&answer, Locale::English).unwrap();
    let marks = vec![
        mark("2026-03-24", Shape::Advice, "SAT: advice given"),
        mark("2026-03-25", Shape::Closed, "SAT: advice departed from"),
        mark("2026-09-01", Shape::In, "SAT: intervention began, until 31 Dec 2026"),
        mark("2026-12-31", Shape::Out, "SAT: intervention over"),
    ];
    assert_eq!(picture.rows[0].course, Course::Marks(marks));
    let drawn = draw(&picture, Locale::English);
    assert!(
        drawn.contains("1 Sep 2026: SAT: intervention began, until 31 Dec 2026; 31 Dec 2026: SAT: intervention over")
    );
}

//! Lines that ask the same, where their parts stand, and how a list is built from them.

use pingyi::search::{
    evaluate::{Line, Tree, evaluate},
    keys::KEYS,
    query::{Expr, Query},
};

use super::{CHAIR, OFFICE, REVIEWER};

#[test]
fn deeper_heads_stand_below_the_heads_they_belong_to() {
    let query = CHAIR.parse("group:item,city,mode").unwrap();
    let tree = CHAIR.find(&query);
    let mut depth = 0;
    for line in tree.lines() {
        match line {
            Line::Head(at, _) => {
                assert!(at <= depth, "a head of depth {at} below one of depth {depth}");
                depth = at + 1;
            }
            Line::Row(_) => assert_eq!(depth, 3, "rows stand below the innermost head"),
        }
    }
}

#[test]
fn where_something_stands_is_counted_in_characters_of_the_typed_line() {
    let query = REVIEWER.parse("太原　城市：“大同”　sort:-my").unwrap();
    let Some(Expr::All(parts)) = &query.filter else { panic!("{query:?}") };
    let spans: Vec<(usize, usize)> = parts
        .iter()
        .map(|part| match part {
            Expr::Part(part) => (part.span.start, part.span.end),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(spans, [(0, 2), (3, 10)]);
    assert_eq!((query.sorts[0].span.start, query.sorts[0].span.end), (16, 19));
}

#[test]
fn brackets_that_change_nothing_ask_the_same() {
    for (one, other) in
        [("a b c", "(a b) c"), ("a OR b OR c", "(a OR b) OR c"), ("a", "((a))"), ("a b", "(a) (b)"), ("太原 sort:my", "sort:my (太原)")]
    {
        assert_eq!(REVIEWER.parse(one).unwrap(), REVIEWER.parse(other).unwrap(), "{one} and {other}");
    }
    assert_ne!(REVIEWER.parse("a OR b c").unwrap(), REVIEWER.parse("(a OR b) c").unwrap());
}

#[test]
fn every_name_of_a_key_asks_the_same_as_its_first() {
    for sight in [&*REVIEWER, &*CHAIR, &*OFFICE] {
        for key in KEYS.iter().filter(|key| sight.scheme.may_use(key)) {
            let value = key.example[1].split(' ').next().unwrap().split_once(':').unwrap().1;
            let first = sight.parse(&format!("{}:{value}", key.en[0])).unwrap();
            for name in key.names() {
                assert_eq!(sight.parse(&format!("{name}：{value}")).unwrap(), first, "{name}");
            }
        }
    }
}

#[test]
fn an_empty_query_is_everything_in_the_order_that_was_given() {
    let order = [5, 3, 9, 0];
    assert_eq!(evaluate(&Query::default(), &CHAIR.facts, order), Tree::Rows(order.to_vec()));
    assert_eq!(evaluate(&Query::default(), &CHAIR.facts, [99]), Tree::Rows(vec![]), "a place that does not exist is no row");
}

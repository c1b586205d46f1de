//! The pages that people read and sign: in the language of record, and nobody's text takes them over.

use pingyi::domain::{
    decision::Opinion,
    hostile::is_hostile,
    table::act::{Act, Signature},
    text::Language,
};

use super::documents::{HEAD, Panel, stands};
use crate::support::{hostile, rules::of};

#[test]
fn the_page_is_in_the_language_of_record_and_the_signature_page_has_the_digest_and_no_figure() {
    for (record, tag, words) in [(Language::Zh, "zh-CN", "签"), (Language::En, "en", "Signature")] {
        let mut panel = Panel::new();
        panel.package.rubric.record = record;
        let page = panel.text("result.html");
        assert!(page.contains(&format!("<html lang=\"{tag}\">")) && page.contains(words), "{page}");
        assert!(page.contains("<td class=\"n\">82.00</td>") && page.contains(HEAD), "the figures, and the head of the record");
        let alone = panel.signature_page();
        assert!(alone.contains("digest-of-the-bundle") && alone.contains(words) && alone.contains(&format!("lang=\"{tag}\"")));
        assert!(!alone.contains("82.00") && !alone.contains("sx-0001"), "people sign for the bundle, not for this page");
        for person in ["示例甲", "示例戊", "示例辛"] {
            assert!(alone.contains(person), "{person} has a place for ink");
        }
        assert!(!alone.contains("示例庚"), "the office signs no result");
    }
}

#[test]
fn no_text_of_anybody_does_anything_to_a_page_and_documents_keep_it_to_the_letter() {
    let mut texts = hostile::all();
    texts.extend(
        ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ text.title }}{% for x in y %}", "&lt;b&gt;"]
            .map(str::to_owned),
    );
    for record in [Language::Zh, Language::En] {
        let mut panel = Panel::new();
        panel.package.rubric.record = record;
        for (at, person) in panel.package.roster.people.iter_mut().enumerate() {
            person.name.push_str(&texts[texts.len() - 1 - at % 4]);
        }
        for (at, text) in texts.iter().enumerate() {
            let application = of(["sx-0001", "sx-0002", "sx-0003"][at % 3]);
            let before = panel.table.opinion(&application);
            let after = Opinion { overall: text.clone(), conclusion: format!("{text}{at}"), ..before.clone() };
            panel.records(Act::Opinion { application: application.clone(), before, after });
            let before = panel.table.vetoes.get(&(of("sx-0004"), of("V1"))).cloned();
            panel.records(Act::Veto { application: of("sx-0004"), veto: of("V1"), before, after: Some(text.clone()) });
            let kept = panel.read(&format!("opinions/{application}.json"));
            assert_eq!(
                (kept["overall"].as_str(), panel.read("decisions.json")["vetoes"][0]["text"].as_str()),
                (Some(&**text), Some(&**text))
            );
        }
        let last = texts.last().unwrap().clone();
        panel.records(stands("R02", Signature::Dissent { text: last }));
        for page in [panel.text("result.html"), panel.signature_page()] {
            let bad = page.chars().find(|c| is_hostile(*c) && *c != '\n');
            assert_eq!(bad, None, "a raw character on the page");
            for tag in ["<script", "<img", "onerror=alert(1)>"] {
                assert!(!page.contains(tag), "{tag} became part of the page");
            }
            assert_eq!(page.matches("<html").count(), 1);
        }
        let page = panel.text("result.html");
        assert!(page.contains("&lt;script&gt;") && page.contains("{{ text.title }}"), "people see what was written, and nothing runs");
    }
}

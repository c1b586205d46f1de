//! Fifty-five texts that try to be obeyed instead of read, and a way to put them into every field of a file.

use pingyi::domain::{package::Package, text::Bilingual};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// What a stranger may write where the form asks for a text. The last five are built in [`all`].
const SHORT: [&str; 50] = [
    // Sequences that move, clear, colour, rename, ring or ask.
    "\u{1b}[2J",
    "\u{1b}[31m红",
    "\u{1b}]0;标题\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\链\u{1b}]8;;\u{1b}\\",
    "\u{1b}[6n",
    "\u{1b}c",
    "\u{1b}[?1049l",
    "\u{1b}]52;c;QQ==\u{7}",
    "\u{1b}P1$r\u{1b}\\",
    "\u{1b}_x\u{1b}\\",
    "\u{1b}[999;999H",
    "\u{1b}[20h",
    "\u{1b}",
    "\u{1b}[",
    "\u{1b}]",
    // The same in one character each, and the oldest controls.
    "\u{9b}2J",
    "\u{9d}0;标题\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}下一行",
    "\u{84}\u{8d}",
    "\u{0}",
    "\u{7}铃",
    "a\u{8}\u{8}b",
    "\u{b}\u{c}",
    "\u{e}\u{f}",
    "\u{7f}删",
    // Directions.
    "\u{202e}倒写",
    "\u{202d}x\u{202c}",
    "\u{202a}y\u{202b}",
    "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
    "\u{200e}\u{200f}",
    "\u{61c}阿",
    // Without width.
    "零\u{200b}宽",
    "连\u{200d}接",
    "不\u{200c}连",
    "\u{feff}头",
    "词\u{2060}接",
    "软\u{ad}连",
    "\u{180e}",
    "填\u{3164}充",
    "\u{115f}\u{1160}",
    "\u{ffa0}",
    "\u{e0041}\u{e007f}",
    "\u{fff9}注\u{fffa}音\u{fffb}",
    // Line ends, tabs, and lines that look like ours.
    "甲\r\n乙",
    "覆盖\r盖",
    "列\t列",
    "\u{2028}行\u{2029}段",
    "\n[GOODSIG] 已保存 99:99:99",
    "\n签名有效 | 已签署",
];

/// All fifty-five.
pub(crate) fn all() -> Vec<String> {
    let mut texts: Vec<String> = SHORT.iter().map(|text| (*text).to_owned()).collect();
    texts.push(format!("叠{}", "\u{301}".repeat(300)));
    texts.push(format!("{}首", "\u{20dd}\u{489}".repeat(40)));
    texts.push("极长".repeat(1500));
    texts.push("w".repeat(3000));
    texts.push("①“”——…·".repeat(60));
    texts
}

/// Fields that hold codes, dates, figures or file names, which a file with anything else in them does not pass.
const CODES: [&str; 47] = [
    "id",
    "item",
    "tier",
    "received",
    "kind",
    "city",
    "family",
    "industries",
    "cluster",
    "strategies",
    "services",
    "centre_roles",
    "talent_outputs",
    "base",
    "capacity_year",
    "amount",
    "status",
    "start",
    "finish",
    "date",
    "agreement",
    "state",
    "credit_check",
    "total",
    "criterion",
    "value",
    "party",
    "lead_mode",
    "file",
    "proves",
    "annual_demand",
    "annual_gap",
    "area_m2",
    "equipment_value",
    "stations",
    "dual_teachers_pct",
    "studios",
    "sim_systems",
    "visits",
    "external_pct",
    "open_hours",
    "full_time",
    "investment_total",
    "running_cost",
    "running_income",
    "audiences",
    "performance",
];

/// Puts the next hostile text behind every free text in `value`; what stops being readable stays as it was.
fn poison<T: Serialize + DeserializeOwned>(value: &mut T, next: &mut impl FnMut() -> String) {
    let mut json = serde_json::to_value(&*value).unwrap();
    walk(&mut json, next);
    if let Ok(poisoned) = serde_json::from_value(json) {
        *value = poisoned;
    } else {
        panic!("a field is missing in the list of codes");
    }
}

fn walk(value: &mut Value, next: &mut impl FnMut() -> String) {
    match value {
        Value::String(text) => text.push_str(&next()),
        Value::Array(entries) => entries.iter_mut().for_each(|entry| walk(entry, next)),
        Value::Object(fields) => {
            for (key, entry) in fields.iter_mut().filter(|(key, _)| !CODES.contains(&key.as_str())) {
                if key == "function" {
                    // Its code is a word of the list, its plan is not.
                    entry.as_array_mut().unwrap().iter_mut().for_each(|one| walk(&mut one["plan"], next));
                } else {
                    walk(entry, next);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `package` with a hostile text behind every free text, beginning with the one numbered `first`.
pub(crate) fn poisoned(package: &Package, first: usize) -> Package {
    let texts = all();
    let mut at = first;
    let mut next = || {
        at += 1;
        texts[at % texts.len()].clone()
    };
    let mut package = package.clone();
    for application in &mut package.applications {
        let schema = application.schema;
        poison(application, &mut next);
        application.schema = schema;
    }
    let mut both = |text: &mut Bilingual| {
        text.zh.push_str(&next());
        text.en.push_str(&next());
    };
    both(&mut package.call.title);
    both(&mut package.call.office);
    package.call.panel.title.iter_mut().for_each(&mut both);
    both(&mut package.pledge.text);
    package.call.items.iter_mut().for_each(|item| both(&mut item.title));
    package.map.clusters.iter_mut().for_each(|cluster| {
        both(&mut cluster.name);
        cluster.chain_position.iter_mut().for_each(&mut both);
    });
    package.bases.bases.iter_mut().for_each(|base| {
        both(&mut base.name);
        both(&mut base.note);
    });
    package.codes.cities.iter_mut().for_each(|city| both(&mut city.name));
    for list in [&mut package.codes.families, &mut package.codes.industries, &mut package.codes.functions, &mut package.codes.audiences] {
        list.iter_mut().for_each(|code| both(&mut code.name));
    }
    for criterion in &mut package.rubric.criteria {
        both(&mut criterion.title);
        criterion.observe.iter_mut().for_each(&mut both);
        criterion.anchors.iter_mut().for_each(|anchor| both(&mut anchor.text));
    }
    package.rubric.gates.iter_mut().for_each(|gate| both(&mut gate.text));
    package.recusals.iter_mut().for_each(|recusal| recusal.text.push_str(&texts[first % texts.len()]));
    for (at, person) in package.roster.people.iter_mut().enumerate() {
        person.name.push_str(&texts[(first + at) % texts.len()]);
        person.employer.push_str(&texts[(first + at + 1) % texts.len()]);
    }
    package
}

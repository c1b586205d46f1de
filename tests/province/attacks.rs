//! A register that lies: `attacks.toml`, each with what somebody without the province's key can do, or with it.

use std::{collections::BTreeMap, fs};

use pingyi::{
    bundle::{layer::Report, sshsig},
    workflow::verify,
};
use serde::Deserialize;

use super::registers::{good, key, made, province};
use crate::support::{
    bundle::{Members, pack_as, relist, unpack},
    registers::inbox,
};

#[derive(Deserialize)]
struct Attacks {
    attack: Vec<Attack>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attack {
    what: String,
    /// Text that is replaced in a member: member, from, to.
    #[serde(default)]
    edit: Vec<[String; 3]>,
    /// Members that are taken out.
    #[serde(default)]
    remove: Vec<String>,
    /// Members that are put in: name and text, or name and `@file` of the inbox.
    #[serde(default)]
    add: BTreeMap<String, String>,
    /// Members that change places.
    #[serde(default)]
    swap: Option<[String; 2]>,
    /// `nobody`: only the bytes; `lists`: all lists fit again; `province`: signed anew with the province's own key.
    by: String,
    /// Layer and code of the first finding; nothing where the register stands.
    refused: Option<String>,
}

impl Attack {
    fn done(&self) -> Vec<u8> {
        let mut members = unpack(&fs::read(&made().file).unwrap());
        self.change(&mut members);
        if self.by != "nobody" {
            relist(&mut members);
        }
        if self.by == "province" {
            let armor = sshsig::sign(&key(), "pingyi.aggregate.v1", &members["tagmanifest-sha256.txt"]).unwrap();
            members.insert("signatures/province-p01.sig".into(), armor.into_bytes());
        }
        pack_as(made().file.file_stem().unwrap().to_str().unwrap(), &members)
    }

    fn change(&self, members: &mut Members) {
        for [name, from, to] in &self.edit {
            let text = String::from_utf8(members[name].clone()).unwrap();
            assert!(text.contains(from.as_str()), "{}: {name} has no {from:?}", self.what);
            members.insert(name.clone(), text.replacen(from, to, 1).into_bytes());
        }
        for name in &self.remove {
            assert!(members.remove(name).is_some(), "{}: there is no {name}", self.what);
        }
        for (name, text) in &self.add {
            let bytes = match text.strip_prefix('@') {
                Some("good-again") => fs::read(&good()[0]).unwrap(),
                Some(file) => fs::read(inbox().path().join(file)).unwrap(),
                None => text.clone().into_bytes(),
            };
            members.insert(name.clone(), bytes);
        }
        if let Some([one, other]) = &self.swap {
            let (first, second) = (members[one].clone(), members[other].clone());
            members.insert(one.clone(), second);
            members.insert(other.clone(), first);
        }
    }

    fn judged(&self) -> Report {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(made().file.file_name().unwrap());
        fs::write(&file, self.done()).unwrap();
        verify::verify(&file, Some(&province())).unwrap()
    }
}

#[test]
fn every_attack_on_a_register_is_refused_in_its_layer_and_nothing_panics() {
    let attacks = toml::from_str::<Attacks>(include_str!("attacks.toml")).unwrap().attack;
    let mut wrong = Vec::new();
    for attack in &attacks {
        let report = attack.judged();
        let found = report.errors().next().map(|(layer, finding)| format!("{} {}", layer.number(), finding.code));
        if found != attack.refused || report.passes() != attack.refused.is_none() {
            wrong.push(format!("{}: {found:?} instead of {:?}", attack.what, attack.refused));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), attacks.len(), wrong.join("\n"));
}

#[test]
fn a_number_that_does_not_follow_is_named_with_its_application_and_both_values() {
    let attacks = toml::from_str::<Attacks>(include_str!("attacks.toml")).unwrap().attack;
    let attack = attacks.iter().find(|attack| attack.what == "the province raises a total").unwrap();
    let report = attack.judged();
    let (_, finding) = report.errors().next().unwrap();
    let told = pingyi::i18n::text(pingyi::domain::text::Language::En, &finding.what);
    assert!(told.contains("sx-0005") && told.contains("86.00") && told.contains("96.00"), "{told}");
    assert_eq!(finding.member, "data/register.json");
}

#[test]
fn any_changed_byte_of_any_member_is_refused() {
    let members = unpack(&fs::read(&made().file).unwrap());
    let stem = made().file.file_stem().unwrap().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(made().file.file_name().unwrap());
    for (name, bytes) in &members {
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = members.clone();
            changed.get_mut(name).unwrap()[at] ^= 0x20;
            fs::write(&file, pack_as(stem, &changed)).unwrap();
            let report = verify::verify(&file, Some(&province())).unwrap();
            assert!(!report.passes(), "{name} at {at}");
        }
    }
}

//! Keys and passphrases.

use pingyi::bundle::{
    key::{KeyError, PublicKey, ROUNDS, SecretKey},
    passphrase::{Passphrase, WeakPassphrase},
};
use zeroize::Zeroizing;

use crate::support::bundle::key;

fn entered(text: &str) -> Passphrase {
    Passphrase::entered(Zeroizing::new(text.to_owned()))
}

fn chosen(text: &str) -> Result<(), WeakPassphrase> {
    Passphrase::chosen(Zeroizing::new(text.to_owned())).map(|_| ())
}

/// Gives the same bytes every time.
fn counter() -> impl FnMut(&mut [u8]) {
    let mut next = 0_u8;
    move |bytes: &mut [u8]| {
        bytes.iter_mut().for_each(|byte| {
            next = next.wrapping_add(1);
            *byte = next;
        })
    }
}

fn same(one: &SecretKey, other: &SecretKey) -> bool {
    one.public() == other.public()
}

#[test]
fn a_protected_key_opens_with_its_passphrase_only() {
    let text = key(3).to_openssh(Some(&entered("口令 pass")), &mut counter()).unwrap();
    assert!(text.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----\n"));
    assert!(same(&SecretKey::from_openssh(&text, Some(&entered("口令 pass"))).unwrap(), &key(3)));
    assert_eq!(SecretKey::from_openssh(&text, Some(&entered("口令 pasS"))).err(), Some(KeyError::WrongPassphrase));
    assert_eq!(SecretKey::from_openssh(&text, None).err(), Some(KeyError::NeedsPassphrase));
    assert_eq!(*text, *key(3).to_openssh(Some(&entered("口令 pass")), &mut counter()).unwrap(), "the same chance gives the same file");
    const { assert!(ROUNDS >= 100) };
}

#[test]
fn a_key_without_passphrase_opens_at_once_also_with_windows_line_ends() {
    let text = key(3).to_openssh(None, &mut counter()).unwrap();
    assert!(same(&SecretKey::from_openssh(&text, None).unwrap(), &key(3)));
    assert!(same(&SecretKey::from_openssh(&text.replace('\n', "\r\n"), None).unwrap(), &key(3)));
}

#[test]
fn a_new_key_is_the_one_that_chance_gave() {
    let made = SecretKey::generate("R03", &mut counter()).unwrap();
    let mut seed = [0_u8; 32];
    counter()(&mut seed);
    assert!(same(&made, &SecretKey::from_seed(&seed, "").unwrap()));
}

#[test]
fn what_is_no_ed25519_key_is_refused() {
    assert_eq!(SecretKey::from_openssh("", None).err(), Some(KeyError::Malformed));
    assert_eq!(SecretKey::from_openssh("ssh-ed25519 AAAA", None).err(), Some(KeyError::Malformed));
    assert_eq!(SecretKey::from_openssh(&"x".repeat(1_000_000), None).err(), Some(KeyError::Malformed));
    let line = key(3).public().to_string();
    for text in [
        String::new(),
        format!("{line} comment"),
        format!("{line}\n"),
        format!(" {line}"),
        line.replace(' ', "  "),
        line.replace("ssh-ed25519", "ssh-rsa"),
        line[..line.len() - 2].to_owned(),
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHwf2HMM5TRXvo2SQJjsNkiDD5KqiiNjrGVv3UUh+mMT5RHxiRtOnlqvjhQtBq0VpmpCV/PwUdhOig4vkbqAcEc=".to_owned(),
    ] {
        assert!(text.parse::<PublicKey>().is_err(), "{text:?}");
    }
    assert_eq!(line.parse::<PublicKey>(), Ok(key(3).public()));
}

#[test]
fn a_key_file_that_would_take_hours_to_open_is_refused_at_once() {
    let text = key(3).to_openssh(Some(&entered("口令 pass")), &mut counter()).unwrap();
    // The rounds stand in the clear, four bytes behind the salt.
    let slow = hostile_rounds(&text);
    assert_eq!(SecretKey::from_openssh(&slow, Some(&entered("x"))).err(), Some(KeyError::TooSlow));
}

/// The same key file asking for four billion rounds.
fn hostile_rounds(text: &str) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let mut bits: Vec<bool> = Vec::new();
    for letter in body.bytes().filter(|letter| *letter != b'=') {
        let value = digits.iter().position(|digit| *digit == letter).unwrap();
        bits.extend((0..6).rev().map(|bit| value >> bit & 1 == 1));
    }
    let mut bytes: Vec<u8> = bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit))).collect();
    let at = bytes.windows(4).position(|window| window == ROUNDS.to_be_bytes()).unwrap();
    bytes[at..at + 4].copy_from_slice(&[0xFF; 4]);
    let mut encoded = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            encoded.push(if place > chunk.len() { '=' } else { char::from(digits[group >> (18 - 6 * place) & 63]) });
        }
    }
    let lines: Vec<&str> = encoded.as_bytes().chunks(70).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n", lines.join("\n"))
}

#[test]
fn a_fingerprint_reads_aloud_in_six_groups_without_letters_that_look_alike() {
    let groups = key(3).public().groups();
    assert_eq!(groups.split('-').map(str::len).collect::<Vec<_>>(), [4; 6]);
    for number in 0..200 {
        let groups = key(number).public().groups();
        assert!(groups.chars().all(|letter| "23456789ABCDEFGHJKMNPQRSTUVWXYZ-".contains(letter)), "{groups}");
    }
    assert_eq!(groups, key(3).public().groups());
    assert_ne!(groups, key(4).public().groups());
    assert!(key(3).public().fingerprint().starts_with("SHA256:"));
    assert_eq!(groups, include_str!("../bundles/golden-groups.txt").trim(), "people compare it with paper written by an older version");
}

#[test]
fn a_passphrase_is_long_enough_in_letters_words_or_chinese_characters() {
    for good in ["correct horse battery", "山间竹笋嘴尖皮", "gui lin shan shui jia tian xia de", "晋阳湖 七号 open-it", "a b c d e f g h"]
    {
        assert_eq!(chosen(good), Ok(()), "{good}");
    }
    for short in ["", "password", "1234567890123", "评审口令六字", "a b c d e f g"] {
        assert_eq!(chosen(short), Err(WeakPassphrase::Short), "{short}");
    }
    for monotonous in ["aaaaaaaaaaaaaaaa", "哈哈哈哈哈哈哈哈", "1212121212121212"] {
        assert_eq!(chosen(monotonous), Err(WeakPassphrase::Monotonous), "{monotonous}");
    }
    for untypable in [" correct horse battery", "correct horse battery\n", "correct\thorse battery"] {
        assert_eq!(chosen(untypable), Err(WeakPassphrase::Untypable), "{untypable:?}");
    }
}

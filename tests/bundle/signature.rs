//! Signatures in one form only.

use pingyi::bundle::sshsig::{SignatureFault, check, sign};

use crate::support::bundle::key;

const PURPOSE: &str = "pingyi.scores.v1";
const TEXT: &[u8] = b"the signed list\n";

fn armor() -> String {
    sign(&key(3), PURPOSE, TEXT).unwrap()
}

/// The armor of a changed blob, in the very form that we write.
fn armored(blob: &[u8]) -> String {
    let mut text = String::new();
    for (at, letter) in base64(blob).chars().enumerate() {
        if at > 0 && at % 70 == 0 {
            text.push('\n');
        }
        text.push(letter);
    }
    format!("-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n")
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place) & 63) as usize];
            text.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

fn blob(armor: &str) -> Vec<u8> {
    let text: String = armor.lines().filter(|line| !line.starts_with('-')).collect();
    let mut bits = 0_u32;
    let mut sum = 0_u32;
    let mut bytes = Vec::new();
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        sum = sum << 6 | DIGITS.iter().position(|digit| *digit == letter).unwrap() as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((sum >> bits) as u8);
        }
    }
    bytes
}

#[test]
fn a_signature_is_the_same_every_time_and_names_its_key() {
    assert_eq!(armor(), armor());
    assert_eq!(check(armor().as_bytes(), PURPOSE, TEXT), Ok(key(3).public()));
    assert_eq!(armored(&blob(&armor())), armor());
    assert!(!armor().contains('\r'));
}

#[test]
fn no_bit_of_a_signature_can_be_changed() {
    let blob = blob(&armor());
    let mut tried = 0;
    for at in 0..blob.len() {
        for bit in 0..8 {
            let mut changed = blob.clone();
            changed[at] ^= 1 << bit;
            let verdict = check(armored(&changed).as_bytes(), PURPOSE, TEXT);
            assert!(verdict.is_err(), "byte {at} bit {bit} of {} was accepted", blob.len());
            tried += 1;
        }
    }
    assert!(tried > 1_000, "only {tried} bits");
}

#[test]
fn no_bit_of_the_armor_can_be_changed() {
    let armor = armor().into_bytes();
    for at in 0..armor.len() {
        for bit in 0..8 {
            let mut changed = armor.clone();
            changed[at] ^= 1 << bit;
            assert!(check(&changed, PURPOSE, TEXT).is_err(), "byte {at} bit {bit} was accepted");
        }
    }
}

#[test]
fn a_signature_in_any_other_form_is_refused() {
    let good = armor();
    let other = sign(&key(4), PURPOSE, TEXT).unwrap();
    let one_line = good.replacen(&good.lines().nth(1).unwrap()[68..70], &format!("{}\n", &good.lines().nth(1).unwrap()[68..70]), 1);
    let forms = [
        ("text after the armor", format!("{good}more")),
        ("a line after the armor", format!("{good}\n")),
        ("text before the armor", format!("more\n{good}")),
        ("two armors", format!("{good}{good}")),
        ("the armors of two people", format!("{good}{other}")),
        ("Windows line ends", good.replace('\n', "\r\n")),
        ("no last line end", good.trim_end().to_owned()),
        ("a byte order mark", format!("\u{feff}{good}")),
        ("another line width", one_line),
        ("a blank", good.replacen('\n', " \n", 1)),
        ("lower-case label", good.replace("SSH SIGNATURE", "ssh signature")),
        ("another label", good.replace("SSH SIGNATURE", "SIGNATURE")),
        ("nothing", String::new()),
        ("half", good[..good.len() / 2].to_owned()),
    ];
    for (form, text) in forms {
        assert!(check(text.as_bytes(), PURPOSE, TEXT).is_err(), "{form} was accepted");
    }
}

#[test]
fn a_signature_counts_for_its_text_and_its_purpose_only() {
    assert_eq!(check(armor().as_bytes(), PURPOSE, b"another list\n"), Err(SignatureFault::Forged));
    let other = check(armor().as_bytes(), "pingyi.result.v1", TEXT);
    assert_eq!(other, Err(SignatureFault::OtherPurpose { found: PURPOSE.to_owned() }));
    let for_git = sign(&key(3), "git", TEXT).unwrap();
    assert_eq!(check(for_git.as_bytes(), PURPOSE, TEXT), Err(SignatureFault::OtherPurpose { found: "git".to_owned() }));
}

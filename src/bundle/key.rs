//! Keys: Ed25519 in OpenSSH's own formats, so that stock tools read them. The only place, with `sshsig`, that names the crate.

use std::{fmt, str::FromStr};

use ssh_key::{
    Algorithm, Cipher, HashAlg, Kdf, LineEnding, PrivateKey,
    private::{Ed25519Keypair, KeypairData},
    public::KeyData,
};
use zeroize::Zeroizing;

use crate::{
    bundle::passphrase::Passphrase,
    domain::text::{Explain, Message},
    msg,
};

/// Rounds of bcrypt-pbkdf for new key files: about a second on a laptop (OpenSSH's own default is 24).
pub const ROUNDS: u32 = 100;
/// Most rounds we are ready to wait for; a hostile key file could ask for four billion.
const MOST_ROUNDS: u32 = 2_000;
/// Longest key file that we read.
const LONGEST_FILE: usize = 64 * 1024;
/// Letters of the groups read aloud: without 0 and O, 1, I and L.
const ALOUD: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const GROUPS: usize = 6;
const GROUP: usize = 4;

/// Where random bytes come from; this module takes none by itself.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(KeyData);

/// A secret key. It is wiped from memory when dropped, cannot be copied and does not print.
pub struct SecretKey(PrivateKey);

/// A key could not be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a key in OpenSSH's format, or with something around it.
    #[error("not an OpenSSH key")]
    Malformed,
    /// A key of another type than Ed25519.
    #[error("not an Ed25519 key")]
    OtherType,
    /// The key file is protected and no passphrase was given.
    #[error("the key file needs its passphrase")]
    NeedsPassphrase,
    /// The passphrase does not open the key file.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// Opening the key file would take unreasonably long.
    #[error("the key file asks for too many rounds")]
    TooSlow,
}

impl PublicKey {
    pub(super) fn from_data(data: &KeyData) -> Result<Self, KeyError> {
        if data.algorithm() == Algorithm::Ed25519 { Ok(Self(data.clone())) } else { Err(KeyError::OtherType) }
    }

    /// The fingerprint as OpenSSH prints it: `SHA256:…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// The fingerprint in six groups of four to read aloud and to write on the sign-in sheet, for example `7Q2F-…`: 118 bits.
    #[must_use]
    pub fn groups(&self) -> String {
        let fingerprint = self.0.fingerprint(HashAlg::Sha256);
        let mut rest = fingerprint.as_bytes().iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
        let mut text = String::with_capacity(GROUPS * (GROUP + 1));
        for place in 0..GROUPS * GROUP {
            if place > 0 && place.is_multiple_of(GROUP) {
                text.push('-');
            }
            let letter = usize::try_from(rest % ALOUD.len() as u128).ok().and_then(|digit| ALOUD.get(digit));
            text.push(letter.copied().map_or('?', char::from));
            rest /= ALOUD.len() as u128;
        }
        text
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    /// Reads one OpenSSH line without comment. What does not print the same again is refused.
    fn from_str(line: &str) -> Result<Self, KeyError> {
        let read = ssh_key::PublicKey::from_openssh(line).map_err(|_| KeyError::Malformed)?;
        let key = Self::from_data(read.key_data())?;
        if key.to_string() == line { Ok(key) } else { Err(KeyError::Malformed) }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = ssh_key::PublicKey::new(self.0.clone(), "").to_openssh().map_err(|_| fmt::Error)?;
        f.pad(line.trim_end())
    }
}

impl SecretKey {
    /// The key that `seed` stands for. `comment` is stored beside it, inside the encryption.
    ///
    /// # Errors
    /// Never for an Ed25519 seed; the crate's constructor is fallible.
    pub fn from_seed(seed: &[u8; 32], comment: &str) -> Result<Self, KeyError> {
        let pair = KeypairData::from(Ed25519Keypair::from_seed(seed));
        PrivateKey::new(pair, comment).map(Self).map_err(|_| KeyError::Malformed)
    }

    /// A new key; takes 32 bytes from `random`.
    ///
    /// # Errors
    /// As [`SecretKey::from_seed`].
    pub fn generate(comment: &str, random: Random<'_>) -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0_u8; 32]);
        random(seed.as_mut_slice());
        Self::from_seed(&seed, comment)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// When it is no Ed25519 key in OpenSSH's format, or `passphrase` is missing or wrong.
    pub fn from_openssh(text: &str, passphrase: Option<&Passphrase>) -> Result<Self, KeyError> {
        if text.len() > LONGEST_FILE {
            return Err(KeyError::Malformed);
        }
        // Editors and mail add line ends of their own; for a key file, unlike a signature, that is harmless.
        let unix = Zeroizing::new(text.replace("\r\n", "\n"));
        let read = PrivateKey::from_openssh(unix.trim_start().as_bytes()).map_err(|_| KeyError::Malformed)?;
        PublicKey::from_data(read.public_key().key_data())?;
        if !read.is_encrypted() {
            return Ok(Self(read));
        }
        if matches!(read.kdf(), Kdf::Bcrypt { rounds, .. } if *rounds > MOST_ROUNDS) {
            return Err(KeyError::TooSlow);
        }
        let passphrase = passphrase.ok_or(KeyError::NeedsPassphrase)?;
        read.decrypt(passphrase.as_bytes()).map(Self).map_err(|_| KeyError::WrongPassphrase)
    }

    /// The key file, protected by `passphrase`; without one, open to whoever holds the file. Takes 20 bytes from `random`;
    /// the same bytes give the same file.
    ///
    /// # Errors
    /// When the crate refuses, which it does for no Ed25519 key.
    pub fn to_openssh(&self, passphrase: Option<&Passphrase>, random: Random<'_>) -> Result<Zeroizing<String>, KeyError> {
        let Some(passphrase) = passphrase else {
            return self.0.to_openssh(LineEnding::LF).map_err(|_| KeyError::Malformed);
        };
        let mut salt = vec![0_u8; 16];
        let mut check = [0_u8; 4];
        random(&mut salt);
        random(&mut check);
        let kdf = Kdf::Bcrypt { salt, rounds: ROUNDS };
        let locked = self.0.encrypt_with(Cipher::Aes256Ctr, kdf, u32::from_be_bytes(check), passphrase.as_bytes());
        locked.and_then(|key| key.to_openssh(LineEnding::LF)).map_err(|_| KeyError::Malformed)
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.public_key().key_data().clone())
    }

    pub(super) const fn inner(&self) -> &PrivateKey {
        &self.0
    }
}

impl Explain for KeyError {
    fn what(&self) -> Message {
        match self {
            Self::Malformed => msg!("err-key-malformed"),
            Self::OtherType => msg!("err-key-other-type"),
            Self::NeedsPassphrase => msg!("err-key-needs-passphrase"),
            Self::WrongPassphrase => msg!("err-key-wrong-passphrase"),
            Self::TooSlow => msg!("err-key-too-slow"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Malformed | Self::OtherType | Self::TooSlow => msg!("rec-key-own"),
            Self::NeedsPassphrase => msg!("rec-key-passphrase"),
            Self::WrongPassphrase => msg!("rec-key-retry"),
        }
    }
}

//! Signatures: OpenSSH's SSHSIG, written and read in exactly one form.
//!
//! The format can say one thing in several ways (nested lengths, version 0, line ends, text around the armor), and stock
//! tools accept some of them. Here what does not re-encode to the very same bytes is refused (reliability row 12).

use ssh_key::{Algorithm, HashAlg, LineEnding, SshSig};

use crate::{
    bundle::key::{PublicKey, SecretKey},
    domain::text::{Explain, Message},
    msg,
};

/// Longest signature file; an Ed25519 one has about 300 bytes.
pub const LONGEST: u64 = 4 * 1024;

/// A signature file is not a signature over these bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// Not an armored SSHSIG signature.
    #[error("not a signature")]
    Malformed,
    /// A signature, but with something around it or written in another way than ours.
    #[error("a signature in an unusual form")]
    NotCanonical,
    /// Made with a key of another type than Ed25519.
    #[error("not an Ed25519 signature")]
    OtherType,
    /// Made for another purpose.
    #[error("a signature for {found:?}")]
    OtherPurpose {
        /// The purpose it states.
        found: String,
    },
    /// Does not fit the bytes.
    #[error("the signature does not fit")]
    Forged,
}

/// Signs `bytes` for the purpose `namespace`. Equal input gives equal output, always.
///
/// # Errors
/// When the crate refuses, which it does for no Ed25519 key and no purpose of ours.
pub fn sign(key: &SecretKey, namespace: &str, bytes: &[u8]) -> Result<String, SignatureFault> {
    let made = key.inner().sign(namespace, HashAlg::Sha512, bytes).map_err(|_| SignatureFault::OtherType)?;
    made.to_pem(LineEnding::LF).map_err(|_| SignatureFault::Malformed)
}

/// Checks that `armor` is a signature over `bytes` for the purpose `namespace`, and returns the key that made it.
/// Whose key that is, is the next question.
///
/// # Errors
/// When it is not, or is written in any but the one form.
pub fn check(armor: &[u8], namespace: &str, bytes: &[u8]) -> Result<PublicKey, SignatureFault> {
    let read = SshSig::from_pem(armor).map_err(|_| SignatureFault::Malformed)?;
    let again = read.to_pem(LineEnding::LF).map_err(|_| SignatureFault::Malformed)?;
    if again.as_bytes() != armor || read.version() != SshSig::VERSION || !read.reserved().is_empty() {
        return Err(SignatureFault::NotCanonical);
    }
    let key = PublicKey::from_data(read.public_key()).map_err(|_| SignatureFault::OtherType)?;
    if read.algorithm() != Algorithm::Ed25519 {
        return Err(SignatureFault::OtherType);
    }
    if read.namespace() != namespace {
        return Err(SignatureFault::OtherPurpose { found: read.namespace().to_owned() });
    }
    let signer = ssh_key::PublicKey::from(read.public_key().clone());
    signer.verify(namespace, bytes, &read).map_err(|_| SignatureFault::Forged)?;
    Ok(key)
}

impl Explain for SignatureFault {
    fn what(&self) -> Message {
        match self {
            Self::Malformed => msg!("err-signature-malformed"),
            Self::NotCanonical => msg!("err-signature-not-canonical"),
            Self::OtherType => msg!("err-signature-other-type"),
            Self::OtherPurpose { found } => msg!("err-signature-other-purpose", found = found),
            Self::Forged => msg!("err-signature-forged"),
        }
    }

    fn advice(&self) -> Message {
        msg!("rec-bundle-again")
    }
}

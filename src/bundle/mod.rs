//! Bytes that travel: signed bundles 签名包, written in one form and verified on one path.
//!
//! A bundle is a ZIP archive with one top folder, in it a BagIt 1.0 bag, in it OpenSSH signatures over the tag manifest; so a
//! stranger can check it with stock tools. Our own reader is stricter than those: what they would overlook is refused here.
//!
//! Reading order: [`kind`], [`name`] and [`passport`] (what there is), [`key`], [`sshsig`], [`trust`] and [`allowed`] (who signs),
//! [`draft`] and [`write`](mod@write) (out), [`stage`], [`inspect`], [`layer`] and [`verified`] (in), [`excerpt`] (a part of one bundle inside another). A bundle that was not
//! inspected cannot be read, by type: only [`stage::Staged::inspect`] makes a [`verified::Verified`].

mod admit;
pub mod allowed;
pub mod archive;
pub mod bag;
mod contents;
pub mod draft;
pub mod excerpt;
pub mod inspect;
pub mod key;
pub mod kind;
pub mod layer;
pub mod name;
pub mod passphrase;
pub mod passport;
mod sign_check;
mod sink;
pub mod sshsig;
pub mod stage;
pub mod trust;
pub mod verified;
pub mod write;

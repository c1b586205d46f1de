//! `pingyi key …`: Ed25519 keys in OpenSSH format, one file a person.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    bundle::{key::PublicKey, kind::role_of},
    cli::{
        Failure, Run,
        args::{KeyCommand, KeyNewArgs, KeyPasswdArgs},
        out::Exit,
        secret,
    },
    domain::{ids::PersonCode, panel::Role},
    msg,
    workflow::keys,
};

/// `key …`.
pub(crate) fn run(run: &mut Run<'_>, command: KeyCommand) -> Result<Exit, Failure> {
    match command {
        KeyCommand::New(arguments) => new(run, &arguments),
        KeyCommand::Show(arguments) => {
            let code: PersonCode = arguments.name.name.parse()?;
            let public = keys::public(&run.home, &code)?;
            match (&arguments.to, arguments.role.as_deref().and_then(role_of)) {
                (Some(to), Some(role)) => hand_out(run, &code, role, to),
                _ => show(run, &[(code.file_stem(), public)]),
            }
        }
        KeyCommand::List => {
            let known: Vec<(String, PublicKey)> = keys::list(&run.home)?.into_iter().map(|known| (known.name, known.public)).collect();
            show(run, &known)
        }
        KeyCommand::Passwd(arguments) => change_passphrase(run, &arguments),
        KeyCommand::Revoke(named) => {
            let code: PersonCode = named.name.parse()?;
            let public = run.here(|home, here| keys::retire(home, &code, here))?;
            let document = json!({ "code": code, "fingerprint": public.fingerprint(), "groups": public.groups(), "state": "retired" });
            run.out.tell(&msg!("say-key-retired", code = code, groups = public.groups()), &document)?;
            Ok(Exit::Done)
        }
    }
}

fn new(run: &mut Run<'_>, arguments: &KeyNewArgs) -> Result<Exit, Failure> {
    let code: PersonCode = arguments.name.parse()?;
    let passphrase =
        if arguments.no_passphrase { None } else { Some(secret::chosen(run, arguments.passphrase.passphrase_file.as_deref())?) };
    let public = run.here(|home, here| keys::create(home, &code, passphrase.as_ref(), here))?;
    show(run, &[(code.file_stem(), public)])
}

/// Writes the list that others verify by.
fn hand_out(run: &mut Run<'_>, code: &PersonCode, role: Role, to: &Path) -> Result<Exit, Failure> {
    let public = keys::hand_out(&run.home, code, role, to)?;
    let document = json!({ "file": to, "code": code, "fingerprint": public.fingerprint(), "groups": public.groups() });
    run.out.tell(&msg!("say-key-handed-out", file = to.display(), groups = public.groups()), &document)?;
    Ok(Exit::Done)
}

fn change_passphrase(run: &mut Run<'_>, arguments: &KeyPasswdArgs) -> Result<Exit, Failure> {
    let code: PersonCode = arguments.name.name.parse()?;
    let old = secret::entered(run, &code, &arguments.passphrase)?;
    let new = secret::chosen(run, arguments.new_passphrase_file.as_deref())?;
    run.here(|home, here| keys::change_passphrase(home, &code, old.as_ref(), &new, here))?;
    run.out.tell(&msg!("say-passphrase-changed", code = code), &json!({ "code": code, "changed": true }))?;
    Ok(Exit::Done)
}

fn show(run: &mut Run<'_>, known: &[(String, PublicKey)]) -> Result<Exit, Failure> {
    if run.out.json {
        let document = |(name, public): &(String, PublicKey)| json!({ "name": name, "public": public.to_string(), "fingerprint": public.fingerprint(), "groups": public.groups() });
        run.out.json(&Value::from(known.iter().map(document).collect::<Vec<_>>()))?;
        return Ok(Exit::Done);
    }
    for (name, public) in known {
        run.out.line(&format!("{name}  {}", public.groups()))?;
        run.out.line(&format!("    {}", public.fingerprint()))?;
        run.out.line(&format!("    {public}"))?;
    }
    Ok(Exit::Done)
}

//! Stock office programs read our reports: LibreOffice finds the sealed figures in the workbook, and Chromium prints the page whole and
//! asks the network for nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use pingyi::{
    bundle::allowed,
    report::{Format, notice::Publicity},
    workflow::report::{Order, read},
};
use serde_json::Value;

use crate::support::{bundle::unpack, stage};

/// Writes a report on the result of the sample call.
fn report(format: &str, public: bool, to: &Path) -> PathBuf {
    let list = fs::read_to_string(stage::root().join("office.allowed_signers")).unwrap();
    let trust = allowed::read(&list).unwrap();
    let order =
        Order { format: Format::find(format).unwrap(), public: public.then(Publicity::default), language: None, to, replace: false };
    read(&stage::bundle("result-sx-2026-01-p1-r1.zip"), Some(&trust)).unwrap().write(order).unwrap().path
}

/// Runs a tool, which must be content, and gives what it said.
fn run(tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool).args(arguments).output().unwrap_or_else(|error| panic!("{tool}: {error}"));
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{tool}: {said}");
    said
}

/// Totals of the sealed result, by application; those of applications without one are left out.
fn sealed() -> Vec<(String, String)> {
    let members = unpack(&fs::read(stage::bundle("result-sx-2026-01-p1-r1.zip")).unwrap());
    let results: Value = serde_json::from_slice(&members["data/results.json"]).unwrap();
    let applications = results["items"].as_array().unwrap().iter().flat_map(|item| item["applications"].as_array().unwrap().clone());
    let total = |one: Value| Some((one["id"].as_str()?.to_owned(), one["total"].as_str()?.to_owned()));
    applications.filter_map(total).collect()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
#[ignore = "needs LibreOffice; .ci/run runs it"]
fn libreoffice_reads_the_sealed_figures_from_the_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let book = report("xlsx", false, folder.path());
    let profile = format!("-env:UserInstallation=file://{}", path(&folder.path().join("profile")));
    let first_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,1";
    run("soffice", &[&profile, "--headless", "--convert-to", first_sheet, "--outdir", path(folder.path()), path(&book)]);
    let csv = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|file| file.extension().is_some_and(|one| one == "csv"));
    let text = fs::read_to_string(csv.unwrap()).unwrap();
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert!(rows[0][0].contains("正式 OFFICIAL"), "{:?}", rows[0]);
    let sealed = sealed();
    assert_eq!(sealed.len(), 23);
    for (application, total) in sealed {
        let row = rows.iter().find(|row| row.get(4) == Some(&application)).unwrap();
        assert_eq!(row[9], total, "{application} as LibreOffice shows it");
    }
}

#[test]
#[ignore = "needs Chromium and pdftotext; .ci/run runs it"]
fn chromium_prints_the_page_whole_with_its_figures_and_its_mark_on_every_sheet_of_paper() {
    let folder = tempfile::tempdir().unwrap();
    for public in [false, true] {
        let page = report("html", public, folder.path());
        let html = fs::read_to_string(&page).unwrap();
        for word in ["http:", "https:", "src=", "<link", "@import", "url("] {
            assert!(!html.contains(word), "{word} would ask for something from elsewhere");
        }
        let (pdf, profile) = (folder.path().join("page.pdf"), folder.path().join(format!("profile-{public}")));
        let (to, data) = (format!("--print-to-pdf={}", path(&pdf)), format!("--user-data-dir={}", path(&profile)));
        let quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
        let more = ["--disable-component-update", "--disable-sync", "--no-pdf-header-footer", &data, &to, path(&page)];
        run("chromium", &[&quiet[..], &more[..]].concat());
        let text = run("pdftotext", &["-layout", path(&pdf), "-"]);
        let sheets: Vec<&str> = text.split('\u{c}').filter(|sheet| !sheet.trim().is_empty()).collect();
        assert!(!sheets.is_empty());
        for (at, sheet) in sheets.iter().enumerate() {
            assert!(sheet.matches("OFFICIAL").count() >= 2, "sheet {} says above and below what it is: {sheet}", at + 1);
        }
        let named = ["sx-0001", "sx-0004", "sx-0005", "sx-0009", "sx-0013", "sx-0017"];
        for (application, total) in sealed().into_iter().filter(|(id, _)| !public || named.contains(&id.as_str())) {
            let is_told = text.lines().any(|line| line.contains(&application) && line.contains(&total));
            assert!(is_told, "{application} {total} is on the paper");
        }
    }
}

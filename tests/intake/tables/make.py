"""The sample applications as an office would keep them: three forms of the same list, and a roster.

    pip install openpyxl
    apt-get install libreoffice-calc-nogui
    python3 tests/intake/tables/make.py

applications.xlsx   a title over merged cells, groups of rows under their call item, numbers as text with separators, words for
                    codes, lists in cells one a line, members merged over their contributions
applications.xls    the same through LibreOffice: numbers as numbers, days as days, codes
applications.ods    the same once more
*.csv               GB18030, one file for each list
roster.xlsx         the roster of the sample
"""

import csv
import datetime
import pathlib
import subprocess
import tempfile
import tomllib

from openpyxl import Workbook
from openpyxl.styles import Alignment

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
PACKAGE = ROOT / "sample-data/package"
HEADINGS = tomllib.loads((ROOT / "src/intake/columns/headings.toml").read_text())
NAMES = HEADINGS["heading"]
APPLICATIONS = [tomllib.loads(path.read_text()) for path in sorted((PACKAGE / "applications").glob("*.toml"))]
CODES = tomllib.loads((PACKAGE / "reference/codes.toml").read_text())
CALL = tomllib.loads((PACKAGE / "call.toml").read_text())
UNITS = {
    "money.investment_total": "万元", "money.running_cost": "万元", "money.running_income": "万元",
    "conditions.equipment_value": "万元", "conditions.area_m2": "平方米", "funding[].amount": "万元",
    "cost[].amount": "万元", "income[].amount": "万元", "consortium[].contribution[].amount": "万元",
    "conditions.dual_teachers_pct": "%", "sharing.targets.external_pct": "%",
}
LISTS = ["consortium[]", "positioning.compared[]", "function[]", "sharing.linked_platforms[]", "sharing.linked_carriers[]",
         "funding[]", "cost[]", "income[]", "schedule.milestones[]", "compliance.gates[]", "attachment[]"]
OWN = [path for path in NAMES if "[]" not in path]
COUNTED = {"demand.annual_demand", "demand.annual_gap", "conditions.area_m2", "conditions.equipment_value", "conditions.stations",
           "conditions.dual_teachers_pct", "conditions.studios", "conditions.sim_systems", "sharing.targets.visits",
           "sharing.targets.external_pct", "sharing.targets.open_hours", "operation.full_time", "money.investment_total",
           "money.running_cost", "money.running_income"}


def words():
    """For each field: its codes, and the word that an office writes for each."""
    found = {path: {code: names[0] for code, names in codes.items()} for path, codes in HEADINGS["word"].items()}
    lists = {"applicant.city": "city", "direction.family": "family", "direction.industries": "industry",
             "direction.strategies": "strategy", "direction.services": "service", "function[].code": "function",
             "sharing.audiences": "audience", "sharing.linked_platforms[].kind": "platform"}
    for path, name in lists.items():
        found[path] = {entry["code"]: entry["name"]["zh"] for entry in CODES[name]}
    found["applicant.city"] = {code: name + "市" for code, name in found["applicant.city"].items()}
    found["item"] = {item["id"]: item["title"]["zh"] for item in CALL["item"]}
    return found


WORDS = words()


def get(record, path):
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record


class Form:
    """How a list writes its cells."""

    def __init__(self, words, numbers, separator, grouped=False):
        self.words, self.numbers, self.separator, self.grouped = words, numbers, separator, grouped

    def one(self, path, value):
        return WORDS.get(path, {}).get(value, value) if self.words else value

    def cell(self, path, value):
        if value is None:
            return None
        if isinstance(value, bool):
            return ("是" if value else "否") if self.words else value
        if isinstance(value, list):
            entries = [self.one(path, entry) for entry in value]
            clash = any(mark in entry for entry in entries for mark in "、；;")
            return ("\n" if clash else self.separator).join(entries) or None
        if path in COUNTED or path.endswith(("amount", "capacity_year")):
            if self.numbers:
                return float(value) if "." in value else int(value)
            whole, _, places = value.partition(".")
            return f"{int(whole):,}" + ("." + places if places else "")
        if self.numbers and path in ("received", "schedule.start", "schedule.finish", "consortium[].agreement", "schedule.milestones[].date",
                                     "compliance.credit_check"):
            return datetime.date.fromisoformat(value)
        return self.one(path, value)

    def heading(self, path):
        unit = UNITS.get(path)
        return NAMES[path][0] + (f"（{unit}）" if unit else "")


def used(paths, of):
    return [path for path in paths if any(of(record, path) not in (None, "", []) for record in APPLICATIONS)]


def main_table(form):
    """Headings and rows; a row that is one text begins a group."""
    paths = [path for path in used(OWN, get) if not (form.grouped and path == "item")]
    rows = [[form.heading(path) for path in paths]]
    item = None
    for record in sorted(APPLICATIONS, key=lambda record: record["item"]) if form.grouped else APPLICATIONS:
        if form.grouped and record["item"] != item:
            item = record["item"]
            number = "一二三四五六七八九十"[int(item[1:]) - 1]
            rows.append(f"{number}、{WORDS['item'][item]}")
        rows.append([form.cell(path, get(record, path)) for path in paths])
    return rows


def entries(record, name):
    """The entries of a list as flat dictionaries by path."""
    base = name[:-2]
    if name == "compliance.gates[]":
        return [{f"{name}.gate": gate, **{f"{name}.{key}": value for key, value in answer.items()}}
                for gate, answer in record["compliance"]["gates"].items()]
    found = []
    for entry in get(record, base) or []:
        flat = {f"{name}.{key}": value for key, value in entry.items() if not isinstance(value, dict) and key != "contribution"}
        flat |= {f"{name}.{key}.{inner}": text for key, value in entry.items() if isinstance(value, dict) for inner, text in value.items()}
        given = [{f"{name}.contribution[].{key}": value for key, value in one.items()} for one in entry.get("contribution", [])]
        found += [flat | one for one in given] or [flat]
    return found


def list_table(form, name):
    paths = [path for path in NAMES if path.startswith(name)]
    all_entries = [(record, entry) for record in APPLICATIONS for entry in entries(record, name)]
    paths = [path for path in paths if any(path in entry for _, entry in all_entries)]
    rows = [[NAMES["id"][0]] + [form.heading(path) for path in paths]]
    rows += [[record["id"]] + [form.cell(path, entry.get(path)) for path in paths] for record, entry in all_entries]
    return rows


def sheet_name(name):
    return HEADINGS["sheet"][name][0]


def workbook(form, titled):
    book = Workbook()
    sheet = book.active
    sheet.title = "申报项目汇总表"
    table = main_table(form)
    width = len(table[0])
    if titled:
        sheet.append(["2026年省级产教融合重大平台载体和实训基地申报项目汇总表"])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        sheet.append(["填报单位：示例省产教融合评审办公室"])
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
    for row in table:
        sheet.append([row] if isinstance(row, str) else row)
        if isinstance(row, str):
            sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=width)
    if titled:
        for _ in range(3):
            sheet.append([None, " "])
        for row in sheet.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True)
                cell.number_format = "@"
    for name in LISTS:
        table = list_table(form, name)
        if len(table) == 1:
            continue
        sheet = book.create_sheet(sheet_name(name))
        for row in table:
            sheet.append(row)
        if titled and name == "consortium[]":
            merge_members(sheet, table)
    book.create_sheet("填表说明").append(["本表由各市汇总后报送。"])
    return book


def merge_members(sheet, table):
    """Members with several contributions are written once, over merged cells."""
    shared = [column for column, heading in enumerate(table[0]) if not heading.startswith("投入")]
    first = 1
    while first < len(table):
        last = first
        while last + 1 < len(table) and all(table[last + 1][column] == table[first][column] for column in shared):
            last += 1
        if last > first:
            for column in shared:
                sheet.merge_cells(start_row=first + 1, start_column=column + 1, end_row=last + 1, end_column=column + 1)
        first = last + 1


def csv_tables():
    form = Form(words=True, numbers=False, separator="、")
    tables = {"申报项目汇总表": main_table(form)} | {sheet_name(name): list_table(form, name) for name in LISTS}
    for name, rows in tables.items():
        if len(rows) > 1:
            with open(HERE / f"{name}.csv", "w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows(rows)


def roster():
    people = tomllib.loads((PACKAGE / "roster.toml").read_text())["person"]
    paths = [path for path in HEADINGS["roster"] if any(path in person for person in people)]
    book = Workbook()
    sheet = book.active
    sheet.title = "专家名单"
    sheet.append(["评审组人员名单"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(paths))
    sheet.append([HEADINGS["roster"][path][0] for path in paths])
    form = Form(words=True, numbers=False, separator="、")
    for person in people:
        sheet.append([form.cell(path, person.get(path)) for path in paths])
    book.save(HERE / "roster.xlsx")


def main():
    workbook(Form(words=True, numbers=False, separator="\n", grouped=True), titled=True).save(HERE / "applications.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / "applications.xlsx"
        workbook(Form(words=False, numbers=True, separator="；"), titled=False).save(plain)
        for kind in ("xls:MS Excel 97", "ods"):
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", HERE, plain], check=True)
    csv_tables()
    roster()


main()

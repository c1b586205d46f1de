//! Reference data: unique ids, the eleven cities, codes that exist, and spans of time that run forward.

use crate::{
    domain::{
        finding::Finding,
        load::{
            codes::{CITIES, check_city, check_code},
            file::File,
        },
        package::Package,
        reference::Code,
        time::Day,
    },
    msg,
};

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    check_codes(package, out);
    check_map(package, out);
    check_bases(package, out);
}

fn check_codes(package: &Package, out: &mut Vec<Finding>) {
    let codes = &package.codes;
    let mut file = File::new("reference/codes.toml", out);
    file.check_schema(codes.schema);
    file.check_unique(codes.cities.iter().enumerate().map(|(index, city)| (format!("city[{index}].code"), city.code.as_str())));
    for (index, city) in codes.cities.iter().enumerate() {
        check_city(&mut file, &format!("city[{index}].code"), &city.code);
    }
    for city in CITIES.iter().filter(|city| codes.city(city).is_none()) {
        file.error("city", msg!("err-city-missing", code = city), msg!("rec-city-missing"));
    }
    let lists: [(&str, &[Code]); 7] = [
        ("family", &codes.families),
        ("industry", &codes.industries),
        ("strategy", &codes.strategies),
        ("service", &codes.services),
        ("function", &codes.functions),
        ("audience", &codes.audiences),
        ("platform", &codes.platforms),
    ];
    for (table, list) in lists {
        file.check_unique(list.iter().enumerate().map(|(index, code)| (format!("{table}[{index}].code"), code.code.as_str())));
        for (index, code) in list.iter().enumerate() {
            check_span(&mut file, &format!("{table}[{index}]"), code.valid_from, code.valid_to);
        }
    }
}

fn check_map(package: &Package, out: &mut Vec<Finding>) {
    let mut file = File::new("reference/industry-map.toml", out);
    let clusters = package.map.clusters.iter().enumerate();
    file.check_schema(package.map.schema);
    file.check_unique(clusters.clone().map(|(index, cluster)| (format!("cluster[{index}].id"), cluster.id.as_str())));
    for (index, cluster) in clusters {
        let path = format!("cluster[{index}]");
        check_city(&mut file, &format!("{path}.city"), &cluster.city);
        check_code(&mut file, &format!("{path}.industry"), &cluster.industry, &package.codes.industries, None);
        check_code(&mut file, &format!("{path}.family"), &cluster.family, &package.codes.families, None);
        check_span(&mut file, &path, Some(cluster.valid_from), cluster.valid_to);
    }
}

fn check_bases(package: &Package, out: &mut Vec<Finding>) {
    let mut file = File::new("reference/existing-bases.toml", out);
    let bases = package.bases.bases.iter().enumerate();
    file.check_schema(package.bases.schema);
    file.check_unique(bases.clone().map(|(index, base)| (format!("base[{index}].id"), base.id.as_str())));
    for (index, base) in bases {
        let path = format!("base[{index}]");
        check_city(&mut file, &format!("{path}.city"), &base.city);
        check_code(&mut file, &format!("{path}.platform"), &base.platform, &package.codes.platforms, None);
        check_code(&mut file, &format!("{path}.industry"), &base.industry, &package.codes.industries, None);
        for (number, function) in base.functions.iter().enumerate() {
            check_code(&mut file, &format!("{path}.functions[{number}]"), function, &package.codes.functions, None);
        }
        check_span(&mut file, &path, Some(base.valid_from), base.valid_to);
    }
}

fn check_span(file: &mut File, path: &str, from: Option<Day>, to: Option<Day>) {
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        file.error(&format!("{path}.valid_to"), msg!("err-span", from = from, to = to), msg!("rec-span"));
    }
}

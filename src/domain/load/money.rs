//! Money adds up: the sources pay for the investment, and the cost lines spend it.

use rust_decimal::Decimal;

use crate::{
    domain::{
        application::Application,
        finding::Finding,
        load::file::{File, application_name},
        names::same_name,
        overlap::common_costs,
        package::Package,
    },
    msg,
};

pub(super) fn check_application(file: &mut File, application: &Application) {
    let Some(total) = application.money.investment_total.map(|total| total.get()) else { return };
    let costs: Decimal = application.costs.iter().map(|cost| cost.amount.get()).sum();
    let funding = application.funding_total();
    if !application.funding.is_empty() && funding != total {
        let what = msg!("err-funding-sum", sum = funding, total = total, difference = (funding - total).abs());
        file.error("funding", what, msg!("rec-funding-sum"));
    }
    if !application.costs.is_empty() && costs != total {
        let what = msg!("err-cost-sum", sum = costs, total = total, difference = (costs - total).abs());
        file.error("cost", what, msg!("rec-cost-sum"));
    }
}

/// The same cost line claimed twice (一(二)1: 一钱多用 is one fund for many uses, not one bill paid twice).
pub(super) fn check_twice(package: &Package, out: &mut Vec<Finding>) {
    for (place, application) in package.applications.iter().enumerate() {
        let mut file = File::new(application_name(application), out);
        for (index, cost) in application.costs.iter().enumerate() {
            let earlier = application.costs.iter().take(index);
            if earlier.into_iter().any(|twin| twin.amount == cost.amount && same_name(&twin.name, &cost.name)) {
                let what = msg!("warn-cost-twice-here", cost = &cost.name, amount = cost.amount);
                file.warning(&format!("cost[{index}]"), what, msg!("rec-cost-twice"));
            }
        }
        for other in package.applications.iter().take(place) {
            for cost in common_costs(application, other) {
                let what = msg!("warn-cost-twice", cost = &cost.name, amount = cost.amount, other = &other.id);
                file.warning("cost", what, msg!("rec-cost-twice"));
            }
        }
    }
}

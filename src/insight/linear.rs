//! Small systems of linear equations.
//!
//! Gaussian elimination with partial pivoting: Golub & Van Loan, Matrix Computations, 4th ed. (2013), section 3.4. The systems
//! here have one unknown for each reviewer of a panel, and are positive definite.

/// A pivot smaller than this part of the largest coefficient is rounding: the equations do not decide.
const SINGULAR: f64 = 1e-12;

/// Solves for as many unknowns as there are `equations`. Each is its coefficients, followed by any number of right-hand sides; the
/// answer has for each unknown one value a right-hand side. `None` where the equations do not decide, or are of the wrong length.
#[must_use]
pub fn solve(equations: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let unknowns = equations.len();
    let coefficients = equations.iter().flat_map(|equation| equation.iter().take(unknowns));
    let least = SINGULAR * crate::insight::moments::magnitude(coefficients);
    let reduced = eliminate(equations, least)?;
    // The last unknown is known first; each equation before it needs only those behind it.
    let mut solved: Vec<Vec<f64>> = Vec::with_capacity(unknowns);
    for (pivot, rest) in reduced.iter().rev() {
        let (coefficients, sides) = rest.split_at_checked(solved.len())?;
        let known = |side: usize| coefficients.iter().zip(solved.iter().rev()).filter_map(move |(c, x)| Some(c * x.get(side)?));
        let values = sides.iter().enumerate().map(|(side, value)| (value - known(side).sum::<f64>()) / pivot).collect();
        solved.push(values);
    }
    solved.reverse();
    Some(solved)
}

/// Triangular form: for each unknown its pivot, and what else stands in that equation.
fn eliminate(mut equations: Vec<Vec<f64>>, least: f64) -> Option<Vec<(f64, Vec<f64>)>> {
    let mut reduced = Vec::with_capacity(equations.len());
    let lead = |equation: &Vec<f64>| equation.first().copied().unwrap_or_default().abs();
    while let Some(at) = (0..equations.len()).max_by(|a, b| {
        let [a, b] = [a, b].map(|at| equations.get(*at).map(lead).unwrap_or_default());
        a.total_cmp(&b)
    }) {
        let chosen = equations.swap_remove(at);
        let (pivot, rest) = chosen.split_first()?;
        if pivot.abs() <= least {
            return None;
        }
        for equation in &mut equations {
            let (own, tail) = equation.split_first()?;
            let factor = own / pivot;
            *equation = tail.iter().zip(rest).map(|(a, b)| a - factor * b).collect();
        }
        reduced.push((*pivot, rest.to_vec()));
    }
    Some(reduced)
}

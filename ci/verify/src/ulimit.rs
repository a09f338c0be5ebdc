//! What this process and those it starts may use, where that is little.
//!
//! A limit strikes where nobody looks for it: a library cannot be mapped, and the compiler says
//! that there is none.

use std::fs;

/// A row of Linux's `/proc/self/limits`, the option of `ulimit` that sets it, how many of the row's
/// units make one of that option's, and how many of these are enough for anything done here.
const ROWS: [(&str, &str, u64, u64); 7] = [
    ("Max address space", "-v", 1024, 8 << 20),
    ("Max cpu time", "-t", 1, 3600),
    ("Max data size", "-d", 1024, 8 << 20),
    ("Max file size", "-f", 1024, 4 << 20),
    ("Max open files", "-n", 1, 256),
    ("Max processes", "-u", 1, 512),
    ("Max stack size", "-s", 1024, 4 << 10),
];

/// The limits that may be too low, as `ulimit` shows them: `ulimit -v 500000`. Elsewhere than on
/// Linux nothing is known of them.
pub(crate) fn tight() -> Vec<String> {
    tight_of(&fs::read_to_string("/proc/self/limits").unwrap_or_default())
}

fn tight_of(table: &str) -> Vec<String> {
    let tight = ROWS.iter().filter_map(|(row, option, unit, enough)| {
        let rest = table.lines().find_map(|line| line.strip_prefix(row))?;
        let soft: u64 = rest.split_whitespace().next()?.parse().ok()?;
        (soft / unit < *enough).then(|| format!("ulimit {option} {}", soft / unit))
    });
    tight.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max file size             unlimited            unlimited            bytes     
Max stack size            8388608              unlimited            bytes     
Max processes             96311                96311                processes 
Max open files            1024                 1048576              files     
Max address space         unlimited            unlimited            bytes     
";

    #[test]
    fn what_a_shell_gives_by_default_is_enough() {
        assert_eq!(tight_of(TABLE), [""; 0]);
        assert_eq!(tight_of(""), [""; 0]);
    }

    #[test]
    fn a_low_limit_is_told_as_ulimit_sets_it() {
        let table =
            TABLE.replace("address space         unlimited", "address space         512000000");
        let table = table.replace("open files            1024", "open files            24");
        assert_eq!(tight_of(&table), ["ulimit -v 500000", "ulimit -n 24"]);
    }
}

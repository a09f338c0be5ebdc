//! Minutes in words.

/// `35 min`, `3 h`, `3 h 10`.
pub(super) fn duration(minutes: usize) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_an_hour() {
        for (minutes, words) in
            [(5, "5 min"), (55, "55 min"), (60, "1 h"), (65, "1 h 05"), (190, "3 h 10")]
        {
            assert_eq!(duration(minutes), words);
        }
    }
}

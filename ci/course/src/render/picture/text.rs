//! How wide text is, and where its lines end.

use unicode_width::UnicodeWidthChar;

/// What a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    /// A holder's name: Open Sans, semibold.
    Name,
    /// An object: Source Code Pro.
    Object,
    /// What lies in a slot: the same, smaller.
    Slot,
    /// A title, and what is written on an arrow: Open Sans, small.
    Note,
}

impl Font {
    /// Its size in pixels, as `picture.css` has it.
    pub(super) fn size(self) -> f64 {
        match self {
            Font::Name | Font::Object => 14.0,
            Font::Slot | Font::Note => 13.0,
        }
    }

    /// The height of a line.
    pub(super) fn line(self) -> f64 {
        self.size() + 4.0
    }

    fn advance(self, char: char) -> f64 {
        let mono = matches!(self, Font::Object | Font::Slot);
        let narrow = usize::try_from(u32::from(char)).ok().and_then(|code| code.checked_sub(32));
        let known = narrow.and_then(|at| SEMIBOLD.get(at)).copied();
        let wide = match (char.width().unwrap_or(1), mono, known) {
            (0, ..) => 0,
            (1, true, _) => 600,
            (1, false, Some(known)) => known,
            // The widest letter of the font beyond ASCII.
            (1, false, None) => 960,
            _ => 1200,
        };
        f64::from(wide) * self.size() / 1000.0
    }

    /// The width of a line.
    pub(super) fn width(self, text: &str) -> f64 {
        text.chars().map(|char| self.advance(char)).sum()
    }
}

/// Text in lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    /// The bytes at which its lines begin, but for the first one.
    pub(super) breaks: Vec<usize>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Breaks `text` into lines of at most `most` pixels: at spaces, else in a word behind a mark such
/// as `_`, else anywhere.
pub(super) fn lines(text: &str, font: Font, most: f64) -> Lines {
    let mut breaks = Vec::new();
    let mut start = 0;
    while let Some(end) = next_break(&text[start..], font, most) {
        start += end;
        breaks.push(start);
    }
    let starts = [0].into_iter().chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([text.len()]);
    let widths = starts.zip(ends).map(|(from, to)| font.width(text[from..to].trim()));
    let width = widths.fold(0.0, f64::max);
    Lines { width, height: font.line() * (breaks.len() + 1) as f64, breaks }
}

/// Where the second line of `text` begins, if it does not fit into one.
fn next_break(text: &str, font: Font, most: f64) -> Option<usize> {
    let line = text.find('\n').map_or(text, |end| &text[..end]);
    if font.width(line.trim_end()) <= most {
        return (line.len() < text.len()).then_some(line.len() + 1);
    }
    let fits = |at: &usize| *at > 0 && font.width(line[..*at].trim_end()) <= most;
    let after = |marks: &[char]| {
        let ends = line.char_indices().filter(|(_, char)| marks.contains(char));
        let ends = ends.map(|(at, char)| at + char.len_utf8());
        ends.filter(|end| *end < line.len()).rfind(fits)
    };
    let anywhere = || line.char_indices().map(|(at, _)| at).rfind(fits);
    let first = || line.chars().next().map(char::len_utf8).filter(|at| *at < line.len());
    after(&[' '])
        .or_else(|| after(&['_', '.', '/', ',', '(', '[']))
        .or_else(anywhere)
        .or_else(first)
}

/// The widths of ASCII from the space on, in thousandths of the size: Open Sans as mdBook has it,
/// semibold, which is the wider of the two that pictures use.
const SEMIBOLD: [u16; 95] = [
    260, 276, 436, 646, 571, 862, 740, 243, 317, 317, 548, 571, 267, 322, 275, 390, 571, 571, 571,
    571, 571, 571, 571, 571, 571, 571, 275, 278, 571, 571, 571, 453, 898, 661, 660, 634, 734, 558,
    532, 726, 751, 305, 299, 639, 542, 923, 783, 787, 615, 787, 639, 550, 566, 742, 622, 946, 622,
    592, 575, 330, 390, 330, 537, 429, 592, 580, 623, 495, 623, 576, 363, 556, 635, 279, 279, 572,
    279, 956, 635, 611, 623, 623, 431, 487, 393, 635, 535, 817, 551, 536, 478, 386, 551, 371, 571,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, most: f64) -> Vec<&str> {
        let lines = lines(text, Font::Slot, most);
        let starts = [0].into_iter().chain(lines.breaks.iter().copied());
        let ends = lines.breaks.iter().copied().chain([text.len()]);
        starts.zip(ends).map(|(from, to)| text[from..to].trim()).collect()
    }

    #[test]
    fn lines_end_at_spaces_then_in_words_then_anywhere() {
        assert_eq!(broken("argument of it", 90.0), ["argument of", "it"]);
        assert_eq!(broken("a\nb", 90.0), ["a", "b"]);
        assert_eq!(broken("PyImport_GetModuleDict", 130.0), ["PyImport_", "GetModuleDict"]);
        assert_eq!(broken("abcdefgh", 32.0), ["abcd", "efgh"]);
        assert_eq!(broken("ab", 1.0), ["a", "b"]);
        assert_eq!(broken("", 1.0), [""]);
        assert_eq!(broken("日本語", 40.0), ["日本", "語"]);
    }

    #[test]
    fn no_line_is_wider_than_it_says() {
        let text = "a name of several words, andonethatislongerthanaline, é";
        for most in [30.0, 70.0, 100.0] {
            for font in [Font::Name, Font::Object, Font::Slot, Font::Note] {
                assert!(lines(text, font, most).width <= most, "{font:?} {most}");
            }
        }
    }
}

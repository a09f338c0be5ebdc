verify::session!();

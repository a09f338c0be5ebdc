//! The keys of a cell: where it runs, and how it ends.

use snapbox::str;
use verify::cpython::Build;

use crate::scratch::{PYTHON, Scratch};

#[test]
fn a_cell_runs_only_where_its_keys_say() {
    let minor = PYTHON.tag.minor;
    let (here, elsewhere) = match PYTHON.tag.build {
        Build::FreeThreaded => ("free-threaded", "gil"),
        _ => ("gil", "free-threaded"),
    };
    let course = Scratch::new();
    course.session(&format!(
        "# %% a since=\"3.{minor}\" until=\"3.{minor}\" on=\"{here}\" not_on=\"wasm {elsewhere}\" why=\"a test\"\nprint('here')\n\n\
         # %% b since=\"3.{}\"\nnext year's syntax\n\n\
         # %% c until=\"3.{}\"\nprint('not here')\n\n\
         # %% d on=\"{elsewhere}\"\nprint('not here')\n\n\
         # %% e not_on=\"{here}\"\nprint('not here')\n",
        minor + 1,
        minor - 1
    ));
    course.recorded();
    let record = course.read("lessons/probe/record.toml");
    assert!(record.contains("name = \"a\""), "{record}");
    for name in ["b", "c", "d", "e"] {
        assert!(!record.contains(&format!("name = \"{name}\"")), "{record}");
    }
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    assert!(page.contains(&format!("CPython 3.{} and later", minor + 1)));
    assert!(page.contains(&format!("CPython 3.{} and earlier", minor - 1)));
}

#[test]
fn a_cell_that_varies_may_differ_in_its_integers_and_in_nothing_else() {
    let course = Scratch::new();
    course.session("# %% one varies=\"integers\"\nimport time\nprint(time.time_ns(), 'ns')\n");
    course.recorded();
    let record = course.read("lessons/probe/record.toml");
    course.passes(&["check"]);
    course.passes(&["regen"]).stdout_eq("probe: nothing changed\n");
    assert_eq!(course.read("lessons/probe/record.toml"), record);
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("The integers differ"));

    course.edit("lessons/probe/record.toml", " ns", " ms");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected the recorded output, found another on CPython [TAG]
    -[..] ms
    +[..] ns
    shown at book/probe.md:3
help: the lesson is as it was recorded, so another build of this CPython, or an edited record, is the reason; `cargo course regen probe` records what it does here


"#]]);
}

#[test]
fn a_cell_that_crashes_as_it_must_leaves_no_trace_in_the_session() {
    let course = Scratch::new();
    course.session(
        "# %% one\na = 1\n\n\
         # %% two crashes=\"SIGSEGV\"\nimport ctypes\na = 2\nprint('last words', a)\nctypes.string_at(0)\n\n\
         # %% three crashes=\"SIGABRT\"\nimport os\nos.abort()\n\n\
         # %% four\nprint(a, 'ctypes' in globals())\n",
    );
    course.say("It is {{#value probe: a}} still.").recorded();
    let record = course.read("lessons/probe/record.toml");
    assert!(record.contains("last words 2\n"), "{record}");
    assert!(record.contains("1 False\n"), "{record}");
    course.passes(&["check"]);
    course.passes(&["build", "--strict"]);
    assert!(course.read("target/book/probe.html").contains("Then the process ends in SIGSEGV."));
}

#[test]
fn a_cell_that_does_not_crash_as_it_must_is_named() {
    let course = Scratch::new();
    course.session("# %% one crashes=\"SIGSEGV\"\nprint('well')\n");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected an end in SIGSEGV, found one by itself on CPython [TAG]
    well
help: mend the cell, or take `crashes` off its marker


"#]]);
    course.session("# %% one crashes=\"SIGSEGV\"\nimport os\nos.abort()\n");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected an end in SIGSEGV, found one in SIGABRT on CPython [TAG]
help: mend the cell, or take `crashes` off its marker


"#]]);
    course.session("# %% one crashes=\"SIGSEGV\"\nint('x')\n");
    course.fails(&["check"], str![[r#"

error: lessons/probe/session.py:1: cell `one`: expected an end in SIGSEGV, found one by itself on CPython [TAG]
    ValueError: invalid literal for int() with base 10: 'x'
help: mend the cell, or take `crashes` off its marker


"#]]);
}

#[test]
fn a_signal_that_cells_do_not_end_in_is_refused() {
    let course = Scratch::new();
    course.session("# %% one crashes=\"SIGKILL\"\nprint(1)\n");
    course.fails(
        &["check"],
        str![[r#"
error: lessons/probe/session.py:1: key `crashes`: expected one of SIGILL, SIGABRT, SIGFPE, SIGSEGV, found "SIGKILL"

"#]],
    );
    course.session("# %% one crashes=\"SIGSEGV\" raises=\"OSError\"\nprint(1)\n");
    course.fails(
        &["check"],
        str![[r#"
error: lessons/probe/session.py:1: expected one of `raises` and `crashes`, found both
help: keep one of the two keys

"#]],
    );
}

#[test]
fn a_cell_that_needs_a_command_is_left_as_recorded_where_it_is_missing() {
    let course = Scratch::new();
    course.session(
        "# %% one\nprint('hello')\n\n\
         # %% two needs=\"weigh\"\nimport subprocess\n\
         weight = subprocess.run(['weigh'], capture_output=True, text=True).stdout\n\
         print(weight)\n",
    );
    course.say("It weighs {{#value probe: weight}}.");
    course.write("bin/weigh", "#!/bin/sh\nprintf 17\n");
    let command = course.root.join("bin/weigh");
    let status = std::process::Command::new("chmod").arg("+x").arg(&command).status();
    assert!(status.unwrap().success());
    let path = std::env::var("PATH").unwrap();
    let with = |arguments: &[&str]| {
        let mut process = course.process(arguments);
        process.env("PATH", format!("{}:{path}", course.root.join("bin").display()));
        process.status().unwrap().success()
    };
    assert!(with(&["regen"]));
    assert!(with(&["check"]));
    let record = course.read("lessons/probe/record.toml");
    assert!(record.contains("17"), "{record}");

    let missing = "not checked: cell `two` of probe, because `weigh` is not on PATH\n[..]\nprobe  ok[..]\n...";
    course.passes(&["check"]).stdout_eq(missing);
    course.passes(&["regen"]);
    assert_eq!(course.read("lessons/probe/record.toml"), record);
    let tag = PYTHON.tag.to_string();
    course.fails(
        &["check", "--require", &tag],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected `weigh` on PATH, found none on CPython [TAG]
help: install `weigh`; without `--require` the cell is left unchecked


"#]],
    );
    course.passes(&["build", "--strict"]);
    let page = course.read("target/book/probe.html");
    assert!(page.contains("where weigh is installed"), "{page}");
    course.edit("lessons/probe/record.toml", "17", "18");
    assert!(!with(&["check"]));
}

#[test]
fn an_exception_that_cannot_be_printed_is_told_by_its_class() {
    let course = Scratch::new();
    course.session(
        "# %% one raises=\"Odd\"\nclass Odd(ValueError):\n    \
         def __str__(self):\n        return '\\udc80'\n\n\nraise Odd()\n",
    );
    course.recorded();
    let record = course.read("lessons/probe/record.toml");
    assert!(record.contains("\nOdd, which cannot be printed\n"), "{record}");
}

#[test]
fn a_cell_that_the_page_does_not_run_says_why() {
    let course = Scratch::new();
    course.session(
        "# %% one not_on=\"wasm\" why=\"needs threads\"\nprint(1)\n\n\
         # %% two crashes=\"SIGSEGV\"\nprint(2)\n",
    );
    course.passes(&["build"]);
    let page = course.read("target/book/probe.html");
    for why in ["needs threads", "it ends the process"] {
        assert!(page.contains(&format!("Does not run in the page: <b>{why}</b>")), "{page}");
    }
    course.session("# %% one not_on=\"wasm\"\nprint(1)\n\n# %% two why=\"so\"\nprint(2)\n");
    course.fails(
        &["build"],
        str![[r#"
error: lessons/probe/session.py:1: cell `one`: expected why the page does not run it, found none
help: say so behind `not_on`, in at most five words: why="needs threads"

error: lessons/probe/session.py:4: cell `two`: expected no `why`, found one, and the page runs it
help: take it out, or say where the cell does not run: not_on="wasm"

"#]],
    );
    course.session("# %% one not_on=\"wasm\" why=\"a b c d e f\"\nprint(1)\n").fails(
        &["build"],
        str![[r#"
error: lessons/probe/session.py:1: key `why`: expected a reason in at most 5 words, such as "needs threads", found "a b c d e f"

"#]],
    );
}

#[test]
fn a_reason_makes_no_column_stale() {
    let course = Scratch::new();
    course.session("# %% one not_on=\"wasm\" why=\"needs threads\"\nprint(1)\n").recorded();
    course.edit("lessons/probe/session.py", "needs threads", "a deep stack");
    course.passes(&["build", "--strict"]);
    course.passes(&["regen"]).stdout_eq("probe: nothing changed\n");
}

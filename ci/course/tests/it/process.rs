//! A session that takes its process with it, or more than it may, or leaves something behind.

use snapbox::str;

use crate::scratch::Scratch;
use crate::stop::Running;

/// A course whose second cell is `code`; the first and the third only print.
fn second(code: &str) -> Scratch {
    let course = Scratch::new();
    course.session(&format!(
        "# %% one\nprint('before')\n\n# %% two\n{code}\n\n# %% three\nprint(3)\n"
    ));
    course
}

#[test]
fn a_segfault_is_named_with_its_cell() {
    second("import ctypes\nctypes.string_at(0)").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected the session to go on, found SIGSEGV on CPython [TAG]
    before
help: if it should, say so on its marker: crashes="SIGSEGV"


"#]],
    );
}

#[test]
fn an_abort_is_named_with_its_cell() {
    second("import os\nos.abort()").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected the session to go on, found SIGABRT on CPython [TAG]
    before
help: if it should, say so on its marker: crashes="SIGABRT"


"#]],
    );
}

#[test]
fn a_signal_that_no_cell_may_end_in_is_not_offered_as_a_key() {
    second("import os\nos.kill(os.getpid(), 15)").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected the session to go on, found signal 15 on CPython [TAG]
    before
help: mend the cell: a session must live to its end


"#]],
    );
}

#[test]
fn an_exit_is_named_with_its_cell_even_if_it_says_success() {
    second("import os\nos._exit(0)").fails(&["check"], str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected the session to go on, found it ended (exit status: 0) on CPython [TAG]
    before
help: mend the cell, or let it end in a child process that it waits for


"#]]);
    second("import os\nos._exit(3)").fails(&["regen"], str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected the session to go on, found it ended (exit status: 3) on CPython [TAG]
    before
help: mend the cell, or let it end in a child process that it waits for


"#]]);
}

#[test]
fn an_endless_loop_ends_with_the_time_limit() {
    second("while True: pass").fails(
        &["check", "--timeout", "1"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected an end within 1 s, found none on CPython [TAG]
help: if it needs longer, `cargo course check --timeout SECONDS`


"#]],
    );
}

#[test]
fn a_fork_left_behind_is_named_and_ended() {
    let running = Running::new();
    let course = second(&format!(
        "import os, time\nif os.fork() == 0:\n    {}\n    time.sleep(600)\n{}",
        running.say_so(),
        running.wait_for_it()
    ));
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected nothing left behind, found a child process on CPython [TAG]
help: leave things as they were: wait for a process, join a thread, restore a stream


"#]],
    );
    running.is_gone();
}

#[test]
fn a_fork_that_comes_back_from_its_cell_does_not_run_the_session_twice() {
    second("import os\nchild = os.fork()").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected nothing left behind, found a child process on CPython [TAG]
help: leave things as they were: wait for a process, join a thread, restore a stream


"#]],
    );
}

#[test]
fn a_process_left_behind_is_named_and_ended() {
    let running = Running::new();
    let course = second(&format!(
        "import subprocess, sys\nprocess = subprocess.Popen([sys.executable, '-c', {:?}])\n{}",
        format!("{}; import time; time.sleep(600)", running.say_so()),
        running.wait_for_it()
    ));
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected nothing left behind, found a child process on CPython [TAG]
help: leave things as they were: wait for a process, join a thread, restore a stream


"#]],
    );
    running.is_gone();
}

#[test]
fn a_process_whose_parent_is_gone_is_named_and_ended() {
    let running = Running::new();
    let course = second(&format!(
        "import os, time\nchild = os.fork()\nif child == 0:\n    if os.fork() == 0:\n        {}\n        \
         time.sleep(600)\n    os._exit(0)\nstatus = os.waitpid(child, 0)\n{}",
        running.say_so(),
        running.wait_for_it()
    ));
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:1: the session: expected nothing left behind, found a process on CPython [TAG]
help: wait for it before the cell that starts it ends


"#]],
    );
    running.is_gone();
}

#[test]
fn a_thread_left_behind_is_named() {
    second("import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()")
        .fails(
            &["check"],
            str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected nothing left behind, found a thread on CPython [TAG]
help: leave things as they were: wait for a process, join a thread, restore a stream


"#]],
        );
}

#[test]
fn a_thread_that_was_joined_is_fine() {
    second(
        "import threading\nthread = threading.Thread(target=print)\nthread.start()\nthread.join()",
    )
    .recorded();
}

#[test]
fn a_hundred_megabytes_of_output_are_refused() {
    second("for _ in range(100):\n    print('x' * 1_000_000)").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected at most 1048576 bytes of output, found more on CPython [TAG]
help: a reader reads it: print less


"#]],
    );
}

#[test]
fn too_much_output_is_its_cells_fault_however_fast_the_session_goes_on() {
    second("print('x' * 1_500_000)").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected at most 1048576 bytes of output, found more on CPython [TAG]
help: a reader reads it: print less


"#]],
    );
}

#[test]
fn output_that_is_not_utf8_is_named_with_its_bytes() {
    second("import os\nstatus = os.write(1, b'caf\\xe9 \\xff\\n')").fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:4: cell `two`: expected output in UTF-8, found other bytes on CPython [TAG]
    after 3 bytes: [e9, 20, ff, 0a]
help: print `repr` or `ascii` of what is not text


"#]],
    );
}

#[test]
fn a_cell_that_leaves_its_output_elsewhere_is_named() {
    for (source, what) in [
        ("import io, sys\nsys.stdout = io.StringIO()\n", "another `sys.stdout` or `sys.stderr`"),
        ("import sys\ndel sys.stdout\n", "another `sys.stdout` or `sys.stderr`"),
        (
            "import os\nos.dup2(os.open(os.devnull, os.O_WRONLY), 1)\nprint()\n",
            "a redirected standard output or error",
        ),
        ("import os\nos.close(2)\n", "a closed standard output or error"),
    ] {
        let course = Scratch::new();
        course.session(&format!("# %% one\nprint()\n# %% two\n{source}# %% three\nprint(3)\n"));
        course.fails(
            &["check"],
            format!(
                "\nerror: lessons/probe/session.py:3: cell `two`: expected nothing left behind, found {what} on CPython [TAG]\n...\n"
            ),
        );
    }
}

#[test]
fn what_is_printed_after_a_cells_end_is_named_with_the_cell() {
    let course = Scratch::new();
    course.session(
        "# %% one\nimport sys\ndef hook(frame, event, arg):\n    if event == 'call' and frame.f_code.co_name == 'emit':\n        print('late')\nsys.setprofile(hook)\n# %% two\nprint()\n",
    );
    course.fails(
        &["check"],
        str![[r#"

error: lessons/probe/session.py:1: cell `one`, after its end: expected no output outside of a cell, found some on CPython [TAG]
...
"#]],
    );
}

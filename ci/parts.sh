# The parts of a whole run, read by .ci/run and ci/check.sh. Every part runs, and what it needs
# must be there; a machine that cannot run one names it: COURSE_WITHOUT=browser,3.15 .ci/run
# The last line of such a run says what was left out.

COURSE_WITHOUT=${COURSE_WITHOUT-} # nothing is left out, unless somebody says so
parts=(tests format lints platforms lessons builds wheel book browser kernel bench soak)
tags=($(grep -o '3[^"]*' ci/verify/src/cpython/supported.json))

with() { # with NAME: whether this part, or this tag, is not left out
    [[ ",$COURSE_WITHOUT," != *",$1,"* ]]
}

without_is_known() { # each name of COURSE_WITHOUT is a part or a tag, and something is left
    local name known=" ${parts[*]} ${tags[*]} " part
    for name in ${COURSE_WITHOUT//,/ }; do
        [[ $known == *" $name "* ]] && continue
        echo "error: COURSE_WITHOUT: expected parts or tags, found \`$name\`"
        echo "help: parts are ${parts[*]}; tags are ${tags[*]}"
        return 1
    done >&2
    for part in "${parts[@]}"; do with "$part" && return; done
    echo "error: COURSE_WITHOUT: expected a part to run, found every part left out" >&2
    return 1
}

required_tags() { # the tags that are not left out: 3.9,3.10,…
    local tag found=()
    for tag in "${tags[@]}"; do with "$tag" && found+=("$tag"); done
    (IFS=,; echo "${found[*]}")
}

say_what_was_left_out() {
    [ -z "$COURSE_WITHOUT" ] || printf '\n!!! LEFT OUT by COURSE_WITHOUT: %s !!!\n' "$COURSE_WITHOUT"
}

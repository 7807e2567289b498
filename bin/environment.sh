# Read by bin/run, bin/test and bin/hemicycle: finds Python and keeps .venv/ in step with requirements/.
# Works with bash 3.2, which macOS carries.

if [ "$(uname -s)" = Darwin ]; then # Where Homebrew keeps Pango, which Python would not look for by itself.
    export DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:+$DYLD_FALLBACK_LIBRARY_PATH:}/opt/homebrew/lib:/usr/local/lib"
fi

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

digest_of() { # files -> one digest
    cat "$@" | cksum | tr ' ' '-'
}

find_python() { # sets PYTHON to a Python 3.11 or newer that can make a virtual environment
    PYTHON=
    local candidate newest=
    for candidate in ${HEMICYCLE_PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        newest=${newest:-$candidate}
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            PYTHON=$candidate
            return 0
        fi
    done
    if [ -z "$newest" ]; then
        if [ "$(uname -s)" = Darwin ]; then
            stop "Hemicycle needs Python 3.11 or newer. To install it: brew install python@3.13"
        fi
        stop "Hemicycle needs Python 3.11 or newer. To install it: sudo apt-get install python3 python3-venv"
    fi
    stop "$newest cannot make a virtual environment. To install what is missing: sudo apt-get install" \
        "$("$newest" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
}

make_venv() {
    if [ -x .venv/bin/python ] && .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return 0
    fi
    find_python
    say "Making the virtual environment .venv with $PYTHON …"
    rm -rf .venv
    "$PYTHON" -m venv .venv || stop "The virtual environment could not be made; what Python said stands above."
}

install() { # name of a file in requirements/, without .txt
    local stamp=.venv/installed-$1 wanted
    wanted=$(digest_of "requirements/$1.txt")
    make_venv
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return 0
    fi
    local total log=.venv/install.log
    total=$(grep -c '^[a-zA-Z0-9]' "requirements/$1.txt")
    say "Installing $total packages from requirements/$1.txt …"
    if .venv/bin/python -m pip install --require-hashes --no-deps --no-input --disable-pip-version-check \
        --no-warn-script-location --progress-bar off -r "requirements/$1.txt" 2>&1 | tee "$log" | show_progress "$total"
        [ "${PIPESTATUS[0]}" -ne 0 ]
    then
        tail -n 8 "$log" >&2
        stop "The packages could not be installed (the whole story is in $log). Is this machine online? Run it again to go on."
    fi
    printf '%s' "$wanted" >"$stamp"
    if [ "$1" = test ]; then # test.txt holds everything that run.txt does.
        digest_of requirements/run.txt >.venv/installed-run
    fi
}

show_progress() { # reads pip's lines, shows how many packages were found
    local total=$1 count=0 line name
    while IFS= read -r line; do
        case $line in
            Collecting\ *|Processing\ *|"Requirement already satisfied: "*)
                count=$((count + 1))
                name=${line#Requirement already satisfied: }
                name=${name#Collecting }; name=${name#Processing }; name=${name%% *}; name=${name##*/}
                if [ -t 1 ]; then
                    printf '\r  %d of %d: %-40s' "$count" "$total" "$name"
                elif [ $((count % 10)) -eq 0 ] || [ "$count" -eq "$total" ]; then
                    printf '  %d of %d\n' "$count" "$total"
                fi ;;
            "Installing collected packages"*)
                if [ -t 1 ]; then printf '\r  unpacking …%-50s\n' ''; else say "  unpacking …"; fi ;;
        esac
    done
}

# Bash completion for followupctl. It knows nothing itself: verbs, options and words are what the program's --help says, and
# that is made of its table of verbs.

# The words that can stand for $1 of a usage line: of "table|csv|json" these three; a name in capitals is made up by whoever
# types it, but files and folders can be found.
_followupctl_choice() {
    case $1 in
    FILE) compgen -f -- "$current" ;;
    FOLDER) compgen -d -- "$current" ;;
    *) tr -s '| ' '\n' <<<"$1" | grep '^[a-z]' ;;
    esac
}

# Read a usage line ("[CUSTOMER] done|won [--note TEXT]") into options, the values they take, and the words without a dash.
_followupctl_read() {
    local word option=
    for word in ${1//[][]/ }; do
        if [[ $word == -* ]]; then
            option=$word
            options+=("$word")
        elif [[ $option ]]; then
            value[$option]=$word option=
        else
            words+=("$word")
        fi
    done
}

_followupctl() {
    local program=$1 current=$2 before=$3 i usage verb= given=0 noglob=$-
    local -a options=() words=()
    local -A value=()
    [[ $current == = ]] && before== current=
    [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD - (${#current} ? 2 : 1)]}
    COMPREPLY=()
    usage=$("$program" --help 2>/dev/null) || return
    set -f
    i=${usage%%$'\n'*}
    _followupctl_read "${i#*: * }"
    words=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == -* ]]; then
            [[ ${COMP_WORDS[i + 1]} == = ]] && i=$((i + 1))
            i=$((i + 1))
        elif [[ -z $verb ]]; then
            verb=${COMP_WORDS[i]}
        else
            given=$((given + 1))
        fi
    done
    if [[ $verb ]]; then
        i=$("$program" "$verb" --help 2>/dev/null)
        i=${i%%$'\n'*}
        _followupctl_read "${i#* * }"
    fi
    if [[ $before == -* && ${value[$before]-} ]]; then
        i=$(_followupctl_choice "${value[$before]}")
    elif [[ $current == -* ]]; then
        i=${options[*]}
    elif [[ -z $verb ]]; then
        i=$(sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' <<<"$usage")
    elif [[ ${words[0]-} == [[:upper:]]* ]]; then
        case $given in
        0) i=$(_followupctl_choice "${words[0]}") ;;
        1) i=$(_followupctl_choice "${words[*]:1}") ;;
        *) i= ;;
        esac
    else
        i=$([[ $given == 0 ]] && _followupctl_choice "${words[*]}")
    fi
    mapfile -t COMPREPLY < <(compgen -W "$i" -- "$current")
    [[ $noglob == *f* ]] || set +f
}

complete -o filenames -F _followupctl followupctl

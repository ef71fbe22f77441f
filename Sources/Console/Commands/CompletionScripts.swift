/// What `hearth completion SHELL` prints: a few lines that ask `hearth complete` for everything that matters.
enum CompletionScripts {
    static let all: [String: String] = [
        "bash": """
        _hearth() {
            local line word
            local -a words=()
            COMPREPLY=()
            for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
                [[ $word == "=" ]] || words+=("$word")
            done
            [[ ${COMP_WORDS[COMP_CWORD]} == "=" ]] && words+=("")
            while IFS=$'\\t' read -r line _; do
                COMPREPLY+=("$(printf %q "$line")")
            done < <(hearth complete -- "${words[@]}" 2>/dev/null)
        }
        complete -F _hearth hearth

        """,
        "zsh": """
        #compdef hearth
        _hearth() {
            local -a values
            local line value reason
            while IFS=$'\\t' read -r value reason; do
                values+=("${value//:/\\\\:}${reason:+:$reason}")
            done < <(hearth complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
            _describe hearth values
        }
        compdef _hearth hearth

        """,
        "fish": """
        function __hearth_complete
            set -l words (commandline -opc) (commandline -ct)
            hearth complete -- $words[2..-1] 2>/dev/null
        end
        complete -c hearth -f -a '(__hearth_complete)'

        """,
    ]
}

internal import Shared

/// What `--help` prints: of the program, and of one method from its description.
enum Usage {
    static func line(_ method: ControlMethod) -> String {
        let parts = method.parameters.map { parameter in
            let value = parameter.kind == .yesNo ? "" : " " + placeholder(parameter)
            let flag = "--\(parameter.name.dashed)\(value)"
            return parameter.required ? flag : "[\(flag)]"
        }
        let guild = method.scope == .guild ? ["--guild NAME"] : []
        return (["hearth " + method.name.spoken] + guild + parts).joined(separator: " ")
    }

    static func page(_ method: ControlMethod) -> String {
        var lines = [method.summary, "", "  " + line(method), ""]
        let rows = method.parameters.map { parameter in
            ["  --" + parameter.name.dashed, placeholder(parameter), parameter.summary + notes(parameter)]
        }
        lines += columns(rows)
        if !rows.isEmpty { lines.append("") }
        lines.append("Who may: \(method.access). \(method.changes ? "Changes something." : "Changes nothing.")")
        if !method.also.isEmpty { lines.append("Also known as: " + method.also.joined(separator: ", ") + ".") }
        if !method.example.isEmpty { lines.append("Example: " + method.example) }
        lines.append("The client's own flags: hearth --help")
        return lines.map(\.inert).joined(separator: "\n") + "\n"
    }

    private static func placeholder(_ parameter: ControlParameter) -> String {
        switch parameter.kind {
        case .choice: parameter.choices.map(\.value).joined(separator: "|")
        case .yesNo: "yes|no"
        default: parameter.kind.rawValue.uppercased()
        }
    }

    private static func notes(_ parameter: ControlParameter) -> String {
        var notes: [String] = []
        if parameter.required { notes.append("required") }
        if let standard = parameter.standard?.plain, !standard.isEmpty { notes.append("else \(standard)") }
        switch (parameter.least?.plain, parameter.most?.plain) {
        case (let least?, let most?): notes.append("\(least) to \(most)")
        case (let least?, nil): notes.append("at least \(least)")
        case (nil, let most?): notes.append("at most \(most)")
        case (nil, nil): break
        }
        if let unit = parameter.unit { notes.append("in \(unit)") }
        return notes.isEmpty ? "" : " (" + notes.joined(separator: ", ") + ")"
    }

    static let program: String = {
        let verbs = columns([
            ["  hearth", "Open the console"],
            ["  hearth --plain", "The console line by line: for screen readers and the smallest terminals"],
            ["  hearth FEATURE VERB [--flags]", "Run a command: hearth activity leaderboard --period week"],
            ["  hearth call METHOD [JSON|-]", "The same with parameters as JSON"],
            ["  hearth watch TOPIC [--flags]", "Follow a live table, one JSON per line; --from EPOCH:SEQ goes on"],
            ["  hearth methods", "All commands"],
            ["  hearth describe [METHOD]", "Everything about one, or about all"],
            ["  hearth status", "How the daemon is"],
            ["  hearth status-line", "The same in a few words, for tmux; never fails, never waits"],
            ["  hearth completion bash|zsh|fish", "A script that teaches your shell"],
            ["  hearth setup", "From a token to the first board, step by step; again at any time"],
            ["  hearth restore FILE", "Put a backup in the database's place while no daemon runs"],
            ["  hearth bridge", "Standard input and output to the socket, for ssh"],
        ])
        let flags = columns(Options.flags.map { ["  --\($0.name)" + ($0.value.map { " " + $0 } ?? ""), $0.summary] })
        let exits = "0 done, 1 failed, 2 usage, 3 unreachable, 4 not permitted, 5 not found, 6 conflict, 7 invalid value,"
        let parts =
            ["Hearth's console and shell client.", ""] + verbs + ["", "Flags, anywhere on the line:"] + flags
            + ["", "Exit codes: " + exits, "  8 busy, 9 degraded, 10 outcome uncertain, 78 configuration, 124 timeout."]
        return parts.joined(separator: "\n") + "\n"
    }()

    /// Rows whose columns stand under each other, the last one as long as it likes.
    static func columns(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { index in rows.map { index < $0.count ? $0[index].width(.raw) : 0 }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell.fitted(to: min(widths[index], 36), .left, .raw)
            }.joined(separator: "  ")
        }
    }
}

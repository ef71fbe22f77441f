extension Law {
    static let all: [Law] = imports + features + safety + names

    private static let imports = [
        Law(
            advice:
                "Foundation costs ten megabytes; import FoundationEssentials where the standard library and Machine do not do",
            offence: ("Sources/Bot/Kit/Card.swift", "package import Foundation")
        ) { file in file.imports.filter { $0.module == "Foundation" }.map(\.line) },
        Law(
            advice: "CLinux is this house's door to the system; import it (or better, use Machine) instead",
            offence: ("Sources/Bot/Kit/Card.swift", "import Glibc")
        ) { file in file.imports.filter { ["Glibc", "Musl", "Dispatch"].contains($0.module) }.map(\.line) },
        Law(
            advice: "only Console/Terminal touches ncurses; draw into a Canvas",
            offence: ("Sources/Console/Screens/Overview.swift", "import CNcurses")
        ) { file in
            file.path.hasPrefix("Sources/Console/Terminal/") ? [] : file.imports.filter { $0.module == "CNcurses" }.map(\.line)
        },
        .never(
            ["@testable"], "a test sees what a neighbour sees; give it a package door instead",
            offence: ("Tests/Kit/A.swift", "@testable import Kit")),
        .never(
            ["public"], below: "Sources/", "nothing leaves this package; say package",
            offence: ("Sources/Bot/Kit/A.swift", "public struct A {}")),
    ]

    private static let features = [
        Law.never(
            [
                "ContinuousClock", "SuspendingClock", "MonotonicTime", "wallMilliseconds", "clock_gettime", "Task", "async",
                "await",
                "sleep", "usleep", "print", "SystemRandomNumberGenerator",
            ], below: "Sources/Bot/Features/",
            "a feature reads no clock, sleeps, prints and starts nothing; take turn.now, schedule a job, emit an effect",
            offence: ("Sources/Bot/Features/Pulse/Activity/A.swift", "let now = wallMilliseconds()")),
        Law(
            advice: "chance is handed in; say using: &turn.dice",
            offence: ("Sources/Bot/Features/Play/Dice/Roll.swift", "let face = Int.random(in: 1...6)")
        ) { file in
            guard file.path.hasPrefix("Sources/Bot/Features/") else { return [] }
            return file.words.filter { word in
                ["random", "randomElement", "shuffled", "shuffle"].contains(word.text) && word.after == UInt8(ascii: "(")
                    && !file.code[word.line - 1].contains("using:")
            }.map(\.line)
        },
        Law(
            advice: "a test waits for what it needs, never for time to pass",
            offence: ("Tests/Engine/A.swift", "try await Task.sleep(for: .seconds(1))")
        ) { file in
            guard file.path.hasPrefix("Tests/") else { return [] }
            return file.words.filter { ["sleep", "usleep", "nanosleep"].contains($0.text) && $0.after == UInt8(ascii: "(") }
                .map(\.line)
        },
    ]

    private static let safety = [
        Law(
            advice: "nothing is forced; bind it with guard, or throw",
            offence: ("Sources/Bot/Kit/A.swift", "let a = try! b()")
        ) { file in
            guard file.path.hasPrefix("Sources/") else { return [] }
            return file.code.enumerated().filter { $0.element.contains(#/[\w)\]}]!(?!=)/#) }.map { $0.offset + 1 }
        },
        Law(
            advice: "unchecked promises belong to Machine or to the type that wraps a C library; use Lock or Mailbox",
            offence: ("Sources/Bot/Engine/A.swift", "final class A: @unchecked Sendable {}")
        ) { file in
            guard file.path.hasPrefix("Sources/"), !file.path.hasPrefix("Sources/Shared/Machine/"),
                !file.imports.contains(where: { isLibrary($0.module) })
            else { return [] }
            let unsafe = file.code.enumerated().filter { line in
                line.element.contains("@unchecked Sendable") || line.element.contains("nonisolated(unsafe)")
            }
            return unsafe.map { $0.offset + 1 }
        },
        Law(
            advice:
                "a lock around a bare function wraps it anew each time it is opened, until the stack is too small; put it into a struct",
            offence: ("Sources/Bot/Engine/A.swift", "let told = Lock<(@Sendable () -> Void)?>(nil)")
        ) { file in
            file.code.enumerated().filter { $0.element.contains(#/\bLock<[(@][^<>\[]*->/#) }.map { $0.offset + 1 }
        },
        Law(
            advice: "no value is everybody's; hand it in where it is needed",
            offence: ("Sources/Bot/Engine/A.swift", "    static let shared = Engine()")
        ) { file in
            guard file.path.hasPrefix("Sources/") else { return [] }
            return file.code.enumerated().filter { $0.element.contains(#/\bstatic (let|var) (shared|instance|singleton)\b/#) }
                .map { $0.offset + 1 }
        },
        Law(
            advice: "a note to do it later is done now, or is an issue",
            offence: ("Sources/Bot/Kit/A.swift", "// " + later[0] + ": count them")
        ) { file in
            let marks = file.lines.enumerated().filter { line in
                line.element.split { !$0.isLetter }.contains { later.contains(String($0)) }
            }
            return marks.map { $0.offset + 1 }
        },
    ]

    /// Put together, so that this file does not break its own law.
    private static let later = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

    private static func isLibrary(_ module: Substring) -> Bool {
        module.first == "C" && module.dropFirst().first?.isUppercase == true
    }
}

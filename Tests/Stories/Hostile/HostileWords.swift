import Machine

/// What people write who want a bot to stumble, to ping everybody, or to show what is not so.
enum HostileWords {
    /// All of them with HEARTH_HOSTILE=all. Else every sixth, another sixth for each next command: what is typed is handled by the grammar
    /// in one way for all commands.
    static func share(_ number: Int) -> [String] {
        guard !isWhole else { return all }
        return all.enumerated().filter { ($0.offset + number) % 6 == 0 }.map(\.element)
    }

    private static let isWhole = Environment.read()["HEARTH_HOSTILE"] == "all"

    static let all = pings + drawing + markdown + numbers + programs

    /// Thirty disguises of a mention.
    static let pings = [
        "@everyone", "@here", "@\u{200B}everyone", "@every\u{00AD}one", "\\@everyone", "\\\\@everyone", "`@everyone`",
        "```@everyone```", "`` `@everyone", "**@everyone**", "||@everyone||", "> @everyone", "@EVERYONE", "@everyone@here",
        "\u{202E}enoyreve@", "\u{FF20}everyone", "@everyon\u{0435}", "<@everyone>", "<@&100>", "<@1001>", "<@!1001>", "<@&300>",
        "<@\u{200B}1001>", "<#201>", "<@&\u{0661}\u{0660}\u{0660}>", "[x](<@1001>)", "<@1001><@1001><@1001>", "\n@everyone",
        "@everyone\u{0}", "</status:100>", "<id:customize>", "<t:99999999999999:R>",
    ]

    static let drawing = [
        "\u{200B}", "\u{200B}\u{200C}\u{200D}\u{FEFF}", "\u{202E}gnp.exe", "\u{2066}\u{2067}\u{2068}\u{2069}",
        "\u{1B}[31mred\u{7}",
        "\u{9B}2J", "\u{1B}]0;title\u{7}", "a\r\nb\tc", String(repeating: "\n", count: 400),
        "Z" + String(repeating: "\u{0301}", count: 300),
        String(repeating: "🧨", count: 2000), String(repeating: "👨‍👩‍👧‍👦", count: 300), "🇩🇪🇫🇷🏴\u{E0067}\u{E0062}\u{E007F}", "日本太郎",
        "नमस्ते", "\u{FFFD}\u{FFFF}\u{10FFFF}\u{E000}", "\u{0}", " ", "\u{3164}\u{2800}", String(repeating: "W", count: 2000),
    ]

    static let markdown = [
        "***~~__`nested`__~~***", "[free nitro](https://evil.example)", "```\n```\n```", "`", "``", "# big", "-# small",
        "1. one",
        "- - - -", "> > > >", "||", "\\", "\\\\\\", "https://discord.gg/evil", "<https://evil.example>", "<:a:1><a:b:2>",
        "![x](y)", "|a|b|\n|-|-|",
    ]

    static let numbers = [
        "0", "-0", "9223372036854775807", "9223372036854775808", "18446744073709551615", "123456789012345678901234567890",
        "-9223372036854775808", "1e309", "NaN", "0x10", "1,5", "٣", "½",
    ]

    static let programs = [
        "'; DROP TABLE activity_facts; --", "\"}]}", "${jndi:ldap://x}", "<script>alert(1)</script>", "%s%n%d",
        "../../etc/passwd",
        "\\ud800", "null", "undefined", "{{7*7}}", "$(reboot)",
    ]

    /// As a name in Discord can be: short, and with something to see in it.
    static let names = all.filter { !$0.contains("\u{0}") && $0.contains { !$0.isWhitespace } }.map { String($0.prefix(32)) }
}

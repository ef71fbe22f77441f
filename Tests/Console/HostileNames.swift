/// Two hundred names that people have or make up to break a screen: every way to be wider, taller, emptier or longer than one
/// looks, and every sign that a terminal might obey.
enum HostileNames {
    static let all: [String] =
        controls + directions + invisible + marks + emoji + wide + scripts + unassigned + long + plainTricks

    /// What a terminal would obey.
    private static let controls =
        (0..<32).compactMap { Unicode.Scalar($0).map { "c\(Character($0))x" } } + [
            "\u{7F}del", "\u{1B}[2J", "\u{1B}]0;title\u{07}", "\u{1B}P1;1|\u{1B}\\", "\u{9B}31m", "\u{90}dcs\u{9C}",
            "\u{85}nel",
            "\u{1B}[6n", "\u{1B}c", "\u{0E}\u{0F}", "a\r\nb", "\u{2028}ls\u{2029}ps",
        ]

    private static let directions = [
        "\u{202A}lre", "\u{202B}rle", "\u{202C}pdf", "\u{202D}lro", "\u{202E}rlo", "\u{2066}lri", "\u{2067}rli", "\u{2068}fsi",
        "\u{2069}pdi", "\u{200E}lrm", "\u{200F}rlm", "\u{061C}alm", "abc\u{202E}cba\u{202C}", "שלום", "مرحبا", "abc שלום 123",
    ]

    private static let invisible = [
        "", " ", "   ", "\u{200B}", "\u{200B}\u{200B}\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{00AD}",
        "\u{034F}",
        "\u{115F}", "\u{1160}", "\u{3164}", "\u{FFA0}", "\u{180E}", "\u{2800}", "\u{3000}", "\u{00A0}", "\u{2003}", "\u{E0001}",
        "\u{E0020}", "a\u{200B}b", "\u{FE0F}", "\u{FE0E}", "\u{1D173}", "\u{FFF9}a\u{FFFA}b\u{FFFB}",
    ]

    private static let marks = [
        "e\u{301}", "Z\u{337}\u{321}\u{356}a\u{337}l", "o\u{308}\u{308}\u{308}\u{308}\u{308}", "\u{301}alone",
        "a" + String(repeating: "\u{300}", count: 40), "ก\u{E33}", "\u{E34}\u{E35}", "q\u{20DD}", "1\u{20E3}",
        "a\u{1AB0}\u{1ABE}",
        "x\u{333}\u{333}", "\u{0488}", "t\u{35C}s", "\u{1DC4}", "n\u{303}o", "\u{0CCA}", "क्ष", "ஷ்ரீ", "မြန်မာ", "ខ្មែរ",
    ]

    private static let emoji = [
        "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "🇩", "🇩🇪🇫🇷", "⚠\u{FE0F}", "⚠", "❤\u{FE0F}", "❤\u{FE0F}‍🔥", "☺", "☺\u{FE0E}", "1\u{FE0F}\u{20E3}",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳\u{FE0F}‍🌈", "🧑🏿‍🤝‍🧑🏻", "👁\u{FE0F}‍🗨\u{FE0F}", "🫨", "🪿", "🫃", "🙂🙃🙂🙃", "©\u{FE0F}", "™", "⌚", "⏰", "▶\u{FE0F}",
        "🀄", "🃏", "🈚", "🕴", "♀\u{FE0F}", "🏽", "👨‍", "‍👨", "😀\u{301}", "🧙‍♂\u{FE0F}",
    ]

    private static let wide = [
        "日本太郎", "中文名字", "한국어", "ｆｕｌｌ", "ﾊﾝｶｸ", "ᄒᆞᆫ", "가나다", "㍿", "﹏", "〰", "︽", "𠮷野家", "が", "か\u{3099}", "ー", "〇", "Ａ",
    ]

    private static let scripts = [
        "ﷺ", "𒐫", "꧅", "⸻", "नमस्ते", "বাংলা", "ไทย", "བོད", "ქართული", "Հայ", "ⵣ", "ᚠᚢᚦ", "𐍈", "𝕳𝖊𝖆𝖗𝖙𝖍", "ʜᴇᴀʀᴛʜ", "Łukasz",
        "İstanbul",
        "ǅ", "ﬁ", "ß", "ꙮ", "ௐ", "௵", "᠁", "ⷱ", "Ω≈ç√∫", "─│┌┐", "▁▂▃▄▅▆▇█", "⣿⣿", "·", "…", "±",
    ]

    private static let unassigned = [
        "\u{378}", "\u{E000}", "\u{F8FF}", "\u{10FFFD}", "\u{FFFD}", "\u{FFFC}", "\u{1FAFF}",
    ]

    private static let long = [
        String(repeating: "W", count: 400), String(repeating: "日", count: 100), String(repeating: "👨‍👩‍👧‍👦", count: 30),
        String(repeating: "a\u{301}", count: 200),
    ]

    private static let plainTricks = [
        "%s%n", "$(id)", "`id`", "'; DROP", "\\e[0m", "<@1>", "@everyone", "**bold**", "||x||", "~~", "\"", "-rf",
    ]
}

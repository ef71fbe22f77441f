/// The files in `config/`, made from the table of keys: each key, what it means, its default. Taking the "#" away from a key
/// changes nothing until its value is changed too.
package enum ConfigurationSample {
    package static var file: String {
        var text = """
            # The configuration of hearthd: /etc/hearth/hearth.yml, or the file named by --config or HEARTH_CONFIG.
            # Every key is here with its default. To change one, take its "#" away and write another value;
            # `hearthd --check-config` tells what is wrong. The environment (hearth.env.example) wins over this file.

            """
        var open: [Substring] = []
        for key in ConfigurationKey.all {
            let words = key.path.split(separator: ".")
            let groups = words.dropLast()
            let shared = zip(open, groups).prefix { $0.0 == $0.1 }.count
            text += "\n"
            for (depth, group) in groups.enumerated().dropFirst(shared) { text += indent(depth) + group + ":\n" }
            open = Array(groups)
            let margin = indent(groups.count)
            for line in key.documentation.split(separator: "\n") { text += "\(margin)# \(line)\n" }
            text += "\(margin)#\(words.last ?? ""): \(key.standard)\n"
        }
        return text
    }

    package static var environment: String {
        var text = """
            # Variables that hearthd reads at its start; they win over hearth.yml. Copy this file, take the "#" away
            # where you need it, and keep it readable for its owner alone. Lists are words between commas.

            # The bot's token, when there is neither discord.token_file nor a systemd credential. It is wiped from the
            # process at once.
            #DISCORD_TOKEN=

            # The key of the language model, when there is neither oracle.key_file nor a systemd credential. It is wiped too.
            #ORACLE_KEY=

            # The configuration file.
            #HEARTH_CONFIG=/etc/hearth/hearth.yml

            """
        for key in ConfigurationKey.all {
            text += "\n"
            for line in key.documentation.split(separator: "\n") { text += "# \(line)\n" }
            let bare = key.standard.filter { $0 != "\"" && $0 != "[" && $0 != "]" }
            text += "#\(key.variables[0])=\(bare)\n"
        }
        return text
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}

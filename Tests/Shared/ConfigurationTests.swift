import Machine
import Settings
import Shared
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    private func complaints(_ yaml: String, _ environment: [String: String] = [:]) -> [String] {
        var reader = ConfigurationReader()
        reader.read(Array(yaml.utf8), named: "hearth.yml")
        reader.read(environment: environment)
        return reader.complaints.map(\.description)
    }

    private func configuration(_ yaml: String, _ environment: [String: String] = [:]) -> Configuration {
        var reader = ConfigurationReader()
        reader.read(Array(yaml.utf8), named: "hearth.yml")
        reader.read(environment: environment)
        #expect(reader.complaints == [])
        return reader.configuration
    }

    @Test("a file says what it changes and leaves the rest as it is")
    func fileChanges() throws {
        let read = configuration(
            """
            prefixes: ["E!", "?"]
            owners: [80351110224678912]
            discord:
              shards: 3
              compression: none
              intents: {members: no}
              api_base: http://127.0.0.1:4000/api/v10/
            control:
              roles:
                admin:
                  users: [anna, 1000]
            log: {level: debug, format: json}
            features:
            """)
        var expected = Configuration()
        expected.prefixes = ["E!", "?"]
        expected.owners = [try #require(ID("80351110224678912"))]
        expected.discord.shards = .count(3)
        expected.discord.compression = .none
        expected.discord.intents.members = false
        expected.discord.apiBase = try RemoteAddress(parsing: "http://127.0.0.1:4000/api/v10")
        expected.control.roles.admin.users = [.name("anna"), .number(1000)]
        expected.log.level = .debug
        expected.log.format = .json
        #expect(read == expected)
    }

    @Test("one value needs no brackets to be a list")
    func listOfOne() { #expect(configuration("prefixes: '!'").prefixes == ["!"]) }

    @Test("the environment wins over the file")
    func environmentWins() throws {
        let read = configuration(
            "prefixes: [a]\nlog: {level: warn}\ndiscord: {api_base: \"https://file.example/api\"}",
            [
                "HEARTH_PREFIXES": "E!, ?", "HEARTH_LOG_LEVEL": "trace", "HEARTH_OWNERS": "[1, 2]",
                "DISCORD_API_BASE": "http://localhost:1/api/v10", "HEARTH_DISCORD_API_BASE": "https://other.example",
                "HEARTH_SOCKET": "/tmp/s", "HEARTH_DISCORD_INTENTS_MEMBERS": "no",
            ])
        #expect(read.prefixes == ["E!", "?"])
        #expect(read.log.level == .trace)
        #expect(read.owners.map(\.number) == [1, 2])
        #expect(read.discord.apiBase.description == "http://localhost:1/api/v10")
        #expect(read.control.socket == "/tmp/s")
        #expect(!read.discord.intents.members)
    }

    @Test(
        "what is wrong is told with its line and what was meant",
        arguments: [
            ("a: 1\n\nprefixs: [x]", "hearth.yml:3: unknown key \"prefixs\"; did you mean \"prefixes\"?"),
            (
                "discord:\n  tokenfile: /x",
                "hearth.yml:2: unknown key \"discord.tokenfile\"; did you mean \"discord.token_file\"?"
            ),
            ("token_file: /x", "hearth.yml:1: unknown key \"token_file\"; did you mean \"discord.token_file\"?"),
            ("dicsord: {}", "hearth.yml:1: unknown key \"dicsord\"; did you mean \"discord\"?"),
            ("zebra_crossing: 1", "hearth.yml:1: unknown key \"zebra_crossing\""),
            ("log:\n  keep: many", "hearth.yml:2: log.keep: \"many\" is not a whole number from 1 to 100; "),
            ("log:\n  keep: 0", "hearth.yml:2: log.keep: \"0\" is not a whole number from 1 to 100; "),
            ("log: loud", "hearth.yml:1: log: expected keys below it, found \"loud\""),
            ("name: [a]", "hearth.yml:1: name: a list is not a text that is not empty; "),
            ("owners:\n  - 1\n  - bob", "hearth.yml:3: owners: \"bob\" is not an id of Discord; "),
            ("log: {level: chatty}", "hearth.yml:1: log.level: \"chatty\" is not one of trace, debug, info, warn, error; "),
            ("store: {path: here.db}", "hearth.yml:1: store.path: \"here.db\" is not a path that begins with /; "),
            ("discord: {api_base: http://discord.com/api}", "http is for loopback addresses only"),
            ("name: a\nname: b", "hearth.yml:2: \"name\" is already written in line 1"),
            ("name: &a b", "hearth.yml:1: anchors (&name) are not used here"),
            ("name: a\nowners: *a", "hearth.yml:2: aliases (*name) are not used here"),
            ("name: !!str a", "hearth.yml:1: tags (!name) are not used here"),
            ("name: a\n---\nname: b", "hearth.yml:2: a second document begins here"),
            ("name: a\n\tb: [", "hearth.yml:2: this is no YAML: "),
            ("- name", "hearth.yml:1: expected keys with values, found a list"),
            ("? [a]\n: b", "hearth.yml:1: a key must be a word"),
        ])
    func refusals(yaml: String, complaint: String) {
        #expect(complaints(yaml).contains { $0.contains(complaint) }, "\(complaints(yaml))")
    }

    @Test("all complaints come at once, those of the environment too")
    func allAtOnce() {
        let all = complaints("prefixs: x\nlog: {keep: 0, levle: info}", ["HEARTH_DISCORD_SHARDS": "-1"])
        #expect(all.count == 4)
        #expect(all.last?.hasPrefix("environment HEARTH_DISCORD_SHARDS: \"-1\" is not auto or") == true)
    }

    @Test("a variable that nothing reads is told when it looks like one of ours")
    func unreadVariables() {
        var reader = ConfigurationReader()
        reader.read(environment: [
            "HEARTH_PREFIXS": "!", "HEARTH_OF_THE_FAMILY": "1", "HEARTH_CONFIG": "/x", "HEARTH_NAME": "a",
        ])
        let told = "environment HEARTH_PREFIXS: nothing reads this; did you mean HEARTH_PREFIXES?"
        #expect(reader.warnings.map(\.description) == [told])
        #expect(reader.complaints == [])
    }

    @Test("bytes that are no text are refused with their line")
    func badText() {
        var reader = ConfigurationReader()
        reader.read(Array("name: a\nprefixes: ".utf8) + [0xC3, 0x28], named: "hearth.yml")
        #expect(reader.complaints.map(\.description) == ["hearth.yml:2: this is not UTF-8"])
    }

    @Test("deep nesting is refused, not followed")
    func deepNesting() {
        let text = String(repeating: "[", count: 5000)
        #expect(complaints("name: " + text).first?.contains("too deep") == true)
    }

    @Test("an empty file and one of comments say nothing", arguments: ["", "# nothing\n", "\n\n", "---\n"])
    func emptyFile(yaml: String) { #expect(configuration(yaml) == Configuration()) }

    @Test("nothing at the usual places is fine; a named file must be there")
    func missingFiles() throws {
        let folder = try TemporaryFolder()
        let home = ["HOME": folder.path]
        let loaded = try Configuration.load(environment: home, isRoot: false)
        #expect(loaded.configuration.store.path == folder.path + "/.local/state/hearth/hearth.db")
        #expect(loaded.configuration.control.socket == folder.path + "/.local/state/hearth/control.sock")
        #expect {
            try Configuration.load(file: folder.path + "/none.yml", environment: home, isRoot: false)
        } throws: {
            "\($0)" == "\(folder.path)/none.yml: open \(folder.path)/none.yml: No such file or directory"
        }
        let named = try folder.file("own.yml", "name: Ember\n")
        #expect(try Configuration.load(file: named, environment: home, isRoot: false).configuration.name == "Ember")
        let both = home.merging(["HEARTH_CONFIG": named]) { $1 }
        #expect(try Configuration.load(environment: both, isRoot: false).file == named)
    }

    @Test(
        "places follow the environment",
        arguments: [
            ([:], true, "/var/lib/hearth/hearth.db", "/run/hearth/control.sock"),
            (["HOME": "/home/a"], false, "/home/a/.local/state/hearth/hearth.db", "/home/a/.local/state/hearth/control.sock"),
            (
                ["HOME": "/home/a", "XDG_STATE_HOME": "/s", "XDG_RUNTIME_DIR": "/run/user/1"], false, "/s/hearth/hearth.db",
                "/run/user/1/hearth/control.sock"
            ),
            (
                ["STATE_DIRECTORY": "/var/lib/hearth:/x", "RUNTIME_DIRECTORY": "/run/hearth"], false,
                "/var/lib/hearth/hearth.db", "/run/hearth/control.sock"
            ),
        ])
    func places(environment: [String: String], isRoot: Bool, store: String, socket: String) {
        let places = Places(environment: environment, isRoot: isRoot)
        #expect(places.store == store)
        #expect(places.socket == socket)
    }
}

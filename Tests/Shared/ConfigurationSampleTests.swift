import Machine
import Settings
import Testing

@Suite("The configuration files that come along")
struct ConfigurationSampleTests {
    @Test(
        "each is what the table of keys says; to write them anew: HEARTH_WRITE_SAMPLES=1 swift test --filter ConfigurationSample",
        arguments: [
            ("config/hearth.yml", ConfigurationSample.file), ("config/hearth.env.example", ConfigurationSample.environment),
        ])
    func filesFollowTheTable(path: String, text: String) throws {
        let place = Checkout.path(path)
        if Environment.read()["HEARTH_WRITE_SAMPLES"] != nil { try Files.write(Array(text.utf8), to: place, mode: 0o644) }
        #expect(String(decoding: try Files.read(place), as: UTF8.self) == text)
    }

    @Test("with every key switched on, the file says what is so without it")
    func fileIsTheDefault() {
        let keys = ConfigurationSample.file.split(separator: "\n").map { line in
            let margin = line.prefix { $0 == " " }
            let rest = line.dropFirst(margin.count)
            return rest.hasPrefix("#") && !rest.hasPrefix("# ") ? margin + rest.dropFirst() : line
        }
        var reader = ConfigurationReader()
        reader.read(Array(keys.joined(separator: "\n").utf8), named: "hearth.yml")
        #expect(reader.complaints == [])
        #expect(reader.configuration == Configuration())
        #expect(keys.count { !$0.contains("#") } >= ConfigurationKey.all.count)
    }

    @Test("with every variable set, the environment says what is so without it")
    func environmentIsTheDefault() {
        var environment: [String: String] = [:]
        for line in ConfigurationSample.environment.split(separator: "\n") where line.hasPrefix("#") && !line.hasPrefix("# ") {
            let parts = line.dropFirst().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            environment[String(parts[0])] = String(parts[1])
        }
        var reader = ConfigurationReader()
        reader.read(environment: environment)
        #expect(reader.complaints == [])
        #expect(reader.configuration == Configuration())
        #expect(environment.count == ConfigurationKey.all.count + 3)
    }

    @Test("keys and variables are unique, and every key is explained")
    func keysAreUnique() {
        #expect(Set(ConfigurationKey.all.map(\.path)).count == ConfigurationKey.all.count)
        let variables = ConfigurationKey.all.flatMap(\.variables)
        #expect(Set(variables).count == variables.count)
        #expect(ConfigurationKey.all.allSatisfy { $0.documentation.hasSuffix(".") })
    }
}

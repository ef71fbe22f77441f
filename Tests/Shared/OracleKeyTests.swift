import Machine
import Settings
import Shared
import Testing

@Suite("The language model's configuration")
struct OracleKeyTests {
    @Test("its key lies where the token may lie, under names of its own, and may be missing")
    func order() throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        let environment = ["CREDENTIALS_DIRECTORY": folder.path]
        #expect(try configuration.findOracleKey(environment: environment, taken: nil) == nil)
        let variable = Secret("from.variable")
        #expect(try configuration.findOracleKey(environment: environment, taken: variable)?.revealed() == "from.variable")
        _ = try folder.file("oracle-key", "from.credential\n", mode: 0o440)
        #expect(try configuration.findOracleKey(environment: environment, taken: variable)?.revealed() == "from.credential")
        configuration.oracle.keyFile = try folder.file("own", "from.file\n")
        #expect(try configuration.findOracleKey(environment: environment, taken: variable)?.revealed() == "from.file")
    }

    @Test(
        "what cannot be a key is refused without repeating it",
        arguments: [
            (" ", "there is no key in it"), ("Bearer abc", "leave out the word \"Bearer\"; only the key belongs here"),
            ("a b c", "a key is one word of plain letters, digits, dots and dashes"),
        ])
    func noKey(text: String, complaint: String) {
        #expect(throws: Complaint(.environment("ORACLE_KEY"), complaint)) {
            try Configuration().findOracleKey(environment: [:], taken: Secret(text))
        }
    }

    @Test("an address wants a model, and is one of HTTP")
    func fault() throws {
        var oracle = Configuration().oracle
        #expect(oracle.fault == nil && oracle.openModel == nil)
        oracle.url = try RemoteAddress(parsing: "https://api.example.com/v1/")
        #expect(oracle.fault == "oracle.model: say which model of https://api.example.com/v1 is asked")
        oracle.model = "small"
        #expect(oracle.fault == nil && oracle.openModel == "small")
        oracle.url = try RemoteAddress(parsing: "wss://api.example.com/v1")
        #expect(oracle.fault == "oracle.url: wss://api.example.com/v1 is no address of an HTTP interface")
    }

    @Test("nothing that carries a key leaves this machine unencrypted, and no address is none")
    func address() {
        var reader = ConfigurationReader()
        reader.read(Array("oracle: { url: 'http://api.example.com/v1' }".utf8), named: "hearth.yml")
        #expect(reader.complaints.count == 1)
        reader = ConfigurationReader()
        reader.read(Array("oracle: { url: '', model: m, per_minute: 3 }".utf8), named: "hearth.yml")
        #expect(reader.complaints == [] && reader.configuration.oracle.url == nil && reader.configuration.oracle.perMinute == 3)
    }
}

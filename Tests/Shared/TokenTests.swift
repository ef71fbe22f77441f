import Machine
import Settings
import Shared
import Testing

@Suite("The bot's token")
struct TokenTests {
    private func refusal(_ body: () throws -> Secret?) -> String {
        do { return "accepted: \(String(describing: try body()))" } catch { return "\(error)" }
    }

    @Test("a token file wins over the credential, and that over the variable")
    func order() throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        let environment = ["CREDENTIALS_DIRECTORY": folder.path]
        let variable = Secret("from.variable")
        #expect(try configuration.findToken(environment: environment, taken: variable)?.revealed() == "from.variable")
        _ = try folder.file("token", "from.credential\n", mode: 0o440)
        #expect(try configuration.findToken(environment: environment, taken: variable)?.revealed() == "from.credential")
        configuration.discord.tokenFile = try folder.file("own", "from.file\n")
        #expect(try configuration.findToken(environment: environment, taken: variable)?.revealed() == "from.file")
        #expect(try Configuration().findToken(environment: [:], taken: nil) == nil)
    }

    @Test("a file that others can read is refused with the line that helps", arguments: [0o640, 0o604, 0o644] as [UInt32])
    func tooOpen(mode: UInt32) throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        configuration.discord.tokenFile = try folder.file("a token", "abc", mode: mode)
        let path = folder.path + "/a token"
        #expect(
            refusal { try configuration.findToken(environment: [:], taken: nil) }
                == "\(path): others than its owner can read this token; run: chmod 600 '\(path)'")
    }

    @Test(
        "what cannot be a token is refused without repeating it",
        arguments: [
            ("\n", "there is no token in it"), ("Bot abc", "leave out the word \"Bot\"; only the token belongs here"),
            ("a b c", "a token is one word of plain letters, digits, dots and dashes"),
            ("äbc", "a token is one word of plain letters, digits, dots and dashes"),
        ])
    func noToken(text: String, complaint: String) {
        #expect(
            refusal { try Configuration().findToken(environment: [:], taken: Secret(text)) }
                == "environment DISCORD_TOKEN: \(complaint)")
    }

    @Test("a secret shows nothing, however it is printed")
    func secretsAreSilent() {
        let secret = Secret("canary")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("canary"))
        }
        #expect(secret.revealed() == "canary")
    }
}

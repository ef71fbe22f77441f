import Shared
import Testing

@Suite("Addresses of servers")
struct RemoteAddressTests {
    @Test(
        "what is encrypted or stays on this machine is taken",
        arguments: [
            ("https://discord.com/api/v10", "https://discord.com/api/v10"), ("HTTPS://Discord.com/", "https://discord.com"),
            ("http://127.0.0.1:8080/api/", "http://127.0.0.1:8080/api"), ("http://127.8.0.250", "http://127.8.0.250"),
            ("ws://[::1]:99", "ws://[::1]:99"), ("ws://localhost/?", nil),
            ("wss://gateway.discord.gg", "wss://gateway.discord.gg"),
        ])
    func taken(text: String, address: String?) { #expect((try? RemoteAddress(parsing: text))?.description == address) }

    @Test(
        "what would carry a token in the clear to another machine is refused",
        arguments: [
            "http://discord.com", "ws://10.0.0.1", "http://127.0.0.1.example.com", "http://127.0.0.1@example.com",
            "http://128.0.0.1",
            "http://127.1", "http://0177.0.0.1", "http://127.0.0.256", "http://[::2]", "http://localhost.example.com",
            "http://127.0.0.1\\@example.com", "http://example.com#127.0.0.1", "http://127.0.0.01",
        ])
    func refused(text: String) { #expect(throws: RemoteAddress.Refused.self) { try RemoteAddress(parsing: text) } }

    @Test(
        "what is no address is refused",
        arguments: ["", "discord.com", "ftp://a", "https://", "https://a:0", "https://a:x", "https://[::1", "https://a b"])
    func malformed(text: String) { #expect(throws: RemoteAddress.Refused.self) { try RemoteAddress(parsing: text) } }

    @Test("the default is what it says") func standard() throws {
        #expect(try RemoteAddress(parsing: "https://discord.com/api/v10") == .discord)
    }
}

import Machine
import Shared
import Testing

@Suite("Redaction")
struct RedactionTests {
    // Made up in the shape of real ones, and put together here so that no scanner takes them for leaked.
    private static let token = ["MTk4NjIyNDgzNDcxOTI1MjQ4", "Cl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWs0abcdEFGHij"].joined(
        separator: ".")
    private static let webhook = "kbD-8xJq3_5sWmRlQ0zYhVtUoPnIeAgCdFx7B2w4K6L9M1N"
    private static let interaction = "aW50ZXJhY3Rpb246" + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTpBYmNkRWZnaElqa2w"

    @Test(
        "what looks like a secret does not appear",
        arguments: [
            ("connecting with \(token)", "connecting with «redacted»"), ("(\(token)).", "(«redacted»)."),
            ("Authorization: Bot \(token)", "Authorization: Bot «redacted»"),
            ("Authorization: abc", "Authorization: «redacted»"),
            ("authorization: Bearer abcdefgh+/=", "authorization: Bearer «redacted»"),
            ("Bearer AbCdEf0123456789==, next", "Bearer «redacted», next"),
            (
                "POST https://discord.com/api/v10/webhooks/198622483471925248/\(webhook)?wait=true",
                "POST https://discord.com/api/v10/webhooks/198622483471925248/«redacted»?wait=true"
            ),
            (
                "/webhooks/198622483471925248/\(interaction)/messages/@original",
                "/webhooks/198622483471925248/«redacted»/messages/@original"
            ),
            ("/interactions/198622483471925248/\(webhook)/callback", "/interactions/198622483471925248/«redacted»/callback"),
            ("the token \(interaction) is late", "the token «redacted» is late"),
            ("{\"token\":\"0123456789\",\"id\":\"5\"}", "{\"token\":\"«redacted»\",\"id\":\"5\"}"),
            ("?token=0123456789&x=1", "?token=«redacted»&x=1"), ("mfa.\(webhook)", "«redacted»"),
            ("\(token) \(token)", "«redacted» «redacted»"),
        ])
    func hidden(text: String, shown: String) { #expect(Redaction().redacted(text) == shown) }

    @Test(
        "ordinary words stay",
        arguments: [
            "", "the token is missing", "discord.token_file: others can read it", "Bot started in 12 ms", "/webhooks/123",
            "https://discord.com/api/v10/channels/198622483471925248/messages/198622483471925249",
            "a-rather-long-host-name.example.org", "e2c1a7f0-55a4-4b39-9d0e-aaaaaaaaaaaa", "naïve 日本太郎 🔥",
        ])
    func shown(text: String) { #expect(Redaction().redacted(text) == text) }

    @Test("a secret that it was told is hidden in any shape and any place, and short ones blot out nothing")
    func known() {
        let redaction = Redaction(known: [Secret("canary-token"), Secret("a")])
        #expect(redaction.redacted("xcanary-tokeny and canary-token") == "x«redacted»y and «redacted»")
        let value: JSON = ["list": ["a canary-token"], "canary-token": 1, "token": "x", "count": 3]
        #expect(redaction.redacted(value).line == #"{"list":["a «redacted»"],"«redacted»":1,"token":"«redacted»","count":3}"#)
    }
}

import Discord
import Kit
import Shared
import Testing

private func interaction(_ type: Int, _ data: String) throws -> InteractionSeen {
    let text =
        #"{"t":"INTERACTION_CREATE","s":1,"op":0,"d":{"id":"11","application_id":"12","token":"tok","type":\#(type),"guild_id":"1","channel_id":"2","member":{"user":{"id":"3","username":"ann"},"roles":["5"],"nick":null,"permissions":"32"},"app_permissions":"2048","locale":"de","version":1,"data":\#(data),"message":{"id":"77"}}}"#
    let frame = try Array(text.utf8).withUnsafeBufferPointer { bytes throws(JSONScanner.Malformed) in
        try GatewayDecoder(wanted: .all, bot: nil).decode(bytes)
    }
    guard case .dispatch(_, .interaction(let seen)?) = frame else { throw NotThere() }
    return seen
}

@Suite("Interactions")
struct InteractionTests {
    @Test("a sub-command's path is its names joined by spaces, its options those of the leaf")
    func commands() throws {
        let seen = try interaction(
            2,
            #"{"id":"9","name":"activity","type":1,"options":[{"type":2,"name":"board","options":[{"type":1,"name":"top","options":[{"type":4,"name":"count","value":5},{"type":6,"name":"who","value":"3"}]}]}],"resolved":{"users":{"3":{"id":"3"}}}}"#
        )
        guard case .command("activity board top", let options) = seen.kind else { throw NotThere() }
        #expect(options["count"] == 5 && options["who"] == "3")
        #expect(seen.permissions == .manageGuild && seen.botPermissions == .sendMessages && seen.locale == "de")
        #expect(seen.member?.roles.map(\.number) == [5] && seen.user.number == 3 && seen.message?.number == 77)
        #expect(seen.resolved["users"]?["3"]?["id"] == "3")
    }

    @Test("a context command names what it was used on")
    func context() throws {
        let seen = try interaction(2, #"{"id":"9","name":"Show Profile","type":2,"target_id":"3"}"#)
        guard case .command("Show Profile", let options) = seen.kind else { throw NotThere() }
        #expect(options.isEmpty && seen.resolved["target_id"] == "3")
    }

    @Test("a completing field tells what is being typed where")
    func completion() throws {
        let seen = try interaction(
            4,
            #"{"name":"pings","type":1,"options":[{"type":1,"name":"drop","options":[{"type":3,"name":"ping","value":"mor","focused":true}]}]}"#
        )
        guard case .completion("pings drop", let options, "ping") = seen.kind else { throw NotThere() }
        #expect(options["ping"] == "mor")
    }

    @Test("buttons, menus and forms carry their row and what was given")
    func components() throws {
        guard case .component("41", []) = try interaction(3, #"{"custom_id":"41","component_type":2}"#).kind,
            case .component("42", ["a", "b"]) = try interaction(3, #"{"custom_id":"42","component_type":3,"values":["a","b"]}"#)
                .kind,
            case .form("43", let fields) = try interaction(
                5,
                #"{"custom_id":"43","components":[{"type":18,"component":{"type":4,"custom_id":"name","value":"Tea"}},{"type":1,"components":[{"type":4,"custom_id":"old","value":"x"}]},{"type":18,"component":{"type":22,"custom_id":"many","values":["1"]}}]}"#
            ).kind
        else { throw NotThere() }
        #expect(fields.map(\.name) == ["name", "old", "many"] && fields.map(\.value) == ["Tea", "x", ["1"]])
    }
}

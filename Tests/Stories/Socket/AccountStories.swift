import CLinux
import Kit
import Machine
import Settings
import Shared
import Testing

extension Stories {
    @Suite("Who may knock") struct Knocking {
        private static let (viewer, stranger, helpers): (UInt32, UInt32, UInt32) = (61_001, 61_003, 61_002)

        private static var setting: Story.Setting {
            var setting = Story.Setting()
            setting.configure = { configuration, _ in
                configuration.control.roles.viewer.users = [.number(viewer)]
                configuration.control.roles.moderator.groups = [.number(helpers)]
                configuration.control.viewSocket = configuration.control.socket + ".view"
            }
            return setting
        }

        @Test(
            "P18: the kernel's word decides: a strange account is refused whatever it brings, and it is written down",
            .enabled(if: Stranger.isPossible, "only root can take on other accounts"))
        func accounts() throws {
            let story = try Story(Self.setting)
            try story.opensTheFolder()
            func role(_ somebody: Stranger) throws -> JSON? {
                let answer = try somebody.asks("hello", on: story.configuration.control.socket)
                return answer?["result"]?["role"] ?? answer?["error"]?["name"]
            }
            #expect(try role(Stranger(user: 0, group: 0)) == "owner")
            #expect(try role(Stranger(user: Self.viewer, group: Self.stranger)) == "viewer")
            #expect(try role(Stranger(user: Self.stranger, group: Self.helpers)) == "moderator")
            #expect(try role(Stranger(user: Self.stranger, group: 61_009, alsoIn: [Self.helpers])) == "moderator")
            let strangers = [
                Stranger(user: Self.stranger, group: Self.stranger),
                // The daemon's own group gives nothing, nor does one that has a user's number.
                Stranger(user: Self.stranger, group: 61_009, alsoIn: [0, Self.viewer]),
                Stranger(user: 65_534, group: 65_534, alsoIn: [65_534]),
                Stranger(user: Self.stranger, group: Self.stranger).asRootOfTheirOwn,
            ]
            for somebody in strangers { #expect(try role(somebody) == "not_permitted", "\(somebody.disguise)") }
            let changed = try Stranger(user: Self.viewer, group: 0).asks(
                "house.set", ["name": "activity.reply", "value": 9, "guild": .id(story.guild)],
                on: story.configuration.control.socket)
            #expect(changed?["error"]?["name"] == "not_permitted")
            try story.waits("the refusals to be written down") {
                try story.number("SELECT COUNT(*) FROM house_audit WHERE command = 'connect' AND outcome LIKE 'refused%'") == 4
            }
            #expect(try story.number("SELECT COUNT(*) FROM house_settings") == 0)
        }

        @Test(
            "P18: a private folder keeps others from knocking at all",
            .enabled(if: Stranger.isPossible, "only root can take on other accounts"))
        func folder() throws {
            let story = try Story(Self.setting)
            let socket = story.configuration.control.socket
            #expect(try Stranger(user: Self.viewer, group: Self.viewer).asks("hello", on: socket) == nil)
            #expect(try Stranger(user: 0, group: 0).asks("hello", on: socket)?["result"]?["role"] == "owner")
        }

        @Test(
            "SOC-04: on the view socket everybody looks on, root too, and nobody changes anything",
            .enabled(if: Stranger.isPossible, "only root can take on other accounts"))
        func viewSocket() throws {
            let story = try Story(Self.setting)
            try story.opensTheFolder()
            let socket = story.configuration.control.viewSocket
            for user in [0, Self.stranger, 65_534] {
                let somebody = Stranger(user: user, group: user)
                #expect(try somebody.asks("hello", on: socket)?["result"]?["role"] == "viewer", "\(user)")
                let board = try somebody.asks("activity.leaderboard", ["guild": .id(story.guild)], on: socket)
                #expect(board?["result"]?["rows"] == [], "\(user)")
                let change: JSON = ["name": "activity.reply", "value": 9, "guild": .id(story.guild)]
                #expect(try somebody.asks("house.set", change, on: socket)?["error"]?["name"] == "not_permitted", "\(user)")
            }
            #expect(try story.number("SELECT COUNT(*) FROM house_settings") == 0)
        }

        @Test("P18: the program itself refuses a place that somebody else could have prepared, and leaves it as it is")
        func places() throws {
            let place = try StoryFolder()
            let socket = place.path + "/run/control.sock"
            try Files.makeFolder(place.path + "/run")
            let kinds: [(PathEntry.Kind, () throws -> Void)] = [
                (.file, { try Files.write([1, 2], to: socket) }), (.pipe, { #expect(mkfifo(socket, 0o600) == 0) }),
                (.link, { #expect(symlink(place.path + "/elsewhere", socket) == 0) }),
            ]
            for (kind, make) in kinds {
                try make()
                let (code, words) = try starts(in: place, socket)
                #expect(code == 78 && words.contains("\(socket) is a \(kind.rawValue)"), "\(code): \(words)")
                #expect(try PathEntry(at: socket)?.kind == kind)
                try Files.remove(socket)
            }
            try Files.setMode(0o777, of: place.path + "/run")
            let (code, words) = try starts(in: place, socket)
            #expect(code == 78 && words.contains("Others may write to \(place.path)/run"), "\(code): \(words)")
            #expect(try PathEntry(at: socket) == nil)
        }

        /// Starts the daemon on this socket; answers how it ended and what it said.
        private func starts(in place: StoryFolder, _ socket: String) throws -> (Int32, String) {
            let output = place.path + "/said"
            if Files.exists(output) { try Files.remove(output) }
            try Files.write(Array("MTIzNDU2Nzg5MDEyMzQ1Njc4.abc.defghijklmnopqrstuvwxyz".utf8), to: place.path + "/token")
            let yaml = """
                discord: { token_file: \(place.path)/token, api_base: "http://127.0.0.1:9/api/v10" }
                store: { path: \(place.path)/hearth.db, backups: \(place.path)/backups }
                """
            try Files.write(Array(yaml.utf8), to: place.path + "/hearth.yml")
            let words = ["--config", place.path + "/hearth.yml", "--socket", socket]
            let code = try OwnProgram("hearthd", words, output: output).ends()
            return (code, String(decoding: try Files.read(output), as: UTF8.self))
        }
    }
}

extension Story {
    /// Lets other accounts reach the sockets; what else lies there is still ours alone.
    func opensTheFolder() throws {
        let folder = configuration.control.socket.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        try Files.setMode(0o755, of: folder)
    }
}

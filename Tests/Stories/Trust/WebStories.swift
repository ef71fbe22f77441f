import Kit
import Machine
import Settings
import Shared
import Simulator
import Testing
import Workbench

extension Stories {
    @Suite("The web door") struct WebStories {
        private static var open: Story.Setting {
            var setting = Story.Setting()
            setting.configure = { configuration, _ in configuration.web.listen = WebPlace("127.0.0.1:0") }
            return setting
        }

        @Test("OPS-06: healthz says 200 while the house serves, and 503 with the reason while Discord is away")
        func health() throws {
            try Story.told(Self.open) { story in
                let caller = try story.caller()
                let well = try caller.get("/healthz")
                #expect(well.status == 200 && well.json["checks"]?["engine"]?["state"] == "ok", "\(well.body)")
                #expect(well.json["checks"]?["gateway"]?["value"] == "connected")
                #expect(well.json["time"]?.text?.hasPrefix("2026-01-05T12:") == true)
                story.discord.act {
                    $0.faults.next(.withholdHello, times: 1)
                    $0.breakSockets()
                }
                try story.waits("the gateway is missed") { try caller.get("/healthz").status == 503 }
                let ill = try caller.get("/healthz")
                #expect(ill.json["reasons"]?[0]?.text?.contains("gateway is not connected") == true, "\(ill.body)")
                try story.waits("all is well again") {
                    story.hurries(5.seconds)
                    return try caller.get("/healthz").status == 200
                }
            }
        }

        @Test("OPS-07: metrics tell of uptime, latency, commands by name, errors, members, memory and the database")
        func metrics() throws {
            var setting = Self.open
            setting.features += [Playground.feature]
            try Story.told(setting) { story in
                let ann = story.member("ann")
                try story.says(ann, "hello")
                _ = try story.writes(ann, "E!leaderboard")
                _ = try story.writes(ann, "E!stumble")
                let text = try story.caller().get("/metrics").body
                for line in [
                    "hearth_guilds 1", "hearth_active_guilds 1", "hearth_active_members 1", "hearth_command_users 1",
                    "hearth_gateway_connected{shard=\"0\"} 1", "hearth_faults 1",
                    "hearth_command_seconds_count{command=\"activity.leaderboard\"} 1",
                    "hearth_command_seconds_bucket{command=\"activity.leaderboard\",le=\"+Inf\"} 1",
                    "hearth_handler_calls_total{handler=\"playground.stumble\",kind=\"command\"} 1",
                    "hearth_handler_faults_total{handler=\"playground.stumble\",kind=\"command\"} 1",
                ] {
                    #expect(text.contains(line + "\n"), "\(line)")
                }
                for name in [
                    "hearth_uptime_seconds", "hearth_gateway_latency_seconds", "process_resident_memory_bytes",
                    "process_cpu_seconds_total", "hearth_database_connections", "hearth_database_cache_hits_total",
                ] {
                    #expect(text.contains("\n\(name) ") || text.contains("\n\(name){"), "\(name)")
                }
                let dashboard = try JSON(parsing: Files.read(Checkout.path("Packaging/grafana/hearth.json")))
                let asked = Self.names(in: dashboard)
                #expect(asked.count > 8)
                for name in asked { #expect(text.contains("# TYPE \(name) "), "the dashboard asks for \(name)") }
                try Promtool.judge(text, in: story.folderPath)
            }
        }

        /// What the expressions of a dashboard ask for, without what a histogram is told in.
        private static func names(in json: JSON) -> Set<String> {
            switch json {
            case .array(let items): return items.reduce(into: []) { $0.formUnion(names(in: $1)) }
            case .object(let object):
                return object.members.reduce(into: []) { found, member in
                    if member.key == "expr", let text = member.value.text {
                        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
                        let ours = words.filter { $0.hasPrefix("hearth_") || $0.hasPrefix("process_") }
                        found.formUnion(
                            ours.map { name in
                                ["_bucket", "_sum", "_count"].first(where: name.hasSuffix).map {
                                    String(name.dropLast($0.count))
                                }
                                    ?? name
                            })
                    } else {
                        found.formUnion(names(in: member.value))
                    }
                }
            default: return []
            }
        }

        @Test(
            "ANA-04: a key, made in a shell and shown once, reads statistics and events of its own server until it is revoked")
        func keys() throws {
            try Story.told(Self.open) { story in
                let owner = story.member("owner")
                try story.says(owner, "hello")
                let made = try story.asks("keys.create", ["name": "dashboard", "for": "7d"])
                let key = try #require(made["key"]?.text)
                let held = ["Authorization": "Bearer \(key)"]
                let caller = try story.caller()
                #expect(try caller.get("/api/v1/analytics/days").status == 401)
                let days = try caller.get("/api/v1/analytics/days?days=2", held)
                let told = try story.asks("analytics.days", ["days": 2])
                #expect(days.status == 200 && days.json == told, "\(days.body)")
                try story.asks("events.create", ["title": "Tea", "start": "tomorrow 18:00", "channel": .id(story.general)])
                let events = try caller.get("/api/v1/events/list", held)
                #expect(events.status == 200 && events.body.contains("Tea"), "\(events.body)")
                #expect(try caller.get("/api/v1/analytics/days?days=none", held).json["error"]?["field"] == "days")
                #expect(try caller.get("/api/v1/analytics/days?guild=1", held).status == 400)
                for (path, status) in [
                    ("analytics/export", 404), ("house/settings", 403), ("events/create", 404), ("events/attendance?id=1", 403),
                ] {
                    #expect(try caller.get("/api/v1/\(path)", held).status == status, "\(path)")
                }
                #expect(try story.number("SELECT COUNT(*) FROM keys_keys WHERE digest LIKE '%hearth%'") == 0)
                #expect(!story.log.contains(key))
                let listed = try story.asks("keys.list")["rows"]?.array ?? []
                #expect(listed.count == 1 && listed[0]["key"] == nil)
                let refused = try story.uses(owner, "keys create", ["name": "other"])
                #expect(refused.contains("must not pass through Discord"), "\(refused)")
                try story.asks("house.disable", ["feature": "keys"])
                #expect(try caller.get("/api/v1/analytics/days", held).status == 401)
                try story.asks("house.enable", ["feature": "keys"])
                #expect(try caller.get("/api/v1/analytics/days", held).status == 200)
                try story.days(8)
                #expect(try caller.get("/api/v1/analytics/days", held).status == 401, "its time is over")
                let second = try story.asks("keys.create", ["name": "dashboard", "idem": "once"])
                #expect(try story.asks("keys.create", ["name": "dashboard", "idem": "once"])["key"] == nil, "shown once")
                let again = ["Authorization": "Bearer \(second["key"]?.text ?? "")"]
                #expect(try caller.get("/api/v1/analytics/days", again).status == 200)
                #expect(try story.uses(owner, "keys revoke", ["key": "dashboard"]).contains("opens nothing"))
                #expect(try caller.get("/api/v1/analytics/days", again).status == 401)
            }
        }

        @Test("ANA-04: what is wrong with a wish for a key is said, and another server's keys are not there")
        func wrongKeys() throws {
            try Story.told(Self.open) { story in
                let elsewhere = story.discord.guild("Night Market")
                #expect(
                    try story.fails("keys.create", ["name": "a", "features": "analytix"]).hint == "Did you mean analytics?")
                #expect(try story.fails("keys.create", ["name": "a", "features": " , "]).field == "features")
                #expect(try story.fails("keys.create", ["name": "7"]).field == "name")
                #expect(try story.fails("keys.create", ["name": "a", "sees": "owner"]).field == "sees")
                #expect(try story.fails("keys.create", ["name": "a", "limit": 0]).field == "limit")
                try story.asks("keys.create", ["name": "mine"])
                #expect(try story.fails("keys.create", ["name": "MINE"]).field == "name")
                #expect(try story.fails("keys.revoke", ["key": "1"], in: elsewhere).name == "not_found")
                #expect(try story.fails("keys.revoke", ["key": "mime"]).hint == "Did you mean mine?")
                for number in 2...20 { try story.asks("keys.create", ["name": .string("k\(number)")]) }
                #expect(try story.fails("keys.create", ["name": "one more"]).name == "conflict")
                #expect(try story.uses(story.member("ann"), "keys list").contains("Manage Server"))
            }
        }
    }
}

extension Story {
    /// A program on the web.
    func caller() throws -> WebCaller { WebCaller(port: try #require(webPort)) }
}

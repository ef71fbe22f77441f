import Kit
import Machine
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Backups by themselves") struct BackupKeepingStories {
        private static var keeping: Story.Setting {
            var setting = Story.Setting()
            setting.configure = { configuration, _ in
                configuration.store.backupHours = 24
                configuration.store.backupKeep = 3
                configuration.store.backupWeeks = 0
                configuration.store.drillDays = 2
            }
            return setting
        }

        @Test(
            "OPS-05: backups are made by themselves, the old ones go, the newest is restored apart, and one that is torn is told"
        )
        func keeping() throws {
            try Story.told(Self.keeping) { story in
                let ann = story.member("ann")
                func backups() throws -> [JSON] { try story.asksAnywhere("house.backups")["rows"]?.array ?? [] }
                func automatic() throws -> Int { try backups().count { $0["automatic"] == true } }
                #expect(try automatic() == 0)
                try story.says(ann, "hello")
                let kept = try story.asksAnywhere("house.backup", ["name": "mine.db"])
                #expect(kept["automatic"] == false)
                try story.hours(2)
                try story.waits("the first one") { try automatic() == 1 }
                try story.waits("its drill") {
                    try backups().first?["drill"]?["trouble"] == nil && backups().first?["drill"] != nil
                }
                #expect(try backups().first?["drill"]?["rows"]?.int ?? 0 > 10)
                for day in 2...5 {
                    try story.days(1)
                    try story.waits("that of day \(day)") {
                        try automatic() == min(3, day) && backups().first?["made_ms"]?.int ?? 0 > 0
                            && story.discord.now.milliseconds - (backups().first?["made_ms"]?.int ?? 0) < 3_600_000
                    }
                }
                #expect(try backups().contains { $0["name"] == "mine.db" }, "what was made by hand stays")
                func sign() throws -> JSON? {
                    try story.asksAnywhere("house.status")["signs"]?.array?.first { $0["key"] == "backups" }
                }
                #expect(try sign()?["state"] == "ok")
                let tried = try story.asksAnywhere("house.drill", ["name": "mine.db"])
                #expect(tried["drill"]?["trouble"] == nil && tried["drill"]?["rows"]?.int ?? 0 > 10)

                let newest = try #require(try backups().first?["path"]?.text)
                var bytes = try Files.read(newest)
                for index in stride(from: 8192, to: bytes.count - 1, by: 4096) { bytes[index] ^= 0x5A }
                try Files.write(bytes, to: newest)
                let torn = try story.asksAnywhere("house.drill")
                #expect(torn["drill"]?["trouble"]?.text != nil, "\(torn)")
                #expect(try Files.names(in: story.configuration.store.backups).allSatisfy { !$0.hasPrefix(".drill") })
                try story.restarts()
                #expect(try sign()?["state"] == "bad")
                let found = try story.asksAnywhere("doctor.check")["rows"]?.array?.first { $0["key"] == "house.backups" }
                #expect(found?["fix"]?.text?.contains("house drill") == true, "\(String(describing: found))")
                #expect(try story.fails("house.drill", ["name": "mime.db"]).hint == "Did you mean mine.db?")
                #expect(try story.fails("house.drill", ["name": "../mine.db"]).field == "name")
                #expect(try story.fails("house.backup", ["name": "mine.db.json"]).field == "name")
                #expect(try story.fails("house.backup", ["name": "mine.db"]).message.contains("exists already"))
            }
        }
    }
}

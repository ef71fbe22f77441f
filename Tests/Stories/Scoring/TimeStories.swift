import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Time") struct Time {
        @Test("ACT-03: a day's points are worth 0.98 of themselves for each day since")
        func decay() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                try story.says(ann, "monday")
                try story.days(3)
                try story.says(ben, "thursday")
                try story.says(ann, "thursday too")
                try story.days(2)
                let rows = try story.asks("activity.leaderboard", ["period": "all"])["rows"]?.array ?? []
                #expect(rows.compactMap { $0["member"]?["id"]?.id(Member.self) } == [ann, ben])
                #expect(rows[0]["score"]?.double == story.decayed(ann))
                #expect(rows[1]["score"]?.double == story.decayed(ben))
                #expect(rows[0]["points"]?.double == 5)
            }
        }

        @Test("ACT-05: a streak grows by a day, stands until its window is over, and begins anew")
        func streaks() throws {
            try Story.told { story in
                let ann = story.member("ann")
                for day in 1...4 {
                    try story.says(ann, "day \(day)")
                    #expect(try story.streak(of: ann) == day)
                    try story.days(1)
                }
                #expect(try story.streak(of: ann) == 4)
                try story.days(1)
                #expect(try story.streak(of: ann) == 0)
                try story.says(ann, "back again")
                #expect(try story.streak(of: ann) == 1)
                #expect(try story.profile(of: ann, "best_streak") == 4)
            }
        }

        @Test("ACT-05: a reaction keeps a streak, a wider window forgives, and a streak outlives a restart")
        func forgiving() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                story.scoring.streakWindow = 2
                try story.asks("house.set", ["name": "activity.window", "value": 2])
                let said = try story.says(ann, "monday")
                try story.days(2)
                try story.restarts()
                try story.discord.reacts(ben, to: said, "☕")
                try story.says(ann, "wednesday")
                #expect(try story.streak(of: ann) == 2)
                try story.days(1)
                try story.says(ben, "thursday")
                #expect(try story.streak(of: ben) == 2)
                try story.days(3)
                #expect(try story.streak(of: ann) == 0)
            }
        }

        @Test("ACT-06: momentum halves in a day")
        func momentum() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "hello")
                #expect(abs(try story.profile(of: ann, "momentum") - 4) < 0.01)
                try story.days(1)
                #expect(abs(try story.profile(of: ann, "momentum") - 2) < 0.01)
                try story.days(2)
                #expect(abs(try story.profile(of: ann, "momentum") - 0.5) < 0.01)
            }
        }

        @Test("ACT-07: replies and reactions of others are influence, one's own are not, and it halves in a week")
        func influence() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let said = try story.says(ann, "what shall we brew?")
                try story.replies(ann, to: said, "anyone?")
                try story.discord.reacts(ann, to: said, "☕")
                #expect(try story.profile(of: ann, "influence") == 0)
                try story.replies(ben, to: said, "green tea")
                try story.discord.reacts(ben, to: said, "☕")
                #expect(abs(try story.profile(of: ann, "influence") - 2) < 0.01)
                try story.days(7)
                #expect(abs(try story.profile(of: ann, "influence") - 1) < 0.01)
                #expect(try story.profile(of: ben, "last_ms") > 0)
            }
        }
    }
}

extension Story {
    /// What the oracle's points of a member are worth today.
    func decayed(_ member: ID<Member>) -> Double {
        let today = scoring.day(discord.now)
        let worth = discord.oracle(scoring).points.filter { $0.key.member == member }.reduce(0.0) { sum, entry in
            var share = 1.0
            for _ in 0..<(today - entry.key.day) { share *= 0.98 }
            return sum + Double(entry.value) * share
        }
        return worth.rounded() / 1000
    }
}

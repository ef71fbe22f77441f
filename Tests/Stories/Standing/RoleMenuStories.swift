import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Role menus") struct RoleMenusTold {
        @Test(
            "STA-01: members give themselves roles with buttons and a list, one at a time, for a time, and what cannot work is told first"
        )
        func buttons() throws {
            try Story.told { story in
                let owner = story.member("owner")
                let ann = story.member("ann")
                let (red, blue) = (try story.colour("Red"), try story.colour("Blue"))
                let high = story.discord.role("High", in: story.guild, position: 9)
                try story.quiet()
                let refused = try story.writes(owner, "E!rolemenus add Colours <#\(story.general)> \"Red, High\"")
                #expect(refused.contains("High stands above mine") && refused.contains("Drag my role"), "\(refused)")
                let added = try story.writes(
                    owner, "E!rolemenus add Colours <#\(story.general)> \"🔴 Red, 🔵 Blue\" buttons exclusive: yes lasts: 7d")
                #expect(added.contains("Role menu 1 is posted"), "\(added)")
                let message = try story.menu("Colours")
                #expect(Story.words(message).contains("One of them at a time. Yours for 7 d."), "\(Story.words(message))")
                let answer = try story.answer(to: try story.discord.clicks(ann, "Red", on: message.said))
                #expect(answer.contains("You have <@&\(red)> now until"), "\(answer)")
                _ = try story.answer(to: try story.discord.clicks(ann, "Blue", on: message.said))
                #expect(story.discord.roles(of: ann, in: story.guild) == [blue])
                try story.restarts()
                try story.days(8)
                #expect(story.discord.roles(of: ann, in: story.guild) == [])
                #expect(
                    try story.uses(owner, "rolemenus edit", ["id": "1", "style": "menu"]).contains("changed where it stands"))
                let list = try story.menu("Colours")
                #expect(list.id == message.id && !list.components.isEmpty)
                let choice = try #require(list.components.first?["components"]?[0]?["custom_id"]?.text)
                let chosen = try story.discord.selects(ann, ["\(red)"], in: choice, on: list.said)
                #expect(try story.answer(to: chosen).contains("You have <@&\(red)> now"))
                #expect(story.discord.roles(of: ann, in: story.guild) == [red])
                #expect(try story.asks("rolemenus.holders")["rows"]?[0]?["member"]?["id"] == .id(ann))
                _ = high
            }
        }

        @Test(
            "STA-01: reactions give and take roles, also those of the time when the session was lost; a deleted menu is offered again"
        )
        func reactions() throws {
            try Story.told { story in
                let owner = story.member("owner")
                let (ann, ben, cat) = (story.member("ann"), story.member("ben"), story.member("cat"))
                let (red, blue) = (try story.colour("Red"), try story.colour("Blue"))
                let log = story.channel("log")
                // What was reacted to in a gap is not counted: who is counted by it would not be what this story is about.
                try story.asks("house.set", ["name": "activity.reaction", "value": 0])
                story.scoring.reaction = 0
                for person in [ann, ben, cat] { try story.says(person, "hello") }
                try story.asks("house.set", ["name": "rolemenus.log", "value": .string("\(log)")])
                _ = try story.writes(owner, "E!rolemenus add Colours <#\(story.general)> \"🔴 Red, 🔵 Blue\" reactions most: 1")
                let message = try story.menu("Colours")
                #expect(message.reactions.map(\.emoji.name) == ["🔴", "🔵"])
                for person in [ann, ben] { try story.discord.reacts(person, to: message.said, "🔴") }
                try story.quiet()
                #expect([ann, ben].allSatisfy { story.discord.roles(of: $0, in: story.guild) == [red] })
                try story.discord.reacts(ben, to: message.said, "🔵")
                try story.quiet()
                #expect(story.discord.message(message.said)?.reactions[1].users.contains(ben) == false, "it was taken away")
                #expect(story.discord.privateMessages(with: ben).map(Story.words).last?.contains("Give one back first") == true)
                try story.minutes(1)
                story.closes()
                story.discord.act { $0.faults.next(.refuseResume) }
                story.discord.unreacts(ann, on: message.said, "🔴")
                try story.discord.reacts(cat, to: message.said, "🔵")
                try story.opensSoon()
                #expect(story.discord.roles(of: ann, in: story.guild) == [])
                #expect(story.discord.roles(of: ben, in: story.guild) == [red])
                #expect(story.discord.roles(of: cat, in: story.guild) == [blue])
                story.discord.deletes(message.said)
                try story.quiet()
                let offer = try #require(story.discord.botMessages(in: log).last)
                #expect(Story.words(offer).contains("Its message was deleted"), "\(Story.words(offer))")
                _ = try story.answer(to: try story.discord.clicks(owner, "Post it again", on: offer.said))
                let again = try story.menu("Colours")
                #expect(again.id != message.id && again.reactions.count == 2)
                try story.discord.reacts(ann, to: again.said, "🔵")
                try story.quiet()
                #expect(story.discord.roles(of: ann, in: story.guild) == [blue])
            }
        }
    }
}

extension Story {
    /// A role that the bot has heard of, and may give.
    fileprivate func colour(_ name: String) throws -> ID<Role> {
        let role = discord.role(name, in: guild, position: 1)
        try quiet()
        return role
    }

    fileprivate func menu(_ title: String) throws -> MessageRecord {
        try quiet()
        return try #require(
            discord.botMessages(in: general).last { $0.embeds.first?["title"]?.text == title && $0.reference == nil })
    }
}

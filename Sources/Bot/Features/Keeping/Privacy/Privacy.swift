package import Kit
internal import Shared

/// What members do not want, and what they may know of themselves and have forgotten.
package enum Privacy {
    package static let feature = Feature(
        "privacy", "What members do not want from the bot, and what is kept about them", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [
            decline, allow, wishes, hours, notices, data, export, erase, text, agree, withdraw, publish, unpublish, texts,
        ],
        jobs: [sweep.erased],
        panels: [textsPanel],
        readings: [courtesy, consents],
        keeps: [
            Kept("what you declined", for: .always),
            Kept("which words about privacy you agreed to, and when", for: .always),
            Kept("when you want to be left in peace", for: .always),
            Kept("what I told you of my own accord, or why not, without the words", for: .fixed(7.days)),
            Kept("how many private messages you had today", for: .fixed(2.days)),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}

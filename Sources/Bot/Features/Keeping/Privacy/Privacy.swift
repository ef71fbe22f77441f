package import Kit
internal import Shared

/// What members do not want, and what they may know of themselves and have forgotten.
package enum Privacy {
    package static let feature = Feature(
        "privacy", "What members do not want from the bot, and what is kept about them", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [
            decline, allow, wishes, data, export, erase, text, agree, withdraw, publish, unpublish, texts,
        ],
        jobs: [sweep.erased],
        panels: [textsPanel],
        readings: [courtesy, consents],
        keeps: [
            Kept("what you declined", for: .always),
            Kept("which words about privacy you agreed to, and when", for: .always),
            Kept("how many private messages you had today", for: .fixed(2.days)),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}

/// What the house promises, row by row, in words of its own. A row is here once its feature is whole; from then on a story of
/// the whole daemon has to name it.
enum PromisedRows {
    static let all: KeyValuePairs<String, String> = [
        "ACT-01": "points of messages, replies, conversations started and reactions",
        "ACT-02": "edits and reactions reach the counting, voice where it is wanted",
        "ACT-03": "what was earned fades by whole days",
        "ACT-04": "a further channel of the day is worth something",
        "ACT-05": "streaks of days",
        "ACT-06": "momentum: what was earned of late",
        "ACT-07": "influence, and when somebody was last active",
        "ACT-08": "everybody's profile",
        "ACT-09": "leaderboards of every period, kept each day",
        "ACT-10": "messages are kept as numbers; text only where a server wants it, for a time",
        "ACT-11": "bots are never heard",
        "PNG-01": "pings are added, listed, changed and removed",
        "PNG-02": "a ping comes when it is due, once",
        "PNG-03": "in words of its own, to the most active",
        "PNG-04": "who declines or was mentioned lately is passed over",
        "PNG-05": "and so is who has a spared role",
        "AI-01": "what is trending is told, and nothing that was said is kept",
        "AI-02": "topics come on demand and on a schedule",
        "AI-03": "a language model phrases them where there is one, and nobody waits for it",
        "MOD-07": "owners set figures, tune rules, silence, and purge who is long away",
        "PRV-01": "members decline pings, private messages and being counted",
        "PRV-03": "members get what is kept about them",
        "PRV-04": "and have it forgotten",
        "PRV-05": "nothing is kept longer than it is said to be",
        "PRV-06": "the token is nowhere but where it is needed",
        "CMD-01": "the names that other bots gave to commands work",
    ]
}

internal import Kit
internal import Shared

/// One record that is not as it is wanted.
struct GuildDifference {
    enum Deed: String { case make, change, remove }

    var kind: Configured
    var old: Configured.Record?
    var new: Configured.Record?
    /// Where it stands in the text that wants it; nil where no text does.
    var line: Int?

    var deed: Deed { old == nil ? .make : new == nil ? .remove : .change }
    var name: String { new?.name ?? old?.name ?? "" }

    /// What the feature does about it.
    func steps(_ turn: Turn) throws -> Configured.Steps {
        switch (old, new) {
        case (nil, let new?): try kind.make(turn, new)
        case (let old?, nil): try kind.remove(turn, old)
        case (let old?, let new?): try kind.change(turn, old, new)
        case (nil, nil): Configured.Steps([])
        }
    }

    /// Of a change only the values that the text names: what it leaves out stays as it is.
    var lines: [String] {
        guard let old, var shown = new?.values else {
            return Difference(from: old.map { .object($0.values) }, to: new.map { .object($0.values) }).lines
        }
        if !kind.isWhole {
            for (key, value) in old.values.members where shown[key] == nil { shown[key] = value }
        }
        let renamed = old.name == name ? [] : ["- \(old.name)", "+ \(name)"]
        return renamed + Difference(from: .object(old.values), to: .object(shown)).lines
    }

    func place(_ turn: Turn) -> String {
        (line.map { "Line \($0), " } ?? "") + "\(kind.heading), \(SheetWriter(turn).name(of: name, kind))"
    }
}

/// What a feature lets be measured from outside: a few numbers of the whole house, cheap enough to be asked for every few
/// seconds.
package struct MetricReading: Reading {
    package let metrics: @Sendable (Turn) throws -> [Metric]
    package init(metrics: @escaping @Sendable (Turn) throws -> [Metric]) { self.metrics = metrics }
}

/// A number with a name, or one for each of several labels.
package struct Metric: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable { case counter, gauge, histogram }

    package struct Sample: Hashable, Sendable {
        /// What follows the name: "_bucket", "_sum" and "_count" of a histogram.
        package var suffix: String
        package var labels: [String: String]
        package var value: Double

        package init(_ value: Double, _ labels: [String: String] = [:], suffix: String = "") {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    package let name: String
    package let help: String
    package let kind: Kind
    package let samples: [Sample]

    package init(_ name: String, _ help: String, _ kind: Kind, _ samples: [Sample]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }

    package init(_ name: String, _ help: String, _ kind: Kind = .gauge, _ value: Double) {
        self.init(name, help, kind, [Sample(value)])
    }
}

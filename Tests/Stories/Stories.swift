import Testing

/// One after the other: each has a dozen threads and people who wait three seconds for an answer.
@Suite("Stories", .serialized) struct Stories {}

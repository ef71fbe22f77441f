/// A number for each of the few shards of a process, looked up on each event.
struct ShardNumbers: Sequence {
    private var numbers: [(shard: Int, number: Int64)] = []

    subscript(shard: Int) -> Int64? {
        get {
            for one in numbers where one.shard == shard { return one.number }
            return nil
        }
        set {
            let index = numbers.firstIndex { $0.shard == shard }
            switch (index, newValue) {
            case (let index?, let number?): numbers[index].number = number
            case (let index?, nil): numbers.remove(at: index)
            case (nil, let number?): numbers.append((shard, number))
            case (nil, nil): break
            }
        }
    }

    func makeIterator() -> IndexingIterator<[(shard: Int, number: Int64)]> { numbers.makeIterator() }
}

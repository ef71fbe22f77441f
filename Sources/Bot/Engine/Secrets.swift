/// What nobody can guess: of the system's chance, which no seed of a turn stands for.
enum Secrets {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// Forty-three of these letters are a little more than 256 bits.
    static func letters(_ count: Int) -> String {
        var chance = SystemRandomNumberGenerator()
        return String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &chance)] })
    }
}

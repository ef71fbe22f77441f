internal import CLinux

/// 2 to a power.
package func pow2(_ exponent: Double) -> Double { exp2(exponent) }

/// A base to a whole power.
package func power(_ base: Double, _ exponent: Int) -> Double { pow(base, Double(exponent)) }

/// The logarithm to base 2.
package func logarithm2(_ value: Double) -> Double { log2(value) }

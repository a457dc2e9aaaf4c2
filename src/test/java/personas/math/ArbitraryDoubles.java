package personas.math;

/** Seeded columns for laws and oracles: each kind of double that a sum can meet. */
public final class ArbitraryDoubles {
  /** What a column holds. */
  public enum Kind {
    /** Every finite bit pattern alike: 1e±300, both signs, subnormals. */
    ANY_FINITE,
    /** Below 2⁻¹⁰²², where a double has fewer than 53 bits. */
    SUBNORMAL,
    /** Near the largest double. */
    HUGE,
    /** Usage counts. */
    COUNT,
    /** Amounts with two decimals. */
    DECIMAL,
    /** Small differences on a large offset. */
    OFFSET
  }

  private final SplitMix64 random;

  public ArbitraryDoubles(long seed) {
    this.random = new SplitMix64(seed);
  }

  /** Uniform in [0, bound). */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A column of one kind without a missing value. */
  public double[] column(Kind kind, int size) {
    double[] column = new double[size];
    for (int i = 0; i < size; i++) {
      column[i] = value(kind);
    }
    return column;
  }

  /** A column where about one value in {@code oneIn} is NaN. */
  public double[] withMissing(double[] column, int oneIn) {
    double[] some = column.clone();
    for (int i = 0; i < some.length; i++) {
      if (below(oneIn) == 0) {
        some[i] = Double.NaN;
      }
    }
    return some;
  }

  /** The same values in another order. */
  public double[] shuffled(double[] column) {
    double[] shuffled = column.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = below(i + 1);
      double swapped = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swapped;
    }
    return shuffled;
  }

  private double value(Kind kind) {
    return switch (kind) {
      case ANY_FINITE -> anyFinite();
      case SUBNORMAL -> sign() * Double.longBitsToDouble(random.nextLong() >>> 12);
      case HUGE -> sign() * Double.MAX_VALUE * (1 - random.nextDouble() / 4);
      case COUNT -> below(100_000);
      case DECIMAL -> below(1_000_000) / 100.0;
      case OFFSET -> 1e9 + (random.nextDouble() - 0.5) * 2e-3;
    };
  }

  private double anyFinite() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Math.abs(value) <= Double.MAX_VALUE ? value : anyFinite();
  }

  private int sign() {
    return random.nextLong() < 0 ? -1 : 1;
  }
}

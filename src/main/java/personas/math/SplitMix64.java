package personas.math;

/**
 * A small seeded random number generator. Equal seeds give equal numbers on every platform and in
 * every version. Source: G. L. Steele, D. Lea and C. H. Flood, <i>Fast splittable pseudorandom
 * number generators</i>, OOPSLA 2014.
 */
public final class SplitMix64 {
  static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Creates a generator whose numbers depend on the seed only. */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** Returns a generator that will give the same next numbers as this one. */
  public SplitMix64 copy() {
    return new SplitMix64(state);
  }

  /** Returns the next 64 random bits. */
  public long nextLong() {
    state += GAMMA;
    return Hashing.finish(state);
  }

  /** Returns the next number, uniform in [0, 1). */
  public double nextDouble() {
    return Hashing.uniform(nextLong());
  }

  /**
   * Returns the next whole number, uniform in [0, bound) with a bias below bound / 2³².
   *
   * @throws IllegalArgumentException if {@code bound} is below 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound: " + bound + " is below 1");
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }
}

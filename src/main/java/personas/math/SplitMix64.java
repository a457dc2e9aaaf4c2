package personas.math;

/**
 * A small seeded generator with the same numbers everywhere, for ever: G. L. Steele, D. Lea and C.
 * H. Flood, <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014.
 */
public final class SplitMix64 {
  static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** One that gives the numbers that are to come here. */
  public SplitMix64 copy() {
    return new SplitMix64(state);
  }

  public long nextLong() {
    state += GAMMA;
    return Hashing.finish(state);
  }

  /** Uniform in [0, 1). */
  public double nextDouble() {
    return Hashing.uniform(nextLong());
  }

  /**
   * Uniform in [0, bound); the bias is below bound / 2³².
   *
   * @throws IllegalArgumentException where {@code bound} is below 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound: " + bound + " is below 1");
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }
}

package personas.persona;

/** The level of a feature in a declared profile. */
public enum Level {
  VERY_LOW(-1.5),
  LOW(-0.75),
  MODERATE(0),
  HIGH(0.75),
  VERY_HIGH(1.5);

  private final double zScore;

  Level(double zScore) {
    this.zScore = zScore;
  }

  /** Returns the position of the level, in standard deviations from the mean. */
  public double zScore() {
    return zScore;
  }
}

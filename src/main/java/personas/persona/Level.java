package personas.persona;

/** How much of a feature a persona shows, in words that an analyst uses. */
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

  /** The level's place on the standardized axis, in standard deviations from the mean. */
  public double zScore() {
    return zScore;
  }
}

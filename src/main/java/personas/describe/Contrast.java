package personas.describe;

import java.util.ArrayList;
import java.util.List;
import personas.confidence.ChanceTest;
import personas.confidence.Interval;
import personas.confidence.Spread;
import personas.confidence.UserBootstrap;
import personas.describe.Description.Figure;
import personas.math.Require;

/**
 * A mean or a share of all users, of each persona, and of the users outside of each persona.
 *
 * @param all the spread of all users with a value
 * @param inside the spread of the users of each persona
 * @param outside the spread of the users outside of each persona
 */
record Contrast(Spread all, List<Spread> inside, List<Spread> outside) {
  Contrast {
    Require.sameSize("outside", outside.size(), inside.size());
  }

  /**
   * Returns the figures of the personas. All figures are marked as chance until {@link
   * FalseDiscoveries} compares them.
   */
  List<Figure> figures(DescribedType type) {
    List<Figure> figures = new ArrayList<>();
    for (int j = 0; j < inside.size(); j++) {
      figures.add(figure(type, inside.get(j), outside.get(j)));
    }
    return figures;
  }

  private Figure figure(DescribedType type, Spread persona, Spread otherUsers) {
    if (persona.count() == 0) {
      return new Figure(0L, null, null, null, null, true, null, null, null);
    }
    boolean isMean = type == DescribedType.NUMERIC || type == DescribedType.DATE;
    Double vTest = vTest(persona);
    return new Figure(
        persona.count(),
        persona.mean(),
        type == DescribedType.DATE ? null : index(persona.mean()),
        isMean ? cohensD(persona, otherUsers) : phi(persona, otherUsers),
        vTest,
        true,
        vTest == null ? null : probability(isMean, persona, otherUsers, vTest),
        isMean ? UserBootstrap.mean(persona) : UserBootstrap.share(persona.count(), persona.ones()),
        vTest == null ? null : difference(isMean, persona, otherUsers));
  }

  private static double probability(
      boolean isMean, Spread persona, Spread otherUsers, double vTest) {
    return isMean
        ? ChanceTest.meanProbability(persona, otherUsers, vTest)
        : ChanceTest.shareProbability(persona, otherUsers, vTest);
  }

  private static Interval difference(boolean isMean, Spread persona, Spread otherUsers) {
    return isMean
        ? UserBootstrap.meanDifference(persona, otherUsers)
        : UserBootstrap.shareDifference(persona, otherUsers);
  }

  private Double index(double value) {
    return value >= 0 && all.mean() > 0 ? finiteOrNull(100 * (value / all.mean())) : null;
  }

  /**
   * Returns the difference of two means in pooled standard deviations; null if it is not defined.
   */
  private static Double cohensD(Spread persona, Spread otherUsers) {
    double largest = Math.max(persona.deviation(), otherUsers.deviation());
    long users = persona.count() + otherUsers.count();
    if (otherUsers.count() == 0 || users <= 2 || largest == 0) {
      return null;
    }
    // Both deviations are divided by the larger one, so that no square overflows.
    double squares =
        persona.count() * square(persona.deviation() / largest)
            + otherUsers.count() * square(otherUsers.deviation() / largest);
    double pooled = Math.sqrt(squares / (users - 2));
    return finiteOrNull((persona.mean() / largest - otherUsers.mean() / largest) / pooled);
  }

  private static double square(double value) {
    return value * value;
  }

  /** Returns φ, Cramér's V of two shares with a sign; null if it is not defined. */
  private Double phi(Spread persona, Spread otherUsers) {
    if (otherUsers.count() == 0 || all.deviation() == 0) {
      return null;
    }
    double weight = Math.sqrt((double) persona.count()) * Math.sqrt((double) otherUsers.count());
    return finiteOrNull(
        (persona.mean() - otherUsers.mean()) * weight / all.count() / all.deviation());
  }

  /** Returns the v-vTest: the difference from all users in standard errors; null if not defined. */
  private Double vTest(Spread persona) {
    long users = all.count();
    if (persona.count() == users || all.deviation() == 0) {
      return null;
    }
    double error = Math.sqrt((users - persona.count()) / (double) (users - 1) / persona.count());
    return finiteOrNull((persona.mean() / all.deviation() - all.mean() / all.deviation()) / error);
  }

  private static Double finiteOrNull(double value) {
    return Double.isFinite(value) ? value + 0.0 : null;
  }

  /**
   * Returns the correlation ratio η of a mean, or Cramér's V of a share; null if fewer than two
   * personas have users with a value.
   */
  Double strength() {
    boolean isComparison = inside.stream().filter(persona -> persona.count() > 0).count() > 1;
    return isComparison ? Double.valueOf(Math.sqrt(betweenShare())) : null;
  }

  /** Returns the share of the variance that lies between the personas, 0..1. */
  private double betweenShare() {
    double between = 0;
    for (Spread persona : inside) {
      if (all.deviation() > 0 && persona.count() > 0) {
        double zScore = persona.mean() / all.deviation() - all.mean() / all.deviation();
        between += persona.count() / (double) all.count() * square(zScore);
      }
    }
    return Math.min(1, between);
  }

  /** Returns the contribution of a share to χ², divided by the number of users. */
  double chiSquareShare() {
    return betweenShare() * (1 - all.mean());
  }
}

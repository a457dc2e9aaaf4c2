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

  private Figure figure(DescribedType type, Spread persona, Spread rest) {
    if (persona.count() == 0) {
      return new Figure(0L, null, null, null, null, true, null, null, null);
    }
    boolean isMean = type == DescribedType.NUMERIC || type == DescribedType.DATE;
    Double test = test(persona);
    return new Figure(
        persona.count(),
        persona.mean(),
        type == DescribedType.DATE ? null : index(persona.mean()),
        isMean ? cohensD(persona, rest) : phi(persona, rest),
        test,
        true,
        test == null ? null : probability(isMean, persona, rest, test),
        isMean ? UserBootstrap.mean(persona) : UserBootstrap.share(persona.count(), persona.ones()),
        test == null ? null : difference(isMean, persona, rest));
  }

  private static double probability(boolean isMean, Spread persona, Spread rest, double test) {
    return isMean ? ChanceTest.means(persona, rest, test) : ChanceTest.shares(persona, rest, test);
  }

  private static Interval difference(boolean isMean, Spread persona, Spread rest) {
    return isMean
        ? UserBootstrap.meanDifference(persona, rest)
        : UserBootstrap.shareDifference(persona, rest);
  }

  private Double index(double value) {
    return value >= 0 && all.mean() > 0 ? finite(100 * (value / all.mean())) : null;
  }

  /**
   * Returns the difference of two means in pooled standard deviations; null if it is not defined.
   */
  private static Double cohensD(Spread persona, Spread rest) {
    double largest = Math.max(persona.deviation(), rest.deviation());
    long users = persona.count() + rest.count();
    if (rest.count() == 0 || users <= 2 || largest == 0) {
      return null;
    }
    // Deviations are divided by the larger one, so that squares stay within the range of double.
    double squares =
        persona.count() * square(persona.deviation() / largest)
            + rest.count() * square(rest.deviation() / largest);
    double pooled = Math.sqrt(squares / (users - 2));
    return finite((persona.mean() / largest - rest.mean() / largest) / pooled);
  }

  private static double square(double value) {
    return value * value;
  }

  /** Returns φ, Cramér's V of two shares with a sign; null if it is not defined. */
  private Double phi(Spread persona, Spread rest) {
    if (rest.count() == 0 || all.deviation() == 0) {
      return null;
    }
    double weight = Math.sqrt((double) persona.count()) * Math.sqrt((double) rest.count());
    return finite((persona.mean() - rest.mean()) * weight / all.count() / all.deviation());
  }

  /** Returns the v-test: the difference from all users in standard errors; null if not defined. */
  private Double test(Spread persona) {
    long users = all.count();
    if (persona.count() == users || all.deviation() == 0) {
      return null;
    }
    double error = Math.sqrt((users - persona.count()) / (double) (users - 1) / persona.count());
    return finite((persona.mean() / all.deviation() - all.mean() / all.deviation()) / error);
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value + 0.0 : null;
  }

  /**
   * Returns the correlation ratio η of a mean, or Cramér's V of a share; null if one persona has
   * all users.
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
        double steps = persona.mean() / all.deviation() - all.mean() / all.deviation();
        between += persona.count() / (double) all.count() * square(steps);
      }
    }
    return Math.min(1, between);
  }

  /** Returns the contribution of a share to χ², divided by the number of users. */
  double chiSquareShare() {
    return betweenShare() * (1 - all.mean());
  }
}

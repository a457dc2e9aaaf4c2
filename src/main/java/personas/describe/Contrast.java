package personas.describe;

import java.util.ArrayList;
import java.util.List;
import personas.confidence.ChanceTest;
import personas.confidence.Interval;
import personas.confidence.Spread;
import personas.confidence.UserBootstrap;
import personas.describe.Description.Figure;

/**
 * A mean or a share of all users, of each persona, and of the users outside of each persona.
 *
 * @param all users with a value
 * @param own by persona, its users
 * @param others by persona, the users of all other personas
 */
record Contrast(Spread all, List<Spread> own, List<Spread> others) {

  /** Returns the figures of the personas; all are marked as chance until they are compared. */
  List<Figure> figures(DescribedType type) {
    List<Figure> figures = new ArrayList<>();
    for (int j = 0; j < own.size(); j++) {
      figures.add(figure(type, own.get(j), others.get(j)));
    }
    return figures;
  }

  private Figure figure(DescribedType type, Spread mine, Spread rest) {
    if (mine.count() == 0) {
      return new Figure(0L, null, null, null, null, true, null, null, null);
    }
    boolean isMean = type == DescribedType.NUMERIC || type == DescribedType.DATE;
    Double test = test(mine);
    return new Figure(
        mine.count(),
        mine.mean(),
        type == DescribedType.DATE ? null : index(mine.mean()),
        isMean ? cohensD(mine, rest) : phi(mine, rest),
        test,
        true,
        test == null ? null : probability(isMean, mine, rest, test),
        isMean ? UserBootstrap.mean(mine) : UserBootstrap.share(mine.count(), mine.ones()),
        test == null ? null : difference(isMean, mine, rest));
  }

  private static double probability(boolean isMean, Spread mine, Spread rest, double test) {
    return isMean ? ChanceTest.means(mine, rest, test) : ChanceTest.shares(mine, rest, test);
  }

  private static Interval difference(boolean isMean, Spread mine, Spread rest) {
    return isMean
        ? UserBootstrap.meanDifference(mine, rest)
        : UserBootstrap.shareDifference(mine, rest);
  }

  private Double index(double value) {
    return value >= 0 && all.mean() > 0 ? finite(100 * (value / all.mean())) : null;
  }

  /** The difference of two means in pooled standard deviations. */
  private static Double cohensD(Spread mine, Spread rest) {
    double largest = Math.max(mine.deviation(), rest.deviation());
    long users = mine.count() + rest.count();
    if (rest.count() == 0 || users <= 2 || largest == 0) {
      return null;
    }
    // Relative to the larger one, so that no square leaves the doubles.
    double squares =
        mine.count() * square(mine.deviation() / largest)
            + rest.count() * square(rest.deviation() / largest);
    double pooled = Math.sqrt(squares / (users - 2));
    return finite((mine.mean() / largest - rest.mean() / largest) / pooled);
  }

  private static double square(double value) {
    return value * value;
  }

  private Double phi(Spread mine, Spread rest) {
    if (rest.count() == 0 || all.deviation() == 0) {
      return null;
    }
    double weight = Math.sqrt((double) mine.count()) * Math.sqrt((double) rest.count());
    return finite((mine.mean() - rest.mean()) * weight / all.count() / all.deviation());
  }

  private Double test(Spread mine) {
    long users = all.count();
    if (mine.count() == users || all.deviation() == 0) {
      return null;
    }
    double error = Math.sqrt((users - mine.count()) / (double) (users - 1) / mine.count());
    return finite((mine.mean() / all.deviation() - all.mean() / all.deviation()) / error);
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value + 0.0 : null;
  }

  /**
   * The correlation ratio η of a mean, Cramér's V of a share; null if one persona has all users.
   */
  Double strength() {
    boolean isComparison = own.stream().filter(mine -> mine.count() > 0).count() > 1;
    return isComparison ? Double.valueOf(Math.sqrt(betweenShare())) : null;
  }

  /** The share of the variance that lies between the personas, 0..1. */
  private double betweenShare() {
    double between = 0;
    for (Spread mine : own) {
      if (all.deviation() > 0 && mine.count() > 0) {
        double steps = mine.mean() / all.deviation() - all.mean() / all.deviation();
        between += mine.count() / (double) all.count() * square(steps);
      }
    }
    return Math.min(1, between);
  }

  /** What a share adds to χ², divided by the number of users. */
  double chiSquareShare() {
    return betweenShare() * (1 - all.mean());
  }
}

package personas.report.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.confidence.Interval;
import personas.describe.DescribedType;
import personas.describe.Description;
import personas.describe.Description.Column;
import personas.describe.Description.Figure;
import personas.describe.Description.Row;
import personas.report.data.Decimals;
import personas.spec.Privacy;

/** Hides small groups in the described columns. */
final class DescriptionMask {
  /**
   * If one mean is hidden, the other means are rounded to this number of significant digits, so
   * that the hidden mean cannot be computed from them.
   */
  private static final int SIGNIFICANT_DIGITS = 4;

  private final SmallGroups smallGroups;
  private final long users;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private DescriptionMask(long users, Privacy privacy) {
    this.users = users;
    this.smallGroups = new SmallGroups(privacy.minGroup());
  }

  /**
   * Returns the description as the report shows it.
   *
   * @param users number of all users
   */
  static Description of(Description description, long users, Privacy privacy) {
    if (privacy.isOff()) {
      return description;
    }
    DescriptionMask mask = new DescriptionMask(users, privacy);
    mask.leftOut.addAll(description.leftOut());
    description.columns().forEach(column -> mask.add(column, privacy));
    return new Description(mask.columns, mask.leftOut);
  }

  private void add(Column column, Privacy privacy) {
    List<Row> rows = new ArrayList<>();
    for (Row row : column.rows()) {
      long present = row.personas().stream().mapToLong(Figure::users).sum();
      boolean isShare =
          column.type() == DescribedType.CATEGORY || column.type() == DescribedType.BOOLEAN;
      long withLevel = isShare ? Math.round(row.all() * present) : present;
      if (!smallGroups.isSmall(withLevel)
          && !smallGroups.isSmall(isShare ? present - withLevel : 0)) {
        rows.add(isShare ? shares(row) : means(row));
      }
    }
    if (rows.isEmpty()) {
      leftOut.add(
          String.format(
              Locale.ROOT,
              "%s: its figures concern fewer than %,d users",
              column.name(),
              privacy.minGroup()));
      return;
    }
    boolean hidesMissing = smallGroups.isSmall(Math.round(column.missing() * users));
    columns.add(
        new Column(
            column.name(),
            column.type(),
            hidesMissing ? null : column.missing(),
            column.strength(),
            column.adjustedRand(),
            rows));
  }

  private Row shares(Row row) {
    long[] present = row.personas().stream().mapToLong(Figure::users).toArray();
    long[] withLevel =
        row.personas().stream()
            .mapToLong(
                figure -> figure.value() == null ? 0 : Math.round(figure.value() * figure.users()))
            .toArray();
    long[] withoutLevel = new long[present.length];
    for (int j = 0; j < present.length; j++) {
      withoutLevel[j] = present[j] - withLevel[j];
    }
    boolean[] hidesWithLevel = smallGroups.hidden(withLevel);
    boolean[] hidesWithoutLevel = smallGroups.hidden(withoutLevel);
    List<Figure> figures = new ArrayList<>();
    for (int j = 0; j < present.length; j++) {
      Figure figure = row.personas().get(j);
      boolean hides = hidesWithLevel[j] || hidesWithoutLevel[j] || smallGroups.isSmall(present[j]);
      figures.add(hides ? hidden(figure) : figure);
    }
    return new Row(row.level(), row.other(), row.all(), figures);
  }

  private Row means(Row row) {
    boolean mustRound =
        row.personas().stream().anyMatch(figure -> smallGroups.isSmall(figure.users()));
    List<Figure> figures = new ArrayList<>();
    for (Figure figure : row.personas()) {
      figures.add(
          smallGroups.isSmall(figure.users())
              ? hidden(figure)
              : mustRound ? rounded(figure) : figure);
    }
    return new Row(row.level(), row.other(), mustRound ? rounded(row.all()) : row.all(), figures);
  }

  private Figure hidden(Figure figure) {
    return new Figure(
        smallGroups.countOrNull(figure.users()), null, null, null, null, true, null, null, null);
  }

  private static Figure rounded(Figure figure) {
    return new Figure(
        figure.users(),
        rounded(figure.value()),
        rounded(figure.index()),
        rounded(figure.effect()),
        rounded(figure.test()),
        figure.chance(),
        rounded(figure.probability()),
        rounded(figure.valueInterval()),
        rounded(figure.differenceInterval()));
  }

  private static Interval rounded(Interval interval) {
    return interval == null
        ? null
        : new Interval(rounded(interval.low()), rounded(interval.high()));
  }

  private static Double rounded(Double figure) {
    return figure == null ? null : (Double) Decimals.significant(figure, SIGNIFICANT_DIGITS);
  }
}

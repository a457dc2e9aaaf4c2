package personas.describe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import personas.confidence.Spread;
import personas.describe.Description.Column;
import personas.describe.Description.Row;
import personas.math.AdjustedRand;

/** Computes the description of a run from the values of its users. */
public final class DescriptionBuilder {
  /** The largest number of texts of a category that have rows of their own. */
  static final int MAX_ROWS = 20;

  /**
   * The smallest number of users of a text with a row. A row for fewer users could identify them.
   */
  static final int MIN_USERS = 5;

  private final DescribedUsers described;
  private final long users;
  private final int k;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private DescriptionBuilder(DescribedUsers described, long users) {
    this.described = described;
    this.users = users;
    this.k = described.k();
  }

  /**
   * Returns the description of a run.
   *
   * @param described the values of the described columns; null if the run does not describe columns
   * @param users the number of all users, with and without values
   */
  public static Description of(DescribedUsers described, long users) {
    return described == null ? Description.NONE : new DescriptionBuilder(described, users).build();
  }

  private Description build() {
    for (int c = 0; c < described.columns().size(); c++) {
      add(described.columns().get(c), described.values(c));
    }
    columns.sort(
        Comparator.comparingDouble(column -> column.strength() == null ? 1 : -column.strength()));
    return new Description(FalseDiscoveries.marked(columns), leftOut);
  }

  private void add(DescribedColumn column, ColumnValues values) {
    ValueSums[] sums = values.sums();
    long present = total(sums, ValueSums::present);
    if (present == 0) {
      leftOut.add(column.name() + ": no user has a value");
    } else if (values.hasLevels() && values.levelCount() == 1) {
      leftOut.add(column.name() + ": all users with a value have the same value");
    } else {
      DescribedType type = column.type() == null ? type(values, sums, present) : column.type();
      if (type == DescribedType.CATEGORY) {
        addShares(column.name(), values, sums);
      } else {
        addMean(column.name(), type, sums);
      }
    }
  }

  private static long total(ValueSums[] sums, ToLongFunction<ValueSums> count) {
    return Arrays.stream(sums).mapToLong(count).sum();
  }

  /** Returns the type of values for which the spec does not name a type. */
  private static DescribedType type(ColumnValues values, ValueSums[] sums, long present) {
    if (values.hasLevels()
        && values.levelCount() == 2
        && total(sums, ValueSums::booleans) == present) {
      return DescribedType.BOOLEAN;
    }
    if (total(sums, ValueSums::numbers) == present) {
      return DescribedType.NUMERIC;
    }
    return total(sums, ValueSums::days) == present ? DescribedType.DATE : DescribedType.CATEGORY;
  }

  private void addMean(String name, DescribedType type, ValueSums[] sums) {
    List<Spread> inside = new ArrayList<>();
    List<Spread> outside = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      inside.add(sums[j].spread(type));
      outside.add(merged(sums, j).spread(type));
    }
    Contrast contrast = new Contrast(merged(sums, -1).spread(type), inside, outside);
    if (contrast.all().count() == 0) {
      leftOut.add(
          String.format(
              Locale.ROOT,
              "%s: no value has the type %s",
              name,
              type.name().toLowerCase(Locale.ROOT)));
    } else {
      Row row = new Row(null, false, contrast.all().mean(), contrast.figures(type));
      columns.add(
          new Column(
              name,
              type,
              missing(contrast.all().count()),
              contrast.strength(),
              null,
              List.of(row)));
    }
  }

  /** Returns the sums of all clusters except one; -1 excludes none. */
  private ValueSums merged(ValueSums[] sums, int excluded) {
    ValueSums merged = new ValueSums();
    for (int j = 0; j < k; j++) {
      if (j != excluded) {
        merged.merge(sums[j]);
      }
    }
    return merged;
  }

  private double missing(long present) {
    return users == 0 ? 0 : 1 - present / (double) users;
  }

  private void addShares(String name, ColumnValues values, ValueSums[] sums) {
    if (!values.hasLevels()) {
      leftOut.add(
          String.format(
              Locale.ROOT,
              "%s: is not described as a category, because it has more than %,d different texts, or"
                  + " a text of more than %d characters",
              name,
              ColumnValues.MAX_LEVELS,
              ColumnValues.MAX_LEVEL_LENGTH));
      return;
    }
    long[] present = Arrays.stream(sums).mapToLong(ValueSums::present).toArray();
    List<Map.Entry<String, long[]>> levels = new ArrayList<>(values.levels().entrySet());
    // The sort is stable, so equally frequent texts stay sorted by text.
    levels.sort(Comparator.comparingLong(level -> -users(level)));
    if (levels.isEmpty() || users(levels.get(0)) < MIN_USERS) {
      leftOut.add(name + ": each text has fewer than " + MIN_USERS + " users");
      return;
    }
    addCategory(name, present, levels);
  }

  private void addCategory(String name, long[] present, List<Map.Entry<String, long[]>> levels) {
    double chiSquare = 0;
    for (Map.Entry<String, long[]> level : levels) {
      chiSquare += shares(present, level.getValue()).chiSquareShare();
    }
    columns.add(
        new Column(
            name,
            DescribedType.CATEGORY,
            missing(Arrays.stream(present).sum()),
            strength(chiSquare, present, levels.size()),
            AdjustedRand.of(levels.stream().map(Map.Entry::getValue).toArray(long[][]::new)),
            shareRows(levels, present)));
  }

  private static long users(Map.Entry<String, long[]> level) {
    return Arrays.stream(level.getValue()).sum();
  }

  /**
   * Returns a row for each of the most frequent texts, and one row for all other texts together.
   */
  private List<Row> shareRows(List<Map.Entry<String, long[]>> levels, long[] present) {
    List<Row> rows = new ArrayList<>();
    long[] pooled = new long[k];
    int pooledTexts = 0;
    for (Map.Entry<String, long[]> level : levels) {
      if (rows.size() < MAX_ROWS && users(level) >= MIN_USERS) {
        rows.add(row(level.getKey(), false, shares(present, level.getValue())));
      } else {
        Arrays.setAll(pooled, j -> pooled[j] + level.getValue()[j]);
        pooledTexts++;
      }
    }
    if (pooledTexts > 0) {
      String level =
          String.format(Locale.ROOT, "%,d other text%s", pooledTexts, pooledTexts == 1 ? "" : "s");
      rows.add(row(level, true, shares(present, pooled)));
    }
    return rows;
  }

  private static Row row(String level, boolean isOther, Contrast contrast) {
    return new Row(level, isOther, contrast.all().mean(), contrast.figures(DescribedType.CATEGORY));
  }

  /** Returns the contrast of the shares of one text. */
  private Contrast shares(long[] present, long[] withLevel) {
    long allPresent = Arrays.stream(present).sum();
    long allWithLevel = Arrays.stream(withLevel).sum();
    List<Spread> inside = new ArrayList<>();
    List<Spread> outside = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      inside.add(Spread.ofShare(present[j], withLevel[j]));
      outside.add(Spread.ofShare(allPresent - present[j], allWithLevel - withLevel[j]));
    }
    return new Contrast(Spread.ofShare(allPresent, allWithLevel), inside, outside);
  }

  /**
   * Returns Cramér's V (H. Cramér, <i>Mathematical methods of statistics</i>, 1946); null if fewer
   * than two personas have users with a value.
   */
  private static Double strength(double chiSquareShare, long[] present, int levels) {
    long personasWithValues = Arrays.stream(present).filter(count -> count > 0).count();
    return personasWithValues < 2
        ? null
        : Math.min(1, Math.sqrt(chiSquareShare / Math.min(personasWithValues - 1, levels - 1)));
  }
}

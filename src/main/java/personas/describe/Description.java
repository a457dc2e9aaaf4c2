package personas.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import personas.confidence.ChanceTest;
import personas.confidence.Interval;
import personas.confidence.UserBootstrap;

/**
 * The figures of each persona in the described columns, exact over all users. The figures are the
 * key {@code described} of {@code report.json}.
 *
 * @param columns the columns; columns that differ most between personas come first
 * @param leftOut a message for each column that is not described, with the reason
 */
public record Description(List<Column> columns, List<String> leftOut) {
  /** The description of a run that describes no column. */
  public static final Description NONE = new Description(List.of(), List.of());

  public Description {
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
  }

  /** Returns whether no column is described or left out. */
  public boolean isEmpty() {
    return columns.isEmpty() && leftOut.isEmpty();
  }

  /**
   * One column.
   *
   * @param name the name in the input
   * @param type the type of the values
   * @param missing share of the users without a value of this type, 0..1; null if a report hides it
   * @param strength how much the personas differ, 0..1: the correlation ratio η for means, Cramér's
   *     V for shares; null if only one persona has values
   * @param adjustedRand for a category, the agreement of texts and personas, see {@link
   *     personas.math.AdjustedRand}: 1 if they form the same groups, about 0 if they are
   *     independent; else null
   * @param rows one row for a mean or a share of yes; for a category one row for each text, the
   *     most frequent first
   */
  public record Column(
      String name,
      DescribedType type,
      Double missing,
      Double strength,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double adjustedRand,
      List<Row> rows) {
    public Column {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One figure of all users and of each persona.
   *
   * @param level the text of a category; null for a mean and for the share of yes
   * @param other whether the row combines all texts without a row of their own
   * @param all the mean of all users with a value, in raw units (for dates, days since 1970-01-01),
   *     or their share, 0..1
   * @param personas the figures of the personas, in the order of their ids
   */
  public record Row(
      @JsonInclude(JsonInclude.Include.NON_NULL) String level,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean other,
      Double all,
      List<Figure> personas) {
    public Row {
      personas = List.copyOf(personas);
    }
  }

  /**
   * The figure of one persona.
   *
   * @param users number of users of the persona with a value; null if a report hides it
   * @param value the mean or share of these users; null if there are none
   * @param index {@code 100 · value / all}; null for dates, for a negative value, and if {@code
   *     all} is not above 0
   * @param effect for a mean, Cohen's d against all other users (J. Cohen, <i>Statistical power
   *     analysis for the behavioral sciences</i>, 1988). For a share, φ: Cramér's V of the 2 × 2
   *     table of persona and value, with a sign. Null if it cannot be computed
   * @param test the v-test of a mean or a share (F. Husson, S. Lê and J. Pagès, <i>Exploratory
   *     multivariate analysis by example using R</i>, 2011): the difference from all users in
   *     standard errors. Null if it cannot be computed
   * @param chance whether the difference could be chance, see {@link FalseDiscoveries}
   * @param probability the p-value of the difference, see {@link ChanceTest}; null if {@code test}
   *     is null
   * @param valueInterval the 95% interval of {@code value}, see {@link UserBootstrap}; null if the
   *     persona has too few users with a value
   * @param differenceInterval the 95% interval of {@code value - all}; null if there are too few
   *     users in or outside of the persona
   */
  public record Figure(
      Long users,
      Double value,
      Double index,
      Double effect,
      Double test,
      boolean chance,
      Double probability,
      Interval valueInterval,
      Interval differenceInterval) {

    /** Returns this figure with the mark for chance set or cleared. */
    Figure marked(boolean isChance) {
      return new Figure(
          users,
          value,
          index,
          effect,
          test,
          isChance,
          probability,
          valueInterval,
          differenceInterval);
    }
  }
}

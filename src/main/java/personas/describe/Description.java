package personas.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is true of each persona in the described columns: exact figures over all users. The key of
 * {@code report.json} is {@code described}.
 *
 * @param columns the columns, those that differ most between the personas first
 * @param leftOut why other columns are not described, a sentence each
 */
public record Description(List<Column> columns, List<String> leftOut) {
  /** The description of a run that describes no column. */
  public static final Description NONE = new Description(List.of(), List.of());

  public Description {
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
  }

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return columns.isEmpty() && leftOut.isEmpty();
  }

  /**
   * One column.
   *
   * @param name as in the input
   * @param type what its values are
   * @param missing share of the users without such a value, 0..1
   * @param strength how much the personas differ, 0..1: the correlation ratio η of a mean, Cramér's
   *     V of shares; null if only one persona has values
   * @param rows one for a mean or a share of yes; one for each text of a category, the most
   *     frequent first
   */
  public record Column(
      String name, DescribedType type, double missing, Double strength, List<Row> rows) {
    public Column {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One figure of all users and of each persona.
   *
   * @param level the text of a category; null for a mean and for the share of yes
   * @param other whether it stands for all texts that have no row of their own
   * @param all the mean of all users with a value, raw (days since 1970-01-01 of a date), or their
   *     share, 0..1
   * @param personas the figures of the personas, in the order of their ids
   */
  public record Row(
      @JsonInclude(JsonInclude.Include.NON_NULL) String level,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean other,
      double all,
      List<Figure> personas) {
    public Row {
      personas = List.copyOf(personas);
    }
  }

  /**
   * The figure of one persona.
   *
   * @param users of the persona with a value
   * @param value their mean or share; null if there is none
   * @param index {@code 100 · value / all}; null unless both are at least 0 and {@code all} is
   *     above, and for dates
   * @param effect Cohen's d of a mean against all other users (J. Cohen, <i>Statistical power
   *     analysis for the behavioral sciences</i>, 1988), or the φ of a share, which is Cramér's V
   *     with a sign of the table of this persona or not against this value or not; null where it
   *     does not exist
   * @param test the v-test of a mean or a share (F. Husson, S. Lê and J. Pagès, <i>Exploratory
   *     multivariate analysis by example using R</i>, 2011): how many standard errors the value is
   *     from that of as many users drawn from all; null likewise
   * @param chance whether the difference could be chance: it is not among those that the method of
   *     Y. Benjamini and Y. Hochberg (1995) keeps at a false discovery rate of 5 % over all figures
   */
  public record Figure(
      long users, Double value, Double index, Double effect, Double test, boolean chance) {}
}

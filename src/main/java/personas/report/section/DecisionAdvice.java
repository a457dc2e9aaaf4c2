package personas.report.section;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import personas.describe.DescribedType;
import personas.describe.Description;
import personas.describe.Description.Column;
import personas.describe.Description.Row;
import personas.report.data.ReportData.Decision;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.Run;
import personas.report.data.ReportData.Warning;
import personas.report.data.ReportInput;

/**
 * The verdict and the actions of the first screen, for the person who decides what to do with the
 * segments.
 */
public final class DecisionAdvice {
  /** The maximum number of described columns whose largest difference becomes an action. */
  private static final int MAX_COLUMNS = 2;

  /**
   * An action needs an effect above this limit, the small effect of the literature (J. Cohen,
   * <em>Statistical power analysis for the behavioral sciences</em>, 1988).
   */
  private static final double SMALL_EFFECT = 0.2;

  private DecisionAdvice() {}

  /**
   * Returns the verdict and the actions of a run.
   *
   * @param personas the k personas
   * @param warnings the warnings of the report
   */
  public static Decision of(
      ReportInput input, Run run, List<Persona> personas, List<Warning> warnings) {
    return new Decision(verdict(run, personas, warnings), actions(input, personas));
  }

  private static String verdict(Run run, List<Persona> personas, List<Warning> warnings) {
    long serious = warnings.stream().filter(Warning::serious).count();
    if (serious > 0) {
      return serious == 1
          ? "One finding limits the use of the segments."
          : String.format(Locale.ROOT, "%,d findings limit the use of the segments.", serious);
    }
    double stability =
        personas.stream()
            .map(Persona::stability)
            .mapToDouble(value -> value == null ? -1 : value)
            .min()
            .orElse(-1);
    if (run.silhouette() == null) {
      return "No serious finding. All users are in one persona.";
    }
    return String.format(Locale.ROOT, "No serious finding. Silhouette %.2f", run.silhouette())
        + (stability < 0
            ? "."
            : String.format(
                Locale.ROOT, "; stability of the least stable persona %.2f.", stability));
  }

  private static List<String> actions(ReportInput input, List<Persona> personas) {
    List<String> actions = new ArrayList<>();
    if (input.context().drift() != null) {
      actions.add("Since the previous run: " + input.context().drift().reason() + ".");
    }
    input.context().described().columns().stream()
        .map(column -> largestDifference(column, personas))
        .filter(text -> !text.isEmpty())
        .limit(MAX_COLUMNS)
        .forEach(actions::add);
    long withoutStrategy =
        personas.stream().filter(persona -> persona.strategy().isEmpty()).count();
    if (withoutStrategy > 0) {
      actions.add(
          (withoutStrategy == personas.size()
                  ? "No persona has a strategy yet."
                  : String.format(
                      Locale.ROOT,
                      "%,d of %,d personas have no strategy.",
                      withoutStrategy,
                      personas.size()))
              + " Decide what to do for each persona, and write it as strategy under personas in the"
              + " spec. The next report shows the strategies here.");
    }
    actions.add(
        "To address the users of a persona, take the ids from the assignments, or use the SQL rule"
            + " on the card of the persona.");
    return actions;
  }

  /**
   * Returns a sentence about the row of a column in which a persona differs most from all other
   * users. The sentence is empty if every difference is small or could be chance.
   */
  private static String largestDifference(Column column, List<Persona> personas) {
    String sentence = "";
    double largestEffect = SMALL_EFFECT;
    for (Row row : column.rows()) {
      List<Integer> comparable =
          IntStream.range(0, row.personas().size())
              .filter(i -> !row.other() && !row.personas().get(i).chance())
              .filter(i -> row.personas().get(i).value() != null)
              .filter(i -> row.personas().get(i).effect() != null)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> row.personas().get(i).value()))
              .toList();
      double strongest =
          comparable.stream()
              .mapToDouble(i -> Math.abs(row.personas().get(i).effect()))
              .max()
              .orElse(0);
      if (strongest > largestEffect) {
        largestEffect = strongest;
        sentence = contrast(column, row, comparable, personas);
      }
    }
    return sentence;
  }

  private static String contrast(
      Column column, Row row, List<Integer> ascending, List<Persona> personas) {
    int high = ascending.get(ascending.size() - 1);
    int low = ascending.get(0);
    String subject =
        FeatureLabel.of(column.name()).label() + (row.level() == null ? "" : ": " + row.level());
    String upper = figure(column, row.personas().get(high)) + " in " + quoted(personas.get(high));
    String lower = figure(column, row.personas().get(low)) + " in " + quoted(personas.get(low));
    return String.format(
        Locale.ROOT,
        "Use the difference in %s: %s%s (all users: %s).",
        subject,
        upper,
        high == low ? "" : " and " + lower,
        text(column.type(), row.all()));
  }

  /** Returns a name in quotation marks, because it may contain commas. */
  private static String quoted(Persona persona) {
    return "“" + persona.name() + "”";
  }

  private static String figure(Column column, Description.Figure figure) {
    return text(column.type(), figure.value());
  }

  /** Returns a share in whole percent, a day, or a mean with about three digits. */
  private static String text(DescribedType type, double value) {
    if (type == DescribedType.DATE) {
      return LocalDate.ofEpochDay(Math.round(value)).toString();
    }
    if (type == DescribedType.NUMERIC) {
      double size = Math.abs(value);
      return String.format(
          Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%,.1f" : "%,.2f", value);
    }
    return String.format(Locale.ROOT, "%.0f%%", 100 * value);
  }
}

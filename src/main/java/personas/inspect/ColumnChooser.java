package personas.inspect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import personas.math.Correlation;
import personas.spec.InputSpec;
import personas.text.ColumnNames;
import personas.text.IdNames;

/** Chooses the id and the features of a table, and says why each other column is not a feature. */
final class ColumnChooser {
  private static final double MAX_MISSING_SHARE = 0.5;
  private static final double NEAR_CONSTANT_SHARE = 0.99;
  private static final double NEAR_DUPLICATE = 0.99;
  private static final int MAX_NAME_LENGTH = 200;

  /**
   * Real counts and measurements are smaller. Some programs write larger numbers for a missing
   * value.
   */
  private static final double SENTINEL_SIZE = 1e30;

  /** Categories with more levels are not clustered, because few users share a level. */
  private static final int MAX_CLUSTERED_LEVELS = 50;

  private static final Pattern PERSON =
      Pattern.compile(
          ".*(user|customer|client|member|kunde|person|account|visitor|subscriber|cust).*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern OUTCOME_NAME =
      Pattern.compile(
          "(.*[^a-z])?(churn|churned|exited|attrition|attrited|converted|conversion|responded"
              + "|response|target|label|outcome|defaulted|cancell?ed)([^a-z].*)?|y",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CODE_NAME =
      Pattern.compile(
          "(.*[^a-z])?(zip|zipcode|zip code|postal|postcode|postal code|plz|phone|fax|lat|latitude"
              + "|lng|lon|longitude)([^a-z].*)?",
          Pattern.CASE_INSENSITIVE);

  private final List<ColumnProfile> columns;
  private final long records;
  private final Map<String, List<Object>> sample;
  private final Map<String, double[]> chosen = new HashMap<>();
  private final List<String> chosenNames = new ArrayList<>();

  /**
   * Creates a chooser.
   *
   * @param columns the profiles of the columns, in the order of the table
   * @param records the number of records that were read
   * @param sample for each column the values of an even sample of records
   */
  ColumnChooser(List<ColumnProfile> columns, long records, Map<String, List<Object>> sample) {
    this.columns = columns;
    this.records = records;
    this.sample = sample;
  }

  /** Returns a proposal for each column, in the order of the table. */
  List<Proposal> choose() {
    ColumnProfile id = id();
    Set<String> names = new HashSet<>();
    List<Proposal> proposals = new ArrayList<>();
    for (ColumnProfile column : columns) {
      String unusable = unusable(column.name(), names);
      if (unusable != null) {
        proposals.add(new Proposal(column, Proposal.Role.SKIPPED, unusable));
      } else if (column == id) {
        proposals.add(new Proposal(column, Proposal.Role.ID, idReason(column)));
      } else {
        proposals.add(proposal(column));
      }
    }
    return chosen.isEmpty() ? withCategories(proposals) : proposals;
  }

  /** Proposes categories as features, because no number and no boolean can be a feature. */
  private List<Proposal> withCategories(List<Proposal> proposals) {
    return proposals.stream()
        .map(
            proposal ->
                proposal.role() == Proposal.Role.PASS_THROUGH && canBeClustered(proposal.column())
                    ? new Proposal(proposal.column(), Proposal.Role.FEATURE, "")
                    : proposal)
        .toList();
  }

  private boolean canBeClustered(ColumnProfile column) {
    return column.type() == ColumnType.CATEGORY
        && column.distinct() <= MAX_CLUSTERED_LEVELS
        && 2L * column.distinct() <= column.present()
        && records - column.present() <= MAX_MISSING_SHARE * records
        && column.largestShare() < NEAR_CONSTANT_SHARE;
  }

  /** Returns why a spec cannot name a column, or null if it can. */
  private String unusable(String name, Set<String> names) {
    if (name.isBlank()) {
      return "has no name";
    }
    long same = columns.stream().filter(column -> column.name().equals(name)).count();
    if (!names.add(name) || same > 1) {
      return "another column has the same name";
    }
    if (name.length() > MAX_NAME_LENGTH) {
      return "the name is longer than " + MAX_NAME_LENGTH + " characters";
    }
    boolean hasHiddenCharacters =
        ColumnNames.canonical(name)
            .codePoints()
            .anyMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    return hasHiddenCharacters ? "the name has control characters" : null;
  }

  private ColumnProfile id() {
    ColumnProfile best = null;
    int mostPoints = 0;
    for (int i = 0; i < columns.size(); i++) {
      int points = idPoints(columns.get(i), i == 0);
      if (points > mostPoints) {
        best = columns.get(i);
        mostPoints = points;
      }
    }
    return best;
  }

  /** Returns points for how likely a column is the id; 0 if the column cannot be the id. */
  private int idPoints(ColumnProfile column, boolean isFirst) {
    boolean isNamedLikeId = IdNames.isNamedLikeId(column.name());
    boolean namesPerson = PERSON.matcher(column.name()).matches();
    boolean canBeWhole = column.type() != ColumnType.NUMERIC || column.isWhole();
    if (column.type() == ColumnType.DATE || column.type() == ColumnType.CONSTANT || !canBeWhole) {
      return 0;
    }
    if (column.isUnique() && column.present() == records) {
      boolean isText = column.type() != ColumnType.NUMERIC && column.meanLength() <= 64;
      return isNamedLikeId ? namesPerson ? 5 : 4 : isFirst && isText ? 3 : 0;
    }
    // If the ids repeat, a row may be an event of a user.
    boolean hasManyIds = column.present() > 0.5 * records && column.distinct() > 20;
    return isNamedLikeId && namesPerson && hasManyIds && column.type() != ColumnType.BOOLEAN
        ? 2
        : 0;
  }

  private String idReason(ColumnProfile column) {
    if (column.isUnique()) {
      return "unique";
    }
    long without = records - column.present();
    return String.format(
        Locale.ROOT,
        "%,d records have %s%,d ids: a row may be an event and not a user%s",
        column.present(),
        column.distinct() >= ColumnProfile.MAX_LEVELS ? "at least " : "",
        column.distinct(),
        without == 0 ? "" : String.format(Locale.ROOT, "; %,d have no id", without));
  }

  private Proposal proposal(ColumnProfile column) {
    String name = ColumnNames.canonical(column.name());
    if (InputSpec.ASSIGNMENT_COLUMNS.contains(name) || InputSpec.MIGRATION_COLUMNS.contains(name)) {
      String reason = reasonAgainst(column);
      return reason == null
          ? feature(column)
          : new Proposal(
              column, Proposal.Role.SKIPPED, reason + "; the results have a column of this name");
    }
    String reason = reasonAgainst(column);
    if (reason != null && column.unreadable() > 0) {
      return new Proposal(
          column,
          Proposal.Role.SKIPPED,
          String.format(
              Locale.ROOT,
              "%,d values are not text in UTF-8; copying the column would reject their records",
              column.unreadable()));
    }
    return reason == null
        ? feature(column)
        : new Proposal(column, Proposal.Role.PASS_THROUGH, reason);
  }

  private Proposal feature(ColumnProfile column) {
    double[] numbers = numbers(column);
    for (String other : chosenNames) {
      double correlation = Correlation.pearson(numbers, chosen.get(other));
      // One large record, such as a total, raises Pearson's correlation, but not the rank
      // correlation.
      if (Math.abs(correlation) >= NEAR_DUPLICATE
          && Math.abs(Correlation.spearman(numbers, chosen.get(other))) >= NEAR_DUPLICATE) {
        return new Proposal(
            column,
            Proposal.Role.PASS_THROUGH,
            String.format(
                Locale.ROOT, "nearly the same as %s (correlation %.3f)", other, correlation));
      }
    }
    chosen.put(column.name(), numbers);
    chosenNames.add(column.name());
    return new Proposal(column, Proposal.Role.FEATURE, "");
  }

  /** Returns why a column is not a feature, or null if it can be a feature. */
  private String reasonAgainst(ColumnProfile column) {
    return switch (column.type()) {
      case CONSTANT -> reasonOfConstant(column);
      case DATE -> "date";
      case CATEGORY ->
          "category: " + column.distinct() + " levels, such as " + column.exampleLevels(3);
      case TEXT -> column.isUnique() ? "text, unique" : "free text";
      case BOOLEAN, NUMERIC -> {
        String reason = reasonOfValues(column);
        yield reason != null ? reason : reasonOfName(column);
      }
    };
  }

  private static String reasonOfConstant(ColumnProfile column) {
    if (column.present() == 0) {
      return "empty";
    }
    return column.exampleLevels(1).equals("[]") ? "holds lists" : "constant: one value";
  }

  /**
   * Returns why the values of a number or a boolean are not clustered, or null if they can be
   * clustered.
   */
  private String reasonOfValues(ColumnProfile column) {
    double missing = records == 0 ? 1 : 1 - (double) column.present() / records;
    if (missing > MAX_MISSING_SHARE) {
      return String.format(Locale.ROOT, "%.0f%% of the values are missing", 100 * missing);
    }
    double size = Math.max(Math.abs(column.min()), Math.abs(column.max()));
    if (column.type() == ColumnType.NUMERIC && size >= SENTINEL_SIZE) {
      return String.format(
          Locale.ROOT,
          "holds values of %.0e, which would dominate the scale; list them in missing if they"
              + " stand for a missing value",
          size);
    }
    if (column.largestShare() >= NEAR_CONSTANT_SHARE) {
      return String.format(
          Locale.ROOT, "near-constant: %.1f%% have one value", 100 * column.largestShare());
    }
    return null;
  }

  /**
   * Returns why a column is not clustered because of its name or because it numbers the rows, or
   * null.
   */
  private static String reasonOfName(ColumnProfile column) {
    if (column.type() == ColumnType.NUMERIC && CODE_NAME.matcher(column.name()).matches()) {
      return "a code or a place by its name, and not an amount";
    }
    if (column.type() == ColumnType.BOOLEAN && OUTCOME_NAME.matcher(column.name()).matches()) {
      return "named like an outcome, which is described and not clustered";
    }
    if (column.isSequence()) {
      return "counts the rows";
    }
    boolean isNamedLikeId = IdNames.isNamedLikeId(column.name());
    return column.type() == ColumnType.NUMERIC && isNamedLikeId && column.isWhole()
        ? "named like an id"
        : null;
  }

  private double[] numbers(ColumnProfile column) {
    List<Object> values = sample.getOrDefault(column.name(), List.of());
    return values.stream().mapToDouble(column::number).toArray();
  }
}

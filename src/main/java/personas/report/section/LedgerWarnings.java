package personas.report.section;

import java.util.ArrayList;
import java.util.List;
import personas.model.Model;
import personas.model.table.LedgerCounts;
import personas.report.data.ReportData.Warning;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.ValueCounts;

/** Derives the warnings of a report from the counts of the records. */
public final class LedgerWarnings {
  /**
   * The kind of a warning about a column that caused rejections. The report shows this kind first.
   */
  public static final String REJECTED_COLUMN = "rejected_column";

  /** The kind of a warning about a record that may be a total of the other records. */
  static final String TOTAL = "total_as_user";

  /**
   * The kind of a warning about ids with leading or trailing blanks. Such an id may stand for the
   * same user as the id without blanks.
   */
  static final String BLANKS = "blanks_around_ids";

  /** The kind of a warning about decimal marks that may group thousands. */
  static final String GROUPED = "digits_may_be_grouped";

  /** The kind of a warning about a feature that is missing for at least half of the users. */
  static final String MOSTLY_IMPUTED = "mostly_imputed";

  private static final double MIN_IMPUTED_SHARE = 0.5;

  private LedgerWarnings() {}

  /** Returns the warnings about rejected records, suspect values and imputed values. */
  public static List<Warning> of(Model.Ledger ledger) {
    List<Warning> warnings = new ArrayList<>(rejections(ledger));
    if (ledger.recognized() != null) {
      ledger.recognized().forEach((key, count) -> addRecognized(key, count, warnings));
    }
    ledger
        .imputed()
        .forEach((feature, users) -> addImputed(feature, users, ledger.assigned(), warnings));
    return warnings;
  }

  /**
   * Returns a warning for each column that caused nearly all rejections for a reason. Even a few
   * rejections give a warning, because the rejected users may all be of one kind.
   */
  public static List<Warning> rejections(Model.Ledger ledger) {
    List<Warning> warnings = new ArrayList<>();
    List<RejectedColumn> columns =
        ledger.concentrated() == null ? List.of() : ledger.concentrated();
    for (RejectedColumn column : columns) {
      String example = column.value().isEmpty() ? "" : ", such as \"" + column.value() + "\"";
      Warnings.add(
          warnings,
          REJECTED_COLUMN,
          "%,d of %,d records were rejected because of column %s (%s%s). These users are missing from"
              + " the segments.",
          column.records(),
          ledger.read(),
          column.column(),
          column.reason().code().replace('_', ' '),
          example);
    }
    return warnings;
  }

  private static void addRecognized(String key, long count, List<Warning> warnings) {
    if (key.startsWith(ValueCounts.TOTAL)) {
      Warnings.add(
          warnings,
          TOTAL,
          "%,d %s the id \"%s\" and may be a total of the other records, but counts as a user here."
              + " If it is a total, remove it from the input.",
          count,
          count == 1 ? "record has" : "records have",
          key.substring(ValueCounts.TOTAL.length()));
    } else if (key.equals(ValueCounts.BLANKS)) {
      Warnings.add(
          warnings,
          BLANKS,
          "%,d %s an id with leading or trailing blanks. Ids that differ by a blank are different"
              + " users. If the blanks are not part of the ids, remove them from the input.",
          count,
          count == 1 ? "record has" : "records have");
    } else if (key.startsWith(LedgerCounts.GROUPED)) {
      Warnings.add(
          warnings,
          GROUPED,
          "All numbers of %s with a decimal mark (%,d numbers) have three digits after the mark, and"
              + " no other number has more than three digits. If the mark groups thousands, declare it"
              + " as input.thousands.",
          key.substring(LedgerCounts.GROUPED.length()),
          count);
    }
  }

  /** Adds a warning if at least half of the users have no value of a feature. */
  private static void addImputed(
      String feature, long users, long assigned, List<Warning> warnings) {
    if (users >= MIN_IMPUTED_SHARE * assigned) {
      Warnings.add(
          warnings,
          MOSTLY_IMPUTED,
          "%s is missing for %,d of %,d users, so the imputed value has more influence than the data.",
          feature,
          users,
          assigned);
    }
  }
}

package personas.report.section;

import java.util.ArrayList;
import java.util.List;
import personas.model.Model;
import personas.model.table.LedgerCounts;
import personas.report.data.ReportData.Warning;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;

/** What the counts of the records say that a reader should know before using the segments. */
public final class LedgerWarnings {
  /** The kind of the warnings that a reader should see first. */
  public static final String REJECTED_COLUMN = "rejected_column";

  /** The kind of a warning of a record that may sum up the others. */
  static final String TOTAL = "total_as_user";

  /** The kind of a warning of ids that may stand for one user in two forms. */
  static final String BLANKS = "blanks_around_ids";

  /** The kind of a warning of decimal marks that may group thousands. */
  static final String GROUPED = "digits_may_be_grouped";

  /** The kind of a warning of a feature that most users have no value of. */
  static final String MOSTLY_IMPUTED = "mostly_imputed";

  private static final double MOST = 0.5;

  private LedgerWarnings() {}

  /** All of them: rejections, values that may not be what they seem, imputed values. */
  public static List<Warning> of(Model.Ledger ledger) {
    List<Warning> warnings = new ArrayList<>(rejections(ledger));
    if (ledger.recognized() != null) {
      ledger.recognized().forEach((what, count) -> addRecognized(what, count, warnings));
    }
    ledger
        .imputed()
        .forEach((feature, users) -> addImputed(feature, users, ledger.assigned(), warnings));
    return warnings;
  }

  /**
   * A warning for each column that nearly all records of a reason were rejected for, however few:
   * the users that are missing then are of one kind.
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
          "Column %s is why %,d of %,d records were rejected (%s%s). The segments lack these users.",
          column.column(),
          column.records(),
          ledger.read(),
          column.reason().code().replace('_', ' '),
          example);
    }
    return warnings;
  }

  private static void addRecognized(String what, long count, List<Warning> warnings) {
    if (what.startsWith(SourceLedger.TOTAL)) {
      Warnings.add(
          warnings,
          TOTAL,
          "%,d %s the id \"%s\" and may sum up the other records, but counts as a user here. Remove"
              + " it from the input if it is a total.",
          count,
          count == 1 ? "record has" : "records have",
          what.substring(SourceLedger.TOTAL.length()));
    } else if (what.equals(SourceLedger.BLANKS)) {
      Warnings.add(
          warnings,
          BLANKS,
          "%,d %s an id with blanks before or behind it. Ids that differ by a blank are different"
              + " users. Remove the blanks from the input if they are not a part of the id.",
          count,
          count == 1 ? "record has" : "records have");
    } else if (what.startsWith(LedgerCounts.GROUPED)) {
      Warnings.add(
          warnings,
          GROUPED,
          "All numbers of %s with a decimal mark (%,d) have three digits behind it, and no other one"
              + " has more than three digits. If the mark groups thousands, declare it as"
              + " input.thousands.",
          what.substring(LedgerCounts.GROUPED.length()),
          count);
    }
  }

  /** The imputed value decides about a feature that most users have no value of. */
  private static void addImputed(
      String feature, long users, long assigned, List<Warning> warnings) {
    if (users >= MOST * assigned) {
      Warnings.add(
          warnings,
          MOSTLY_IMPUTED,
          "%s is missing for %,d of %,d users: the imputed value decides, and not the data.",
          feature,
          users,
          assigned);
    }
  }
}

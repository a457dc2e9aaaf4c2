package personas.table.ledger;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The input was read, but nothing sound can be made of it. The message is for people. */
public final class DataRefusedException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int MOST_REASONS = 5;

  public DataRefusedException(String message) {
    super(message);
  }

  public DataRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** No record became a user. */
  public static DataRefusedException noUsers(SourceLedger ledger) {
    if (ledger.read() == 0) {
      return new DataRefusedException("the input holds no record");
    }
    return new DataRefusedException(
        "no record is valid: read "
            + ledger.read()
            + ", rejected all of them ("
            + commonestReasons(ledger)
            + ")");
  }

  /** More records were rejected than the run bears. */
  public static DataRefusedException tooManyRejected(
      SourceLedger ledger, double share, List<RejectionExamples.Example> examples) {
    StringBuilder message =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "rejected %,d of %,d records, %.3g %%, more than the %.3g %% of maxRejectedShare: %s",
                ledger.rejectedTotal(),
                ledger.read(),
                100.0 * ledger.rejectedTotal() / ledger.read(),
                100 * share,
                commonestReasons(ledger)));
    Set<RejectReason> toShow = new HashSet<>(commonest(ledger));
    for (RejectionExamples.Example example : examples) {
      if (toShow.remove(example.reason())) {
        message.append("\n  ").append(example.reason().code());
        message.append(example.field().isEmpty() ? "" : " in " + example.field());
        message.append(", such as: ").append(example.excerpt());
      }
    }
    return new DataRefusedException(message.toString());
  }

  /** The five commonest reasons, with their records. */
  private static String commonestReasons(SourceLedger ledger) {
    return commonest(ledger).stream()
        .map(reason -> reason.code() + " " + ledger.rejected().get(reason))
        .collect(Collectors.joining(", "));
  }

  private static List<RejectReason> commonest(SourceLedger ledger) {
    return ledger.rejected().entrySet().stream()
        .sorted(
            Map.Entry.<RejectReason, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_REASONS)
        .map(Map.Entry::getKey)
        .toList();
  }
}

package personas.table.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.TextSyntax;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.table.ledger.RecordPlace;
import personas.table.ledger.RejectReason;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.Rejection;
import personas.table.ledger.RejectionExamples;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;

/** Checks that the message of a refusal names column, count, example, position and remedy. */
class RejectionMessageTest {
  private static final UserSchema SCHEMA =
      new UserSchema(
          "id",
          List.of(
              new ColumnFeature("a", Transform.NONE, MissingPolicy.REJECT, 0, 100),
              Feature.of("b")),
          List.of());
  private static final RejectionMessage MESSAGE =
      new RejectionMessage(SCHEMA, group -> group.source() + ", line " + group.position());

  private static Rejection rejection(
      RejectReason reason, String column, String value, long position) {
    return new Rejection(
        RecordPlace.ofText("users.csv", position), reason, column, "u," + value, value);
  }

  private static RejectedColumn group(
      RejectReason reason, String column, long records, String value) {
    return new RejectedColumn(reason, column, records, value, "users.csv", 2, false);
  }

  private static SourceLedger ledger(long read, long rejected, RejectReason reason) {
    TreeMap<RejectReason, Long> reasons = new TreeMap<>();
    reasons.put(reason, rejected);
    return new SourceLedger(read - rejected, reasons, ValueCounts.ofImputed(List.of(0L, 0L)));
  }

  @Test
  void allRecordsInOneColumn() {
    assertEquals(
        """
        All 7,043 records were rejected.
          Column `b` holds text in 7,043 records, for example "Month-to-month" (users.csv, line 2).\
         A feature is a number. Declare `type: category` if the column names groups, list the text\
         in `input.missing` if it stands for a missing value, or remove it from `features`.""",
        MESSAGE.ofAll(
            ledger(7043, 7043, RejectReason.NOT_A_NUMBER),
            List.of(group(RejectReason.NOT_A_NUMBER, "b", 7043, "Month-to-month"))));
  }

  @Test
  void theRangeMatchesTheFeature() {
    String sentence = MESSAGE.sentence(group(RejectReason.OUT_OF_RANGE, "a", 1, "-5"));
    assertTrue(sentence.contains("\"-5\" (users.csv, line 2). Allowed is 0..100."), sentence);
  }

  @Test
  void theRemedyFitsTheValue() {
    List<List<String>> expected =
        List.of(
            List.of("Yes", "type: boolean"),
            List.of("2026-01-02", "A date is not a number"),
            List.of("02.01.2026 13:00", "A date is not a number"),
            List.of("12,5", "Set `input.decimal: ','`,"),
            List.of("1,234", "Set `input.thousands: ','` if the comma groups thousands"),
            List.of("1.234,5", "Set `input.decimal: ','` and `input.thousands: '.'`"),
            List.of("1.234.567", "Set `input.decimal: ','` and `input.thousands: '.'`"),
            List.of("(1.5)", "Accept it with `format: [parentheses]`"),
            List.of("$1200", "Accept it with `format: [currency]`"),
            List.of("12 %", "Accept it with `format: [percent]`"),
            List.of("1 234", "Set `input.thousands: ' '`,"),
            List.of("\u221212", "write the number with 0-9 and a hyphen"),
            List.of("(120)", "Accept it with `format: [parentheses]`"));
    for (List<String> each : expected) {
      String sentence = MESSAGE.sentence(group(RejectReason.NOT_A_NUMBER, "b", 3, each.get(0)));
      assertTrue(sentence.contains(each.get(1)), sentence);
    }
  }

  @Test
  void theRemedyFitsAPointIfTheDecimalMarkIsAComma() {
    UserSchema schema =
        new UserSchema(
            "id", List.of(Feature.of("b")), List.of(), new TextSyntax(null, ',', null, null));
    RejectionMessage message = new RejectionMessage(schema, RejectedColumn::source);
    for (List<String> valueAndRemedy :
        List.of(
            List.of("1.5", "Set `input.decimal: '.'`, or remove it"),
            List.of("1.234", "Set `input.thousands: '.'` if the point groups thousands"),
            List.of("12.5 %", "Set `input.decimal: '.'`; accept it with `format: [percent]`"))) {
      String sentence =
          message.sentence(group(RejectReason.NOT_A_NUMBER, "b", 3, valueAndRemedy.get(0)));
      assertTrue(sentence.contains(valueAndRemedy.get(1)), sentence);
    }
  }

  @Test
  void countsAndTheFirstExampleDoNotDependOnTheOrder() {
    List<Rejection> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(rejection(RejectReason.NOT_A_NUMBER, i % 3 == 0 ? "a" : "b", "text " + i, 10 + i));
    }
    RejectionExamples expected = new RejectionExamples();
    all.forEach(expected::add);
    assertEquals(
        List.of(
            new RejectedColumn(
                RejectReason.NOT_A_NUMBER, "a", 20, "text 0", "users.csv", 10, false),
            new RejectedColumn(
                RejectReason.NOT_A_NUMBER, "b", 40, "text 1", "users.csv", 11, false)),
        expected.byColumn());
    for (long seed = 1; seed <= 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      RejectionExamples one = new RejectionExamples();
      RejectionExamples other = new RejectionExamples();
      all.forEach(each -> (each.place().position() % 2 == 0 ? one : other).add(each));
      one.merge(other);
      assertEquals(expected, one, "seed " + seed);
    }
  }

  @Test
  void aReasonThatOneColumnHasIsConcentratedHoweverSmallItsShare() {
    RejectedColumn spend = group(RejectReason.NOT_A_NUMBER, "a", 7, "1,234");
    RejectedColumn few = group(RejectReason.OUT_OF_RANGE, "b", 2, "-1");
    assertEquals(List.of(spend), RejectionMessage.concentrated(List.of(spend, few)));
    RejectedColumn other = group(RejectReason.NOT_A_NUMBER, "b", 7, "x");
    assertEquals(List.of(), RejectionMessage.concentrated(List.of(spend, other)));
    RejectedColumn quotes = group(RejectReason.BROKEN_QUOTE, "", 70, "");
    assertEquals(List.of(), RejectionMessage.concentrated(List.of(quotes)));
  }
}

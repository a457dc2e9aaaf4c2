package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.moments.Moments;
import personas.table.bytes.ByteSource;
import personas.table.ledger.RejectReason;
import personas.table.record.RecordBuffer;

/**
 * Checks random tables with records that are damaged in known ways. Exactly the damaged records are
 * rejected, with reason and position, and all other records are read, counted and summed.
 */
class DamagedTablesTest {
  private static final long SEED = 20260103;
  private static final int TABLES = 10_000;
  private static final UserSchema SCHEMA =
      new UserSchema(
          "id",
          List.of(
              new ColumnFeature("a", Transform.NONE, MissingPolicy.REJECT, -100, 100),
              Feature.of("b")),
          List.of("note"));

  /** Ways to damage {@code id,a,b,note}, and what must come of it. */
  private enum Damage {
    NO_ID(RejectReason.MISSING_ID, "id", id -> ",1,2,x"),
    LONG_ID(RejectReason.ID_TOO_LONG, "id", id -> id + "i".repeat(1025) + ",1,2,x"),
    NO_VALUE(RejectReason.MISSING_VALUE, "b", id -> id + ",1,,x"),
    BLANK_VALUE(RejectReason.MISSING_VALUE, "a", id -> id + ",\"  \",2,x"),
    WORD(RejectReason.NOT_A_NUMBER, "a", id -> id + ",many,2,x"),
    GROUPS(RejectReason.NOT_A_NUMBER, "b", id -> id + ",1,\"1,234.5\",x"),
    NAN(RejectReason.MISSING_VALUE, "b", id -> id + ",1,NaN,x"),
    INFINITE(RejectReason.NOT_FINITE, "b", id -> id + ",1,Infinity,x"),
    OVERFLOW(RejectReason.NOT_FINITE, "a", id -> id + ",1e309,2,x"),
    TOO_LARGE(RejectReason.OUT_OF_RANGE, "a", id -> id + ",100.5,2,x"),
    TOO_FEW(RejectReason.FIELD_COUNT, "", id -> id + ",1,2"),
    TOO_MANY(RejectReason.FIELD_COUNT, "", id -> id + ",1,2,x,y"),
    MARKER(RejectReason.FIELD_COUNT, "", id -> "<<<<<<< " + id),
    INNER_QUOTE(RejectReason.BROKEN_QUOTE, "", id -> id + ",1,2,x\"y"),
    TEXT_BEHIND_QUOTE(RejectReason.BROKEN_QUOTE, "", id -> id + ",1,2,\"x\"y"),
    NUL(RejectReason.NUL_BYTE, "note", id -> id + ",1,2,\0"),
    LATIN_1(RejectReason.INVALID_UTF8, "note", id -> id + ",1,2,\u00e9"),
    LONG(RejectReason.RECORD_TOO_LONG, "", id -> id + ",1,2," + "long".repeat(600));

    private final RejectReason reason;
    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above hold nothing
    private final UnaryOperator<String> record;

    Damage(RejectReason reason, String field, UnaryOperator<String> record) {
      this.reason = reason;
      this.field = field;
      this.record = record;
    }
  }

  /**
   * A damaged table and what must come of it.
   *
   * @param moments of the undamaged rows, added one by one
   */
  private record Table(
      ByteSource source, List<String> users, List<String> rejections, Moments moments) {}

  @Test
  void exactlyTheDamagedRecordsAreRejected() throws IOException {
    for (int i = 0; i < TABLES; i++) {
      Random random = new Random(SEED + i);
      Table table = table(random);
      ByteSource source = table.source();
      // Records of up to 2,000 bytes: longer than an id may be, shorter than the damage LONG.
      Reading.Way way =
          new Reading.Way(
              new RecordBuffer.Limits(1 + random.nextInt(3000), 2000), 1 + random.nextInt(5));
      long first = random.nextInt((int) source.size() + 1);
      long second = first + random.nextInt((int) (source.size() + 1 - first));
      Reading reading = Reading.cut(source, SCHEMA, InputFormat.CSV, way, first, second);
      String place = "seed " + (SEED + i) + ", cut at " + first + ", " + second;
      assertEquals(table.users(), reading.users(), place);
      assertEquals(
          table.rejections(),
          reading.rejections().stream().map(line -> line.replaceFirst(", excerpt=.*", "")).toList(),
          place);
      assertEquals(table.users().size(), reading.ledger().accepted(), place);
      assertEquals(table.rejections().size(), reading.ledger().rejectedTotal(), place);
      assertEquals(table.moments(), reading.moments(), place);
    }
  }

  private static Table table(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> users = new ArrayList<>();
    List<String> rejections = new ArrayList<>();
    Moments moments = new Moments(2);
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    append(bytes, "id,a,b,note" + lineEnd);
    int rows = 1 + random.nextInt(12);
    for (int row = 0; row < rows; row++) {
      String id = "u" + row;
      if (random.nextInt(3) == 0) {
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        rejections.add(
            "Rejection[place=RecordPlace[source=x.csv, position=%d, isRow=false, line=-1], reason=%s, field=%s"
                .formatted(bytes.size(), damage.reason, damage.field));
        append(bytes, damage.record.apply(id));
      } else {
        int a = random.nextInt(201) - 100;
        double b = random.nextGaussian();
        boolean quoted = random.nextInt(4) == 0;
        moments.add(SCHEMA, new double[][] {{a}, {b}}, 1);
        users.add(id + "|" + (double) a + "|" + b + "|" + (quoted ? "\"x\\ny\"" : "x"));
        append(bytes, id + "," + a + "," + b + "," + (quoted ? "\"x\ny\"" : "x"));
      }
      append(bytes, row < rows - 1 || random.nextBoolean() ? lineEnd : "");
    }
    return new Table(new MemorySource("x.csv", bytes.toByteArray()), users, rejections, moments);
  }

  private static void append(ByteArrayOutputStream bytes, String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}

package personas.describe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.text.CsvFields;

/** Checks that counts of described columns do not depend on order or grouping. */
class DescribedUsersTest {
  private static final int K = 3;

  /** A few texts; numbers of which there are too many to count each; long texts; dates. */
  private static final List<String> NAMES = List.of("few", "many", "long", "day");

  private static DescribedUsers none() {
    return new DescribedRows(NAMES, K).users();
  }

  private record User(int cluster, List<String> texts) {}

  private static List<User> users(Random random, int count) {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(
          new User(
              random.nextInt(K),
              List.of(
                  List.of("a", "b,c", "\"q\"", "", "NA", "'=x", "é").get(random.nextInt(7)),
                  String.valueOf(random.nextGaussian()),
                  random.nextInt(50) == 0 ? "x".repeat(300) : "y" + random.nextInt(3),
                  "2026-01-"
                      + (10 + random.nextInt(20))
                      + (random.nextBoolean() ? "T01:02" : ""))));
    }
    return users;
  }

  private static DescribedUsers counted(List<User> users) {
    DescribedRows counted = new DescribedRows(NAMES, K);
    users.forEach(user -> counted.add(user.cluster, user.texts));
    return counted.users();
  }

  static byte[] bytes(DescribedUsers users) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    users.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void anyGroupingGivesTheSameBytes() throws IOException {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      List<User> users = users(random, 500 + random.nextInt(1500));
      DescribedUsers whole = counted(users);
      DescribedUsers merged = none();
      List<User> shuffled = new ArrayList<>(users);
      Collections.shuffle(shuffled, random);
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(700));
        DescribedUsers part = counted(shuffled.subList(from, to));
        // What a worker sends is read on another one.
        merged.merge(
            DescribedUsers.read(new DataInputStream(new ByteArrayInputStream(bytes(part)))));
        from = to;
      }
      assertEquals(whole, merged, "seed " + seed);
      assertArrayEquals(bytes(whole), bytes(merged), "seed " + seed);
      assertEquals(users.size() > ColumnValues.MAX_LEVELS, !whole.values(1).hasLevels());
    }
  }

  @Test
  void aTextThatIsTooLongMakesNoCategoryWhereverItStands() {
    List<User> users = users(new Random(1), 400);
    Description description = DescriptionBuilder.of(counted(users), users.size());
    assertEquals(1, description.leftOut().size(), description.leftOut().toString());
    assertTrue(
        description.leftOut().get(0).startsWith("long: is not described as a category, because"));
  }

  @Test
  void textsOfAFewUsersShareARow() {
    List<User> users = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String text = i < 4 ? "rare" : i < 8 ? "name of a person " + i : "usual" + i % 2;
      users.add(new User(i % K, List.of(text, "1", "y", "2026-01-01")));
    }
    Description description = DescriptionBuilder.of(counted(users), users.size());
    List<Description.Row> rows = description.columns().get(0).rows();
    assertEquals(
        List.of("usual0", "usual1", "5 other texts"),
        rows.stream().map(Description.Row::level).toList());
    assertTrue(rows.get(2).other());
    assertEquals(1, rows.stream().mapToDouble(Description.Row::all).sum(), 1e-15);
  }

  @Test
  void fieldsAreReadAsTheyWereBeforeTheyWereWritten() {
    Random random = new Random(5);
    CsvFields fields = new CsvFields(3);
    for (int i = 0; i < 20_000; i++) {
      List<String> texts = new ArrayList<>();
      for (int f = 0; f < 3; f++) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
          text.append("a,\"\n=+'é-@ ".charAt(random.nextInt(11)));
        }
        texts.add(text.toString());
      }
      int rowBytes = DescribedRows.read(fields, texts);
      for (int f = 0; f < 3; f++) {
        String read =
            new String(
                fields.bytes(),
                fields.from(f),
                fields.to(f) - fields.from(f),
                StandardCharsets.UTF_8);
        assertEquals(texts.get(f), read, texts.toString());
      }
      assertEquals(rowBytes, fields.end(0, 3));
    }
  }
}

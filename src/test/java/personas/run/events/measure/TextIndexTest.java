package personas.run.events.measure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextIndexTest {
  private static final long SEED = 20260101;

  private static String text(TextIndex index, int number) {
    int start = index.start(number);
    return new String(index.texts(), start, index.end(number) - start, UTF_8);
  }

  /** With few hashes, almost every text shares its hash with other texts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void numbersTextsInTheOrderOfInsertionAndSortsThemByHashAndBytes(int hashes) {
    Random random = new Random(SEED);
    Map<String, Integer> expected = new LinkedHashMap<>();
    Map<String, Long> hashOf = new LinkedHashMap<>();
    TextIndex index = new TextIndex();
    for (int i = 0; i < 3_000; i++) {
      String text = Integer.toString(random.nextInt(1_000), 36);
      long hash = (text.hashCode() % hashes) * 0x9E3779B97F4A7C15L;
      byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
      expected.putIfAbsent(text, expected.size());
      hashOf.put(text, hash);
      assertEquals(expected.get(text), index.add(hash, bytes, 1, bytes.length - 1), text);
    }
    assertEquals(expected.size(), index.size());
    List<String> order = new ArrayList<>(expected.keySet());
    order.sort(
        Comparator.<String, Long>comparing(hashOf::get, Long::compareUnsigned)
            .thenComparing(Comparator.naturalOrder()));
    List<String> sorted = new ArrayList<>();
    for (int number : index.sorted()) {
      sorted.add(text(index, number));
    }
    assertEquals(order, sorted, "seed " + SEED);
  }
}

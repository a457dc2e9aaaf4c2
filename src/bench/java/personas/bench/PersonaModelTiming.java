package personas.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import personas.PersonaModel;

/**
 * Measures how long the library takes to score a user: nanoseconds of processor time, the least of several rounds. It prints one line each for records of numbers, records of texts and columns of numbers.
 */
public final class PersonaModelTiming {
  private static final int USERS = 1 << 14;
  private static final int ROUNDS = 200;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private PersonaModelTiming() {}

  private interface Scoring {
    double run();
  }

  /** Runs the measurement. The argument is the {@code model.json} of a model with numeric features. */
  public static void main(String[] args) throws IOException {
    PersonaModel model = PersonaModel.load(Path.of(args[0]));
    List<Map<String, Object>> numbers = new ArrayList<>();
    List<Map<String, Object>> texts = new ArrayList<>();
    Map<String, List<Object>> columns = new HashMap<>();
    model.columns().forEach(column -> columns.put(column, new ArrayList<>()));
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < USERS; i++) {
      Map<String, Object> asNumbers = new HashMap<>();
      Map<String, Object> asTexts = new HashMap<>();
      for (String column : model.columns()) {
        Integer value = random.nextInt(1000);
        asNumbers.put(column, value);
        asTexts.put(column, value.toString());
        columns.get(column).add(value);
      }
      numbers.add(asNumbers);
      texts.add(asTexts);
    }
    measure("records of numbers", () -> score(model, numbers));
    measure("records of texts", () -> score(model, texts));
    measure("columns of numbers", () -> model.scoreColumns(columns).get(0).distance());
  }

  private static double score(PersonaModel model, List<Map<String, Object>> records) {
    double sum = 0;
    for (Map<String, Object> record : records) {
      sum += model.score(record).distance();
    }
    return sum;
  }

  private static void measure(String what, Scoring scoring) {
    long least = Long.MAX_VALUE;
    double sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadCpuTime();
      sum += scoring.run();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    System.out.printf(
        Locale.ROOT, "%s: %d ns per user (sum %s)%n", what, least / USERS, Double.toString(sum));
  }
}

package personas.bench;

import personas.PersonaModel;
import personas.PersonaScores;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the library takes for a user of the sample's model, with five features and three clusters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PersonaModelBenchmark {
  private static final int USERS = 1 << 13;

  private PersonaModel model;
  private final List<Map<String, Object>> numbers = new ArrayList<>();
  private final List<Map<String, Object>> texts = new ArrayList<>();
  private final Map<String, List<Object>> columns = new HashMap<>();

  @Setup
  public void setUp() throws IOException {
    try (InputStream in =
        PersonaModelBenchmark.class.getResourceAsStream("/golden/sample-model.json")) {
      model = PersonaModel.load(in);
    }
    SplittableRandom random = new SplittableRandom(42);
    model.columns().forEach(column -> columns.put(column, new ArrayList<>()));
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
  }

  private double score(List<Map<String, Object>> records) {
    double sum = 0;
    for (Map<String, Object> record : records) {
      sum += model.score(record).distance();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public double recordsOfNumbers() {
    return score(numbers);
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public double recordsOfTexts() {
    return score(texts);
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public PersonaScores columnsOfNumbers() {
    return model.scoreColumns(columns);
  }
}

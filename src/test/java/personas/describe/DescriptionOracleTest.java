package personas.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.confidence.Interval;
import personas.describe.Description.Column;
import personas.describe.Description.Figure;
import personas.describe.Description.Row;

/**
 * Compares the figures of described columns with numpy and scipy; make.py beside the data computes
 * them.
 */
class DescriptionOracleTest {
  private static final Path FOLDER = Path.of("src/test/resources/describe");
  private static final List<String> NAMES = List.of("revenue", "churned", "plan", "since", "luck");

  static List<NamedCsvRecord> rows(String file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(FOLDER.resolve(file))) {
      return csv.stream().toList();
    }
  }

  static DescribedUsers users() throws IOException {
    DescribedRows counted = new DescribedRows(NAMES, 3);
    for (NamedCsvRecord record : rows("users.csv")) {
      counted.add(
          Integer.parseInt(record.getField("cluster")),
          NAMES.stream().map(record::getField).toList());
    }
    return counted.users();
  }

  @Test
  void everyFigureMatchesScipy() throws IOException {
    Description description = DescriptionBuilder.of(users(), 240);
    assertEquals(List.of(), description.leftOut());
    List<NamedCsvRecord> expected = rows("expected.csv");
    assertEquals(24, expected.size());
    int figures = 0;
    for (NamedCsvRecord each : expected) {
      Column column =
          description.columns().stream()
              .filter(c -> c.name().equals(each.getField("column")))
              .findFirst()
              .orElseThrow();
      Row row =
          column.rows().stream()
              .filter(r -> each.getField("level").equals(r.level() == null ? "" : r.level()))
              .findFirst()
              .orElseThrow();
      Figure figure = row.personas().get(Integer.parseInt(each.getField("cluster")));
      String place = each.toString();
      assertEquals(Long.parseLong(each.getField("users")), figure.users(), place);
      same(each, "value", figure.value());
      same(each, "all", row.all());
      same(each, "effect", figure.effect());
      same(each, "v_test", figure.test());
      assertEquals(
          1, figure.probability() / Double.parseDouble(each.getField("p_value")), 1e-9, place);
      near(each, "value", figure.valueInterval());
      near(each, "difference", figure.differenceInterval());
      same(each, "strength", column.strength());
      assertEquals(each.getField("chance"), figure.chance() ? "yes" : "no", place);
      figures++;
    }
    assertEquals(figures, description.columns().stream().mapToInt(c -> 3 * c.rows().size()).sum());
  }

  /**
   * The ends of an interval are those of 20,000 samples of the users. The random numbers and the
   * correction for small groups move them by less than a tenth of the width, or by one user: the
   * shares of few users are steps.
   */
  private static void near(NamedCsvRecord expected, String figure, Interval actual) {
    double low = Double.parseDouble(expected.getField(figure + "_low"));
    double high = Double.parseDouble(expected.getField(figure + "_high"));
    double step = 1 / (Double.parseDouble(expected.getField("users")) + 1);
    double most = Math.max(0.1 * (high - low), step);
    assertEquals(low, actual.low(), most, figure + " of " + expected);
    assertEquals(high, actual.high(), most, figure + " of " + expected);
  }

  private static void same(NamedCsvRecord expected, String field, double actual) {
    double value = Double.parseDouble(expected.getField(field));
    assertEquals(value, actual, 1e-12 * Math.max(1, Math.abs(value)), field + " of " + expected);
  }

  @Test
  void typesAreFoundAndTheStrongestColumnComesFirst() throws IOException {
    Description description = DescriptionBuilder.of(users(), 240);
    assertEquals(DescribedType.NUMERIC, type(description, "revenue"));
    assertEquals(DescribedType.BOOLEAN, type(description, "churned"));
    assertEquals(DescribedType.CATEGORY, type(description, "plan"));
    assertEquals(DescribedType.DATE, type(description, "since"));
    double before = 1;
    for (Column column : description.columns()) {
      assertTrue(column.strength() <= before, column.name());
      before = column.strength();
    }
  }

  private static DescribedType type(Description description, String name) {
    return description.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow()
        .type();
  }
}

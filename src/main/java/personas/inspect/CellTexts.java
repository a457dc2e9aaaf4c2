package personas.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.table.read.RawTable;

/**
 * A sample of the values of a table: the values of every n-th record. At first n is 1, and n is
 * doubled whenever the sample is full. The sample depends only on the records and their order.
 */
final class CellTexts implements RawTable.Consumer {
  /** The maximum number of records in the sample. */
  static final int MAX_RECORDS = 4_000;

  private final Map<String, List<Object>> columns = new LinkedHashMap<>();
  private final Map<String, Object> record = new LinkedHashMap<>();
  private long records;
  private int sampledRecords;
  private int step = 1;

  @Override
  public void value(String column, Object value) {
    if (records % step == 0) {
      record.put(column, value);
    }
  }

  @Override
  public void endRecord() {
    if (records++ % step == 0) {
      record.forEach(
          (name, value) -> {
            List<Object> values = columns.computeIfAbsent(name, key -> new ArrayList<>());
            // A JSON record may lack a key.
            while (values.size() < sampledRecords) {
              values.add(null);
            }
            values.add(value);
          });
      sampledRecords++;
      record.clear();
      if (sampledRecords == MAX_RECORDS) {
        dropEverySecond();
      }
    }
  }

  private void dropEverySecond() {
    for (List<Object> values : columns.values()) {
      int keptValues = 0;
      for (int i = 0; i < values.size(); i += 2) {
        values.set(keptValues++, values.get(i));
      }
      values.subList(keptValues, values.size()).clear();
    }
    sampledRecords = (sampledRecords + 1) / 2;
    step *= 2;
  }

  /** Returns the values of each column. A list is shorter if the last records lack the column. */
  Map<String, List<Object>> columns() {
    return columns;
  }

  /** Returns the number of records, including records outside of the sample. */
  long records() {
    return records;
  }
}

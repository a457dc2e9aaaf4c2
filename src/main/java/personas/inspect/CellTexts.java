package personas.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.table.read.RawTable;

/**
 * The texts of an even sample of the records: every n-th, where n doubles whenever the sample is
 * full. It depends on the records and their order alone.
 */
final class CellTexts implements RawTable.Consumer {
  /** Records that are kept at most. */
  static final int MAX_RECORDS = 4_000;

  private final Map<String, List<Object>> columns = new LinkedHashMap<>();
  private final Map<String, Object> record = new LinkedHashMap<>();
  private long records;
  private int kept;
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
            // Records of JSON may lack a key.
            while (values.size() < kept) {
              values.add(null);
            }
            values.add(value);
          });
      kept++;
      record.clear();
      if (kept == MAX_RECORDS) {
        thin();
      }
    }
  }

  private void thin() {
    for (List<Object> values : columns.values()) {
      int out = 0;
      for (int i = 0; i < values.size(); i += 2) {
        values.set(out++, values.get(i));
      }
      values.subList(out, values.size()).clear();
    }
    kept = (kept + 1) / 2;
    step *= 2;
  }

  /** Column → its values; shorter than the others where the last records lack it. */
  Map<String, List<Object>> columns() {
    return columns;
  }

  /** Returns how many records there were. */
  long records() {
    return records;
  }
}

package personas.spec.yaml;

import java.util.Map;
import personas.spec.InputSpec;
import personas.spec.OutputSpec;
import personas.spec.SinkSpec;
import personas.table.TableFormat;

/** Reads the key of {@code output} that names one kind of table or topic. */
public interface SinkKey {
  /** Returns the name of the key. */
  String key();

  /** Returns the format of the files from which the sink takes the results. */
  default TableFormat format() {
    return TableFormat.CSV;
  }

  /**
   * Reads the sink, and adds the mistakes of the key. After a mistake, the result is not used and
   * may be null.
   *
   * @param output the values of {@code output}; the value of {@link #key} is present
   * @param files the output without its sinks
   * @param input the input of the spec
   */
  SinkSpec read(Map<String, SpecNode> output, OutputSpec files, InputSpec input);
}

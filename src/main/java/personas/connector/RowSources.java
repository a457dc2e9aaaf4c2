package personas.connector;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import personas.connector.bigquery.BigQuerySource;
import personas.connector.contract.RowSource;
import personas.connector.jdbc.JdbcSource;
import personas.spec.InputSpec;

/** The databases that a spec may name as its input. */
public final class RowSources {
  /** Each gives null if the spec does not name its kind of database. */
  private static final List<Function<InputSpec, RowSource>> ALL =
      List.of(
          input -> input.bigquery() == null ? null : new BigQuerySource(input.bigquery()),
          input -> input.jdbc() == null ? null : new JdbcSource(input.jdbc()));

  private RowSources() {}

  /** The database of an input; empty if the input is files. */
  public static Optional<RowSource> of(InputSpec input) {
    return ALL.stream().map(each -> each.apply(input)).filter(Objects::nonNull).findFirst();
  }
}

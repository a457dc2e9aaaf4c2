package personas.connector;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import personas.connector.bigquery.BigQuerySource;
import personas.connector.contract.RowSource;
import personas.connector.jdbc.JdbcSource;
import personas.spec.InputSpec;
import personas.spec.connection.BigQueryInput;
import personas.spec.connection.JdbcQuery;
import personas.spec.connection.TableSource;

/** The databases that a spec may name as its input. */
public final class RowSources {
  /** Each returns null for a source of another kind. */
  private static final List<Function<TableSource, RowSource>> ALL =
      List.of(
          source -> source instanceof BigQueryInput table ? new BigQuerySource(table) : null,
          source -> source instanceof JdbcQuery query ? new JdbcSource(query) : null);

  private RowSources() {}

  /** The database of an input; empty if the input is files. */
  public static Optional<RowSource> of(InputSpec input) {
    return ALL.stream()
        .map(each -> each.apply(input.source()))
        .filter(Objects::nonNull)
        .findFirst();
  }
}

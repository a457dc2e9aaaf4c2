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
  /** One factory for each kind of database. A factory returns null for a source of another kind. */
  private static final List<Function<TableSource, RowSource>> FACTORIES =
      List.of(
          source -> source instanceof BigQueryInput table ? new BigQuerySource(table) : null,
          source -> source instanceof JdbcQuery query ? new JdbcSource(query) : null);

  private RowSources() {}

  /** Returns the database of an input, or an empty value if the input consists of files. */
  public static Optional<RowSource> of(InputSpec input) {
    return FACTORIES.stream()
        .map(factory -> factory.apply(input.source()))
        .filter(Objects::nonNull)
        .findFirst();
  }
}

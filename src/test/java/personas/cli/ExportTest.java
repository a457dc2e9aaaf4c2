package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/**
 * Checks the command {@code export}: in real databases, the SQL gives the personas of the
 * assignments.
 */
class ExportTest {
  private static final int USERS = 20_000;

  @TempDir static Path folder;
  private static List<String> lines;
  private static Run run;

  /** Values that are missing, limited, huge and tiny, in a model with all of them. */
  @BeforeAll
  static void train() throws IOException {
    lines = new ArrayList<>(List.of("user_id,a,b,c"));
    java.util.SplittableRandom random = new java.util.SplittableRandom(20261129);
    for (int i = 0; i < USERS; i++) {
      int group = i % 3;
      String a = String.valueOf(10 * group + 8 * random.nextDouble());
      String b = random.nextInt(6) == 0 ? "" : String.valueOf(random.nextInt(4) * (group + 1));
      double c = group * 100 + 60 * (random.nextDouble() - 0.5);
      lines.add("u" + i + "," + a + "," + b + "," + (random.nextInt(40) == 0 ? c * 1e-320 : c));
    }
    Path input = Files.write(folder.resolve("users.csv"), lines);
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: export
            input: {id: user_id}
            features:
              - {name: a, transform: none, winsorize: 0.95}
              - {name: b, transform: none, missing: mean}
              - {name: c, transform: none}
            clustering: {k: 5}
            """);
    run = Run.segment(folder.resolve("out"), "--input=" + input, "--spec=" + spec).succeeded();
  }

  private static String export(String dialect) throws IOException {
    Path sql = folder.resolve(dialect + ".sql");
    String[] args = {
      "export",
      "--model=" + run.output().resolve("model.json"),
      "--dialect=" + dialect,
      "--table=users",
      "--output=" + sql
    };
    Run.command(folder, args).succeeded();
    return Files.readString(sql);
  }

  /** The columns of the assignments, as the files hold them. */
  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        String persona = found.getString("persona");
        String second = found.getString("second_persona");
        rows.add(
            String.join(
                ",",
                found.getString(1),
                String.valueOf(found.getInt("cluster")),
                quoted(persona),
                quoted(second)));
      }
    }
    return rows.stream().sorted().toList();
  }

  private static String quoted(String persona) {
    return persona.contains(",") ? '"' + persona + '"' : persona;
  }

  /** Without distance and margin, which the files round, and without outliers. */
  private static List<String> expected() throws IOException {
    return run.rows("assignments").stream()
        .map(row -> row.replaceFirst("^([^,]*,\\d+,(?:\"[^\"]*\"|[^,]*),)[^,]*,", "$1"))
        .map(row -> row.replaceFirst(",[^,]*,(true|false)$", ""))
        .sorted()
        .toList();
  }

  private static void fill(Connection database, String type) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE users (user_id VARCHAR, a %1$s, b %1$s, c %1$s)".formatted(type));
    }
    try (PreparedStatement rows =
        database.prepareStatement("INSERT INTO users VALUES (?, ?, ?, ?)")) {
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split(",", -1);
        rows.setString(1, fields[0]);
        for (int i = 1; i < fields.length; i++) {
          rows.setObject(i + 1, fields[i].isEmpty() ? null : Double.valueOf(fields[i]));
        }
        rows.addBatch();
      }
      rows.executeBatch();
    }
  }

  @Test
  void duckDbGivesThePersonasOfTheAssignments() throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      fill(database, "DOUBLE");
      assertEquals(expected(), rows(statement, export("duckdb")));
    }
  }

  @Test
  void postgreSqlGivesThePersonasOfTheAssignments() throws Exception {
    Path programs = PostgreSql.installedOrSkip("ExportTest");
    PostgreSql server = PostgreSql.startIn(programs, folder);
    try (Connection database =
            DriverManager.getConnection(server.url(), PostgreSql.USER, PostgreSql.PASSWORD);
        Statement statement = database.createStatement()) {
      fill(database, "DOUBLE PRECISION");
      assertEquals(expected(), rows(statement, export("postgres")));
    } finally {
      server.close();
    }
  }

  @Test
  void refusalsNameWhatIsAllowed() {
    String model = "--model=" + run.output().resolve("model.json");
    Run dialect = Run.command(folder, "export", model, "--dialect=oracle");
    assertEquals(ExitCode.USAGE, dialect.exitCode());
    assertTrue(
        dialect.errors().contains("oracle: unknown; one of bigquery, postgres, snowflake, duckdb"),
        dialect.errors());
    Run table =
        Run.command(folder, "export", model, "--dialect=duckdb", "--table=users; DROP TABLE x");
    assertEquals(ExitCode.USAGE, table.exitCode());
    assertTrue(table.errors().contains("is not the name of a table"), table.errors());
  }
}

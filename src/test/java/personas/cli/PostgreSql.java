package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server of this machine with a separate data folder, on loopback, with a
 * password.
 */
final class PostgreSql {
  static final String USER = "personas";
  static final String PASSWORD = "s3cret-of-the-test";

  /** Makes the table that assignments go to. */
  static final String ASSIGNMENTS =
      "CREATE TABLE assignments (user_id text PRIMARY KEY, cluster integer, persona text,"
          + " distance double precision, second_persona text, margin double precision,"
          + " outlier boolean, expected_persona text)";

  private final Path programs;
  private final Path data;
  private final List<String> as;
  private final int port;

  private PostgreSql(Path programs, Path folder, List<String> as, int port) {
    this.programs = programs;
    this.data = folder.resolve("data");
    this.as = as;
    this.port = port;
  }

  /** Where the server is installed; where it is not, the test is skipped, and says so aloud. */
  static Path installedOrSkip(String test) throws IOException {
    Path programs = installed();
    if (programs == null) {
      System.err.println("SKIPPED: " + test + ": no PostgreSQL under /usr/lib/postgresql");
    }
    assumeTrue(programs != null, "no PostgreSQL is installed");
    return programs;
  }

  private static Path installed() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return null;
    }
    try (Stream<Path> each = Files.list(versions)) {
      return each.map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo)
          .orElse(null);
    }
  }

  /** Starts a server in a new folder in one of a test's, which its user is let reach. */
  static PostgreSql startIn(Path programs, Path folder) throws Exception {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    for (Path each = folder; each.startsWith(temp) && !each.equals(temp); ) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
      each = each.getParent();
    }
    return start(programs, Files.createDirectory(folder.resolve("server")));
  }

  /**
   * Starts a server.
   *
   * @param folder below which anybody may go
   */
  static PostgreSql start(Path programs, Path folder) throws Exception {
    // It refuses to be root; the package made a user for it.
    boolean root = System.getProperty("user.name").equals("root");
    List<String> as = root ? List.of("runuser", "-u", "postgres", "--") : List.of();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path password = Files.writeString(folder.resolve("initial"), PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    PostgreSql server = new PostgreSql(programs, folder, as, port);
    server.run(
        "initdb",
        "--auth=scram-sha-256",
        "--username=" + USER,
        "--pwfile=" + password,
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync");
    String options = "-h 127.0.0.1 -p " + port + " -k " + folder + " -c fsync=off";
    server.run("pg_ctl", "-w", "-o", options, "-l", folder.resolve("log").toString(), "start");
    return server;
  }

  private void run(String program, String... flags) throws Exception {
    List<String> line = new ArrayList<>(as);
    line.addAll(List.of(programs.resolve(program).toString(), "-D", data.toString()));
    line.addAll(List.of(flags));
    Path out = Files.createTempFile("postgresql", ".out");
    // To a file: the server keeps the streams that it inherits.
    Process process =
        new ProcessBuilder(line)
            .directory(data.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int status = process.waitFor();
    String said = Files.readString(out, UTF_8);
    Files.delete(out);
    if (status != 0) {
      throw new IllegalStateException(program + " ended with " + status + ": " + said);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The lines of a spec whose assignments go to a table; the password goes to a folder. */
  String output(Path folder, String table) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    return """

        output:
          jdbc: {url: '%s', table: %s, user: %s, passwordFile: '%s'}
        """
        .formatted(url(), table, USER, password.toAbsolutePath());
  }

  /**
   * Until the connection is closed no other session writes the first simulated user; the table
   * itself can be looked at, as a run does before its job.
   */
  static void lockFirstUser(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO assignments (user_id) VALUES ('user-000000001')");
    }
  }

  /** A spec, and that its assignments go to a table of this server; in a file of a folder. */
  Path spec(String spec, Path folder, String table) throws IOException {
    String yaml = Files.readString(Path.of(spec)) + output(folder, table);
    return Files.writeString(folder.resolve("spec.yaml"), yaml);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, PASSWORD);
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Rows of a query, their values joined by commas. */
  List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join(",", row));
      }
    }
    return rows;
  }

  /** Waits until a session waits for a lock that another one has. */
  void awaitBlocked(Process process) throws Exception {
    while (rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").isEmpty()) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the run ended before it came to the lock");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  void close() throws Exception {
    run("pg_ctl", "-w", "-m", "immediate", "stop");
  }
}

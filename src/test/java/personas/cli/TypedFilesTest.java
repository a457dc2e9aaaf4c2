package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import personas.cli.exit.ExitCode;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.write.TypedTableFile;

/**
 * Checks that Avro and Parquet give the same bytes as a CSV file with the same rows, as input and
 * output.
 */
class TypedFilesTest {
  private static final int USERS = 20_000;
  private static final String SPEC = "--spec=src/test/resources/specs/seven-of-three.yaml";

  @TempDir static Path folder;
  private static List<String> lines;
  private static Run reference;
  private static Path model;

  @BeforeAll
  static void train() throws IOException {
    lines = Run.simulated(USERS, 7);
    Path csv = Files.write(folder.resolve("users.csv"), lines);
    for (TableFormat format : List.of(TableFormat.AVRO, TableFormat.PARQUET)) {
      write(format, lines, folder.resolve("users" + format.ending()));
      // What it is only its first bytes tell.
      Files.copy(folder.resolve("users" + format.ending()), folder.resolve("plain-" + format));
    }
    reference = segment("reference", SPEC, "--input=" + csv).succeeded();
    model = folder.resolve("reference/model.json");
    assertEquals(USERS, reference.rows("assignments").size());
  }

  private static Run segment(String name, String... flags) {
    return Run.segment(folder.resolve(name), flags);
  }

  /** A table of the lines of a CSV without quotes: numbers are stored as such, empty is null. */
  static void write(TableFormat format, List<String> lines, Path file) throws IOException {
    write(format, lines, Set.of("user_id", "persona", "expected_persona"), file);
  }

  /** A table with these columns of texts. */
  static void write(TableFormat format, List<String> lines, Set<String> texts, Path file)
      throws IOException {
    List<TableColumn> columns = new ArrayList<>();
    for (String name : lines.get(0).split(",", -1)) {
      boolean text = texts.contains(name);
      boolean whole =
          name.startsWith("images")
              || name.startsWith("templates")
              || name.equals("cluster")
              || name.equals("users");
      columns.add(
          new TableColumn(
              name,
              text
                  ? TableColumn.Type.TEXT
                  : whole ? TableColumn.Type.INTEGER : TableColumn.Type.DOUBLE));
    }
    try (OutputStream out = Files.newOutputStream(file);
        TableWriter table = TypedTableFile.open(format, columns, out)) {
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split(",", -1);
        Object[] row = new Object[fields.length];
        for (int i = 0; i < row.length; i++) {
          row[i] =
              fields[i].isEmpty()
                  ? null
                  : switch (columns.get(i).type()) {
                    case INTEGER -> (Object) Integer.valueOf(fields[i]);
                    case DOUBLE -> Double.valueOf(fields[i]);
                    default -> fields[i];
                  };
        }
        table.write(row);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "users.avro,--runner=DirectRunner",
    "users.parquet,--runner=DirectRunner",
    "plain-AVRO,--runner=DirectRunner",
    "plain-PARQUET,--runner=DirectRunner --slots=3",
    "users.avro,--runner=DirectRunner --rangeMegabytes=1",
    "users.avro,--runner=FlinkRunner --parallelism=2 --rangeMegabytes=1",
    "users.parquet,--runner=FlinkRunner --parallelism=2 --useDataStreamForBatch=true"
  })
  void aTrainingGivesTheBytesOfTheCsv(String input, String flags) throws IOException {
    String name = input + Integer.toHexString(flags.hashCode());
    List<String> all = new ArrayList<>(List.of(SPEC, "--input=" + folder.resolve(input)));
    all.addAll(List.of(flags.split(" ", -1)));
    Run run = segment(name, all.toArray(String[]::new)).succeeded();
    assertEquals(reference.modelText(), run.modelText());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertEquals(reference.reportBytes(), run.reportBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "users.avro,--runner=DirectRunner",
    "plain-PARQUET,--runner=DirectRunner",
    "users.parquet,--runner=FlinkRunner --parallelism=2"
  })
  void aScoreGivesTheBytesOfTheTraining(String input, String flags) throws IOException {
    Path output = folder.resolve("score-" + input + Integer.toHexString(flags.hashCode()));
    List<String> args = new ArrayList<>(List.of("score", "--quiet", "--model=" + model));
    args.addAll(List.of("--input=" + folder.resolve(input), "--output=" + output));
    args.addAll(List.of(flags.split(" ", -1)));
    Run run = Run.command(output, args.toArray(String[]::new)).succeeded();
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
  }

  @ParameterizedTest
  @EnumSource(
      value = TableFormat.class,
      names = {"AVRO", "PARQUET"})
  void theWrittenAssignmentsAreTheSameTable(TableFormat format) throws IOException {
    Path spec = folder.resolve("to-" + format + ".yaml");
    String yaml = Files.readString(Path.of(SPEC.substring(SPEC.indexOf('=') + 1)));
    Files.writeString(spec, yaml + "\noutput: {format: " + format.ending().substring(1) + "}\n");
    String input = "--input=" + folder.resolve("users.csv");
    Run run = segment("to-" + format, "--spec=" + spec, input).succeeded();
    assertEquals(reference.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertTrue(run.names().contains("assignments-00000" + format.ending()), run.names().toString());
    // Read as users: the columns that are numbers are features, the others are copied.
    Path readBack = folder.resolve("back.yaml");
    Files.writeString(
        readBack,
        """
        name: back
        input: {id: user_id, passThrough: [expected_persona]}
        features: [{name: cluster}, {name: distance}, {name: margin}]
        """);
    Run fromTable =
        segment("back-" + format, "--spec=" + readBack, "--input=" + run.output() + "/assign*");
    Run fromCsv =
        segment("back", "--spec=" + readBack, "--input=" + reference.output() + "/assign*");
    assertEquals(fromCsv.succeeded().modelText(), fromTable.succeeded().modelText());
    assertEquals(fromCsv.rows("assignments"), fromTable.rows("assignments"));
    // As the assignments of the run before they say that nobody moved.
    Run next =
        segment(
                "next-" + format,
                "--spec=" + spec,
                input,
                "--previousModel=" + run.output().resolve("model.json"),
                "--previousAssignments=" + run.output() + "/assignments-*")
            .succeeded();
    assertEquals("keep", next.drift().advice().toString().toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @EnumSource(
      value = TableFormat.class,
      names = {"AVRO", "PARQUET"})
  void dirtyRowsAreRejectedByTheirNumber(TableFormat format) throws IOException {
    List<String> dirty = new ArrayList<>(lines.subList(0, 101));
    String[] first = dirty.get(1).split(",", -1);
    dirty.set(3, String.join(",", "u-neg", "-5", first[2], first[3], first[4], first[5], "x"));
    dirty.set(5, String.join(",", "", first[1], first[2], first[3], first[4], first[5], "x"));
    dirty.set(8, String.join(",", "u-nan", first[1], "NaN", first[3], first[4], first[5], "x"));
    dirty.set(9, String.join(",", "u-gone", first[1], "", first[3], first[4], first[5], "x"));
    dirty.set(11, dirty.get(10));
    Path file = folder.resolve("dirty" + format.ending());
    write(format, dirty, file);
    Path csv = Files.write(folder.resolve("dirty.csv"), dirty);
    Path spec = folder.resolve("strict.yaml");
    Files.writeString(
        spec,
        Files.readString(Path.of("pipelines/image-platform-users.yaml"))
            .replace("  id: user_id", "  duplicates: reject-later\n  id: user_id"));
    Run typed = segment("dirty-" + format, "--spec=" + spec, "--input=" + file).succeeded();
    Run text = segment("dirty-csv", "--spec=" + spec, "--input=" + csv).succeeded();
    assertEquals(text.modelText(), typed.modelText());
    assertEquals(text.rows("assignments"), typed.rows("assignments"));
    List<String> rejected = Files.readAllLines(typed.files("rejected").get(0));
    assertEquals(
        List.of(
            "2,out_of_range,images_generated_monthly",
            "4,missing_id,user_id",
            "7,missing_value,api_calls_monthly",
            "8,missing_value,api_calls_monthly",
            "10,duplicate_id,user_id"),
        rejected.subList(1, rejected.size()).stream()
            .map(line -> String.join(",", List.of(line.split(",", -1)).subList(1, 4)))
            .toList());
    assertTrue(rejected.get(1).startsWith(file + ","), rejected.get(1));
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] avro = Files.readAllBytes(folder.resolve("users.avro"));
    byte[] parquet = Files.readAllBytes(folder.resolve("users.parquet"));
    Files.write(folder.resolve("cut.avro"), java.util.Arrays.copyOf(avro, avro.length - 100));
    Files.write(
        folder.resolve("cut.parquet"), java.util.Arrays.copyOf(parquet, parquet.length - 100));
    Files.copy(folder.resolve("users.csv"), folder.resolve("text.parquet"));
    Files.copy(folder.resolve("users.csv"), folder.resolve("text.avro"));
    for (String name : List.of("cut.avro", "cut.parquet", "text.parquet", "text.avro")) {
      Run run = segment("refused-" + name, SPEC, "--input=" + folder.resolve(name));
      assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
      assertTrue(run.errors().contains(name + ": is not a complete "), run.errors());
    }
  }

  private static final int RECORDS = 60;

  /** A value of the record of a user; the record of one user is null. */
  private static double inRecord(int user, String field) {
    return field.equals("a") ? 100 * (user % 3) + user : 7 * user % 11;
  }

  private static boolean hasRecord(int user) {
    return user != 17;
  }

  private Path csvOfRecords() throws IOException {
    List<String> csv = new ArrayList<>(List.of("user_id,m.a,m.b"));
    for (int i = 0; i < RECORDS; i++) {
      csv.add("u" + i + "," + (hasRecord(i) ? inRecord(i, "a") + "," + inRecord(i, "b") : ","));
    }
    return Files.write(folder.resolve("records.csv"), csv);
  }

  private Path avroOfRecords() throws IOException {
    Schema usage =
        SchemaBuilder.record("usage").fields().requiredDouble("a").requiredDouble("b").endRecord();
    Schema user =
        SchemaBuilder.record("user")
            .fields()
            .requiredString("user_id")
            .name("m")
            .type()
            .optional()
            .type(usage)
            .endRecord();
    Path avro = folder.resolve("records.avro");
    try (DataFileWriter<GenericRecord> rows =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>())) {
      rows.create(user, avro.toFile());
      for (int i = 0; i < RECORDS; i++) {
        GenericRecordBuilder row = new GenericRecordBuilder(user).set("user_id", "u" + i);
        if (hasRecord(i)) {
          GenericRecordBuilder inner = new GenericRecordBuilder(usage);
          row.set("m", inner.set("a", inRecord(i, "a")).set("b", inRecord(i, "b")).build());
        }
        rows.append(row.build());
      }
    }
    return avro;
  }

  private Path parquetOfRecords() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message user {
              required binary user_id (UTF8);
              optional group m { required double a; optional double unread; required double b; }
              optional group tags (LIST) { repeated group list { optional binary element; } }
            }
            """);
    Path parquet = folder.resolve("records.parquet");
    try (ParquetWriter<Group> rows =
        ExampleParquetWriter.builder(new LocalOutputFile(parquet))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .build()) {
      for (int i = 0; i < RECORDS; i++) {
        Group row = new SimpleGroup(type);
        row.add("user_id", "u" + i);
        if (hasRecord(i)) {
          row.addGroup("m").append("a", inRecord(i, "a")).append("b", inRecord(i, "b"));
        }
        rows.write(row);
      }
    }
    return parquet;
  }

  private Path jsonOfRecords() throws IOException {
    List<String> json = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String record =
          hasRecord(i)
              ? "{\"b\":" + inRecord(i, "b") + ",\"x\":{\"a\":9},\"a\":" + inRecord(i, "a") + "}"
              : "null";
      // A key of the whole name wins over the key within the object, wherever it stands.
      String wins = i == 5 ? ",\"m.a\":" + inRecord(i, "a") : "";
      String loses = i == 5 ? record.replace("\"a\":" + inRecord(i, "a"), "\"a\":-1") : record;
      json.add("{\"m\":" + loses + ",\"user_id\":\"u" + i + "\"" + wins + "}");
    }
    return Files.write(folder.resolve("records.jsonl"), json);
  }

  @Test
  void theFieldsOfARecordAreColumns() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("records.yaml"),
            """
            name: records
            input: {id: user_id, maxRejectedShare: 0.1}
            features: [{name: m.a}, {name: m.b}]
            clustering: {k: 3}
            """);
    Path avro = avroOfRecords();
    Run ofCsv = segment("records-csv", "--spec=" + spec, "--input=" + csvOfRecords()).succeeded();
    for (Path table : List.of(avro, parquetOfRecords(), jsonOfRecords())) {
      String name = table.getFileName().toString();
      Run run = segment(name + "-out", "--spec=" + spec, "--input=" + table).succeeded();
      assertEquals(RECORDS - 1, run.rows("assignments").size(), name);
      assertEquals(ofCsv.rows("assignments"), run.rows("assignments"), name);
      Path proposed = folder.resolve(name + ".yaml");
      assertEquals(
          0, Run.command(proposed, "init", "--input=" + table, "--output=" + proposed).exitCode());
      assertTrue(Files.readString(proposed).contains("name: 'm.a'"), Files.readString(proposed));
    }
    Path ofRecord =
        Files.writeString(
            folder.resolve("record.yaml"),
            """
            name: record
            input: {id: user_id}
            features: [{name: m}]
            clustering: {k: 3}
            """);
    Run whole = segment("records-m", "--spec=" + ofRecord, "--input=" + avro);
    assertEquals(ExitCode.DATA_REFUSED, whole.exitCode(), whole.errors());
    assertTrue(whole.errors().contains("like m.field"), whole.errors());
  }
}

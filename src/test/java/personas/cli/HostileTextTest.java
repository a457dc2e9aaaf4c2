package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.plan.SegmentPlanner;

/** Checks names and records of an attacker. */
class HostileTextTest {
  @TempDir Path folder;

  private static final String SPEC =
      """
      name: %s
      input: {id: "=id", passThrough: ["@note"], maxRejectedShare: 0.9}
      features: [{name: "=a"}, {name: "+b"}]
      clustering: {k: 2..3}
      personas:
      - {name: "=cmd|' /C calc'!A0", profile: {"=a": high}}
      - {name: "@SUM(1)", profile: {"=a": low}}
      """;

  /** All CSV files of a finished run, field by field as a spreadsheet reads them. */
  private static Map<String, List<String>> fields(Path output) throws IOException {
    Map<String, List<String>> fields = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(output)) {
      files = all.filter(file -> file.toString().endsWith(".csv")).toList();
    }
    for (Path file : files) {
      List<String> own = new ArrayList<>();
      try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
        reader.forEach(row -> own.addAll(row.getFields()));
      }
      fields.put(file.getFileName().toString().replaceAll("-\\d{5}", ""), own);
    }
    return fields;
  }

  @Test
  void noCsvHoldsAFormula() throws IOException {
    // Found by a pattern below the folder that the process stands in, the name begins the source.
    Path input =
        Files.writeString(
            folder.resolve("=x.csv"),
            """
            =id,=a,+b,@note
            =1+1,1,1,=2
            -2+3,2,2,+A1
            @x,9,9,-cmd
            "\tu",8,8,"\t=1"
            ok,1,7,-5
            =bad,x,1,@y
            -bad,"=3",1,z
            """);
    Path spec = Files.writeString(folder.resolve("x.yaml"), SPEC.formatted("hostile"));
    Run run = Run.segment(folder.resolve("out"), "--spec=" + spec, "--input=" + input).succeeded();
    Map<String, List<String>> files = fields(run.output());
    assertEquals(
        List.of(
            "assignments.csv",
            "centroids.csv",
            "examples.csv",
            "iterations.csv",
            "k_selection.csv",
            "ledger.csv",
            "rejected.csv"),
        new ArrayList<>(files.keySet()));
    files.forEach(
        (name, fields) ->
            fields.forEach(
                field -> {
                  boolean formula = field.matches("(?s)[=@\t\r].*");
                  boolean sign = field.matches("(?s)[+-].*") && !isNumber(field);
                  assertFalse(formula || sign, name + ": " + field);
                }));
    assertTrue(files.get("assignments.csv").contains("'=1+1"), files.toString());
    assertTrue(files.get("assignments.csv").contains("-5"), "a number stays one");
    assertTrue(files.get("centroids.csv").contains("'=a"), files.get("centroids.csv").toString());
    assertTrue(files.get("rejected.csv").contains("'=bad,x,1,@y"), files.toString());
  }

  private static boolean isNumber(String text) {
    return text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  }

  /**
   * Whatever a spec is called, without --output its results go right below {@code out}, and no two
   * specs share a folder.
   */
  @Test
  void aNameOfASpecIsNotAPath() {
    Map<String, String> folders = new TreeMap<>();
    for (String name :
        List.of(
            "..",
            ".",
            "../../etc",
            "/etc/x",
            "a/../../b",
            "~",
            "...",
            ".staging-x",
            "C:\\x",
            "顧客",
            "顾客",
            "клиенты",
            "клиент",
            "a b",
            "a/b",
            "a-b",
            "a?b",
            "a  b",
            "A b",
            " ",
            "-",
            "--",
            "😀",
            "e\u0301t",
            "\u00e9t",
            "हिन्दी",
            "a\u202eb",
            "a\tb",
            "a~b",
            "a_b",
            "x.y")) {
      String folder = SegmentPlanner.defaultOutput(name);
      assertNull(folders.put(folder, name), name + " and " + folders.get(folder));
      Path output = Path.of(SegmentPlanner.defaultOutput(name));
      assertEquals(output, output.normalize(), name);
      assertEquals(2, output.getNameCount(), name);
      assertEquals(Path.of("out"), output.getParent(), name);
      assertFalse(output.getFileName().toString().startsWith("."), name);
    }
  }

  /** A link in the output folder is replaced, not written through. */
  @Test
  void aLinkInTheOutputFolderIsNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "as it was");
    Path output = Files.createDirectories(folder.resolve("out"));
    for (String name :
        List.of("model.json", "ledger.csv", "report.html", "assignments-00000.csv")) {
      Files.createSymbolicLink(output.resolve(name), elsewhere);
    }
    Run run = Run.segment(output).succeeded();
    assertEquals("as it was", Files.readString(elsewhere));
    for (String name : run.names()) {
      assertFalse(Files.isSymbolicLink(run.output().resolve(name)), name);
    }
  }
}

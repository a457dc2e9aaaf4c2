package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports point downward, and Beam stays at the rim. */
class ArchitectureTest {
  private static final List<String> TOP_DOWN =
      List.of(
          "app",
          "pipeline",
          "run",
          "connector",
          "report",
          "model",
          "spec",
          "persona",
          "kmeans",
          "data",
          "math");
  private static final List<String> MAY_USE_BEAM = List.of("app", "pipeline", "connector");
  // Imports of one class, of all classes, static ones, and full names in the code.
  private static final Pattern OWN =
      Pattern.compile(
          "\\bpersonas\\.(" + String.join("|", TOP_DOWN) + ")(?:\\.[a-z]\\w*)*\\.[A-Z*]");

  private static List<Path> sources(String pack) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/personas", pack))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void everyPackageIsInTheOrder() throws IOException {
    try (Stream<Path> packages = Files.list(Path.of("src/main/java/personas"))) {
      assertEquals(
          TOP_DOWN.stream().sorted().toList(),
          packages.map(pack -> pack.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void importsPointDownward() throws IOException {
    List<String> upward = new ArrayList<>();
    int seen = 0;
    for (String pack : TOP_DOWN) {
      for (Path file : sources(pack)) {
        String code = Files.readString(file);
        seen += (int) OWN.matcher(code).results().count();
        upward(pack, code).forEach(name -> upward.add(file + " uses " + name));
      }
    }
    assertTrue(seen > 100, "references seen: " + seen);
    assertEquals(List.of(), upward);
  }

  private static List<String> upward(String pack, String code) {
    return OWN.matcher(code)
        .results()
        .filter(used -> TOP_DOWN.indexOf(used.group(1)) < TOP_DOWN.indexOf(pack))
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void anUpwardReferenceOfAnyFormIsSeen() {
    assertEquals(List.of("personas.app.M"), upward("math", "import personas.app.Main;"));
    assertEquals(List.of("personas.app.*"), upward("math", "import personas.app.*;"));
    assertEquals(
        List.of("personas.spec.S"), upward("persona", "import static personas.spec.Spec.read;"));
    assertEquals(List.of("personas.data.F"), upward("math", "new personas.data.Feature()"));
    assertEquals(List.of(), upward("app", "import personas.math.Grid;"));
    assertEquals(List.of(), upward("math", "import personas.math.Grid;"));
  }

  @Test
  void everyFolderOfSourcesSaysWhatItIs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/personas"))) {
      List<Path> folders =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      assertTrue(folders.size() > TOP_DOWN.size(), folders.toString());
      for (Path folder : folders) {
        assertTrue(Files.exists(folder.resolve("package-info.java")), folder.toString());
      }
    }
  }

  @Test
  void beamIsInThreePackagesOnly() throws IOException {
    List<String> strays = new ArrayList<>();
    int seen = 0;
    for (String pack : TOP_DOWN) {
      for (Path file : sources(pack)) {
        if (Files.readString(file).contains("org.apache.beam")) {
          seen++;
          if (!MAY_USE_BEAM.contains(pack)) {
            strays.add(file.toString());
          }
        }
      }
    }
    assertTrue(seen > 5, "files seen: " + seen);
    assertEquals(List.of(), strays);
  }
}

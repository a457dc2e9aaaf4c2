package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports point downward, and Beam stays at the rim. */
class ArchitectureTest {
  private static final List<String> TOP_DOWN =
      List.of("app", "pipeline", "report", "model", "spec", "persona", "kmeans", "data", "math");
  private static final List<String> MAY_USE_BEAM = List.of("app", "pipeline");
  private static final Pattern OWN = Pattern.compile("\\bpersonas\\.([a-z]+)\\.[A-Z]");

  private static List<Path> sources(String pack) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/personas", pack))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void everyPackageIsInTheOrderAndSaysWhatItIs() throws IOException {
    try (Stream<Path> packages = Files.list(Path.of("src/main/java/personas"))) {
      assertEquals(
          TOP_DOWN.stream().sorted().toList(),
          packages.map(pack -> pack.getFileName().toString()).sorted().toList());
    }
    for (String pack : TOP_DOWN) {
      assertTrue(Files.exists(Path.of("src/main/java/personas", pack, "package-info.java")), pack);
    }
  }

  @Test
  void importsPointDownward() throws IOException {
    List<String> upward = new ArrayList<>();
    int seen = 0;
    for (String pack : TOP_DOWN) {
      for (Path file : sources(pack)) {
        Matcher used = OWN.matcher(Files.readString(file));
        while (used.find()) {
          seen++;
          if (TOP_DOWN.indexOf(used.group(1)) < TOP_DOWN.indexOf(pack)) {
            upward.add(file + " uses " + used.group());
          }
        }
      }
    }
    assertTrue(seen > 100, "references seen: " + seen);
    assertEquals(List.of(), upward);
  }

  @Test
  void beamIsInTheUpperTwoPackagesOnly() throws IOException {
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

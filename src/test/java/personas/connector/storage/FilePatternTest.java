package personas.connector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.table.ledger.BadInputException;

/** Checks which files a pattern matches. */
class FilePatternTest {
  @TempDir Path folder;

  private void make(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }

  private List<String> matched(String pattern) throws IOException {
    return FilePattern.files(folder + "/" + pattern).stream()
        .map(file -> folder.relativize(Path.of(file.resourceId().toString())).toString())
        .toList();
  }

  @Test
  void hiddenFilesNeedAPatternThatBeginsLikeThem() throws IOException {
    make("a.csv", ".b.csv", "_c.csv", "._a.csv", ".tmp/d.csv", "_old/e.csv", "new/f.csv");
    assertEquals(List.of("a.csv"), matched("*.csv"));
    assertEquals(List.of("a.csv", "new/f.csv"), matched("**/*.csv"));
    assertEquals(List.of("._a.csv", ".b.csv"), matched(".*.csv"));
    assertEquals(List.of("_c.csv"), matched("_*.csv"));
    assertEquals(List.of("_c.csv"), matched("_c.csv"));
    assertEquals(3, FilePattern.match(folder + "/*.csv").hidden().size());
  }

  @Test
  void twoStarsMatchAnyNumberOfFolders() throws IOException {
    make("a.csv", "x/b.csv", "x/y/c.csv", "x/y/d.txt");
    List<String> all = List.of("a.csv", "x/b.csv", "x/y/c.csv");
    assertEquals(all, matched("**/*.csv"));
    assertEquals(all, matched("**.csv"));
    assertEquals(List.of("x/b.csv", "x/y/c.csv"), matched("x/**/*.csv"));
    assertEquals(List.of("x/b.csv"), matched("*/*.csv"));
  }

  @Test
  void bracketsInNamesAreLiteral() throws IOException {
    make(
        "exp [q1]/a.csv", "exp [q1]/b.csv", "{v2}/c.csv", "a[1].csv", "d[.csv", "p1.csv", "p2.csv");
    assertEquals(List.of("exp [q1]/a.csv", "exp [q1]/b.csv"), matched("exp [q1]/*.csv"));
    assertEquals(List.of("{v2}/c.csv"), matched("{v2}/*.csv"));
    assertEquals(List.of("a[1].csv"), matched("a[1].csv"));
    assertEquals(List.of("a[1].csv"), matched("a[1]*.csv"));
    assertEquals(List.of("d[.csv"), matched("d[*.csv"));
    assertEquals(List.of("p1.csv", "p2.csv"), matched("p[12].csv"));
    assertEquals(List.of("p1.csv", "p2.csv"), matched("p{1,2}.csv"));
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    make("a.csv");
    Files.createSymbolicLink(folder.resolve("b.csv"), Path.of("gone.csv"));
    for (String pattern : List.of("*.csv", "b.csv")) {
      String message = assertThrows(BadInputException.class, () -> matched(pattern)).getMessage();
      assertTrue(
          message.contains("b.csv: is a symbolic link to gone.csv, which does not exist"), message);
    }
  }

  @Test
  void aLoopOfLinksEnds() throws IOException {
    make("x/a.csv");
    Files.createSymbolicLink(folder.resolve("x/up"), folder);
    assertEquals(List.of("x/a.csv"), matched("**/*.csv"));
  }

  @Test
  void aMissingFileMatchesNothing() throws IOException {
    assertEquals(List.of(), matched("gone.csv"));
    assertEquals(List.of(), matched("gone/*.csv"));
    assertEquals(List.of(), matched("gone/**/*.csv"));
  }
}

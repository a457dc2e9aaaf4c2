package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.console.Help;
import personas.cli.option.CompareOptions;
import personas.cli.option.ExportOptions;
import personas.cli.option.InitOptions;
import personas.cli.option.RenameOptions;
import personas.cli.option.ReportOptions;
import personas.cli.option.ScoreOptions;
import personas.cli.option.SegmentOptions;
import personas.cli.option.SimulateOptions;
import personas.cli.option.TimelineOptions;
import personas.connector.Connectors;
import personas.model.ModelJson;
import personas.report.render.ReportJson;
import personas.spec.SpecException;
import personas.table.ledger.Rejection;

/**
 * Checks that flags, columns, keys and files in the README and the pages agree with the program.
 */
class ReadmeTest {
  @TempDir Path folder;

  private static final Path README = Path.of("README.md");
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final int MAX_README_LINES = 120;
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /** The text of a section of a page, up to the next heading. */
  private static String section(String page, String heading) throws IOException {
    String text = Files.readString(PAGES.resolve(page));
    int start = text.indexOf("## " + heading + "\n");
    assertTrue(start >= 0, page + " has no section '" + heading + "'");
    int end = text.indexOf("\n## ", start + 3);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  @Test
  void theTableOfFlagsIsComplete() throws IOException {
    Set<String> shown = new TreeSet<>();
    Matcher flag = Pattern.compile("`--(\\w+)`").matcher(section("spec-reference.md", "Flags"));
    while (flag.find()) {
      shown.add(flag.group(1));
    }
    Set<String> declared = new TreeSet<>(Help.flags(SegmentOptions.class).keySet());
    declared.addAll(Help.flags(InitOptions.class).keySet());
    declared.addAll(Help.flags(SimulateOptions.class).keySet());
    declared.addAll(Help.flags(ScoreOptions.class).keySet());
    declared.addAll(Help.flags(CompareOptions.class).keySet());
    declared.addAll(Help.flags(TimelineOptions.class).keySet());
    declared.addAll(Help.flags(ReportOptions.class).keySet());
    declared.addAll(Help.flags(RenameOptions.class).keySet());
    declared.addAll(Help.flags(ExportOptions.class).keySet());
    assertEquals(declared, shown);
  }

  @Test
  void theColumnsAreThoseThatAreWritten() throws IOException {
    Run run = Run.segment(folder.resolve("out")).succeeded();
    String outputs = section("outputs.md", "Files");
    String assignments = Files.readAllLines(run.files("assignments").get(0)).get(0);
    assertTrue(assignments.endsWith(",expected_persona"), assignments);
    assertTrue(outputs.contains("`" + assignments.replace(",expected_persona", "`")), assignments);
    assertTrue(outputs.contains("`" + Rejection.CSV_HEADER + "`"));
    String iterations = Files.readAllLines(folder.resolve("out/iterations.csv")).get(0);
    assertTrue(outputs.contains("`" + iterations.replaceAll(",users_\\d", "") + "`"), iterations);
    String selection = Files.readAllLines(folder.resolve("out/k_selection.csv")).get(0);
    assertTrue(outputs.contains("`" + selection + "`"), selection);
    for (String name : run.names()) {
      assertTrue(outputs.contains("`" + name.replaceAll("-\\d+", "-*") + "`"), name);
    }
  }

  @Test
  void theKeysOfASpecAreThoseThatAreRead() throws IOException {
    StringBuilder reader = new StringBuilder();
    for (String folder : List.of("spec/yaml", "connector")) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/personas", folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          reader.append(Files.readString(file));
        }
      }
    }
    String specs = section("spec-reference.md", "Keys");
    Matcher keys =
        Pattern.compile(
                "(?:\\bkeys\\((?:node, )?|KEYS = \\{|OTHER_KEYS =\\s+List\\.of\\(|"
                    + "String NAME = |public String key\\(\\) \\{\\s+return )\\s*"
                    + "((?:(?:\"\\w+\"|additionalKey),?\\s*)+)")
            .matcher(reader);
    int seen = 0;
    while (keys.find()) {
      for (String key : keys.group(1).replaceAll("[\"\\s]", "").split(",", -1)) {
        if (!key.isEmpty() && !key.equals("additionalKey")) {
          seen++;
          assertTrue(specs.matches("(?s).*[`.]" + key + "[`.\\[].*"), key);
        }
      }
    }
    assertEquals(74, seen);
  }

  @Test
  void theListOfFoldersNamesEveryFolder() throws IOException {
    String map = section("architecture.md", "Folders");
    Path root = Path.of("src/main/java/personas");
    try (Stream<Path> folders = Files.walk(root)) {
      for (Path each : folders.filter(Files::isDirectory).skip(1).toList()) {
        String indent = "  ".repeat(root.relativize(each).getNameCount());
        String line = "\n" + indent + each.getFileName() + " ";
        assertTrue(map.contains(line), each + " is not in the list of folders");
      }
    }
  }

  @Test
  void theReadmeIsShort() throws IOException {
    int lines = Files.readAllLines(README).size();
    assertTrue(lines <= MAX_README_LINES, lines + " lines, more than " + MAX_README_LINES);
  }

  @Test
  void theSpecOfTheReadmeIsRead() throws IOException, SpecException {
    Matcher yaml =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
    assertTrue(yaml.find());
    byte[] spec = yaml.group(1).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        3, Connectors.readSpec("README", new ByteArrayInputStream(spec)).features().size());
  }

  /** The README, the pages, the notes beside the launchers and those of the repository. */
  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(README));
    for (String folder : List.of("src/site/markdown", "runners", ".github")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  @Test
  void everyRelativeLinkLeadsToAFileAndAnAnchor() throws IOException {
    List<String> broken = new ArrayList<>();
    int seen = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!link.group(1).contains("://")) {
          seen++;
          if (!leadsSomewhere(document, link.group(1))) {
            broken.add(document + ": " + link.group(1));
          }
        }
      }
    }
    assertTrue(seen > 40, seen + " links");
    assertEquals(List.of(), broken);
  }

  /** A page may also name what the site copies from src/site/resources. */
  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path folder = document.toAbsolutePath().getParent();
    Path target = parts[0].isEmpty() ? document : folder.resolve(parts[0]).normalize();
    if (!Files.exists(target)) {
      return document.startsWith(PAGES)
          && Files.exists(Path.of("src/site/resources").resolve(parts[0]));
    }
    // Written out, because GitHub and Doxia make different anchors of the same heading.
    return parts.length == 1
        || Files.readString(target).contains("<a id=\"" + parts[1] + "\"></a>");
  }

  @Test
  void theMenuOfTheSiteNamesEveryPage() throws IOException {
    String menu = Files.readString(Path.of("src/site/site.xml"));
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        String name = page.getFileName().toString().replace(".md", ".html");
        assertTrue(menu.contains("href=\"" + name + "\""), name);
      }
    }
  }

  /** Each of the formats that the page names has the number that the program writes. */
  @Test
  void thePageStatesTheFormats() throws IOException {
    String formats = section("outputs.md", "Formats and their compatibility");
    assertTrue(formats.contains("`format: " + ModelJson.FORMAT + "`"));
    assertEquals(ModelJson.FORMAT, ReportJson.FORMAT);
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher version = Pattern.compile("<version>([\\d.]+)-SNAPSHOT</version>").matcher(pom);
    assertTrue(version.find());
    assertTrue(formats.contains("Beam Personas " + version.group(1) + " "), version.group(1));
  }

  @Test
  void theTopLevelHoldsWhatItMay() throws IOException {
    try (var files = Files.list(Path.of("."))) {
      assertEquals(
          Set.of("LICENSE", "README.md", "data", "pipelines", "pom.xml", "runners", "src"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith(".") && !Set.of("target", "out").contains(name))
              .collect(java.util.stream.Collectors.toSet()));
    }
  }
}

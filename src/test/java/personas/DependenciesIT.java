package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Checks the shipped dependencies in the lists that the build writes: no version has a known
 * critical advisory, and each license permits distribution.
 */
class DependenciesIT {
  private static final Path SHIPPED = Path.of("target/dependencies.txt");
  private static final Path BILL = Path.of("target/bom.json");
  private static final Path ADVISORIES = Path.of("src/test/resources/advisories.csv");
  // group:artifact:jar:version:scope, and between the last but one a classifier where there is one.
  private static final Pattern LINE =
      Pattern.compile("\\s+([\\w.-]+:[\\w.-]+):jar:(?:[\\w-]+:)?([^:]+):(?:compile|runtime)\\b.*");
  private static final Pattern BUILD = Pattern.compile("[\\d.]+-\\d.*");
  private static final Pattern FREE =
      Pattern.compile(
          "Apache-2\\.0|BSD-\\d-Clause|MIT|MPL-1\\.1|CDDL-1\\.0.*|Public Domain|Go License"
              + "|Unicode/ICU License");

  /** Artifact → its versions. */
  private static Map<String, Set<String>> shipped() throws IOException {
    Map<String, Set<String>> all = new TreeMap<>();
    for (String line : Files.readAllLines(SHIPPED)) {
      Matcher artifact = LINE.matcher(line);
      if (artifact.matches()) {
        all.computeIfAbsent(artifact.group(1), key -> new TreeSet<>()).add(artifact.group(2));
      }
    }
    return all;
  }

  private static List<NamedCsvRecord> advisories() throws IOException {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().commentStrategy(CommentStrategy.SKIP).ofNamedCsvRecord(ADVISORIES)) {
      return reader.stream().toList();
    }
  }

  @Test
  void noneIsInTheRangeOfACriticalAdvisory() throws IOException {
    Map<String, Set<String>> shipped = shipped();
    assertTrue(shipped.size() > 200, "dependencies: " + shipped.size());
    List<String> affected = new ArrayList<>();
    Set<String> unknown = new HashSet<>();
    for (NamedCsvRecord each : advisories()) {
      Set<String> versions = shipped.get(each.getField("artifact"));
      if (versions == null && each.getField("why").startsWith("not shipped")) {
        continue;
      }
      if (versions == null) {
        unknown.add(each.getField("artifact"));
        continue;
      }
      boolean tolerated =
          !each.getField("severity").equals("critical") && !each.getField("why").isBlank();
      for (String version : versions) {
        boolean inside =
            compare(version, each.getField("from")) >= 0
                && compare(version, each.getField("before")) < 0;
        if (inside && !tolerated) {
          affected.add(each.getField("id") + ": " + each.getField("artifact") + " " + version);
        }
      }
    }
    assertEquals(List.of(), affected);
    assertEquals(Set.of(), unknown, "no longer shipped; their lines can go");
  }

  /** A list in the pom would not show that it names a library that has gone. */
  @Test
  void everyExclusionOfAJarForClustersNamesALibrary() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher lists =
        Pattern.compile(
                "<(bundle\\.clients|flink\\.(?:bundle\\.excludes|engine|provided)|google\\.cloud"
                    + "|excludes)>([^<]+:[^<]+)</")
            .matcher(pom);
    Set<String> shipped = shipped().keySet();
    Set<String> names = new TreeSet<>();
    List<String> unused = new ArrayList<>();
    while (lists.find()) {
      names.add(lists.group(1));
      for (String exclusion : lists.group(2).split(",", -1)) {
        String pattern = exclusion.replace(".", "\\.").replace("*", ".*");
        if (!exclusion.startsWith("$") && shipped.stream().noneMatch(id -> id.matches(pattern))) {
          unused.add(lists.group(1) + ": " + exclusion);
        }
      }
    }
    assertEquals(
        Set.of(
            "bundle.clients",
            "excludes",
            "flink.bundle.excludes",
            "flink.engine",
            "flink.provided",
            "google.cloud"),
        names);
    assertEquals(List.of(), unused);
  }

  /** The bill is written by a goal that does nothing where Maven is offline. */
  @Test
  void eachHasALicenceThatLetsItBePassedOn() throws IOException {
    if (!Files.exists(BILL)) {
      System.err.println("SKIPPED: DependenciesIT.eachHasALicence...: no " + BILL + ", offline?");
    }
    assumeTrue(Files.exists(BILL), "no " + BILL);
    Map<String, Set<String>> others = new TreeMap<>();
    int seen = 0;
    for (JsonNode each : new ObjectMapper().readTree(BILL.toFile()).get("components")) {
      Set<String> licenses = new TreeSet<>();
      for (JsonNode license : each.path("licenses")) {
        JsonNode named = license.path("license");
        String id = named.path("id").asText(named.path("name").asText());
        licenses.add(license.path("expression").asText(id).replaceAll("^\\(|\\)$", ""));
      }
      seen++;
      if (licenses.stream().noneMatch(license -> FREE.matcher(license).matches())) {
        others.put(each.get("purl").asText(), licenses);
      }
    }
    assertEquals(Map.of(), others);
    assertTrue(seen > 200, "dependencies: " + seen);
  }

  /**
   * By their numbers, first to last. What follows a hyphen counts where both have a number there.
   */
  private static int compare(String version, String other) {
    boolean builds = BUILD.matcher(version).matches() && BUILD.matcher(other).matches();
    List<Long> left = numbers(version, builds);
    List<Long> right = numbers(other, builds);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          Long.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<Long> numbers(String version, boolean builds) {
    return Pattern.compile("\\d+")
        .matcher(builds ? version : version.replaceFirst("-.*", ""))
        .results()
        .map(MatchResult::group)
        .map(Long::valueOf)
        .collect(Collectors.toList());
  }

  @Test
  void versionsAreComparedByTheirNumbers() {
    assertTrue(compare("1.10.0", "1.9.9") > 0);
    assertTrue(compare("4.1.110.Final", "4.1.118") < 0);
    assertEquals(0, compare("3.7.2-18.0", "3.7.2"));
    assertTrue(compare("33.1.0-jre", "32.0.0") > 0);
    assertTrue(compare("1.5.7-3", "1.5.7-14") < 0 && compare("1.5.7-15", "1.5.7-14") > 0);
    assertTrue(compare("0", "0") == 0 && compare("2.0", "2") == 0);
  }
}

package personas.report.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.report.Chromium;
import personas.report.ReportBuilder;
import personas.report.ReportFiles;
import personas.report.Reports;
import personas.report.ShownFigure;
import personas.report.data.Axis;
import personas.report.data.ReportData;

/** Checks the page in a browser, and leaves screenshots under target/. */
class ReportPageTest {
  private static final Path SHOTS = Path.of("target/report-pages");
  private static final int DESKTOP = 1280;
  private static final int PHONE = 360;
  private static final int PAPER = 688;

  private static final String OUTSIDE_PAPER =
      "[...document.querySelectorAll('td, th, p, dd, svg, code')].filter(e =>"
          + " e.getBoundingClientRect().right > %d + 1).map(e => e.outerHTML.slice(0, 90))"
              .formatted(PAPER);

  private static final Map<String, ReportData> REPORTS = reports();
  private static Chromium browser;

  private static Map<String, ReportData> reports() {
    Map<String, ReportData> all = new LinkedHashMap<>();
    all.put("platform", ReportBuilder.build(Reports.platform(1000)));
    all.put("continued", ReportBuilder.build(Reports.continued(Reports.platform(1000))));
    all.put("hostile-continued", ReportBuilder.build(Reports.continued(Reports.hostile())));
    all.put("hostile", ReportBuilder.build(Reports.hostile()));
    all.put("two-of-four", ReportBuilder.build(Reports.shape(500, 2, 4, 1)));
    all.put("twelve-of-thirty", ReportBuilder.build(Reports.shape(13_000, 12, 30, 770)));
    all.put("one-feature", ReportBuilder.build(Reports.shape(400, 3, 1, 1)));
    all.put("few-values", ReportBuilder.build(Reports.fewValues(600)));
    all.put("one-user-each", ReportBuilder.build(Reports.shape(5, 5, 2, 1)));
    all.put("earlier", earlier(all.get("continued")));
    return all;
  }

  /** The report without the keys that earlier versions did not write. */
  private static ReportData earlier(ReportData report) {
    try {
      ObjectNode root = (ObjectNode) new ObjectMapper().readTree(ReportJson.text(report));
      root.remove(List.of("decision", "ruleSet", "privacy", "atypical", "stickiness"));
      remove(root.path("personas"), "index", "intervals");
      remove(root.path("warnings"), "serious");
      remove(root.path("features"), "discrete");
      ((ObjectNode) root.path("convergence")).remove("sentence");
      ((ObjectNode) root.path("kSelection"))
          .remove(List.of("answer", "meaning", "stabilityLimit", "metrics", "tree"));
      remove(
          root.path("kSelection").path("candidates"),
          "answer",
          "stabilityLow",
          "stabilityMedian",
          "stabilityHigh",
          "explained");
      ArrayNode definitions = (ArrayNode) root.path("definitions");
      List<String> later = List.of("held_out", "index", "interval", "chance");
      for (int i = definitions.size() - 1; i >= 0; i--) {
        if (later.contains(definitions.get(i).path("id").asText())) {
          definitions.remove(i);
        }
      }
      return ReportJson.read("earlier/report.json", root.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(JsonNode list, String... keys) {
    list.forEach(each -> ((ObjectNode) each).remove(List.of(keys)));
  }

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.err.println("SKIPPED: the report page is not looked at, no Chromium is installed");
    }
    assumeTrue(program.isPresent(), "no Chromium is installed");
    Files.createDirectories(SHOTS);
    for (Map.Entry<String, ReportData> report : REPORTS.entrySet()) {
      Files.write(
          file(report.getKey()), ReportFiles.contents(report.getValue()).get(ReportFiles.HTML));
    }
    browser = Chromium.start(program.get());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path file(String report) {
    return SHOTS.resolve(report + ".html").toAbsolutePath();
  }

  private static void open(String report) throws Exception {
    browser.look(DESKTOP, "light");
    browser.open(file(report));
  }

  private static List<String> strings(String expression) throws Exception {
    List<String> all = new ArrayList<>();
    browser.evaluate(expression).forEach(each -> all.add(each.asText()));
    return all;
  }

  private static String text(String expression) throws Exception {
    return browser.evaluate(expression).asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "platform",
        "continued",
        "hostile-continued",
        "hostile",
        "two-of-four",
        "twelve-of-thirty",
        "one-feature",
        "few-values",
        "one-user-each",
        "earlier"
      })
  void showsNoErrorRequestOrOverflowInAnyView(String report) throws Exception {
    for (int width : new int[] {DESKTOP, PHONE}) {
      for (String scheme : List.of("light", "dark")) {
        browser.look(width, scheme);
        browser.open(file(report));
        String look = report + "-" + (width == PHONE ? "phone" : "desktop") + "-" + scheme;
        assertTrue(browser.evaluate("document.documentElement.scrollWidth").asInt() <= width, look);
        Files.write(SHOTS.resolve(look + ".png"), browser.screenshot());
        assertEquals(List.of(), browser.complaints(), look);
        assertEquals(List.of(file(report).toUri().toString()), browser.requests(), look);
        assertEquals("Segment report · image-platform-users", text("document.title"));
      }
    }
    assertTrue(Files.size(file(report)) < 2 << 20, report);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "platform",
        "continued",
        "hostile",
        "twelve-of-thirty",
        "one-feature",
        "one-user-each"
      })
  void everyFigureMatchesTheJson(String report) throws Exception {
    open(report);
    JsonNode json =
        new ObjectMapper()
            .readTree(ReportFiles.contents(REPORTS.get(report)).get(ReportFiles.JSON));
    browser.evaluate("document.querySelector('#view-components')?.click()");
    JsonNode shown =
        browser.evaluate(
            "[...document.querySelectorAll('[data-path]')].map(e =>"
                + " [e.dataset.path, e.dataset.format, e.textContent])");
    Set<String> wrong = new TreeSet<>();
    for (JsonNode each : shown) {
      String expected = ShownFigure.of(json, each.get(0).asText(), each.get(1).asText());
      if (!expected.equals(each.get(2).asText())) {
        wrong.add(each + " is not " + expected);
      }
    }
    assertEquals(Set.of(), wrong);
    assertTrue(shown.size() > 60, "figures: " + shown.size());
  }

  /** So that the test above sees them all. */
  @Test
  void everyDigitComesFromTheJson() throws Exception {
    open("continued");
    String numbers =
        "(() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
            + " const found = [];"
            + " while (walk.nextNode()) { const t = walk.currentNode;"
            + " if (/\\d/.test(t.data) && !t.parentElement.closest('[data-path],svg,script'))"
            + " found.push(t.data); } return found; })()";
    assertEquals(List.of("from −1 (mixed) to 1 (apart)", "−2σ", "+2σ and more"), strings(numbers));
  }

  @Test
  void everyPictureShowsWhatTheJsonHolds() throws Exception {
    ReportData data = REPORTS.get("platform");
    open("platform");
    String perPersona =
        "[...document.querySelectorAll('#scatter .points')].map(p =>"
            + " p.getAttribute('d').split('M').length - 1)";
    List<Integer> clusters = data.scatter().cluster();
    assertEquals(
        List.of("0", "1", "2").stream()
            .map(c -> "" + clusters.stream().filter(x -> c.equals("" + x)).count())
            .toList(),
        strings(perPersona));
    assertEquals(
        data.features().get(data.scatter().y()).linear().ticks().stream()
            .map(Axis.Tick::label)
            .toList(),
        strings(
            "[...document.querySelectorAll('#scatter .tick[text-anchor=end]')]"
                + ".map(t => t.textContent)"));
    int passes = data.convergence().passes().size();
    assertEquals("" + (3 * passes - 1), text("document.querySelectorAll('.trace-dot').length"));
    assertEquals(
        "" + data.features().size(), text("document.querySelectorAll('.ridges svg').length"));
  }

  @Test
  void theFirstScreenHasTheActionsAndOnlySeriousFindings() throws Exception {
    ReportData data = REPORTS.get("twelve-of-thirty");
    open("twelve-of-thirty");
    assertEquals(
        data.decision().actions(),
        strings("[...document.querySelectorAll('.actions li')].map(li => li.textContent)"));
    for (boolean serious : new boolean[] {true, false}) {
      assertEquals(
          data.warnings().stream()
              .filter(each -> each.serious() == serious)
              .map(ReportData.Warning::text)
              .toList(),
          strings(
              "[...document.querySelectorAll('%s li')].map(li => li.textContent)"
                  .formatted(serious ? ".warnings" : ".notes")));
    }
    assertEquals(
        Set.of("low_silhouette", "tiny_segment"),
        data.warnings().stream()
            .filter(ReportData.Warning::serious)
            .map(ReportData.Warning::kind)
            .collect(Collectors.toSet()));
  }

  @Test
  void manyUsersAreShownAsDensityAndFewAsMarks() throws Exception {
    open("twelve-of-thirty");
    assertEquals("0", text("document.querySelectorAll('#scatter .points').length"));
    int cells = browser.evaluate("document.querySelectorAll('#scatter .cells').length").asInt();
    assertTrue(cells > 12, "cells: " + cells);
    open("platform");
    assertEquals("0", text("document.querySelectorAll('#scatter .cells').length"));
  }

  @Test
  void marksOfFewValuesAreMovedApartInsideThePictureAndHaveNoLogarithm() throws Exception {
    ReportData data = REPORTS.get("few-values");
    assertEquals(
        List.of(true, true, false), data.features().stream().map(f -> f.discrete()).toList());
    assertNull(data.features().get(0).log());
    open("few-values");
    pick("pick-x", 0);
    pick("pick-y", 1);
    String places =
        "[...document.querySelectorAll('#scatter .points')].flatMap(p =>"
            + " p.getAttribute('d').match(/M[^l]*/g))";
    assertEquals("600", text("new Set(" + places + ").size"));
    assertEquals("true", text("document.querySelector('#log-x').disabled"));
    String outside =
        "[...document.querySelectorAll('#scatter .points')].map(p => [p.getBBox(),"
            + " p.ownerSVGElement.viewBox.baseVal]).filter(([b, v]) => b.x < 0 || b.y < 20"
            + " || b.x + b.width > v.width || b.y + b.height > v.height - 44).length";
    assertEquals("0", text(outside));
  }

  @ParameterizedTest
  @ValueSource(strings = {"few-values", "platform", "one-user-each", "twelve-of-thirty"})
  void noRowOfCardsHasAHole(String report) throws Exception {
    for (int width : new int[] {DESKTOP, 900, PHONE}) {
      browser.look(width, "light");
      browser.open(file(report));
      String holes =
          "(() => { const right = new Map(); for (const card of"
              + " document.querySelectorAll('.card')) { const box = card.getBoundingClientRect();"
              + " right.set(box.top, Math.max(box.right, right.get(box.top) || 0)); }"
              + " const edge = document.querySelector('.cards').getBoundingClientRect().right;"
              + " return [...right.values()].filter(x => Math.abs(x - edge) > 1).length; })()";
      assertEquals("0", text(holes), report + " " + width);
    }
  }

  @Test
  void printsOneSlideForEachPersona() throws Exception {
    open("platform");
    browser.evaluate("location.hash = '#slides'");
    browser.evaluate("new Promise(done => setTimeout(done, 100))");
    assertEquals("none", text("getComputedStyle(document.querySelector('#quality')).display"));
    browser.call("Emulation.setEmulatedMedia", Map.of("media", ""));
    JsonNode pdf = browser.call("Page.printToPDF", Map.of("preferCSSPageSize", true));
    String pages = new String(Base64.getDecoder().decode(pdf.get("data").textValue()), ISO_8859_1);
    assertEquals(3, pages.split("/Type\\s*/Page[^s]", -1).length - 1);
    browser.evaluate("document.querySelector('.slides-bar a').click()");
    browser.evaluate("new Promise(done => setTimeout(done, 100))");
    assertEquals("block", text("getComputedStyle(document.querySelector('#quality')).display"));
  }

  @Test
  void hostileTextsAreText() throws Exception {
    open("hostile");
    assertEquals("0", text("document.querySelectorAll('img, #page script, iframe').length"));
    assertTrue(text("document.body.innerText").contains("<img src=x onerror="));
    assertTrue(text("document.body.innerText").contains("</script><script>document.title='owned'"));
    assertFalse(text("document.body.innerText").contains("\u202e"), "the direction is turned");
  }

  @Test
  void theAxesAreThoseThatTheReaderPicks() throws Exception {
    open("platform");
    String title = "document.querySelector('#scatter .axis-title').textContent";
    String points = "document.querySelector('#scatter .points').getAttribute('d')";
    assertEquals("Templates used monthly →", text(title));
    pick("pick-x", 1);
    assertEquals("API calls monthly →", text(title));
    String linear = text(points);
    browser.evaluate("document.querySelector('#log-x').click()");
    assertNotEquals(linear, text(points));
    browser.evaluate("document.querySelector('#log-x').click()");
    assertEquals(linear, text(points));
    pick("pick-y", -1);
    assertEquals("true", text("document.querySelector('#log-y').disabled"));
    assertTrue(
        text("document.querySelector('#scatter svg').getAttribute('aria-label')")
            .contains("API calls monthly against Persona"));
  }

  private static void pick(String id, int value) throws Exception {
    browser.evaluate(
        "(e => { e.value = '%d'; e.dispatchEvent(new Event('change')); })".formatted(value)
            + "(document.getElementById('"
            + id
            + "'))");
  }

  @Test
  void componentsPersonasAndCellsSwitch() throws Exception {
    open("platform");
    browser.evaluate("document.querySelector('#view-components').click()");
    assertTrue(text("document.querySelector('figcaption').textContent").contains("components"));
    assertEquals("true", text("document.querySelector('#pick-x').disabled"));
    browser.evaluate("document.querySelector('#view-features').click()");
    assertEquals("false", text("document.querySelector('#pick-x').disabled"));
    browser.evaluate("document.querySelectorAll('.toggle')[1].click()");
    assertEquals("2", text("document.querySelectorAll('#scatter .points:not(.dim)').length"));
    browser.evaluate("document.querySelectorAll('.toggle')[1].click()");
    assertEquals("3", text("document.querySelectorAll('#scatter .points:not(.dim)').length"));
    String raw = "getComputedStyle(document.querySelector('.heat td .raw')).display";
    assertEquals("none", text(raw));
    browser.evaluate("document.querySelector('#show-raw').click()");
    assertEquals("inline", text(raw));
    browser.media("print", "light");
    browser.evaluate("document.querySelector('#show-sigma').click()");
    assertEquals("block", text(raw), "in print");
    browser.evaluate("document.querySelector('.rule button').click()");
    browser.evaluate("new Promise(done => setTimeout(done, 100))");
    String copied = text("document.querySelector('.rule button').textContent");
    assertTrue(copied.equals("Copied") || copied.equals("Selected"), copied);
    browser.evaluate("document.querySelector('summary').click()");
    assertEquals("true", text("document.querySelector('details').open"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void theKeyboardReachesEveryControlAndShowsDefinitions() throws Exception {
    open("platform");
    String focusable =
        "[...document.querySelectorAll('a[href],button,select,input,summary,[tabindex]')]"
            + ".filter(e => !e.disabled).length";
    int controls = browser.evaluate(focusable).asInt();
    browser.evaluate(
        "window.reached = new Set(); document.addEventListener('focusin',"
            + " e => reached.add(e.target))");
    browser.press("Tab", 9);
    assertEquals("Skip to the personas", text("document.activeElement.textContent"));
    boolean defined = false;
    for (int i = 1; i < controls; i++) {
      browser.press("Tab", 9);
      if (!defined && text("document.activeElement.hash").equals("#def-silhouette")) {
        assertTrue(text("document.querySelector('#tip').textContent").contains("nearer"));
        assertEquals("false", text("document.querySelector('#tip').hidden"));
        browser.press("Escape", 27);
        assertEquals("true", text("document.querySelector('#tip').hidden"));
        defined = true;
      }
    }
    assertTrue(defined);
    assertEquals("" + controls, text("reached.size"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"platform", "continued", "twelve-of-thirty", "hostile"})
  void everyPictureAndControlHasAName(String report) throws Exception {
    open(report);
    Set<String> named =
        Set.of("button", "combobox", "checkbox", "link", "image", "img", "region", "heading");
    List<String> nameless = new ArrayList<>();
    int seen = 0;
    for (JsonNode node : browser.call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
      String role = node.path("role").path("value").asText();
      if (!node.path("ignored").asBoolean() && named.contains(role)) {
        seen++;
        if (node.path("name").path("value").asText().isBlank()) {
          nameless.add(node.toString());
        }
      }
    }
    assertEquals(List.of(), nameless);
    assertTrue(seen > 30, "named: " + seen);
    assertEquals(
        List.of(),
        strings(
            "[...document.querySelectorAll('svg')].filter(s =>"
                + " s.getAttribute('aria-hidden') !== 'true' && !s.getAttribute('aria-label'))"
                + ".map(s => s.outerHTML.slice(0, 80))"));
    assertEquals(
        List.of(),
        strings(
            "(all => all.filter((id, i) => all.indexOf(id) !== i))"
                + "([...document.querySelectorAll('[id]')].map(e => e.id))"));
    assertEquals("1", text("document.querySelectorAll('h1').length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyTextHasContrast(String scheme) throws Exception {
    for (String report : List.of("platform", "continued", "twelve-of-thirty")) {
      browser.look(DESKTOP, scheme);
      browser.open(file(report));
      JsonNode all = browser.evaluate(script("contrast.js"));
      assertTrue(all.get("looked").asInt() > 300, "texts: " + all.get("looked"));
      assertEquals("[]", all.get("faint").toString(), report + " " + scheme);
    }
  }

  private static String script(String name) throws IOException {
    try (var in = ReportPageTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** On A4 less its margins: all is on the paper, also what a screen scrolls to or folds away. */
  @ParameterizedTest
  @ValueSource(strings = {"platform", "hostile-continued", "hostile", "twelve-of-thirty"})
  void printsWhole(String report) throws Exception {
    browser.look(PAPER, "dark");
    browser.open(file(report));
    browser.evaluate("dispatchEvent(new Event('beforeprint'))");
    browser.media("print", "dark");
    Files.write(SHOTS.resolve(report + "-print.png"), browser.screenshot());
    assertEquals("[]", browser.evaluate(OUTSIDE_PAPER).toString());
    assertEquals("0", text("document.querySelectorAll('details:not([open])').length"));
    assertEquals("rgb(255, 255, 255)", text("getComputedStyle(document.body).backgroundColor"));
    JsonNode pdf = browser.call("Page.printToPDF", Map.of("printBackground", true));
    assertTrue(pdf.get("data").textValue().length() > 20_000);
  }
}

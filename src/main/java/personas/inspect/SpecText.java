package personas.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import personas.describe.DescribedColumn;
import personas.feature.FrequentLevels;
import personas.feature.NumberFormat;
import personas.table.InputFormat;
import personas.text.ColumnNames;
import personas.text.TerminalText;
import personas.text.YamlText;

/** Writes the spec of a table that was looked at: commented YAML, the same for the same table. */
public final class SpecText {
  private static final int COMMENT_LENGTH = 90;

  /**
   * The types of columns that {@code init} proposes to describe, in the words of a spec. Numeric
   * columns are missing here: those that are not features are ids, codes and near-duplicates.
   */
  private static final Map<ColumnType, String> DESCRIBED =
      Map.of(
          ColumnType.BOOLEAN, "boolean",
          ColumnType.CATEGORY, "category",
          ColumnType.DATE, "auto");

  /** What init proposes for users without a value; the median for numbers. */
  private static final Map<ColumnType, String> STAND_INS =
      Map.of(ColumnType.BOOLEAN, "mode", ColumnType.CATEGORY, "level");

  private static final int MAX_SHOWN_CATEGORIES = 20;

  private final TableProfile table;
  private final StringBuilder yaml = new StringBuilder();

  private SpecText(TableProfile table) {
    this.table = table;
  }

  /**
   * The spec of a table in files.
   *
   * @param name of the segmentation
   */
  public static String of(TableProfile table, String name) {
    return of(table, name, List.of("path: " + YamlText.quoted(table.input())));
  }

  /**
   * The spec.
   *
   * @param name of the segmentation
   * @param source the lines under {@code input} that say where the table is
   */
  public static String of(TableProfile table, String name, List<String> source) {
    return new SpecText(table).write(name, source);
  }

  private String write(String name, List<String> source) {
    line(
        "# This spec was written by init, which read %s%,d records and %,d columns.",
        table.isWhole() ? "all " : "an even sample of ", table.records(), table.columns().size());
    line("# Every line is a proposal. Change what you know better, then run:");
    line("#   segment --spec=<this file>");
    line("name: %s", YamlText.quoted(name));
    line("input:");
    source.forEach(each -> line("  %s", each));
    writeSyntax();
    writeId();
    if (table.isEventLog()) {
      writeEvents();
    } else {
      writePassThrough();
      writeFeatures();
      writeOtherCategories();
      writeDescribed();
    }
    writeLeftOut();
    line("clustering:");
    line("  k: auto # the number of segments is chosen; a number fixes it");
    line("# personas: give the segments names of your own; without them names are made.");
    return yaml.toString();
  }

  private void writeSyntax() {
    if (table.format() == InputFormat.CSV) {
      if (table.linesAbove() > 0) {
        line(
            "  # The header is in line %,d; the lines above it are skipped.",
            table.linesAbove() + 1);
      }
      line(
          "  delimiter: %s",
          table.delimiter() == '\t' ? "\"\\t\"" : YamlText.quoted("" + table.delimiter()));
    }
    writeMarks();
    writeMissing();
  }

  private void writeMarks() {
    if (table.isAmbiguous()) {
      line("  # Check these marks: other ones would read the same values as other numbers.");
    }
    if (table.syntax().decimal() != null) {
      line("  decimal: %s", YamlText.quoted("" + table.syntax().decimal()));
    }
    if (table.syntax().thousands() != null) {
      line("  thousands: %s", YamlText.quoted("" + table.syntax().thousands()));
    }
  }

  private void writeMissing() {
    Map<String, Long> found = new TreeMap<>();
    table
        .columns()
        .forEach(
            each ->
                each.column().missingFound().forEach((text, n) -> found.merge(text, n, Long::sum)));
    if (!found.isEmpty()) {
      line(
          "  # Missing values are written as %s.",
          found.entrySet().stream()
              .map(each -> String.format(Locale.ROOT, "%s (%,d)", each.getKey(), each.getValue()))
              .collect(Collectors.joining(", ")));
    }
    if (table.syntax().missing() != null) {
      line(
          "  missing: [%s]",
          table.syntax().missing().stream()
              .map(YamlText::quoted)
              .collect(Collectors.joining(", ")));
    }
  }

  private void writeId() {
    List<Proposal> ids = table.of(Proposal.Role.ID);
    if (ids.isEmpty()) {
      line("  id: none # no column is unique and named like an id");
    } else {
      line("  id: %s # %s", quotedColumn(ids.get(0)), comment(ids.get(0).reason()));
    }
  }

  private void writeEvents() {
    AggregateText text = new AggregateText(table);
    text.aggregation().forEach(each -> yaml.append("  ").append(each).append('\n'));
    line("output:");
    line("  users: csv # writes the table of users beside the results");
    line("features:");
    text.features().forEach(each -> yaml.append(each).append('\n'));
  }

  private void writePassThrough() {
    List<Proposal> copied = table.of(Proposal.Role.PASS_THROUGH);
    if (copied.isEmpty()) {
      return;
    }
    line("  passThrough: # copied to the results and not clustered");
    for (Proposal each : copied) {
      line("    - %s # %s", quotedColumn(each), comment(each.reason()));
    }
  }

  private void writeFeatures() {
    line("features:");
    for (Proposal each : table.of(Proposal.Role.FEATURE)) {
      ColumnProfile column = each.column();
      line("  - name: %s # %s", quotedColumn(each), comment(values(column)));
      if (column.type() == ColumnType.CATEGORY) {
        writeLevels(column, "");
      }
      if (column.type() == ColumnType.BOOLEAN) {
        line("    type: boolean");
      }
      if (!column.formats().isEmpty()) {
        line(
            "    format: [%s]",
            column.formats().stream()
                .map(NumberFormat::name)
                .map(format -> format.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
      }
      long missing = table.records() - column.present();
      if (missing > 0 || !table.isWhole()) {
        line(
            "    missing: %s%s",
            STAND_INS.getOrDefault(column.type(), "median"),
            missing > 0 ? String.format(Locale.ROOT, " # %,d have no value", missing) : "");
      }
    }
  }

  /** Shows how a category that is described can be clustered instead. */
  private void writeOtherCategories() {
    List<Proposal> categories =
        table.of(Proposal.Role.PASS_THROUGH).stream()
            .filter(each -> each.column().type() == ColumnType.CATEGORY)
            .limit(MAX_SHOWN_CATEGORIES)
            .toList();
    if (categories.isEmpty()) {
      return;
    }
    line(
        "  # Categories are not clustered unless you remove the # in front of their lines here, and");
    line("  # their entries under describe:");
    for (Proposal each : categories) {
      line("  # - name: %s", quotedColumn(each));
      writeLevels(each.column(), "# ");
    }
  }

  /** The levels of a category, the most frequent first; all others are one level together. */
  private void writeLevels(ColumnProfile column, String mark) {
    List<String> levels = column.frequentLevels(FrequentLevels.DEFAULT_MAX);
    line("  %s  type: category", mark);
    line(
        "  %s  levels: [%s]%s",
        mark,
        levels.stream().map(YamlText::quoted).collect(Collectors.joining(", ")),
        column.distinct() == levels.size()
            ? ""
            : String.format(
                Locale.ROOT, " # %,d more count as other", column.distinct() - levels.size()));
  }

  private static String values(ColumnProfile column) {
    if (column.type() == ColumnType.CATEGORY) {
      return String.format(Locale.ROOT, "category: %,d levels", column.distinct());
    }
    if (column.type() == ColumnType.BOOLEAN) {
      return "boolean: " + column.exampleLevels(4);
    }
    return String.format(
        Locale.ROOT,
        "numeric: %s to %s%s",
        ProfileTable.figure(column.min()),
        ProfileTable.figure(column.max()),
        column.notNumbers() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d values are not numbers", column.notNumbers()));
  }

  /** Proposes to describe the copied columns that hold booleans, categories or dates. */
  private void writeDescribed() {
    List<Proposal> described =
        table.of(Proposal.Role.PASS_THROUGH).stream()
            .filter(each -> DESCRIBED.containsKey(each.column().type()))
            .limit(DescribedColumn.MAX_COLUMNS)
            .toList();
    if (described.isEmpty()) {
      return;
    }
    line("describe: # not clustered; the report says what is true of each segment in them");
    for (Proposal each : described) {
      line("  - {name: %s, type: %s}", quotedColumn(each), DESCRIBED.get(each.column().type()));
    }
  }

  private void writeLeftOut() {
    List<Proposal> skipped = table.of(Proposal.Role.SKIPPED);
    if (!skipped.isEmpty()) {
      line("# Left out:");
      skipped.forEach(
          each -> line("#   %s: %s", comment(each.column().name()), comment(each.reason())));
    }
  }

  private void line(String format, Object... arguments) {
    yaml.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** A text as a comment: on one line, and not too long. */
  private static String comment(String text) {
    return TerminalText.line(text, COMMENT_LENGTH);
  }

  private static String quotedColumn(Proposal proposal) {
    return YamlText.quoted(ColumnNames.canonical(proposal.column().name()));
  }
}

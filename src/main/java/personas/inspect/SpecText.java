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

/** Writes a spec for an inspected table as commented YAML. Equal tables give equal text. */
public final class SpecText {
  private static final int COMMENT_LENGTH = 90;

  /**
   * The types of columns that {@code init} proposes to describe, with the words of a spec. Numeric
   * columns are not included, because numeric columns that are not features are ids, codes and
   * near-duplicates.
   */
  private static final Map<ColumnType, String> DESCRIBED =
      Map.of(
          ColumnType.BOOLEAN, "boolean",
          ColumnType.CATEGORY, "category",
          ColumnType.DATE, "auto");

  /** The proposed treatment of missing values; for numbers it is the median. */
  private static final Map<ColumnType, String> MISSING_POLICIES =
      Map.of(ColumnType.BOOLEAN, "mode", ColumnType.CATEGORY, "level");

  private static final int MAX_SHOWN_CATEGORIES = 20;

  private final TableProfile table;
  private final StringBuilder yaml = new StringBuilder();

  private SpecText(TableProfile table) {
    this.table = table;
  }

  /**
   * Returns the spec of a table in files.
   *
   * @param name the name of the segmentation
   */
  public static String of(TableProfile table, String name) {
    return of(table, name, List.of("path: " + YamlText.quoted(table.input())));
  }

  /**
   * Returns the spec of a table.
   *
   * @param name the name of the segmentation
   * @param source the lines under {@code input} that name the table
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
    source.forEach(sourceLine -> line("  %s", sourceLine));
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
    TableProfile.Layout layout = table.layout();
    if (layout.format() == InputFormat.CSV) {
      if (layout.linesAbove() > 0) {
        line(
            "  # The header is in line %,d; the lines above it are skipped.",
            layout.linesAbove() + 1);
      }
      line(
          "  delimiter: %s",
          layout.delimiter() == '\t' ? "\"\\t\"" : YamlText.quoted("" + layout.delimiter()));
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
            proposal ->
                proposal
                    .column()
                    .missingFound()
                    .forEach((text, n) -> found.merge(text, n, Long::sum)));
    if (!found.isEmpty()) {
      line(
          "  # Missing values are written as %s.",
          found.entrySet().stream()
              .map(text -> String.format(Locale.ROOT, "%s (%,d)", text.getKey(), text.getValue()))
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
    text.aggregation().forEach(textLine -> yaml.append("  ").append(textLine).append('\n'));
    line("output:");
    line("  users: csv # writes the table of users beside the results");
    line("features:");
    text.features().forEach(textLine -> yaml.append(textLine).append('\n'));
  }

  private void writePassThrough() {
    List<Proposal> copied = table.of(Proposal.Role.PASS_THROUGH);
    if (copied.isEmpty()) {
      return;
    }
    line("  passThrough: # copied to the results and not clustered");
    for (Proposal proposal : copied) {
      line("    - %s # %s", quotedColumn(proposal), comment(proposal.reason()));
    }
  }

  private void writeFeatures() {
    line("features:");
    for (Proposal proposal : table.of(Proposal.Role.FEATURE)) {
      ColumnProfile column = proposal.column();
      line("  - name: %s # %s", quotedColumn(proposal), comment(values(column)));
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
            MISSING_POLICIES.getOrDefault(column.type(), "median"),
            missing > 0 ? String.format(Locale.ROOT, " # %,d have no value", missing) : "");
      }
    }
  }

  /** Writes comments that show how to cluster a category that is described. */
  private void writeOtherCategories() {
    List<Proposal> categories =
        table.of(Proposal.Role.PASS_THROUGH).stream()
            .filter(proposal -> proposal.column().type() == ColumnType.CATEGORY)
            .limit(MAX_SHOWN_CATEGORIES)
            .toList();
    if (categories.isEmpty()) {
      return;
    }
    line(
        "  # Categories are not clustered unless you remove the # in front of their lines here, and");
    line("  # their entries under describe:");
    for (Proposal proposal : categories) {
      line("  # - name: %s", quotedColumn(proposal));
      writeLevels(proposal.column(), "# ");
    }
  }

  /** Writes the most frequent levels of a category. */
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

  /** Writes the copied columns that hold booleans, categories or dates as described columns. */
  private void writeDescribed() {
    List<Proposal> described =
        table.of(Proposal.Role.PASS_THROUGH).stream()
            .filter(proposal -> DESCRIBED.containsKey(proposal.column().type()))
            .limit(DescribedColumn.MAX_COLUMNS)
            .toList();
    if (described.isEmpty()) {
      return;
    }
    line("describe: # not clustered; the report says what is true of each segment in them");
    for (Proposal proposal : described) {
      line(
          "  - {name: %s, type: %s}",
          quotedColumn(proposal), DESCRIBED.get(proposal.column().type()));
    }
  }

  private void writeLeftOut() {
    List<Proposal> skipped = table.of(Proposal.Role.SKIPPED);
    if (!skipped.isEmpty()) {
      line("# Left out:");
      skipped.forEach(
          proposal ->
              line("#   %s: %s", comment(proposal.column().name()), comment(proposal.reason())));
    }
  }

  private void line(String format, Object... arguments) {
    yaml.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** Returns a text in one line, shortened for a comment. */
  private static String comment(String text) {
    return TerminalText.line(text, COMMENT_LENGTH);
  }

  private static String quotedColumn(Proposal proposal) {
    return YamlText.quoted(ColumnNames.canonical(proposal.column().name()));
  }
}

package personas.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import personas.spec.InputSpec;
import personas.table.InputFormat;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.read.RawTable;
import personas.text.ColumnNames;

/**
 * Inspects the columns of a table: first guesses the syntax of values, then computes a profile of
 * each column.
 */
public final class TableInspector {
  /** A table up to this size is read completely. */
  private static final long MAX_BYTES = 1L << 26;

  private TableInspector() {}

  /**
   * Inspects a table and returns the profile.
   *
   * @param input the name of the files in the spec
   * @param files the files of the table, in order; all have the same columns
   * @throws BadInputException if a file is not a table, or the table does not hold a record
   */
  public static TableProfile inspect(String input, List<? extends ByteSource> files)
      throws IOException {
    long maxBytes = Math.max(1 << 20, MAX_BYTES / files.size());
    List<RawTable> tables = new ArrayList<>();
    CellTexts texts = new CellTexts();
    boolean whole = true;
    for (ByteSource file : files) {
      RawTable table = RawTable.open(file, null);
      tables.add(table);
      whole &= table.read(maxBytes, texts);
    }
    RawTable first = tables.get(0);
    refuseUnreadable(input, tables, texts.records());
    refuseOtherColumns(tables, files);
    SyntaxGuess guess = guess(texts, first);
    Profiles profiles = new Profiles(guess);
    first.columns().forEach(profiles::column);
    for (RawTable table : tables) {
      table.read(maxBytes, profiles);
    }
    List<ColumnProfile> columns = profiles.inOrder(first.columns());
    List<Proposal> chosen = new ColumnChooser(columns, profiles.records, texts.columns()).choose();
    return new TableProfile(
        input,
        profiles.records,
        whole,
        new TableProfile.Layout(first.format(), first.delimiter(), first.linesAbove(), guess),
        new EventColumns(chosen, profiles.records).choose());
  }

  private static SyntaxGuess guess(CellTexts texts, RawTable first) {
    SyntaxGuess guess = SyntaxGuess.of(texts.columns(), first.delimiter());
    return guess.withMissing(
        SyntaxGuess.otherMissing(texts.columns(), guess.numericColumns(texts.columns())));
  }

  /** Refuses a table with so many invalid records that a run would be refused. */
  private static void refuseUnreadable(String input, List<RawTable> tables, long records)
      throws BadInputException {
    long skipped = tables.stream().mapToLong(RawTable::skipped).sum();
    if (records + skipped == 0) {
      throw new BadInputException(input + ": does not hold a record; check the file");
    }
    if (skipped > InputSpec.DEFAULT_MAX_REJECTED_SHARE * (records + skipped)) {
      String example =
          tables.stream()
              .filter(table -> table.skipped() > 0)
              .map(RawTable::firstSkipped)
              .findFirst()
              .orElse("");
      String fault =
          tables.get(0).format() == InputFormat.JSONL
              ? "lines are not one JSON object; write one object per line"
              : "records have another number of fields than the header; check the delimiter and the"
                  + " quotes";
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d %s. Example: '%s'",
              input,
              skipped,
              records + skipped,
              fault,
              example));
    }
  }

  /** Refuses files that lack a column of the first file. JSON lines have no header to compare. */
  private static void refuseOtherColumns(List<RawTable> tables, List<? extends ByteSource> files)
      throws BadInputException {
    List<String> first = tables.get(0).columns();
    for (int i = 1; i < tables.size(); i++) {
      for (String column : first) {
        if (ColumnNames.find(column, tables.get(i).columns()) == ColumnNames.NONE) {
          throw new BadInputException(
              String.format(
                  Locale.ROOT,
                  "%s: has no column '%s', but %s has it; all files of an input must have the same"
                      + " columns",
                  files.get(i).name(),
                  column,
                  files.get(0).name()));
        }
      }
    }
  }

  /** Collects a profile of each column. */
  private static final class Profiles implements RawTable.Consumer {
    private final SyntaxGuess guess;
    private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    private long records;

    Profiles(SyntaxGuess guess) {
      this.guess = guess;
    }

    ColumnProfile column(String name) {
      return columns.computeIfAbsent(
          name,
          key ->
              new ColumnProfile(key, guess.syntax(), guess.formats().getOrDefault(key, Set.of())));
    }

    @Override
    public void value(String name, Object value) {
      column(name).add(value);
    }

    @Override
    public void endRecord() {
      records++;
    }

    /**
     * Returns the profiles in the order of the header, or in the order of appearance without a
     * header.
     */
    List<ColumnProfile> inOrder(List<String> header) {
      return header.isEmpty()
          ? List.copyOf(columns.values())
          : header.stream().map(this::column).toList();
    }
  }
}

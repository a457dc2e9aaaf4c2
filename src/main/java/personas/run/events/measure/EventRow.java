package personas.run.events.measure;

import java.util.List;
import personas.feature.TextSyntax;
import personas.feature.shard.RowText;
import personas.feature.shard.Shard;
import personas.spec.event.EventColumns;
import personas.table.record.MissingTokens;
import personas.text.Blanks;
import personas.text.TimeParser;

/** A view of one event of a shard: id, time, and the columns that measures and conditions read. */
public final class EventRow {
  private final EventColumns columns;
  private final MissingTokens missingTokens;
  private final RowText text;
  private final int[] starts;
  private final int[] ends;
  private double[][] numbers;
  private int row;

  public EventRow(EventColumns columns, TextSyntax syntax) {
    this.columns = columns;
    this.missingTokens = new MissingTokens(syntax.missingTokens());
    int texts = columns.texts().size();
    this.text = new RowText(texts);
    this.starts = new int[texts];
    this.ends = new int[texts];
  }

  /** Moves the view to an event. */
  public void moveTo(Shard shard, int shardRow) {
    numbers = shard.columns();
    row = shardRow;
    text.moveTo(shard, shardRow);
    for (int field = 0; field < starts.length; field++) {
      byte[] bytes = text.bytes(field);
      int start = Blanks.skip(bytes, text.start(field), text.end(field));
      int end = Blanks.trim(bytes, start, text.end(field));
      starts[field] = start;
      // A text that denotes a missing value counts as an empty text.
      ends[field] = end > start && missingTokens.find(bytes, start, end) != null ? start : end;
    }
  }

  /**
   * Returns the index of a column among the columns of numbers.
   *
   * @throws IllegalArgumentException if no measure or condition reads the column as numbers
   */
  public int numberIndex(String column) {
    return index(columns.numbers(), column);
  }

  /**
   * Returns the index of a column among the columns of texts.
   *
   * @throws IllegalArgumentException if no measure or condition reads the column as texts
   */
  public int textIndex(String column) {
    return index(columns.texts(), column);
  }

  private static int index(List<String> names, String column) {
    int index = names.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("column " + column + " is not one of " + names);
    }
    return index;
  }

  /** Returns the bytes that hold the id, from {@link #idStart} to {@link #idEnd}; not a copy. */
  public byte[] idBytes() {
    return text.idBytes();
  }

  /** Returns the index of the first byte of the id in {@link #idBytes}. */
  public int idStart() {
    return text.idStart();
  }

  /** Returns the index after the last byte of the id in {@link #idBytes}. */
  public int idEnd() {
    return text.idEnd();
  }

  /**
   * Returns the time in microseconds since 1970. Callers call this method only if events have a
   * time.
   */
  double time() {
    return numbers[0][row];
  }

  /** Returns the day of the time in UTC, counted from 1970-01-01; 0 if events have no time. */
  public int day() {
    return columns.hasTime() ? TimeParser.day(time()) : 0;
  }

  /** Returns a number; NaN if it is missing. */
  public double number(int numberIndex) {
    return numbers[numberIndex][row];
  }

  /** Returns whether a text is blank or a token for missing values. */
  public boolean isMissing(int textIndex) {
    return starts[textIndex] == ends[textIndex];
  }

  /** Returns the bytes that hold a text, from {@link #start} to {@link #end}; not a copy. */
  public byte[] bytes(int textIndex) {
    return text.bytes(textIndex);
  }

  /** Returns the index of the first byte of a text that is not blank, in {@link #bytes}. */
  public int start(int textIndex) {
    return starts[textIndex];
  }

  /** Returns the index after the last byte of a text that is not blank, in {@link #bytes}. */
  public int end(int textIndex) {
    return ends[textIndex];
  }
}

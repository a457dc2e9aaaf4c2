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

  /** Returns the place of a column of numbers. */
  public int numberPlace(String column) {
    return place(columns.numbers(), column);
  }

  /** Returns the place of a column of texts. */
  public int textPlace(String column) {
    return place(columns.texts(), column);
  }

  private static int place(List<String> names, String column) {
    int place = names.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException("column " + column + " is not one of " + names);
    }
    return place;
  }

  public byte[] idBytes() {
    return text.idBytes();
  }

  public int idStart() {
    return text.idStart();
  }

  public int idEnd() {
    return text.idEnd();
  }

  /** Returns the time in microseconds since 1970; may be called only if events have a time. */
  double time() {
    return numbers[0][row];
  }

  /** Returns the day of the time in UTC, counted from 1970-01-01; 0 if events have no time. */
  public int day() {
    return columns.hasTime() ? TimeParser.day(time()) : 0;
  }

  /** Returns a number; NaN if it is missing. */
  public double number(int place) {
    return numbers[place][row];
  }

  public boolean isMissing(int field) {
    return starts[field] == ends[field];
  }

  /** Returns the bytes that hold a text, from {@link #start} to {@link #end}; not a copy. */
  public byte[] bytes(int field) {
    return text.bytes(field);
  }

  public int start(int field) {
    return starts[field];
  }

  public int end(int field) {
    return ends[field];
  }
}

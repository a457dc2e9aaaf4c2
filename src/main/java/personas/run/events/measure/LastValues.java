package personas.run.events.measure;

import java.util.Arrays;

/**
 * Finds, for each user, the text of a column in the latest event that has one. If several events
 * have the latest time, the greatest text in the order of {@link TextValues} wins.
 */
final class LastValues extends Accumulator {
  private static final int BYTES_PER_TEXT = 48;

  private final int column;
  private final TextValues values;
  private double[] times = {};
  private byte[][] texts = {};

  LastValues(int column, TextValues values) {
    this.column = column;
    this.values = values;
  }

  @Override
  public void resize(int users) {
    times = Arrays.copyOf(times, users);
    texts = Arrays.copyOf(texts, users);
  }

  @Override
  public void add(int user, EventRow event) {
    double time = event.time();
    if (!event.isMissing(column) && (texts[user] == null || time >= times[user])) {
      update(
          user,
          time,
          Arrays.copyOfRange(event.bytes(column), event.start(column), event.end(column)));
    }
  }

  private void update(int user, double time, byte[] text) {
    byte[] known = texts[user];
    if (known == null
        || time > times[user]
        || (time == times[user] && values.compare(text, known) > 0)) {
      times[user] = time;
      texts[user] = text;
    }
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeByte(texts[user] == null ? 0 : 1);
    if (texts[user] != null) {
      out.writeDouble(times[user]);
      out.writeText(texts[user], 0, texts[user].length);
    }
  }

  @Override
  public void merge(int user, BlockReader in) {
    if (in.readByte() == 1) {
      update(user, in.readDouble(), in.readText());
    }
  }

  @Override
  public Object value(int user, int asOf) {
    return texts[user] == null ? null : values.value(texts[user]);
  }

  @Override
  public long bytes() {
    return (long) (Double.BYTES + BYTES_PER_TEXT) * texts.length;
  }
}

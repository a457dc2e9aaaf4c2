package personas.run.events.measure;

import java.util.Arrays;
import personas.math.CompactSum;
import personas.spec.event.MeasureFunction;

/**
 * Computes the exact sum or mean of a column for each user. Missing numbers are ignored. If all
 * numbers of a user are missing, the sum is 0, and the mean is missing.
 */
final class SumValues extends Accumulator {
  private final boolean isMean;
  private final int column;
  private long[] counts = {};
  private final CompactSum sums = new CompactSum(0);

  SumValues(MeasureFunction function, int column) {
    this.isMean = function == MeasureFunction.MEAN;
    this.column = column;
  }

  @Override
  public void resize(int users) {
    counts = Arrays.copyOf(counts, users);
    sums.resize(users);
  }

  @Override
  public void add(int user, EventRow event) {
    double number = event.number(column);
    if (!Double.isNaN(number)) {
      counts[user]++;
      sums.add(user, number);
    }
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeVarLong(counts[user]);
    if (counts[user] > 0) {
      sums.write(
          user,
          (high, low, wide) -> {
            // The zigzag form of a small negative number is short.
            out.writeVarLong((high << 1) ^ (high >> 63));
            out.writeLong(low);
            out.writeSum(wide);
          });
    }
  }

  @Override
  public void merge(int user, BlockReader in) {
    long count = in.readVarLong();
    if (count > 0) {
      counts[user] += count;
      long zigzag = in.readVarLong();
      sums.merge(user, (zigzag >>> 1) ^ -(zigzag & 1), in.readLong(), in.readSum());
    }
  }

  @Override
  public Object value(int user, int asOf) {
    if (isMean) {
      return counts[user] == 0 ? null : (Object) sums.mean(user, counts[user]);
    }
    return sums.value(user);
  }

  @Override
  public long bytes() {
    return (long) (Long.BYTES + CompactSum.bytesPerGroup()) * counts.length;
  }
}

package personas.table.encoding;

import personas.table.ledger.RejectReason;
import personas.text.TimeParser;

/** Encodes the time of an event as the number that {@link TimeParser} returns. */
final class TimeEncoding extends FeatureEncoding {
  @Override
  public double ofText(byte[] text, int from, int to) {
    return TimeParser.parse(text, from, to);
  }

  @Override
  public double ofNumber(double number) {
    return TimeParser.ofNumber(number);
  }

  @Override
  public double ofBoolean(boolean value) {
    return Double.NaN;
  }

  @Override
  public RejectReason rejectionOf(byte[] text, int from, int to) {
    return rejection();
  }

  @Override
  public RejectReason rejection() {
    return RejectReason.NOT_A_TIME;
  }
}

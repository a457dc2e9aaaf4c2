package personas.table.encoding;

import personas.table.ledger.RejectReason;
import personas.text.BooleanWords;

/** Encodes yes as 1 and no as 0. */
final class BooleanEncoding extends FeatureEncoding {
  @Override
  public double ofText(byte[] text, int from, int to) {
    return BooleanWords.value(text, from, to);
  }

  @Override
  public double ofNumber(double number) {
    return number == 0 || number == 1 ? number : Double.NaN;
  }

  @Override
  public RejectReason rejectionOf(byte[] text, int from, int to) {
    return rejection();
  }

  @Override
  public RejectReason rejection() {
    return RejectReason.NOT_A_BOOLEAN;
  }
}

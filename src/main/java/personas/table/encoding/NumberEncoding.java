package personas.table.encoding;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.TextSyntax;
import personas.table.ledger.RejectReason;

/** Encodes numbers as themselves. A feature without a type also accepts booleans, as 1 and 0. */
public final class NumberEncoding extends FeatureEncoding {
  private static final int MAX_WORD_BYTES = 64;
  private static final Pattern NOT_FINITE_WORD =
      Pattern.compile(" *[+-]?(nan|inf|infinity|∞) *", Pattern.CASE_INSENSITIVE);

  private final NumberSyntax syntax;
  private final boolean acceptsBooleans;

  NumberEncoding(Feature feature, TextSyntax syntax) {
    this.syntax = new NumberSyntax(syntax, feature.format());
    this.acceptsBooleans = feature.type() != FeatureType.NUMERIC;
  }

  /** Returns whether only plain numbers are accepted. */
  public boolean isPlain() {
    return syntax.isPlain();
  }

  @Override
  public double ofText(byte[] text, int from, int to) {
    return syntax.parse(text, from, to);
  }

  @Override
  public double ofBoolean(boolean value) {
    return acceptsBooleans ? super.ofBoolean(value) : Double.NaN;
  }

  @Override
  public RejectReason rejectionOf(byte[] text, int from, int to) {
    int end = Math.min(to, from + MAX_WORD_BYTES);
    String word = new String(text, from, end - from, StandardCharsets.UTF_8);
    return end == to && NOT_FINITE_WORD.matcher(word).matches()
        ? RejectReason.NOT_FINITE
        : RejectReason.NOT_A_NUMBER;
  }

  @Override
  public RejectReason rejection() {
    return RejectReason.NOT_A_NUMBER;
  }
}

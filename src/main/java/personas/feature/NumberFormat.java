package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A decoration of numbers that a feature accepts where its spec declares it. */
public enum NumberFormat {
  /** A currency sign or a code of three letters before or behind the number; it is dropped. */
  @JsonProperty("currency")
  CURRENCY,
  /** A percent sign behind the number; it is dropped, so {@code 12.5 %} is 12.5. */
  @JsonProperty("percent")
  PERCENT,
  /** Parentheses around a negative number, as accountants write it: {@code (120)} is -120. */
  @JsonProperty("parentheses")
  PARENTHESES
}

package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A decoration of numbers that a feature accepts if the spec declares it. */
public enum NumberFormat {
  /** A currency sign or a code of three letters before or after the number, which is dropped. */
  @JsonProperty("currency")
  CURRENCY,
  /** A percent sign after the number, which is dropped: {@code 12.5 %} is 12.5. */
  @JsonProperty("percent")
  PERCENT,
  /** Parentheses around a negative number, as accountants write it: {@code (120)} is -120. */
  @JsonProperty("parentheses")
  PARENTHESES
}

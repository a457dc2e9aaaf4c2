package personas.spec;

import java.util.List;

/** The mistakes of a spec or of the flags that override it, one line each. */
public final class SpecException extends Exception {
  private static final long serialVersionUID = 1;

  public SpecException(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }
}

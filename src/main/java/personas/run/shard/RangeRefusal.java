package personas.run.shard;

/**
 * The reason why a range of a table cannot be used. If there are several reasons, the first one
 * stays.
 */
public final class RangeRefusal {
  private final String file;
  private String message = "";

  /**
   * Creates a refusal without a reason.
   *
   * @param file the file of the range
   */
  public RangeRefusal(String file) {
    this.file = file;
  }

  /** Sets the reason, unless there is an earlier one. */
  public void set(String reason) {
    message = message.isEmpty() ? file + ": " + reason : message;
  }

  /** Returns whether there is a reason. */
  public boolean isSet() {
    return !message.isEmpty();
  }

  /** Returns the name of the file and the reason; an empty text if the range can be used. */
  public String message() {
    return message;
  }
}

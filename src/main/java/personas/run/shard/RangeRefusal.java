package personas.run.shard;

/** Why a range of a table cannot be used; the first reason counts. */
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

  /** Sets a reason; the message is the name of the file, then the reason. */
  public void set(String reason) {
    message = message.isEmpty() ? file + ": " + reason : message;
  }

  /** Returns whether there is a reason. */
  public boolean isSet() {
    return !message.isEmpty();
  }

  /** Returns the file and the reason; empty if the range can be used. */
  public String message() {
    return message;
  }
}

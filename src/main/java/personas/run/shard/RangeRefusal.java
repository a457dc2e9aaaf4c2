package personas.run.shard;

/** Why a range of a table cannot be used; the first reason counts. */
public final class RangeRefusal {
  private final String file;
  private String message = "";

  /**
   * No reason yet.
   *
   * @param file of the range
   */
  public RangeRefusal(String file) {
    this.file = file;
  }

  /** Gives a reason, which goes on after the name of the file. */
  public void set(String reason) {
    message = message.isEmpty() ? file + ": " + reason : message;
  }

  /** Whether there is a reason. */
  public boolean isSet() {
    return !message.isEmpty();
  }

  /** The file and the reason; empty if the range can be used. */
  public String message() {
    return message;
  }
}

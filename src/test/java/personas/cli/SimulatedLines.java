package personas.cli;

import java.util.List;

/** Simulated users for the tests of other packages. */
public final class SimulatedLines {
  private SimulatedLines() {}

  /** The lines of a table, header first. */
  public static List<String> of(int users, long seed) {
    return Run.simulated(users, seed);
  }
}

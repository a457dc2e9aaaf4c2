package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The flags of {@code simulate}. */
public interface SimulateOptions extends CommandOptions {
  @Description("How many users to make, 1..1000000000.")
  @Default.String("100")
  String getUsers();

  void setUsers(String users);
}

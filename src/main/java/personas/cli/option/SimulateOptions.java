package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The flags of {@code simulate}. */
public interface SimulateOptions extends CommandOptions {
  @Description("The number of users, 1..1000000000.")
  @Default.String("100")
  String getUsers();

  void setUsers(String users);

  @Description(
      "Writes a table of events, the orders of --users customers, instead of users. Default output:"
          + " out/simulated-orders.csv, above 100,000 customers several files like"
          + " name-00000-of-00010.csv.")
  boolean isOrders();

  void setOrders(boolean orders);
}

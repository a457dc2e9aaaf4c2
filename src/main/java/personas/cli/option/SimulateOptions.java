package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The flags of {@code simulate}. */
public interface SimulateOptions extends CommandOptions {
  @Description("How many users to make, 1..1000000000.")
  @Default.String("100")
  String getUsers();

  void setUsers(String users);

  @Description(
      "Makes the orders of so many customers, a table of events, and not the users themselves;"
          + " default output out/simulated-orders.csv, above 100,000 customers"
          + " name-00000-of-00010.csv etc.")
  boolean isOrders();

  void setOrders(boolean orders);
}

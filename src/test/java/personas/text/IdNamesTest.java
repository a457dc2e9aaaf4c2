package personas.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"id", "ID", "customer_id", "customerId", "Cust No", "Kunden-Nr", "uuid"})
  void idsAreNamedLikeIds(String name) {
    assertTrue(IdNames.isNamedLikeId(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"paid", "visits", "number_of_orders", "monthly_spend", "idle_minutes"})
  void measuresAreNot(String name) {
    assertFalse(IdNames.isNamedLikeId(name));
  }
}

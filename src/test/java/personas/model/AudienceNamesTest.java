package personas.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.model.Model.ClusterModel;
import personas.model.assignment.AudienceNames;

/** Every persona of a run has its own name in file names. */
class AudienceNamesTest {
  @Test
  void namesAreLowerCaseLettersDigitsAndHyphens() {
    assertEquals(
        List.of("heavy-users", "cafe-strasse", "persona-2"),
        names("Heavy users", "Café Straße", "??"));
  }

  @Test
  void aTakenNameGetsTheId() {
    assertEquals(List.of("heavy", "heavy-1"), names("Heavy", "heavy!"));
  }

  @Test
  void aNameThatEndsInTheIdOfAnotherClusterIsNotTakenTwice() {
    assertEquals(List.of("heavy-2", "heavy", "heavy-2-2"), names("Heavy 2", "Heavy", "heavy!"));
    assertEquals(List.of("persona-1", "persona-1-1"), names("Persona 1", "??"));
  }

  /** The users who left the first persona are in the list left-handed. */
  @Test
  void aListOfThoseWhoEnteredOrLeftHasANameOfItsOwn() {
    assertEquals(List.of("handed", "left-handed-1"), names("Handed", "Left handed"));
    assertEquals(List.of("left-handed", "handed-1"), names("Left handed", "Handed"));
    assertEquals(List.of("entered-a", "a-1"), names("Entered A", "A"));
  }

  private static List<String> names(String... personas) {
    List<ClusterModel> clusters = new ArrayList<>();
    for (String persona : personas) {
      clusters.add(
          new ClusterModel(
              clusters.size(), persona, false, "", 0, "", 1, 0, List.of(), List.of(), null, null));
    }
    return AudienceNames.ofClusters(clusters);
  }
}

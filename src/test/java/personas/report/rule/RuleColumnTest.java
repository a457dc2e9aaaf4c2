package personas.report.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import personas.feature.CategoryLevel;

class RuleColumnTest {
  private static final List<String> LEVELS = List.of("basic", "the owner's");

  private static String condition(String level, boolean missingIsLevel, boolean atLeast) {
    CategoryLevel of = new CategoryLevel.Known("my plan", LEVELS, level);
    return new RuleColumn.Category(of, missingIsLevel, null).condition(atLeast, "1");
  }

  @Test
  void aNumberIsComparedWithTheThreshold() {
    assertEquals("a >= 2.5", RuleColumn.of("a").condition(true, "2.5"));
    assertEquals("a <= 2.5", RuleColumn.of("a").condition(false, "2.5"));
  }

  @Test
  void aLevelIsComparedWithItsText() {
    assertEquals("\"my plan\" = 'basic'", condition("basic", false, true));
    assertEquals("\"my plan\" <> 'the owner''s'", condition("the owner's", false, false));
  }

  /** In SQL no comparison with NULL is true, but a user without a plan has another than basic. */
  @Test
  void usersWithoutAValueHaveNoneOfTheLevels() {
    assertEquals(
        "(\"my plan\" <> 'basic' OR \"my plan\" IS NULL)", condition("basic", true, false));
    assertEquals("\"my plan\" IS NULL", condition("missing", true, true));
    assertEquals("\"my plan\" IS NOT NULL", condition("missing", true, false));
  }

  @Test
  void otherMeansTheLevelsThatAreNotListed() {
    assertEquals("\"my plan\" NOT IN ('basic', 'the owner''s')", condition("other", false, true));
    assertEquals("\"my plan\" IN ('basic', 'the owner''s')", condition("other", false, false));
  }
}

package personas.table.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;

/** Checks that numbers in common notations are read correctly or refused. */
class NumberSyntaxTest {
  private static final long SEED = 20261201;

  private static NumberSyntax syntax(Character decimal, Character thousands, String formats) {
    Set<NumberFormat> declared = EnumSet.noneOf(NumberFormat.class);
    for (NumberFormat format : NumberFormat.values()) {
      if (formats.contains(format.name().toLowerCase(Locale.ROOT))) {
        declared.add(format);
      }
    }
    return new NumberSyntax(new TextSyntax(null, decimal, thousands, null), declared);
  }

  private static void reads(double expected, NumberSyntax syntax, String text) {
    assertEquals(expected, syntax.parse(text), text);
  }

  private static void refuses(NumberSyntax syntax, String... texts) {
    for (String text : texts) {
      assertTrue(Double.isNaN(syntax.parse(text)), text);
    }
  }

  @Test
  void aDecimalCommaIsNotAThousandsMark() {
    NumberSyntax comma = syntax(',', null, "");
    reads(1234.5, comma, "1234,5");
    reads(-0.25, comma, "-,25");
    reads(1.234, comma, "1,234");
    reads(1200, comma, "1,2e3");
    refuses(comma, "1.234,5", "1.5", "1,2,3", "1 234", "");
  }

  @Test
  void groupsHaveThreeDigits() {
    NumberSyntax grouped = syntax(null, ',', "");
    reads(1234567.25, grouped, "1,234,567.25");
    reads(12, grouped, "12");
    reads(123456, grouped, "123456");
    refuses(grouped, "1,23", "1234,567", "1,2345", ",123", "1,234,", "1,,234", "1,234,56.0");
    NumberSyntax german = syntax(',', '.', "");
    reads(1234567.25, german, "1.234.567,25");
    refuses(german, "1.5", "12.34,5", "1,234.5");
    reads(1234.5, syntax(null, ' ', ""), "1\u00a0234.5");
    reads(1234.5, syntax(',', ' ', ""), "1\u202f234,5");
    reads(1234.5, syntax(null, '\'', ""), "1\u2019234.5");
  }

  @Test
  void decorationsAreAcceptedOnlyIfTheyAreDeclared() {
    String[] texts = {"$1200", "12 %", "(120)", "1200 EUR"};
    refuses(syntax(null, null, ""), texts);
    reads(1200, syntax(null, null, "currency"), "$1200");
    reads(-1200, syntax(null, null, "currency"), "-$1200");
    reads(-1200, syntax(null, null, "currency"), "$-1200");
    reads(1200.5, syntax(',', '.', "currency"), "1.200,50 €");
    reads(1200, syntax(null, null, "currency"), "1200 EUR");
    refuses(syntax(null, null, "currency"), "$", "USD", "$$12", "12 %", "(12)");
    reads(12.5, syntax(null, null, "percent"), "12.5 %");
    refuses(syntax(null, null, "percent"), "%", "12 %%", "$12");
    reads(-120, syntax(null, null, "parentheses"), "(120)");
    refuses(syntax(null, null, "parentheses"), "(-120)", "(120", "()", "((1))");
    reads(-1200.5, syntax(null, ',', "currency parentheses"), "($1,200.50)");
  }

  @Test
  void anyNumberComesBackFromAnyWayToWriteIt() {
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      double value = Math.round(random.nextGaussian() * Math.pow(10, random.nextInt(12))) / 100.0;
      String plain = String.format(Locale.ROOT, "%.2f", value);
      String english = String.format(Locale.ROOT, "%,.2f", value);
      String german = english.replace(',', '#').replace('.', ',').replace('#', '.');
      double expected = Double.parseDouble(plain) + 0.0;
      reads(expected, syntax(null, null, ""), plain);
      reads(expected, syntax(null, ',', ""), english);
      reads(expected, syntax(null, ',', ""), plain);
      reads(expected, syntax(',', '.', ""), german);
      reads(expected, syntax(',', '.', "currency percent parentheses"), german + " %");
    }
  }
}
